//! From stage to stage: what each asks, what is kept of the way, and two who move the same card.

use crate::projects::{bare, refusal};
use backend::projects::service::moving;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;
use shared::client::{CallError, Called};
use shared::problem::{Problem, ProblemCode};
use shared::projects::ProjectStage::{Continued, Idea, InUse, Spread, Stopped, Trial, Waiting};
use shared::projects::*;
use shared::{ProjectId, UnitId};
use tests::operations::World;
use tests::raw::{header, send};
use tests::{Person, TestApp, all_at_once};

/// A move that says nothing but where to.
pub fn to(stage: ProjectStage) -> ProjectMove {
    ProjectMove::to_stage(stage)
}

fn waiting(reason: WaitingReason) -> ProjectMove {
    ProjectMove { waiting_reason: Some(reason), reason: Some("Päätös puuttuu".to_owned()), ..to(Waiting) }
}

fn problem<T: std::fmt::Debug>(outcome: Called<T>) -> Problem {
    match outcome.expect_err("refused") {
        CallError::Problem(problem) => *problem,
        other => panic!("{other}"),
    }
}

fn lacking<T: std::fmt::Debug>(outcome: Called<T>) -> Vec<Requirement> {
    let problem = problem(outcome);
    assert_eq!(problem.code, ProblemCode::StageNotReady);
    assert!(problem.errors.iter().all(|fault| fault.message.len() > 10), "says how to mend it: {:?}", problem.errors);
    problem.errors.iter().map(|fault| fault.code.parse().expect("a requirement")).collect()
}

/// A project that may go on trial, with its person and the manager behind it.
async fn ready(app: &TestApp, unit: UnitId) -> (Person, Person, Project) {
    let (person, manager) = (app.nobody(), app.unit_manager(unit));
    let made = person.create_project(&NewProject { unit_id: Some(unit), ..bare("Kotijakelu") }).await.expect("made");
    let project = manager.sponsor_project(made.id, 1).await.expect("stands behind it");
    (person, manager, project)
}

/// Puts a project where it could not be brought by the API alone.
fn retold(app: &TestApp, id: ProjectId, stage: ProjectStage) {
    let system = app.system();
    app.db.write(|conn| moving::retell(conn, &system, id, &to(stage))).expect("told");
}

#[tokio::test]
async fn a_trial_asks_for_a_need_an_idea_a_unit_and_its_manager() {
    use Requirement::{Idea as OfIdea, Need, Sponsor, TrialResult, Unit};
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let (person, manager) = (app.nobody(), app.unit_manager(world.unit));
    let empty = NewProject { need: " ".to_owned(), idea: String::new(), ..bare("Kotijakelu") };
    let made = person.create_project(&empty).await.expect("made");
    assert_eq!(lacking(person.move_project(made.id, 1, &to(Trial)).await), [Need, OfIdea, Unit, Sponsor]);
    assert_eq!(made.lacking, [Need, OfIdea, Unit, Sponsor]);
    assert_eq!(refusal(manager.sponsor_project(made.id, 1).await), ProblemCode::Forbidden, "no unit of theirs");
    let said = ProjectChanges {
        need: Some("Hakeminen on vaikeaa".to_owned()),
        idea: Some("Kotiin".to_owned()),
        unit_id: Some(Some(world.unit)),
        ..ProjectChanges::default()
    };
    let said = person.update_project(made.id, 1, &said).await.expect("said");
    assert_eq!(lacking(person.move_project(made.id, 2, &to(Trial)).await), [Sponsor]);
    assert_eq!(refusal(person.sponsor_project(made.id, said.version).await), ProblemCode::Forbidden, "nobody stands behind their own");
    let behind = manager.sponsor_project(made.id, 2).await.expect("stands behind it");
    assert_eq!(behind.sponsor.as_ref().map(|sponsor| sponsor.account_id), Some(manager.id()));
    assert_eq!(refusal(manager.sponsor_project(made.id, 3).await), ProblemCode::Conflict);
    let moved = person.move_project(made.id, 3, &to(Trial)).await.expect("ready");
    assert_eq!((moved.stage, moved.version, moved.lacking.as_slice()), (Trial, 4, [TrialResult].as_slice()));
    assert_eq!(moved.clock.due_at, ClockTerms::default().due_at(Trial, moved.clock.started_at));
    assert_eq!(lacking(person.move_project(made.id, 4, &to(Spread)).await), [TrialResult]);
    assert_eq!(refusal(person.move_project(made.id, 4, &to(InUse)).await), ProblemCode::Conflict, "not over a stage");
    // Another unit has another manager.
    let other = World::make(&app).await.unit;
    let elsewhere = ProjectChanges { unit_id: Some(Some(other)), ..ProjectChanges::default() };
    assert_eq!(person.update_project(made.id, 4, &elsewhere).await.expect("changed").sponsor, None);
}

#[tokio::test]
async fn the_way_is_kept_and_waiting_starts_the_clock_anew() {
    let app = TestApp::start().await;
    app.advance(SignedDuration::ZERO);
    let world = World::make(&app).await;
    let (person, _, project) = ready(&app, world.unit).await;
    let id = project.id;
    let tried = person.move_project(id, 2, &to(Trial)).await.expect("on trial");
    app.advance(SignedDuration::from_hours(50));
    let person = app.again(&person);
    assert_eq!(lacking(person.move_project(id, 3, &to(Waiting)).await), [Requirement::Reason]);
    assert_eq!(refusal(person.move_project(id, 3, &waiting(WaitingReason::Expired)).await), ProblemCode::Invalid, "the clock's alone");
    let waits = person.move_project(id, 3, &waiting(WaitingReason::Decision)).await.expect("waits");
    assert_eq!((waits.stage, waits.waiting_reason, waits.clock.due_at), (Waiting, Some(WaitingReason::Decision), None));
    assert_eq!(refusal(person.move_project(id, 4, &to(InUse)).await), ProblemCode::Conflict, "no further than it was");
    app.advance(SignedDuration::from_hours(24 * 40));
    let person = app.again(&person);
    let back = person.move_project(id, 4, &to(Trial)).await.expect("back where it was");
    assert!(back.clock.due_at > tried.clock.due_at && back.waiting_reason.is_none());
    assert_eq!(back.clock.due_at, ClockTerms::default().due_at(Trial, app.clock.now()));
    let way: Vec<_> = back.stages.iter().map(|period| (period.number, period.stage, period.ended_at.is_some())).collect();
    assert_eq!(way, [(1, Idea, true), (2, Trial, true), (3, Waiting, true), (4, Trial, false)]);
    assert_eq!(back.stages[2].reason.as_deref(), Some("Päätös puuttuu"));
    assert!(back.stages[1..].iter().all(|period| period.moved_by.as_deref() == Some(person.account.name.as_str())));
    assert!(back.stages.windows(2).all(|pair| pair[0].ended_at == Some(pair[1].started_at)), "no gap in it");
}

#[tokio::test]
async fn an_end_says_what_was_learnt_or_where_it_goes_on() {
    let app = TestApp::start().await;
    let person = app.nobody();
    let made = person.create_project(&bare("Ensimmäinen")).await.expect("made").id;
    let next = person.create_project(&bare("Toinen")).await.expect("made").id;
    assert_eq!(lacking(person.move_project(made, 1, &to(Stopped)).await), [Requirement::Learnt]);
    assert_eq!(lacking(person.move_project(made, 1, &to(Continued)).await), [Requirement::FollowUp]);
    let on = |other| ProjectMove { continued_in_id: Some(other), ..to(Continued) };
    assert_eq!(refusal(person.move_project(made, 1, &on(made)).await), ProblemCode::Invalid, "not in itself");
    let gone = person.move_project(made, 1, &on(next)).await.expect("goes on");
    assert_eq!(gone.continued_in_id, Some(next));
    assert_eq!(refusal(person.move_project(next, 1, &on(made)).await), ProblemCode::Invalid, "not in a circle");
    let learnt = ProjectMove { learnt: Some("Torstai sopi.".to_owned()), ..to(Stopped) };
    let stopped = person.move_project(next, 1, &learnt).await.expect("ended");
    assert_eq!((stopped.stage, stopped.learnt.as_deref()), (Stopped, Some("Torstai sopi.")));
    assert_eq!(refusal(person.delete_project(next, 2).await), ProblemCode::Conflict, "no idea any more");
    let again = person.move_project(next, 2, &waiting(WaitingReason::Resources)).await.expect("taken up again");
    assert_eq!(person.move_project(next, again.version, &to(Idea)).await.expect("where it was").stage, Idea);
}

#[tokio::test]
async fn time_is_given_by_those_who_manage_and_it_is_kept_who_and_why() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let (person, manager, project) = ready(&app, world.unit).await;
    let more = NewStageExtension { days: 7, reason: "Kuljetus myöhässä".to_owned() };
    assert_eq!(refusal(person.extend_project(project.id, 2, &more).await), ProblemCode::Forbidden, "not by those who work on it");
    let trial = person.move_project(project.id, 2, &to(Trial)).await.expect("on trial");
    let extended = manager.extend_project(project.id, 3, &more).await.expect("extended");
    let (before, after) = (trial.clock.due_at.expect("due"), extended.clock.due_at.expect("due"));
    assert_eq!(clock::extended(before, 7), Some(after));
    assert_eq!(extended.clock.first_due_at, Some(before));
    let period = extended.stages.last().expect("a period");
    assert_eq!((period.due_at, period.extensions.len()), (Some(after), 1));
    let kept = &period.extensions[0];
    assert_eq!(
        (kept.days, kept.reason.as_str(), kept.granted_by.as_deref()),
        (7, "Kuljetus myöhässä", Some(manager.account.name.as_str()))
    );
    manager.extend_project(project.id, 4, &more).await.expect("once more");
    let waits = person.move_project(project.id, 5, &waiting(WaitingReason::Obstacle)).await.expect("waits");
    assert_eq!(refusal(manager.extend_project(project.id, waits.version, &more).await), ProblemCode::Conflict, "no time to extend");
    let other = app.unit_manager(World::make(&app).await.unit);
    assert_eq!(refusal(other.unsponsor_project(project.id, waits.version).await), ProblemCode::Forbidden);
    let left = manager.unsponsor_project(project.id, waits.version).await.expect("no longer");
    assert_eq!(left.sponsor, None);
    assert_eq!(lacking(person.move_project(project.id, left.version, &to(Trial)).await), [Requirement::Sponsor]);
}

#[tokio::test]
async fn a_full_column_takes_no_more_unless_it_is_told_to() {
    let app = TestApp::start().await;
    let (person, coordinator) = (app.nobody(), app.coordinator());
    let made = |title: &str| bare(title);
    let (first, second) = (person.create_project(&made("A")).await.expect("made"), person.create_project(&made("B")).await.expect("made"));
    let limit = BoardLimit { stage: Waiting, limit: Some(1) };
    assert_eq!(refusal(person.set_board_limit(&limit).await), ProblemCode::Forbidden);
    coordinator.set_board_limit(&limit).await.expect("set");
    person.move_project(first.id, 1, &waiting(WaitingReason::Decision)).await.expect("room for one");
    assert_eq!(refusal(person.move_project(second.id, 1, &waiting(WaitingReason::Decision)).await), ProblemCode::ColumnFull);
    let over = ProjectMove { over_limit: true, ..waiting(WaitingReason::Decision) };
    person.move_project(second.id, 1, &over).await.expect("all the same");
    coordinator.set_board_limit(&BoardLimit { stage: Waiting, limit: None }).await.expect("no bound");
    let third = person.create_project(&made("C")).await.expect("made");
    person.move_project(third.id, 1, &waiting(WaitingReason::Decision)).await.expect("no bound");
}

#[tokio::test]
async fn of_two_who_move_the_same_card_one_wins_and_nothing_is_lost() {
    let app = TestApp::start().await;
    let (one, other) = (app.nobody(), app.nobody());
    let members = vec![NewProjectMember { account_id: other.id(), kind: MemberKind::Member, assigned: false }];
    let made = one.create_project(&NewProject { members, ..bare("Sama kortti") }).await.expect("made").id;
    let stop = ProjectMove { learnt: Some("Opittiin".to_owned()), ..to(Stopped) };
    let moves = [(one.clone(), waiting(WaitingReason::Decision)), (other.clone(), stop)];
    let outcomes = all_at_once(moves.map(|(who, step)| async move { who.move_project(made, 1, &step).await })).await;
    let won: Vec<Project> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok().cloned()).collect();
    assert_eq!(won.len(), 1);
    let lost = outcomes.into_iter().find(Result::is_err).expect("one");
    assert_eq!(refusal(lost), ProblemCode::Stale);
    let now = one.get_project(made).await.expect("there");
    assert_eq!((now.stage, now.version, now.stages.len()), (won[0].stage, 2, 2), "one move, one period");
}

#[tokio::test]
async fn a_move_that_is_sent_twice_with_its_key_happens_once() {
    let app = TestApp::start().await;
    let person = app.nobody();
    let made = person.create_project(&bare("Kahdesti")).await.expect("made").id;
    let path = format!("/api/v1/projects/{made}/move");
    let body = json!({"to": "waiting", "waiting_reason": "decision"});
    let send_once = || async {
        let request = app.send_as(&person, Method::POST, &path, &body);
        let response = send(request.header("if-match", "\"v1\"").header("idempotency-key", "k-1")).await;
        (response.status().as_u16(), header(&response, "etag"), response.text().await.expect("a body"))
    };
    let (first, second) = (send_once().await, send_once().await);
    assert_eq!(first.0, 200, "{}", first.2);
    assert_eq!(first, second, "the lost answer again");
    assert_eq!(person.get_project(made).await.expect("there").stages.len(), 2);
}

#[tokio::test]
async fn a_programme_says_how_long_its_stages_take_and_running_clocks_go_on() {
    let app = TestApp::start().await;
    app.advance(SignedDuration::ZERO);
    let world = World::make(&app).await;
    let coordinator = app.coordinator_of(world.programme);
    let before = coordinator.get_project(world.project).await.expect("there");
    let changes = ClockTermsChanges { idea_hours: Some(72), ..ClockTermsChanges::default() };
    let terms = coordinator.get_clock_terms(world.programme).await.expect("terms");
    let terms = coordinator.update_clock_terms(world.programme, terms.version, &changes).await.expect("changed");
    assert_eq!((terms.idea_hours, terms.trial_days), (72, clock::TRIAL_DAYS));
    let wrong = ClockTermsChanges { trial_days: Some(0), ..ClockTermsChanges::default() };
    assert_eq!(refusal(coordinator.update_clock_terms(world.programme, terms.version, &wrong).await), ProblemCode::Invalid);
    let new = NewProject { group_id: Some(shared::GroupId(world.group)), ..bare("Uusi") };
    let made = app.facilitator(world.edition).create_project(&new).await.expect("made");
    assert_eq!(made.clock.due_at, Some(app.clock.now() + SignedDuration::from_hours(72)));
    assert_eq!(coordinator.get_project(world.project).await.expect("there").clock, before.clock);
    let elsewhere = app.nobody().create_project(&bare("Muualla")).await.expect("made");
    assert_eq!(elsewhere.clock.due_at, Some(app.clock.now() + SignedDuration::from_hours(clock::IDEA_HOURS)));
}

#[tokio::test]
async fn what_is_retold_needs_nothing_and_is_watched_like_the_rest() {
    let app = TestApp::start().await;
    let person = app.nobody();
    let made = person.create_project(&bare("Ennen")).await.expect("made").id;
    retold(&app, made, Trial);
    retold(&app, made, Spread);
    let spreads = person.get_project(made).await.expect("there");
    assert_eq!(Some(app.job_about(made.0).due_at), spreads.clock.due_at);
    retold(&app, made, InUse);
    assert_eq!(person.get_project(made).await.expect("there").clock.due_at, None);
    assert_eq!(app.rows("jobs", "1 = 1"), 0, "nothing left to watch");
}
