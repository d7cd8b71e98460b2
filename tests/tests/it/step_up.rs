//! B9: what gives roles, shows secrets, changes how somebody signs in or writes data into a file asks for a proof of at most five minutes.

use backend::policy::{STEP_UP, WITHOUT_SECOND_FACTOR};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;
use shared::audit::{AuditAction, AuditFilter};
use shared::identity::{Confirmation, NewGrant};
use shared::policy::{Role, Scope};
use shared::problem::ProblemCode;
use tests::factor::{Guarded, HALF_MINUTE};
use tests::operations::{Operation, World, document, operations};
use tests::raw::{header, problem, send, status};
use tests::{PASSWORD, Person, TestApp, eventually};

const FIVE_MINUTES: SignedDuration = SignedDuration::from_mins(5);

fn password(text: &str) -> Confirmation {
    Confirmation { password: Some(text.to_owned()), ..Confirmation::default() }
}

fn code(text: String) -> Confirmation {
    Confirmation { code: Some(text), ..Confirmation::default() }
}

async fn refusal(app: &TestApp, world: &World, operation: &Operation, person: &Person) -> Option<ProblemCode> {
    let response = send(world.call(app, operation, Some(&person.token()))).await;
    response.json::<shared::Problem>().await.ok().map(|problem| problem.code)
}

#[tokio::test]
async fn b9_each_operation_of_the_table_asks_for_a_fresh_proof_and_no_other_does() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let world = World::make(&app).await;
    let administrator = app.administrator();
    app.advance(FIVE_MINUTES);
    let mut asked = Vec::new();
    for operation in operations().into_iter().filter(|operation| !operation.visitor && !operation.id.starts_with("sign_out")) {
        if refusal(&app, &world, &operation, &administrator).await == Some(ProblemCode::StepUpRequired) {
            asked.push(operation.id);
        }
    }
    asked.sort();
    assert_eq!(asked, STEP_UP);
}

#[test]
fn b9_the_document_says_which_operations_ask_for_it() {
    let document = document();
    let mut marked = Vec::new();
    for item in document["paths"].as_object().expect("paths").values() {
        for operation in item.as_object().expect("an item").values() {
            if operation["x-step-up-seconds"] == json!(300) {
                assert!(operation["responses"]["401"]["description"].as_str().expect("text").contains("step_up_required"));
                marked.push(operation["operationId"].as_str().expect("an id").to_owned());
            }
        }
    }
    marked.sort();
    assert_eq!(marked, STEP_UP);
    let known: Vec<String> = operations().into_iter().map(|operation| operation.id).collect();
    for named in STEP_UP.iter().chain(WITHOUT_SECOND_FACTOR) {
        assert!(known.iter().any(|id| id == named), "{named} is no operation");
    }
}

#[tokio::test]
async fn b9_a_proof_is_good_for_five_minutes_of_its_own_session() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let (administrator, person) = (app.administrator(), app.nobody());
    let elsewhere = app.sign_in(&app.own, administrator.account.clone());
    let new = NewGrant { account_id: person.id(), role: Role::Auditor, scope: Scope::Tenant, valid_from: None, valid_to: None };
    administrator.create_grant(&new).await.expect("just signed in");
    app.advance(FIVE_MINUTES - SignedDuration::from_secs(1));
    administrator.create_grant(&new).await.expect("not yet five minutes");
    app.advance(SignedDuration::from_secs(1));
    let body = serde_json::to_value(&new).expect("json");
    let refused = send(app.send_as(&administrator, Method::POST, "/api/v1/grants", &body)).await;
    assert_eq!(refused.status(), 401);
    let asks = header(&refused, "www-authenticate");
    assert!(asks.starts_with("Bearer error=\"insufficient_user_authentication\"") && asks.contains("max_age=\"300\""), "{asks}");
    assert_eq!(refused.json::<shared::Problem>().await.expect("a problem").code, ProblemCode::StepUpRequired);

    administrator.confirm_session(&password(PASSWORD)).await.expect("proved");
    administrator.create_grant(&new).await.expect("at once");
    let other = elsewhere.create_grant(&new).await.expect_err("another session proves for itself");
    assert_eq!(other.code(), Some(ProblemCode::StepUpRequired));
    app.advance(FIVE_MINUTES);
    assert!(administrator.create_grant(&new).await.is_err(), "and again after five minutes");
}

#[tokio::test]
async fn a_renewed_token_is_no_proof() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let administrator = app.administrator();
    let person = app.nobody();
    app.advance(FIVE_MINUTES * 3);
    administrator.refresh().await.expect("renewed");
    let refused = administrator.make_account_link(person.id()).await.expect_err("no proof");
    assert_eq!(refused.code(), Some(ProblemCode::StepUpRequired));
}

#[tokio::test]
async fn where_there_is_a_second_factor_the_password_proves_nothing() {
    let app = TestApp::start().await;
    let Guarded { person, phone, recovery_codes } = app.guard(app.administrator()).await;
    app.advance(FIVE_MINUTES);
    let whom = app.nobody().id();
    let refused = person.confirm_session(&password(PASSWORD)).await.expect_err("the password alone");
    assert_eq!(refused.code(), Some(ProblemCode::Invalid));
    assert!(person.make_account_link(whom).await.is_err());
    let wrong = person.confirm_session(&code("000000".to_owned())).await.expect_err("wrong");
    assert_eq!(wrong.code(), Some(ProblemCode::WrongCode));
    assert!(person.make_account_link(whom).await.is_err());
    let shown = phone.code(app.clock.now());
    person.confirm_session(&code(shown.clone())).await.expect("proved");
    person.make_account_link(whom).await.expect("fresh");
    let replay = person.confirm_session(&code(shown)).await.expect_err("a code works once");
    assert_eq!(replay.code(), Some(ProblemCode::WrongCode));
    app.advance(FIVE_MINUTES + HALF_MINUTE);
    let recovery = Confirmation { recovery_code: Some(recovery_codes[0].clone()), ..Confirmation::default() };
    person.refresh().await.expect("renewed");
    person.confirm_session(&recovery).await.expect("proved by a recovery code");
    person.make_account_link(whom).await.expect("fresh");
    assert!(person.confirm_session(&recovery).await.is_err(), "which works once");
}

#[tokio::test]
async fn wrong_proofs_are_counted_as_wrong_passwords_are() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let person = app.nobody();
    let body = |text: &str| json!({ "password": text });
    let confirm = |text: &str| app.send_as(&person, Method::POST, "/api/v1/sessions/current/confirm", &body(text));
    for n in 0..5 {
        let refused = problem(confirm("aivan toinen salasana")).await;
        assert_eq!((refused.status, refused.code), (401, ProblemCode::WrongCredentials), "{n}");
        assert_eq!(refused.errors[0].pointer, "/password");
        let change = json!({"current_password": "aivan toinen salasana", "new_password": "kolme märkää kumisaapasta"});
        assert_eq!(status(app.send_as(&person, Method::POST, "/api/v1/me/password", &change)).await, 422);
    }
    assert_eq!(status(confirm(PASSWORD)).await, 429);
    let refused = AuditFilter { action: Some(AuditAction::PasswordRefused), ..AuditFilter::default() };
    assert_eq!(app.auditor().list_audit_events(&refused).await.expect("trail").items.len(), 10);
    app.advance(SignedDuration::from_secs(901));
    person.refresh().await.expect("renewed");
    person.confirm_session(&password(PASSWORD)).await.expect("after the wait");
}

#[tokio::test]
async fn a_proof_counts_at_once_though_the_caller_is_remembered() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let (administrator, whom) = (app.administrator(), app.nobody().id());
    app.advance(FIVE_MINUTES);
    for _ in 0..3 {
        administrator.get_me().await.expect("remembered from now on");
        assert!(administrator.make_account_link(whom).await.is_err());
        administrator.confirm_session(&password(PASSWORD)).await.expect("proved");
        administrator.make_account_link(whom).await.expect("counts at once");
        app.advance(FIVE_MINUTES);
        administrator.refresh().await.expect("renewed");
    }
    administrator.sign_out().await.expect("out");
    eventually("nothing is left", || async { administrator.get_me().await.is_err() }).await;
}
