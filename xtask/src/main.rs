//! The project's own commands: `cargo xtask run` to use it, `cargo xtask test` to prove it.

mod bench;
mod breaking;
mod cleanup;
mod command;
mod conformance;
mod dist;
mod documents;
mod postgres;
mod proof;
mod say;
mod screens;
mod server;
mod setup;
mod test;
mod web;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use documents::{Document, OPENAPI, POLICY};
use workspace::Workspace;

const VARIABLES: &str = "Variables:
  CARGO_TARGET_DIR     where everything that is built goes; target/ unless told
  POLKU_ADVISORY_DB    folder with RustSec's advisories for `test`; fetched unless told
  POLKU_WASM_COMPILER  rustup or debian; the first that works unless told
  POLKU_NODE_WHEEL     set: `test` takes Node.js from its Python package even if the system's would do
  CHROMIUM             the browser for `test` and `screens`; the system's unless told";

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Builds, runs and proves Polku", after_help = VARIABLES)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build what changed and serve it, with the demo world in a new database
    Run {
        /// No demo world: prints a one-time address that makes the first administrator
        #[arg(long)]
        empty: bool,
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// The day that the program takes for today, as 2019-03-14
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
    },
    /// Get what the other commands need and this machine lacks
    Setup,
    /// Build the page into frontend/dist
    Web {
        /// As small as it gets, as it is shipped
        #[arg(long)]
        release: bool,
    },
    /// Check everything; ends with the totals
    Test {
        /// Only this step and those that it needs; may be said several times
        #[arg(long, value_name = "STEP")]
        only: Vec<String>,
        /// Say which steps there are
        #[arg(long)]
        list: bool,
    },
    /// Measure the server beside a bare one; writes docs/speed.md
    Bench {
        /// How often each figure is taken
        #[arg(long, default_value_t = 3)]
        rounds: usize,
        /// How long the load lasts each time
        #[arg(long, default_value_t = 3)]
        seconds: u64,
        /// How many connections, as 1,32,256
        #[arg(long, default_value = "1,32,256")]
        connections: String,
        /// Only measures whose name holds this
        #[arg(long)]
        only: Option<String>,
        /// Only SQLite
        #[arg(long)]
        sqlite: bool,
    },
    /// Show what the server withstands, as one table; writes docs/proof.md. Takes many minutes and needs root
    Proof {
        /// Only the bar with this id; may be said several times
        #[arg(long, value_name = "ID")]
        only: Vec<String>,
    },
    /// Write openapi/polku.json anew
    Openapi {
        /// Take the document as it is for the released one, which later ones may add to but not break
        #[arg(long)]
        released: bool,
    },
    /// Pack all that an operator needs into an archive under <target>/dist
    Dist,
    /// Write docs/permissions.md anew
    Policy,
    /// Take the pictures in README anew
    Screens {
        /// Instead of them, every screen, into this folder; the variable POLKU_ONLY chooses some by name
        #[arg(long, value_name = "FOLDER")]
        all: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    match perform(Cli::parse().task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<ExitCode> {
    let workspace = Workspace::find()?;
    cleanup::watch()?;
    match task {
        Task::Run { empty, port, as_of } => server::serve(&workspace, &server::Wanted { empty, port, as_of })?,
        Task::Setup => setup::everything(&workspace)?,
        Task::Web { release } => {
            let tools = setup::for_building(&workspace)?;
            let profile = if release { web::Profile::Release } else { web::Profile::Fast };
            web::build(&workspace, &tools, profile)?;
        }
        Task::Test { list: true, .. } => test::list(),
        Task::Test { only, .. } => return test::run(&workspace, &only),
        Task::Bench { rounds, seconds, connections, only, sqlite } => {
            bench::run(&workspace, &bench::Wanted { rounds, seconds, connections, only, sqlite })?;
        }
        Task::Proof { only } => proof::run(&workspace, &only)?,
        Task::Openapi { released } => {
            write(&workspace, OPENAPI)?;
            if released {
                breaking::release(&workspace)?;
            }
        }
        Task::Dist => dist::make(&workspace)?,
        Task::Policy => write(&workspace, POLICY)?,
        Task::Screens { all } => screens::take(&workspace, all.as_deref())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn write(workspace: &Workspace, document: Document) -> Result<()> {
    let program = server::build_as_tests_do(workspace)?;
    document.write(workspace, &program)
}
