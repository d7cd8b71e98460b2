//! Packages of the operating system: installed where that is allowed, else the line to type.

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
