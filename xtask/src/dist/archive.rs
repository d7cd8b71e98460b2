//! The archive: made so that the same files make the same bytes, and taken apart again.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};

/// Everything under one folder, owned by root, made at one instant.
pub fn pack(name: &str, files: &[(String, Vec<u8>)], made_at: i64) -> Result<Vec<u8>> {
    let mut tar = tar::Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(if path.starts_with("bin/") { 0o755 } else { 0o644 });
        header.set_mtime(made_at.unsigned_abs());
        header.set_username("root")?;
        header.set_groupname("root")?;
        tar.append_data(&mut header, Path::new(name).join(path), bytes.as_slice())?;
    }
    let mut gzip = GzBuilder::new().write(Vec::new(), Compression::best());
    gzip.write_all(&tar.into_inner()?)?;
    Ok(gzip.finish()?)
}

/// Takes an archive apart into a folder, as an operator would, and compares every file with its checksum; the folder
/// that came out.
pub fn unpack(archive: &Path, folder: &Path) -> Result<PathBuf> {
    let bytes = fs::read(archive)?;
    let promised = fs::read_to_string(super::sum_file(archive))?;
    if promised.split_whitespace().next() != Some(super::sum(&bytes).as_str()) {
        bail!("{} is not what its checksum says", archive.display());
    }
    let mut tar = tar::Archive::new(GzDecoder::new(bytes.as_slice()));
    tar.set_preserve_permissions(true);
    tar.unpack(folder)?;
    let name = archive.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".tar.gz"));
    let root = folder.join(name.context("the archive has no name")?);
    let sums = fs::read_to_string(root.join("SHA256SUMS"))?;
    for line in sums.lines() {
        let (sum, path) = line.split_once("  ").with_context(|| format!("{line} is no checksum"))?;
        if super::sum(&fs::read(root.join(path))?) != sum {
            bail!("{path} is not what its checksum says");
        }
    }
    Ok(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(folder: &Path, content: &[u8], promised: &[u8]) -> PathBuf {
        let sums = format!("{}  bin/polku\n", super::super::sum(promised));
        let files = [("bin/polku".to_owned(), content.to_vec()), ("SHA256SUMS".to_owned(), sums.into_bytes())];
        let bytes = pack("polku-1", &files, 1_000_000).expect("packed");
        assert_eq!(bytes, pack("polku-1", &files, 1_000_000).expect("packed"), "the same twice");
        let path = folder.join("polku-1.tar.gz");
        fs::write(super::super::sum_file(&path), format!("{}  polku-1.tar.gz\n", super::super::sum(&bytes))).expect("written");
        fs::write(&path, bytes).expect("written");
        path
    }

    #[test]
    fn what_is_packed_comes_out_and_what_is_altered_does_not() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let root = unpack(&packed(folder.path(), b"program", b"program"), folder.path()).expect("unpacked");
        let program = root.join("bin/polku");
        assert_eq!(fs::read(&program).expect("there"), b"program");
        assert_eq!(program.metadata().expect("there").permissions().mode() & 0o777, 0o755);

        assert!(unpack(&packed(folder.path(), b"another", b"program"), folder.path()).is_err(), "a file was altered");
        let archive = packed(folder.path(), b"program", b"program");
        let mut bytes = fs::read(&archive).expect("there");
        *bytes.last_mut().expect("a byte") ^= 1;
        fs::write(&archive, bytes).expect("written");
        assert!(unpack(&archive, folder.path()).is_err(), "the archive was altered");
    }
}
