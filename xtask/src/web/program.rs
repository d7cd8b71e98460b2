//! The page's program: compiled to wasm, cut into chunks, bound to the browser, its parts named after their content.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::files::{Folder, Written};
use super::split::{self, Chunk};
use super::{LANGUAGES, Profile};
use crate::command::run;
use crate::setup::Compiler;
use crate::workspace::Workspace;

pub struct Program {
    pub script: Written,
    pub wasm: Written,
    /// What the script imports: the loader of chunks, and scripts that crates bring along.
    pub imported: Vec<Written>,
    pub chunks: Vec<Chunk>,
}

impl Program {
    /// The words of one language.
    pub fn words(&self, lang: &str) -> Result<&Written> {
        let name = format!("words_{lang}");
        let chunk = self.chunks.iter().find(|chunk| chunk.name == name);
        chunk.map(|chunk| &chunk.file).with_context(|| format!("the program has no chunk {name}"))
    }

    /// The words that weigh most, in whichever language.
    pub fn longest_words(&self) -> Result<&Written> {
        let all = LANGUAGES.iter().map(|lang| self.words(lang)).collect::<Result<Vec<_>>>()?;
        all.into_iter().max_by_key(|words| words.brotli).context("the page has no language")
    }
}

pub fn build(workspace: &Workspace, compiler: Compiler, profile: Profile, folder: &mut Folder) -> Result<Program> {
    let whole = compile(workspace, compiler, profile)?;
    let out = tempfile::tempdir()?;
    let main = out.path().join("main.wasm");
    let cut = split::cut(&whole, &main, folder)?;
    Bindgen::new()
        .input_path(&main)
        .out_name("polku")
        .web(true)?
        .typescript(false)
        // The chunks import what the linker exports.
        .keep_lld_exports(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(out.path())
        .context("the program could not be bound to the browser")?;
    let wasm = folder.asset("polku", "wasm", &fs::read(out.path().join("polku_bg.wasm"))?)?;
    let mut script = fs::read_to_string(out.path().join("polku.js"))?;
    let mut imported = snippets(&out.path().join("snippets"), &mut script, folder)?;
    let (script, loader) = cut.link(&script, folder)?;
    imported.push(loader);
    Ok(Program { script, wasm, imported, chunks: cut.chunks })
}

fn compile(workspace: &Workspace, compiler: Compiler, profile: Profile) -> Result<PathBuf> {
    let target = compiler.target(workspace);
    run(compiler
        .cargo(workspace)
        .args(["rustc", "--package", "frontend", "--bin", "frontend"])
        .args(["--target", crate::setup::WASM, "--profile", profile.cargo()])
        .arg("--target-dir")
        .arg(&target)
        // What refers to what, for the cutting.
        .args(["--", "-Clink-arg=--emit-relocs"])
        // Views without their full types: the program compiles in a fraction of the time and comes out smaller.
        .env("RUSTFLAGS", "--cfg erase_components"))?;
    Ok(target.join(crate::setup::WASM).join(profile.cargo()).join("frontend.wasm"))
}

fn snippets(from: &Path, script: &mut String, folder: &mut Folder) -> Result<Vec<Written>> {
    let mut files = Vec::new();
    if from.is_dir() {
        collect(from, &mut files)?;
    }
    files.sort();
    let mut written = Vec::new();
    for file in files {
        let local = file.strip_prefix(from).unwrap_or(&file).to_string_lossy().into_owned();
        let asset = folder.asset("snippet", "js", &fs::read(&file)?)?;
        let name = asset.address.rsplit('/').next().unwrap_or_default();
        *script = script.replace(&format!("./snippets/{local}"), &format!("./{name}"));
        written.push(asset);
    }
    Ok(written)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
