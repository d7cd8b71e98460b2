//! Cuts the compiled program at the places that `chunk!` of the page marks, and names the parts after their content.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};

use super::files::{Folder, Written, short_hash};

/// Name under which the program imports what loads its chunks.
const LOADER: &str = "./chunks.js";
/// Name under which the loader imports the program's script.
const SCRIPT: &str = "./polku.js";

/// What was cut off.
pub struct Cut {
    /// The script that loads chunks, not named yet.
    loader: String,
    pub chunks: Vec<Chunk>,
}

/// A part of the program that comes when it is needed.
pub struct Chunk {
    /// Of the marked module, or a number for what several of them share.
    pub name: String,
    pub file: Written,
}

/// Cuts `program`, compiled with its relocations, writes the chunks into `folder` and the rest into `main`.
pub fn cut(program: &Path, main: &Path, folder: &mut Folder) -> Result<Cut> {
    let out = tempfile::tempdir()?;
    let input = fs::read(program).with_context(|| format!("{} cannot be read", program.display()))?;
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = out.path();
    options.main_out_path = main;
    options.link_name = LOADER;
    options.main_module = SCRIPT;
    let split =
        wasm_split_cli_support::transform(options).map_err(|error| anyhow!("the program could not be cut into chunks: {error:#}"))?;
    let mut loader = fs::read_to_string(out.path().join(LOADER))?;
    let mut chunks = Vec::new();
    let mut parts = split.split_modules;
    parts.sort();
    for part in parts {
        let stem = part.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = stem.trim_start_matches("split_").to_owned();
        let file = folder.asset(&name, "wasm", &without_custom_sections(&fs::read(&part)?)?)?;
        let local = file.address.rsplit('/').next().unwrap_or_default();
        loader = replaced(&loader, &format!("\"./{stem}.wasm\""), &format!("\"./{local}\""))?;
        chunks.push(Chunk { name, file });
    }
    Ok(Cut { loader, chunks })
}

impl Cut {
    /// Writes the program's script and the loader. They import each other, so both are named after the content of both.
    pub fn link(&self, script: &str, folder: &mut Folder) -> Result<(Written, Written)> {
        let both = short_hash(format!("{script}{}", self.loader).as_bytes());
        let named = |name: &str| format!("{}.{both}.js", name.trim_start_matches("./").trim_end_matches(".js"));
        let import = |name: &str| format!("from \"{name}\"");
        let linked = |text: &str, name: &str| replaced(text, &import(name), &import(&format!("./{}", named(name))));
        let script = folder.file(&format!("assets/{}", named(SCRIPT)), linked(script, LOADER)?.as_bytes())?;
        let loader = folder.file(&format!("assets/{}", named(LOADER)), linked(&self.loader, SCRIPT)?.as_bytes())?;
        Ok((script, loader))
    }
}

fn replaced(text: &str, old: &str, new: &str) -> Result<String> {
    if !text.contains(old) {
        bail!("the scripts of the split program have no {old}");
    }
    Ok(text.replace(old, new))
}

/// A program without what only tools read: names and who made it.
fn without_custom_sections(wasm: &[u8]) -> Result<Vec<u8>> {
    const HEADER: usize = 8;
    const CUSTOM: u8 = 0;
    let mut out = wasm.get(..HEADER).context("a chunk has no header")?.to_vec();
    let mut rest = &wasm[HEADER..];
    while let Some(&kind) = rest.first() {
        let (size, prefix) = length(&rest[1..]).context("a section of a chunk has no length")?;
        let end = 1 + prefix + size;
        let section = rest.get(..end).context("a section of a chunk is cut short")?;
        if kind != CUSTOM {
            out.extend_from_slice(section);
        }
        rest = &rest[end..];
    }
    Ok(out)
}

/// A number as wasm writes it (LEB128), and how many bytes it takes.
fn length(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0;
    for (at, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((value, at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{length, replaced, without_custom_sections};

    const HEADER: [u8; 8] = [0, b'a', b's', b'm', 1, 0, 0, 0];

    #[test]
    fn only_custom_sections_go() {
        let whole = [HEADER.as_slice(), &[0, 2, 1, b'x'], &[1, 0x81, 0, 7], &[0, 1, 0]].concat();
        let kept = [HEADER.as_slice(), &[1, 0x81, 0, 7]].concat();
        assert_eq!(without_custom_sections(&whole).expect("well formed"), kept);
        assert!(without_custom_sections(&whole[..whole.len() - 1]).is_err());
        assert!(without_custom_sections(b"short").is_err());
    }

    #[test]
    fn numbers_take_several_bytes() {
        assert_eq!(length(&[0xe5, 0x8e, 0x26, 0xff]), Some((624_485, 3)));
        assert_eq!(length(&[0x80; 6]), None);
        assert_eq!(length(&[]), None);
    }

    #[test]
    fn what_is_not_there_is_not_replaced_in_silence() {
        assert_eq!(replaced("a b", "b", "c").expect("there"), "a c");
        assert!(replaced("a", "b", "c").is_err());
    }
}
