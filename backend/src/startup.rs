//! What the server looks at before it serves: it does not begin where it could lose or mix up data.

use crate::db::{Address, Conn, Db};
use crate::disk;
use anyhow::{Context, bail, ensure};
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use std::fs::{File, TryLockError};
use std::path::Path;

/// The oldest SQLite without the corruption that a checkpoint beside a write could cause.
const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

/// Says that one server has the database; ends with this value.
#[derive(Debug)]
pub struct Held(#[allow(dead_code)] Option<File>);

/// Refuses what a server must not be started on.
pub fn check(db: &Db, data: &Path) -> anyhow::Result<Held> {
    refuse_lost_keys(db, data)?;
    let Address::Sqlite(path) = db.address() else { return Ok(Held(None)) };
    check_version(&sqlite_version(db)?)?;
    refuse_network(disk::network(path)?)?;
    hold(path).map(|file| Held(Some(file)))
}

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = diesel::sql_types::Text)]
    version: String,
}

fn sqlite_version(db: &Db) -> anyhow::Result<String> {
    let ask = |conn: &mut Conn| match conn {
        Conn::Sqlite(conn) => Ok(sql_query("SELECT sqlite_version() AS version").get_result::<Version>(conn)?.version),
        Conn::Postgres(_) => Ok(String::new()),
    };
    db.read(ask).map_err(|error| anyhow::anyhow!("the version of SQLite: {error}"))
}

fn check_version(version: &str) -> anyhow::Result<()> {
    let parts: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).collect();
    let [a, b, c] = OLDEST_SQLITE;
    ensure!(
        parts.len() >= 3 && parts.as_slice() >= OLDEST_SQLITE.as_slice(),
        "this program was built with SQLite {version}, which can damage a database under load. Build it with {a}.{b}.{c} or newer, as it comes with its own"
    );
    Ok(())
}

fn refuse_network(kind: Option<&str>) -> anyhow::Result<()> {
    let Some(kind) = kind else { return Ok(()) };
    bail!(
        "the database lies on a network file system ({kind}), where SQLite's locks do not hold. Keep it on a local disk, or use PostgreSQL"
    )
}

/// Two servers on one file would each believe their own caches, and share one writer badly.
fn hold(database: &Path) -> anyhow::Result<File> {
    let mut path = database.as_os_str().to_owned();
    path.push(".lock");
    let file =
        File::options().create(true).truncate(false).write(true).open(&path).with_context(|| format!("{}", Path::new(&path).display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!("another server works on {}. Stop it first; several servers on one database need PostgreSQL", database.display())
        }
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("{} cannot be locked", Path::new(&path).display())),
    }
}

/// Keys that are missing beside a database that has been used mean the wrong folder, or a node without the others' keys:
/// new ones would end every session and answer other nodes' tokens with 401.
fn refuse_lost_keys(db: &Db, data: &Path) -> anyhow::Result<()> {
    if crate::keys::there(data) {
        return Ok(());
    }
    let used = db.read(crate::identity::service::sessions::any).map_err(|error| anyhow::anyhow!("{error}"))?;
    ensure!(
        !used,
        "the database has been used, but {} holds no keys. Give the folder that has them (POLKU_DATA) or bring them back from a backup; \
         to begin with new ones, which ends every session, make that folder's `keys` with those of another node or delete the rows of `sessions`",
        data.display()
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sound_versions_of_sqlite_are_taken() {
        for (version, sound) in [
            ("3.51.3", true),
            ("3.53.2", true),
            ("4.0.0", true),
            ("3.51.2", false),
            ("3.40.1", false),
            ("3.9.99", false),
            ("", false),
            ("x", false),
        ] {
            assert_eq!(check_version(version).is_ok(), sound, "{version}");
        }
    }

    #[test]
    fn file_systems_of_other_machines_are_refused() {
        assert!(refuse_network(None).is_ok());
        let said = refuse_network(Some("NFS")).expect_err("refused").to_string();
        assert!(said.contains("NFS") && said.contains("local disk"), "{said}");
    }
}
