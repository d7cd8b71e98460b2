//! The published results of a programme as a file for a spreadsheet: UTF-8 with BOM, semicolons, a line per edition
//! and goal, in the reader's language. What is hidden says so.

use super::results::of_programme;
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::policy::Actor;
use shared::audit::AuditAction;
use shared::training::{EditionResults, Figures, ProgrammeResults};
use shared::{Lang, ProgrammeId, format};

const COLUMNS: &[&str] = &["csv-edition", "csv-year", "csv-season", "csv-goal", "csv-n", "csv-invited", "csv-response-rate", "csv-mean"];

/// The results of a programme as CSV; that they were taken out is kept in the trail.
pub fn export(conn: &mut Conn, actor: &Actor, id: ProgrammeId) -> Result<String> {
    let results = of_programme(conn, actor, id)?;
    audit::record(conn, actor, Entry::new(AuditAction::Exported, "programme", id.0))?;
    write(&results, actor.lang)
}

fn write(results: &ProgrammeResults, lang: Lang) -> Result<String> {
    let failed = |error: String| Error::Internal(format!("csv: {error}"));
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    for line in lines(results, lang) {
        writer.write_record(line.iter().map(|cell| guarded(cell))).map_err(|error| failed(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| failed(error.to_string()))?;
    Ok(format!("\u{feff}{text}"))
}

/// A spreadsheet would run a cell that begins like a formula.
fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

fn lines(results: &ProgrammeResults, lang: Lang) -> Vec<Vec<String>> {
    let steps = (1..=4).map(|step| lang.text_with("csv-step", &[("step", &step.to_string())]));
    let mut lines = vec![COLUMNS.iter().map(|key| lang.text(key)).chain(steps).collect()];
    for edition in &results.editions {
        lines.extend(edition_lines(edition, lang));
    }
    let all = [lang.text("csv-all-editions"), String::new(), String::new()];
    let shown = results.editions.iter().filter(|edition| edition.overall.mean.is_some());
    let invited = shown.map(|edition| edition.enrolled_count).sum();
    lines.push(line(&all, lang.text("csv-all-goals"), &results.overall, invited, lang));
    for goal in &results.goals {
        let asked = results
            .editions
            .iter()
            .filter(|edition| edition.goals.iter().any(|own| own.goal_id == goal.goal_id && own.figures.mean.is_some()));
        let invited = asked.map(|edition| edition.enrolled_count).sum();
        lines.push(line(&all, goal.text.in_lang(lang).to_owned(), &goal.figures, invited, lang));
    }
    lines
}

fn edition_lines(edition: &EditionResults, lang: Lang) -> Vec<Vec<String>> {
    let head = [edition.number.to_string(), edition.year.to_string(), lang.text(&format!("csv-season-{}", edition.season))];
    let mut lines = vec![line(&head, lang.text("csv-all-goals"), &edition.overall, edition.enrolled_count, lang)];
    for goal in &edition.goals {
        lines.push(line(&head, goal.text.in_lang(lang).to_owned(), &goal.figures, edition.enrolled_count, lang));
    }
    lines
}

fn line(head: &[String; 3], goal: String, figures: &Figures, invited: i64, lang: Lang) -> Vec<String> {
    let hidden = || lang.text("csv-hidden");
    let mut cells = head.to_vec();
    cells.push(goal);
    cells.push(figures.n.map_or_else(hidden, |n| n.to_string()));
    cells.push(invited.to_string());
    cells.push(figures.n.and_then(|n| rate(n, invited, lang)).unwrap_or_else(hidden));
    cells.push(figures.mean.map_or_else(hidden, |mean| format::decimal(mean, 2, lang)));
    match &figures.distribution {
        Some(counts) => cells.extend(counts.iter().map(ToString::to_string)),
        None => cells.extend((0..4).map(|_| hidden())),
    }
    cells
}

/// Whole percent.
#[allow(clippy::cast_precision_loss)]
fn rate(n: i64, invited: i64, lang: Lang) -> Option<String> {
    (invited > 0).then(|| format::decimal(n as f64 * 100.0 / invited as f64, 0, lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use shared::training::Season;
    use shared::training::results::{AnswerSet, publish, sum_up};
    use shared::{EditionId, GoalId, LocalText};

    fn results(people: usize) -> ProgrammeResults {
        let programme = ProgrammeId::new();
        let sets: Vec<AnswerSet> = (0..people).map(|person| AnswerSet { steps: vec![if person % 2 == 0 { 3 } else { 4 }] }).collect();
        let (overall, goals) = publish(&[(GoalId::new(), LocalText::fi("=SUMMA(A1)"))], &sets);
        let edition = EditionResults {
            edition_id: EditionId::new(),
            programme_id: programme,
            number: 1,
            season: Season::Pilot,
            year: 2017,
            published_at: Timestamp::UNIX_EPOCH,
            enrolled_count: 20,
            overall,
            goals,
            step_words: Vec::new(),
            greetings: Vec::new(),
        };
        sum_up(programme, vec![edition])
    }

    #[test]
    fn a_goal_that_looks_like_a_formula_is_text() {
        let text = write(&results(10), Lang::Fi).expect("csv");
        assert!(text.starts_with('\u{feff}'));
        assert!(text.contains(";'=SUMMA(A1);10;20;50;3,50;0;0;5;5"), "{text}");
    }

    #[test]
    fn what_is_hidden_has_no_figure() {
        let text = write(&results(4), Lang::Fi).expect("csv");
        let line = text.lines().nth(1).expect("a line");
        assert_eq!(line.split(';').nth(4), Some(Lang::Fi.text("csv-hidden").as_str()));
        assert!(!line.contains("3,"), "{line}");
    }
}
