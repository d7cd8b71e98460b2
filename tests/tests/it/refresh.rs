//! Refresh tokens: each works once, a lost answer can be had again for 30 seconds, and a stolen one ends the session.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;
use shared::audit::{AuditAction, AuditFilter};
use shared::policy::{Role, Scope};
use tests::raw::{send, status};
use tests::{Person, TestApp, all_at_once, eventually};

/// Renews by a token; its successor, or nothing when it was refused.
async fn refresh(app: &TestApp, token: &str) -> Option<String> {
    let response = send(app.request(Method::POST, "/api/v1/sessions/refresh").json(&json!({ "refresh_token": token }))).await;
    match response.status().as_u16() {
        200 => {
            let body: serde_json::Value = response.json().await.expect("json");
            Some(body["refresh_token"].as_str().expect("a successor").to_owned())
        }
        401 => None,
        other => panic!("unexpected status {other}"),
    }
}

fn token_of(person: &Person) -> String {
    person.refresh_token().expect("a device holds one")
}

#[tokio::test]
async fn refresh_rotates_and_a_lost_answer_can_be_had_again() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let person = app.nobody();
    let first = token_of(&person);
    let second = refresh(&app, &first).await.expect("renewed");
    assert_ne!(first, second);
    app.advance(SignedDuration::from_secs(30));
    assert_eq!(refresh(&app, &first).await.as_ref(), Some(&second), "the same successor within 30 s");
    let third = refresh(&app, &second).await.expect("goes on");
    assert_ne!(second, third);
}

#[tokio::test]
async fn refresh_reuse_ends_the_session_and_is_told() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let auditor = app.auditor();
    let person = app.nobody();
    let first = token_of(&person);
    let second = refresh(&app, &first).await.expect("renewed");
    let access = person.token();
    app.advance(SignedDuration::from_secs(31));
    assert_eq!(refresh(&app, &first).await, None, "a spent token after the grace is a stolen one");
    assert_eq!(refresh(&app, &second).await, None, "its successor is dead too");
    let is_out = || async { status(app.request(Method::GET, "/api/v1/me").bearer_auth(&access)).await == 401 };
    eventually("the access token is dead", is_out).await;
    let reused = AuditFilter { action: Some(AuditAction::TokenReused), ..AuditFilter::default() };
    let trail = auditor.list_audit_events(&reused).await.expect("trail").items;
    assert_eq!(trail.len(), 1);
    assert_eq!(trail[0].actor_id, Some(person.id()));
}

#[tokio::test]
async fn refresh_fifty_at_once_is_one_family_and_nobody_is_out() {
    let app = std::sync::Arc::new(TestApp::start().await);
    let person = app.nobody();
    let first = token_of(&person);
    let successors = all_at_once((0..50).map(|_| {
        let (app, first) = (app.clone(), first.clone());
        async move { refresh(&app, &first).await }
    }))
    .await;
    let next = successors[0].clone().expect("renewed");
    assert!(successors.iter().all(|successor| successor.as_ref() == Some(&next)), "one family");
    assert!(refresh(&app, &next).await.is_some(), "nobody is out");
    let account = app.literal(person.id().0);
    assert_eq!(app.rows("sessions", &format!("account_id = {account} AND revoked_at IS NULL")), 1);
}

#[tokio::test]
async fn refresh_ends_with_the_session_which_is_short_for_staff() {
    let app = TestApp::start().await;
    let start = app.clock.now();
    app.clock.set(Some(start));
    let (staff, participant) = (app.person(&[(Role::Auditor, Scope::Tenant)]), app.nobody());
    app.clock.set(Some(start + SignedDuration::from_hours(12)));
    assert_eq!(refresh(&app, &token_of(&staff)).await, None, "12 hours for staff");
    let later = refresh(&app, &token_of(&participant)).await.expect("30 days for others");
    app.clock.set(Some(start + SignedDuration::from_hours(30 * 24)));
    assert_eq!(refresh(&app, &later).await, None, "and not longer, however much it is used");
}

#[tokio::test]
async fn refresh_refuses_what_is_no_refresh_token() {
    let app = TestApp::start().await;
    let person = app.nobody();
    for wrong in ["", "x", &person.token(), &format!("{}x", token_of(&person))] {
        assert_eq!(refresh(&app, wrong).await, None, "{wrong}");
    }
    let elsewhere = app.client(&app.other, false);
    elsewhere.set_refresh_token(Some(token_of(&person)));
    assert!(elsewhere.refresh().await.is_err(), "another tenant");
}

#[tokio::test]
async fn an_expired_access_token_is_renewed_silently() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let person = app.nobody();
    let before = person.token();
    app.advance(SignedDuration::from_secs(601));
    person.get_me().await.expect("renewed by the client");
    assert_ne!(person.token(), before);
}
