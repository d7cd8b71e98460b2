//! The figures as a document.

use crate::plan::{ALL, Key, Measure, Series};
use crate::servers::{Program, Servers};
use anyhow::Result;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Memory of both servers at one moment.
pub struct Memory {
    database: &'static str,
    when: &'static str,
    polku: (f64, f64),
    bare: (f64, f64),
}

impl Memory {
    pub fn new(database: &'static str, when: &'static str, servers: &Servers) -> Result<Self> {
        Ok(Self { database, when, polku: servers.memory(Program::Polku)?, bare: servers.memory(Program::Bare)? })
    }
}

/// The tables.
pub fn render(connections: &[usize], series: &BTreeMap<Key, Series>, memory: &[Memory], rounds: usize, seconds: u64) -> String {
    let mut text = format!(
        "# Speed\n\nPrinted by `cargo xtask bench`: {rounds} rounds of {seconds} s for each line, made by wrk on the same machine, the bare actix + diesel\n\
         server and Polku in turn on the same database. Medians, with the least and the greatest in brackets; *ratio* is to the bare line\n\
         named, round by round. Authentication, tenancy, ETag, audit and durable writes are on.\n"
    );
    let databases: std::collections::BTreeSet<&str> = series.keys().map(|(database, ..)| database.as_str()).collect();
    for database in databases.iter().rev() {
        for count in connections {
            let _ = write!(text, "\n## {database}, {count} connection{}\n\n", if *count == 1 { "" } else { "s" });
            text.push_str("| what | answers/s | p50 ms | p99 ms | ratio | shall be | |\n|---|--:|--:|--:|--:|--:|---|\n");
            for measure in ALL {
                line(&mut text, database, *measure, *count, series);
            }
        }
    }
    text.push_str("\n## Memory, MB resident (most ever)\n\n| database | when | Polku | bare |\n|---|---|--:|--:|\n");
    for Memory { database, when, polku, bare } in memory {
        let _ = writeln!(text, "| {database} | {when} | {:.0} ({:.0}) | {:.0} ({:.0}) |", polku.0, polku.1, bare.0, bare.1);
    }
    text
}

fn line(text: &mut String, database: &str, measure: Measure, connections: usize, series: &BTreeMap<Key, Series>) {
    let of = |measure| series.get(&(database.to_owned(), measure, connections));
    let Some(own) = of(measure) else { return };
    let rate = own.rate();
    let _ = write!(
        text,
        "| {} | {:.0} [{:.0}–{:.0}] | {:.2} | {:.2} |",
        measure.name(),
        rate.median,
        rate.least,
        rate.greatest,
        own.p50().median,
        own.p99().median
    );
    let compared = measure.against().and_then(|(other, least)| of(other).map(|found| (other, least, own.ratio(found))));
    let Some((other, least, ratio)) = compared else {
        let _ = writeln!(text, " | | {} |", failures(own));
        return;
    };
    let _ = write!(text, " {:.2} [{:.2}–{:.2}] of {} |", ratio.median, ratio.least, ratio.greatest, other.name());
    // The promise is made for 32 connections.
    let promised = least.filter(|_| connections == 32).map(|(sqlite, postgres)| if database == "SQLite" { sqlite } else { postgres });
    match promised {
        None => {
            let _ = writeln!(text, " | {} |", failures(own));
        }
        Some(least) => {
            let verdict = if ratio.median >= least { "reached" } else { "MISSED" };
            let _ = writeln!(text, " {least:.1} | {verdict}{} |", failures(own));
        }
    }
}

fn failures(own: &Series) -> String {
    if own.failed() == 0 { String::new() } else { format!(" {} failed", own.failed()) }
}
