//! The server: built, started for people (`run`), or started for other programs (tests, screenshots).

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::cleanup::Guard;
use crate::command::{command, end_group, read, run, without_settings};
use crate::say;
use crate::setup;
use crate::web;
use crate::workspace::Workspace;

/// How long a server may take from its start to its first answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// What `cargo xtask run` was asked for.
pub struct Wanted {
    pub empty: bool,
    pub port: u16,
    pub as_of: Option<String>,
}

/// Builds everything that changed, fills a new database, and becomes the server.
pub fn serve(workspace: &Workspace, wanted: &Wanted) -> Result<()> {
    let begun = Instant::now();
    if TcpListener::bind((Ipv4Addr::LOCALHOST, wanted.port)).is_err() {
        bail!("port {} is taken. Another one: cargo xtask run --port {}", wanted.port, wanted.port + 1);
    }
    let stage = say::stage("tools");
    let tools = setup::for_building(workspace)?;
    stage.done();
    web::build(workspace, &tools, web::Profile::Fast)?;
    let program = build(workspace, "dev")?;

    let data = workspace.root.join("data");
    let stage = say::stage("database");
    let at = address(wanted.port);
    let instant = wanted.as_of.as_deref().map(instant);
    let polku = |words: &[&str]| {
        let mut polku = command(&program, &workspace.root);
        polku.args(words).arg("--data").arg(&data).env("POLKU_PUBLIC_URL", &at);
        if let Some(instant) = &instant {
            polku.arg("--as-of").arg(instant);
        }
        polku
    };
    if wanted.empty {
        let mut account = command(&program, &workspace.root);
        let text = read(account.args(["account", "create", "--first-administrator-link", "--data"]).arg(&data))?;
        print!("{}", with_address(&text, &at));
    } else {
        run(&mut polku(&["demo"]))?;
    }
    stage.done();

    println!("\n   Polku      {at}");
    println!("   data       {}", data.display());
    let accounts = data.join("demo-accounts.txt");
    if accounts.is_file() {
        println!("   accounts   {}", accounts.display());
    }
    println!("   ready in {:.1} s; Ctrl-C stops it\n", begun.elapsed().as_secs_f64());
    // It takes this process's place, so that Ctrl-C reaches it and its exit code is the command's.
    let error = polku(&["serve", "--bind", &format!("127.0.0.1:{}", wanted.port)]).exec();
    Err(error).with_context(|| format!("{} could not be started", program.display()))
}

fn address(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

/// A day alone means its noon in Finland, more or less.
fn instant(day: &str) -> String {
    if day.contains('T') { day.to_owned() } else { format!("{day}T10:00:00Z") }
}

/// The program does not know where it will be served: what it prints as a path becomes an address to open.
fn with_address(text: &str, at: &str) -> String {
    let lines = text.lines().map(|line| if line.starts_with('/') { format!("{at}{line}\n") } else { format!("{line}\n") });
    lines.collect()
}

/// `cargo build` of the server, which does nothing when nothing changed.
pub fn build(workspace: &Workspace, profile: &str) -> Result<PathBuf> {
    let stage = say::stage(format!("server ({profile})"));
    run(command("cargo", &workspace.root).args(["build", "--package", "backend", "--bin", "polku"]).args(["--profile", profile]))?;
    stage.done();
    Ok(workspace.server(profile))
}

/// The same, compiled as the tests have it: cargo settles features over the chosen packages, so that the server alone
/// would be compiled a second time beside what the tests have made.
pub fn build_as_tests_do(workspace: &Workspace) -> Result<PathBuf> {
    let stage = say::stage("server (dev)");
    run(command("cargo", &workspace.root).args(["build", "--workspace", "--bin", "polku"]))?;
    stage.done();
    Ok(workspace.server("dev"))
}

/// What lies in the database of a server that is started for other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum World {
    Demo,
    Empty,
}

/// A server on a port of its own and a folder that goes when it goes.
pub struct DemoServer {
    pub address: String,
    /// The demo world's accounts.
    pub accounts: PathBuf,
    /// The path that makes the first administrator of an empty world, once.
    pub first: Option<String>,
    // Dropped in this order: the server ends before its data goes.
    _guard: Guard,
}

/// Programs ask more in a second than people do; how much is too much has tests of its own.
const UNHURRIED: [(&str, &str); 2] = [("POLKU_RATE_PER_ACCOUNT", "0"), ("POLKU_RATE_PER_ADDRESS", "0")];

/// Starts one with the demo world and waits until it answers; its log goes to a file that is shown when it fails.
pub fn start_demo(workspace: &Workspace, program: &Path) -> Result<DemoServer> {
    start(workspace, program, World::Demo, &[])
}

/// The same, with settings of its own.
pub fn start_demo_with(workspace: &Workspace, program: &Path, settings: &[(&str, &str)]) -> Result<DemoServer> {
    start(workspace, program, World::Demo, settings)
}

/// Starts one with nothing in it.
pub fn start_empty(workspace: &Workspace, program: &Path) -> Result<DemoServer> {
    start(workspace, program, World::Empty, &[])
}

fn start(workspace: &Workspace, program: &Path, world: World, settings: &[(&str, &str)]) -> Result<DemoServer> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let port = free_port()?;
    let address = address(port);
    let polku = |words: &[&str]| {
        let mut polku = command(program, &workspace.root);
        without_settings(&mut polku).args(words).arg("--data").arg(&data).env("POLKU_PUBLIC_URL", &address);
        polku.envs(UNHURRIED).envs(settings.iter().copied());
        polku
    };
    let first = match world {
        World::Demo => {
            run(polku(&["demo"]).stdout(Stdio::null()))?;
            None
        }
        World::Empty => {
            let text = read(&mut polku(&["account", "create", "--first-administrator-link"]))?;
            text.lines().find(|line| line.starts_with('/')).map(str::to_owned)
        }
    };
    let log = folder.path().join("server.log");
    let mut child = polku(&["serve"])
        .args(["--bind", &format!("127.0.0.1:{port}")])
        // Journeys and pictures come quicker than people, and from one address.
        .args(["--rate-per-account", "0", "--rate-per-client", "0", "--rate-per-address", "0"])
        .stdout(fs::File::create(&log)?)
        .stderr(fs::File::options().append(true).open(&log)?)
        .process_group(0)
        .spawn()
        .context("the server could not be started")?;
    if let Err(error) = answered(&mut child, port) {
        end_group(&mut child);
        println!("{}", fs::read_to_string(&log).unwrap_or_default());
        return Err(error);
    }
    let accounts = data.join("demo-accounts.txt");
    let held = Arc::new(Mutex::new(Some((child, folder))));
    let guard = Guard::new(move || {
        if let Some((mut child, folder)) = held.lock().ok().and_then(|mut held| held.take()) {
            end_group(&mut child);
            drop(folder);
        }
    });
    Ok(DemoServer { address, accounts, first, _guard: guard })
}

fn answered(child: &mut Child, port: u16) -> Result<()> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait()? {
            bail!("the server ended at once, with {status}");
        }
        if std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(());
        }
        sleep(Duration::from_millis(50));
    }
    bail!("the server did not answer in {} s", PATIENCE.as_secs())
}

/// A port that is free now; nobody else on this machine is in a hurry to take it.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::{instant, with_address};

    #[test]
    fn a_path_becomes_an_address() {
        assert_eq!(with_address("Open this:\n/link/x#y\n", "http://127.0.0.1:1"), "Open this:\nhttp://127.0.0.1:1/link/x#y\n");
    }

    #[test]
    fn a_day_becomes_an_instant() {
        assert_eq!(instant("2019-03-14"), "2019-03-14T10:00:00Z");
        assert_eq!(instant("2019-03-14T08:00:00Z"), "2019-03-14T08:00:00Z");
    }
}
