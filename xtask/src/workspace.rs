//! Where things lie: the repository, the target folder, the parts of the page.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The folders that every command works in.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub root: PathBuf,
    pub target: PathBuf,
}

impl Workspace {
    /// Finds the repository from where cargo says this crate lies, or else from the current folder.
    ///
    /// Asked at run time, not built in: one target folder may serve several clones.
    pub fn find() -> Result<Self> {
        let start = match env::var_os("CARGO_MANIFEST_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => env::current_dir().context("the current folder cannot be read")?,
        };
        let root = start
            .ancestors()
            .find(|folder| folder.join("xtask/Cargo.toml").is_file() && folder.join("Cargo.lock").is_file())
            .map(Path::to_path_buf);
        let Some(root) = root else {
            bail!("{} is not inside the repository", start.display());
        };
        // cargo reads a relative folder from where it was started; here it is always the root.
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) if !folder.is_empty() => root.join(folder),
            _ => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// Notes that this tool keeps between its runs.
    pub fn notes(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// Tools that the checks need and that were built or unpacked for them.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    pub fn frontend(&self) -> PathBuf {
        self.root.join("frontend")
    }

    pub fn dist(&self) -> PathBuf {
        self.root.join("frontend/dist")
    }

    /// What Schemathesis is told.
    pub fn conformance(&self) -> PathBuf {
        self.root.join("tests/conformance")
    }

    pub fn browser(&self) -> PathBuf {
        self.root.join("tests/browser")
    }

    /// The server that `cargo build` makes with the given profile.
    pub fn server(&self, profile: &str) -> PathBuf {
        let folder = if profile == "dev" { "debug" } else { profile };
        self.target.join(folder).join("polku")
    }
}
