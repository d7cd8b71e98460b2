//! What every integration test stands on: a real server in this process, on a database of its own, with a clock that
//! can be stopped.
//!
//! ```ignore
//! let app = TestApp::start().await;
//! let administrator = app.administrator();
//! let organisations = administrator.list_organisations(&Default::default()).await?;
//! ```
//!
//! * **One server a test**, on 127.0.0.1 and a free port, started as `polku serve` starts it.
//! * **Both databases.** Without `POLKU_TEST_DATABASE_URL` each test has its own SQLite file, copied from one that was
//!   migrated once; with it (`postgres://…`) all share that database, and each test has tenants of its own.
//! * **Two tenants a test**: `own`, and `other`, which must never be touched. Each has its own host name, which is how
//!   a visitor's tenant is found.
//! * **People** come signed in: `app.administrator()` is a [`Person`], which is also a [`Client`]. They get their tokens
//!   from the service that signs people in, because a test of groups should not wait for Argon2; signing in itself
//!   is tested in `identity.rs`. All have the password [`PASSWORD`].
//! * **No sleeping.** Time is `app.clock`. Only the cache of verified tokens (0.9 s) lives in real time: [`eventually`].

pub mod actors;
pub mod catalogue;
pub mod database;
pub mod factor;
pub mod ledger;
pub mod lines;
pub mod log;
pub mod matrix;
pub mod operations;
pub mod parsers;
pub mod people;
pub mod precondition;
pub mod programs;
pub mod queries;
pub mod rational;
pub mod raw;
pub mod schemas;
pub mod scratch;
pub mod shapes;
pub mod smtp;
pub mod socket;
pub mod training;
pub mod trials;
pub mod trust;
pub mod world;

use backend::clock::Clock;
use backend::config::Settings;
use backend::config::limits::{Limits, Times};
use backend::db::Db;
use backend::identity::service::tenants::{self, NewTenant};
use backend::keys::Keys;
use backend::policy::Actor;
use backend::state::State;
use database::Database;
pub use people::{PASSWORD, Person};
use shared::TenantId;
use shared::client::Client;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A server with its database.
pub struct TestApp {
    pub address: SocketAddr,
    pub state: Arc<State>,
    pub clock: Clock,
    pub db: Db,
    /// The tenant that the test is about.
    pub own: Tenant,
    /// A tenant that the test must not touch.
    pub other: Tenant,
    /// Resolves the host names of both tenants to the server.
    pub http: reqwest::Client,
    handle: actix_web::dev::ServerHandle,
    _database: Database,
}

/// One data controller.
#[derive(Clone, Debug)]
pub struct Tenant {
    pub id: TenantId,
    /// Host name that leads to it.
    pub host: String,
}

/// Settings without a bound on how often and how much at once: those have tests of their own.
pub fn unhurried() -> Settings {
    let limits = Limits {
        account_rate: 0,
        client_rate: 0,
        address_rate: 0,
        in_flight: 1_000,
        in_flight_of_account: 1_000,
        in_flight_of_tenant: 100,
        times: Times { handler: Duration::from_secs(60), ..Times::default() },
        ..Limits::default()
    };
    Settings { limits, ..Settings::default() }
}

impl TestApp {
    /// A fresh server with two empty tenants, that takes all that comes.
    pub async fn start() -> Self {
        Self::start_with(unhurried()).await
    }

    /// As [`TestApp::start`], with other settings.
    pub async fn start_with(settings: Settings) -> Self {
        Self::start_on(Database::fresh(), settings).await
    }

    /// As [`TestApp::start`], on a database that no other test uses.
    pub async fn start_alone() -> Self {
        Self::start_alone_with(unhurried()).await
    }

    /// As [`TestApp::start_alone`], with other settings. Who follows what is counted by database.
    pub async fn start_alone_with(settings: Settings) -> Self {
        Self::start_on(Database::alone(), settings).await
    }

    async fn start_on(database: Database, settings: Settings) -> Self {
        log::capture();
        let db = database.db.clone();
        let clock = Clock::default();
        let now = clock.now();
        let (own, other) = db.write(|conn| Ok((make_tenant(conn, "oma", now)?, make_tenant(conn, "muu", now)?))).expect("two tenants");
        let keys = Keys::temporary().expect("keys");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(State::new(db.clone(), keys, clock.clone(), Settings { public_url: format!("http://{address}"), ..settings }));
        let handle = serve(listener, state.clone(), db.clone());
        let http = reqwest::Client::builder()
            .resolve(&own.host, address)
            .resolve(&other.host, address)
            .timeout(Duration::from_secs(30))
            // Shorter than the server keeps connections, so that none is closed just when it is used.
            .pool_idle_timeout(Duration::from_secs(5))
            .no_proxy()
            .build()
            .expect("an HTTP client");
        Self { address, state, clock, db, own, other, http, handle, _database: database }
    }

    /// A client that is not signed in, at the own tenant.
    pub fn stranger(&self) -> Client {
        self.client(&self.own, false)
    }

    /// A client that is not signed in. `browser` leaves the refresh token to a cookie.
    pub fn client(&self, tenant: &Tenant, browser: bool) -> Client {
        Client::with_http(self.http.clone(), self.origin(tenant), browser)
    }

    /// `http://host:port` of a tenant.
    pub fn origin(&self, tenant: &Tenant) -> String {
        format!("http://{}:{}", tenant.host, self.address.port())
    }

    /// The program itself, acting in the own tenant.
    pub fn system(&self) -> Actor {
        Actor::system(self.own.id, self.clock.now())
    }

    /// Does what is done beside the requests about forgotten passwords.
    pub fn answer_resets(&self) {
        backend::outbox::answer_resets(&self.db, self.clock.now()).expect("answered");
    }

    /// Gives the threads that hash passwords so much to do that whoever comes next waits for them. Ends with the task.
    pub fn keep_hashing(&self, times: usize) -> Vec<tokio::task::JoinHandle<()>> {
        let one = |_| {
            let slot = self.state.hashing.enter().expect("a place");
            tokio::spawn(async move { drop(slot.prepare(PASSWORD.to_owned()).await) })
        };
        (0..times).map(one).collect()
    }

    /// Stops the server as SIGTERM does, and waits for its end.
    pub async fn stop(&self) {
        self.handle.stop(true).await;
    }

    /// Makes the other tenant the own one, and back: what fills the one fills the other.
    pub fn change_sides(&mut self) {
        std::mem::swap(&mut self.own, &mut self.other);
    }

    /// Stops the clock where it is and moves it on.
    pub fn advance(&self, by: jiff::SignedDuration) {
        self.clock.set(Some(self.clock.now() + by));
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // The command is sent by the call; its completion need not be waited for.
        drop(self.handle.stop(false));
    }
}

fn make_tenant(conn: &mut backend::db::Conn, name: &str, now: jiff::Timestamp) -> backend::error::Result<Tenant> {
    let slug = format!("{name}-{}", uuid::Uuid::new_v4().simple());
    let host = format!("{slug}.example.test");
    let new = NewTenant { slug: &slug, name, host: Some(&host), is_default: false, is_demo: false };
    Ok(Tenant { id: tenants::create(conn, &new, now)?, host })
}

fn serve(listener: TcpListener, state: Arc<State>, db: Db) -> actix_web::dev::ServerHandle {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::Builder::new()
        .name("server".to_owned())
        .spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let (server, handle) = backend::server::start(listener, state, db, 2).expect("the server starts");
                tell.send(handle).expect("the test waits");
                server.await.expect("the server ends well");
            });
        })
        .expect("a thread");
    told.recv_timeout(Duration::from_secs(20)).expect("the server answers")
}

/// Says what a bar of the proof found, for `cargo xtask proof` to put into its table.
#[macro_export]
macro_rules! figure {
    ($bar:literal, $($words:tt)+) => {
        println!("FIGURE {} {}", $bar, format_args!($($words)+))
    };
}

/// Asks again and again, for at most a second and a half of real time, until the answer is yes.
pub async fn eventually<F: Future<Output = bool>>(what: &str, ask: impl Fn() -> F) {
    within(Duration::from_millis(1_500), what, ask).await;
}

/// As [`eventually`], for what may take this long.
pub async fn within<F: Future<Output = bool>>(limit: Duration, what: &str, ask: impl Fn() -> F) {
    let until = Instant::now() + limit;
    while !ask().await {
        assert!(Instant::now() < until, "not within {limit:?}: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Runs tasks at the same time and gives their outcomes.
pub async fn all_at_once<T: Send + 'static>(tasks: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>) -> Vec<T> {
    let running: Vec<_> = tasks.into_iter().map(tokio::spawn).collect();
    let mut outcomes = Vec::new();
    for task in running {
        outcomes.push(task.await.expect("no task panics"));
    }
    outcomes
}
