//! A compiler for the browser: rustup's own where it can be had, else Debian's with a library built here.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, bail};

use crate::command::{ask, command, found, run, within};
use crate::setup::packages;
use crate::workspace::Workspace;

pub const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's newer compiler, its cargo, the library's source, and the linker that it calls.
const PACKAGES: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "lld-22"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
/// Beside the library: the compiler that built it, since another cannot read it.
const BUILT_BY: &str = "polku-built-by";

/// Where the download is blocked rustup says nothing for minutes.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long an unsuccessful download is not tried again.
const REST: Duration = Duration::from_secs(24 * 60 * 60);

/// Which of the two compiles the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compiler {
    Rustup,
    Debian,
}

impl fmt::Display for Compiler {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Rustup => "rustup's",
            Self::Debian => "Debian's, with a standard library built here",
        })
    }
}

impl Compiler {
    /// Its own target folder: what two compilers make does not mix, nor does the page with the server.
    pub fn target(self, workspace: &Workspace) -> PathBuf {
        workspace.target.join(match self {
            Self::Rustup => "wasm",
            Self::Debian => "wasm-debian",
        })
    }

    /// The cargo that builds for the browser.
    pub fn cargo(self, workspace: &Workspace) -> Command {
        match self {
            Self::Rustup => command("cargo", &workspace.root),
            Self::Debian => debian_cargo(&workspace.root),
        }
    }

    /// Changes when what it makes may change.
    pub fn version(self, workspace: &Workspace) -> String {
        let program = match self {
            Self::Rustup => "rustc",
            Self::Debian => DEBIAN_RUSTC,
        };
        ask(command(program, &workspace.root).arg("--version")).unwrap_or_default()
    }
}

/// The compiler for the page, fetched or built when there is none yet.
///
/// `POLKU_WASM_COMPILER` (`rustup` or `debian`) takes away the choice.
pub fn compiler(workspace: &Workspace) -> Result<Compiler> {
    match std::env::var("POLKU_WASM_COMPILER").as_deref() {
        Ok("debian") => return debian(workspace).map(|()| Compiler::Debian),
        Ok("rustup") => return rustup(workspace).map(|()| Compiler::Rustup),
        Ok(other) => bail!("POLKU_WASM_COMPILER is `{other}`: it may be rustup or debian"),
        Err(_) => {}
    }
    if has_library("rustc", workspace) {
        return Ok(Compiler::Rustup);
    }
    if debian_ready(workspace) {
        return Ok(Compiler::Debian);
    }
    let refused = workspace.notes().join("rustup-refused");
    if rested(&refused) {
        match rustup(workspace) {
            Ok(()) => {
                let _ = fs::remove_file(&refused);
                return Ok(Compiler::Rustup);
            }
            Err(error) => {
                println!("   {error:#}");
                fs::create_dir_all(workspace.notes())?;
                fs::write(&refused, format!("{error:#}\n"))?;
            }
        }
    }
    debian(workspace)
        .map(|()| Compiler::Debian)
        .context(format!("the page needs Rust's target {TARGET}: `rustup target add {TARGET}` did not bring it"))
}

fn rested(refused: &Path) -> bool {
    let at = fs::metadata(refused).and_then(|data| data.modified());
    at.ok().and_then(|at| SystemTime::now().duration_since(at).ok()).is_none_or(|age| age > REST)
}

fn rustup(workspace: &Workspace) -> Result<()> {
    if has_library("rustc", workspace) {
        return Ok(());
    }
    if !found("rustup") {
        bail!("there is no rustup to add the target {TARGET} with");
    }
    println!("   rustup target add {TARGET} (at most {} s)", PATIENCE.as_secs());
    within(command("rustup", &workspace.root).args(["target", "add", TARGET]), PATIENCE)?;
    if !has_library("rustc", workspace) {
        bail!("rustup added the target {TARGET}, but rustc does not have it");
    }
    Ok(())
}

/// Whether a compiler has the standard library for the browser, complete to its last part.
fn has_library(rustc: &str, workspace: &Workspace) -> bool {
    let Some(folder) = library_folder(rustc, workspace) else {
        return false;
    };
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    let names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    ["libcore-", "libstd-", "libpanic_abort-", "libproc_macro-"]
        .iter()
        .all(|part| names.iter().any(|name| name.starts_with(part) && name.ends_with(".rlib")))
}

fn library_folder(rustc: &str, workspace: &Workspace) -> Option<PathBuf> {
    let root = ask(command(rustc, &workspace.root).args(["--print", "sysroot"]))?;
    Some(PathBuf::from(root).join("lib/rustlib").join(TARGET).join("lib"))
}

fn debian_cargo(folder: &Path) -> Command {
    let mut cargo = command(DEBIAN_CARGO, folder);
    // First in the path, so that nothing that cargo starts meets rustup's stand-ins.
    let old = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(PathBuf::from("/usr/bin")).chain(std::env::split_paths(&old));
    if let Ok(path) = std::env::join_paths(all) {
        cargo.env("PATH", path);
    }
    cargo.env("RUSTC", DEBIAN_RUSTC).env_remove("RUSTUP_TOOLCHAIN").env_remove("RUSTDOC").env_remove("CARGO");
    cargo
}

/// Whether the library that was built here is still that of the installed compiler.
fn debian_ready(workspace: &Workspace) -> bool {
    let note = library_folder(DEBIAN_RUSTC, workspace).map(|folder| folder.join(BUILT_BY));
    let built_by = note.and_then(|note| fs::read_to_string(note).ok());
    built_by.is_some_and(|text| text.trim() == Compiler::Debian.version(workspace)) && has_library(DEBIAN_RUSTC, workspace)
}

fn debian(workspace: &Workspace) -> Result<()> {
    if debian_ready(workspace) {
        return Ok(());
    }
    let there = Path::new(DEBIAN_RUSTC).exists() && Path::new(DEBIAN_CARGO).exists() && library_source(workspace).is_some();
    if !there {
        packages::install(workspace, &PACKAGES, "the page is compiled for the browser, and rustup could not fetch that target")?;
    }
    build_library(workspace)
}

fn library_source(workspace: &Workspace) -> Option<PathBuf> {
    let root = ask(command(DEBIAN_RUSTC, &workspace.root).args(["--print", "sysroot"]))?;
    let source = PathBuf::from(root).join("lib/rustlib/src/rust/library/std/Cargo.toml");
    source.is_file().then_some(source)
}

/// Builds the standard library in a crate of no other use, and gives it to Debian's compiler.
fn build_library(workspace: &Workspace) -> Result<()> {
    let Some(goal) = library_folder(DEBIAN_RUSTC, workspace) else {
        bail!("{DEBIAN_RUSTC} does not start");
    };
    println!("   building Rust's standard library for the browser, once (one to three minutes)");
    // Always from nothing: a second build into old files ends in "can't find crate".
    let scratch = tempfile::tempdir()?;
    fs::create_dir(scratch.path().join("src"))?;
    fs::write(scratch.path().join("src/lib.rs"), "#![no_std]\n")?;
    fs::write(scratch.path().join("Cargo.toml"), "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[workspace]\n")?;
    run(debian_cargo(scratch.path())
        .env("RUSTC_BOOTSTRAP", "1")
        // Without it link-time optimisation does not find the library's part.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", scratch.path().join("target"))
        .args(["build", "--release", "--target", TARGET])
        .arg("-Zbuild-std=std,panic_abort,proc_macro"))?;

    let parts = scratch.path().join("parts");
    fs::create_dir(&parts)?;
    fs::write(parts.join(BUILT_BY), Compiler::Debian.version(workspace))?;
    for entry in fs::read_dir(scratch.path().join("target").join(TARGET).join("release/deps"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libscratch-") {
            fs::copy(entry.path(), parts.join(name))?;
        }
    }
    // Whole and at once: what an older compiler left there would be found twice.
    let script =
        format!("rm -rf {goal} && mkdir -p {goal} && install -m 644 {parts}/* {goal}/", goal = goal.display(), parts = parts.display());
    let Some(prefix) = packages::right_to_install(workspace) else {
        let _ = scratch.keep();
        bail!(
            "the library is built, but this user may not put it beside Debian's compiler. Type this and try again:\n\n    sudo sh -c '{script}'\n"
        );
    };
    let mut words = prefix.iter().copied().chain(["sh", "-c"]);
    let mut copy = command(words.next().unwrap_or("sh"), &workspace.root);
    run(copy.args(words).arg(script))?;
    if !debian_ready(workspace) {
        bail!("the built library is not complete in {}", goal.display());
    }
    Ok(())
}
