//! Migrations: one portable folder a step, with an addition for one database where a step cannot be portable
//! (`up.sqlite.sql`, `up.postgres.sql`). Embedded, each in its own transaction.

use super::{Address, Conn, Db};
use diesel::connection::{Connection, SimpleConnection};
use diesel::migration::{Migration, MigrationMetadata, MigrationName, MigrationSource, MigrationVersion, Result};
use diesel::pg::Pg;
use diesel::sqlite::Sqlite;
use diesel_migrations::MigrationHarness;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../migrations"]
struct Files;

struct Steps;

struct Step {
    name: Name,
    up: String,
    down: String,
    metadata: InTransaction,
}

struct Name(String);

struct InTransaction;

impl MigrationMetadata for InTransaction {
    fn run_in_transaction(&self) -> bool {
        true
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl MigrationName for Name {
    fn version(&self) -> MigrationVersion<'_> {
        MigrationVersion::from(self.0.split('_').next().unwrap_or_default())
    }
}

/// The text of a migration: the portable part, then the part of one database.
fn sql(step: &str, direction: &str, database: &str) -> String {
    let part = |name: String| Files::get(&name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default();
    format!("{}\n{}", part(format!("{step}/{direction}.sql")), part(format!("{step}/{direction}.{database}.sql")))
}

fn steps(database: &str) -> Vec<Step> {
    let mut names: Vec<String> = Files::iter().filter_map(|path| path.split_once('/').map(|(step, _)| step.to_owned())).collect();
    names.sort_unstable();
    names.dedup();
    let step = |name: String| Step {
        up: sql(&name, "up", database),
        down: sql(&name, "down", database),
        name: Name(name),
        metadata: InTransaction,
    };
    names.into_iter().map(step).collect()
}

macro_rules! source_for {
    ($backend:ty, $database:literal) => {
        impl MigrationSource<$backend> for Steps {
            fn migrations(&self) -> Result<Vec<Box<dyn Migration<$backend>>>> {
                Ok(steps($database).into_iter().map(|step| Box::new(step) as Box<dyn Migration<$backend>>).collect())
            }
        }
        impl Migration<$backend> for Step {
            fn run(&self, conn: &mut dyn diesel::connection::BoxableConnection<$backend>) -> Result<()> {
                Ok(conn.batch_execute(&self.up)?)
            }
            fn revert(&self, conn: &mut dyn diesel::connection::BoxableConnection<$backend>) -> Result<()> {
                Ok(conn.batch_execute(&self.down)?)
            }
            fn metadata(&self) -> &dyn MigrationMetadata {
                &self.metadata
            }
            fn name(&self) -> &dyn MigrationName {
                &self.name
            }
        }
    };
}

source_for!(Pg, "postgres");
source_for!(Sqlite, "sqlite");

/// What a run of migrations did.
#[derive(Debug, PartialEq, Eq)]
pub struct Migrated {
    /// Steps applied now.
    pub applied: Vec<String>,
    /// Whether the database had no steps before.
    pub was_empty: bool,
}

/// Brings the database up to this program. Refuses one that is newer.
pub fn up(db: &Db) -> anyhow::Result<Migrated> {
    with_connection(db, |conn| match conn {
        Conn::Postgres(conn) => {
            // One of several nodes that start at once does the work; the others wait and find it done.
            conn.batch_execute("SET statement_timeout = 0; SET lock_timeout = 0; SELECT pg_advisory_lock(1886350187)")?;
            let outcome = run_up(conn, "postgres");
            conn.batch_execute("SELECT pg_advisory_unlock(1886350187)")?;
            outcome
        }
        Conn::Sqlite(conn) => {
            // As above; and a process that dies in the middle leaves the database as it was.
            conn.batch_execute("PRAGMA busy_timeout = 600000")?;
            conn.immediate_transaction(|conn| run_up(conn, "sqlite").map_err(Stopped)).map_err(|stopped| stopped.0)
        }
    })
}

/// What ended a run of steps, as a transaction wants to have it.
struct Stopped(anyhow::Error);

impl From<diesel::result::Error> for Stopped {
    fn from(error: diesel::result::Error) -> Self {
        Self(error.into())
    }
}

/// How a database's steps stand to those of this program.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Steps that this program has and the database lacks.
    pub pending: Vec<String>,
    /// Steps that the database has and this program does not know.
    pub newer: Vec<String>,
}

#[derive(diesel::QueryableByName)]
struct Applied {
    #[diesel(sql_type = diesel::sql_types::Text)]
    version: String,
}

/// Compares, changing nothing.
pub fn standing(conn: &mut Conn) -> crate::error::Result<Standing> {
    use diesel::RunQueryDsl;
    let query = diesel::sql_query("SELECT version FROM __diesel_schema_migrations");
    let applied: Vec<String> =
        crate::on_each_backend!(conn, |conn| query.load::<Applied>(conn))?.into_iter().map(|row| row.version).collect();
    let known: Vec<String> = steps("").iter().map(|step| step.name.version().to_string()).collect();
    Ok(Standing {
        pending: known.iter().filter(|version| !applied.contains(version)).cloned().collect(),
        newer: applied.iter().filter(|version| !known.contains(version)).cloned().collect(),
    })
}

/// Takes every step back. For tests and drills: it drops all data.
pub fn down(db: &Db) -> anyhow::Result<()> {
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| anyhow::anyhow!("migration down: {error}");
    with_connection(db, |conn| match conn {
        Conn::Postgres(conn) => conn.revert_all_migrations(Steps).map(drop).map_err(failed),
        Conn::Sqlite(conn) => conn.revert_all_migrations(Steps).map(drop).map_err(failed),
    })
}

fn with_connection<T>(db: &Db, run: impl FnOnce(&mut Conn) -> anyhow::Result<T>) -> anyhow::Result<T> {
    use diesel::r2d2::ManageConnection;
    let manager = super::Manager { address: db.address().clone(), purpose: super::Purpose::Write, patience: db.patience };
    run(&mut manager.connect()?)
}

fn run_up<C, DB>(conn: &mut C, database: &str) -> anyhow::Result<Migrated>
where
    C: MigrationHarness<DB> + Connection<Backend = DB> + 'static,
    DB: diesel::backend::Backend,
    Steps: MigrationSource<DB>,
{
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| anyhow::anyhow!("migration: {error}");
    let known: Vec<String> = steps(database).iter().map(|step| step.name.version().to_string()).collect();
    let applied = conn.applied_migrations().map_err(failed)?;
    if let Some(newer) = applied.iter().map(ToString::to_string).find(|version| !known.contains(version)) {
        anyhow::bail!(
            "the database is newer than this program: it has step {newer}. Start the newer program, or restore the backup made before the upgrade"
        );
    }
    let names = conn.run_pending_migrations(Steps).map_err(failed)?.iter().map(ToString::to_string).collect();
    Ok(Migrated { applied: names, was_empty: applied.is_empty() })
}

/// The kind of database.
pub const fn kind(address: &Address) -> &'static str {
    match address {
        Address::Sqlite(_) => "SQLite",
        Address::Postgres(_) => "PostgreSQL",
    }
}

/// Names of the addresses that `up` can work on, for messages.
pub fn describe(address: &Address) -> String {
    match address {
        Address::Sqlite(path) => format!("{}, {}", kind(address), path.display()),
        Address::Postgres(_) => kind(address).to_owned(),
    }
}
