//! Tools that come as Python packages, each in an environment of its own under the target folder.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command::{command, run};
use crate::setup::packages;
use crate::workspace::Workspace;

/// Makes an environment with what pip is told to install.
pub fn environment(workspace: &Workspace, name: &str, wanted: &[&str]) -> Result<PathBuf> {
    let place = workspace.tools().join(name);
    let make = || run(command("python3", &workspace.root).args(["-m", "venv"]).arg(&place));
    if make().is_err() {
        packages::install(workspace, &["python3-venv"], "some tools of the tests come as Python packages")?;
        make()?;
    }
    run(command(place.join("bin/pip"), &workspace.root).args(["install", "--quiet", "--disable-pip-version-check"]).args(wanted))?;
    Ok(place)
}

/// Schemathesis, in the versions that `tests/conformance/requirements.txt` names.
pub fn schemathesis(workspace: &Workspace) -> Result<PathBuf> {
    let list = workspace.conformance().join("requirements.txt");
    let wanted = fs::read_to_string(&list).with_context(|| format!("{} cannot be read", list.display()))?;
    let place = workspace.tools().join("schemathesis");
    let (program, note) = (place.join("bin/schemathesis"), place.join("installed.txt"));
    if program.is_file() && fs::read_to_string(&note).is_ok_and(|found| found == wanted) {
        return Ok(program);
    }
    println!("   taking Schemathesis into {}", place.display());
    environment(workspace, "schemathesis", &["--requirement", &list.to_string_lossy()])?;
    fs::write(note, wanted)?;
    Ok(program)
}
