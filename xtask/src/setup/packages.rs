//! Packages of the operating system: installed where that is allowed, else the line to type.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::command::{ask, command, found, run};
use crate::workspace::Workspace;

/// Installs Debian packages and says why; an error holds the line that a person can type instead.
pub fn install(workspace: &Workspace, packages: &[&str], why: &str) -> Result<()> {
    let list = packages.join(" ");
    println!("   {why}: needs the package {list}");
    if !found("apt-get") {
        bail!("{why}. This system has no apt-get: install by its own means what Debian calls {list}, then try again");
    }
    let Some(prefix) = right_to_install(workspace) else {
        bail!(
            "{why}, and this user may not install packages. Type this and try again:\n\n    sudo apt-get install -y --no-install-recommends {list}\n"
        );
    };
    if attempt(workspace, &prefix, packages).is_ok() {
        return Ok(());
    }
    // The lists of a fresh machine are empty or old, and the second try is then the first real one.
    println!("   apt-get update, because the package lists may be old");
    run(apt(workspace, &prefix).args(["-q", "update"]))?;
    attempt(workspace, &prefix, packages)
}

/// A program out of a Debian package that is fetched but not installed: nothing on the machine changes.
pub fn unpack(workspace: &Workspace, package: &str, program: &str, why: &str) -> Result<PathBuf> {
    let folder = workspace.tools().join(package);
    let path = folder.join(program);
    if path.is_file() {
        return Ok(path);
    }
    println!("   {why}: fetches the package {package}");
    if !found("apt-get") || !found("dpkg-deb") {
        bail!("{why}. This system has no apt-get: install by its own means what Debian calls {package}, then try again");
    }
    let scratch = tempfile::tempdir()?;
    let fetch = || run(command("apt-get", scratch.path()).args(["-q", "download", package]));
    if fetch().is_err() {
        let Some(prefix) = right_to_install(workspace) else {
            bail!("{why}, and the package lists are too old. Type this and try again:\n\n    sudo apt-get update\n");
        };
        run(apt(workspace, &prefix).args(["-q", "update"]))?;
        fetch()?;
    }
    for entry in fs::read_dir(scratch.path())?.flatten().filter(|entry| entry.path().extension().is_some_and(|end| end == "deb")) {
        fs::create_dir_all(&folder)?;
        run(command("dpkg-deb", scratch.path()).arg("--extract").arg(entry.path()).arg(&folder))?;
    }
    if !path.is_file() {
        bail!("the package {package} brought no {program}");
    }
    Ok(path)
}

fn attempt(workspace: &Workspace, prefix: &[&str], packages: &[&str]) -> Result<()> {
    // A machine that has just started may be updating itself, hence the patience with the lock.
    let words = ["-q", "-o", "DPkg::Lock::Timeout=120", "install", "-y", "--no-install-recommends"];
    run(apt(workspace, prefix).args(words).args(packages))
}

fn apt(workspace: &Workspace, prefix: &[&str]) -> Command {
    let mut words = prefix.iter().copied().chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    let mut apt = command(words.next().unwrap_or("env"), &workspace.root);
    apt.args(words);
    apt
}

/// How root's rights are reached without asking anybody: being root, or sudo without a password.
pub fn right_to_install(workspace: &Workspace) -> Option<Vec<&'static str>> {
    if is_root(workspace) {
        return Some(Vec::new());
    }
    ask(command("sudo", &workspace.root).args(["-n", "true"])).map(|_| vec!["sudo", "-n"])
}

pub fn is_root(workspace: &Workspace) -> bool {
    ask(command("id", &workspace.root).arg("-u")).as_deref() == Some("0")
}
