//! The alert rules, by Prometheus' own tool: each fires on the series that it is for, and none on a healthy day.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Result, bail};

use crate::command::{command, run};
use crate::setup;
use crate::workspace::Workspace;

const RULES: &str = "alerts.yml";
const TESTS: &str = "alerts.test.yml";

pub fn try_out(workspace: &Workspace) -> Result<()> {
    let promtool = setup::promtool(workspace)?;
    let folder = workspace.root.join("docs");
    run(command(&promtool, &folder).args(["check", "rules", RULES]))?;
    run(command(&promtool, &folder).args(["test", "rules", TESTS]))?;
    all_are_tried(&fs::read_to_string(folder.join(RULES))?, &fs::read_to_string(folder.join(TESTS))?)
}

/// A rule that no test makes fire, or that is not silent on the healthy day, is no rule.
fn all_are_tried(rules: &str, tests: &str) -> Result<()> {
    let after = |text: &str, mark: &str| -> BTreeSet<String> {
        let rest = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("- ").and_then(|line| line.trim_start_matches("{ ").strip_prefix(mark)));
        rest.map(|rest| rest.split([',', ' ']).next().unwrap_or_default().to_owned()).collect()
    };
    let rules = after(rules, "alert: ");
    let fires: BTreeSet<String> =
        tests.lines().filter_map(|line| line.trim().strip_prefix("- alertname: ")).map(|name| name.trim().to_owned()).collect();
    let healthy = tests.split("\n  - name: ").find(|part| part.contains("healthy day")).unwrap_or_default();
    let silent = after(healthy, "alertname: ");
    for (list, what) in [(&fires, "fires in no test"), (&silent, "is not looked at on the healthy day")] {
        let missing: Vec<&String> = rules.difference(list).collect();
        if !missing.is_empty() {
            bail!("{missing:?} {what}: add it to docs/{TESTS}");
        }
    }
    println!("   {} rules", rules.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::all_are_tried;

    const RULES: &str = "      - alert: One\n      - alert: Two\n";

    fn tests(silent: &str, fires: &str) -> String {
        format!("tests:\n  - name: a healthy day\n    alert_rule_test:\n{silent}\n  - name: broken\n    alert_rule_test:\n{fires}")
    }

    #[test]
    fn a_rule_without_its_tests_is_found() {
        let silent = "      - { alertname: One, eval_time: 1m, exp_alerts: [] }\n      - { alertname: Two, eval_time: 1m, exp_alerts: [] }";
        let fires = "      - alertname: One\n        eval_time: 1m\n      - alertname: Two\n";
        assert!(all_are_tried(RULES, &tests(silent, fires)).is_ok());
        assert!(all_are_tried(RULES, &tests(silent, "      - alertname: One\n")).is_err());
        assert!(all_are_tried(RULES, &tests("      - { alertname: One, eval_time: 1m, exp_alerts: [] }", fires)).is_err());
    }
}
