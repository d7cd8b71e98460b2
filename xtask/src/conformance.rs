//! The running server against its own document (bar C1): Schemathesis makes requests from `/openapi.json`, good ones and
//! bad ones, alone and in chains, and compares every answer with it. What it asks and what counts stands in
//! `tests/conformance`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command::{command, run};
use crate::postgres::Postgres;
use crate::server::{DemoServer, start_demo_with};
use crate::setup;
use crate::workspace::Workspace;

/// How much is asked.
pub struct Extent {
    /// As whom, by the names of the demo accounts.
    pub roles: &'static [&'static str],
    pub seeds: &'static [u64],
    /// At most so many random requests an operation.
    pub examples: u32,
}

/// What the suite has time for.
pub const SUITE: Extent = Extent { roles: &["administrator", "participant"], seeds: &[1], examples: 15 };
/// What `cargo xtask proof` takes its time for.
pub const PROOF: Extent =
    Extent { roles: &["administrator", "coordinator", "facilitator", "unit_manager", "participant"], seeds: &[1, 2, 3], examples: 60 };

/// What one role with one seed found.
pub struct Found {
    pub operations: u64,
    pub failures: u64,
    /// In words.
    pub figure: String,
}

/// Asks as each role with each seed, each time in a demo world of its own, on SQLite or on PostgreSQL.
pub fn ask(workspace: &Workspace, program: &Path, postgres: Option<&Postgres>, extent: &Extent) -> Result<Vec<Found>> {
    let tool = setup::schemathesis(workspace)?;
    let mut found = Vec::new();
    for seed in extent.seeds {
        for role in extent.roles {
            let database = postgres.map(|postgres| postgres.database(workspace, &format!("{role}_{seed}"))).transpose()?;
            // The fuzzer comes from ever new networks, so that the guard against guessing does not answer for the operations.
            let mut settings = vec![("POLKU_TRUST_PROXY", "true")];
            settings.extend(database.as_deref().map(|url| ("POLKU_DATABASE_URL", url)));
            let server = start_demo_with(workspace, program, &settings)?;
            found.push(ask_as(workspace, &tool, &server, role, *seed, extent.examples)?);
        }
    }
    Ok(found)
}

fn ask_as(workspace: &Workspace, tool: &Path, server: &DemoServer, role: &str, seed: u64, examples: u32) -> Result<Found> {
    let told = workspace.conformance();
    let folder = workspace.notes().join("conformance");
    fs::create_dir_all(&folder)?;
    // Yesterday's must not be read when there is none of today.
    let report = folder.join(format!("{role}-{seed}.json"));
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let (email, password) = account(server, role)?;
    let mut asking = command(tool, &folder);
    asking.env("SCHEMATHESIS_HOOKS", told.join("hooks.py")).env("PYTHONDONTWRITEBYTECODE", "1");
    asking.args(["--no-color", "--config-file"]).arg(told.join("schemathesis.toml"));
    asking.args(["run", &format!("{}/openapi.json", server.address), "--url", &server.address]);
    asking.args(["--seed", &seed.to_string(), "--max-examples", &examples.to_string()]);
    asking.args(["--report", "json", "--report-json-path"]).arg(&report);
    asking.env("POLKU_EMAIL", email).env("POLKU_PASSWORD", password);
    let ended = run(&mut asking);
    let text = fs::read_to_string(&report).with_context(|| format!("Schemathesis wrote no {}", report.display()))?;
    let found = read(&text, role, seed)?;
    println!("FIGURE C1 {}", found.figure);
    if found.failures == 0 {
        ended?;
    }
    Ok(found)
}

/// E-mail and password of a demo account.
fn account(server: &DemoServer, role: &str) -> Result<(String, String)> {
    let list = fs::read_to_string(&server.accounts).context("the demo world has no list of accounts")?;
    let lines = list.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let found = lines.into_iter().find_map(|parts| match parts[..] {
        [own, email, password] if own == role => Some((email.to_owned(), password.to_owned())),
        _ => None,
    });
    found.with_context(|| format!("the demo world has no account for {role}"))
}

/// What the tool's report says. A run that did not ask about every operation says nothing.
fn read(report: &str, role: &str, seed: u64) -> Result<Found> {
    let report: Value = serde_json::from_str(report)?;
    let number = |pointer: &str| report.pointer(pointer).and_then(Value::as_u64).with_context(|| format!("the report has no {pointer}"));
    let (total, operations) = (number("/operations/total")?, number("/operations/tested")?);
    let (cases, broken) = (number("/test_cases/generated")?, number("/operations/errored")? + number("/test_cases/errored")?);
    let failures = number("/test_cases/unique_failures")? + broken;
    if operations < total || report["complete"] != true || cases == 0 {
        bail!("only {operations} of {total} operations were asked about, {cases} times");
    }
    if report.pointer("/auth/reauth_broke").is_some_and(|broke| broke != false) {
        bail!("{role} could not sign in again, so that most was asked by a stranger");
    }
    let accepted: u64 = report["valid_rates"].as_object().into_iter().flat_map(|all| all.values()).map(accepted).sum();
    let figure =
        format!("{role}, seed {seed}: {operations} operations, {cases} requests, {accepted} good ones accepted, {failures} findings");
    Ok(Found { operations, failures, figure })
}

/// How many well-formed requests an operation accepted, over all phases.
fn accepted(phases: &Value) -> u64 {
    phases.as_object().into_iter().flat_map(|phases| phases.values()).filter_map(|phase| phase["accepted"].as_u64()).sum()
}

#[cfg(test)]
mod tests {
    use super::read;

    const REPORT: &str = r#"{"complete": true, "operations": {"total": 72, "tested": 72, "errored": 0},
        "test_cases": {"generated": 900, "unique_failures": 2, "errored": 0},
        "valid_rates": {"GET /a": {"coverage": {"accepted": 3}, "fuzzing": {"accepted": 4}}}}"#;

    #[test]
    fn findings_are_counted() {
        let found = read(REPORT, "auditor", 7).expect("a report");
        assert_eq!((found.operations, found.failures), (72, 2));
        assert_eq!(found.figure, "auditor, seed 7: 72 operations, 900 requests, 7 good ones accepted, 2 findings");
    }

    #[test]
    fn a_run_that_left_something_out_says_nothing() {
        assert!(read(&REPORT.replace("\"tested\": 72", "\"tested\": 71"), "auditor", 7).is_err());
        assert!(read(&REPORT.replace("true", "false"), "auditor", 7).is_err());
        assert!(read(&REPORT.replacen('{', r#"{"auth": {"reauth_broke": true},"#, 1), "auditor", 7).is_err());
        assert!(read(&REPORT.replace("900", "0"), "auditor", 7).is_err());
        assert!(read("{}", "auditor", 7).is_err());
    }
}
