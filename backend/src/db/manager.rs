//! Connections of both databases for the pools. The scheme of the address decides which one, and anything else is
//! refused: the derived `establish` would take a mistyped address for the name of a new SQLite file.

use super::Conn;
use crate::config::limits::Patience;
use diesel::connection::SimpleConnection;
use diesel::r2d2::ManageConnection;
use diesel::{Connection, ConnectionError, PgConnection, QueryResult, QueryableByName, RunQueryDsl, SqliteConnection};
use std::path::PathBuf;

/// Which database, and where.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A file on a local disk.
    Sqlite(PathBuf),
    /// A PostgreSQL server, by its URL.
    Postgres(String),
}

impl std::fmt::Debug for Address {
    /// Without the password that the URL of a server may hold.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => f.debug_tuple("Sqlite").field(path).finish(),
            Self::Postgres(_) => f.write_str("Postgres(…)"),
        }
    }
}

impl std::str::FromStr for Address {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, String> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        match url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")) {
            Some(path) if !path.is_empty() => Ok(Self::Sqlite(PathBuf::from(path))),
            _ => Err("the database address must start with sqlite: or postgres://".to_owned()),
        }
    }
}

/// What a pool's connections are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Read,
    Write,
}

/// Makes connections for a pool.
#[derive(Clone, Debug)]
pub struct Manager {
    pub address: Address,
    pub purpose: Purpose,
    pub patience: Patience,
}

/// `FULL` because `NORMAL` loses acknowledged commits at a power cut; `secure_delete` because deleted answers must
/// be gone from the file too.
const SQLITE_SETUP: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
     PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;";

/// What each connection must say of itself after its setup, in the order of [`SQLITE_SAYS`]. A file system without locks
/// refuses WAL in silence, and a proxy may forget what it is told.
fn sqlite_expected(patience: &Patience) -> String {
    format!("wal 2 1 {} 0 1", patience.lock.as_millis())
}
const SQLITE_SAYS: &str = "SELECT (SELECT journal_mode FROM pragma_journal_mode) || ' ' || (SELECT synchronous FROM pragma_synchronous) || ' ' || \
     (SELECT foreign_keys FROM pragma_foreign_keys) || ' ' || (SELECT timeout FROM pragma_busy_timeout) || ' ' || \
     (SELECT trusted_schema FROM pragma_trusted_schema) || ' ' || (SELECT secure_delete FROM pragma_secure_delete) AS said";
/// Times in milliseconds.
const POSTGRES_SAYS: &str = "SELECT (SELECT setting FROM pg_settings WHERE name = 'statement_timeout') || ' ' || \
     (SELECT setting FROM pg_settings WHERE name = 'lock_timeout') || ' ' || \
     (SELECT setting FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout') || ' ' || \
     current_setting('synchronous_commit') || ' ' || current_setting('TimeZone') AS said";

/// The setup of a connection to PostgreSQL, and what it must say after it.
fn postgres_setup(patience: &Patience) -> (String, String) {
    let [statement, lock, idle] = [patience.statement, patience.lock, patience.idle].map(|time| time.as_millis());
    let setup = format!(
        "SET statement_timeout = {statement}; SET lock_timeout = {lock}; SET idle_in_transaction_session_timeout = {idle}; \
         SET synchronous_commit = on; SET TIME ZONE 'UTC';"
    );
    (setup, format!("{statement} {lock} {idle} on UTC"))
}

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = diesel::sql_types::Text)]
    said: String,
}

/// Refuses a connection on which the setup has not taken.
fn check(said: QueryResult<Said>, expected: &str) -> Result<(), diesel::r2d2::Error> {
    let said = said.map_err(diesel::r2d2::Error::QueryError)?.said;
    if said == expected {
        return Ok(());
    }
    let words = format!("the database did not take its settings: {said} instead of {expected}");
    Err(diesel::r2d2::Error::ConnectionError(ConnectionError::BadConnection(words)))
}

impl Manager {
    fn open(&self) -> Result<Conn, diesel::r2d2::Error> {
        use diesel::r2d2::Error::{ConnectionError, QueryError};
        match &self.address {
            Address::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(&path.to_string_lossy()).map_err(ConnectionError)?;
                // First: whatever comes after may meet a lock.
                conn.batch_execute(&format!("PRAGMA busy_timeout = {}", self.patience.lock.as_millis())).map_err(QueryError)?;
                conn.batch_execute(SQLITE_SETUP).map_err(QueryError)?;
                check(diesel::sql_query(SQLITE_SAYS).get_result(&mut conn), &sqlite_expected(&self.patience))?;
                if self.purpose == Purpose::Read {
                    conn.batch_execute("PRAGMA query_only = ON;").map_err(QueryError)?;
                }
                Ok(Conn::Sqlite(conn))
            }
            Address::Postgres(url) => {
                let mut conn = PgConnection::establish(url).map_err(ConnectionError)?;
                let (setup, expected) = postgres_setup(&self.patience);
                conn.batch_execute(&setup).map_err(QueryError)?;
                check(diesel::sql_query(POSTGRES_SAYS).get_result(&mut conn), &expected)?;
                Ok(Conn::Postgres(conn))
            }
        }
    }
}

/// A connection for one who only looks: nothing of the database's own is set.
pub fn look(address: &Address) -> diesel::ConnectionResult<Conn> {
    match address {
        Address::Sqlite(path) => {
            let mut conn = SqliteConnection::establish(&path.to_string_lossy())?;
            let quiet = conn.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA query_only = ON;");
            quiet.map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
            Ok(Conn::Sqlite(conn))
        }
        Address::Postgres(url) => {
            let joined = if url.contains('?') { "&" } else { "?" };
            Ok(Conn::Postgres(PgConnection::establish(&format!("{url}{joined}connect_timeout=5"))?))
        }
    }
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        self.open()
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        conn.batch_execute("SELECT 1").map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        use diesel::connection::{AnsiTransactionManager, TransactionManager};
        let broken = |manager_broken: bool| manager_broken || std::thread::panicking();
        match conn {
            Conn::Postgres(conn) => broken(AnsiTransactionManager::is_broken_transaction_manager(conn)),
            Conn::Sqlite(conn) => broken(AnsiTransactionManager::is_broken_transaction_manager(conn)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_connection_of_the_pools_says_that_it_took_its_settings() {
        let folder = tempfile::tempdir().expect("a folder");
        let db = crate::db::Db::open(Address::Sqlite(folder.path().join("polku.db"))).expect("opened");
        db.ping().expect("opened");
        let said = |conn: &mut Conn| {
            let Conn::Sqlite(conn) = conn else { panic!("SQLite") };
            diesel::sql_query(SQLITE_SAYS).get_result::<Said>(conn).expect("an answer").said
        };
        let all = db.every_connection();
        assert_eq!(all.len(), 9, "eight that read and one that writes");
        for mut conn in all {
            assert_eq!(said(&mut conn), "wal 2 1 2000 0 1");
        }
    }

    #[test]
    fn a_connection_on_which_a_setting_has_not_taken_is_refused() {
        let said = |words: &str| Ok(Said { said: words.to_owned() });
        let expected = sqlite_expected(&Patience::default());
        assert!(check(said(&expected), &expected).is_ok());
        for words in ["delete 2 1 2000 0 1", "wal 1 1 2000 0 1", "wal 2 0 2000 0 1", "wal 2 1 0 0 1", "wal 2 1 2000 1 1", ""] {
            assert!(check(said(words), &expected).is_err(), "{words}");
        }
    }

    #[test]
    fn only_known_schemes_are_taken() {
        assert_eq!("sqlite:data/polku.db".parse(), Ok(Address::Sqlite("data/polku.db".into())));
        assert_eq!("sqlite:///var/polku.db".parse(), Ok(Address::Sqlite("/var/polku.db".into())));
        assert!("postgres://polku@localhost/polku".parse::<Address>().is_ok());
        for bad in ["polku.db", "mysql://x", "sqlite:", "postgress://x", ""] {
            assert!(bad.parse::<Address>().is_err(), "{bad}");
        }
    }
}
