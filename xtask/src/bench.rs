//! `cargo xtask bench`: the release build under load beside a bare actix + diesel server.

use anyhow::Result;

use crate::command::{self, without_settings};
use crate::postgres::{Durable, Postgres};
use crate::say;
use crate::setup;
use crate::workspace::Workspace;

/// What was asked for.
pub struct Wanted {
    pub rounds: usize,
    pub seconds: u64,
    pub connections: String,
    pub only: Option<String>,
    pub sqlite: bool,
}

/// Builds both servers as they are shipped and measures them; the whole measurement becomes docs/speed.md.
pub fn run(workspace: &Workspace, wanted: &Wanted) -> Result<()> {
    setup::load_generator(workspace)?;
    let programs = build(workspace)?;
    let postgres = if wanted.sqlite { None } else { Some(Postgres::start(workspace, Durable::Yes)?) };
    let stage = say::stage("load");
    let mut bench = command::command(programs.join("bench"), &workspace.root);
    without_settings(&mut bench);
    bench.env("POLKU_BENCH_ROUNDS", wanted.rounds.to_string());
    bench.env("POLKU_BENCH_SECONDS", wanted.seconds.to_string());
    bench.env("POLKU_BENCH_CONNECTIONS", &wanted.connections);
    if let Some(postgres) = &postgres {
        bench.env("POLKU_BENCH_POSTGRES", &postgres.url);
    }
    match &wanted.only {
        Some(only) => bench.env("POLKU_BENCH_ONLY", only),
        // Part of a measurement does not replace the whole one.
        None => bench.env("POLKU_BENCH_REPORT", workspace.root.join("docs/speed.md")),
    };
    command::run(&mut bench)?;
    stage.done();
    Ok(())
}

/// The server and the measuring programs, optimised; where they lie.
pub fn build(workspace: &Workspace) -> Result<std::path::PathBuf> {
    let stage = say::stage("server (release)");
    let words = ["build", "--release", "--package", "backend", "--package", "tests", "--bins", "--features", "tests/bench"];
    command::run(command::command("cargo", &workspace.root).args(words))?;
    stage.done();
    Ok(workspace.target.join("release"))
}
