//! `cargo xtask proof`: what this server withstands, as one table. Each line can be run again by its id.
//!
//! A bar is shown by tests of the suite, or by a check of `tests/proof` that takes minutes, needs root or breaks things.
//! Both say their figures in lines `FIGURE id words`; a check that falls short says `MISSED id words`, and the table keeps
//! it. A line without a figure that was measured has none.

mod bars;
mod others;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::bench;
use crate::command::{self, without_settings};
use crate::postgres::{Durable, Postgres};
use crate::say;
use crate::setup;
use crate::workspace::Workspace;
use bars::BARS;

/// One promise.
pub struct Bar {
    id: &'static str,
    promise: &'static str,
    shown: Shown,
}

/// What shows it.
#[derive(Clone, Copy)]
enum Shown {
    /// Integration tests whose names begin so, on both databases.
    Tests(&'static [&'static str]),
    /// A check of `tests/proof`.
    Check(&'static str, Which),
    /// Both.
    TestsAndCheck(&'static [&'static str], &'static str, Which),
    /// Specs of `tests/browser`.
    Browser,
    /// Schemathesis.
    Conformance,
}

/// On which databases a check makes sense.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Both,
    Sqlite,
    Postgres,
}

const DATABASES: [&str; 2] = ["SQLite", "PostgreSQL"];

impl Which {
    fn includes(self, database: &str) -> bool {
        self == Self::Both || (self == Self::Sqlite) == (database == "SQLite")
    }
}

/// What was found of one bar on one database.
#[derive(Clone, Default)]
struct Found {
    /// What was measured.
    figures: Vec<String>,
    missed: bool,
    /// Broken outright.
    broken: Option<String>,
}

impl Found {
    fn verdict(&self) -> &'static str {
        match (&self.broken, self.missed) {
            (Some(_), _) => "BROKEN",
            (None, true) => "MISSED",
            (None, false) => "reached",
        }
    }
}

/// Where the table is kept.
const KEPT: &str = "docs/proof.md";

/// Runs every bar, or the named ones, prints their lines, and puts them in the place of earlier ones in docs/proof.md.
pub fn run(workspace: &Workspace, only: &[String]) -> Result<()> {
    let chosen: Vec<&Bar> = BARS.iter().filter(|bar| only.is_empty() || only.iter().any(|id| id == bar.id)).collect();
    if chosen.is_empty() {
        let ids: Vec<&str> = BARS.iter().map(|bar| bar.id).collect();
        bail!("there is no such bar; there are {}", ids.join(", "));
    }
    setup::breaking(workspace)?;
    let programs = bench::build(workspace)?;
    let postgres = Postgres::start(workspace, Durable::Yes)?;
    let mut found = BTreeMap::new();
    for database in DATABASES {
        let url = (database == "PostgreSQL").then_some(&postgres);
        let run = Run { workspace, database, postgres: url };
        run.suite(&chosen, &mut found)?;
        run.checks(&chosen, &programs, &mut found)?;
        run.conformance(&chosen, &mut found)?;
        run.specs(&chosen, &mut found)?;
    }
    drop(postgres);
    let stamp = stamp(workspace);
    println!("\n{}", table(&found, &stamp, ""));
    let kept = workspace.root.join(KEPT);
    let earlier = fs::read_to_string(&kept).unwrap_or_default();
    fs::write(&kept, table(&found, &stamp, &earlier)).with_context(|| format!("{KEPT} cannot be written"))?;
    let broken = found.values().filter(|found| found.broken.is_some()).count();
    if broken > 0 {
        bail!("{broken} promises are broken");
    }
    Ok(())
}

/// Bar and database → what was found.
type Everything = BTreeMap<(&'static str, &'static str), Found>;

struct Run<'a> {
    workspace: &'a Workspace,
    database: &'static str,
    postgres: Option<&'a Postgres>,
}

impl Run<'_> {
    fn environment<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        without_settings(command);
        if let Some(postgres) = self.postgres {
            command.env("POLKU_TEST_DATABASE_URL", &postgres.url).env("POLKU_PROOF_PGDATA", postgres.cluster());
        }
        command
    }

    /// The tests that show something, once for all bars.
    fn suite(&self, bars: &[&Bar], found: &mut Everything) -> Result<()> {
        let names: BTreeSet<&str> = bars.iter().flat_map(|bar| bar.tests()).copied().collect();
        if names.is_empty() {
            return Ok(());
        }
        let stage = say::stage(format!("tests on {}", self.database));
        let mut cargo = command::command("cargo", &self.workspace.root);
        cargo.args(["test", "--workspace", "--test", "it", "--no-fail-fast", "--", "--show-output"]).args(names);
        let (_, output) = command::tee(self.environment(&mut cargo))?;
        let outcomes: Vec<(&str, bool)> = output.lines().filter_map(outcome).collect();
        for bar in bars {
            let own: Vec<&(&str, bool)> =
                outcomes.iter().filter(|(name, _)| bar.tests().iter().any(|start| name.starts_with(start))).collect();
            if bar.tests().is_empty() {
                continue;
            }
            let entry = found.entry((bar.id, self.database)).or_default();
            let failed: Vec<&str> = own.iter().filter(|(_, good)| !good).map(|(name, _)| *name).collect();
            entry.figures.push(format!("{} tests", own.len()));
            entry.figures.extend(figures(&output, "FIGURE", bar.id));
            if own.is_empty() || !failed.is_empty() {
                entry.broken = Some(if own.is_empty() { "no test ran".to_owned() } else { failed.join(", ") });
            }
        }
        stage.done();
        Ok(())
    }

    fn checks(&self, bars: &[&Bar], programs: &std::path::Path, found: &mut Everything) -> Result<()> {
        let mut done = BTreeSet::new();
        for bar in bars {
            let Some(name) = bar.check(self.database).filter(|name| done.insert(*name)) else { continue };
            let stage = say::stage(format!("{name} on {}", self.database));
            // Ten thousand connections need as many files.
            let mut check = command::command("sh", &self.workspace.root);
            check.arg("-c").arg("ulimit -n 20000; exec \"$0\" \"$1\"").arg(programs.join("proof")).arg(name);
            let output = self.environment(&mut check).stderr(Stdio::piped()).output().context("the check could not be started")?;
            let (said, complaint) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            print!("{said}");
            for bar in BARS.iter().filter(|bar| bar.check(self.database) == Some(name)) {
                let entry = found.entry((bar.id, self.database)).or_default();
                let missed = figures(&said, "MISSED", bar.id);
                entry.missed = !missed.is_empty();
                entry.figures.extend(figures(&said, "FIGURE", bar.id).into_iter().chain(missed));
                if !output.status.success() {
                    entry.broken = Some(reason(&complaint));
                }
            }
            stage.done();
        }
        Ok(())
    }
}

impl Bar {
    fn tests(&self) -> &'static [&'static str] {
        match self.shown {
            Shown::Tests(names) | Shown::TestsAndCheck(names, ..) => names,
            _ => &[],
        }
    }

    /// The check that shows it on a database.
    fn check(&self, database: &str) -> Option<&'static str> {
        match self.shown {
            Shown::Check(name, which) | Shown::TestsAndCheck(_, name, which) => which.includes(database).then_some(name),
            _ => None,
        }
    }
}

/// What a check that gave up said of it, without the way to there.
fn reason(complaint: &str) -> String {
    let mut lines = complaint.lines();
    let panicked = lines.find(|line| line.contains("panicked at")).and_then(|_| lines.next());
    panicked.or_else(|| complaint.lines().last()).unwrap_or("it ended with an error").to_owned()
}

/// `test NAME ... ok`.
fn outcome(line: &str) -> Option<(&str, bool)> {
    let (name, outcome) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    matches!(outcome, "ok" | "FAILED").then_some((name, outcome == "ok"))
}

/// What was said of a bar, after a word.
fn figures(output: &str, word: &str, id: &str) -> Vec<String> {
    let start = format!("{word} {id} ");
    output.lines().filter_map(|line| line.strip_prefix(&start)).map(str::to_owned).collect()
}

/// The day, and what was measured: the last commit, with a star when files differ from it.
fn stamp(workspace: &Workspace) -> String {
    let git = |words: &[&str]| command::read(command::command("git", &workspace.root).args(words)).unwrap_or_default();
    let day = command::read(command::command("date", &workspace.root).args(["--utc", "+%Y-%m-%d"])).unwrap_or_default();
    let star = if git(&["status", "--porcelain", "--untracked-files=no"]).trim().is_empty() { "" } else { "*" };
    format!("{} {}{star}", day.trim(), git(&["rev-parse", "--short", "HEAD"]).trim())
}

/// What was found, in the order of the bars; what was not asked for stands as an earlier table has it.
fn table(found: &Everything, stamp: &str, earlier: &str) -> String {
    let mut text = String::from(
        "# Proof\n\nPrinted by `cargo xtask proof`; one line again: `cargo xtask proof --only ID`. *Missed* is a bar that was measured and is not\n\
         reached, with its figure; nothing is loosened to pass.\n\n| | promise | database | found | | when, of which commit |\n|---|---|---|---|---|---|\n",
    );
    for bar in BARS {
        for database in DATABASES {
            if let Some(found) = found.get(&(bar.id, database)) {
                let words: Vec<&str> = found.figures.iter().map(String::as_str).chain(found.broken.as_deref()).collect();
                let words = words.join("; ").replace('|', "/");
                let _ = writeln!(text, "| {} | {} | {database} | {words} | {} | {stamp} |", bar.id, bar.promise, found.verdict());
            } else if let Some(line) = earlier.lines().find(|line| is_of(line, bar, database)) {
                let _ = writeln!(text, "{line}");
            }
        }
    }
    text
}

fn is_of(line: &str, bar: &Bar, database: &str) -> bool {
    let columns: Vec<&str> = line.split('|').map(str::trim).collect();
    columns.get(1) == Some(&bar.id) && columns.get(3) == Some(&database)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tests_and_checks_say_is_read() {
        assert_eq!(outcome("test jwt::jwt_vectors ... ok"), Some(("jwt::jwt_vectors", true)));
        assert_eq!(outcome("test a::b ... FAILED"), Some(("a::b", false)));
        assert_eq!(outcome("test result: ok. 3 passed"), None);
        assert_eq!(reason("a\nthread 'main' panicked at b:1:2:\nit is late\nstack backtrace:\n   0: c"), "it is late");
        assert_eq!(reason("no such file"), "no such file");
        assert_eq!(figures("x\nFIGURE H1 10 kills\nFIGURE H10 no\n", "FIGURE", "H1"), ["10 kills"]);
    }

    #[test]
    fn what_is_missed_or_broken_is_told() {
        let bar = &BARS[0];
        let missed = Found { figures: vec!["7 of 8".to_owned()], missed: true, broken: None };
        let broken = Found { broken: Some("lost".to_owned()), ..Found::default() };
        let found = Everything::from([((bar.id, "SQLite"), missed), ((bar.id, "PostgreSQL"), broken)]);
        let text = table(&found, "today", "");
        assert!(text.contains("| SQLite | 7 of 8 | MISSED | today |"), "{text}");
        assert!(text.contains("| PostgreSQL | lost | BROKEN | today |"), "{text}");
    }

    #[test]
    fn what_was_not_asked_for_stands_as_it_was() {
        let found = |figure: &str| Found { figures: vec![figure.to_owned()], ..Found::default() };
        let (one, other) = (&BARS[0], &BARS[1]);
        let earlier = Everything::from([((one.id, "SQLite"), found("old")), ((other.id, "SQLite"), found("kept"))]);
        let now = Everything::from([((one.id, "SQLite"), found("new"))]);
        let text = table(&now, "today", &table(&earlier, "yesterday", ""));
        assert!(text.contains("| new | reached | today |") && text.contains("| kept | reached | yesterday |"), "{text}");
        assert!(!text.contains("| old |"), "{text}");
    }

    #[test]
    fn each_bar_stands_once() {
        let ids: BTreeSet<&str> = BARS.iter().map(|bar| bar.id).collect();
        assert_eq!(ids.len(), BARS.len());
    }
}
