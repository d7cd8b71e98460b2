//! The board and the figures of how far projects come.

use crate::projects::bare;
use crate::stages::to;
use backend::jobs::work::Worker;
use jiff::SignedDuration;
use shared::projects::*;
use tests::TestApp;
use tests::operations::World;

#[tokio::test]
async fn columns_hold_what_is_theirs_the_soonest_due_first() {
    let app = TestApp::start().await;
    app.advance(SignedDuration::ZERO);
    let person = app.nobody();
    let first = person.create_project(&NewProject { theme: Some("Koti".to_owned()), ..bare("A") }).await.expect("made");
    app.advance(SignedDuration::from_hours(20));
    let person = app.again(&person);
    let second = person.create_project(&NewProject { theme: Some("KOTI".to_owned()), ..bare("B") }).await.expect("made");
    let waits = ProjectMove { waiting_reason: Some(WaitingReason::Decision), ..to(ProjectStage::Waiting) };
    let third = person.create_project(&NewProject { theme: None, ..bare("C") }).await.expect("made");
    person.move_project(third.id, 1, &waits).await.expect("waits");
    app.coordinator().set_board_limit(&BoardLimit { stage: ProjectStage::Trial, limit: Some(4) }).await.expect("set");
    app.advance(SignedDuration::from_hours(5));
    let person = app.again(&person);
    let board = person.get_board(&BoardFilter::default()).await.expect("a board");
    let column = |board: &Board, stage| board.columns.iter().find(|column| column.stage == stage).cloned().expect("a column");
    assert_eq!(board.columns.iter().map(|column| column.stage).collect::<Vec<_>>(), ProjectStage::ALL);
    let ideas = column(&board, ProjectStage::Idea);
    assert_eq!((ideas.count, ideas.limit), (2, None));
    assert_eq!(ideas.items.iter().map(|card| card.id).collect::<Vec<_>>(), [first.id, second.id], "the overdue first");
    assert_eq!(column(&board, ProjectStage::Waiting).items[0].id, third.id);
    assert_eq!(column(&board, ProjectStage::Trial).limit, Some(4));
    assert_eq!((board.overdue_count, board.may_set_limits), (1, false));
    assert_eq!(board.themes.len(), 1, "one theme, however it is written: {:?}", board.themes);
    let late = person.get_board(&BoardFilter { overdue: Some(true), ..BoardFilter::default() }).await.expect("a board");
    assert_eq!((column(&late, ProjectStage::Idea).count, column(&late, ProjectStage::Waiting).count), (1, 0));
    let home = person.get_board(&BoardFilter { theme: Some("koti".to_owned()), ..BoardFilter::default() }).await.expect("a board");
    assert_eq!((column(&home, ProjectStage::Idea).count, column(&home, ProjectStage::Waiting).count), (2, 0));
    assert!(app.coordinator().get_board(&BoardFilter::default()).await.expect("a board").may_set_limits);
}

#[tokio::test]
async fn a_column_shows_fifty_cards_and_counts_all() {
    let app = TestApp::start().await;
    let person = app.nobody();
    for number in 0..52 {
        person.create_project(&bare(&format!("Hanke {number}"))).await.expect("made");
    }
    let ideas = person.get_board(&BoardFilter::default()).await.expect("a board").columns.remove(0);
    assert_eq!((ideas.count, ideas.items.len()), (52, 50));
}

#[tokio::test]
async fn figures_behind_which_few_projects_stand_are_hidden() {
    let app = TestApp::start_alone().await;
    app.advance(SignedDuration::ZERO);
    let world = World::make(&app).await;
    let person = app.nobody();
    for number in 0..3 {
        person.create_project(&NewProject { unit_id: Some(world.unit), ..bare(&format!("Hanke {number}")) }).await.expect("made");
    }
    app.advance(SignedDuration::from_hours(36));
    let person = app.again(&person);
    Worker::new(app.db.clone(), app.clock.clone()).round().expect("all ran out of time");
    let figures = person.get_project_statistics().await.expect("figures");
    let unit = figures.units.iter().find(|row| row.unit_id == world.unit).expect("the unit's");
    assert_eq!(unit.figures.count, 4);
    assert!(unit.figures.rates[0].hidden && unit.figures.rates[0].rate.is_none());
    assert!(unit.figures.days[0].hidden && unit.figures.days[0].median_days.is_none());
    assert_eq!(figures.programmes.iter().map(|row| row.programme_id).collect::<Vec<_>>(), [world.programme]);
    person.create_project(&NewProject { unit_id: Some(world.unit), ..bare("Viides") }).await.expect("made");
    app.advance(SignedDuration::from_hours(36));
    let person = app.again(&person);
    Worker::new(app.db.clone(), app.clock.clone()).round().expect("ran out of time");
    let figures = person.get_project_statistics().await.expect("figures").all;
    assert_eq!((figures.rates[0].rate, figures.rates[0].count), (Some(0.0), 5));
    assert_eq!((figures.days[0].median_days, figures.days[0].term_days), (Some(1.5), Some(1.0)));
}
