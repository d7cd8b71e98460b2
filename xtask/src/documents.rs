//! Files that the server writes about itself and the repository keeps: written anew, or compared.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::{command, read};
use crate::workspace::Workspace;

/// A kept file and the server's command that prints it.
#[derive(Clone, Copy)]
pub struct Document {
    pub file: &'static str,
    pub command: &'static str,
    /// What a person types after a change.
    pub task: &'static str,
}

pub const OPENAPI: Document = Document { file: "openapi/polku.json", command: "openapi", task: "cargo xtask openapi" };

pub const POLICY: Document = Document { file: "docs/permissions.md", command: "policy", task: "cargo xtask policy" };

impl Document {
    pub fn write(self, workspace: &Workspace, program: &Path) -> Result<()> {
        let text = self.printed(workspace, program)?;
        let file = workspace.root.join(self.file);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&file, text)?;
        println!("   wrote {}", self.file);
        Ok(())
    }

    /// Fails when the program and the kept file no longer say the same.
    pub fn compare(self, workspace: &Workspace, program: &Path) -> Result<()> {
        let now = self.printed(workspace, program)?;
        let kept = fs::read_to_string(workspace.root.join(self.file))
            .with_context(|| format!("{} is missing: type `{}`", self.file, self.task))?;
        if let Some((number, old, new)) = first_difference(&kept, &now) {
            bail!(
                "{} is out of date: type `{}` and look at what changed.\n  first at line {number}:\n  - {old}\n  + {new}",
                self.file,
                self.task
            );
        }
        Ok(())
    }

    fn printed(self, workspace: &Workspace, program: &Path) -> Result<String> {
        let mut text = read(command(program, &workspace.root).arg(self.command))?;
        if !text.ends_with('\n') {
            text.push('\n');
        }
        Ok(text)
    }
}

fn first_difference<'a>(old: &'a str, new: &'a str) -> Option<(usize, &'a str, &'a str)> {
    if old == new {
        return None;
    }
    let (mut olds, mut news) = (old.lines(), new.lines());
    for number in 1.. {
        match (olds.next(), news.next()) {
            (None, None) => return Some((number, "(end of line)", "(end of line)")),
            (a, b) if a != b => return Some((number, a.unwrap_or("(end)"), b.unwrap_or("(end)"))),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn names_the_first_line_that_differs() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some((2, "b", "c")));
        assert_eq!(first_difference("a\n", "a\nc\n"), Some((2, "(end)", "c")));
    }
}
