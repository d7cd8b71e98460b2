//! Signing in and out, and how soon a change of what somebody may do bites.

use backend::config::Settings;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;
use shared::audit::{AuditAction, AuditFilter};
use shared::identity::{Credentials, NewGrant, PasswordChange, SessionKind};
use shared::page::Paging;
use shared::policy::{Role, Scope};
use shared::problem::ProblemCode;
use tests::raw::{cookie, header, problem, send, status};
use tests::{PASSWORD, Person, TestApp, eventually};

fn credentials(person: &Person, password: &str) -> Credentials {
    Credentials { email: person.account.email.clone(), password: password.to_owned(), kind: SessionKind::Device }
}

/// Whether the token is refused now.
async fn is_out(app: &TestApp, token: impl Into<String>) -> bool {
    status(app.request(Method::GET, "/api/v1/me").bearer_auth(token.into())).await == 401
}

fn sign_in_by_browser(app: &TestApp, person: &Person) -> reqwest::RequestBuilder {
    let body = json!({"email": person.account.email, "password": PASSWORD, "kind": "browser"});
    app.request(Method::POST, "/api/v1/sessions").header("X-Polku-Client", "web").json(&body)
}

#[tokio::test]
async fn a_device_signs_in_with_the_right_password_only() {
    let app = TestApp::start().await;
    let person = app.administrator();
    let device = app.stranger();
    device.sign_in(&credentials(&person, PASSWORD)).await.expect("signed in");
    assert!(device.refresh_token().is_some());
    let me = device.get_me().await.expect("me");
    assert_eq!(me.account.id, person.id());
    assert_eq!(me.grants.len(), 1);

    let refused = app.stranger().sign_in(&credentials(&person, "aivan toinen salasana")).await.expect_err("wrong");
    assert_eq!(refused.code(), Some(ProblemCode::WrongCredentials));
    let other = app.client(&app.other, false).sign_in(&credentials(&person, PASSWORD)).await.expect_err("another tenant");
    assert_eq!(other.code(), Some(ProblemCode::WrongCredentials));

    let trail =
        person.list_audit_events(&AuditFilter { action: Some(AuditAction::SignInRefused), ..AuditFilter::default() }).await.expect("trail");
    assert_eq!(trail.items.len(), 1);
    assert_eq!(trail.items[0].object_id, Some(person.id().0));
}

#[tokio::test]
async fn a_browser_keeps_its_refresh_token_where_no_script_sees_it() {
    let app = TestApp::start().await;
    let person = app.nobody();
    let response = send(sign_in_by_browser(&app, &person)).await;
    assert_eq!(response.status(), 201);
    assert_eq!(header(&response, "cache-control"), "no-store");
    let set = header(&response, "set-cookie");
    for part in ["polku_rt=", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
        assert!(set.contains(part), "{part} is not in {set}");
    }
    let text = response.text().await.expect("a body");
    assert!(!text.contains("refresh_token"), "{text}");

    let secure = TestApp::start_with(Settings { secure_cookies: true, ..tests::unhurried() }).await;
    let set = header(&send(sign_in_by_browser(&secure, &secure.nobody())).await, "set-cookie");
    assert!(set.starts_with("__Host-polku_rt=") && set.contains("Secure"), "{set}");
}

#[tokio::test]
async fn another_site_cannot_use_the_cookie() {
    let app = TestApp::start().await;
    let person = app.nobody();
    let kept = cookie(&send(sign_in_by_browser(&app, &person)).await).expect("a cookie");
    let refresh = || app.request(Method::POST, "/api/v1/sessions/refresh").header("cookie", &kept).json(&json!({}));

    assert_eq!(problem(refresh()).await.code, ProblemCode::ForeignOrigin, "without our header");
    let ours = || refresh().header("X-Polku-Client", "web");
    assert_eq!(problem(ours().header("origin", "https://evil.example")).await.code, ProblemCode::ForeignOrigin);
    assert_eq!(problem(ours().header("origin", "null")).await.code, ProblemCode::ForeignOrigin);
    assert_eq!(problem(ours().header("sec-fetch-site", "cross-site")).await.code, ProblemCode::ForeignOrigin);
    assert_eq!(problem(ours().header("sec-fetch-site", "same-site")).await.code, ProblemCode::ForeignOrigin);
    let own = app.origin(&app.own);
    let response = send(ours().header("origin", own).header("sec-fetch-site", "same-origin")).await;
    assert_eq!(response.status(), 200);
    assert_ne!(cookie(&response).expect("a successor"), kept);

    let without = sign_in_by_browser(&app, &person).header("sec-fetch-site", "cross-site");
    assert_eq!(problem(without).await.code, ProblemCode::ForeignOrigin, "nor sign a browser in");
}

#[tokio::test]
async fn signing_out_takes_everything_back() {
    let app = TestApp::start().await;
    let person = app.nobody();
    let response = send(sign_in_by_browser(&app, &person)).await;
    let kept = cookie(&response).expect("a cookie");
    let token = response.json::<serde_json::Value>().await.expect("json")["access_token"].as_str().expect("a token").to_owned();
    let out = send(app.request(Method::POST, "/api/v1/sessions/sign-out").bearer_auth(&token)).await;
    assert_eq!(out.status(), 204);
    assert!(header(&out, "set-cookie").contains("Max-Age=0"), "{}", header(&out, "set-cookie"));
    assert_eq!(header(&out, "clear-site-data"), "\"cache\", \"storage\"");
    eventually("the access token is dead", || is_out(&app, &token)).await;
    let refresh =
        app.request(Method::POST, "/api/v1/sessions/refresh").header("cookie", kept).header("X-Polku-Client", "web").json(&json!({}));
    assert_eq!(status(refresh).await, 401);
}

#[tokio::test]
async fn sessions_are_seen_and_ended_one_by_one_and_all_at_once() {
    let app = TestApp::start().await;
    let first = app.nobody();
    let second = app.sign_in(&app.own, first.account.clone());
    let stranger = app.nobody();
    let sessions = first.list_sessions(&Paging::default()).await.expect("sessions").items;
    assert_eq!(sessions.len(), 2);
    let other = sessions.iter().find(|session| !session.current).expect("the other one");
    let foreign = stranger.revoke_session(other.id).await.expect_err("not theirs");
    assert_eq!(foreign.code(), Some(ProblemCode::NotFound));
    let newest = first.list_sessions(&Paging { limit: Some(1), cursor: None }).await.expect("a page");
    let rest = first.list_sessions(&Paging { limit: None, cursor: newest.next_cursor }).await.expect("the rest");
    assert_eq!((newest.items.as_slice(), rest.items.as_slice()), (&sessions[..1], &sessions[1..]));
    assert_eq!(status(app.get_as(&first, "/api/v1/sessions?limit=0")).await, 400);
    first.revoke_session(other.id).await.expect("ended");
    eventually("the second device is out", || is_out(&app, second.token())).await;
    assert!(!is_out(&app, first.token()).await);

    let third = app.sign_in(&app.own, first.account.clone());
    let tokens = [first.token(), third.token()];
    first.sign_out_everywhere().await.expect("ended");
    for token in &tokens {
        eventually("every device is out", || is_out(&app, token)).await;
    }
    assert!(third.refresh().await.is_err());
}

#[tokio::test]
async fn an_ended_session_is_asked_about_and_the_call_is_sent_anew() {
    let app = TestApp::start().await;
    let person = app.nobody();
    let device = app.stranger();
    device.sign_in(&credentials(&person, PASSWORD)).await.expect("signed in");
    person.sign_out_everywhere().await.expect("ended");
    let token = device.access_token().expect("a token");
    eventually("the device is out", || is_out(&app, &token)).await;

    let declining = device.clone().when_refused(|_| Box::pin(async { false }));
    assert_eq!(declining.get_me().await.expect_err("no new session").code(), Some(ProblemCode::Unauthenticated));
    let (signing_in, own) = (device.clone(), credentials(&person, PASSWORD));
    let asking = device.when_refused(move |wanted| {
        assert_eq!(wanted, ProblemCode::Unauthenticated);
        let (device, own) = (signing_in.clone(), own.clone());
        Box::pin(async move { device.sign_in(&own).await.is_ok() })
    });
    assert_eq!(asking.get_me().await.expect("sent anew").account.id, person.id());
}

#[tokio::test]
async fn the_eleventh_session_ends_the_oldest() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let first = app.nobody();
    for _ in 0..10 {
        app.advance(SignedDuration::from_secs(1));
        app.sign_in(&app.own, first.account.clone());
    }
    eventually("the oldest is out", || is_out(&app, first.token())).await;
}

#[tokio::test]
async fn a_deactivated_account_is_out_within_a_second() {
    let app = TestApp::start().await;
    let (administrator, person) = (app.administrator(), app.nobody());
    person.get_me().await.expect("still in");
    let token = person.token();
    administrator.deactivate_account(person.id(), person.account.version).await.expect("deactivated");
    eventually("the account is out", || is_out(&app, &token)).await;
    assert!(person.refresh().await.is_err());
    let refused = app.stranger().sign_in(&credentials(&person, PASSWORD)).await.expect_err("out of use");
    assert_eq!(refused.code(), Some(ProblemCode::WrongCredentials));
    let account = administrator.get_account(person.id()).await.expect("still listed");
    administrator.reactivate_account(person.id(), account.version).await.expect("back");
    app.stranger().sign_in(&credentials(&person, PASSWORD)).await.expect("in again");
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let app = TestApp::start().await;
    let person = app.nobody();
    let elsewhere = app.sign_in(&app.own, person.account.clone());
    let change = |current: &str, new: &str| PasswordChange { current_password: current.to_owned(), new_password: new.to_owned() };
    let wrong = person.change_password(&change("aivan toinen salasana", "kolme märkää kumisaapasta")).await.expect_err("wrong");
    assert_eq!(wrong.code(), Some(ProblemCode::Invalid));
    let weak = person.change_password(&change(PASSWORD, "passwordpassword")).await.expect_err("known");
    assert_eq!(weak.code(), Some(ProblemCode::Invalid));
    person.change_password(&change(PASSWORD, "kolme märkää kumisaapasta")).await.expect("changed");
    eventually("the other device is out", || is_out(&app, elsewhere.token())).await;
    assert!(!is_out(&app, person.token()).await, "the device that changed it stays");
    assert!(app.stranger().sign_in(&credentials(&person, PASSWORD)).await.is_err());
    app.stranger().sign_in(&credentials(&person, "kolme märkää kumisaapasta")).await.expect("by the new one");
}

#[tokio::test]
async fn a_change_of_grants_bites_within_a_second() {
    let app = TestApp::start().await;
    let (administrator, person) = (app.administrator(), app.nobody());
    let reads = || async { person.list_audit_events(&AuditFilter::default()).await.is_ok() };
    assert!(!reads().await);
    let new = NewGrant { account_id: person.id(), role: Role::Auditor, scope: Scope::Tenant, valid_from: None, valid_to: None };
    let grant = administrator.create_grant(&new).await.expect("granted");
    eventually("the grant counts", reads).await;
    administrator.revoke_grant(grant.id, grant.version).await.expect("revoked");
    eventually("the grant counts no more", || async { !reads().await }).await;
    assert_eq!(person.list_audit_events(&AuditFilter::default()).await.expect_err("403").code(), Some(ProblemCode::Forbidden));
}

#[tokio::test]
async fn nobody_learns_which_addresses_are_known() {
    let app = TestApp::start().await;
    let known = app.nobody();
    let sign_in = |email: &str| {
        app.request(Method::POST, "/api/v1/sessions").json(&json!({"email": email, "password": "aivan toinen salasana", "kind": "device"}))
    };
    let (one, other) = (problem(sign_in(&known.account.email)).await, problem(sign_in("ei.ole@example.fi")).await);
    assert_eq!((one.status, one.code, one.title, one.detail), (other.status, other.code, other.title, other.detail));

    let reset = |email: &str| app.request(Method::POST, "/api/v1/links/password-reset").json(&json!({ "email": email }));
    let (one, other) = (send(reset(&known.account.email)).await, send(reset("ei.ole@example.fi")).await);
    let names =
        |response: &reqwest::Response| response.headers().keys().map(ToString::to_string).collect::<std::collections::BTreeSet<_>>();
    assert_eq!((one.status(), names(&one)), (other.status(), names(&other)));
    assert_eq!(one.text().await.expect("a body"), other.text().await.expect("a body"));
}
