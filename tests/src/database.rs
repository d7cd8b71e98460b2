//! Databases for tests: a copied SQLite file each, or one PostgreSQL for all.

use crate::TestApp;
use crate::scratch::Scratch;
use backend::db::{Address, Conn, Db, migrate};
use backend::on_each_backend;
use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::{Connection, QueryableByName, RunQueryDsl, sql_query};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;
use tempfile::TempDir;

/// Names the PostgreSQL to test on; SQLite when unset.
pub const VARIABLE: &str = "POLKU_TEST_DATABASE_URL";

/// A database for one test.
pub struct Database {
    pub db: Db,
    _folder: Option<TempDir>,
    _alone: Option<Scratch>,
}

/// The PostgreSQL to test on, if that is what is being tested.
pub fn postgres_url() -> Option<String> {
    std::env::var(VARIABLE).ok().filter(|url| !url.is_empty())
}

/// A migrated SQLite file to copy.
fn template() -> &'static PathBuf {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let folder = TempDir::new().expect("a folder").keep();
        let (made, clean) = (folder.join("made.db"), folder.join("template.db"));
        let db = Db::open(Address::Sqlite(made.clone())).expect("a database");
        migrate::up(&db).expect("migrated");
        let mut conn = diesel::SqliteConnection::establish(&made.to_string_lossy()).expect("a connection");
        conn.batch_execute(&format!("VACUUM INTO '{}'", clean.display())).expect("a copy without a journal");
        clean
    })
}

impl Database {
    /// A migrated database without data (SQLite), or the shared one (PostgreSQL).
    pub fn fresh() -> Self {
        match postgres_url() {
            Some(url) => Self { db: shared_postgres(&url), _folder: None, _alone: None },
            None => {
                let folder = TempDir::new().expect("a folder");
                let file = folder.path().join("polku.db");
                std::fs::copy(template(), &file).expect("a copy");
                Self { db: Db::open(Address::Sqlite(file)).expect("a database"), _folder: Some(folder), _alone: None }
            }
        }
    }

    /// A migrated database that nobody else uses, for what touches every tenant or takes every connection.
    pub fn alone() -> Self {
        let mut scratch = Scratch::new();
        let db = scratch.db().clone();
        migrate::up(&db).expect("migrated");
        Self { db, _folder: None, _alone: Some(scratch) }
    }
}

fn shared_postgres(url: &str) -> Db {
    static SHARED: OnceLock<Db> = OnceLock::new();
    let open = || {
        let db = Db::open(Address::Postgres(url.to_owned())).expect("PostgreSQL answers");
        migrate::up(&db).expect("migrated");
        db
    };
    SHARED.get_or_init(open).clone()
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Nullable<Text>)]
    line: Option<String>,
}

/// The number that a query gives as `count`.
pub fn count(db: &Db, sql: &str) -> i64 {
    let run = |conn: &mut Conn| Ok(on_each_backend!(conn, |conn| sql_query(sql).get_result::<Count>(conn))?.count);
    db.read(run).expect("a count")
}

/// The texts that a query gives as `line`.
pub fn lines(db: &Db, sql: &str) -> Vec<String> {
    let run = |conn: &mut Conn| Ok(on_each_backend!(conn, |conn| sql_query(sql).load::<Line>(conn))?);
    db.read(run).expect("lines").into_iter().map(|line| line.line.unwrap_or_default()).collect()
}

/// Runs a statement; the database's words when it refuses.
pub fn run(db: &Db, sql: &str) -> Result<usize, String> {
    let run = |conn: &mut Conn| Ok(on_each_backend!(conn, |conn| sql_query(sql).execute(conn))?);
    db.write(run).map_err(|error| error.to_string())
}

/// An id as a literal of the database.
pub fn literal(db: &Db, id: uuid::Uuid) -> String {
    match db.address() {
        Address::Sqlite(_) => format!("x'{}'", id.simple()),
        Address::Postgres(_) => format!("'{id}'::uuid"),
    }
}

/// Tables with a tenant, in order.
pub fn tenant_tables(db: &Db) -> Vec<String> {
    lines(
        db,
        match db.address() {
            Address::Sqlite(_) => {
                "SELECT m.name AS line FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'tenant_id' ORDER BY 1"
            }
            Address::Postgres(_) => {
                "SELECT table_name::text AS line FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'tenant_id' ORDER BY 1"
            }
        },
    )
}

/// Everything that a tenant has, as text by table: two that are equal mean that nothing was changed in between.
pub fn everything_of(db: &Db, tenant: shared::TenantId) -> BTreeMap<String, String> {
    let own = literal(db, tenant.0);
    let of_table = |table: String| {
        let rows = match db.address() {
            Address::Postgres(_) => lines(db, &format!("SELECT t::text AS line FROM {table} t WHERE tenant_id = {own} ORDER BY 1")),
            Address::Sqlite(_) => {
                let columns = lines(db, &format!("SELECT name AS line FROM pragma_table_info('{table}')"));
                let quoted: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
                lines(db, &format!("SELECT {} AS line FROM {table} WHERE tenant_id = {own} ORDER BY 1", quoted.join(" || ',' || ")))
            }
        };
        (table, rows.join("\n"))
    };
    tenant_tables(db).into_iter().map(of_table).collect()
}

/// The tables in which a tenant's rows hold this text.
pub fn tables_holding(db: &Db, tenant: shared::TenantId, text: &str) -> Vec<String> {
    everything_of(db, tenant).into_iter().filter(|(_, rows)| rows.contains(text)).map(|(table, _)| table).collect()
}

impl TestApp {
    /// How many rows of the own tenant a table has, of those that fit `condition`.
    pub fn rows(&self, table: &str, condition: &str) -> i64 {
        let tenant = literal(&self.db, self.own.id.0);
        count(&self.db, &format!("SELECT count(*) AS count FROM {table} WHERE tenant_id = {tenant} AND ({condition})"))
    }

    /// An id as a literal of the database.
    pub fn literal(&self, id: uuid::Uuid) -> String {
        literal(&self.db, id)
    }
}
