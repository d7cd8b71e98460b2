//! What the document says of each operation beyond its shape, compared with what really happens.

use backend::operations::recorded;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use shared::audit::AuditAction;
use shared::policy::ApiScope;
use tests::database::{lines, literal, run};
use tests::factor::{Phone, by_code};
use tests::operations::{Operation, World, document, needs, operations};
use tests::raw::{header, send};
use tests::{PASSWORD, Person, TestApp};

#[test]
fn every_operation_says_what_it_asks_records_and_takes() {
    let document = document();
    for operation in operations() {
        let described = &document["paths"][&operation.path][operation.method.as_str().to_lowercase()];
        assert_eq!(described["x-permission"], needs(&operation.id).described(), "{}", operation.id);
        let actions: Vec<&str> = recorded(&operation.id).iter().map(|action| action.as_str()).collect();
        assert_eq!(described["x-audit"], json!(actions), "{}", operation.id);
        assert_eq!(described["x-limits"].get("body_bytes").is_some(), operation.body.is_some(), "{}", operation.id);
        let pages = described["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["name"] == "limit"));
        assert_eq!(described["x-limits"]["items"].as_u64(), pages.then_some(200), "{}", operation.id);
    }
}

/// How an operation is called so that it is done.
struct Call {
    path: String,
    body: Option<String>,
    /// Nobody for a visitor.
    person: Option<Person>,
}

async fn made(app: &TestApp, person: &Person, path: &str, body: &Value) -> Value {
    let response = send(app.send_as(person, Method::POST, path, body)).await;
    assert_eq!(response.status(), 201, "{path}");
    response.json().await.expect("JSON")
}

/// The secret of a new invitation.
async fn invitation(app: &TestApp, administrator: &Person) -> String {
    let email = format!("{}@example.fi", uuid::Uuid::new_v4().simple());
    let invited = made(app, administrator, "/api/v1/accounts", &json!({"name": "Uusi", "email": email, "lang": "fi"})).await;
    invited["link"]["url"].as_str().expect("a link").split_once('#').expect("a secret").1.to_owned()
}

/// What an operation needs beside a good body.
async fn prepared(app: &TestApp, world: &World, operation: &Operation) -> Call {
    let administrator = app.administrator();
    let mut call = Call { path: world.path(operation), body: None, person: Some(administrator.clone()) };
    if operation.body.is_some() {
        call.body = Some(world.text(operation));
    }
    if matches!(needs(&operation.id), tests::operations::Needs::SignedIn) && operation.id != "revoke_session" {
        call.person = Some(app.nobody());
    }
    let id = |thing: Value| thing["id"].as_str().expect("an id").to_owned();
    match operation.id.as_str() {
        "delete_organisation" => {
            let new = json!({"name": uuid::Uuid::new_v4(), "kind": "county"});
            call.path = format!("/api/v1/organisations/{}", id(made(app, &administrator, "/api/v1/organisations", &new).await));
        }
        "delete_unit" => {
            let new = json!({"organisation_id": world.organisation, "name": "Tyhjä", "sector": "social", "municipality": "Muurame"});
            call.path = format!("/api/v1/units/{}", id(made(app, &administrator, "/api/v1/units", &new).await));
        }
        "unsponsor_project" => {
            administrator.sponsor_project(world.project, 1).await.expect("sponsored");
        }
        "retry_job" => {
            run(&app.db, &format!("UPDATE jobs SET died_at = created_at WHERE id = {}", literal(&app.db, world.job))).expect("dead");
        }
        "delete_group" => {
            let path = format!("/api/v1/editions/{}/groups", world.edition);
            call.path = format!("/api/v1/groups/{}", id(made(app, &administrator, &path, &json!({"name": "Tyhjä", "lang": "fi"})).await));
        }
        "delete_enrolment" => call.path = format!("/api/v1/enrolments/{}", app.enrol(world.edition, app.nobody().id()).id),
        // One that nobody has tried out or taken up.
        "delete_project" => {
            let new = json!({"title": "Tyhjä", "lang": "fi"});
            call.path = format!("/api/v1/projects/{}", id(made(app, &administrator, "/api/v1/projects", &new).await));
        }
        "create_adoption" => {
            let new = json!({"organisation_id": world.organisation, "name": "Kysytty", "sector": "social", "municipality": "Muurame"});
            let unit = id(made(app, &administrator, "/api/v1/units", &new).await);
            call.body = Some(json!({"unit_id": unit, "decision": "asked"}).to_string());
        }
        "reopen_trial" => {
            let end = json!({"result": "works", "learnt": "Toimi"});
            let conclude = app.send_as(&administrator, Method::POST, &format!("/api/v1/trials/{}/conclude", world.trial), &end);
            assert_eq!(send(conclude.header("if-match", "\"v2\"")).await.status(), 200);
        }
        "update_unit" => call.body = Some(json!({"name": "Toinen nimi"}).to_string()),
        // Its goals have been answered.
        "update_programme" => call.body = Some(json!({"description": {"fi": "Toinen kuvaus"}}).to_string()),
        "open_assessment" => call.path = format!("/api/v1/editions/{}/open-assessment", app.edition(world.programme, 3).id),
        "reactivate_account" => {
            let account = format!("/api/v1/accounts/{}", world.member.id());
            let etag = header(&send(app.get_as(&administrator, &account)).await, "etag");
            let deactivate = app.request(Method::POST, &format!("{account}/deactivate")).bearer_auth(administrator.token());
            assert_eq!(send(deactivate.header("if-match", etag)).await.status(), 200);
        }
        "sign_in" => call.body = Some(json!({"email": app.nobody().account.email, "password": PASSWORD, "kind": "device"}).to_string()),
        "refresh" => call.body = Some(json!({"refresh_token": app.nobody().refresh_token()}).to_string()),
        "inspect_link" => call.body = Some(json!({"token": invitation(app, &administrator).await}).to_string()),
        "redeem_link" => call.body = Some(json!({"token": invitation(app, &administrator).await, "password": PASSWORD}).to_string()),
        "change_password" => {
            call.body = Some(json!({"current_password": PASSWORD, "new_password": "kolme märkää kumisaapasta"}).to_string())
        }
        "change_email" => call.body = Some(json!({"new_email": "toinen@example.fi"}).to_string()),
        "confirm_session" => call.body = Some(json!({ "password": PASSWORD }).to_string()),
        "confirm_second_factor" => {
            let person = app.nobody();
            let phone = Phone::new(&person.start_second_factor().await.expect("a secret"));
            call.body = Some(json!({"code": phone.code(app.clock.now())}).to_string());
            call.person = Some(person);
        }
        "make_recovery_codes" | "turn_off_second_factor" => call.person = Some(app.guard(app.nobody()).await.person),
        "reset_second_factor" => {
            let guarded = app.guard(app.nobody()).await;
            call.path = format!("/api/v1/accounts/{}/reset-second-factor", guarded.person.id());
        }
        "finish_sign_in" => {
            let guarded = app.guard(app.nobody()).await;
            let challenge = app.challenge(&app.stranger(), &guarded.person).await;
            call.body = serde_json::to_string(&by_code(&challenge, &app.code_of(&guarded))).ok();
        }
        "issue_token" => {
            let program = app.program(world.organisation, &[ApiScope::TrainingRead]);
            let known = format!("&client_id={}&client_secret={}", program.id(), program.secret);
            call.body = call.body.map(|text| text + &known);
        }
        "get_self_assessment" | "save_self_assessment" | "revoke_session" | "update_comment" => call.person = Some(world.member.clone()),
        _ => {}
    }
    if operation.visitor {
        call.person = None;
    }
    call
}

/// The call with the version that the thing has now.
async fn current(app: &TestApp, operation: &Operation, call: &Call) -> RequestBuilder {
    let mut request = app.request(operation.method.clone(), &call.path);
    if let Some(person) = &call.person {
        request = request.bearer_auth(person.token());
    }
    if let (Some(kind), Some(body)) = (&operation.body, &call.body) {
        request = request.header("content-type", kind).body(body.clone());
    }
    if !operation.is_conditional() {
        return request;
    }
    let person = call.person.as_ref().expect("only who is signed in changes things");
    // A thing lies at its own address, an action on it below.
    let own = send(app.get_as(person, &call.path)).await;
    let etag = match (operation.id.as_str(), own.status().as_u16()) {
        ("update_sign_in_policy", _) => "\"v0\"".to_owned(),
        ("update_me" | "update_api_client" | "deactivate_api_client", _) => "\"v1\"".to_owned(),
        (_, 200) => header(&own, "etag"),
        _ => header(&send(app.get_as(person, call.path.rsplit_once('/').expect("a thing").0)).await, "etag"),
    };
    request.header("if-match", etag)
}

#[tokio::test]
async fn the_trail_holds_what_the_document_promises() {
    let mut recording = 0;
    for operation in operations() {
        // A tenant each: it has room for so many programs.
        let app = TestApp::start().await;
        let world = World::make(&app).await;
        let call = prepared(&app, &world, &operation).await;
        let response = send(current(&app, &operation, &call).await).await;
        let (status, request) = (response.status(), header(&response, "x-request-id"));
        let text = response.text().await.expect("a body");
        // Of an edition whose answering is open there are no results yet.
        let fits = status.is_success() || operation.id == "get_edition_results" && status == 404;
        assert!(fits, "{}: {status} {text}", operation.id);
        let sql = format!("SELECT action AS line FROM audit_events WHERE request_id = '{request}' ORDER BY id");
        let found: Vec<AuditAction> = lines(&app.db, &sql).iter().map(|action| action.parse().expect("an action")).collect();
        assert_eq!(found, recorded(&operation.id), "{}", operation.id);
        recording += usize::from(!found.is_empty());
    }
    assert!(recording > 35, "only {recording} operations leave a line");
}
