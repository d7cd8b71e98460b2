//! The design system's custom elements: only the modules that the page uses, under names of ours.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::files::{Folder, Written};

/// Writes the module `entry` and all that it imports, the imported first: a name follows the content,
/// and the content holds the imported names.
///
/// The first of the result is the entry.
pub fn link(entry: &Path, packages: &Path, folder: &mut Folder) -> Result<Vec<Written>> {
    let mut linker = Linker { packages, folder, done: BTreeMap::new(), path: Vec::new() };
    let first = linker.module(entry)?;
    let others = linker.done.into_values().filter(|other| other.address != first.address).collect::<Vec<_>>();
    Ok(std::iter::once(first).chain(others).collect())
}

struct Linker<'a> {
    packages: &'a Path,
    folder: &'a mut Folder,
    done: BTreeMap<PathBuf, Written>,
    path: Vec<PathBuf>,
}

impl Linker<'_> {
    fn module(&mut self, file: &Path) -> Result<Written> {
        let file = &file.canonicalize().with_context(|| format!("the module {} is missing", file.display()))?;
        if let Some(written) = self.done.get(file) {
            return Ok(written.clone());
        }
        if self.path.contains(file) {
            bail!("{} imports itself in a circle, so its name cannot follow its content", file.display());
        }
        self.path.push(file.clone());
        let text = fs::read_to_string(file)?;
        let mut linked = without_map(&text);
        for name in imports(&text) {
            let target = self.resolve(file, &name)?;
            let written = self.module(&target)?;
            let local = written.address.rsplit('/').next().unwrap_or_default();
            linked = linked.replace(&format!("\"{name}\""), &format!("\"./{local}\""));
        }
        self.path.pop();
        let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let written = self.folder.asset(&stem, "js", linked.as_bytes())?;
        self.done.insert(file.clone(), written.clone());
        Ok(written)
    }

    fn resolve(&self, from: &Path, name: &str) -> Result<PathBuf> {
        if name.starts_with('.') {
            let folder = from.parent().unwrap_or(from);
            return Ok(folder.join(name));
        }
        let words = if name.starts_with('@') { 2 } else { 1 };
        let package: Vec<&str> = name.split('/').take(words).collect();
        let home = self.packages.join(package.join("/"));
        let inside = format!(".{}", &name[package.join("/").len()..]);
        let description: Value = serde_json::from_str(
            &fs::read_to_string(home.join("package.json")).with_context(|| format!("the package of {name} is missing"))?,
        )?;
        let Some(target) = exported(&description["exports"][&inside]) else {
            bail!("{name} is not something that its package exports");
        };
        Ok(home.join(target))
    }
}

/// The module for `import` among the ways in which a package exports one thing.
fn exported(value: &Value) -> Option<&str> {
    match value {
        Value::String(path) => Some(path),
        Value::Object(ways) => ["import", "default"].iter().find_map(|way| exported(ways.get(*way)?)),
        _ => None,
    }
}

/// The names in `import"x"`, `import … from"x"` and `export … from"x"`, in double quotes as bundlers write them.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in ["from", "import"] {
        for (at, _) in text.match_indices(word) {
            // Part of a longer name, as in `Array.from`.
            let before = text[..at].chars().next_back();
            if before.is_some_and(|letter| letter.is_alphanumeric() || "_$.".contains(letter)) {
                continue;
            }
            let after = text[at + word.len()..].trim_start();
            let name = after.strip_prefix('"').and_then(|rest| rest.split_once('"')).map(|(name, _)| name);
            if let Some(name) = name.filter(|name| !found.iter().any(|old| old == name)) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

/// The maps to the sources are not shipped, so nothing may ask for them.
fn without_map(text: &str) -> String {
    text.lines().filter(|line| !line.starts_with("//# sourceMappingURL=")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{exported, imports};

    #[test]
    fn finds_what_a_module_imports() {
        let text = "import\"./a.js\";import{b as c}from\"../b.js\";export*from \"d\";Array.from(\"e\");x.importer(\"f\")";
        assert_eq!(imports(text), ["../b.js", "d", "./a.js"]);
    }

    #[test]
    fn takes_the_module_of_a_package() {
        let nested = serde_json::json!({"require": "no", "import": {"types": "t", "default": "yes"}});
        assert_eq!(exported(&nested), Some("yes"));
        assert_eq!(exported(&serde_json::json!("plain")), Some("plain"));
        assert_eq!(exported(&serde_json::json!(null)), None);
    }
}
