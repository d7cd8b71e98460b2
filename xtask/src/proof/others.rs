//! Bars that are shown by other tools than our tests: Schemathesis and Chromium.

use anyhow::Result;

use super::bars::SPECS;
use super::{Bar, Everything, Run, Shown, figures};
use crate::conformance;
use crate::say;
use crate::server;
use crate::setup;
use crate::test::run_specs;
use crate::web;

impl Run<'_> {
    /// The running server against its document, on this database.
    pub fn conformance(&self, bars: &[&Bar], found: &mut Everything) -> Result<()> {
        for bar in bars.iter().filter(|bar| matches!(bar.shown, Shown::Conformance)) {
            let stage = say::stage(format!("conformance on {}", self.database));
            let program = server::build_as_tests_do(self.workspace)?;
            let runs = conformance::ask(self.workspace, &program, self.postgres, &conformance::PROOF)?;
            let entry = found.entry((bar.id, self.database)).or_default();
            entry.figures.extend(runs.iter().map(|run| run.figure.clone()));
            let failures: u64 = runs.iter().map(|run| run.failures).sum();
            entry.broken = (failures > 0).then(|| format!("{failures} findings"));
            stage.done();
        }
        Ok(())
    }

    /// The page in Chromium. It does not know which database there is, so once is enough.
    pub fn specs(&self, bars: &[&Bar], found: &mut Everything) -> Result<()> {
        let wanted: Vec<_> = SPECS.iter().filter(|(id, _)| bars.iter().any(|bar| bar.id == *id)).collect();
        if self.postgres.is_some() || wanted.is_empty() {
            return Ok(());
        }
        let stage = say::stage("pages in Chromium");
        web::build(self.workspace, &setup::for_building(self.workspace)?, web::Profile::Release)?;
        server::build_as_tests_do(self.workspace)?;
        let (node, folder) = (setup::node_for_tests(self.workspace)?, self.workspace.browser());
        web::npm_packages(&folder, &node)?;
        for (id, spec) in wanted {
            let (counts, output) = run_specs(self.workspace, &node, &[folder.join(spec)])?;
            let entry = found.entry((id, self.database)).or_default();
            entry.figures.push(format!("{} tests in Chromium", counts.passed + counts.failed));
            let missed = figures(&output, "MISSED", id);
            entry.missed |= !missed.is_empty();
            entry.figures.extend(figures(&output, "FIGURE", id).into_iter().chain(missed));
            if counts.failed > 0 {
                entry.broken = Some(format!("{} failed in {spec}", counts.failed));
            }
        }
        stage.done();
        Ok(())
    }
}
