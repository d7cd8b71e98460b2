//! The training story: from a new programme to a published result, and what is refused on the way.

use jiff::civil::date;
use reqwest::Method;
use serde_json::json;
use shared::audit::{AuditAction, AuditFilter};
use shared::identity::{Credentials, LinkRedemption, SessionKind};
use shared::page::Paging;
use shared::policy::{Role, Scope};
use shared::problem::ProblemCode;
use shared::training::results::Hidden;
use shared::training::{
    AssessmentStatus, EditionChanges, EditionCopy, EditionFilter, EditionStatus, EnrolmentChanges, GoalStep, GroupChanges, NewEnrolment,
    NewGroup, NewSelfAssessment, Programme, ProgrammeChanges, Season,
};
use shared::{EditionId, Lang, LocalText, client::CallError};
use tests::operations::new_day;
use tests::raw::{header, problem, send, status};
use tests::training::{answers, new_edition, new_programme};
use tests::{PASSWORD, Person, TestApp, eventually};

fn refused<T: std::fmt::Debug>(outcome: Result<T, CallError>) -> Option<ProblemCode> {
    outcome.expect_err("a refusal").code()
}

/// Enrols by name and address; the invited one sets a password and signs in.
async fn invite_in(
    app: &TestApp,
    facilitator: &Person,
    edition: EditionId,
    email: &str,
) -> (shared::training::Enrolment, shared::client::Client) {
    let new = NewEnrolment { account_id: None, name: Some("Aino Esimerkki".to_owned()), email: Some(email.to_owned()), group_id: None };
    let enrolled = facilitator.enrol(edition, &new).await.expect("enrolled");
    let url = enrolled.link.expect("an invitation").url;
    let token = url.split_once('#').expect("a secret").1.to_owned();
    let redemption = LinkRedemption { token, password: Some(PASSWORD.to_owned()), name: None, email: None };
    app.stranger().redeem_link(&redemption).await.expect("redeemed");
    let client = app.stranger();
    client.sign_in(&Credentials { email: email.to_owned(), password: PASSWORD.to_owned(), kind: SessionKind::Device }).await.expect("in");
    (enrolled.enrolment, client)
}

#[tokio::test]
async fn from_a_new_programme_to_a_published_result() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator();
    let programme = coordinator.create_programme(&new_programme(3)).await.expect("a programme");
    let edition = coordinator.create_edition(&new_edition(programme.id, 1)).await.expect("an edition");
    let facilitator = app.person(&[]);
    let grant = shared::identity::NewGrant {
        account_id: facilitator.id(),
        role: Role::Facilitator,
        scope: Scope::Edition(edition.id),
        valid_from: None,
        valid_to: None,
    };
    coordinator.create_grant(&grant).await.expect("a facilitator");
    let opened = || async { facilitator.create_contact_day(edition.id, &new_day()).await.is_ok() };
    eventually("the facilitator may run the edition", opened).await;

    let (enrolment, aino) = invite_in(&app, &facilitator, edition.id, "aino@example.fi").await;
    let others: Vec<Person> = (0..9).map(|_| app.participant(edition.id)).collect();
    let roster = facilitator.list_enrolments(edition.id, &Paging::default()).await.expect("roster").items;
    assert_eq!(roster.len(), 10);
    name_own_group(&facilitator, &aino, &others[0], edition.id, enrolment.id).await;

    let not_open = aino.save_self_assessment(edition.id, 0, &answers(&programme, &[4])).await;
    assert_eq!(refused(not_open), Some(ProblemCode::AssessmentNotOpen));
    let current = facilitator.get_edition(edition.id).await.expect("edition");
    assert_eq!(refused(others[0].open_assessment(edition.id, current.version).await), Some(ProblemCode::Forbidden));
    let open = facilitator.open_assessment(edition.id, current.version).await.expect("opened");

    let fresh = aino.get_self_assessment(edition.id).await.expect("mine");
    assert_eq!((fresh.version, fresh.answered, fresh.steps.len()), (0, false, 0));
    let saved = aino.save_self_assessment(edition.id, 0, &answers(&programme, &[4, 3, 2])).await.expect("saved");
    assert!(saved.complete && saved.answered);
    let progress = facilitator.get_assessment_progress(edition.id).await.expect("progress");
    assert_eq!((progress.answered_count, progress.enrolled_count), (Some(1), 10));
    for (who, other) in others.iter().enumerate() {
        let steps: &[u8] = if who == 0 { &[4, 3, 2] } else { &[3] };
        other.save_self_assessment(edition.id, 0, &answers(&programme, steps)).await.expect("saved");
    }
    assert_eq!(refused(facilitator.get_edition_results(edition.id).await), Some(ProblemCode::NotFound), "not before it closes");
    let closed = facilitator.close_assessment(edition.id, open.version).await.expect("closed");
    assert_eq!(closed.assessment, AssessmentStatus::Published);

    let results = app.nobody().get_edition_results(edition.id).await.expect("published for all of the tenant");
    assert_eq!((results.overall.n, results.overall.mean, results.overall.hidden), (Some(10), None, Some(Hidden::ProtectsAnother)));
    assert_eq!(results.enrolled_count, 10);
    let of_goal: Vec<_> = results.goals.iter().map(|goal| goal.figures.distribution.clone()).collect();
    assert_eq!(of_goal, [Some(vec![0, 0, 8, 2]), None, Some(vec![0, 2, 8, 0])]);
    let agreed = &results.goals[1].figures;
    assert_eq!((agreed.n, agreed.mean, agreed.hidden), (Some(10), None, Some(Hidden::AllTheSame)));
    let progress = facilitator.get_assessment_progress(edition.id).await.expect("progress");
    assert_eq!(progress.answered_count, Some(10), "as the result says");
    let total = facilitator.get_programme_results(programme.id).await.expect("the programme's");
    assert_eq!((total.overall.mean, total.hidden_edition_count), (None, 1));
    assert_eq!(total.goals.iter().map(|goal| goal.figures.mean).collect::<Vec<_>>(), [Some(3.2), None, Some(2.8)]);

    let late = aino.save_self_assessment(edition.id, 1, &answers(&programme, &[1])).await;
    assert_eq!(refused(late), Some(ProblemCode::AssessmentClosed));
    assert_eq!(refused(facilitator.close_assessment(edition.id, closed.version).await), Some(ProblemCode::AssessmentClosed));
    assert_eq!(refused(facilitator.open_assessment(edition.id, closed.version).await), Some(ProblemCode::AssessmentClosed));
    let mine = aino.get_self_assessment(edition.id).await.expect("mine");
    assert!(mine.answered && mine.steps.is_empty(), "that one has answered stays, the answer does not");
}

/// Only its members and those who run the edition name a group.
async fn name_own_group(
    facilitator: &Person,
    member: &shared::client::Client,
    other: &Person,
    edition: EditionId,
    enrolment: shared::EnrolmentId,
) {
    let group = facilitator.create_group(edition, &NewGroup { name: "Ryhmä 1".to_owned(), lang: Lang::Fi }).await.expect("a group");
    let into = EnrolmentChanges { group_id: Some(Some(group.id)) };
    facilitator.update_enrolment(enrolment, 1, &into).await.expect("in the group");
    let rename = GroupChanges { name: Some("Ketterät kehittäjät".to_owned()), lang: None };
    assert_eq!(refused(other.update_group(group.id, 1, &rename).await), Some(ProblemCode::Forbidden));
    let named = member.update_group(group.id, 1, &rename).await.expect("named");
    assert_eq!(named.name, "Ketterät kehittäjät");
    assert_eq!(refused(facilitator.delete_group(group.id, named.version).await), Some(ProblemCode::InUse));
}

#[tokio::test]
async fn an_answer_leaves_nothing_behind_when_it_is_published() {
    let app = TestApp::start().await;
    let course = app.open_edition_with(6).await_all(&[4, 1, 2]).await;
    let marked = NewSelfAssessment { greeting: "tunnistettava-terveinen".to_owned(), ..answers(&course.programme, &[4, 1, 2]) };
    course.participants[0].save_self_assessment(course.edition.id, 1, &marked).await.expect("changed while open");
    let holding = |text: &str| tests::database::tables_holding(&app.db, app.own.id, text);
    assert_eq!(holding("tunnistettava-terveinen"), ["self_assessments"], "and nowhere else: no trail, no key");
    app.close(course.edition.id);
    assert_eq!(app.rows("self_assessments", "1 = 1"), 0);
    assert_eq!(app.rows("enrolments", "answered"), 6);
    assert!(holding("tunnistettava-terveinen").is_empty(), "six are too few for greetings");

    let trail = app
        .auditor()
        .list_audit_events(&AuditFilter { action: Some(AuditAction::AnswerGiven), ..AuditFilter::default() })
        .await
        .expect("trail");
    assert_eq!(trail.items.len(), 7);
    assert!(trail.items.iter().all(|event| event.fields.is_empty() && event.object_kind == "enrolment"));
    assert!(!serde_json::to_string(&trail.items).expect("JSON").contains("step"), "that an answer was given, never its value");

    let edition = app.literal(course.edition.id.0);
    for change in ["UPDATE result_snapshots SET content = '{}'", "DELETE FROM result_snapshots"] {
        let said = tests::database::run(&app.db, &format!("{change} WHERE edition_id = {edition}")).expect_err("immutable");
        assert!(said.contains("immutable"), "{said}");
    }
}

trait AwaitAll {
    /// All of them answer the same.
    async fn await_all(self, steps: &[u8]) -> Self;
}

impl AwaitAll for tests::training::Course {
    async fn await_all(self, steps: &[u8]) -> Self {
        for who in 0..self.participants.len() {
            self.answer(who, steps).await.expect("saved");
        }
        self
    }
}

#[tokio::test]
async fn a_set_that_is_not_whole_is_kept_but_not_counted() {
    let app = TestApp::start().await;
    let course = app.open_edition_with(6).await_all(&[3]).await;
    let half = NewSelfAssessment { steps: answers(&course.programme, &[1]).steps[..2].to_vec(), greeting: String::new(), lang: Lang::Fi };
    let saved = course.participants[5].save_self_assessment(course.edition.id, 1, &half).await.expect("kept");
    assert!(!saved.complete && saved.steps.len() == 2);
    let progress = course.participants[0].get_assessment_progress(course.edition.id).await.expect("progress");
    assert_eq!(progress.answered_count, Some(5));
    app.close(course.edition.id);
    let results = course.participants[0].get_edition_results(course.edition.id).await.expect("results");
    assert_eq!((results.overall.n, results.overall.mean), (Some(5), Some(3.0)));
}

#[tokio::test]
async fn how_many_answered_is_not_told_of_a_published_edition_that_must_be_hidden() {
    let app = TestApp::start().await;
    let course = app.open_edition_with(4).await_all(&[3]).await;
    let told = async || course.participants[0].get_assessment_progress(course.edition.id).await.expect("progress").answered_count;
    assert_eq!(told().await, Some(4), "while it is open");
    app.close(course.edition.id);
    assert_eq!(told().await, None);
    let path = format!("/api/v1/editions/{}/assessment-progress", course.edition.id);
    let text = tests::raw::send(app.get_as(&course.participants[0], &path)).await.text().await.expect("a body");
    assert!(!text.contains("answered"), "{text}");
}

#[tokio::test]
async fn faulty_answers_are_refused_where_they_stand() {
    let app = TestApp::start().await;
    let course = app.open_edition_with(1);
    let elsewhere = app.programme(1);
    let path = format!("/api/v1/editions/{}/self-assessment", course.edition.id);
    let save = |steps: serde_json::Value| {
        let body = json!({"steps": steps, "greeting": "", "lang": "fi"});
        app.send_as(&course.participants[0], Method::PUT, &path, &body).header("if-match", "\"v0\"")
    };
    let goal = course.programme.goals[0].id;
    for (steps, pointer) in [
        (json!([{"goal_id": goal, "step": 3}, {"goal_id": elsewhere.goals[0].id, "step": 3}]), "/steps/1/goal_id"),
        (json!([{"goal_id": goal, "step": 3}, {"goal_id": goal, "step": 4}]), "/steps/1/goal_id"),
        (json!([{"goal_id": goal, "step": 0}]), "/steps/0/step"),
        (json!([{"goal_id": goal, "step": 5}]), "/steps/0/step"),
    ] {
        let refused = problem(save(steps)).await;
        assert_eq!((refused.status, refused.errors[0].pointer.as_str()), (422, pointer));
    }
    assert_eq!(problem(save(json!([{"goal_id": goal, "step": 2.5}]))).await.status, 400);
    let outsider = app.participant(app.edition(elsewhere.id, 1).id);
    let saved = outsider.save_self_assessment(course.edition.id, 0, &answers(&course.programme, &[3])).await;
    assert_eq!(refused(saved), Some(ProblemCode::Forbidden));
}

#[tokio::test]
async fn a_goal_that_has_been_asked_stays() {
    let app = TestApp::start().await;
    let course = app.open_edition_with(1);
    let coordinator = app.coordinator();
    let without = |programme: &Programme| ProgrammeChanges {
        goals: Some(
            programme.goals[1..].iter().map(|goal| shared::training::NewGoal { id: Some(goal.id), text: goal.text.clone() }).collect(),
        ),
        ..ProgrammeChanges::default()
    };
    let changed = coordinator.update_programme(course.programme.id, 1, &without(&course.programme)).await;
    assert_eq!(refused(changed), Some(ProblemCode::InUse), "while it is being asked");
    app.close(course.edition.id);
    let changed = coordinator.update_programme(course.programme.id, 1, &without(&course.programme)).await;
    assert_eq!(refused(changed), Some(ProblemCode::InUse), "when its results are published");
    let fresh = app.programme(2);
    let changed = coordinator.update_programme(fresh.id, 1, &without(&fresh)).await.expect("never asked");
    assert_eq!(changed.goals.len(), 1);
}

#[tokio::test]
async fn a_copy_has_the_days_and_nobody() {
    let app = TestApp::start().await;
    let course = app.edition_with(2);
    let coordinator = app.coordinator();
    let mut day = new_day();
    day.facilitator_ids = vec![coordinator.id()];
    coordinator.create_contact_day(course.edition.id, &day).await.expect("in winter time");
    (day.starts_at, day.ends_at) =
        ("2027-04-06T06:00:00Z".parse().expect("an instant"), "2027-04-06T12:00:00Z".parse().expect("an instant"));
    coordinator.create_contact_day(course.edition.id, &day).await.expect("in summer time");
    let copy = EditionCopy { number: 2, season: Season::Autumn, year: 2028, first_day_on: date(2028, 9, 5) };
    let edition = coordinator.copy_edition(course.edition.id, &copy).await.expect("copied");
    assert_eq!(
        (edition.status, edition.assessment, edition.places),
        (EditionStatus::Planned, AssessmentStatus::NotOpen, course.edition.places)
    );
    let days = coordinator.list_contact_days(edition.id, &Paging::default()).await.expect("days").items;
    let starts: Vec<_> = days.iter().map(|day| day.starts_at.to_zoned(shared::format::zone()).datetime().to_string()).collect();
    assert_eq!(starts, ["2028-09-05T09:00:00", "2028-10-10T09:00:00"], "nine stays nine over the clock change");
    assert!(coordinator.list_enrolments(edition.id, &Paging::default()).await.expect("roster").items.is_empty());
    assert_eq!(refused(coordinator.copy_edition(course.edition.id, &copy).await), Some(ProblemCode::Duplicate));
}

#[tokio::test]
async fn places_and_people_are_bounded() {
    let app = TestApp::start().await;
    let course = app.edition_with(2);
    let coordinator = app.coordinator();
    let places = |places: i64| EditionChanges { places: Some(places), ..EditionChanges::default() };
    assert_eq!(refused(coordinator.update_edition(course.edition.id, 1, &places(1)).await), Some(ProblemCode::Invalid));
    coordinator.update_edition(course.edition.id, 1, &places(2)).await.expect("as many as there are");
    let new = NewEnrolment { account_id: Some(app.nobody().id()), name: None, email: None, group_id: None };
    assert_eq!(refused(coordinator.enrol(course.edition.id, &new).await), Some(ProblemCode::EditionFull));
    coordinator.update_edition(course.edition.id, 2, &places(3)).await.expect("one more");
    let again = NewEnrolment { account_id: Some(course.participants[0].id()), ..new.clone() };
    assert_eq!(refused(coordinator.enrol(course.edition.id, &again).await), Some(ProblemCode::Duplicate));
    let both = NewEnrolment { name: Some("A B".to_owned()), ..new };
    assert_eq!(refused(coordinator.enrol(course.edition.id, &both).await), Some(ProblemCode::Invalid));
    let filter = EditionFilter { programme_id: Some(course.programme.id), ..EditionFilter::default() };
    let row = coordinator.list_editions(&filter).await.expect("list").items.remove(0);
    assert_eq!((row.enrolled_count, row.programme_name), (2, course.programme.name));
}

#[tokio::test]
async fn the_file_for_a_spreadsheet() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator();
    let mut new = new_programme(1);
    new.goals[0].text = LocalText::fi("=SUMMA(A1)");
    let programme = coordinator.create_programme(&new).await.expect("a programme");
    for (number, people) in [(1, 10), (2, 3)] {
        let edition = app.open(app.edition(programme.id, number));
        for step in (0..people).map(|who| if who % 2 == 0 { 3 } else { 4 }) {
            let step = GoalStep { goal_id: programme.goals[0].id, step };
            let answer = NewSelfAssessment { steps: vec![step], greeting: String::new(), lang: Lang::Fi };
            app.participant(edition.id).save_self_assessment(edition.id, 0, &answer).await.expect("saved");
        }
        app.close(edition.id);
    }
    let path = format!("/api/v1/programmes/{}/results/export", programme.id);
    let response = send(app.get_as(&coordinator, &path).header("accept-language", "fi")).await;
    assert!(header(&response, "content-type").starts_with("text/csv"), "{}", header(&response, "content-type"));
    assert_eq!(header(&response, "cache-control"), "no-store");
    assert!(header(&response, "content-disposition").contains("attachment"));
    let bytes = response.bytes().await.expect("a body");
    assert_eq!(&bytes[..3], [0xef, 0xbb, 0xbf], "a BOM, or spreadsheets take it for Latin-1");
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let of = |number: &str| text.lines().filter(|line| line.starts_with(&format!("{number};"))).collect::<Vec<_>>();
    assert!(of("1").iter().any(|line| line.contains(";'=SUMMA(A1);10;10;100;3,50;0;0;5;5")), "{text}");
    assert_eq!(of("2").len(), 2);
    assert!(of("2").iter().all(|line| line.split(';').skip(6).all(|cell| cell == Lang::Fi.text("csv-hidden"))), "{text}");
    let exported = AuditFilter { action: Some(AuditAction::Exported), ..AuditFilter::default() };
    assert_eq!(app.auditor().list_audit_events(&exported).await.expect("trail").items.len(), 1);
}

#[tokio::test]
async fn a_unit_manager_sees_the_units_people_and_no_answers() {
    let app = TestApp::start().await;
    let world = tests::operations::World::make(&app).await;
    let manager = app.unit_manager(world.unit);
    let filter = shared::training::UnitEnrolmentFilter { unit_id: world.unit, cursor: None, limit: None };
    let places = manager.list_unit_enrolments(&filter).await.expect("the unit's").items;
    assert_eq!(places.len(), 1);
    assert_eq!((places[0].account_id, places[0].email.as_deref()), (world.member.id(), None));
    let path = format!("/api/v1/editions/{}/self-assessment", world.edition);
    assert_eq!(status(app.get_as(&manager, &path)).await, 403);
}

#[tokio::test]
async fn greetings_are_read_from_ten_answers_on() {
    let app = TestApp::start().await;
    let course = app.open_edition_with(10);
    for (who, person) in course.participants.iter().enumerate() {
        let answer = NewSelfAssessment { greeting: format!("terveinen {who}"), ..answers(&course.programme, &[3, 4]) };
        person.save_self_assessment(course.edition.id, 0, &answer).await.expect("saved");
    }
    app.close(course.edition.id);
    let results = course.participants[0].get_edition_results(course.edition.id).await.expect("results");
    let mut texts: Vec<String> = results.greetings.into_iter().map(|greeting| greeting.text).collect();
    texts.sort();
    let mut all: Vec<String> = (0..10).map(|who| format!("terveinen {who}")).collect();
    all.sort();
    assert_eq!(texts, all);
}
