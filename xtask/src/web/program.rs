//! The page's program: compiled to wasm, bound to the browser, its parts named after their content.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::Profile;
use super::files::{Folder, Written};
use crate::command::run;
use crate::setup::Compiler;
use crate::workspace::Workspace;

pub struct Program {
    pub script: Written,
    pub wasm: Written,
    /// Scripts that crates bring along.
    pub snippets: Vec<Written>,
}

pub fn build(workspace: &Workspace, compiler: Compiler, profile: Profile, folder: &mut Folder) -> Result<Program> {
    let wasm = compile(workspace, compiler, profile)?;
    let out = tempfile::tempdir()?;
    Bindgen::new()
        .input_path(&wasm)
        .out_name("polku")
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(out.path())
        .context("the program could not be bound to the browser")?;
    let wasm = folder.asset("polku", "wasm", &fs::read(out.path().join("polku_bg.wasm"))?)?;
    let mut script = fs::read_to_string(out.path().join("polku.js"))?;
    let snippets = snippets(&out.path().join("snippets"), &mut script, folder)?;
    let script = folder.asset("polku", "js", script.as_bytes())?;
    Ok(Program { script, wasm, snippets })
}

fn compile(workspace: &Workspace, compiler: Compiler, profile: Profile) -> Result<PathBuf> {
    let target = compiler.target(workspace);
    run(compiler
        .cargo(workspace)
        .args(["build", "--package", "frontend", "--bin", "frontend"])
        .args(["--target", crate::setup::WASM, "--profile", profile.cargo()])
        .arg("--target-dir")
        .arg(&target)
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
