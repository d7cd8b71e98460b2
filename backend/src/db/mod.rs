//! Two databases behind one connection type, and the three ways to use it: `read`, `write`, `append`.
//!
//! Invariants: a write is one transaction that sees no lost update (`BEGIN IMMEDIATE` on SQLite, `SERIALIZABLE` with
//! bounded retry on PostgreSQL), so its closure may run more than once and must touch nothing but the database.
//! Not here: whose data it is; every store function takes the tenant.

pub mod error;
pub mod manager;
pub mod migrate;
pub mod schema;
mod together;
pub mod types;

use crate::config::limits::Patience;
use crate::error::{Error, Result};
use crate::live::hub::{Change, Hub};
use crate::watch::{events, figures::figures};
use diesel::MultiConnection;
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::r2d2::{Pool, PooledConnection};
use diesel::{QueryableByName, RunQueryDsl};
pub use manager::{Address, Manager, Purpose};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A connection of either database. SQLite stands last: it would accept any address.
#[derive(MultiConnection)]
pub enum Conn {
    Postgres(diesel::PgConnection),
    Sqlite(diesel::SqliteConnection),
}

/// Expands one expression per database, for what only the two sides themselves can say (upsert, batch insert).
#[macro_export]
macro_rules! on_each_backend {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::db::Conn::Postgres($c) => $body,
            $crate::db::Conn::Sqlite($c) => $body,
        }
    };
}

/// What comes after a position in the order of a key, then of the id. The bound on the key alone comes first: an index is
/// read from there on, where `OR` would have it read from its beginning.
#[macro_export]
macro_rules! from_position {
    ($query:expr, $($key:ident)::+ > $last:expr, $($id:ident)::+ > $last_id:expr) => {
        $query
            .filter($($key)::+.ge($last))
            .filter($($key)::+.gt($last).or($($key)::+.eq($last).and($($id)::+.gt($last_id))))
    };
}

#[derive(QueryableByName)]
struct Micros {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    micros: i64,
}

/// How often a write that lost against another is run again before the caller is told to come back.
const WRITE_TRIES: u32 = 12;

/// A wait for a connection that need not be counted.
const SHORT: Duration = Duration::from_millis(50);

/// Connections of one kind, under the name that its figures have.
#[derive(Clone)]
struct Named {
    name: &'static str,
    pool: Pool<Manager>,
}

/// How much a pool is used.
#[derive(Clone, Copy, Debug)]
pub struct PoolUse {
    pub name: &'static str,
    pub in_use: u32,
    pub most: u32,
}

/// The database.
#[derive(Clone)]
pub struct Db {
    read: Named,
    write: Named,
    address: Address,
    patience: Patience,
    written: Arc<AtomicU64>,
    waiting: Arc<together::Waiting>,
    hub: Arc<Hub>,
}

impl Db {
    /// Opens the pools: one writer on SQLite and several readers, one pool for both on PostgreSQL.
    pub fn open(address: Address) -> anyhow::Result<Self> {
        Self::open_with(address, Patience::default())
    }

    /// As [`Db::open`], waiting longer or shorter.
    pub fn open_with(address: Address, patience: Patience) -> anyhow::Result<Self> {
        let build = |name, purpose, size| -> anyhow::Result<Named> {
            let manager = Manager { address: address.clone(), purpose, patience };
            // None in reserve: a command that ends while another thread still opens one brings the client library down.
            let pools = Pool::builder().max_size(size).min_idle(Some(0)).connection_timeout(patience.pool).test_on_check_out(false);
            Ok(Named { name, pool: pools.build(manager)? })
        };
        match &address {
            Address::Sqlite(path) => {
                if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                    std::fs::create_dir_all(folder)?;
                }
                // The writer first: it makes the file and turns WAL on.
                let write = build("write", Purpose::Write, 1)?;
                Ok(Self {
                    read: build("read", Purpose::Read, 8)?,
                    write,
                    address,
                    patience,
                    written: Arc::default(),
                    waiting: Arc::default(),
                    hub: Arc::default(),
                })
            }
            Address::Postgres(_) => {
                let pool = build("all", Purpose::Write, 16)?;
                let (written, waiting, hub) = (Arc::default(), Arc::default(), Arc::default());
                Ok(Self { read: pool.clone(), write: pool, address, patience, written, waiting, hub })
            }
        }
    }

    /// Every connection that the pools may hold, at once.
    #[cfg(test)]
    fn every_connection(&self) -> Vec<PooledConnection<Manager>> {
        let all = |own: &Named| (0..own.pool.max_size()).map(|_| connection(own).expect("a connection")).collect::<Vec<_>>();
        all(&self.read).into_iter().chain(all(&self.write)).collect()
    }

    /// Which database this is.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// How much each pool is used now.
    pub fn pools(&self) -> Vec<PoolUse> {
        let mut pools = vec![&self.write];
        if self.read.name != self.write.name {
            pools.push(&self.read);
        }
        let of_pool = |own: &&Named| {
            let state = own.pool.state();
            PoolUse { name: own.name, in_use: state.connections - state.idle_connections.min(state.connections), most: own.pool.max_size() }
        };
        pools.iter().map(of_pool).collect()
    }

    /// How many writes wait for SQLite's one writer; on PostgreSQL they wait for a connection instead.
    pub fn writes_waiting(&self) -> usize {
        self.waiting.depth()
    }

    /// Runs queries that change nothing.
    pub fn read<T>(&self, run: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        run(&mut *connection(&self.read)?)
    }

    /// Runs one transaction that reads and changes. `run` may be called several times.
    pub fn write<T>(&self, run: impl Fn(&mut Conn) -> Result<T>) -> Result<T> {
        self.with_writer(|conn| {
            let mut tried = 0;
            loop {
                tried += 1;
                match transaction(conn, "BEGIN IMMEDIATE", "BEGIN ISOLATION LEVEL SERIALIZABLE", &mut |conn| run(conn)) {
                    Err(error) if error.is_transient() && tried < WRITE_TRIES => pause(tried),
                    Err(error) if error.is_transient() => return Err(Error::unavailable(1)),
                    outcome => return self.counted(outcome),
                }
            }
        })
    }

    /// Runs with a connection that writes. Whoever has waited for the connection waits for a lock only as long as is left
    /// of the time for it: both together take no longer than one of them may.
    fn with_writer<T>(&self, run: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let asked = Instant::now();
        let mut conn = connection(&self.write)?;
        let waited = asked.elapsed();
        if waited < SHORT {
            return run(&mut conn);
        }
        set_lock_time(&mut conn, self.patience.lock.saturating_sub(waited))?;
        let outcome = run(&mut conn);
        // What was done is done, whatever becomes of the connection.
        if let Err(error) = set_lock_time(&mut conn, self.patience.lock) {
            tracing::warn!(%error, "a connection keeps its short time for locks");
        }
        outcome
    }

    /// As [`Db::write`], for many callers at once: on SQLite those that wait are committed together.
    pub async fn write_together<T: Send + 'static>(&self, run: impl Fn(&mut Conn) -> Result<T> + Send + 'static) -> Result<T> {
        let db = self.clone();
        if let Address::Postgres(_) = &self.address {
            return block(move || db.write(run)).await;
        }
        let (told, lead) = together::hand_in(self, run);
        if lead {
            // Not awaited: it may go on with others' writes when this one is long done.
            drop(actix_web::rt::task::spawn_blocking(move || together::lead(&db)));
        }
        told.await.unwrap_or_else(|_| Err(Error::Internal("a transaction was dropped".to_owned())))
    }

    /// Runs one transaction that only adds rows, or sets a mark on one, and reads nothing first, at the higher rate that
    /// this allows.
    pub fn append<T>(&self, run: impl Fn(&mut Conn) -> Result<T>) -> Result<T> {
        self.with_writer(|conn| {
            self.counted(transaction(conn, "BEGIN IMMEDIATE", "BEGIN ISOLATION LEVEL READ COMMITTED", &mut |conn| run(conn)))
        })
    }

    /// How many transactions this process has ended. Whoever saw the same number before and after knows that nothing was
    /// written here in between.
    pub fn written(&self) -> u64 {
        self.written.load(Ordering::SeqCst)
    }

    /// Before the caller learns the outcome, a failed one included: its commit may have happened all the same.
    fn counted<T>(&self, outcome: Result<T>) -> Result<T> {
        self.count_written();
        outcome
    }

    /// Those who follow what was changed are told afterwards: whoever then reads must not be answered from before.
    fn count_written(&self) {
        self.written.fetch_add(1, Ordering::SeqCst);
        self.hub.tell(&events::changed());
    }

    /// Who follows what on this node.
    pub fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    /// Another node has changed this, or nobody knows what.
    pub fn changed_elsewhere(&self, changes: Option<&[Change]>) {
        self.written.fetch_add(1, Ordering::SeqCst);
        match changes {
            Some(changes) => self.hub.hear(changes),
            None => self.hub.look_again(),
        }
    }

    /// What the clock of PostgreSQL shows, when it answers quickly enough to be believed. SQLite has none of its own.
    pub fn clock(&self) -> Result<Option<jiff::Timestamp>> {
        let (Address::Postgres(_), asked) = (&self.address, Instant::now()) else { return Ok(None) };
        let query = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint AS micros";
        let shown = self.read(|conn| match conn {
            Conn::Postgres(conn) => Ok(diesel::sql_query(query).get_result::<Micros>(conn)?.micros),
            Conn::Sqlite(_) => Ok(0),
        })?;
        let took = asked.elapsed();
        let shown = jiff::Timestamp::from_microsecond(shown).map_err(|error| Error::Internal(error.to_string()))?;
        Ok((took < Duration::from_secs(1)).then(|| shown + took / 2))
    }

    /// Runs a transaction to see whether it could be done, and takes it back.
    pub fn rehearse(&self, run: impl Fn(&mut Conn) -> Result<()>) -> Result<()> {
        let done = std::cell::Cell::new(false);
        // Not counted as written: what was answered before is as true after it.
        let outcome = transaction(&mut *connection(&self.write)?, "BEGIN IMMEDIATE", "BEGIN ISOLATION LEVEL READ COMMITTED", &mut |conn| {
            run(conn)?;
            done.set(true);
            Err(Error::Internal("rehearsed".to_owned()))
        });
        if done.get() { Ok(()) } else { outcome }
    }

    /// Whether the database answers.
    pub fn ping(&self) -> Result<()> {
        self.read(|conn| Ok(conn.batch_execute("SELECT 1")?))
    }
}

/// How long a lock is waited for on this connection; a millisecond at least, since PostgreSQL takes 0 for ever.
fn set_lock_time(conn: &mut Conn, time: Duration) -> Result<()> {
    let millis = time.as_millis().max(1);
    let sql = match conn {
        Conn::Postgres(_) => format!("SET lock_timeout = {millis}"),
        Conn::Sqlite(_) => format!("PRAGMA busy_timeout = {millis}"),
    };
    Ok(conn.batch_execute(&sql)?)
}

fn connection(own: &Named) -> Result<PooledConnection<Manager>> {
    let asked = Instant::now();
    let outcome = own.pool.get();
    figures().waited(own.name, asked.elapsed());
    outcome.map_err(|error| {
        tracing::warn!(%error, "no database connection");
        Error::unavailable(2)
    })
}

/// Waits a little, longer each time and not in step with others, before a transaction is run again.
fn pause(tried: u32) {
    let most = 1u64 << tried.min(6);
    std::thread::sleep(Duration::from_millis(rand::random_range(1..=most * 2)));
}

fn transaction<T>(conn: &mut Conn, sqlite: &str, postgres: &str, run: &mut dyn FnMut(&mut Conn) -> Result<T>) -> Result<T> {
    match conn {
        Conn::Postgres(inner) => AnsiTransactionManager::begin_transaction_sql(inner, postgres)?,
        Conn::Sqlite(inner) => AnsiTransactionManager::begin_transaction_sql(inner, sqlite)?,
    }
    let finish = |conn: &mut Conn, commit: bool| match conn {
        Conn::Postgres(inner) if commit => AnsiTransactionManager::commit_transaction(inner),
        Conn::Postgres(inner) => AnsiTransactionManager::rollback_transaction(inner),
        Conn::Sqlite(inner) if commit => AnsiTransactionManager::commit_transaction(inner),
        Conn::Sqlite(inner) => AnsiTransactionManager::rollback_transaction(inner),
    };
    events::begin();
    match run(conn) {
        Ok(value) => {
            finish(conn, true)?;
            events::committed();
            Ok(value)
        }
        Err(error) => {
            if let Err(rollback) = finish(conn, false) {
                tracing::warn!(error = %rollback, "rollback failed");
            }
            Err(error)
        }
    }
}

/// Runs what blocks off the worker.
pub async fn block<T: Send + 'static>(run: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    actix_web::web::block(run).await.map_err(|error| Error::Internal(format!("a blocking task panicked: {error}")))?
}

/// Text as it is compared and sorted: lower case, so that Ä meets ä on both databases.
pub fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}
