//! The two servers under measure, each a process of its own on the same database.

use crate::world::World;
use anyhow::{Context, Result, bail};
use std::cell::RefCell;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    Polku,
    Bare,
}

/// Both servers, until they are dropped.
pub struct Servers {
    /// Origin of the server itself.
    pub polku: String,
    /// Origin of the bare one.
    pub bare: String,
    polku_process: RefCell<Child>,
    bare_process: RefCell<Child>,
}

/// Threads that answer, in both.
const WORKERS: &str = "2";

impl Servers {
    pub fn start(world: &World) -> Result<Self> {
        let (own, bare) = (free_port()?, free_port()?);
        let bind = format!("127.0.0.1:{own}");
        let mut polku = Command::new(beside("polku")?);
        polku.args(["serve", "--bind", &bind, "--workers", WORKERS]).args(world.settings());
        // Load comes from few accounts and one address here, and the bare server turns nobody away.
        polku.args(["--rate-per-account", "0", "--rate-per-address", "0"]);
        polku.args(["--in-flight", "65536", "--in-flight-per-account", "65536", "--in-flight-per-tenant", "100"]);
        polku.env("POLKU_DATA", world.data()).env("POLKU_DATABASE_URL", world.url());
        let mut stripped = Command::new(beside("bare")?);
        stripped.args([world.url(), &bare.to_string(), WORKERS]);
        let polku_process = RefCell::new(start(polku, own)?);
        let servers = Self {
            polku: format!("http://{bind}"),
            bare: format!("http://127.0.0.1:{bare}"),
            polku_process,
            bare_process: RefCell::new(start(stripped, bare)?),
        };
        Ok(servers)
    }

    /// Resident memory in MB: now, and the most it ever was.
    pub fn memory(&self, program: Program) -> Result<(f64, f64)> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.of(program).borrow().id()))?;
        let line = |name: &str| {
            let kilobytes = status.lines().find_map(|line| line.strip_prefix(name)).and_then(|rest| rest.split_whitespace().next());
            kilobytes.and_then(|number| number.parse::<f64>().ok()).map(|number| number / 1000.0)
        };
        line("VmRSS:").zip(line("VmHWM:")).context("the system does not say how much memory a process has")
    }

    /// A server that died under load has no figures.
    pub fn check_alive(&self, program: Program) -> Result<()> {
        match self.of(program).borrow_mut().try_wait()? {
            None => Ok(()),
            Some(status) => bail!("{program:?} ended with {status}"),
        }
    }

    fn of(&self, program: Program) -> &RefCell<Child> {
        match program {
            Program::Polku => &self.polku_process,
            Program::Bare => &self.bare_process,
        }
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        for process in [&self.polku_process, &self.bare_process] {
            let mut child = process.borrow_mut();
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A program that was built together with this one.
fn beside(name: &str) -> Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name(name);
    if !path.is_file() {
        bail!("{} is not built; `cargo xtask bench` builds it", path.display());
    }
    Ok(path)
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn start(mut command: Command, port: u16) -> Result<Child> {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().with_context(|| format!("{command:?}"))?;
    let until = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if let Some(status) = child.try_wait()? {
            bail!("{command:?} ended with {status}");
        }
        if Instant::now() > until {
            let _ = child.kill();
            bail!("{command:?} does not answer");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(child)
}
