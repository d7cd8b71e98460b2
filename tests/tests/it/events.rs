//! Security events: each is told when it happens, with who and where, and none says what nobody may read in a log.

use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use backend::error::Error;
use backend::http::{caller, respond};
use backend::watch::events::Kind;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use shared::policy::ApiScope;
use std::collections::BTreeSet;
use tests::database::lines;
use tests::log::{events, events_of};
use tests::raw::{header, send, status};
use tests::scratch::Scratch;
use tests::{PASSWORD, Person, TestApp};

/// The kinds that the own tenant's events have had so far.
fn told(app: &TestApp) -> BTreeSet<String> {
    events_of(app.own.id).iter().map(|event| event["event"].as_str().expect("a kind").to_owned()).collect()
}

/// The secret of the newest letter.
fn newest_secret(app: &TestApp) -> String {
    let tenant = app.literal(app.own.id.0);
    let payloads = lines(&app.db, &format!("SELECT payload AS line FROM outbox WHERE tenant_id = {tenant} ORDER BY id DESC"));
    let letter = payloads.iter().find(|payload| payload.contains('#')).expect("a letter with a link");
    let letter: Value = serde_json::from_str(letter).expect("JSON");
    letter["path"].as_str().expect("a path").split_once('#').expect("a secret").1.to_owned()
}

async fn visit(app: &TestApp, path: &str, body: &Value) -> u16 {
    status(app.request(Method::POST, &format!("/api/v1{path}")).json(body)).await
}

async fn post(app: &TestApp, person: &Person, path: &str, body: &Value) -> u16 {
    status(app.send_as(person, Method::POST, &format!("/api/v1{path}"), body)).await
}

async fn sign_in(app: &TestApp, email: &str, password: &str) -> u16 {
    visit(app, "/sessions", &json!({"email": email, "password": password, "kind": "device"})).await
}

/// Signing in and out, in every way that it can go.
async fn sessions(app: &TestApp, person: &Person) {
    let email = person.account.email.clone();
    assert_eq!(sign_in(app, &email, PASSWORD).await, 201);
    for _ in 0..10 {
        assert_eq!(sign_in(app, "arvaus@example.fi", "väärä").await, 401);
    }
    assert_eq!(sign_in(app, "arvaus@example.fi", "väärä").await, 429);
    assert_eq!(status(app.request(Method::GET, "/api/v1/me").bearer_auth("no-token")).await, 401);
    let foreign = app.request(Method::POST, "/api/v1/sessions/refresh").header("sec-fetch-site", "cross-site").json(&json!({}));
    assert_eq!(status(foreign).await, 403);
    let spent = json!({"refresh_token": person.refresh_token().expect("a device holds one")});
    assert_eq!(visit(app, "/sessions/refresh", &spent).await, 200);
    app.advance(SignedDuration::from_secs(31));
    assert_eq!(visit(app, "/sessions/refresh", &spent).await, 401);
    let again = app.sign_in(&app.own, person.account.clone());
    assert_eq!(post(app, &again, "/sessions/sign-out", &json!({})).await, 204);
    let again = app.sign_in(&app.own, person.account.clone());
    assert_eq!(post(app, &again, "/sessions/sign-out-everywhere", &json!({})).await, 204);
}

/// Accounts, roles and links.
async fn accounts(app: &TestApp, administrator: &Person) {
    let new = json!({"name": "Eeva Kutsuttu", "email": "eeva@example.fi", "lang": "fi"});
    let invited = send(app.send_as(administrator, Method::POST, "/api/v1/accounts", &new)).await;
    let invited: Value = invited.json().await.expect("JSON");
    let (id, secret) = (invited["account"]["id"].as_str().expect("an id").to_owned(), newest_secret(app));
    let redeem = json!({"token": secret, "password": PASSWORD});
    assert_eq!((visit(app, "/links/redeem", &redeem).await, visit(app, "/links/redeem", &redeem).await), (204, 410));
    assert_eq!(visit(app, "/links/password-reset", &json!({"email": "eeva@example.fi"})).await, 202);
    app.answer_resets();
    assert_eq!(visit(app, "/links/redeem", &json!({"token": newest_secret(app), "password": PASSWORD})).await, 204);
    let grant = json!({"account_id": id, "role": "auditor", "scope": {"kind": "tenant"}});
    assert_eq!(post(app, administrator, "/grants", &grant).await, 201);
    for action in ["deactivate", "reactivate"] {
        let path = format!("/api/v1/accounts/{id}");
        let etag = header(&send(app.get_as(administrator, &path)).await, "etag");
        let change = app.request(Method::POST, &format!("{path}/{action}")).bearer_auth(administrator.token());
        assert_eq!(status(change.header("if-match", etag)).await, 200, "{action}");
    }
}

/// What a person does with their own account.
async fn own_account(app: &TestApp, person: &Person) {
    assert_eq!(status(app.get_as(person, "/api/v1/accounts")).await, 403);
    assert_eq!(status(app.get_as(person, "/api/v1/me/export")).await, 200);
    let wrong = json!({"current_password": "väärä", "new_password": "kolme märkää kumisaapasta"});
    assert_eq!(post(app, person, "/me/password", &wrong).await, 422);
    let change = json!({"new_email": "toinen@example.fi"});
    assert_eq!(post(app, person, "/me/email", &change).await, 202);
    assert_eq!(visit(app, "/links/redeem", &json!({"token": newest_secret(app)})).await, 204);
    let change = json!({"current_password": PASSWORD, "new_password": "kolme märkää kumisaapasta"});
    assert_eq!(post(app, person, "/me/password", &change).await, 204);
}

/// A second factor, its codes, and who needs one.
async fn second_factor(app: &TestApp, administrator: &Person) {
    let guarded = app.guard(app.nobody()).await;
    let person = &guarded.person;
    let confirm = |proof: Value| async move { post(app, person, "/sessions/current/confirm", &proof).await };
    let right = app.code_of(&guarded);
    let wrong = if right.starts_with('1') { "2" } else { "1" }.to_owned() + &right[1..];
    let proofs = (confirm(json!({ "code": wrong })).await, confirm(json!({ "recovery_code": guarded.recovery_codes[0] })).await);
    assert_eq!(proofs, (401, 204));
    let policy = app.request(Method::PATCH, "/api/v1/sign-in-policy").bearer_auth(administrator.token()).header("if-match", "\"v0\"");
    let policy = policy.header("content-type", "application/merge-patch+json").body(r#"{"second_factor_required_on":"2099-01-01"}"#);
    assert_eq!(status(policy).await, 200);
}

/// Served by [`faulty`].
async fn panics() -> &'static str {
    panic!("a panic with 010190-123A in its words")
}

/// A server with routes that fail, around which everything is as around the real ones.
async fn faulty() -> (String, actix_web::dev::ServerHandle) {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(|| {
                App::new()
                    .wrap(from_fn(respond::around))
                    .route("/panics", web::get().to(panics))
                    .route("/blocks", web::get().to(|| async { caller::block(|| -> Result<String, Error> { panic!("blocked") }).await }))
                    .route("/fails", web::get().to(|| async { Err::<String, _>(Error::Internal("a secret of ours".to_owned())) }))
                    .route("/limits", web::get().to(|| async { Err::<String, _>(Error::too_many(7)) }))
                    .route("/works", web::get().to(|| async { "still here" }))
            });
            let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a port");
            let address = server.addrs()[0];
            let server = server.run();
            tell.send((format!("http://{address}"), server.handle())).expect("the test waits");
            server.await.expect("ends well");
        });
    });
    told.recv().expect("the server starts")
}

#[tokio::test]
async fn code_that_gives_up_costs_one_answer_and_is_told() {
    tests::log::capture();
    let (origin, handle) = faulty().await;
    for (path, expected, event) in
        [("/panics", 500, "panicked"), ("/blocks", 500, "failed"), ("/fails", 500, "failed"), ("/limits", 429, "limit_hit")]
    {
        let response = reqwest::get(format!("{origin}{path}")).await.expect("an answer");
        let id = header(&response, "x-request-id");
        assert_eq!(
            (response.status().as_u16(), header(&response, "content-type").as_str()),
            (expected, "application/problem+json"),
            "{path}"
        );
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{path}: the headers of every answer");
        let text = response.text().await.expect("a body");
        assert!(text.contains(&id) && !text.contains("secret") && !text.contains("010190"), "{path}: {text}");
        let told: Vec<Value> = events().into_iter().filter(|event| event["request_id"] == id.as_str()).collect();
        assert_eq!(told.iter().map(|event| event["event"].as_str().expect("a kind")).collect::<Vec<_>>(), [event], "{path}");
        let alive = reqwest::get(format!("{origin}/works")).await.expect("the process lives").text().await.expect("a body");
        assert_eq!(alive, "still here", "after {path}");
    }
    drop(handle.stop(false));
}

#[tokio::test]
async fn every_kind_is_told_with_who_and_where() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let (administrator, person) = (app.administrator(), app.nobody());
    accounts(&app, &administrator).await;
    own_account(&app, &person).await;
    second_factor(&app, &administrator).await;
    let guest = app.nobody();
    sessions(&app, &guest).await;
    app.program(app.organisation_of(&app.own), &[ApiScope::TrainingRead]);

    // These come from faults and limits: the test above.
    let elsewhere = ["panicked", "failed", "limit_hit"];
    let expected: BTreeSet<String> =
        Kind::ALL.iter().map(|kind| kind.as_str().to_owned()).filter(|kind| !elsewhere.contains(&kind.as_str())).collect();
    assert_eq!(told(&app), expected);
    for event in events_of(app.own.id) {
        let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
        assert!(text("timestamp").ends_with('Z'), "UTC: {event}");
        assert_eq!(event["target"], "security", "{event}");
        assert!(["done", "refused", "failed"].contains(&text("outcome").as_str()), "{event}");
        assert!(!text("request_id").is_empty(), "{event}");
        match text("event").as_str() {
            "signed_in"
            | "grant_changed"
            | "account_deactivated"
            | "password_changed"
            | "second_factor_changed"
            | "refresh_reused"
            | "personal_data_exported" => {
                assert!(!text("object").is_empty(), "{event}")
            }
            "sign_in_failed" | "sign_in_locked" | "access_refused" | "link_refused" | "foreign_origin" => {
                assert_eq!(text("net"), "127.0.0", "a prefix, not the address: {event}");
                assert!(text("route").starts_with("/api/v1/"), "{event}");
            }
            _ => {}
        }
    }
    let of = |kind: &str| events_of(app.own.id).into_iter().filter(|event| event["event"] == kind).collect::<Vec<_>>();
    let by = |kind: &str| of(kind).iter().map(|event| event["actor"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>();
    assert_eq!(by("access_refused"), [person.id().to_string()]);
    assert_eq!(by("account_deactivated"), [administrator.id().to_string()]);
    assert_eq!(of("sign_in_failed").len(), 10);
}

#[tokio::test]
async fn programs_are_told_of_like_people() {
    let app = TestApp::start().await;
    let program = app.program(app.organisation_of(&app.own), &[ApiScope::TrainingRead]);
    let ask = |rest: &str| app.ask_token(&format!("grant_type=client_credentials&client_id={}&{rest}", program.id()));
    assert_eq!(status(ask("client_secret=arvaus")).await, 401);
    assert_eq!(status(ask(&format!("client_secret={}&scope=audit:read", program.secret))).await, 400);
    let token = program.token().await;
    assert_eq!(status(app.request(Method::GET, "/api/v1/accounts").bearer_auth(token)).await, 403);
    let of = |kind: &str| events_of(app.own.id).into_iter().filter(|event| event["event"] == kind).collect::<Vec<_>>();
    let made: Vec<String> = of("client_changed").iter().map(|event| event["object_kind"].as_str().expect("a kind").to_owned()).collect();
    assert_eq!(made, ["api_client", "api_client_secret"]);
    let failed = of("sign_in_failed");
    assert_eq!(failed.len(), 1, "{failed:?}");
    assert_eq!((failed[0]["route"].as_str(), failed[0]["net"].as_str()), (Some("/oauth/token"), Some("127.0.0")));
    let refused = of("access_refused");
    let by: Vec<_> = refused.iter().map(|event| (event["route"].as_str(), event["client"].as_str().map(str::to_owned))).collect();
    assert_eq!(by, [(Some("/oauth/token"), None), (Some("/api/v1/accounts"), Some(program.id().to_string()))]);
    assert!(refused.iter().all(|event| event["actor"].is_null()), "{refused:?}");
}

#[tokio::test]
async fn what_is_taken_back_is_not_told() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let before = events_of(app.own.id).len();
    let alone = json!({"name": "Aino", "email": administrator.account.email, "lang": "fi"});
    assert_eq!(post(&app, &administrator, "/accounts", &alone).await, 409, "the address is taken");
    let made: Vec<Value> = events_of(app.own.id).into_iter().skip(before).collect();
    assert!(made.is_empty(), "{made:?}");
}

#[tokio::test]
async fn secrets_and_people_never_reach_the_log() {
    const CODE: &str = "010190-123A";
    let scratch = Scratch::new();
    let printed = scratch.run(&["account", "create", "--name", "Kana Lintu", "--email", "kana@salainen.example", "--administrator"]);
    let password = printed.lines().last().expect("a password").to_owned();
    let serving = scratch.serve_with(&["--log", "debug"]).await;
    let http = reqwest::Client::new();
    let at = |path: &str| format!("{}{path}", serving.origin);
    let credentials = |password: &str| json!({"email": "kana@salainen.example", "password": password, "kind": "device"});
    let wrong = "väärä-kanarialintu-salasana";
    assert_eq!(http.post(at("/api/v1/sessions")).json(&credentials(wrong)).send().await.expect("an answer").status(), 401);
    let signed_in: Value =
        http.post(at("/api/v1/sessions")).json(&credentials(&password)).send().await.expect("in").json().await.expect("JSON");
    let text = |name: &str| signed_in[name].as_str().expect("a token").to_owned();
    let (token, refresh) = (text("access_token"), text("refresh_token"));
    let bad_token = "eyJhbGciOiJub25lIn0.kanarialintu.x";
    let link = "kanarialintu-linkin-salaisuus-aaaaaaaaaaaaa";
    let requests = [
        http.get(at("/api/v1/me")).bearer_auth(&token),
        http.get(at("/api/v1/me")).bearer_auth(bad_token),
        http.get(at(&format!("/api/v1/accounts?q={CODE}"))).bearer_auth(&token),
        http.get(at(&format!("/api/v1/accounts/{CODE}"))).bearer_auth(&token),
        http.get(at(&format!("/api/v1/nothing/{CODE}?hetu={CODE}"))).header("user-agent", CODE).header("referer", CODE),
        http.get(at("/api/v1/me")).header("cookie", format!("polku_rt={refresh}")).header("x-request-id", CODE),
        http.post(at("/api/v1/organisations")).bearer_auth(&token).json(&json!({"name": CODE, "kind": "county"})),
        http.post(at("/api/v1/organisations")).bearer_auth(&token).json(&json!({"name": CODE, "kind": "county"})),
        http.post(at("/api/v1/organisations")).bearer_auth(&token).json(&json!({"name": CODE, "kind": CODE, CODE: 1})),
        http.post(at("/api/v1/organisations")).bearer_auth(&token).header("content-type", "application/json").body(format!("{{{CODE}")),
        http.post(at("/api/v1/accounts")).bearer_auth(&token).json(&json!({"name": CODE, "email": "kana2@salainen.example", "lang": "fi"})),
        http.post(at("/api/v1/sessions/refresh")).json(&json!({ "refresh_token": refresh })),
        http.post(at("/api/v1/links/redeem")).json(&json!({"token": link, "password": wrong})),
        http.post(at("/api/v1/links/password-reset")).json(&json!({"email": "kana@salainen.example"})),
        http.post(at("/api/v1/accessibility-feedback")).json(&json!({"message": CODE, "email": "kana3@salainen.example", "lang": "fi"})),
        http.post(at("/api/v1/me/password"))
            .bearer_auth(&token)
            .json(&json!({"current_password": wrong, "new_password": format!("{wrong} uusi")})),
    ];
    for request in requests {
        let answer = request.send().await.expect("an answer");
        assert!(answer.status().as_u16() < 500, "{}", answer.status());
    }
    let mail = scratch.data().join("mail");
    let sent = || async { std::fs::read_dir(&mail).is_ok_and(|letters| letters.count() > 0) };
    tests::within(std::time::Duration::from_secs(20), "a letter", sent).await;
    let log = scratch.log();
    assert!(log.lines().count() > 20 && log.contains("sign_in_failed"), "{log}");
    let public = token.split('.').next().expect("a header");
    for canary in [CODE, "salainen.example", "kanarialintu", "Kana Lintu", &password, &token, &refresh, wrong, link, public] {
        let found: Vec<&str> = log.lines().filter(|line| line.contains(canary)).collect();
        assert!(found.is_empty(), "{canary} is in the log: {found:?}");
    }
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(line["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')), "{line}");
    }
}

#[tokio::test]
async fn events_are_logged_whatever_the_level_is() {
    let scratch = Scratch::new();
    let serving = scratch.serve_with(&["--log", "error"]).await;
    let body = json!({"email": "x@example.fi", "password": "y", "kind": "device"});
    assert_eq!(
        reqwest::Client::new().post(format!("{}/api/v1/sessions", serving.origin)).json(&body).send().await.expect("an answer").status(),
        401
    );
    let log = scratch.log();
    assert!(log.contains("sign_in_failed") && !log.contains("\"request\""), "{log}");
}
