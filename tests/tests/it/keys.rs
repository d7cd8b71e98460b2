//! B2: signing keys follow one another without anyone noticing, and in an emergency everyone is out.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;
use shared::identity::{Credentials, SessionKind};
use std::time::Duration;
use tests::raw::status;
use tests::scratch::Scratch;
use tests::{TestApp, eventually, within};

const FIVE_SECONDS: Duration = Duration::from_secs(5);

fn kid(token: &str) -> String {
    jsonwebtoken::decode_header(token).expect("a header").kid.expect("a key's name")
}

#[tokio::test]
async fn b2_the_old_key_is_believed_until_its_last_token_has_ended() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let person = app.nobody();
    let ask = |token: String| app.request(Method::GET, "/api/v1/me").bearer_auth(token);
    let old = person.token();
    app.state.keys.rotate(app.clock.now(), false).expect("rotated");
    assert_eq!(kid(&app.nobody().token()), kid(&old), "the old key signs until every node knows the new one");
    app.advance(SignedDuration::from_secs(2));
    let new = app.nobody().token();
    assert_ne!(kid(&new), kid(&old));
    assert_eq!((status(ask(old.clone())).await, status(ask(new)).await), (200, 200), "both are live");
    let published = app.stranger().get_key_set().await.expect("keys").keys;
    assert_eq!(published.len(), 2, "others can verify the tokens of both");
    assert!(app.state.keys.rotate(app.clock.now(), false).is_err(), "not a third one meanwhile");
    let last = person.token();
    app.advance(SignedDuration::from_secs(597));
    assert_eq!(status(ask(last.clone())).await, 200, "to the end of its ten minutes");

    // A token of the retired key that would still be in time is refused.
    app.advance(SignedDuration::from_secs(60));
    let retired = app.state.keys.verifier(&kid(&old), app.clock.now());
    assert!(retired.is_none());
    assert_eq!(app.stranger().get_key_set().await.expect("keys").keys.len(), 1);
    assert!(app.state.keys.rotate(app.clock.now(), false).is_ok(), "and the next rotation may begin");
}

#[tokio::test]
async fn b2_a_retired_key_signs_nothing_that_is_believed() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let person = app.nobody();
    let retired = app.state.keys.signer(app.clock.now());
    app.state.keys.rotate(app.clock.now(), false).expect("rotated");
    app.advance(SignedDuration::from_mins(11));
    person.get_me().await.expect("renewed by the new key");
    // The claims of a good token, signed by the retired key.
    let token = person.token();
    let message = {
        let header = json!({"alg": "EdDSA", "typ": "at+jwt", "kid": retired.kid}).to_string();
        let encoded = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, header);
        format!("{encoded}.{}", token.split('.').nth(1).expect("claims"))
    };
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &retired.signing, jsonwebtoken::Algorithm::EdDSA).expect("signed");
    let ask = |token: &str| app.request(Method::GET, "/api/v1/me").bearer_auth(token);
    assert_eq!(status(ask(&token)).await, 200);
    assert_eq!(status(ask(&format!("{message}.{signature}"))).await, 401);
}

#[tokio::test]
async fn b2_an_emergency_ends_every_token_and_every_session() {
    let app = TestApp::start_alone().await;
    let (person, other) = (app.nobody(), app.other_administrator());
    app.state.keys.rotate(app.clock.now(), true).expect("rotated");
    app.db.write(|conn| backend::identity::service::sessions::end_everybodys(conn, app.clock.now())).expect("ended");
    for one in [&person, &other] {
        let token = one.token();
        let out = || async { status(app.request(Method::GET, "/api/v1/me").bearer_auth(&token)).await == 401 };
        eventually("access is over", out).await;
        assert!(one.refresh().await.is_err(), "and cannot be renewed");
    }
}

#[tokio::test]
async fn b2_a_running_server_takes_a_new_key_into_use_and_an_emergency_signs_everyone_out() {
    let scratch = Scratch::new();
    let printed = scratch.run(&["account", "create", "--name", "Pää Käyttäjä", "--email", "paa@example.fi", "--administrator"]);
    let password = printed.lines().last().expect("a password").to_owned();
    let serving = scratch.serve().await;
    let client = shared::client::Client::new(serving.origin.clone(), false);
    client.sign_in(&Credentials { email: "paa@example.fi".to_owned(), password, kind: SessionKind::Device }).await.expect("in");
    let token = || client.access_token().expect("a token");
    let http = reqwest::Client::new();
    let answer = |token: String| {
        let ask = http.get(format!("{}/api/v1/me", serving.origin)).bearer_auth(token);
        async move { ask.send().await.expect("an answer").status().as_u16() }
    };
    let first = token();

    scratch.run(&["keys", "rotate"]);
    assert!(scratch.refused(&["keys", "rotate"]).contains("--emergency"), "two keys are live at most");
    let renewed = || async {
        client.refresh().await.expect("renewed");
        kid(&token()) != kid(&first)
    };
    within(FIVE_SECONDS, "the new key signs", renewed).await;
    assert_eq!((answer(first.clone()).await, answer(token()).await), (200, 200), "both are live");

    scratch.run(&["keys", "rotate", "--emergency"]);
    within(FIVE_SECONDS, "access is over", || async { answer(token()).await == 401 && answer(first.clone()).await == 401 }).await;
    assert!(client.refresh().await.is_err(), "nor can it be renewed");
}

#[test]
fn b14_every_installation_has_keys_of_its_own() {
    let (one, other) = (Scratch::new(), Scratch::new());
    let read = |scratch: &Scratch, file: &str| std::fs::read(scratch.data().join(file)).expect("a key");
    for scratch in [&one, &other] {
        scratch.run(&["keys", "rotate"]);
    }
    for file in backend::keys::FILES {
        assert_ne!(read(&one, file), read(&other, file), "{file}");
    }
}
