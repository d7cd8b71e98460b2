//! `cargo xtask dist`: everything that an operator needs, in one archive: the program with the page in it, the service's
//! unit, an example of a proxy, the alert rules, the documents, who made what and under which licence, and checksums.

mod archive;
mod crates;
mod licences;
mod sbom;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::command::{ask, command, read};
use crate::say;
use crate::server;
use crate::setup;
use crate::web;
use crate::workspace::Workspace;

pub use archive::unpack;

/// Files of the repository and where they go in the archive.
const FILES: &[(&str, &str)] = &[
    ("install/README.md", "README.md"),
    ("install/polku.service", "systemd/polku.service"),
    ("install/polku-backup.service", "systemd/polku-backup.service"),
    ("install/polku-backup.timer", "systemd/polku-backup.timer"),
    ("install/polku.sysusers", "systemd/polku.sysusers"),
    ("install/polku.env", "etc/polku.env"),
    ("install/nginx.conf", "proxy/nginx.conf"),
    ("docs/alerts.yml", "prometheus/alerts.yml"),
    ("docs/configuration.md", "docs/configuration.md"),
    ("docs/permissions.md", "docs/permissions.md"),
    ("docs/signing-in.md", "docs/signing-in.md"),
    ("openapi/polku.json", "docs/openapi.json"),
    ("API.md", "docs/API.md"),
    ("CHANGELOG.md", "CHANGELOG.md"),
    ("SECURITY.md", "SECURITY.md"),
    ("LICENSE", "LICENSE"),
];

/// Units whose exposure is judged.
pub const SERVICES: [&str; 2] = ["install/polku.service", "install/polku-backup.service"];

/// Builds the page and the program as they are shipped, and packs them.
pub fn make(workspace: &Workspace) -> Result<()> {
    let tools = setup::for_building(workspace)?;
    web::build(workspace, &tools, web::Profile::Release)?;
    let program = server::build(workspace, "release")?;
    let archive = pack(workspace, &program, &workspace.target.join("dist"))?;
    println!("\n   {}", archive.display());
    println!("   {}", sum_file(&archive).display());
    Ok(())
}

/// Packs a program that is built, into a folder; the archive's path.
pub fn pack(workspace: &Workspace, program: &Path, folder: &Path) -> Result<PathBuf> {
    let stage = say::stage("archive");
    let name = format!("polku-{}-{}", version(workspace, program)?, host(workspace)?);
    let made_at = commit_time(workspace);
    let crates = crates::shipped(workspace)?;
    let mut files = vec![("bin/polku".to_owned(), fs::read(program).with_context(|| format!("{}", program.display()))?)];
    for (from, to) in FILES {
        files.push(((*to).to_owned(), fs::read(workspace.root.join(from)).with_context(|| (*from).to_owned())?));
    }
    files.push(("sbom.cdx.json".to_owned(), sbom::json(workspace, &crates, made_at)?));
    files.push(("THIRD-PARTY-LICENCES.txt".to_owned(), licences::text(workspace, &crates)?.into_bytes()));
    files.sort();
    let sums: String = files.iter().map(|(path, bytes)| format!("{}  {path}\n", sum(bytes))).collect();
    files.push(("SHA256SUMS".to_owned(), sums.into_bytes()));

    fs::create_dir_all(folder)?;
    let path = folder.join(format!("{name}.tar.gz"));
    let packed = archive::pack(&name, &files, made_at)?;
    fs::write(sum_file(&path), format!("{}  {name}.tar.gz\n", sum(&packed)))?;
    fs::write(&path, packed)?;
    println!("   {} crates, {} files", crates.len(), files.len());
    stage.done();
    Ok(path)
}

/// The file with an archive's checksum, beside it.
fn sum_file(archive: &Path) -> PathBuf {
    archive.with_extension("gz.sha256")
}

/// SHA-256 as people compare it.
pub fn sum(bytes: &[u8]) -> String {
    web::hex(&Sha256::digest(bytes))
}

fn version(workspace: &Workspace, program: &Path) -> Result<String> {
    let said = read(command(program, &workspace.root).arg("--version"))?;
    said.split_whitespace().last().map(str::to_owned).context("the program does not say its version")
}

/// The machine that it runs on, as the compiler names it.
fn host(workspace: &Workspace) -> Result<String> {
    let said = read(command("rustc", &workspace.root).arg("-vV"))?;
    said.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned).context("rustc does not say its host")
}

/// Seconds since 1970 of the commit: the same commit makes the same archive whenever it is packed.
fn commit_time(workspace: &Workspace) -> i64 {
    let said = ask(command("git", &workspace.root).args(["log", "-1", "--format=%ct"]));
    said.and_then(|text| text.parse().ok()).unwrap_or_default()
}
