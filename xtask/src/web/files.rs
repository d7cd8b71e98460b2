//! The files of the built page: named after their content, and compressed beside themselves.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// How hard the compressors try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// For daily work: a second at most.
    Fast,
    /// For shipping: as small as it gets.
    Best,
}

/// One written file.
#[derive(Clone, Debug)]
pub struct Written {
    /// As the page asks for it: `/assets/name.hash.ext`.
    pub address: String,
    pub bytes: usize,
    /// What a browser receives that takes brotli; the file itself where nothing is gained.
    pub brotli: usize,
}

/// A folder being filled with the built page.
pub struct Folder {
    root: PathBuf,
    effort: Effort,
    written: BTreeSet<PathBuf>,
}

impl Folder {
    pub fn new(root: PathBuf, effort: Effort) -> Self {
        Self { root, effort, written: BTreeSet::new() }
    }

    /// Writes `content` under a name that changes with it, so that it can be cached for ever.
    pub fn asset(&mut self, name: &str, extension: &str, content: &[u8]) -> Result<Written> {
        let file = format!("assets/{name}.{}.{extension}", short_hash(content));
        self.file(&file, content)
    }

    /// Writes `content` under a fixed name.
    pub fn file(&mut self, name: &str, content: &[u8]) -> Result<Written> {
        let path = self.root.join(name);
        self.put(&path, content)?;
        let mut smallest = content.len();
        if compressible(name) {
            let brotli = brotli(content, self.effort)?;
            let gzip = gzip(content, self.effort)?;
            smallest = smallest.min(brotli.len());
            self.put(&beside(&path, "br"), &brotli)?;
            self.put(&beside(&path, "gz"), &gzip)?;
        }
        Ok(Written { address: format!("/{name}"), bytes: content.len(), brotli: smallest })
    }

    fn put(&mut self, path: &Path, content: &[u8]) -> Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, content).with_context(|| format!("{} cannot be written", path.display()))?;
        self.written.insert(path.to_path_buf());
        Ok(())
    }

    /// Removes what earlier builds left: last, so that a running server never lacks a file.
    pub fn remove_others(&self) -> Result<()> {
        remove_others(&self.root, &self.written)
    }
}

fn remove_others(folder: &Path, keep: &BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(&path, keep)?;
        } else if !keep.contains(&path) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

fn compressible(name: &str) -> bool {
    // woff2 is compressed already.
    !name.ends_with(".woff2") && !name.ends_with(".png")
}

fn brotli(content: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: match effort {
            Effort::Fast => 5,
            Effort::Best => 11,
        },
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut out, &params)?;
    Ok(out)
}

fn gzip(content: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let level = match effort {
        Effort::Fast => flate2::Compression::fast(),
        Effort::Best => flate2::Compression::best(),
    };
    // No name and no time inside: the same content gives the same file.
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

/// Enough of the content's hash to tell its versions apart.
pub fn short_hash(content: &[u8]) -> String {
    hex(&Sha256::digest(content)[..8])
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{Effort, Folder};

    #[test]
    fn a_name_follows_the_content_and_old_files_go() {
        let place = tempfile::tempdir().expect("a folder");
        let mut first = Folder::new(place.path().to_path_buf(), Effort::Fast);
        let one = first.asset("a", "css", b"a{}").expect("written");
        let again = first.asset("a", "css", b"a{}").expect("written");
        assert_eq!(one.address, again.address);
        assert!(place.path().join(format!("{}.br", &one.address[1..])).is_file());

        let mut second = Folder::new(place.path().to_path_buf(), Effort::Fast);
        let other = second.asset("a", "css", b"b{}").expect("written");
        assert_ne!(one.address, other.address);
        second.remove_others().expect("removed");
        assert!(!place.path().join(&one.address[1..]).exists());
        assert!(place.path().join(&other.address[1..]).is_file());
    }
}
