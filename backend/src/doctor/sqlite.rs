//! What only an SQLite file can have: its journal, its wholeness, its disk.

use super::Finding;
use super::database::{text, texts};
use super::files::mode;
use crate::config::limits::Patience;
use crate::db::{Address, Conn, Manager, Purpose};
use crate::disk;
use diesel::r2d2::ManageConnection;
use std::path::Path;

/// Older ones can tear a database when one connection writes while another tidies the journal.
const OLDEST: [u32; 3] = [3, 51, 3];
/// A journal that is never tidied means a reader that never ends.
const LARGE_JOURNAL: u64 = 256 * 1024 * 1024;

/// An error is a database of which nothing else can be said.
pub fn examine(conn: &mut Conn, path: &Path) -> Result<Vec<Finding>, Box<Finding>> {
    let whole = whole(conn)?;
    Ok(vec![version(conn), place(path), guarded(path), journal(conn), durability(path), whole, size(path)])
}

fn whole(conn: &mut Conn) -> Result<Finding, Box<Finding>> {
    let about = "integrity";
    let mend = "Stop the server, keep the file, and restore the last good backup";
    let broken = |what: String| Box::new(Finding::wrong(about, what, mend));
    let faults = texts(conn, "SELECT quick_check AS line FROM pragma_quick_check LIMIT 3").map_err(|error| broken(error.to_string()))?;
    if faults != ["ok"] {
        return Err(broken(faults.join("; ")));
    }
    let orphans =
        texts(conn, "SELECT DISTINCT \"table\" AS line FROM pragma_foreign_key_check").map_err(|error| broken(error.to_string()))?;
    if orphans.is_empty() {
        return Ok(Finding::ok(about, "whole, and every reference leads somewhere"));
    }
    let what = format!("rows of {} refer to what is not there", orphans.join(", "));
    Ok(Finding::wrong(about, what, "Something else wrote to the file: find it, and restore the last good backup"))
}

fn version(conn: &mut Conn) -> Finding {
    let text = text(conn, "SELECT sqlite_version() AS line").unwrap_or_default();
    let parts: Vec<u32> = text.split('.').filter_map(|part| part.parse().ok()).collect();
    let about = "database";
    if parts.as_slice() >= OLDEST.as_slice() {
        return Finding::ok(about, format!("SQLite {text}"));
    }
    Finding::wrong(about, format!("SQLite {text} can lose data"), "Build the program with the SQLite that comes with it")
}

fn place(path: &Path) -> Finding {
    let about = "file system";
    match disk::network(path) {
        Ok(None) => Finding::ok(about, format!("{} is on a disk of this machine", path.display())),
        Ok(Some(kind)) => Finding::wrong(
            about,
            format!("{} lies on {kind}, where SQLite's locks cannot be trusted", path.display()),
            "Move it to a disk of this machine, or use PostgreSQL",
        ),
        Err(error) => Finding::warning(about, format!("unknown: {error}"), "See that it is a disk of this machine"),
    }
}

fn guarded(path: &Path) -> Finding {
    let about = "database file";
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (file, around) = (mode(path), mode(folder));
    // A folder that nobody else may enter guards what is in it.
    if around & 0o001 != 0 && file & 0o004 != 0 {
        let what = format!("{} has mode {file:04o} in a folder of mode {around:04o}: any user of this machine may read it", path.display());
        return Finding::wrong(about, what, format!("chmod 700 {}", folder.display()));
    }
    Finding::ok(about, format!("mode {file:04o} in a folder of mode {around:04o}"))
}

fn journal(conn: &mut Conn) -> Finding {
    let about = "journal";
    let mode = text(conn, "SELECT journal_mode AS line FROM pragma_journal_mode").unwrap_or_default();
    if mode == "wal" {
        return Finding::ok(about, "WAL: readers do not wait for writers");
    }
    let mend = "Start the server, which turns WAL on. If it stays so, the disk cannot do it: move the file";
    Finding::warning(about, format!("{mode}: readers wait for writers"), mend)
}

/// As the program's own connections are set.
fn durability(path: &Path) -> Finding {
    let about = "durability";
    let manager = Manager { address: Address::Sqlite(path.to_path_buf()), purpose: Purpose::Write, patience: Patience::default() };
    let level = manager.connect().map_err(|error| error.to_string()).and_then(|mut conn| {
        text(&mut conn, "SELECT synchronous || '' AS line FROM pragma_synchronous").map_err(|error| error.to_string())
    });
    match level.as_deref() {
        Ok("2" | "3") => Finding::ok(about, "a change is on the disk before it is acknowledged"),
        Ok(other) => Finding::wrong(
            about,
            format!("synchronous is {other}: a power cut loses acknowledged changes"),
            "Use a program that was not altered",
        ),
        Err(error) => Finding::wrong(about, error.clone(), "See that this user may write to the file and its folder"),
    }
}

fn size(path: &Path) -> Finding {
    let length = |path: &Path| path.metadata().map_or(0, |meta| meta.len());
    let mut journal = path.as_os_str().to_owned();
    journal.push("-wal");
    let (own, journal) = (length(path), length(Path::new(&journal)));
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let what = format!("{:.1} MB, journal {:.1} MB", megabytes(own), megabytes(journal));
    if journal > LARGE_JOURNAL {
        return Finding::warning("size", what, "The journal grows while somebody reads without end: restart the server");
    }
    Finding::ok("size", what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Verdict;

    #[test]
    fn a_journal_that_nobody_tidies_is_told() {
        let folder = std::env::temp_dir().join(format!("polku-doctor-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&folder).expect("a folder");
        let path = folder.join("polku.db");
        std::fs::write(&path, b"x").expect("written");
        assert_eq!(size(&path).verdict, Verdict::Ok);
        // A file with a hole: as long as it says, and no load on the disk.
        let journal = std::fs::File::create(folder.join("polku.db-wal")).expect("made");
        journal.set_len(LARGE_JOURNAL + 1).expect("long");
        assert_eq!(size(&path).verdict, Verdict::Warning);
        std::fs::remove_dir_all(folder).expect("gone");
    }
}
