//! `cargo xtask test`: every check, each timed, none skipped in silence.

mod alerts;
mod browser;
mod contract;
mod counts;
mod install;
mod rust;
mod supply;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

pub use browser::{environment as browser_environment, run_specs};

use crate::conformance;
use crate::documents::{OPENAPI, POLICY};
use crate::postgres::{Durable, Postgres};
use crate::setup::{self, Node, Tools};
use crate::web;
use crate::workspace::Workspace;
use counts::Counts;

/// What earlier steps have made ready for later ones.
pub struct Bench<'a> {
    workspace: &'a Workspace,
    tools: Option<Tools>,
    node: Option<Node>,
    postgres: Option<Postgres>,
}

impl Bench<'_> {
    fn tools(&mut self) -> Result<&Tools> {
        if self.tools.is_none() {
            self.tools = Some(setup::for_building(self.workspace)?);
        }
        self.tools.as_ref().ok_or_else(|| anyhow::anyhow!("the tools are missing"))
    }

    /// Node.js with the test tools of npm laid out.
    fn node(&mut self) -> Result<Node> {
        if let Some(node) = &self.node {
            return Ok(node.clone());
        }
        let node = setup::node_for_tests(self.workspace)?;
        web::npm_packages(&self.workspace.browser(), &node)?;
        self.node = Some(node.clone());
        Ok(node)
    }
}

struct Step {
    name: &'static str,
    about: &'static str,
    /// Steps without whose success this one cannot say anything.
    needs: &'static [&'static str],
    perform: fn(&mut Bench) -> Result<Counts>,
}

const STEPS: &[Step] = &[
    Step {
        name: "setup",
        about: "what the steps need, installed where it lacks",
        needs: &[],
        perform: |bench| one(setup::everything(bench.workspace)),
    },
    Step { name: "format", about: "cargo fmt --check", needs: &[], perform: |bench| one(rust::format(bench.workspace)) },
    Step { name: "page", about: "the page, built as it is shipped", needs: &["setup"], perform: page },
    Step { name: "budget", about: "the size of a first visit", needs: &["page"], perform: |bench| one(web::budget(bench.workspace)) },
    Step {
        name: "clippy",
        about: "lints on every target, warnings denied",
        needs: &["setup"],
        perform: |bench| one(rust::clippy(bench.workspace)),
    },
    Step {
        name: "build",
        about: "the server and every test, compiled",
        needs: &["setup"],
        perform: |bench| one(rust::build(bench.workspace)),
    },
    Step { name: "unit", about: "unit, property and documentation tests", needs: &["build"], perform: |bench| rust::unit(bench.workspace) },
    Step {
        name: "sqlite",
        about: "integration tests on SQLite",
        needs: &["build"],
        perform: |bench| rust::integration(bench.workspace, None),
    },
    Step { name: "cluster", about: "a private PostgreSQL, started", needs: &["setup"], perform: cluster },
    Step { name: "postgresql", about: "integration tests on PostgreSQL", needs: &["build", "cluster"], perform: on_postgres },
    Step {
        name: "openapi",
        about: "openapi/polku.json says what the server says, and breaks nothing that was released",
        needs: &["build"],
        perform: openapi,
    },
    Step {
        name: "policy",
        about: "docs/permissions.md says what the server does",
        needs: &["build"],
        perform: |bench| one(POLICY.compare(bench.workspace, &bench.workspace.server("dev"))),
    },
    Step { name: "lint", about: "strict lint of the OpenAPI document", needs: &["setup"], perform: |bench| one(contract::lint(bench)) },
    Step {
        name: "client",
        about: "a TypeScript client generated from it, type-checked, and its first call made",
        needs: &["build"],
        perform: |bench| one(contract::client(bench)),
    },
    Step {
        name: "conformance",
        about: "every answer of the running server against its document, with Schemathesis",
        needs: &["build"],
        perform: conformance,
    },
    Step {
        name: "alerts",
        about: "each alert rule fires when it must",
        needs: &[],
        perform: |bench| one(alerts::try_out(bench.workspace)),
    },
    Step {
        name: "dist",
        about: "the archive, unpacked, judged, and an older installation upgraded by it",
        needs: &["build", "cluster"],
        perform: dist,
    },
    Step { name: "browser", about: "the pages in Chromium, with axe", needs: &["build", "page"], perform: browser::run },
    Step {
        name: "licences",
        about: "licences, bans and sources of all crates",
        needs: &[],
        perform: |bench| one(supply::licences(bench.workspace)),
    },
    Step {
        name: "advisories",
        about: "known weaknesses of all crates",
        needs: &[],
        perform: |bench| one(supply::advisories(bench.workspace)),
    },
];

/// Says what the steps are.
pub fn list() {
    for step in STEPS {
        println!("{:12} {}", step.name, step.about);
    }
}

struct Outcome {
    name: &'static str,
    counts: Counts,
    took: Duration,
    error: Option<String>,
}

/// Runs all steps, or the named ones with what they need; ends with the totals.
pub fn run(workspace: &Workspace, only: &[String]) -> Result<ExitCode> {
    let chosen = chosen(only)?;
    let begun = Instant::now();
    let mut bench = Bench { workspace, tools: None, node: None, postgres: None };
    let mut outcomes: Vec<Outcome> = Vec::new();
    for step in STEPS.iter().filter(|step| chosen.contains(step.name)) {
        println!("\n══ {}: {}", step.name, step.about);
        let outcome = perform(step, &mut bench, &outcomes);
        match &outcome.error {
            None => println!("   ok, {:.1} s", outcome.took.as_secs_f64()),
            Some(error) => println!("   FAILED after {:.1} s: {error}", outcome.took.as_secs_f64()),
        }
        outcomes.push(outcome);
    }
    // The private database ends before the totals, so that they are the last line.
    drop(bench);
    Ok(totals(&outcomes, begun.elapsed()))
}

fn chosen(only: &[String]) -> Result<std::collections::BTreeSet<&'static str>> {
    let by_name: BTreeMap<&str, &Step> = STEPS.iter().map(|step| (step.name, step)).collect();
    if only.is_empty() {
        return Ok(by_name.values().map(|step| step.name).collect());
    }
    let mut waiting: Vec<&str> = only.iter().map(String::as_str).collect();
    let mut chosen = std::collections::BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let Some(step) = by_name.get(name) else {
            bail!("there is no step `{name}`; `cargo xtask test --list` says which there are");
        };
        if chosen.insert(step.name) {
            waiting.extend(step.needs);
        }
    }
    Ok(chosen)
}

fn perform(step: &Step, bench: &mut Bench, before: &[Outcome]) -> Outcome {
    let begun = Instant::now();
    let broken = before.iter().find(|outcome| outcome.error.is_some() && step.needs.contains(&outcome.name));
    let result = match broken {
        Some(outcome) => Err(anyhow::anyhow!("not run, because the step {} failed", outcome.name)),
        None => (step.perform)(bench),
    };
    let (counts, error) = match result {
        Ok(counts) if counts.failed == 0 => (counts, None),
        Ok(counts) => (counts, Some(format!("{} failed", counts.failed))),
        Err(error) => (Counts::FAILED, Some(format!("{error:#}"))),
    };
    Outcome { name: step.name, counts, took: begun.elapsed(), error }
}

fn totals(outcomes: &[Outcome], took: Duration) -> ExitCode {
    let mut sum = Counts::default();
    println!("\n{:12} {:>9} {:>8} {:>8}", "step", "seconds", "passed", "failed");
    for outcome in outcomes {
        sum.add(outcome.counts);
        let mut note = String::new();
        if outcome.counts.ignored > 0 {
            note = format!("  ({} ignored)", outcome.counts.ignored);
        }
        println!("{:12} {:>9.1} {:>8} {:>8}{note}", outcome.name, outcome.took.as_secs_f64(), outcome.counts.passed, outcome.counts.failed);
    }
    println!("{:12} {:>9.1}", "all", took.as_secs_f64());
    for outcome in outcomes {
        if let Some(error) = &outcome.error {
            println!("\n{}: {error}", outcome.name);
        }
    }
    println!("\n{} passed, {} failed", sum.passed, sum.failed);
    if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn one(result: Result<()>) -> Result<Counts> {
    result.map(|()| Counts::ONE)
}

fn page(bench: &mut Bench) -> Result<Counts> {
    let workspace = bench.workspace;
    web::build(workspace, bench.tools()?, web::Profile::Release)?;
    Ok(Counts::ONE)
}

fn conformance(bench: &mut Bench) -> Result<Counts> {
    let found = conformance::ask(bench.workspace, &bench.workspace.server("dev"), None, &conformance::SUITE)?;
    let count = |run: &conformance::Found| Counts { passed: run.operations, failed: run.failures, ignored: 0 };
    Ok(found.iter().map(count).fold(Counts::default(), |mut sum, run| {
        sum.add(run);
        sum
    }))
}

fn cluster(bench: &mut Bench) -> Result<Counts> {
    bench.postgres = Some(Postgres::start(bench.workspace, Durable::No)?);
    Ok(Counts::ONE)
}

fn openapi(bench: &mut Bench) -> Result<Counts> {
    OPENAPI.compare(bench.workspace, &bench.workspace.server("dev"))?;
    one(crate::breaking::check(bench.workspace))
}

fn dist(bench: &mut Bench) -> Result<Counts> {
    let Some(postgres) = &bench.postgres else {
        bail!("the private PostgreSQL is not running");
    };
    install::rehearse(bench.workspace, &postgres.url)
}

fn on_postgres(bench: &mut Bench) -> Result<Counts> {
    let Some(postgres) = &bench.postgres else {
        bail!("the private PostgreSQL is not running");
    };
    rust::integration(bench.workspace, Some(&postgres.url))
}

#[cfg(test)]
mod tests {
    use super::{STEPS, chosen};

    #[test]
    fn steps_need_only_earlier_ones() {
        for (at, step) in STEPS.iter().enumerate() {
            for need in step.needs {
                assert!(STEPS[..at].iter().any(|earlier| earlier.name == *need), "{} needs {need}", step.name);
            }
        }
    }

    #[test]
    fn a_chosen_step_brings_what_it_needs() {
        let steps = chosen(&["budget".to_owned()]).expect("a step");
        assert_eq!(steps.into_iter().collect::<Vec<_>>(), ["budget", "page", "setup"]);
        assert!(chosen(&["nothing".to_owned()]).is_err());
    }
}
