//! A fingerprint of everything that the page is made from: unchanged means there is nothing to build.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::files::hex;
use crate::workspace::Workspace;

const FOLDERS: [&str; 3] = ["frontend", "shared", "xtask"];
const FILES: [&str; 3] = ["Cargo.lock", "Cargo.toml", ".cargo/config.toml"];
/// Made by building, not built from.
const MADE: [&str; 3] = ["dist", "node_modules", "target"];

/// Content counts, not time: a fresh clone of the same tree is the same page.
pub fn fingerprint(workspace: &Workspace, compiler: &str) -> Result<String> {
    let mut files: Vec<PathBuf> = FILES.iter().map(|name| workspace.root.join(name)).collect();
    for folder in FOLDERS {
        collect(&workspace.root.join(folder), &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    hash.update(compiler.as_bytes());
    for file in files.iter().filter(|file| file.is_file()) {
        let content = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
        hash.update(file.strip_prefix(&workspace.root).unwrap_or(file).as_os_str().as_encoded_bytes());
        hash.update(content.len().to_le_bytes());
        hash.update(&content);
    }
    Ok(hex(&hash.finalize()[..16]))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let entry = entry?;
        if MADE.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
