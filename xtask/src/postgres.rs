//! A PostgreSQL of our own: in a temporary folder, as an unprivileged user, gone when the tests end.

use std::fs;
use std::io::Read;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::cleanup::Guard;
use crate::command::{ask, command, end_group, read, run};
use crate::server::free_port;
use crate::setup;
use crate::web::hex;
use crate::workspace::Workspace;

const USER: &str = "polku";
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether what it acknowledges must lie on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durable {
    /// As in production: for measuring and for killing it.
    Yes,
    /// Its data is thrown away, so it need not survive a power cut.
    No,
}

pub struct Postgres {
    /// With rights to create databases.
    pub url: String,
    cluster: PathBuf,
    _guard: Guard,
}

type Held = Arc<Mutex<Option<(Child, TempDir)>>>;

/// Whom the cluster runs as when the tests run as root, whom PostgreSQL refuses.
#[derive(Clone, Copy)]
struct Owner {
    user: u32,
    group: u32,
}

impl Postgres {
    pub fn start(workspace: &Workspace, durable: Durable) -> Result<Self> {
        let programs = setup::postgres(workspace)?;
        let owner = if setup::is_root(workspace) { Some(owner()?) } else { None };
        let folder = tempfile::Builder::new().prefix("polku-postgres-").tempdir()?;
        if let Some(owner) = &owner {
            chown(folder.path(), Some(owner.user), Some(owner.group))?;
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700))?;

        let password = password()?;
        let cluster = folder.path().join("cluster");
        initialise(&programs, folder.path(), &cluster, owner.as_ref(), &password)?;
        let port = free_port()?;
        let mut child = serve(&programs, folder.path(), &cluster, owner.as_ref(), port, durable)?;
        if let Err(error) = ready(workspace, &programs, &mut child, port) {
            stop(&mut child);
            println!("{}", fs::read_to_string(folder.path().join("log")).unwrap_or_default());
            return Err(error);
        }
        println!("   {} on port {port}", programs.display());
        let held: Held = Arc::new(Mutex::new(Some((child, folder))));
        if durable == Durable::Yes {
            let (held, cluster) = (held.clone(), cluster.clone());
            thread::spawn(move || revive(&held, &programs, &cluster, owner.as_ref(), port));
        }
        let guard = Guard::new(move || {
            if let Some((mut child, folder)) = held.lock().ok().and_then(|mut held| held.take()) {
                stop(&mut child);
                drop(folder);
            }
        });
        Ok(Self { url: format!("postgres://{USER}:{password}@127.0.0.1:{port}/postgres"), cluster, _guard: guard })
    }

    /// A new database of this name; its address.
    pub fn database(&self, workspace: &Workspace, name: &str) -> Result<String> {
        let programs = setup::postgres(workspace)?;
        run(command(programs.join("createdb"), &workspace.root).arg(format!("--maintenance-db={}", self.url)).arg(name))?;
        let (server, _) = self.url.rsplit_once('/').context("an address without a database")?;
        Ok(format!("{server}/{name}"))
    }

    /// The folder of its data.
    pub fn cluster(&self) -> &Path {
        &self.cluster
    }
}

/// Starts it again whenever it has been killed, as a system's own service manager would, until it is stopped for good.
fn revive(held: &Held, programs: &Path, cluster: &Path, owner: Option<&Owner>, port: u16) {
    while let Ok(mut now) = held.lock() {
        let Some((child, folder)) = now.as_mut() else { return };
        if child.try_wait().is_ok_and(|status| status.is_some())
            && let Ok(again) = serve(programs, folder.path(), cluster, owner, port, Durable::Yes)
        {
            *child = again;
        }
        drop(now);
        sleep(Duration::from_millis(200));
    }
}

/// The unprivileged user: PostgreSQL's own where its package made one, else nobody.
fn owner() -> Result<Owner> {
    let users = fs::read_to_string("/etc/passwd").context("the users of this system cannot be read")?;
    for name in ["postgres", "nobody"] {
        let line = users.lines().find(|line| line.split(':').next() == Some(name));
        let mut numbers = line.into_iter().flat_map(|line| line.split(':').skip(2)).map(str::parse::<u32>);
        if let (Some(Ok(user)), Some(Ok(group))) = (numbers.next(), numbers.next()) {
            return Ok(Owner { user, group });
        }
    }
    bail!("PostgreSQL does not run as root, and this system has neither a user postgres nor nobody")
}

/// The program as its unprivileged owner; it ends with this process even if that is killed outright.
fn as_owner(program: PathBuf, folder: &Path, owner: Option<&Owner>) -> Command {
    let Some(owner) = owner else {
        return command(program, folder);
    };
    let mut lowered = command("setpriv", folder);
    lowered
        .arg(format!("--reuid={}", owner.user))
        .arg(format!("--regid={}", owner.group))
        .args(["--clear-groups", "--pdeathsig=INT", "--"])
        .arg(program)
        .env("HOME", folder);
    lowered
}

fn initialise(programs: &Path, folder: &Path, cluster: &Path, owner: Option<&Owner>, password: &str) -> Result<()> {
    let secret = folder.join("password");
    fs::write(&secret, password)?;
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o600))?;
    if let Some(owner) = owner {
        chown(&secret, Some(owner.user), Some(owner.group))?;
    }
    read(
        as_owner(programs.join("initdb"), folder, owner)
            .arg("--pgdata")
            .arg(cluster)
            .arg(format!("--username={USER}"))
            .args(["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
            .arg(format!("--pwfile={}", secret.display())),
    )?;
    Ok(())
}

fn serve(programs: &Path, folder: &Path, cluster: &Path, owner: Option<&Owner>, port: u16, durable: Durable) -> Result<Child> {
    let mut settings = vec![
        "listen_addresses=127.0.0.1".to_owned(),
        format!("port={port}"),
        "unix_socket_directories=".to_owned(),
        "max_connections=200".to_owned(),
    ];
    if durable == Durable::No {
        settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"].map(str::to_owned));
    }
    let log = folder.join("log");
    let mut postgres = as_owner(programs.join("postgres"), folder, owner);
    postgres.arg("-D").arg(cluster);
    for setting in settings {
        postgres.arg("-c").arg(setting);
    }
    postgres
        .stdout(fs::File::create(&log)?)
        .stderr(fs::File::options().append(true).open(&log)?)
        .process_group(0)
        .spawn()
        .context("PostgreSQL could not be started")
}

fn ready(workspace: &Workspace, programs: &Path, child: &mut Child, port: u16) -> Result<()> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait()? {
            bail!("PostgreSQL ended at once, with {status}");
        }
        let mut question = command(programs.join("pg_isready"), &workspace.root);
        if ask(question.args(["-h", "127.0.0.1", "-p", &port.to_string()])).is_some() {
            return Ok(());
        }
        sleep(Duration::from_millis(100));
    }
    bail!("PostgreSQL was not ready in {} s", PATIENCE.as_secs())
}

/// Asks it to end at once, which lets it tell its helpers; insists when it does not.
fn stop(child: &mut Child) {
    let process = rustix::process::Pid::from_child(child);
    let _ = rustix::process::kill_process(process, rustix::process::Signal::INT);
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(10) {
        if !matches!(child.try_wait(), Ok(None)) {
            return;
        }
        sleep(Duration::from_millis(50));
    }
    end_group(child);
}

fn password() -> Result<String> {
    let mut bytes = [0_u8; 16];
    fs::File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut bytes))?;
    Ok(hex(&bytes))
}
