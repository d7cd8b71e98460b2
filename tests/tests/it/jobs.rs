//! Work that is due at a time: once, though several nodes look for it and any may die in the middle.

use crate::projects::{bare, refusal};
use backend::db::Conn;
use backend::error::{Error, Result};
use backend::jobs::service::Job;
use backend::jobs::work::Worker;
use backend::projects::service::expiry;
use jiff::{SignedDuration, Timestamp};
use shared::jobs::JobFilter;
use shared::problem::ProblemCode;
use shared::projects::*;
use tests::{Person, TestApp};

fn worker(app: &TestApp) -> Worker {
    Worker::new(app.db.clone(), app.clock.clone())
}

/// One project whose day is over, and its person.
async fn expired(app: &TestApp) -> (Person, Project) {
    app.advance(SignedDuration::ZERO);
    let person = app.nobody();
    let made = person.create_project(&bare("Aika loppui")).await.expect("made");
    app.advance(SignedDuration::from_hours(25));
    (app.again(&person), made)
}

fn fails(_: &mut Conn, _: &Job, _: Timestamp) -> Result<()> {
    Err(Error::Internal("for the test".to_owned()))
}

#[tokio::test]
async fn a_stage_that_is_over_waits_once_though_two_nodes_look() {
    let app = TestApp::start_alone().await;
    let (person, made) = expired(&app).await;
    let nodes: Vec<Worker> = (0..2).map(|_| worker(&app)).collect();
    let ended: usize = std::thread::scope(|scope| {
        let running: Vec<_> = nodes.iter().map(|node| scope.spawn(|| node.round().expect("a round"))).collect();
        running.into_iter().map(|node| node.join().expect("ends")).sum()
    });
    assert_eq!(ended, 1);
    let now = person.get_project(made.id).await.expect("there");
    assert_eq!((now.stage, now.waiting_reason, now.version), (ProjectStage::Waiting, Some(WaitingReason::Expired), 2));
    let period = now.stages.last().expect("a period");
    assert_eq!((now.stages.len(), period.moved_by.as_deref()), (2, None), "nobody moved it");
    assert_eq!(app.rows("jobs", "1 = 1"), 0);
    assert_eq!(nodes[0].round().expect("a round"), 0);
}

#[tokio::test]
async fn nothing_is_done_before_it_is_due() {
    let app = TestApp::start_alone().await;
    app.advance(SignedDuration::ZERO);
    let person = app.nobody();
    let made = person.create_project(&bare("Aikaa on")).await.expect("made");
    app.advance(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
    assert_eq!(worker(&app).round().expect("a round"), 0);
    app.advance(SignedDuration::from_secs(1));
    assert_eq!(worker(&app).round().expect("a round"), 1);
    assert_eq!(app.again(&person).get_project(made.id).await.expect("there").stage, ProjectStage::Waiting);
}

#[tokio::test]
async fn what_a_dead_worker_held_another_does_when_the_lease_is_over() {
    let app = TestApp::start_alone().await;
    let (person, made) = expired(&app).await;
    let (dead, living) = (worker(&app), worker(&app));
    let held = dead.take().expect("asked").expect("something is due");
    assert_eq!(living.round().expect("a round"), 0, "it is held");
    app.advance(SignedDuration::from_secs(50));
    assert!(dead.beat(&held).expect("asked"), "still its own");
    app.advance(SignedDuration::from_secs(50));
    assert_eq!(living.round().expect("a round"), 0, "a sign of life holds it longer");
    app.advance(SignedDuration::from_secs(20));
    assert_eq!(living.round().expect("a round"), 1);
    assert!(!dead.beat(&held).expect("asked"));
    assert!(!dead.attempt(&held, expiry::expire).expect("asked"), "come back from the dead it does nothing");
    assert_eq!(person.get_project(made.id).await.expect("there").stages.len(), 2);
}

#[tokio::test]
async fn an_extension_in_the_meantime_wins() {
    let app = TestApp::start_alone().await;
    let (person, made) = expired(&app).await;
    let node = worker(&app);
    let held = node.take().expect("asked").expect("something is due");
    let more = NewStageExtension { days: 3, reason: "Vielä hetki".to_owned() };
    let extended = app.administrator().extend_project(made.id, 1, &more).await.expect("extended");
    assert!(!node.attempt(&held, expiry::expire).expect("asked"), "no longer its own");
    assert_eq!(node.round().expect("a round"), 0);
    assert_eq!(person.get_project(made.id).await.expect("there").stage, ProjectStage::Idea);
    assert_eq!(Some(app.job_about(made.id.0).due_at), extended.clock.due_at);
    app.advance(SignedDuration::from_hours(24 * 3));
    assert_eq!(node.round().expect("a round"), 1);
}

#[tokio::test]
async fn what_fails_again_and_again_dies_and_can_be_tried_once_more() {
    let app = TestApp::start_alone().await;
    let (person, made) = expired(&app).await;
    let (node, administrator) = (worker(&app), app.administrator());
    let id = app.job_about(made.id.0).id;
    assert_eq!(refusal(administrator.retry_job(id).await), ProblemCode::Conflict, "alive");
    let mut tries = 0;
    while let Some(held) = node.take().expect("asked") {
        assert!(!node.attempt(&held, fails).expect("given back"));
        tries += 1;
        assert!(node.take().expect("asked").is_none(), "not at once again");
        app.advance(SignedDuration::from_hours(6));
    }
    assert_eq!(tries, 7);
    let (person, administrator) = (app.again(&person), app.again(&administrator));
    let dead = JobFilter { dead: Some(true), ..JobFilter::default() };
    let listed = administrator.list_jobs(&dead).await.expect("jobs").items;
    assert_eq!((listed.len(), listed[0].id, listed[0].failure.as_deref()), (1, id, Some("internal")));
    assert_eq!(person.get_project(made.id).await.expect("there").stage, ProjectStage::Idea, "what failed changed nothing");
    assert_eq!(refusal(app.coordinator().list_jobs(&dead).await), ProblemCode::Forbidden);
    let revived = administrator.retry_job(id).await.expect("once more");
    assert_eq!((revived.attempt_count, revived.died_at), (0, None));
    assert_eq!(node.round().expect("a round"), 1);
    assert_eq!(person.get_project(made.id).await.expect("there").stage, ProjectStage::Waiting);
}

#[tokio::test]
async fn a_project_that_goes_away_takes_its_job_with_it() {
    let app = TestApp::start_alone().await;
    let person = app.nobody();
    let made = person.create_project(&bare("Turha")).await.expect("made");
    person.delete_project(made.id, 1).await.expect("gone");
    assert_eq!(app.rows("jobs", "1 = 1"), 0);
}
