//! Clients that take their time: bodies, later heads, and the end of the server.

use backend::config::Settings;
use backend::config::limits::{Limits, Times};
use serde_json::json;
use std::time::{Duration, Instant};
use tests::raw::status;
use tests::socket::statuses;
use tests::{PASSWORD, TestApp, eventually};
use tokio::sync::Semaphore;

const HEAD: &str = "POST /api/v1/sessions HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\n";

async fn impatient() -> TestApp {
    let times = Times {
        body: Duration::from_millis(1_500),
        grace: Duration::from_millis(400),
        keep_alive: Duration::from_millis(1_500),
        head: Duration::from_millis(500),
        ..Times::default()
    };
    TestApp::start_with(Settings { limits: Limits { times, ..tests::unhurried().limits }, ..Settings::default() }).await
}

fn tick() -> Duration {
    Duration::from_millis(100)
}

#[tokio::test]
async fn a_body_that_drips_is_refused_and_its_connection_closed() {
    let app = impatient().await;
    for head in ["Content-Length: 4000\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"] {
        let mut socket = app.socket().await;
        socket.write(&format!("{HEAD}{head}")).await;
        let piece = if head.contains("chunked") { "1\r\n \r\n" } else { " " };
        let (said, closed, took) = socket.drip(piece, tick(), Duration::from_secs(8)).await;
        assert!(closed, "{head:?}: never cut: {said}");
        assert_eq!(statuses(&said), [408], "{head:?}: {said}");
        assert!(said.contains("application/problem+json") && said.contains("request_timeout"), "{said}");
        assert!(said.to_ascii_lowercase().contains("connection: close"), "{said}");
        // What is left of the body is listened to for a second, so that the refusal arrives.
        assert!(took < Duration::from_secs(4), "{head:?}: {took:?}");
    }
}

#[tokio::test]
async fn a_body_that_no_operation_asked_for_is_not_waited_for_either() {
    let app = impatient().await;
    for line in ["POST /healthz", "POST /no/such/thing", "GET /api/v1/meta"] {
        let mut socket = app.socket().await;
        socket.write(&format!("{line} HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n")).await;
        let (said, closed, _) = socket.drip("1\r\nx\r\n", tick(), Duration::from_secs(8)).await;
        assert!(closed, "{line}: never cut: {said}");
        assert_eq!(statuses(&said), [408], "{line}: {said}");
    }
}

#[tokio::test]
async fn a_body_has_a_time_however_steady_it_comes_and_a_quick_one_is_served() {
    let app = impatient().await;
    let mut socket = app.socket().await;
    socket.write(&format!("{HEAD}Content-Length: 200000\r\n\r\n")).await;
    let begun = Instant::now();
    let (said, closed, _) = socket.drip(&" ".repeat(2_000), tick(), Duration::from_secs(8)).await;
    assert!(closed && statuses(&said) == [408], "{said}");
    assert!(begun.elapsed() >= Duration::from_millis(1_400), "its pace is good for longer than that");

    let mut socket = app.socket().await;
    let body = json!({"email": "ei.ole@example.fi", "password": PASSWORD, "kind": "device"}).to_string();
    socket.write(&format!("{HEAD}Content-Length: {}\r\n\r\n", body.len())).await;
    for piece in body.as_bytes().chunks(30) {
        socket.write(&String::from_utf8_lossy(piece)).await;
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
    assert_eq!(statuses(&socket.answer().await), [401], "in pieces, but in time");
}

#[tokio::test]
async fn a_later_head_that_drips_is_cut_as_the_first_is() {
    let app = impatient().await;
    let mut socket = app.socket().await;
    for _ in 0..3 {
        socket.write("GET /healthz HTTP/1.1\r\nHost: HOST\r\n\r\n").await;
        assert_eq!(statuses(&socket.answer().await), [200]);
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
    let begun = Instant::now();
    socket.write("GET /healthz HTTP/1.1\r\nHost: HOST\r\n").await;
    let (said, closed, _) = socket.drip("X-A: b\r\n", tick(), Duration::from_secs(8)).await;
    assert!(closed && said.is_empty(), "{said}");
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn an_answer_that_is_sipped_is_cut_off() {
    let app = impatient().await;
    let mut socket = app.small_socket().await;
    socket.write("GET /openapi.json HTTP/1.1\r\nHost: HOST\r\n\r\n").await;
    let (rest, reset) = socket.sip(16, tick(), Duration::from_secs(3)).await;
    assert!(reset && rest < 64 * 1024, "who sips an answer is offered it on: {rest} bytes, reset: {reset}");
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_it_is_sent() {
    let app = TestApp::start().await;
    let mut socket = app.socket().await;
    socket.write(&format!("{HEAD}Content-Length: 262145\r\n\r\n")).await;
    let (said, closed) = socket.rest(Duration::from_secs(5)).await;
    assert!(closed && statuses(&said) == [413], "{said}");
    let mut socket = app.socket().await;
    socket.write(&format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n")).await;
    let chunk = format!("8000\r\n{}\r\n", " ".repeat(0x8000));
    let (said, closed, _) = socket.drip(&chunk, Duration::from_millis(5), Duration::from_secs(20)).await;
    assert!(closed && statuses(&said) == [413], "{said}");
}

#[tokio::test]
async fn bodies_do_not_fill_the_memory_of_a_node() {
    let app = TestApp::start().await;
    let person = app.administrator();
    let post = || app.send_as(&person, reqwest::Method::POST, "/api/v1/organisations", &json!({"name": "A", "kind": "other"}));
    let all = Semaphore::available_permits(&app.state.bodies);
    assert_eq!(all, 64 * 1024, "64 MiB");
    let held = app.state.bodies.clone().try_acquire_many_owned(u32::try_from(all).expect("a count")).expect("all of it");
    assert_eq!(status(post()).await, 503);
    assert_eq!(status(app.get_as(&person, "/api/v1/me")).await, 200, "what has no body goes on");
    drop(held);
    assert_eq!(status(post()).await, 201);
    assert_eq!(app.state.bodies.available_permits(), all, "and gives its share back");
}

#[tokio::test]
async fn a_server_that_stops_finishes_what_is_under_way() {
    let app = TestApp::start().await;
    let person = app.nobody();
    // Those who are only connected do not keep it.
    let mut idle = app.socket().await;
    idle.write("GET /healthz HTTP/1.1\r\nHost: HOST\r\n\r\n").await;
    idle.answer().await;
    let busy = app.keep_hashing(8);
    let body = json!({"email": person.account.email, "password": PASSWORD, "kind": "device"});
    let under_way = tokio::spawn(app.request(reqwest::Method::POST, "/api/v1/sessions").json(&body).send());
    eventually("it is under way", || async { app.state.shed.entering() == 1 }).await;
    let begun = Instant::now();
    app.stop().await;
    let answer = under_way.await.expect("no panic").expect("answered");
    assert_eq!(answer.status(), 201);
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    assert!(idle.rest(Duration::from_secs(1)).await.1, "idle connections are closed");
    drop(busy);
}
