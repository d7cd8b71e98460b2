//! `cargo xtask bench`: the server beside a bare actix + diesel server that runs the same statements on the same
//! database, both under the same load in the same minutes.
//!
//! A shared machine runs at half its speed one minute and at full speed the next, so what counts is the ratio of two
//! figures taken one after the other; medians and spread are over the rounds.

mod load;
mod plan;
mod report;
mod servers;
mod world;

use anyhow::{Context, Result};
use load::{Load, Wrk};
use plan::{Measure, Series};
use servers::{Program, Servers};
use std::collections::BTreeMap;
use std::path::PathBuf;
use world::World;

/// What the command line and the environment say.
struct Wanted {
    /// `sqlite`, or the address of a PostgreSQL server in which a database may be made.
    databases: Vec<String>,
    rounds: usize,
    seconds: u64,
    connections: Vec<usize>,
    only: Option<String>,
    report: Option<PathBuf>,
}

impl Wanted {
    fn read() -> Result<Self> {
        let number = |name: &str, otherwise: u64| match std::env::var(name) {
            Ok(text) => text.parse().with_context(|| format!("{name} is not a number")),
            Err(_) => Ok(otherwise),
        };
        let databases = std::iter::once("sqlite".to_owned()).chain(std::env::var("POLKU_BENCH_POSTGRES").ok());
        let connections = std::env::var("POLKU_BENCH_CONNECTIONS").unwrap_or_else(|_| "1,32,256".to_owned());
        let connections: Result<Vec<usize>, _> = connections.split(',').map(str::parse).collect();
        Ok(Self {
            databases: databases.collect(),
            rounds: usize::try_from(number("POLKU_BENCH_ROUNDS", 3)?)?,
            seconds: number("POLKU_BENCH_SECONDS", 3)?,
            connections: connections.context("POLKU_BENCH_CONNECTIONS is a list such as 1,32")?,
            only: std::env::var("POLKU_BENCH_ONLY").ok(),
            report: std::env::var_os("POLKU_BENCH_REPORT").map(PathBuf::from),
        })
    }
}

fn main() -> Result<()> {
    let wanted = Wanted::read()?;
    let mut series = BTreeMap::new();
    let mut memory = Vec::new();
    for database in &wanted.databases {
        measure(database, &wanted, &mut series, &mut memory)?;
    }
    let text = report::render(&wanted.connections, &series, &memory, wanted.rounds, wanted.seconds);
    println!("\n{text}");
    if let Some(path) = &wanted.report {
        std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

/// All measures on one database, round after round.
fn measure(database: &str, wanted: &Wanted, series: &mut BTreeMap<plan::Key, Series>, memory: &mut Vec<report::Memory>) -> Result<()> {
    let mut world = World::build(database)?;
    println!("\n{}: {}", world.name(), world.describe());
    let servers = Servers::start(&world)?;
    memory.push(report::Memory::new(world.name(), "started", &servers)?);
    let wrk = Wrk::new()?;
    let measures: Vec<Measure> =
        plan::ALL.iter().copied().filter(|m| wanted.only.as_ref().is_none_or(|only| m.name().contains(only))).collect();
    for round in 1..=wanted.rounds {
        for connections in &wanted.connections {
            for measure in &measures {
                let load = Load::of(*measure, &mut world, &servers)?;
                let found = wrk.run(&load, *connections, wanted.seconds)?;
                println!(
                    "   round {round} {connections:>4} × {:<28} {:>8.0}/s  p50 {:>7.2} ms  p99 {:>8.2} ms{}",
                    measure.name(),
                    found.per_second,
                    found.p50,
                    found.p99,
                    if found.failed > 0 { format!("  {} FAILED", found.failed) } else { String::new() }
                );
                series.entry((world.name().to_owned(), *measure, *connections)).or_default().add(found);
            }
        }
    }
    memory.push(report::Memory::new(world.name(), "after the loads", &servers)?);
    servers.check_alive(Program::Polku)
}
