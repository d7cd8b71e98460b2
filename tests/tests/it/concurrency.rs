//! I1–I3: many at once. No change is lost, no effect happens twice, nothing is changed without saying which version.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use shared::client::CallError;
use shared::identity::{NewAccount, NewOrganisation, OrganisationKind};
use shared::page::Paging;
use shared::problem::ProblemCode;
use shared::training::{LocalTextChanges, ProgrammeChanges};
use shared::{Lang, ProgrammeId};
use std::sync::Arc;
use tests::operations::{World, operations};
use tests::raw::{header, problem, send, status};
use tests::{Person, TestApp, all_at_once};

const CLIENTS: usize = 16;
const EDITS: usize = 20;

/// Reads, adds a word, writes with the version read; again when somebody else was quicker.
async fn add_word(client: &Person, programme: ProgrammeId, word: &str) {
    loop {
        let current = client.get_programme(programme).await.expect("read");
        let fi = Some(format!("{} {word}", current.description.fi));
        let description = Some(LocalTextChanges { fi, ..LocalTextChanges::default() });
        let changes = ProgrammeChanges { description, ..ProgrammeChanges::default() };
        match client.update_programme(programme, current.version, &changes).await {
            Ok(changed) => return assert_eq!(changed.version, current.version + 1),
            Err(CallError::Problem(refused)) if matches!(refused.code, ProblemCode::Stale | ProblemCode::Unavailable) => {}
            Err(other) => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn no_update_is_lost() {
    let app = TestApp::start().await;
    let programme = app.programme(1).id;
    let administrator = app.administrator();
    all_at_once((0..CLIENTS).map(|client| {
        let administrator = administrator.clone();
        async move {
            for edit in 0..EDITS {
                add_word(&administrator, programme, &format!("c{client}e{edit}")).await;
            }
        }
    }))
    .await;
    let end = administrator.get_programme(programme).await.expect("read");
    assert_eq!(end.version, 1 + (CLIENTS * EDITS) as i64);
    let mut words: Vec<&str> = end.description.fi.split(' ').skip(1).collect();
    for client in 0..CLIENTS {
        let mark = format!("c{client}e");
        let own: Vec<&&str> = words.iter().filter(|word| word.starts_with(&mark)).collect();
        let in_order: Vec<String> = (0..EDITS).map(|edit| format!("{mark}{edit}")).collect();
        assert_eq!(own.into_iter().copied().collect::<Vec<_>>(), in_order, "each once, in the order of its client");
    }
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), CLIENTS * EDITS);
}

/// Sends a POST with a key, again while the server says that it is busy.
async fn keyed(app: &TestApp, person: &Person, path: &str, key: &str, body: &Value) -> (u16, bool, String) {
    loop {
        let response = send(app.send_as(person, Method::POST, path, body).header("idempotency-key", key)).await;
        if response.status() != StatusCode::SERVICE_UNAVAILABLE && response.status() != StatusCode::CONFLICT {
            let replayed = header(&response, "idempotency-replayed") == "true";
            return (response.status().as_u16(), replayed, response.text().await.expect("a body"));
        }
    }
}

#[tokio::test]
async fn idem_thirty_at_once_have_one_effect_and_one_answer() {
    let app = Arc::new(TestApp::start().await);
    let administrator = app.administrator();
    let body = json!({"name": "Sama kunta", "kind": "municipality"});
    let answers = all_at_once((0..30).map(|_| {
        let (app, administrator, body) = (app.clone(), administrator.clone(), body.clone());
        async move { keyed(&app, &administrator, "/api/v1/organisations", "same-key", &body).await }
    }))
    .await;
    assert!(answers.iter().all(|answer| answer.0 == 201 && answer.2 == answers[0].2), "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| !answer.1).count(), 1, "one of them was the first");
    assert_eq!(administrator.list_organisations(&Paging::default()).await.expect("list").items.len(), 1);
    assert_eq!(app.rows("audit_events", "object_kind = 'organisation'"), 1, "and it is told once");
}

#[tokio::test]
async fn idem_a_key_belongs_to_its_request_and_its_account() {
    let app = TestApp::start().await;
    let (one, other) = (app.administrator(), app.administrator());
    let path = "/api/v1/organisations";
    let first = json!({"name": "Ensimmäinen", "kind": "county"});
    let second = json!({"name": "Toinen", "kind": "county"});
    assert_eq!(keyed(&app, &one, path, "k", &first).await.0, 201);
    let refused = problem(app.send_as(&one, Method::POST, path, &second).header("idempotency-key", "k")).await;
    assert_eq!((refused.status, refused.code), (422, ProblemCode::IdempotencyMismatch));
    assert_eq!(keyed(&app, &other, path, "k", &second).await.0, 201, "another account's key is another key");
    let account = json!({"name": "Uusi Ihminen", "email": "uusi@example.fi", "lang": "fi"});
    assert_eq!(keyed(&app, &one, "/api/v1/accounts", "k", &account).await.0, 201, "so is another operation's");
}

#[tokio::test]
async fn idem_a_refusal_is_not_kept_and_a_key_ends_after_seven_days() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let administrator = app.administrator();
    let path = "/api/v1/organisations";
    let bad = json!({"name": "", "kind": "county"});
    let good = |name: &str| json!({"name": name, "kind": "county"});
    assert_eq!(keyed(&app, &administrator, path, "k", &bad).await.0, 422);
    assert_eq!(keyed(&app, &administrator, path, "k", &good("A")).await.0, 201);
    app.advance(jiff::SignedDuration::from_hours(7 * 24));
    let administrator = app.sign_in(&app.own, administrator.account.clone());
    let (status_then, replayed, _) = keyed(&app, &administrator, path, "k", &good("B")).await;
    assert_eq!((status_then, replayed), (201, false), "forgotten after seven days");
    for wrong in ["", &"x".repeat(256), "a b"] {
        let request = app.send_as(&administrator, Method::POST, path, &good("C")).header("idempotency-key", wrong);
        assert_eq!(status(request).await, 400, "{wrong}");
    }
    assert_eq!(keyed(&app, &administrator, path, &"x".repeat(255), &good("C")).await.0, 201);
}

#[tokio::test]
async fn idem_a_secret_is_shown_once() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let new = NewAccount { name: "Uusi Ihminen".to_owned(), email: "uusi@example.fi".to_owned(), lang: Lang::Fi, unit_id: None };
    let body = serde_json::to_value(&new).expect("JSON");
    let (_, _, first) = keyed(&app, &administrator, "/api/v1/accounts", "k", &body).await;
    let (again, replayed, second) = keyed(&app, &administrator, "/api/v1/accounts", "k", &body).await;
    assert_eq!((again, replayed), (201, true));
    let (first, second): (Value, Value) = (serde_json::from_str(&first).expect("JSON"), serde_json::from_str(&second).expect("JSON"));
    assert!(first.get("link").is_some() && second.get("link").is_none(), "{second}");
    assert_eq!(first["account"], second["account"]);
    assert_eq!(app.rows("idempotency_keys", "body LIKE '%/link/%'"), 0);
}

#[tokio::test]
async fn nothing_is_changed_without_saying_which_version() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let administrator = app.administrator();
    let mut seen = 0;
    for operation in operations() {
        if matches!(operation.method, Method::PUT | Method::PATCH | Method::DELETE) {
            assert!(operation.is_conditional(), "{} changes something without If-Match", operation.id);
        }
        if !operation.is_conditional() {
            continue;
        }
        seen += 1;
        let token = match operation.id.as_str() {
            "save_self_assessment" | "update_comment" => world.member.token(),
            _ => administrator.token(),
        };
        let bare = || {
            let request = app.request(operation.method.clone(), &world.path(&operation)).bearer_auth(&token);
            match &operation.body {
                Some(kind) => request.header("content-type", kind).body(world.text(&operation)),
                None => request,
            }
        };
        assert_eq!(problem(bare()).await.code, ProblemCode::PreconditionRequired, "{}", operation.id);
        let response = send(bare().header("if-match", "\"v999\"")).await;
        let etag = header(&response, "etag");
        let stale: shared::Problem = response.json().await.expect("a problem");
        assert_eq!((stale.status, stale.code), (412, ProblemCode::Stale), "{}", operation.id);
        assert_eq!(stale.current_etag.as_deref(), Some(etag.as_str()), "{}", operation.id);
        assert!(etag.starts_with("\"v"), "{}: {etag}", operation.id);
        for weak in ["W/\"v1\"", "*", "v1"] {
            assert_eq!(status(bare().header("if-match", weak)).await, 400, "{} {weak}", operation.id);
        }
    }
    assert!(seen >= 20, "only {seen} conditional operations");
}

#[tokio::test]
async fn the_last_place_goes_to_one() {
    let app = Arc::new(TestApp::start().await);
    let programme = app.programme(1);
    let edition = app.edition(programme.id, 1);
    let coordinator = app.coordinator();
    coordinator
        .update_edition(edition.id, 1, &shared::training::EditionChanges { places: Some(3), ..Default::default() })
        .await
        .expect("three places");
    let accounts: Vec<_> = (0..12).map(|_| app.account_of(&app.own, &[], None).id).collect();
    let outcomes = all_at_once(accounts.into_iter().map(|account| {
        let coordinator = coordinator.clone();
        let new = shared::training::NewEnrolment { account_id: Some(account), name: None, email: None, group_id: None };
        async move { coordinator.enrol(edition.id, &new).await }
    }))
    .await;
    let enrolled = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert!(outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).all(|refused| refused.code() == Some(ProblemCode::EditionFull)));
    assert_eq!(enrolled, 3);
}

#[tokio::test]
async fn of_two_of_one_name_one_is_made() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let new = |name: &str| NewOrganisation { name: name.to_owned(), kind: OrganisationKind::County };
    administrator.create_organisation(&new("Ääkkönen")).await.expect("made");
    let refused = administrator.create_organisation(&new("ÄÄKKÖNEN")).await.expect_err("the same name");
    assert_eq!(refused.code(), Some(ProblemCode::Duplicate));
}
