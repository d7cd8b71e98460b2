//! What the disks under our files are — how full, and whether they are here at all — and folders for our eyes only.

use crate::db::Address;
use std::path::Path;

/// The free part of the disk under a path, 0 to 1, as one without root's rights sees it. A path that is not there yet
/// counts as its nearest folder that is.
pub fn free(path: &Path) -> std::io::Result<f64> {
    let stat = rustix::fs::statvfs(nearest(path))?;
    if stat.f_blocks == 0 {
        return Ok(1.0);
    }
    Ok(stat.f_bavail as f64 / stat.f_blocks as f64)
}

/// The free part of the fullest disk that a server with this database and data folder writes to, 0 to 1.
pub fn free_for(address: &Address, data: &Path) -> std::io::Result<f64> {
    let own = free(data)?;
    match address {
        Address::Sqlite(path) => Ok(free(path)?.min(own)),
        Address::Postgres(_) => Ok(own),
    }
}

/// The kind of network file system under a path, if it lies on one: there SQLite's locks and its journal cannot be
/// trusted.
#[cfg(target_os = "linux")]
pub fn network(path: &Path) -> std::io::Result<Option<&'static str>> {
    Ok(network_kind(rustix::fs::statfs(nearest(path))?.f_type as u64))
}

/// Elsewhere it is not known.
#[cfg(not(target_os = "linux"))]
pub fn network(_: &Path) -> std::io::Result<Option<&'static str>> {
    Ok(None)
}

/// The marks of file systems that come over a network (Linux, `statfs(2)`).
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
const fn network_kind(mark: u64) -> Option<&'static str> {
    match mark & 0xFFFF_FFFF {
        0x6969 => Some("NFS"),
        0x517B => Some("SMB"),
        0xFF53_4D42 => Some("CIFS"),
        0xFE53_4D42 => Some("SMB2"),
        0x0102_1997 => Some("9P"),
        0x00C3_6400 => Some("Ceph"),
        0x5346_414F | 0x6B41_4653 => Some("AFS"),
        0x4750_4653 => Some("GPFS"),
        0x0BD0_0BD0 => Some("Lustre"),
        _ => None,
    }
}

/// Makes a folder that its owner alone may enter; one that is there stays as it is.
pub fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut maker = std::fs::DirBuilder::new();
    maker.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut maker, 0o700);
    maker.create(path)
}

fn nearest(path: &Path) -> &Path {
    let there = path.ancestors().find(|part| part.exists());
    there.filter(|part| !part.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_somewhere_between_full_and_empty() {
        let here = free(Path::new("there/is/no/such/folder")).expect("a disk");
        assert!(here > 0.0 && here <= 1.0, "{here}");
    }

    #[test]
    fn network_file_systems_are_known_by_their_mark() {
        // As statfs gives them, also where the number is signed and comes widened.
        assert_eq!(network_kind(0x6969), Some("NFS"));
        assert_eq!(network_kind(0xFFFF_FFFF_FF53_4D42), Some("CIFS"));
        for local in [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630, 0x2FC1_2FC1] {
            assert_eq!(network_kind(local), None, "{local:x}");
        }
        assert_eq!(network(Path::new(".")).expect("known"), None);
    }
}
