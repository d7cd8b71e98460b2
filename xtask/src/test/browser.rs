//! The pages in a real browser, against a server with the demo world.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::Bench;
use super::counts::{self, Counts};
use crate::command::tee;
use crate::server::{DemoServer, start_demo};
use crate::setup::{self, Node};
use crate::workspace::Workspace;

pub fn run(bench: &mut Bench) -> Result<Counts> {
    let node = bench.node()?;
    let (workspace, folder) = (bench.workspace, bench.workspace.browser());
    let (mut sum, _) = run_specs(workspace, &node, &specs(&folder)?)?;
    // These make of the demo world what no other could be tested in.
    for spec in specs(&folder.join("alone"))? {
        sum.add(run_specs(workspace, &node, &[spec])?.0);
    }
    Ok(sum)
}

/// Runs specs against one server with a demo world of its own; how many tests there were, and what they said.
pub fn run_specs(workspace: &Workspace, node: &Node, specs: &[PathBuf]) -> Result<(Counts, String)> {
    let server = start_demo(workspace, &workspace.server("dev"))?;
    let mut runner = node.node(&workspace.browser());
    // One after another: they share the server's one demo world, and the machine may be small.
    runner.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).args(specs);
    let (good, output) = tee(environment(workspace, &mut runner, &server)?)?;
    let mut sum = counts::of_node(&output);
    if !good && sum.failed == 0 {
        sum.failed = 1;
    }
    if sum.is_empty() {
        bail!("no test ran");
    }
    Ok((sum, output))
}

fn specs(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut specs: Vec<PathBuf> =
        fs::read_dir(folder)?.flatten().map(|entry| entry.path()).filter(|path| path.to_string_lossy().ends_with(".spec.mjs")).collect();
    specs.sort();
    if specs.is_empty() {
        bail!("{} has no *.spec.mjs", folder.display());
    }
    Ok(specs)
}

/// What a program that drives the browser is told.
pub fn environment<'a>(workspace: &Workspace, command: &'a mut Command, server: &DemoServer) -> Result<&'a mut Command> {
    Ok(command
        .env("POLKU_BASE_URL", &server.address)
        .env("POLKU_DEMO_ACCOUNTS", &server.accounts)
        .env("CHROMIUM", setup::chromium(workspace)?)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
}
