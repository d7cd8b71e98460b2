//! API clients as administrators keep them: who may, how many, what is shown and what is told.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use shared::audit::{AuditAction, AuditFilter};
use shared::clients::{ApiClientChanges, ApiClientStatus, MOST_CLIENTS, NewApiClientSecret, SECRET_DAYS};
use shared::identity::NewGrant;
use shared::page::Paging;
use shared::policy::{ApiScope, Role, Scope};
use shared::problem::ProblemCode;
use tests::TestApp;
use tests::database::{everything_of, tables_holding};
use tests::programs::new_api_client;
use tests::raw::{problem, send};

const READ: &[ApiScope] = &[ApiScope::TrainingRead];

#[tokio::test]
async fn a_client_is_made_changed_and_taken_out_of_use() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let organisation = app.organisation_of(&app.own);
    let made = administrator.create_api_client(&new_api_client(organisation, READ)).await.expect("made").client;
    assert_eq!((made.version, made.status, made.created_by), (1, ApiClientStatus::Active, Some(administrator.id())));
    assert_eq!((made.organisation_id, made.last_used_at, made.secrets.len()), (organisation, None, 1));
    let life = made.secrets[0].expires_at.duration_since(made.secrets[0].created_at);
    assert_eq!(life, SignedDuration::from_hours(24 * SECRET_DAYS), "a secret always has an end");

    let changes = ApiClientChanges {
        name: Some("Toinen nimi".to_owned()),
        scopes: Some(vec![ApiScope::TrainingRead, ApiScope::RosterRead]),
        ..ApiClientChanges::default()
    };
    let changed = administrator.update_api_client(made.id, 1, &changes).await.expect("changed");
    assert_eq!((changed.version, changed.name.as_str(), changed.scopes.len()), (2, "Toinen nimi", 2));
    assert_eq!(administrator.get_api_client(made.id).await.expect("seen"), changed);
    assert_eq!(administrator.update_api_client(made.id, 1, &changes).await.expect_err("stale").code(), Some(ProblemCode::Stale));
    let past = ApiClientChanges { valid_to: Some(Some(app.clock.now())), ..ApiClientChanges::default() };
    let refused = administrator.update_api_client(made.id, 2, &past).await.expect_err("an end that has passed");
    assert_eq!(refused.code(), Some(ProblemCode::Invalid));

    let gone = administrator.deactivate_api_client(made.id, 2).await.expect("out of use");
    assert_eq!((gone.version, gone.status), (3, ApiClientStatus::Deactivated));
    for refused in [
        administrator.deactivate_api_client(made.id, 3).await.map(drop),
        administrator.update_api_client(made.id, 3, &changes).await.map(drop),
        administrator.create_api_client_secret(made.id, &NewApiClientSecret::default()).await.map(drop),
    ] {
        assert_eq!(refused.expect_err("for good").code(), Some(ProblemCode::Conflict));
    }
    let all = administrator.list_api_clients(&Paging::default()).await.expect("a list").items;
    assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [made.id], "its line stays");

    let told = |kind: &str| AuditFilter { object_kind: Some(kind.to_owned()), ..AuditFilter::default() };
    let trail = app.auditor().list_audit_events(&told("api_client")).await.expect("trail").items;
    let lines: Vec<_> = trail.iter().map(|event| (event.action, event.fields.clone())).collect();
    let fields = vec!["name".to_owned(), "scopes".to_owned()];
    assert_eq!(lines, [(AuditAction::Deactivated, vec![]), (AuditAction::Changed, fields), (AuditAction::Created, vec![])]);
    assert!(trail.iter().all(|event| event.actor_id == Some(administrator.id()) && event.object_id == Some(made.id.0)));
    administrator.revoke_api_client_secret(made.secrets[0].id).await.expect("revoked");
    let trail = app.auditor().list_audit_events(&told("api_client_secret")).await.expect("trail").items;
    assert_eq!(trail.iter().map(|event| event.action).collect::<Vec<_>>(), [AuditAction::Deactivated, AuditAction::Created]);
}

#[tokio::test]
async fn a_secret_is_shown_once_and_kept_nowhere() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let organisation = app.organisation_of(&app.own);
    let body = serde_json::to_value(new_api_client(organisation, READ)).expect("JSON");
    let keyed = |path: String, body: Value| {
        let request = app.send_as(&administrator, Method::POST, &path, &body).header("idempotency-key", "k");
        async move { send(request).await.json::<Value>().await.expect("JSON") }
    };
    let first = keyed("/api/v1/api-clients".to_owned(), body.clone()).await;
    let again = keyed("/api/v1/api-clients".to_owned(), body).await;
    let secret = first["client_secret"].as_str().expect("shown");
    assert!(secret.len() >= 6 + 43, "256 bits: {secret}");
    assert!(again.get("client_secret").is_none() && again["client"] == first["client"], "{again}");
    let id = first["client"]["id"].as_str().expect("an id").to_owned();
    let further = format!("/api/v1/api-clients/{id}/secrets");
    let (first, again) = (keyed(further.clone(), json!({})).await, keyed(further, json!({})).await);
    let second = first["client_secret"].as_str().expect("shown");
    assert!(again.get("client_secret").is_none() && again["secret"] == first["secret"], "{again}");
    assert_ne!(secret, second);

    let seen = send(app.get_as(&administrator, &format!("/api/v1/api-clients/{id}"))).await.text().await.expect("a body");
    for secret in [secret, second] {
        assert!(!seen.contains(secret), "{seen}");
        assert_eq!(tables_holding(&app.db, app.own.id, secret), Vec::<String>::new(), "a copy of the database opens nothing");
        assert_eq!(tables_holding(&app.db, app.own.id, &secret[6..]), Vec::<String>::new());
    }
    assert_eq!(app.rows("api_client_secrets", "1 = 1"), 2, "a repeated request has one effect");
}

#[tokio::test]
async fn members_that_are_not_asked_for_are_refused() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let program = app.program(app.organisation_of(&app.own), READ);
    let before = everything_of(&app.db, app.own.id);
    let new = serde_json::to_value(new_api_client(program.api_client.organisation_id, READ)).expect("JSON");
    let id = program.id();
    let targets = [
        (Method::POST, "/api/v1/api-clients".to_owned(), new),
        (Method::PATCH, format!("/api/v1/api-clients/{id}"), json!({"purpose": "Toinen"})),
        (Method::POST, format!("/api/v1/api-clients/{id}/secrets"), json!({"valid_days": 10})),
    ];
    let extras = [
        ("id", json!(uuid::Uuid::now_v7())),
        ("tenant_id", json!(app.other.id)),
        ("version", json!(9)),
        ("status", json!("active")),
        ("deactivated_at", Value::Null),
        ("created_by", json!(administrator.id())),
        ("secrets", json!([])),
        ("secret_hash", json!("x")),
        ("client_secret", json!("polku_mine")),
        ("last_used_at", json!("2027-01-01T00:00:00Z")),
        ("permissions", json!(["manage_accounts"])),
        ("role", json!("administrator")),
    ];
    for (method, path, body) in targets {
        for (name, value) in &extras {
            let mut with = body.clone();
            with[*name] = value.clone();
            let request = app.send_as(&administrator, method.clone(), &path, &with).header("if-match", "\"v1\"");
            let refused = problem(request).await;
            assert_eq!(refused.status, 400, "{method} {path} with {name}");
            assert!(refused.errors[0].pointer.ends_with(name), "{name}: {:?}", refused.errors);
        }
        let array = app.send_as(&administrator, method.clone(), &path, &json!([body])).header("if-match", "\"v1\"");
        assert_eq!(problem(array).await.status, 400, "an array is no object");
    }
    let moved = json!({"organisation_id": app.organisation_of(&app.own)});
    let before_move = everything_of(&app.db, app.own.id)["api_clients"].clone();
    let request = app.send_as(&administrator, Method::PATCH, &format!("/api/v1/api-clients/{id}"), &moved).header("if-match", "\"v1\"");
    assert_eq!(problem(request).await.status, 400, "a client stays with its organisation");
    assert_eq!(before["api_clients"], before_move);
    assert_eq!(before["api_client_secrets"], everything_of(&app.db, app.own.id)["api_client_secrets"]);
}

#[tokio::test]
async fn values_that_break_rules_are_told_where_they_stand() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let organisation = app.organisation_of(&app.own);
    let good = serde_json::to_value(new_api_client(organisation, READ)).expect("JSON");
    let foreign = app.organisation_of(&app.other);
    let wrong = [
        ("/name", json!(""), 422),
        ("/name", json!("a\u{202e}b"), 422),
        ("/purpose", json!(" "), 422),
        ("/contact_email", json!("nobody"), 422),
        ("/scopes", json!([]), 422),
        ("/scopes", json!(["training:read", "training:read"]), 422),
        ("/scopes/0", json!(["everything"]), 400),
        ("/valid_to", json!("2001-01-01T00:00:00Z"), 422),
        ("/organisation_id", json!(foreign), 422),
        ("/organisation_id", json!(uuid::Uuid::now_v7()), 422),
    ];
    for (pointer, value, status) in wrong {
        let mut body = good.clone();
        body[pointer.split('/').nth(1).expect("a member")] = value.clone();
        let refused = problem(app.send_as(&administrator, Method::POST, "/api/v1/api-clients", &body)).await;
        assert_eq!(refused.status, status, "{pointer}: {value}");
        assert_eq!(refused.errors[0].pointer, pointer, "{value}");
    }
    let id = administrator.create_api_client(&new_api_client(organisation, READ)).await.expect("made").client.id;
    for days in [0, -1, 731] {
        let refused = administrator.create_api_client_secret(id, &NewApiClientSecret { valid_days: Some(days) }).await;
        assert_eq!(refused.expect_err("out of range").code(), Some(ProblemCode::Invalid), "{days}");
    }
    let twin = new_api_client(organisation, READ);
    administrator.create_api_client(&twin).await.expect("made");
    assert_eq!(administrator.create_api_client(&twin).await.expect_err("the same name").code(), Some(ProblemCode::Duplicate));
    let used = administrator.delete_organisation(organisation, 1).await.expect_err("a client acts for it");
    assert_eq!(used.code(), Some(ProblemCode::InUse));
}

#[tokio::test]
async fn a_tenant_has_twenty_clients_in_use() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let organisation = app.organisation_of(&app.own);
    let mut last = None;
    for _ in 0..MOST_CLIENTS {
        last = Some(app.program(organisation, READ));
    }
    let refused = administrator.create_api_client(&new_api_client(organisation, READ)).await.expect_err("no more");
    assert_eq!(refused.code(), Some(ProblemCode::LimitReached));
    assert!(app.other_administrator().create_api_client(&new_api_client(app.organisation_of(&app.other), READ)).await.is_ok());
    administrator.deactivate_api_client(last.expect("the last").id(), 1).await.expect("out of use");
    administrator.create_api_client(&new_api_client(organisation, READ)).await.expect("there is room again");
}

/// One who was an administrator and keeps less may not make secrets for what is more.
#[tokio::test]
async fn clients_are_kept_by_administrators_alone() {
    let app = TestApp::start().await;
    let program = app.program(app.organisation_of(&app.own), READ);
    let new = new_api_client(program.api_client.organisation_id, READ);
    for person in [app.coordinator(), app.auditor(), app.nobody()] {
        for refused in [
            person.list_api_clients(&Paging::default()).await.map(drop),
            person.get_api_client(program.id()).await.map(drop),
            person.create_api_client(&new).await.map(drop),
            person.deactivate_api_client(program.id(), 1).await.map(drop),
            person.create_api_client_secret(program.id(), &NewApiClientSecret::default()).await.map(drop),
            person.revoke_api_client_secret(program.api_client.secrets[0].id).await.map(drop),
        ] {
            assert_eq!(refused.expect_err("not theirs").code(), Some(ProblemCode::Forbidden));
        }
    }
    let administrator = app.administrator();
    let first = app.administrator();
    let grant = first.list_grants(&shared::identity::GrantFilter { account_id: Some(administrator.id()), ..Default::default() }).await;
    let grant = grant.expect("grants").items.remove(0);
    first.revoke_grant(grant.id, grant.version).await.expect("taken away");
    let auditing = NewGrant { account_id: administrator.id(), role: Role::Auditor, scope: Scope::Tenant, valid_from: None, valid_to: None };
    first.create_grant(&auditing).await.expect("given");
    let ask = || async { administrator.list_api_clients(&Paging::default()).await.is_err() };
    tests::eventually("who is no administrator any more keeps no clients", ask).await;
}
