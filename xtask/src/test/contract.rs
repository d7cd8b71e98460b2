//! The OpenAPI document as others meet it: a strict linter, and a client made from it.

use std::fs;

use anyhow::{Context, Result, bail};

use super::Bench;
use crate::command::run;
use crate::documents::OPENAPI;
use crate::server::start_demo;

pub fn lint(bench: &mut Bench) -> Result<()> {
    let node = bench.node()?;
    let folder = bench.workspace.browser();
    run(node
        .node(&folder)
        .arg("node_modules/@redocly/cli/bin/cli.js")
        .args(["lint", "--config", "redocly.yaml", "--format", "stylish"])
        .arg(bench.workspace.root.join(OPENAPI.file))
        // It would otherwise tell its makers what it was used for.
        .env("REDOCLY_TELEMETRY", "off")
        .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"))
}

pub fn client(bench: &mut Bench) -> Result<()> {
    let node = bench.node()?;
    let folder = bench.workspace.browser();
    let generated = folder.join("generated");
    fs::create_dir_all(&generated)?;
    let schema = generated.join("polku.d.ts");
    // Yesterday's must not be checked when today's cannot be made.
    if schema.exists() {
        fs::remove_file(&schema)?;
    }
    run(node
        .node(&folder)
        .arg("node_modules/openapi-typescript/bin/cli.js")
        .arg(bench.workspace.root.join(OPENAPI.file))
        .arg("--output")
        .arg(&schema))?;
    let text = fs::read_to_string(&schema).context("no client was generated")?;
    if !text.contains("export interface paths") {
        bail!("the generated client names no paths");
    }
    let tsc = || {
        let mut tsc = node.node(&folder);
        tsc.arg("node_modules/typescript/bin/tsc").args(["--project", "tsconfig.json"]);
        tsc
    };
    run(&mut tsc())?;
    run(tsc().args(["--noEmit", "false", "--outDir", "generated/js"]))?;
    let server = start_demo(bench.workspace, &bench.workspace.server("dev"))?;
    run(node.node(&folder).arg("first-call.mjs").env("POLKU_BASE_URL", &server.address).env("POLKU_DEMO_ACCOUNTS", &server.accounts))
}
