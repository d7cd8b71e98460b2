//! What comes from others: its licences, its sources, its known weaknesses.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rustsec::advisory::Informational;
use rustsec::report::Settings;
use rustsec::{Database, Lockfile, Report};

use crate::command::{ask, command, run};
use crate::workspace::Workspace;

const CARGO_DENY: &str = "0.20.2";
const ADVISORIES: &str = "https://github.com/RustSec/advisory-db.git";

/// Weaknesses that do not reach us, each with the reason.
const ACCEPTED: &[(&str, &str)] = &[];

/// cargo-deny by the rules of deny.toml.
pub fn licences(workspace: &Workspace) -> Result<()> {
    let program = cargo_deny(workspace)?;
    run(command(program, &workspace.root).args(["--all-features", "check", "licenses", "bans", "sources"]))
}

fn cargo_deny(workspace: &Workspace) -> Result<PathBuf> {
    let home = workspace.tools().join("cargo-deny");
    let program = home.join("bin/cargo-deny");
    let wanted = format!("cargo-deny {CARGO_DENY}");
    if ask(command(&program, &workspace.root).arg("--version")).is_some_and(|version| version == wanted) {
        return Ok(program);
    }
    println!("   compiling {wanted}, once");
    // Unoptimised, because it runs for seconds and an optimised one compiles for many minutes. Not with --locked:
    // a registry's mirror may lack the newest versions that the tool's own lock file names.
    run(command("cargo", &workspace.root)
        .args(["install", "cargo-deny", "--version", CARGO_DENY, "--debug", "--root"])
        .arg(&home)
        .arg("--target-dir")
        .arg(workspace.tools().join("build"))
        .env("CARGO_PROFILE_DEV_DEBUG", "none"))?;
    // What is left of compiling is large and of no further use.
    let _ = fs::remove_dir_all(workspace.tools().join("build"));
    Ok(program)
}

/// Compares Cargo.lock with the advisories: those of `POLKU_ADVISORY_DB`, else the current ones, fetched.
pub fn advisories(workspace: &Workspace) -> Result<()> {
    let folder = match std::env::var_os("POLKU_ADVISORY_DB").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => fetched(workspace)?,
    };
    compare(&folder, &workspace.root.join("Cargo.lock"))
}

fn compare(folder: &Path, lockfile: &Path) -> Result<()> {
    let database = Database::open(folder).with_context(|| format!("{} holds no advisories", folder.display()))?;
    let known = database.iter().count();
    if known == 0 {
        bail!("{} holds no advisories", folder.display());
    }
    let lockfile = Lockfile::load(lockfile)?;
    println!("   {} crates against {known} advisories in {}", lockfile.packages.len(), folder.display());
    let report = Report::generate(&database, &lockfile, &settings()?);
    for (kind, warnings) in &report.warnings {
        for warning in warnings {
            let advisory = warning.advisory.as_ref().map(|advisory| format!("{} {}", advisory.id, advisory.title));
            println!(
                "   note: {} {} is {}: {}",
                warning.package.name,
                warning.package.version,
                kind.as_str(),
                advisory.unwrap_or_default()
            );
        }
    }
    for found in &report.vulnerabilities.list {
        println!("   {} {}: {} {}", found.package.name, found.package.version, found.advisory.id, found.advisory.title);
    }
    if report.vulnerabilities.found {
        bail!("{} known weaknesses", report.vulnerabilities.count);
    }
    Ok(())
}

fn settings() -> Result<Settings> {
    let mut ignore = Vec::new();
    for (id, why) in ACCEPTED {
        println!("   accepted: {id}, {why}");
        ignore.push(id.parse().with_context(|| format!("{id} is no advisory"))?);
    }
    Ok(Settings {
        ignore,
        informational_warnings: vec![Informational::Unmaintained, Informational::Unsound, Informational::Notice],
        ..Settings::default()
    })
}

fn fetched(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.tools().join("advisory-db");
    fs::create_dir_all(workspace.tools())?;
    let mut git = if folder.join(".git").is_dir() {
        let mut git = git(&folder);
        git.args(["pull", "--quiet", "--ff-only", "--depth", "1"]);
        git
    } else {
        let mut git = git(&workspace.tools());
        git.args(["clone", "--quiet", "--depth", "1", ADVISORIES]).arg(&folder);
        git
    };
    run(&mut git).context("the advisories could not be fetched; POLKU_ADVISORY_DB may name a local folder with them")?;
    Ok(folder)
}

fn git(folder: &Path) -> std::process::Command {
    let mut git = command("git", folder);
    // Without a person there is nobody to ask for a password.
    git.env("GIT_TERMINAL_PROMPT", "0");
    git
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::compare;

    const ADVISORY: &str = "```toml\n[advisory]\nid = \"RUSTSEC-2020-0001\"\npackage = \"leaky\"\ndate = \"2020-01-01\"\n\
        [versions]\npatched = [\">= 1.1.0\"]\n```\n\n# It leaks\n\nMuch.\n";

    fn lockfile(folder: &Path, version: &str) -> std::path::PathBuf {
        let file = folder.join(format!("{version}.lock"));
        // The registry that this project's own crates come from, as its own lock file names it.
        let own = include_str!("../../../Cargo.lock");
        let source = own.lines().find(|line| line.starts_with("source = ")).expect("a crate from the registry");
        let text = format!("version = 4\n\n[[package]]\nname = \"leaky\"\nversion = \"{version}\"\n{source}\n");
        fs::write(&file, text).expect("written");
        file
    }

    #[test]
    fn finds_a_weak_version_and_lets_the_repaired_one_pass() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("db");
        let place = database.join("crates/leaky");
        fs::create_dir_all(&place).expect("a folder");
        fs::create_dir_all(database.join("rust")).expect("a folder");
        fs::write(place.join("RUSTSEC-2020-0001.md"), ADVISORY).expect("written");

        assert!(compare(&database, &lockfile(folder.path(), "1.0.9")).is_err());
        compare(&database, &lockfile(folder.path(), "1.1.0")).expect("repaired");
        assert!(compare(folder.path(), &lockfile(folder.path(), "1.1.0")).is_err(), "no advisories is no answer");
    }
}
