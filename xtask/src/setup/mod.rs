//! Gets what a command needs and the machine lacks.

mod node;
mod packages;
mod python;
mod wasm;

use std::path::PathBuf;

use anyhow::Result;

pub use node::{Node, node_for_page, node_for_tests};
pub use packages::is_root;
pub use python::schemathesis;
pub use wasm::{Compiler, TARGET as WASM};

use crate::command::{ask, command, found};
use crate::say;
use crate::workspace::Workspace;

/// What the page and the server are built with.
#[derive(Debug)]
pub struct Tools {
    pub compiler: Compiler,
    pub node: Node,
}

/// Everything that `run` and `web` need.
pub fn for_building(workspace: &Workspace) -> Result<Tools> {
    c_compiler(workspace)?;
    libpq(workspace)?;
    let node = node_for_page(workspace)?;
    let compiler = wasm::compiler(workspace)?;
    Ok(Tools { compiler, node })
}

/// Everything, the tools of `test` included.
pub fn everything(workspace: &Workspace) -> Result<()> {
    let stage = say::stage("setup");
    let tools = for_building(workspace)?;
    println!("   page compiler: {}", tools.compiler);
    let node = node_for_tests(workspace)?;
    println!("   node: {}", node.program.display());
    println!("   PostgreSQL: {}", postgres(workspace)?.display());
    println!("   browser: {}", chromium(workspace)?.display());
    println!("   promtool: {}", promtool(workspace)?.display());
    systemd_analyze(workspace)?;
    stage.done();
    Ok(())
}

fn c_compiler(workspace: &Workspace) -> Result<()> {
    if found("cc") {
        return Ok(());
    }
    packages::install(workspace, &["build-essential"], "SQLite and the cryptography are compiled from C")
}

/// The server is linked with PostgreSQL's client library.
fn libpq(workspace: &Workspace) -> Result<()> {
    if has_libpq(workspace) {
        return Ok(());
    }
    packages::install(workspace, &["libpq-dev"], "the server is linked with PostgreSQL's client library (libpq)")
}

fn has_libpq(workspace: &Workspace) -> bool {
    let Some(folder) = ask(command("pg_config", &workspace.root).arg("--libdir")) else {
        return false;
    };
    ["libpq.so", "libpq.dylib", "libpq.a"].iter().any(|name| PathBuf::from(&folder).join(name).is_file())
}

/// The folder with `initdb` and `postgres`, of the newest version there is.
pub fn postgres(workspace: &Workspace) -> Result<PathBuf> {
    if let Some(folder) = postgres_programs(workspace) {
        return Ok(folder);
    }
    packages::install(workspace, &["postgresql"], "the tests run on PostgreSQL too, in a private cluster of their own")?;
    postgres_programs(workspace).ok_or_else(|| anyhow::anyhow!("the package postgresql brought no initdb under /usr/lib/postgresql"))
}

fn postgres_programs(workspace: &Workspace) -> Option<PathBuf> {
    let complete = |folder: &PathBuf| ["initdb", "postgres"].iter().all(|name| folder.join(name).is_file());
    let told = ask(command("pg_config", &workspace.root).arg("--bindir")).map(PathBuf::from);
    if let Some(folder) = told.filter(complete) {
        return Some(folder);
    }
    // Debian keeps the server's programs out of the path, one folder a version.
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .flatten()
        .filter_map(|entry| {
            let number = entry.file_name().to_string_lossy().parse().ok()?;
            Some((number, entry.path().join("bin")))
        })
        .filter(|(_, folder)| complete(folder))
        .collect();
    versions.sort();
    versions.pop().map(|(_, folder)| folder)
}

/// Proves the alert rules; taken out of its package, because installing that would start a server.
pub fn promtool(workspace: &Workspace) -> Result<PathBuf> {
    if found("promtool") {
        return Ok(PathBuf::from("promtool"));
    }
    packages::unpack(workspace, "prometheus", "usr/bin/promtool", "the alert rules are tried out")
}

/// Judges the service's unit.
pub fn systemd_analyze(workspace: &Workspace) -> Result<()> {
    if found("systemd-analyze") {
        return Ok(());
    }
    packages::install(workspace, &["systemd"], "the service's unit is judged by systemd itself")
}

/// Debian's browser; a browser is never downloaded.
pub fn chromium(workspace: &Workspace) -> Result<PathBuf> {
    if let Some(program) = browser_program() {
        return Ok(program);
    }
    packages::install(workspace, &["chromium"], "the pages are tested in a real browser")?;
    browser_program().ok_or_else(|| anyhow::anyhow!("the package chromium brought no program `chromium`"))
}

fn browser_program() -> Option<PathBuf> {
    if let Some(program) = std::env::var_os("CHROMIUM").filter(|value| !value.is_empty()) {
        return Some(PathBuf::from(program));
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| ["chromium", "chromium-browser"].map(|name| folder.join(name)))
        .find(|program| program.is_file())
}

/// What breaks things for `cargo xtask proof`: failing disks and wrong clocks.
pub fn breaking(workspace: &Workspace) -> Result<()> {
    for (program, why) in [("strace", "a failing disk is made by strace"), ("faketime", "a wrong clock is made by faketime")] {
        if !found(program) {
            packages::install(workspace, &[program], why)?;
        }
    }
    Ok(())
}

/// What makes the load of `cargo xtask bench`.
pub fn load_generator(workspace: &Workspace) -> Result<()> {
    if found("wrk") { Ok(()) } else { packages::install(workspace, &["wrk"], "the load is made by wrk") }
}
