//! Databases that one test has for itself, empty, and the program run on them.

use crate::database::postgres_url;
use backend::db::{Address, Db};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use std::fs::File;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};
use tempfile::TempDir;

/// Where servers log, in the data folder.
const LOG: &str = "server.log";

/// A database of the kind under test that nobody else uses.
pub struct Scratch {
    db: Option<Db>,
    url: String,
    folder: PathBuf,
    drop: Option<(String, String)>,
    temporary: Option<TempDir>,
}

impl Scratch {
    /// An empty database.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        let own = std::fs::Permissions::from_mode(0o700);
        let temporary = tempfile::Builder::new().permissions(own).tempdir().expect("a folder");
        let mut own = Self::at(temporary.path());
        own.temporary = Some(temporary);
        own
    }

    /// An empty SQLite database in this folder, with everything else elsewhere.
    pub fn with_database_in(folder: &Path) -> Self {
        let mut own = Self::new();
        own.url = format!("sqlite:{}", folder.join("polku.db").display());
        own
    }

    /// An empty database whose data lies in this folder.
    pub fn at(folder: &Path) -> Self {
        let folder = folder.to_owned();
        match postgres_url() {
            None => {
                let url = format!("sqlite:{}", folder.join("polku.db").display());
                Self { db: None, url, folder, drop: None, temporary: None }
            }
            Some(url) => {
                let name = format!("scratch_{}", uuid::Uuid::new_v4().simple());
                let mut conn = PgConnection::establish(&url).expect("PostgreSQL answers");
                conn.batch_execute(&format!("CREATE DATABASE {name}")).expect("a database");
                Self { db: None, url: with_database(&url, &name), folder, drop: Some((url, name)), temporary: None }
            }
        }
    }

    /// The database, opened.
    pub fn db(&mut self) -> &Db {
        let open = || Db::open(self.url.parse::<Address>().expect("an address")).expect("opened");
        self.db.get_or_insert_with(open)
    }

    /// Lets go of the database, so that another process has it alone.
    pub fn close(&mut self) {
        self.db = None;
    }

    /// Takes the database away from under whoever uses it.
    pub fn lose(&mut self) {
        self.close();
        match self.drop.take() {
            None => std::fs::rename(self.data().join("polku.db"), self.data().join("lost.db")).expect("moved away"),
            Some((url, name)) => drop_database(&url, &name),
        }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.folder
    }

    /// The program, told to work here.
    pub fn polku(&self, arguments: &[&str]) -> Command {
        let mut command = polku();
        command.args(arguments).env("POLKU_DATA", self.data()).env("POLKU_DATABASE_URL", &self.url);
        // The disk of the one who runs the tests may be fuller than a server's should be.
        command.env("POLKU_MIN_FREE_DISK", "0");
        command
    }

    /// Runs a command that must go well; what it printed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self.polku(arguments).output().expect("the program runs");
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Runs a command that must be refused; what it said.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let output = self.polku(arguments).output().expect("the program runs");
        assert!(!output.status.success(), "{arguments:?} went well: {}", said(&output));
        said(&output)
    }

    /// What the servers here have logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.data().join(LOG)).unwrap_or_default()
    }

    /// Serves, as soon as it is ready.
    pub async fn serve(&self) -> Serving {
        self.serve_under(&[]).await.expect("ready within 20 s")
    }

    /// Serves under another program that does something to it, such as a slower clock. None when it ended instead.
    pub async fn serve_under(&self, other: &[&str]) -> Option<Serving> {
        let mut serving = self.start(other, &["--log", "error"], Stdio::null());
        let until = Instant::now() + Duration::from_secs(20);
        while !matches!(reqwest::get(format!("{}/readyz", serving.origin)).await, Ok(answer) if answer.status().is_success()) {
            if Instant::now() > until || serving.child.try_wait().is_ok_and(|status| status.is_some()) {
                return None;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Some(serving)
    }

    /// Serves with further settings, as soon as it lives; it may never be ready. What it logs is in [`Scratch::log`].
    pub async fn serve_with(&self, arguments: &[&str]) -> Serving {
        let log = File::options().create(true).append(true).open(self.data().join(LOG)).expect("a log");
        let serving = self.start(&[], arguments, log.into());
        let until = Instant::now() + Duration::from_secs(20);
        while reqwest::get(format!("{}/healthz", serving.origin)).await.is_err() {
            assert!(Instant::now() < until, "not there within 20 s: {}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        serving
    }

    fn start(&self, other: &[&str], arguments: &[&str], log: Stdio) -> Serving {
        let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let bind = format!("127.0.0.1:{port}");
        let mut own = self.polku(&["serve", "--bind", &bind, "--workers", "2"]);
        // Load comes from one account and one address here.
        own.args(["--rate-per-account", "0", "--rate-per-client", "0", "--rate-per-address", "0"]);
        own.args(["--in-flight-per-account", "65536", "--in-flight-per-tenant", "100"]);
        own.args(arguments);
        let mut command = match other.split_first() {
            None => own,
            Some((program, arguments)) => {
                let mut outer = polku_under(program);
                outer.args(arguments).arg(own.get_program()).args(own.get_args());
                for (name, value) in own.get_envs().filter_map(|(name, value)| Some((name, value?))) {
                    outer.env(name, value);
                }
                outer
            }
        };
        let child = command.process_group(0).stdout(Stdio::null()).stderr(log).spawn().expect("the program runs");
        Serving { child, origin: format!("http://{bind}") }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.db = None;
        if let Some((url, name)) = &self.drop {
            drop_database(url, name);
        }
    }
}

fn drop_database(url: &str, name: &str) {
    if let Ok(mut conn) = PgConnection::establish(url) {
        conn.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).ok();
    }
}

/// The same server, another database.
pub fn with_database(url: &str, name: &str) -> String {
    let (address, parameters) = url.split_once('?').map_or((url, None), |(address, rest)| (address, Some(rest)));
    let slash = address.match_indices('/').nth(2).map_or(address.len(), |(at, _)| at);
    let parameters = parameters.map(|rest| format!("?{rest}")).unwrap_or_default();
    format!("{}/{name}{parameters}", &address[..slash])
}

/// A server in a process of its own. Ends with this value.
pub struct Serving {
    child: Child,
    pub origin: String,
}

impl Serving {
    /// As by `kill -9`, with whatever it runs under.
    pub fn kill(&mut self) {
        self.signal("-KILL");
        self.child.wait().expect("gone");
    }

    /// Asks it to stop.
    pub fn terminate(&self) {
        self.signal("-TERM");
    }

    fn signal(&self, signal: &str) {
        Command::new("kill").args([signal, "--", &format!("-{}", self.child.id())]).stderr(Stdio::null()).status().ok();
    }

    /// Waits for its end; its exit code.
    pub fn wait(&mut self) -> i32 {
        self.child.wait().expect("gone").code().unwrap_or(-1)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.origin.trim_start_matches("http://").parse().expect("an address")
    }

    /// Resident memory.
    pub fn memory_mib(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("alive");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
        line.split_whitespace().next().and_then(|number| number.parse::<f64>().ok()).expect("a number") / 1024.0
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Both streams as text.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The program, without any setting of the one who runs the tests.
pub fn polku() -> Command {
    unsettled(Command::new(program()))
}

fn polku_under(other: &str) -> Command {
    unsettled(Command::new(other))
}

fn unsettled(mut command: Command) -> Command {
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("POLKU_")) {
        command.env_remove(name);
    }
    command
}

/// Names the program to test, where it is not the one that `cargo` built: as it was unpacked for an installation.
pub const PROGRAM: &str = "POLKU_TEST_PROGRAM";

/// Where `cargo` puts the program; built when it is missing or older than its sources.
fn program() -> &'static PathBuf {
    static FOUND: OnceLock<PathBuf> = OnceLock::new();
    FOUND.get_or_init(|| {
        if let Some(path) = std::env::var_os(PROGRAM) {
            return PathBuf::from(path);
        }
        let own = std::env::current_exe().expect("this test");
        // Tests lie one folder deeper than programs.
        let folder = own.ancestors().skip(1).find(|folder| folder.file_name().is_some_and(|name| name != "deps"));
        let path = folder.expect("the target folder").join("polku");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let newest = ["backend/src", "shared", "migrations"].iter().filter_map(|folder| newest(&root.join(folder))).max();
        let built = path.metadata().and_then(|meta| meta.modified()).ok();
        if built < newest {
            let status =
                Command::new("cargo").args(["build", "--workspace", "--bin", "polku"]).current_dir(&root).status().expect("cargo runs");
            assert!(status.success(), "the program cannot be built: try `cargo build --workspace --bin polku`");
        }
        assert!(path.exists(), "{} is missing: run `cargo build --workspace --bin polku`", path.display());
        path
    })
}

fn newest(folder: &Path) -> Option<SystemTime> {
    let of_entry = |entry: std::fs::DirEntry| {
        if entry.path().is_dir() { newest(&entry.path()) } else { entry.metadata().and_then(|meta| meta.modified()).ok() }
    };
    std::fs::read_dir(folder).ok()?.flatten().filter_map(of_entry).max()
}

/// Writes a file for its owner alone.
pub fn write(path: &Path, bytes: &[u8]) {
    backend::keys::write_secret(path, bytes).expect("written");
}
