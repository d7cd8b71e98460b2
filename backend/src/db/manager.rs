//! Connections of both databases for the pools. The scheme of the address decides which one, and anything else is
//! refused: the derived `establish` would take a mistyped address for the name of a new SQLite file.

use super::Conn;
use diesel::connection::SimpleConnection;
use diesel::r2d2::ManageConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use std::path::PathBuf;

/// Which database, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A file on a local disk.
    Sqlite(PathBuf),
    /// A PostgreSQL server, by its URL.
    Postgres(String),
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
}

/// `FULL` because `NORMAL` loses acknowledged commits at a power cut; `secure_delete` because deleted answers must
/// be gone from the file too.
const SQLITE_SETUP: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
     PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;";

const POSTGRES_SETUP: &str = "SET statement_timeout = '5s'; SET lock_timeout = '2s'; SET idle_in_transaction_session_timeout = '10s'; \
     SET synchronous_commit = on; SET TIME ZONE 'UTC';";

impl Manager {
    fn open(&self) -> Result<Conn, diesel::r2d2::Error> {
        use diesel::r2d2::Error::{ConnectionError, QueryError};
        match &self.address {
            Address::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(&path.to_string_lossy()).map_err(ConnectionError)?;
                conn.batch_execute(SQLITE_SETUP).map_err(QueryError)?;
                if self.purpose == Purpose::Read {
                    conn.batch_execute("PRAGMA query_only = ON;").map_err(QueryError)?;
                }
                Ok(Conn::Sqlite(conn))
            }
            Address::Postgres(url) => {
                let mut conn = PgConnection::establish(url).map_err(ConnectionError)?;
                conn.batch_execute(POSTGRES_SETUP).map_err(QueryError)?;
                Ok(Conn::Postgres(conn))
            }
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
    fn only_known_schemes_are_taken() {
        assert_eq!("sqlite:data/polku.db".parse(), Ok(Address::Sqlite("data/polku.db".into())));
        assert_eq!("sqlite:///var/polku.db".parse(), Ok(Address::Sqlite("/var/polku.db".into())));
        assert!("postgres://polku@localhost/polku".parse::<Address>().is_ok());
        for bad in ["polku.db", "mysql://x", "sqlite:", "postgress://x", ""] {
            assert!(bad.parse::<Address>().is_err(), "{bad}");
        }
    }
}
