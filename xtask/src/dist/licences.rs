//! The licences of others' work, as they ask to be shown: each text once, with whom it is of.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Result;

use super::crates::{Crate, node_packages};
use crate::workspace::Workspace;

const BEGINNINGS: [&str; 6] = ["license", "licence", "copying", "notice", "copyright", "unlicense"];
/// Longer than any licence; what is longer is something else of that name.
const MOST: u64 = 200_000;

/// One text of all.
pub fn text(workspace: &Workspace, crates: &[Crate]) -> Result<String> {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut list = String::new();
    for one in crates.iter().filter(|one| !one.own) {
        let name = format!("{} {}", one.name, one.version);
        let licence = one.licence.as_deref().unwrap_or("see its text");
        list.push_str(&format!("{name}: {licence}{}\n", one.repository.as_ref().map(|at| format!(", {at}")).unwrap_or_default()));
        for text in texts_in(&one.folder)? {
            texts.entry(text).or_default().push(name.clone());
        }
    }
    for package in node_packages(workspace)? {
        let name = format!("{} {}", package.name, package.version);
        list.push_str(&format!("{name}: {}\n", package.license.as_deref().unwrap_or("see its text")));
        for text in texts_in(&workspace.frontend().join("node_modules").join(&package.name))? {
            texts.entry(text).or_default().push(name.clone());
        }
    }
    let mut all = String::from(
        "Polku is under EUPL-1.2 (see LICENSE). It contains work of others, under these licences. Where several are named with OR,\nany of them may be chosen.\n\n",
    );
    all.push_str(&list);
    for (text, whose) in texts {
        all.push_str(&format!("\n\n{0}\n{1}\n{0}\n\n{2}\n", "-".repeat(80), whose.join(", "), text.trim_end()));
    }
    Ok(all)
}

fn texts_in(folder: &Path) -> Result<Vec<String>> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut texts = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let meta = entry.metadata()?;
        if meta.is_file() && meta.len() < MOST && BEGINNINGS.iter().any(|start| name.starts_with(start)) && !name.ends_with(".rs") {
            texts.push(String::from_utf8_lossy(&fs::read(entry.path())?).replace("\r\n", "\n"));
        }
    }
    texts.sort();
    Ok(texts)
}
