//! Packages of the npm registry, laid out exactly as the lock file says.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::files::short_hash;
use crate::command::run;
use crate::setup::Node;

/// `npm ci`, unless what lies there was laid out from this very lock file.
pub fn packages(folder: &Path, node: &Node) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json")).with_context(|| format!("{} has no package-lock.json", folder.display()))?;
    let note = folder.join("node_modules/.laid-out-from");
    let wanted = short_hash(&lock);
    if fs::read_to_string(&note).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    println!("   npm ci in {}", folder.display());
    // Scripts of packages are not run: nothing here needs one, and some would download programs.
    run(node.npm(folder).args(["ci", "--ignore-scripts", "--loglevel=error"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    fs::write(note, wanted)?;
    Ok(())
}
