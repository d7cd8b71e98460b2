//! `polku doctor`: what is wrong with an installation, and how to mend it.
//!
//! It looks at the same settings as `polku serve` and changes nothing: no key is made, no database created, no setting
//! of one altered. A line is *ok*, a *warning* (it works, but not as it should) or *wrong* (it does not work, or puts
//! people's data at risk); with anything wrong the command fails.

mod database;
mod files;
mod postgres;
mod settings;
mod sqlite;
mod work;

use crate::config::{Common, Serve};

/// How it is with one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Ok,
    Warning,
    Wrong,
}

/// What was found about one thing.
#[derive(Clone, Debug)]
pub struct Finding {
    pub verdict: Verdict,
    /// The thing, in a word or two.
    pub about: &'static str,
    /// How it is.
    pub what: String,
    /// What to do; empty when all is well.
    pub mend: String,
}

impl Finding {
    /// All is well.
    fn ok(about: &'static str, what: impl Into<String>) -> Self {
        Self { verdict: Verdict::Ok, about, what: what.into(), mend: String::new() }
    }

    /// It works, but not as it should.
    fn warning(about: &'static str, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { verdict: Verdict::Warning, about, what: what.into(), mend: mend.into() }
    }

    /// It does not work, or puts people's data at risk.
    fn wrong(about: &'static str, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { verdict: Verdict::Wrong, about, what: what.into(), mend: mend.into() }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let verdict = match self.verdict {
            Verdict::Ok => "ok",
            Verdict::Warning => "warning",
            Verdict::Wrong => "wrong",
        };
        write!(f, "{verdict:8} {:14} {}", self.about, self.what)?;
        if self.mend.is_empty() { Ok(()) } else { write!(f, ". {}", self.mend) }
    }
}

/// Looks at everything.
pub fn examine(common: &Common, serve: &Serve) -> Vec<Finding> {
    let mut found = files::examine(common, serve);
    found.extend(settings::examine(serve, common));
    found.extend(database::examine(common, serve));
    found.extend(work::backup(common, serve));
    found
}

/// Prints what was found, a line each, and fails when anything is wrong.
pub fn report(found: &[Finding]) -> anyhow::Result<()> {
    for finding in found {
        println!("{finding}");
    }
    let count = |verdict: Verdict| found.iter().filter(|finding| finding.verdict == verdict).count();
    match count(Verdict::Wrong) {
        0 => {
            println!("Nothing is wrong; {} to think about.", count(Verdict::Warning));
            Ok(())
        }
        wrong => anyhow::bail!("{wrong} of {} things are wrong", found.len()),
    }
}
