//! Which units take a practice up: who decides, what is looked at again and when, and how it is counted.

use jiff::Span;
use jiff::civil::Date;
use reqwest::Method;
use serde_json::{Value, json};
use shared::client::CallError;
use shared::identity::{NewUnit, Sector};
use shared::page::Paging;
use shared::problem::ProblemCode;
use shared::projects::{AdoptionChanges, Decision, NewAdoption, NewRecheck, ProjectCounts, RecheckDue, RecheckState, recheck_due_on};
use shared::{UnitId, format};
use tests::database::{literal, run};
use tests::operations::{World, new_project};
use tests::raw::{problem, status};
use tests::trials::{new_adoption, new_trial};
use tests::{Person, TestApp};

fn refused<T: std::fmt::Debug>(outcome: Result<T, CallError>) -> Option<ProblemCode> {
    outcome.expect_err("a refusal").code()
}

fn days_ago(app: &TestApp, days: i64) -> Date {
    format::day_of(app.clock.now()).checked_sub(Span::new().days(days)).expect("in range")
}

async fn unit(app: &TestApp, world: &World, name: &str) -> UnitId {
    let new = NewUnit {
        organisation_id: world.organisation,
        parent_id: None,
        name: name.to_owned(),
        sector: Sector::Health,
        municipality: "Jyväskylä".to_owned(),
    };
    app.administrator().create_unit(&new).await.expect("a unit").id
}

fn taken_up(unit: UnitId, decision: Decision, from_on: Date) -> NewAdoption {
    NewAdoption { decision, from_on: Some(from_on), ..new_adoption(unit) }
}

fn found(month: i64, state: RecheckState) -> NewRecheck {
    NewRecheck { month, state, note: "Käynnillä".to_owned() }
}

#[tokio::test]
async fn a_unit_is_asked_decides_and_is_looked_at_again() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let member = &world.member;
    let palokka = unit(&app, &world, "Palokka").await;
    let huhtasuo = unit(&app, &world, "Huhtasuo").await;
    let asked = member.create_adoption(world.project, &new_adoption(palokka)).await.expect("asked");
    assert_eq!((asked.unit_name.as_str(), asked.decision, asked.next_recheck), ("Palokka", Decision::Asked, None));
    let free = NewAdoption { guide_name: Some("Toimistopalvelut".to_owned()), ..new_adoption(huhtasuo) };
    member.create_adoption(world.project, &free).await.expect("asked");
    let names: Vec<String> = app
        .nobody()
        .list_adoptions(world.project, &Paging::default())
        .await
        .expect("a list")
        .items
        .into_iter()
        .map(|item| item.unit_name)
        .collect();
    assert_eq!(names, ["Huhtasuo", "Palokka", "Terveysasema"], "by name, with the one of the world");

    let manager = app.unit_manager(palokka);
    let from_on = days_ago(&app, 100);
    let decided = AdoptionChanges {
        decision: Some(Decision::Adapted),
        note: Some("Toimitus vain torstaisin".to_owned()),
        guide_id: Some(Some(member.id())),
        from_on: Some(Some(from_on)),
        ..AdoptionChanges::default()
    };
    let adapted = manager.update_adoption(asked.id, 1, &decided).await.expect("the manager decides");
    let due = |month: i64| recheck_due_on(from_on, month).map(|due_on| RecheckDue { month, due_on });
    assert_eq!((adapted.version, adapted.guide_name.as_deref()), (2, Some(member.account.name.as_str())));
    assert_eq!(adapted.next_recheck, due(3));

    let checked = member.recheck_adoption(asked.id, 2, &found(3, RecheckState::Partly)).await.expect("looked at");
    assert_eq!((checked.version, checked.rechecks.len(), checked.next_recheck), (3, 1, due(6)));
    let again = member.recheck_adoption(asked.id, 3, &found(3, RecheckState::InUse)).await.expect("mended");
    assert_eq!((again.rechecks.len(), again.rechecks[0].state), (1, RecheckState::InUse));
    assert_eq!(app.nobody().get_adoption(asked.id).await.expect("read"), again);
    member.delete_adoption(asked.id, 4).await.expect("deleted with the looks at it");
    assert_eq!(refused(member.get_adoption(asked.id).await), Some(ProblemCode::NotFound));
}

#[tokio::test]
async fn a_look_comes_in_its_time_and_only_at_what_is_in_use() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let member = &world.member;
    let new = taken_up(unit(&app, &world, "Palokka").await, Decision::Adopted, days_ago(&app, 100));
    let adoption = member.create_adoption(world.project, &new).await.expect("adopted");
    let path = format!("/api/v1/adoptions/{}/rechecks", adoption.id);
    let look = |month: i64| {
        let body = json!({"month": month, "state": "in_use"});
        app.send_as(member, Method::POST, &path, &body).header("if-match", "\"v1\"")
    };
    let early = problem(look(6)).await;
    assert_eq!((early.status, early.errors[0].pointer.as_str(), early.errors[0].code.as_str()), (422, "/month", "not_due_yet"));
    let other = problem(look(4)).await;
    assert_eq!((other.status, other.errors[0].code.as_str()), (422, "not_a_recheck_month"));
    let ended = member.recheck_adoption(adoption.id, 1, &found(3, RecheckState::Ended)).await.expect("looked at");
    assert_eq!(ended.next_recheck, None, "what has ended is not looked at again");

    let asked = new_adoption(unit(&app, &world, "Huhtasuo").await);
    let asked = member.create_adoption(world.project, &asked).await.expect("asked");
    let early = member.recheck_adoption(asked.id, 1, &found(3, RecheckState::InUse)).await;
    assert_eq!(refused(early), Some(ProblemCode::Conflict));
}

#[tokio::test]
async fn a_manager_decides_for_the_own_unit_and_for_no_other() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let member = &world.member;
    let (palokka, huhtasuo) = (unit(&app, &world, "Palokka").await, unit(&app, &world, "Huhtasuo").await);
    let new = taken_up(palokka, Decision::Adopted, days_ago(&app, 100));
    let adoption = member.create_adoption(world.project, &new).await.expect("adopted");
    let changes = AdoptionChanges { note: Some("Meillä näin".to_owned()), ..AdoptionChanges::default() };
    let (own, beside) = (app.unit_manager(palokka), app.unit_manager(huhtasuo));
    own.update_adoption(adoption.id, 1, &changes).await.expect("the own unit's");
    for person in [beside.clone(), app.nobody(), app.participant(world.edition), app.auditor()] {
        assert_eq!(refused(person.update_adoption(adoption.id, 2, &changes).await), Some(ProblemCode::Forbidden));
    }
    let other = app.other_administrator();
    assert_eq!(refused(other.update_adoption(adoption.id, 2, &changes).await), Some(ProblemCode::NotFound));
    assert_eq!(refused(other.list_adoptions(world.project, &Paging::default()).await), Some(ProblemCode::NotFound));
    // What is the project's own is for those who work on it.
    for person in [own, beside] {
        let refusals = [
            refused(person.create_adoption(world.project, &new_adoption(huhtasuo)).await),
            refused(person.recheck_adoption(adoption.id, 2, &found(3, RecheckState::InUse)).await),
            refused(person.delete_adoption(adoption.id, 2).await),
        ];
        assert_eq!(refusals, [Some(ProblemCode::Forbidden); 3]);
    }
}

#[tokio::test]
async fn what_breaks_a_rule_is_told_with_its_place() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let member = &world.member;
    let palokka = unit(&app, &world, "Palokka").await;
    let path = format!("/api/v1/projects/{}/adoptions", world.project);
    let gone = app.nobody();
    let administrator = app.administrator();
    let version = administrator.get_account(gone.id()).await.expect("an account").version;
    administrator.deactivate_account(gone.id(), version).await.expect("deactivated");
    let base = json!({"unit_id": palokka, "decision": "considering"});
    let with = |name: &str, value: Value| {
        let mut body = base.clone();
        body[name] = value;
        body
    };
    let cases = [
        (with("unit_id", json!(uuid::Uuid::now_v7())), 422, "/unit_id", "unknown_reference"),
        (with("unit_id", json!(world.unit)), 409, "/unit_id", "duplicate"),
        (with("guide_id", json!(uuid::Uuid::now_v7())), 422, "/guide_id", "unknown_reference"),
        (with("guide_id", json!(gone.id())), 422, "/guide_id", "deactivated"),
        (with("decision", json!("adopted")), 422, "/from_on", "required"),
        (with("from_on", json!("1850-01-01")), 422, "/from_on", "not_in_years"),
    ];
    for (body, expected, pointer, code) in cases {
        let told = problem(app.send_as(member, Method::POST, &path, &body)).await;
        let first = &told.errors[0];
        assert_eq!((told.status, first.pointer.as_str(), first.code.as_str()), (expected, pointer, code), "{body}");
    }
    let two = json!({"unit_id": palokka, "decision": "asked", "guide_id": member.id(), "guide_name": "Aino"});
    let told = problem(app.send_as(member, Method::POST, &path, &two)).await;
    assert_eq!((told.errors[0].pointer.as_str(), told.errors[0].code.as_str()), ("/guide_name", "account_or_name"));
    let adoption = member.create_adoption(world.project, &new_adoption(palokka)).await.expect("asked");
    let own = format!("/api/v1/adoptions/{}", adoption.id);
    for (method, path, body) in [
        (Method::PATCH, own.clone(), json!({"note": "x"})),
        (Method::DELETE, own.clone(), json!({})),
        (Method::POST, format!("{own}/rechecks"), json!({"month": 3, "state": "in_use"})),
    ] {
        let call = || app.send_as(member, method.clone(), &path, &body);
        assert_eq!(status(call()).await, 428, "{method} {path}");
        assert_eq!(status(call().header("if-match", "\"v77\"")).await, 412, "{method} {path}");
    }
    let moved = app.send_as(member, Method::PATCH, &own, &json!({"unit_id": world.unit})).header("if-match", "\"v1\"");
    assert_eq!(status(moved).await, 400, "the unit is fixed");
}

#[tokio::test]
async fn what_others_refer_to_is_not_deleted() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let administrator = app.administrator();
    let palokka = unit(&app, &world, "Palokka").await;
    let adoption = administrator.create_adoption(world.project, &new_adoption(palokka)).await.expect("asked");
    let version = administrator.get_unit(palokka).await.expect("a unit").version;
    assert_eq!(refused(administrator.delete_unit(palokka, version).await), Some(ProblemCode::InUse));
    administrator.delete_adoption(adoption.id, 1).await.expect("deleted");
    administrator.delete_unit(palokka, version).await.expect("nothing refers to it");

    let fresh = || new_project(shared::GroupId(world.group), world.unit, world.member.id());
    let tried = administrator.create_project(&fresh()).await.expect("a project");
    administrator.create_trial(tried.id, &new_trial()).await.expect("a trial");
    assert_eq!(refused(administrator.delete_project(tried.id, tried.version).await), Some(ProblemCode::InUse));
    let spread = administrator.create_project(&fresh()).await.expect("a project");
    let adoption = administrator.create_adoption(spread.id, &new_adoption(world.unit)).await.expect("asked");
    assert_eq!(refused(administrator.delete_project(spread.id, spread.version).await), Some(ProblemCode::InUse));
    administrator.delete_adoption(adoption.id, 1).await.expect("deleted");
    administrator.delete_project(spread.id, spread.version).await.expect("nothing refers to it");
}

/// Puts a project into a stage, whatever it lacks.
fn put(app: &TestApp, project: shared::ProjectId, stage: &str) {
    let (tenant, id) = (literal(&app.db, app.own.id.0), literal(&app.db, project.0));
    run(&app.db, &format!("UPDATE projects SET stage = '{stage}' WHERE tenant_id = {tenant} AND id = {id}")).expect("put");
}

#[tokio::test]
async fn rates_count_projects_by_edition_and_decisions_by_unit() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let administrator = app.administrator();
    let mut projects = vec![world.project];
    for group in [Some(shared::GroupId(world.group)), Some(shared::GroupId(world.group)), None] {
        let new =
            shared::projects::NewProject { group_id: group, ..new_project(shared::GroupId(world.group), world.unit, world.member.id()) };
        projects.push(administrator.create_project(&new).await.expect("a project").id);
    }
    put(&app, projects[1], "in_use");
    put(&app, projects[2], "waiting");
    put(&app, projects[3], "in_use");
    let palokka = unit(&app, &world, "Palokka").await;
    let adoptions = [
        new_adoption(palokka),
        taken_up(palokka, Decision::Adopted, days_ago(&app, 100)),
        taken_up(palokka, Decision::Adapted, days_ago(&app, 100)),
        taken_up(palokka, Decision::Adopted, days_ago(&app, -10)),
    ];
    let mut made = Vec::new();
    for (project, new) in projects.iter().zip(adoptions) {
        made.push(administrator.create_adoption(*project, &new).await.expect("noted"));
    }
    administrator.recheck_adoption(made[2].id, 1, &found(3, RecheckState::Ended)).await.expect("looked at");

    let rates = app.nobody().get_adoption_rates().await.expect("rates");
    let counts = |projects, underway, in_use, waiting| ProjectCounts { projects, underway, in_use, waiting, ..ProjectCounts::default() };
    assert_eq!(rates.total, counts(4, 1, 2, 1));
    assert_eq!(rates.editions.len(), 1);
    assert_eq!((rates.editions[0].edition_id, rates.editions[0].counts), (world.edition, counts(3, 1, 1, 1)));
    assert_eq!(rates.units.iter().map(|unit| unit.unit_name.as_str()).collect::<Vec<_>>(), ["Palokka", "Terveysasema"]);
    let own = &rates.units[0];
    assert_eq!((own.projects, own.waiting, own.in_use, own.ended, own.agreed, own.declined), (4, 1, 1, 1, 1, 0));
    let elsewhere = app.other_administrator().get_adoption_rates().await.expect("rates");
    assert_eq!((elsewhere.total, elsewhere.editions.len(), elsewhere.units.len()), (ProjectCounts::default(), 0, 0));
}

async fn facts(person: &Person, project: shared::ProjectId) -> (i64, i64, i64) {
    let facts = person.get_project(project).await.expect("a project").facts;
    (facts.worked_trial_count, facts.asked_unit_count, facts.in_use_unit_count)
}

#[tokio::test]
async fn a_project_knows_its_trials_and_its_units() {
    use shared::projects::{TrialConclusion, TrialResult};
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let member = &world.member;
    let new = new_project(shared::GroupId(world.group), world.unit, member.id());
    let project = app.administrator().create_project(&new).await.expect("a project").id;
    assert_eq!(facts(member, project).await, (0, 0, 0));
    for (result, worked) in [(TrialResult::Stop, 0), (TrialResult::Adapt, 1), (TrialResult::Works, 2)] {
        let trial = member.create_trial(project, &new_trial()).await.expect("a trial");
        let end = TrialConclusion { result, learnt: "Opittiin".to_owned() };
        member.conclude_trial(trial.id, 1, &end).await.expect("concluded");
        assert_eq!(facts(member, project).await.0, worked);
    }
    member.create_adoption(project, &new_adoption(unit(&app, &world, "Palokka").await)).await.expect("asked");
    member.create_adoption(project, &taken_up(world.unit, Decision::Adopted, days_ago(&app, 1))).await.expect("adopted");
    assert_eq!(facts(member, project).await, (2, 2, 1));
}
