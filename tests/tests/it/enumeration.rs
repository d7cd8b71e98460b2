//! B7: nobody learns which addresses are known, neither from an answer nor from how long it takes.
//!
//! `POLKU_TIMING_SAMPLES=500` takes as many samples of each kind as the bar asks for, and holds them to its bounds; the
//! suite takes fewer and catches what is plainly different.

use backend::config::Settings;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use tests::raw::send;
use tests::{PASSWORD, Person, TestApp};

/// Status, headers that may differ by meaning, and body.
async fn answer(request: RequestBuilder) -> (u16, BTreeMap<String, String>, Value) {
    let response = send(request).await;
    let status = response.status().as_u16();
    let changing = ["x-request-id", "date", "content-length"];
    let headers = response.headers().iter().filter(|(name, _)| !changing.contains(&name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned())).collect();
    let mut body: Value = serde_json::from_str(&response.text().await.expect("a body")).unwrap_or_default();
    if let Some(body) = body.as_object_mut() {
        body.remove("trace_id");
    }
    (status, headers, body)
}

fn sign_in(app: &TestApp, email: &str, net: usize) -> RequestBuilder {
    let body = json!({"email": email, "password": "aivan toinen salasana", "kind": "device"});
    app.request(Method::POST, "/api/v1/sessions").header("x-forwarded-for", format!("10.{}.{}.1", net / 250, net % 250)).json(&body)
}

fn reset(app: &TestApp, email: &str, net: usize) -> RequestBuilder {
    app.request(Method::POST, "/api/v1/links/password-reset")
        .header("x-forwarded-for", format!("10.{}.{}.1", net / 250, net % 250))
        .json(&json!({ "email": email }))
}

async fn behind_proxy() -> TestApp {
    TestApp::start_with(Settings { trust_proxy: true, ..tests::unhurried() }).await
}

/// People whose sign-in differs in every way that must not show.
async fn people(app: &TestApp) -> Vec<(&'static str, String)> {
    let invited = app.administrator();
    let new = shared::identity::NewAccount {
        name: "Eeva Kutsuttu".to_owned(),
        email: format!("{}@example.fi", uuid::Uuid::new_v4().simple()),
        lang: shared::Lang::Fi,
        unit_id: None,
    };
    let waiting = invited.invite_account(&new).await.expect("invited").account.email;
    let gone = app.nobody();
    invited.deactivate_account(gone.id(), gone.account.version).await.expect("deactivated");
    vec![
        ("unknown", "ei.ole@example.fi".to_owned()),
        ("known", app.nobody().account.email),
        ("staff", app.auditor().account.email),
        ("with a second factor", app.guard(app.nobody()).await.person.account.email),
        ("invited", waiting),
        ("deactivated", gone.account.email),
    ]
}

#[tokio::test]
async fn b7_every_address_gets_the_same_answer() {
    let app = behind_proxy().await;
    let people = people(&app).await;
    for (what, ask) in [("sign-in", sign_in as fn(&TestApp, &str, usize) -> RequestBuilder), ("reset", reset)] {
        let expected = answer(ask(&app, &people[0].1, 0)).await;
        for (net, (kind, email)) in people.iter().enumerate() {
            assert_eq!(answer(ask(&app, email, net)).await, expected, "{what}, {kind}");
        }
    }
    let gone = people.iter().find(|(kind, _)| *kind == "deactivated").expect("one");
    let right = json!({"email": gone.1, "password": PASSWORD, "kind": "device"});
    let right = app.request(Method::POST, "/api/v1/sessions").header("x-forwarded-for", "10.9.9.9").json(&right);
    assert_eq!(answer(right).await, answer(sign_in(&app, "ei.ole@example.fi", 77)).await, "even with the right password");
}

#[tokio::test]
async fn b7_the_second_step_tells_nothing_of_the_account() {
    let app = behind_proxy().await;
    let guarded = app.guard(app.nobody()).await;
    let challenge = app.challenge(&app.stranger(), &guarded.person).await;
    app.advance(jiff::SignedDuration::from_mins(5));
    let step =
        |token: &str| app.request(Method::POST, "/api/v1/sessions/second-step").json(&json!({"challenge_token": token, "code": "123456"}));
    assert_eq!(answer(step(&challenge.challenge_token)).await, answer(step(&"a".repeat(43))).await, "one that was, and one that never was");
}

fn samples() -> Option<usize> {
    std::env::var("POLKU_TIMING_SAMPLES").ok().and_then(|count| count.parse().ok())
}

fn median(times: &[Duration]) -> f64 {
    let mut sorted: Vec<f64> = times.iter().map(Duration::as_secs_f64).collect();
    sorted.sort_by(f64::total_cmp);
    f64::midpoint(sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]) * 1_000.0
}

/// Two-sided Mann–Whitney test by the normal approximation: how likely samples so different are of one kind.
fn mann_whitney(one: &[Duration], other: &[Duration]) -> f64 {
    let wins = |a: &Duration| other.iter().map(|b| if a > b { 1.0 } else { f64::from(u8::from(a == b)) / 2.0 }).sum::<f64>();
    let u: f64 = one.iter().map(wins).sum();
    let (n, m) = (one.len() as f64, other.len() as f64);
    let z = (u - n * m / 2.0).abs() / (n * m * (n + m + 1.0) / 12.0).sqrt();
    // The tail of the normal distribution (Abramowitz and Stegun, 26.2.17, to seven digits).
    let t = 1.0 / (1.0 + 0.231_641_9 * z);
    let poly = t * (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    2.0 * poly * (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

#[test]
fn the_test_tells_same_from_different() {
    let ms = |list: &[u64]| list.iter().map(|n| Duration::from_millis(*n)).collect::<Vec<_>>();
    let (low, high): (Vec<u64>, Vec<u64>) = ((0..50).collect(), (40..90).collect());
    assert!(mann_whitney(&ms(&low), &ms(&low)) > 0.9);
    assert!(mann_whitney(&ms(&low), &ms(&high)) < 1e-6);
    // Two of six and of six, by hand: U = 2, z = 2.562, p = 0.0104.
    let p = mann_whitney(&ms(&[1, 2, 3, 4, 5, 8]), &ms(&[6, 7, 9, 10, 11, 12]));
    assert!((p - 0.0104).abs() < 5e-4, "{p}");
}

async fn compare(what: &str, count: usize, strict: bool, ask: impl Fn(bool, usize) -> RequestBuilder) {
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..3 {
        send(ask(true, 9_000)).await;
        send(ask(false, 9_001)).await;
    }
    for n in 0..count {
        // By turns, and the first of a pair by turns too, so that what else the machine does falls on both alike.
        for known in [n % 2 == 0, n % 2 != 0] {
            let begun = Instant::now();
            send(ask(known, 2 * n + usize::from(known))).await;
            times[usize::from(known)].push(begun.elapsed());
        }
    }
    let (difference, p) = ((median(&times[0]) - median(&times[1])).abs(), mann_whitney(&times[0], &times[1]));
    let (unknown, known) = (median(&times[0]), median(&times[1]));
    tests::figure!("B7", "{what}: {count} + {count} samples, medians {unknown:.2} and {known:.2} ms, p = {p:.3}");
    if strict {
        assert!(difference <= 5.0 && p > 0.01, "{what}: medians differ by {difference:.2} ms, p = {p:.4}");
    } else {
        assert!(p > 1e-5, "{what}: medians differ by {difference:.2} ms, p = {p:.6}");
    }
}

#[tokio::test]
async fn b7_a_sign_in_takes_as_long_for_an_unknown_address() {
    let app = behind_proxy().await;
    let known: Vec<Person> = (0..8).map(|_| app.nobody()).collect();
    let count = samples().unwrap_or(24);
    compare("sign-in", count, samples().is_some(), |is_known, net| {
        let unknown = format!("ei.ole.{}@example.fi", net % 8);
        sign_in(&app, if is_known { &known[net % 8].account.email } else { &unknown }, net)
    })
    .await;
}

#[tokio::test]
async fn b7_asking_for_a_reset_takes_as_long_for_an_unknown_address() {
    let app = behind_proxy().await;
    let known: Vec<Person> = (0..8).map(|_| app.nobody()).collect();
    let count = samples().unwrap_or(60);
    compare("reset", count, samples().is_some(), |is_known, net| {
        let unknown = format!("ei.ole.{}@example.fi", net % 8);
        reset(&app, if is_known { &known[net % 8].account.email } else { &unknown }, net)
    })
    .await;
}
