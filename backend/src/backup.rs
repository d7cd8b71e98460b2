//! Backups: a folder with the database, the keys and a list of what they must hash to. Made while the server runs;
//! a copy that is cut short or altered is refused, never half loaded.

use crate::db::Address;
use crate::keys::FILES as KEYS;
use anyhow::{Context, bail, ensure};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const MANIFEST: &str = "manifest.json";

fn dump_name(address: &Address) -> &'static str {
    match address {
        Address::Sqlite(_) => "polku.db",
        Address::Postgres(_) => "polku.dump",
    }
}

/// Writes a copy into a folder that must not exist yet.
pub fn save(address: &Address, data: &Path, folder: &Path) -> anyhow::Result<()> {
    ensure!(!folder.exists(), "{} exists already; give the name of a new folder", folder.display());
    std::fs::create_dir_all(folder.join("keys"))?;
    let dump = folder.join(dump_name(address));
    match address {
        Address::Sqlite(path) => {
            ensure!(path.exists(), "there is no database at {}", path.display());
            copy_sqlite(path, &dump)?;
        }
        Address::Postgres(url) => run_tool(Command::new("pg_dump").args(["--format=custom", "--no-owner", "--file"]).arg(&dump).arg(url))?,
    }
    for name in KEYS {
        let bytes = std::fs::read(data.join(name)).with_context(|| format!("{name} in {}", data.display()))?;
        crate::keys::write_secret(&folder.join(name), &bytes)?;
    }
    let manifest = hashes(folder, dump_name(address))?;
    std::fs::write(folder.join(MANIFEST), serde_json::to_vec_pretty(&manifest)?)?;
    println!("Saved to {}", folder.display());
    Ok(())
}

/// Brings a copy back where there is nothing yet.
pub fn restore(address: &Address, data: &Path, folder: &Path) -> anyhow::Result<()> {
    let text =
        std::fs::read(folder.join(MANIFEST)).with_context(|| format!("{} is not a backup: it has no {MANIFEST}", folder.display()))?;
    let expected: BTreeMap<String, String> = serde_json::from_slice(&text).context("the manifest cannot be read")?;
    let found = hashes(folder, dump_name(address))?;
    ensure!(expected == found, "the backup is not whole: its files do not match its manifest");
    let dump = folder.join(dump_name(address));
    match address {
        Address::Sqlite(path) => {
            ensure!(!path.exists(), "{} exists already; move it away first", path.display());
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            copy_sqlite(&dump, path)?;
        }
        Address::Postgres(url) => run_tool(
            Command::new("pg_restore").args(["--no-owner", "--exit-on-error", "--single-transaction", "--dbname", url]).arg(&dump),
        )?,
    }
    for name in KEYS {
        let target = data.join(name);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)?;
        }
        crate::keys::write_secret(&target, &std::fs::read(folder.join(name))?)?;
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

fn run_tool(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => bail!("{name} ended with {status}"),
        Err(error) => bail!("{name} cannot be started ({error}); it comes with the PostgreSQL client programs"),
    }
}

fn hashes(folder: &Path, dump: &str) -> anyhow::Result<BTreeMap<String, String>> {
    let hash = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).with_context(|| format!("{name} is missing from {}", folder.display()))?;
        let digest = crate::keys::digest(&bytes);
        Ok((name.to_owned(), digest.iter().map(|byte| format!("{byte:02x}")).collect()))
    };
    KEYS.into_iter().chain([dump]).map(hash).collect()
}
