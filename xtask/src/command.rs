//! Starting other programs: with their output passed through, read, or both, and with a time limit.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// What `cargo run` tells this tool about itself and a child must not take for its own.
const CARGO_WORDS: [&str; 4] = ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "LD_LIBRARY_PATH", "OUT_DIR"];

/// A program to be started in `folder` without standard input, so that nothing can wait for a person.
pub fn command(program: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null());
    for word in CARGO_WORDS {
        command.env_remove(word);
    }
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CARGO_PKG_") {
            command.env_remove(name);
        }
    }
    command
}

/// Takes away the program's settings of whoever types: a test must mean the same for everybody.
pub fn without_settings(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("POLKU_") {
            command.env_remove(name);
        }
    }
    command
}

/// How a command is written in a message.
pub fn shown(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

/// Runs with the output passed through; anything but success is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("`{}` could not be started", shown(command)))?;
    if !status.success() {
        bail!("`{}` ended with {status}", shown(command));
    }
    Ok(())
}

/// Runs and gives what was written to standard output; the error output passes through.
pub fn read(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("`{}` could not be started", shown(command)))?;
    if !output.status.success() {
        bail!("`{}` ended with {}", shown(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{}` wrote something that is not text", shown(command)))
}

/// Asks a program something; `None` when it is missing or says no.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// Runs with standard output both shown and kept; tells whether it ended well.
pub fn tee(command: &mut Command) -> Result<(bool, String)> {
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| format!("`{}` could not be started", shown(command)))?;
    let mut kept = String::new();
    if let Some(stdout) = child.stdout.take() {
        let mut reader = BufReader::new(stdout);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            let mut out = std::io::stdout().lock();
            out.write_all(&line)?;
            out.flush()?;
            kept.push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    }
    Ok((child.wait()?.success(), kept))
}

/// Runs for at most `limit`, then ends the program and everything it started.
///
/// Its own process group, because a helper of the program would otherwise live on.
pub fn within(command: &mut Command, limit: Duration) -> Result<()> {
    let line = shown(command);
    let mut child = command.process_group(0).spawn().with_context(|| format!("`{line}` could not be started"))?;
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            if status.success() {
                return Ok(());
            }
            bail!("`{line}` ended with {status}");
        }
        if begun.elapsed() >= limit {
            end_group(&mut child);
            bail!("`{line}` gave no result in {} s", limit.as_secs());
        }
        sleep(Duration::from_millis(100));
    }
}

/// Ends a program that leads its own process group, and waits until it is gone.
pub fn end_group(child: &mut Child) {
    let group = rustix::process::Pid::from_child(child);
    // It may have ended by itself meanwhile; then there is nothing left to end.
    let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    let _ = child.wait();
}

/// Whether a program of this name is on the path.
pub fn found(program: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else {
        return false;
    };
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}
