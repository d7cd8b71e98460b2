//! Backups: a folder with the database, the keys and a list of what they must hash to. Made while the server runs;
//! a copy that is cut short or altered is refused, never half loaded.

use crate::db::Address;
use crate::{disk, keys};
use anyhow::{Context, bail, ensure};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const MANIFEST: &str = "manifest.json";
/// In the data folder: the instant of the last backup, for those who watch its age.
const LAST: &str = "last-backup";

fn dump_name(address: &Address) -> &'static str {
    match address {
        Address::Sqlite(_) => "polku.db",
        Address::Postgres(_) => "polku.dump",
    }
}

/// Writes a copy into a folder that must not exist yet.
pub fn save(address: &Address, data: &Path, folder: &Path) -> anyhow::Result<()> {
    ensure!(!folder.exists(), "{} exists already; give the name of a new folder", folder.display());
    disk::private_folder(&folder.join("keys"))?;
    let dump = folder.join(dump_name(address));
    match address {
        Address::Sqlite(path) => {
            ensure!(path.exists(), "there is no database at {}", path.display());
            copy_sqlite(path, &dump)?;
        }
        Address::Postgres(url) => {
            run_tool(client("pg_dump", url).args(["--format=custom", "--no-owner", "--file"]).arg(&dump))?;
        }
    }
    for name in keys::FILES {
        let bytes = std::fs::read(data.join(name)).with_context(|| format!("{name} in {}", data.display()))?;
        keys::write_secret(&folder.join(name), &bytes)?;
    }
    let manifest = hashes(folder, keys::FILES.into_iter().chain([dump_name(address)]))?;
    std::fs::write(folder.join(MANIFEST), serde_json::to_vec_pretty(&manifest)?)?;
    std::fs::write(data.join(LAST), format!("{}\n", Timestamp::now()))?;
    println!("Saved to {}", folder.display());
    Ok(())
}

/// When the last backup was made, as far as the data folder tells. Who saves by other means writes the file too.
pub fn last(data: &Path) -> Option<Timestamp> {
    std::fs::read_to_string(data.join(LAST)).ok()?.trim().parse().ok()
}

/// Brings a copy back where there is nothing yet.
pub fn restore(address: &Address, data: &Path, folder: &Path) -> anyhow::Result<()> {
    let text =
        std::fs::read(folder.join(MANIFEST)).with_context(|| format!("{} is not a backup: it has no {MANIFEST}", folder.display()))?;
    let expected: BTreeMap<String, String> = serde_json::from_slice(&text).context("the manifest cannot be read")?;
    // A copy of an older program lacks keys that came later: the server makes those.
    let held: Vec<&str> = keys::FILES.into_iter().filter(|name| expected.contains_key(*name)).collect();
    let found = hashes(folder, held.iter().copied().chain([dump_name(address)]))?;
    let whole = found.iter().all(|(name, hash)| expected.get(name) == Some(hash));
    ensure!(whole, "the backup is not whole: its files do not match its manifest");
    let dump = folder.join(dump_name(address));
    match address {
        Address::Sqlite(path) => {
            ensure!(!path.exists(), "{} exists already; move it away first", path.display());
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            copy_sqlite(&dump, path)?;
        }
        Address::Postgres(url) => {
            run_tool(client("pg_restore", url).args(["--no-owner", "--exit-on-error", "--single-transaction"]).arg(&dump))?;
        }
    }
    for name in held {
        let target = data.join(name);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)?;
        }
        keys::write_secret(&target, &std::fs::read(folder.join(name))?)?;
    }
    println!("Restored from {}", folder.display());
    Ok(())
}

/// `VACUUM INTO` reads one consistent state while others write.
fn copy_sqlite(from: &Path, to: &Path) -> anyhow::Result<()> {
    use diesel::connection::{Connection, SimpleConnection};
    let mut conn = diesel::SqliteConnection::establish(&from.to_string_lossy())?;
    let target = to.to_string_lossy().replace('\'', "''");
    conn.batch_execute(&format!("PRAGMA busy_timeout = 10000; VACUUM INTO '{target}'"))?;
    std::fs::File::open(to)?.sync_all()?;
    Ok(())
}

/// A client program of PostgreSQL. The password goes in its environment: arguments are for all users to see.
fn client(name: &str, url: &str) -> Command {
    let (address, password) = without_password(url);
    let mut command = Command::new(name);
    command.args(["--dbname", &address]);
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    command
}

/// An address, and apart from it the password that it holds.
fn without_password(url: &str) -> (String, Option<String>) {
    let parts = url.split_once("://").and_then(|(scheme, rest)| {
        let (user, place) = rest.split_once('@').filter(|(user, _)| !user.contains('/'))?;
        let (name, password) = user.split_once(':')?;
        Some((format!("{scheme}://{name}@{place}"), percent_encoding::percent_decode_str(password).decode_utf8_lossy().into_owned()))
    });
    parts.map_or_else(|| (url.to_owned(), None), |(address, password)| (address, Some(password)))
}

fn run_tool(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => bail!("{name} ended with {status}"),
        Err(error) => bail!("{name} cannot be started ({error}); it comes with the PostgreSQL client programs"),
    }
}

fn hashes<'a>(folder: &Path, names: impl Iterator<Item = &'a str>) -> anyhow::Result<BTreeMap<String, String>> {
    let hash = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).with_context(|| format!("{name} is missing from {}", folder.display()))?;
        let digest = keys::digest(&bytes);
        Ok((name.to_owned(), digest.iter().map(|byte| format!("{byte:02x}")).collect()))
    };
    names.map(hash).collect()
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_password_is_no_argument() {
        let split = |url: &str| without_password(url);
        assert_eq!(split("postgres://a:p%40ss@host:5433/db?x=y"), ("postgres://a@host:5433/db?x=y".to_owned(), Some("p@ss".to_owned())));
        for plain in ["postgres://host/db", "postgres://a@host/db", "postgres:///db?host=/run", "postgres://host/db?options=a:b@c"] {
            assert_eq!(split(plain), (plain.to_owned(), None));
        }
    }
}
