//! The data folder, the keys, the disk, and how many files the process may open.

use super::Finding;
use crate::config::{Common, Serve};
use crate::disk;
use crate::keys::{self, Keys};
use std::path::Path;

/// A server holds a file for each connection, each request's and each of the database's.
const FEW_FILES: u64 = 1_024;
const ENOUGH_FILES: u64 = 4_096;

pub fn examine(common: &Common, serve: &Serve) -> Vec<Finding> {
    let mut found = vec![folder(&common.data)];
    if !common.data.is_dir() {
        return found;
    }
    found.push(keys(&common.data));
    found.push(room(common, serve.min_free_disk));
    found.push(open_files(rustix::process::getrlimit(rustix::process::Resource::Nofile).current));
    found
}

fn folder(data: &Path) -> Finding {
    let about = "data folder";
    if !data.is_dir() {
        let mend = "Start `polku serve` once, which makes it, or name the right one with POLKU_DATA";
        return Finding::wrong(about, format!("{} is not there", data.display()), mend);
    }
    let mode = mode(data);
    let what = format!("{}, mode {mode:04o}", data.display());
    let mend = format!("chmod 700 {}", data.display());
    match mode {
        _ if mode & 0o007 != 0 => Finding::wrong(about, format!("{what}: any user of this machine may look in"), mend),
        _ if mode & 0o070 != 0 => Finding::warning(about, format!("{what}: its group may look in"), mend),
        _ => Finding::ok(about, what),
    }
}

fn keys(data: &Path) -> Finding {
    let about = "keys";
    for name in keys::FILES {
        let path = data.join(name);
        if !path.is_file() {
            let mend = "Bring it back from a backup. Without one, `polku serve` makes a new key, and everybody signs in again";
            return Finding::wrong(about, format!("{} is missing", path.display()), mend);
        }
        let mode = mode(&path);
        if mode & 0o077 != 0 {
            let mend = format!("chmod 600 {0}, and run `polku keys rotate --emergency` if others may have read it", path.display());
            return Finding::wrong(about, format!("{} has mode {mode:04o}: not its owner alone may read it", path.display()), mend);
        }
    }
    match Keys::existing(data) {
        Ok(_) => Finding::ok(about, format!("{} files, for their owner alone, of the right size", keys::FILES.len())),
        Err(error) => Finding::wrong(about, format!("{error:#}"), "Bring the keys back from a backup"),
    }
}

fn room(common: &Common, least: u8) -> Finding {
    let free = common.address().map_or_else(|_| disk::free(&common.data), |address| disk::free_for(&address, &common.data));
    let free = free.unwrap_or(1.0) * 100.0;
    let what = format!("{free:.0} % free");
    let mend = "Make room, or give it a larger disk";
    match f64::from(least) {
        least if free < least => Finding::wrong("disk", format!("{what}: the server says that it is not ready under {least:.0} %"), mend),
        least if free < least * 1.5 => {
            Finding::warning("disk", format!("{what}: close to the {least:.0} % under which it is not ready"), mend)
        }
        _ => Finding::ok("disk", what),
    }
}

fn open_files(limit: Option<u64>) -> Finding {
    let about = "open files";
    let mend = "Raise it: `LimitNOFILE=` of the service, or `ulimit -n` of the shell";
    match limit {
        Some(limit) if limit < FEW_FILES => Finding::wrong(about, format!("{limit} at most: too few to serve many at once"), mend),
        Some(limit) if limit < ENOUGH_FILES => Finding::warning(about, format!("{limit} at most: few for a busy day"), mend),
        Some(limit) => Finding::ok(about, format!("{limit} at most")),
        None => Finding::ok(about, "as many as wanted"),
    }
}

/// Who may do what with a file; everybody everything when that cannot be known.
pub fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().map_or(0o777, |meta| meta.permissions().mode() & 0o777)
}
