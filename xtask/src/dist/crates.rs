//! What of others' work is in what we ship: crates of the server and of the page, and packages of the page's look.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::command::{command, read};
use crate::workspace::Workspace;

/// What runs in the server and what runs in the browser.
const PARTS: [(&str, &str); 2] = [("backend", "x86_64-unknown-linux-gnu"), ("frontend", crate::setup::WASM)];

/// One crate that is compiled into the server or the page.
#[derive(Clone, Debug)]
pub struct Crate {
    pub name: String,
    pub version: String,
    /// SPDX expression, as its makers wrote it.
    pub licence: Option<String>,
    pub repository: Option<String>,
    /// Where its source lies on this machine.
    pub folder: PathBuf,
    /// SHA-256 of the file that it came in.
    pub checksum: Option<String>,
    /// Our own.
    pub own: bool,
    /// Names and versions of the crates that it uses.
    pub uses: BTreeSet<(String, String)>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    repository: Option<String>,
    manifest_path: PathBuf,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    dependencies: Vec<String>,
}

/// Every crate that is shipped, by name and version.
pub fn shipped(workspace: &Workspace) -> Result<Vec<Crate>> {
    let text = read(command("cargo", &workspace.root).args(["metadata", "--format-version", "1", "--locked"]))?;
    let metadata: Metadata = serde_json::from_str(&text).context("cargo metadata")?;
    let key = |package: &Package| (package.name.clone(), package.version.clone());
    let by_id: BTreeMap<&str, &Package> = metadata.packages.iter().map(|package| (package.id.as_str(), package)).collect();
    let sums = checksums(workspace)?;
    let mut wanted = BTreeSet::new();
    for (part, target) in PARTS {
        wanted.extend(compiled_into(workspace, part, target)?);
    }
    let mut crates = Vec::new();
    for node in &metadata.resolve.nodes {
        let Some(package) = by_id.get(node.id.as_str()).filter(|package| wanted.contains(&key(package))) else { continue };
        let uses = node.dependencies.iter().filter_map(|id| by_id.get(id.as_str())).map(|used| key(used));
        crates.push(Crate {
            name: package.name.clone(),
            version: package.version.clone(),
            licence: package.license.clone(),
            repository: package.repository.clone(),
            folder: package.manifest_path.parent().map(PathBuf::from).unwrap_or_default(),
            checksum: sums.get(&key(package)).cloned(),
            own: package.source.is_none(),
            uses: uses.filter(|used| wanted.contains(used)).collect(),
        });
    }
    crates.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    if crates.len() != wanted.len() {
        bail!("{} crates are shipped but {} are known", wanted.len(), crates.len());
    }
    Ok(crates)
}

/// Crates that a part is made of, without those that only run while it is compiled.
fn compiled_into(workspace: &Workspace, part: &str, target: &str) -> Result<BTreeSet<(String, String)>> {
    let arguments = ["tree", "--locked", "--package", part, "--target", target, "--edges", "normal,no-proc-macro", "--prefix", "none"];
    let text = read(command("cargo", &workspace.root).args(arguments).args(["--format", "{p}"]))?;
    let line = |line: &str| {
        let mut words = line.split_whitespace();
        Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
    };
    Ok(text.lines().filter_map(line).collect())
}

/// The checksums that Cargo.lock holds.
fn checksums(workspace: &Workspace) -> Result<BTreeMap<(String, String), String>> {
    let lock = rustsec::Lockfile::load(workspace.root.join("Cargo.lock"))?;
    let sum = |package: &rustsec::package::Package| {
        let sum = package.checksum.as_ref()?.to_string();
        Some(((package.name.to_string(), package.version.to_string()), sum))
    };
    Ok(lock.packages.iter().filter_map(sum).collect())
}

/// A package of the page's look.
#[derive(Clone, Debug, Deserialize)]
pub struct NodePackage {
    #[serde(skip)]
    pub name: String,
    #[serde(default)]
    pub version: String,
    #[serde(default)]
    pub license: Option<String>,
    /// `sha512-` and base64.
    #[serde(default)]
    pub integrity: Option<String>,
    /// Only for building.
    #[serde(default)]
    dev: bool,
}

/// The packages that the page's files are taken from, with those that they use.
pub fn node_packages(workspace: &Workspace) -> Result<Vec<NodePackage>> {
    #[derive(Deserialize)]
    struct Lock {
        packages: BTreeMap<String, NodePackage>,
    }
    let text = std::fs::read_to_string(workspace.frontend().join("package-lock.json"))?;
    let lock: Lock = serde_json::from_str(&text).context("frontend/package-lock.json")?;
    let named = |(path, package): (String, NodePackage)| {
        let name = path.rsplit_once("node_modules/")?.1.to_owned();
        (!package.dev).then_some(NodePackage { name, ..package })
    };
    Ok(lock.packages.into_iter().filter_map(named).collect())
}
