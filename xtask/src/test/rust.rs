//! The steps that cargo does.
//!
//! Each of them speaks of the whole workspace and then chooses targets: cargo settles the features of a dependency
//! over the chosen packages, and another choice would compile most of them once more.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::counts::{self, Counts};
use crate::command::{command, run, tee, without_settings};
use crate::workspace::Workspace;

/// Where the integration tests find a PostgreSQL; without it they use SQLite.
const DATABASE: &str = "POLKU_TEST_DATABASE_URL";
/// Names the program to test, where it is not the one that cargo built.
const PROGRAM: &str = "POLKU_TEST_PROGRAM";

fn cargo(workspace: &Workspace) -> Command {
    let mut cargo = command("cargo", &workspace.root);
    without_settings(&mut cargo);
    cargo
}

pub fn format(workspace: &Workspace) -> Result<()> {
    run(cargo(workspace).args(["fmt", "--all", "--check"]))
}

pub fn clippy(workspace: &Workspace) -> Result<()> {
    run(cargo(workspace).args(["clippy", "--workspace", "--all-targets", "--features", "tests/bench", "--", "-D", "warnings"]))
}

/// Compiles the server and all tests, so that later steps only run them.
pub fn build(workspace: &Workspace) -> Result<()> {
    run(cargo(workspace).args(["test", "--workspace", "--no-run", "--lib", "--bins", "--test", "*"]))?;
    run(cargo(workspace).args(["build", "--workspace", "--bin", "polku", "--tests"]))
}

pub fn unit(workspace: &Workspace) -> Result<Counts> {
    let mut sum = some(tests(cargo(workspace).args(["test", "--workspace", "--lib", "--bins", "--no-fail-fast"]))?)?;
    sum.add(tests(cargo(workspace).args(["test", "--workspace", "--doc", "--no-fail-fast"]))?);
    Ok(sum)
}

/// Integration tests of one module, with a program that was not built here.
pub fn of_program(workspace: &Workspace, module: &str, program: &Path, database: Option<&str>) -> Result<Counts> {
    let mut cargo = cargo(workspace);
    cargo.args(["test", "--workspace", "--test", "it", "--", &format!("{module}::")]).env(PROGRAM, program);
    on_database(cargo, database)
}

pub fn integration(workspace: &Workspace, database: Option<&str>) -> Result<Counts> {
    let mut cargo = cargo(workspace);
    cargo.args(["test", "--workspace", "--test", "*", "--no-fail-fast"]);
    on_database(cargo, database)
}

fn on_database(mut cargo: Command, database: Option<&str>) -> Result<Counts> {
    if let Some(url) = database {
        cargo.env(DATABASE, url);
    }
    some(tests(&mut cargo)?)
}

fn some(counts: Counts) -> Result<Counts> {
    if counts.is_empty() {
        bail!("no test ran");
    }
    Ok(counts)
}

fn tests(command: &mut Command) -> Result<Counts> {
    let (good, output) = tee(command)?;
    let mut sum = counts::of_cargo(&output);
    // A test binary that crashed or did not compile prints no closing line.
    if !good && sum.failed == 0 {
        sum.failed = 1;
    }
    Ok(sum)
}
