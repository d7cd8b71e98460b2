//! Asking again with `If-None-Match`: 304 while nothing has changed, and never a moment longer than is promised.

use reqwest::Method;
use serde_json::json;
use shared::policy::{Role, Scope};
use tests::database::run;
use tests::raw::{header, send};
use tests::{Person, TestApp, eventually};

/// Status and ETag of a GET with `If-None-Match`.
async fn again(app: &TestApp, person: &Person, path: &str, etag: &str) -> (u16, String) {
    let response = send(app.get_as(person, path).header("if-none-match", etag)).await;
    (response.status().as_u16(), header(&response, "etag"))
}

async fn first(app: &TestApp, person: &Person, path: &str) -> String {
    header(&send(app.get_as(person, path)).await, "etag")
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again_and_what_has_is() {
    let app = TestApp::start().await;
    let (reader, writer) = (app.nobody(), app.administrator());
    let edition = app.edition(app.programme(1).id, 1);
    let (one, list) = (format!("/api/v1/editions/{}", edition.id), "/api/v1/editions".to_owned());
    let (etag, of_list) = (first(&app, &reader, &one).await, first(&app, &reader, &list).await);
    for _ in 0..3 {
        assert_eq!(again(&app, &reader, &one, &etag).await, (304, etag.clone()));
        assert_eq!(again(&app, &reader, &list, &of_list).await, (304, of_list.clone()));
    }
    assert_eq!(again(&app, &reader, &one, "\"v77\"").await.0, 200, "another version is no match");
    let change = app.send_as(&writer, Method::PATCH, &one, &json!({"places": 29})).header("if-match", etag.clone());
    let changed = send(change.header("content-type", "application/merge-patch+json")).await;
    assert_eq!(changed.status(), 200);
    // At once, not when some cache has run out.
    assert_eq!(again(&app, &reader, &one, &etag).await, (200, header(&changed, "etag")));
    assert_eq!(again(&app, &reader, &list, &of_list).await.0, 200);
}

#[tokio::test]
async fn what_was_told_to_one_says_nothing_to_another() {
    let app = TestApp::start().await;
    let course = app.edition_with(1);
    let path = format!("/api/v1/editions/{}/enrolments", course.edition.id);
    let (facilitator, nobody) = (app.facilitator(course.edition.id), app.nobody());
    let etag = first(&app, &facilitator, &path).await;
    assert_eq!(again(&app, &facilitator, &path, &etag).await.0, 304);
    assert_eq!(again(&app, &nobody, &path, &etag).await.0, 403);
    assert_eq!(again(&app, &app.other_administrator(), &path, &etag).await.0, 404);
}

#[tokio::test]
async fn a_lost_right_ends_it_within_a_second() {
    let app = TestApp::start().await;
    let edition = app.edition_with(1).edition;
    let path = format!("/api/v1/editions/{}/enrolments", edition.id);
    let facilitator = app.person(&[(Role::Facilitator, Scope::Edition(edition.id))]);
    let etag = first(&app, &facilitator, &path).await;
    assert_eq!(again(&app, &facilitator, &path, &etag).await.0, 304);
    // As another node would, which cannot tell this one.
    let other_node = backend::db::Db::open(app.db.address().clone()).expect("the same database");
    let account = app.literal(facilitator.id().0);
    run(&other_node, &format!("DELETE FROM grants WHERE account_id = {account}")).expect("taken away");
    eventually("refused", || async { again(&app, &facilitator, &path, &etag).await.0 == 403 }).await;
}

#[tokio::test]
async fn an_ended_session_ends_it_within_a_second() {
    let app = TestApp::start().await;
    let (reader, path) = (app.nobody(), "/api/v1/programmes");
    let (token, etag) = (reader.token(), first(&app, &reader, path).await);
    let ask = || async {
        let request = app.request(Method::GET, path).bearer_auth(&token).header("if-none-match", &etag);
        send(request).await.status().as_u16()
    };
    assert_eq!(ask().await, 304);
    reader.sign_out().await.expect("signed out");
    eventually("refused", || async { ask().await == 401 }).await;
}
