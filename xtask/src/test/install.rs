//! An installation rehearsed: the archive is packed and unpacked as by an operator, systemd judges its units, and its
//! program takes over what an older one left, on both databases.
//!
//! The program in it is the one that the other steps have built, not the optimised one of `cargo xtask dist`: the packing
//! is the same, and an optimised build would take longer than all other steps together.

use anyhow::{Context, Result, bail};

use super::counts::Counts;
use super::rust;
use crate::command::{command, read};
use crate::dist;
use crate::setup;
use crate::workspace::Workspace;

/// The highest exposure, by systemd's own measure of 0 (safe) to 10, in tenths.
const EXPOSURE: u32 = 20;

pub fn rehearse(workspace: &Workspace, database: &str) -> Result<Counts> {
    let folder = tempfile::tempdir()?;
    let archive = dist::pack(workspace, &workspace.server("dev"), folder.path())?;
    let again = dist::pack(workspace, &workspace.server("dev"), &folder.path().join("again"))?;
    if std::fs::read(&archive)? != std::fs::read(&again)? {
        bail!("packing twice gives two different archives");
    }
    let unpacked = dist::unpack(&archive, folder.path())?;
    let mut sum = Counts::ONE;
    for unit in dist::SERVICES {
        judge(workspace, unit)?;
        sum.add(Counts::ONE);
    }
    let program = unpacked.join("bin/polku");
    for database in [None, Some(database)] {
        sum.add(rust::of_program(workspace, "installation", &program, database)?);
    }
    Ok(sum)
}

/// Fails when a service may do more than it needs.
fn judge(workspace: &Workspace, unit: &str) -> Result<()> {
    setup::systemd_analyze(workspace)?;
    let mut analyze = command("systemd-analyze", &workspace.root);
    analyze.args(["security", "--offline=true", "--no-pager", &format!("--threshold={EXPOSURE}")]);
    let said = read(analyze.arg(workspace.root.join(unit))).with_context(|| format!("{unit} is too exposed"))?;
    let verdict = said.lines().last().unwrap_or_default();
    println!("   {}", verdict.trim());
    Ok(())
}
