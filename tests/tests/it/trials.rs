//! Trials of a project: from a hypothesis to what was learnt, what their figures tell and whom, and what is refused.

use reqwest::Method;
use serde_json::{Value, json};
use shared::client::CallError;
use shared::page::Paging;
use shared::policy::ApiScope;
use shared::problem::ProblemCode;
use shared::projects::{
    Design, EffectKind, MEASUREMENTS_MAX, MeasurementChanges, NewMeasurement, Sample, SampleChanges, TRIALS_MAX, Trial, TrialChanges,
    TrialConclusion, TrialResult, Verdict,
};
use shared::{Lang, ProjectId};
use tests::operations::World;
use tests::raw::{header, problem, send, status};
use tests::trials::{new_measurement, new_trial};
use tests::{Person, TestApp};

fn refused<T: std::fmt::Debug>(outcome: Result<T, CallError>) -> Option<ProblemCode> {
    outcome.expect_err("a refusal").code()
}

fn conclusion(result: TrialResult) -> TrialConclusion {
    TrialConclusion { result, learnt: "Torstai sopi kuljetukselle, maanantai ei.".to_owned() }
}

/// A trial in a project of which `member` is one.
async fn trial_in(member: &Person, project: ProjectId) -> Trial {
    member.create_trial(project, &new_trial()).await.expect("a trial")
}

/// What somebody reads at an address, as text.
async fn text(app: &TestApp, token: &str, path: &str) -> String {
    let response = send(app.request(Method::GET, path).bearer_auth(token)).await;
    assert_eq!(response.status(), 200, "{path}");
    response.text().await.expect("a body")
}

#[tokio::test]
async fn from_a_hypothesis_to_what_was_learnt() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let (member, reader) = (&world.member, app.nobody());
    let trial = trial_in(member, world.project).await;
    assert_eq!((trial.version, trial.result, trial.learnt.as_str(), trial.concluded_at), (1, None, "", None));
    let changes = TrialChanges { participant_count: Some(None), ends_on: Some(None), ..TrialChanges::default() };
    let changed = member.update_trial(trial.id, 1, &changes).await.expect("changed");
    assert_eq!((changed.participant_count, changed.ends_on, changed.version), (None, None, 2));

    // Student's ten patients.
    let before = Sample::of_values([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]);
    let after = Sample::of_values([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);
    let measured = NewMeasurement { design: Design::Paired, ..new_measurement(before, after) };
    let measurement = member.create_measurement(trial.id, &measured).await.expect("measured");
    assert_eq!(measurement.before, Some(measured.before.clone()), "who works on it gets back what was measured");

    let concluded = member.conclude_trial(trial.id, 3, &conclusion(TrialResult::Works)).await.expect("concluded");
    assert_eq!((concluded.result, concluded.version), (Some(TrialResult::Works), 4));
    assert!(concluded.concluded_at.is_some());

    let read = reader.get_trial(trial.id).await.expect("read");
    let effect = &read.measurements[0].effect;
    let figures = effect.figures.expect("figures");
    assert_eq!((effect.kind, effect.verdict), (EffectKind::Paired, Verdict::Better));
    assert!((figures.difference - 1.58).abs() < 1e-9 && (figures.low - 0.7001).abs() < 1e-4 && (figures.high - 2.4599).abs() < 1e-4);
    assert_eq!(effect.sentences(Lang::Fi)[0], "Keskiarvo nousi 1,6; 10 vastauksella muutos voi olla mitä tahansa 0,7:n ja 2,5:n väliltä.");
    let all = reader.list_trials(world.project, &Paging::default()).await.expect("trials").items;
    assert_eq!(all.last().map(|last| last.id), Some(trial.id), "the newest is last");
    assert_eq!(all.last(), Some(&read));
}

#[tokio::test]
async fn what_is_concluded_stays_until_it_is_opened_again_and_a_stopped_trial_tells_what_was_learnt() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let member = &world.member;
    let trial = trial_in(member, world.project).await;
    let measured = new_measurement(Sample::of_proportion(48, 80), Sample::of_proportion(56, 70));
    let measurement = member.create_measurement(trial.id, &measured).await.expect("measured");
    let silent = TrialConclusion { learnt: " \n".to_owned(), ..conclusion(TrialResult::Stop) };
    let path = format!("/api/v1/trials/{}/conclude", trial.id);
    let request = app.send_as(member, Method::POST, &path, &serde_json::to_value(&silent).expect("JSON")).header("if-match", "\"v2\"");
    let told = problem(request).await;
    assert_eq!((told.status, told.errors[0].pointer.as_str(), told.errors[0].code.as_str()), (422, "/learnt", "required"));

    let concluded = member.conclude_trial(trial.id, 2, &conclusion(TrialResult::Adapt)).await.expect("concluded");
    let version = concluded.version;
    let changes = TrialChanges { measure: Some("Muu".to_owned()), ..TrialChanges::default() };
    assert_eq!(refused(member.update_trial(trial.id, version, &changes).await), Some(ProblemCode::TrialConcluded));
    assert_eq!(refused(member.conclude_trial(trial.id, version, &conclusion(TrialResult::Works)).await), Some(ProblemCode::TrialConcluded));
    assert_eq!(refused(member.create_measurement(trial.id, &measured).await), Some(ProblemCode::TrialConcluded));
    let renamed = MeasurementChanges { name: Some("Muu".to_owned()), ..MeasurementChanges::default() };
    assert_eq!(refused(member.update_measurement(measurement.id, 1, &renamed).await), Some(ProblemCode::TrialConcluded));
    assert_eq!(refused(member.delete_measurement(measurement.id, 1).await), Some(ProblemCode::TrialConcluded));

    let open = member.reopen_trial(trial.id, version).await.expect("open");
    assert_eq!((open.result, open.concluded_at, open.learnt.is_empty()), (None, None, false), "what was learnt stays written");
    assert_eq!(refused(member.reopen_trial(trial.id, open.version).await), Some(ProblemCode::Conflict));
    member.delete_measurement(measurement.id, 1).await.expect("deleted");
    let version = member.get_trial(trial.id).await.expect("read").version;
    member.conclude_trial(trial.id, version, &conclusion(TrialResult::Stop)).await.expect("stopped");
    let read = app.nobody().get_trial(trial.id).await.expect("published like any other");
    assert_eq!((read.result, read.learnt), (Some(TrialResult::Stop), conclusion(TrialResult::Stop).learnt));
}

#[tokio::test]
async fn what_was_measured_is_for_those_who_work_on_the_project() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let member = &world.member;
    let trial = trial_in(member, world.project).await;
    let values = [3.271_592, 2.918_281, 1.314_213, 1.732_05, 2.236_067];
    let measured = new_measurement(Sample::of_values(values), Sample::of_summary(4.0, 0.577_215, 30));
    let measurement = member.create_measurement(trial.id, &measured).await.expect("measured");
    let own = format!("/api/v1/measurements/{}", measurement.id);
    let told = [format!("/api/v1/trials/{}", trial.id), format!("/api/v1/projects/{}/trials", world.project)];
    let program = app.program(world.organisation, ApiScope::ALL).token().await;
    let others = [app.nobody().token(), app.participant(world.edition).token(), app.auditor().token(), program];
    for token in &others {
        assert_eq!(status(app.request(Method::GET, &own).bearer_auth(token)).await, 403);
    }
    for token in others.iter().chain([&member.token()]) {
        for path in &told {
            let text = text(&app, token, path).await;
            assert!(text.contains("\"figures\":{"), "{text}");
            let raw = values.iter().map(f64::to_string).chain(["0.577215".to_owned(), "\"values\"".to_owned(), "\"summary\"".to_owned()]);
            for raw in raw {
                assert!(!text.contains(&raw), "{path} tells {raw}: {text}");
            }
        }
    }
    for person in [member.clone(), app.facilitator(world.edition), app.administrator(), app.unit_manager(world.unit)] {
        assert_eq!(person.get_measurement(measurement.id).await.expect("read").before, Some(measured.before.clone()));
    }
}

#[tokio::test]
async fn below_five_people_no_figure_comes_out() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let (member, reader) = (&world.member, app.nobody());
    let four = Sample::of_values([2.25, 3.25, 4.25, 5.25]);
    let many = Sample::of_values([3.375, 4.375, 5.375, 6.375, 7.375, 8.375]);
    let small = [
        (Design::Independent, four.clone(), many.clone()),
        (Design::Independent, many.clone(), four.clone()),
        (Design::Paired, four.clone(), four.clone()),
        (Design::Independent, Sample::of_summary(4.25, 1.125, 4), Sample::of_summary(5.25, 1.125, 400)),
        (Design::Independent, Sample::of_proportion(777, 888), Sample::of_proportion(1, 4)),
    ];
    let trial = trial_in(member, world.project).await;
    for (design, before, after) in small {
        let measured = NewMeasurement { design, ..new_measurement(before, after) };
        let made = member.create_measurement(trial.id, &measured).await.expect("measured");
        assert_eq!((made.effect.verdict, made.effect.figures), (Verdict::TooFew, None));
    }
    for path in [format!("/api/v1/trials/{}", trial.id), format!("/api/v1/projects/{}/trials", world.project)] {
        let read: Value = serde_json::from_str(&text(&app, &reader.token(), &path).await).expect("JSON");
        let found = read["items"].as_array().map_or(&read, |items| items.last().expect("the trial"));
        let measurements = found["measurements"].as_array().expect("measurements");
        assert_eq!(measurements.len(), 5);
        for measurement in measurements {
            let mut members: Vec<&str> = measurement["effect"].as_object().expect("an effect").keys().map(String::as_str).collect();
            members.sort_unstable();
            assert_eq!(members, ["kind", "verdict"]);
            assert_eq!(measurement["effect"]["verdict"], "too_few");
            assert!(measurement.get("before").is_none() && measurement.get("after").is_none(), "{measurement}");
        }
    }
    // One more person, and it is told.
    let five = Sample::of_values([2.25, 3.25, 4.25, 5.25, 6.25]);
    let shown = member.create_measurement(trial.id, &new_measurement(five, many)).await.expect("measured");
    assert!(shown.effect.figures.is_some());
}

#[tokio::test]
async fn only_those_who_work_on_the_project_write_and_other_tenants_find_nothing() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let trial = trial_in(&world.member, world.project).await;
    let measured = new_measurement(Sample::of_proportion(1, 9), Sample::of_proportion(5, 9));
    let measurement = world.member.create_measurement(trial.id, &measured).await.expect("measured");
    let end = conclusion(TrialResult::Works);
    for (person, expected) in [
        (app.nobody(), ProblemCode::Forbidden),
        (app.participant(world.edition), ProblemCode::Forbidden),
        (app.auditor(), ProblemCode::Forbidden),
        (app.other_administrator(), ProblemCode::NotFound),
    ] {
        let refusals = [
            refused(person.create_trial(world.project, &new_trial()).await),
            refused(person.update_trial(trial.id, 2, &TrialChanges::default()).await),
            refused(person.conclude_trial(trial.id, 2, &end).await),
            refused(person.reopen_trial(trial.id, 2).await),
            refused(person.create_measurement(trial.id, &measured).await),
            refused(person.get_measurement(measurement.id).await),
            refused(person.update_measurement(measurement.id, 1, &MeasurementChanges::default()).await),
            refused(person.delete_measurement(measurement.id, 1).await),
        ];
        assert_eq!(refusals, [Some(expected); 8]);
    }
    let stranger = app.other_administrator();
    assert_eq!(refused(stranger.get_trial(trial.id).await), Some(ProblemCode::NotFound));
    assert_eq!(refused(stranger.list_trials(world.project, &Paging::default()).await), Some(ProblemCode::NotFound));
}

#[tokio::test]
async fn changes_say_which_version_they_are_about() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let member = &world.member;
    let trial = trial_in(member, world.project).await;
    let measured = new_measurement(Sample::of_proportion(1, 9), Sample::of_proportion(5, 9));
    let measurement = member.create_measurement(trial.id, &measured).await.expect("measured");
    let (of_trial, of_measurement) = (format!("/api/v1/trials/{}", trial.id), format!("/api/v1/measurements/{}", measurement.id));
    let end = serde_json::to_value(conclusion(TrialResult::Works)).expect("JSON");
    let calls = [
        (Method::PATCH, of_trial.clone(), json!({"measure": "Muu"})),
        (Method::POST, format!("{of_trial}/conclude"), end),
        (Method::POST, format!("{of_trial}/reopen"), json!({})),
        (Method::PATCH, of_measurement.clone(), json!({"name": "Muu"})),
        (Method::DELETE, of_measurement.clone(), json!({})),
    ];
    for (method, path, body) in calls {
        let call = || app.send_as(member, method.clone(), &path, &body);
        assert_eq!(status(call()).await, 428, "{method} {path}");
        let stale = problem(call().header("if-match", "\"v77\"")).await;
        assert_eq!(stale.status, 412, "{method} {path}");
    }
    for (path, version) in [(of_trial, "\"v2\""), (of_measurement, "\"v1\"")] {
        let etag = header(&send(app.get_as(member, &path)).await, "etag");
        assert_eq!(etag, version, "a measurement is read with its trial, and is a version of it");
    }
}

#[tokio::test]
async fn what_breaks_a_rule_is_told_with_its_place() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let member = &world.member;
    let trial = trial_in(member, world.project).await;
    let base = serde_json::to_value(new_measurement(Sample::of_values([1.0, 2.0]), Sample::of_values([2.0, 3.0]))).expect("JSON");
    let with = |changes: Value| {
        let mut body = base.clone();
        changes.as_object().expect("changes").iter().for_each(|(name, value)| body[name] = value.clone());
        body
    };
    let path = format!("/api/v1/trials/{}/measurements", trial.id);
    let cases = [
        (with(json!({"name": " "})), "/name", "required"),
        (with(json!({"before": {}})), "/before", "one_form"),
        (with(json!({"before": {"values": []}})), "/before/values", "required"),
        (with(json!({"before": {"values": [1e10]}})), "/before/values", "number_too_large"),
        (with(json!({"after": {"proportion": {"successes": 4, "n": 3}}})), "/after/proportion/successes", "out_of_range"),
        (with(json!({"after": {"proportion": {"successes": 1, "n": 3}}})), "/after", "other_kind"),
        (
            with(json!({"after": {"summary": {"mean": 1, "standard_deviation": -1, "n": 3}}})),
            "/after/summary/standard_deviation",
            "negative",
        ),
        (with(json!({"design": "paired", "after": {"values": [1]}})), "/after", "pairs_differ_in_number"),
        (with(json!({"scale": {"min": 1, "max": 2}})), "/after", "not_on_scale"),
        (with(json!({"scale": {"min": 5, "max": 5}})), "/scale/max", "scale_ends_before_start"),
    ];
    for (body, pointer, code) in cases {
        let told = problem(app.send_as(member, Method::POST, &path, &body)).await;
        let found = told.errors.iter().any(|fault| fault.pointer == pointer && fault.code == code);
        assert!(told.status == 422 && found, "{body}: {told:?}");
        assert!(told.errors.iter().all(|fault| !fault.message.is_empty() && !fault.message.starts_with("fault-")), "{told:?}");
    }
    let typed = with(json!({"effect": {"kind": "means", "verdict": "better"}}));
    assert_eq!(status(app.send_as(member, Method::POST, &path, &typed)).await, 400, "an effect is never typed");
    let mut backwards = serde_json::to_value(new_trial()).expect("JSON");
    backwards["ends_on"] = json!("2019-02-05");
    let told = problem(app.send_as(member, Method::POST, &format!("/api/v1/projects/{}/trials", world.project), &backwards)).await;
    assert_eq!((told.errors[0].pointer.as_str(), told.errors[0].code.as_str()), ("/ends_on", "ends_before_start"));
}

#[tokio::test]
async fn a_side_changes_its_form_only_when_the_old_one_is_taken_away() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let member = &world.member;
    let trial = trial_in(member, world.project).await;
    let measured = new_measurement(Sample::of_values([1.0, 2.0, 3.0, 4.0, 5.0]), Sample::of_summary(4.0, 1.0, 20));
    let measurement = member.create_measurement(trial.id, &measured).await.expect("measured");
    let mean = Sample::of_summary(3.0, 1.0, 20);
    let beside = SampleChanges { summary: Some(mean.summary), ..SampleChanges::default() };
    let both = MeasurementChanges { before: Some(beside), ..MeasurementChanges::default() };
    assert_eq!(refused(member.update_measurement(measurement.id, 1, &both).await), Some(ProblemCode::Invalid));
    let instead = MeasurementChanges { before: Some(mean.clone().into()), ..MeasurementChanges::default() };
    let changed = member.update_measurement(measurement.id, 1, &instead).await.expect("changed");
    assert_eq!((changed.before, changed.version), (Some(mean), 2));
}

#[tokio::test]
async fn there_is_room_for_so_many() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let member = &world.member;
    let trial = trial_in(member, world.project).await;
    let measured = new_measurement(Sample::of_proportion(1, 9), Sample::of_proportion(5, 9));
    for _ in 0..MEASUREMENTS_MAX {
        member.create_measurement(trial.id, &measured).await.expect("measured");
    }
    assert_eq!(refused(member.create_measurement(trial.id, &measured).await), Some(ProblemCode::LimitReached));
    let there = member.list_trials(world.project, &Paging::default()).await.expect("trials").items.len();
    for _ in i64::try_from(there).expect("few")..TRIALS_MAX {
        trial_in(member, world.project).await;
    }
    assert_eq!(refused(member.create_trial(world.project, &new_trial()).await), Some(ProblemCode::LimitReached));
}

#[tokio::test]
async fn a_project_is_told_anew_when_a_trial_of_it_has_worked() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let member = &world.member;
    let path = format!("/api/v1/projects/{}", world.project);
    let etag = |response: &reqwest::Response| response.headers()["etag"].to_str().expect("text").to_owned();
    let known = etag(&send(app.get_as(member, &path)).await);
    assert_eq!(status(app.get_as(member, &path).header("if-none-match", &known)).await, 304);
    let trial = trial_in(member, world.project).await;
    member.conclude_trial(trial.id, trial.version, &conclusion(TrialResult::Works)).await.expect("concluded");
    let anew = send(app.get_as(member, &path).header("if-none-match", &known)).await;
    assert_eq!(anew.status(), 200, "it lacks less than it did, though nobody has changed its text");
    let change = app.request(Method::PATCH, &path).bearer_auth(member.token()).header("if-match", etag(&anew));
    let change = change.header("content-type", "application/merge-patch+json").body(json!({"theme": "Kotihoito"}).to_string());
    assert_eq!(status(change).await, 200, "and is changed by what it was told with");
}
