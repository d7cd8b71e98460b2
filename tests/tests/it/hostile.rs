//! C4 and C8: what attackers write where text is read — in bodies, parameters, addresses and header fields — and cursors
//! that have been tampered with, in every operation that takes one.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tests::database::everything_of;
use tests::operations::{Operation, World, document, operations};
use tests::raw::{header, send, status};
use tests::shapes::{places, with};
use tests::{Person, TestApp};

const CORPUS: &[&str] = &[
    "' OR '1'='1",
    "'; DROP TABLE accounts; --",
    "\\'; SELECT pg_sleep(5); --",
    "%",
    "_%\\",
    "../../../../etc/passwd",
    "a\r\nSet-Cookie: polku_rt=x",
    "a\n{\"level\":\"ERROR\",\"message\":\"forged\"}",
    "(a+)+$",
    "\u{202e}\u{200b}x\u{feff}",
    "a\u{0}b",
    "𝒳\u{301}'\"`<script>",
    "${7*7}{{7*7}}<%= 7*7 %>",
    "9223372036854775808",
];

/// Sends it: it must be answered soon, and never as a fault of ours.
async fn survives(what: &str, request: RequestBuilder) -> u16 {
    let begun = Instant::now();
    let response = send(request).await;
    let status = response.status().as_u16();
    assert!(header(&response, "set-cookie").is_empty(), "{what}: a header was forged");
    assert!(status < 500, "{what}: {status} {}", response.text().await.unwrap_or_default());
    assert!(begun.elapsed() < Duration::from_secs(2), "{what}: {:?}", begun.elapsed());
    status
}

/// Those that hash a password are slow by intent; they are tried in `identity.rs`.
fn hashes(operation: &Operation) -> bool {
    ["sign_in", "confirm_session", "change_password", "redeem_link"].contains(&operation.id.as_str())
}

fn request(app: &TestApp, operation: &Operation, person: &Person, path: &str) -> RequestBuilder {
    let request = app.request(operation.method.clone(), path).header("if-match", "\"v1\"");
    if operation.visitor { request } else { request.bearer_auth(person.token()) }
}

#[tokio::test]
async fn hostile_text_in_bodies_is_only_text() {
    let app = TestApp::start().await;
    let (world, person) = (World::make(&app).await, app.administrator());
    let before = everything_of(&app.db, app.other.id);
    let mut asked = 0;
    for operation in operations().into_iter().filter(|operation| !hashes(operation)) {
        let Some(kind) = operation.body.as_ref().filter(|kind| kind.ends_with("json")) else { continue };
        let body = world.body(&operation);
        for place in places(&body, Value::is_string) {
            for text in CORPUS {
                let what = format!("{}: {text:?} at {place:?}", operation.id);
                let changed = with(&body, &place, json!(text)).to_string();
                let request = request(&app, &operation, &person, &world.path(&operation)).header("content-type", kind).body(changed);
                survives(&what, request).await;
                asked += 1;
            }
        }
    }
    assert!(asked > 500, "only {asked} asked");
    assert!(everything_of(&app.db, app.other.id) == before, "something of the other tenant was changed");
    assert!(app.rows("accounts", "1 = 1") > 0, "the tables are there");
}

/// The parameters that an operation takes in its address, by name.
fn parameters(operation: &Operation) -> Vec<String> {
    let described = &document()["paths"][&operation.path][operation.method.as_str().to_lowercase()]["parameters"];
    let query = described.as_array().into_iter().flatten().filter(|parameter| parameter["in"] == "query");
    query.filter_map(|parameter| parameter["name"].as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn hostile_text_in_addresses_is_only_text() {
    let app = TestApp::start().await;
    let (world, person) = (World::make(&app).await, app.administrator());
    let mut asked = 0;
    for operation in operations().into_iter().filter(|operation| operation.method == Method::GET) {
        let path = world.path(&operation);
        for text in CORPUS {
            let coded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
            for name in parameters(&operation) {
                let joint = if path.contains('?') { '&' } else { '?' };
                let what = format!("{}: {name}={text:?}", operation.id);
                survives(&what, request(&app, &operation, &person, &format!("{path}{joint}{name}={coded}"))).await;
                asked += 1;
            }
            if operation.path.contains('{') {
                let what = format!("{}: {text:?} as its id", operation.id);
                let path = operation.path.replace("{id}", &coded);
                assert_eq!(survives(&what, request(&app, &operation, &person, &path)).await, 404, "{what}");
                asked += 1;
            }
        }
    }
    assert!(asked > 300, "only {asked} asked");
    // Only what is searched for is found, whatever signs stand in it.
    for sign in ["%25", "_", "%5C"] {
        let found: Value = send(app.get_as(&person, &format!("/api/v1/accounts?q={sign}"))).await.json().await.expect("JSON");
        assert_eq!(found["items"].as_array().map(Vec::len), Some(0), "{sign}: {found}");
    }
}

#[tokio::test]
async fn hostile_text_in_header_fields_is_only_text() {
    let app = TestApp::start().await;
    let person = app.administrator();
    let names = [
        "accept",
        "accept-encoding",
        "accept-language",
        "authorization",
        "content-length-x",
        "cookie",
        "forwarded",
        "idempotency-key",
        "if-match",
        "if-none-match",
        "origin",
        "range",
        "referer",
        "sec-fetch-site",
        "traceparent",
        "user-agent",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-http-method-override",
        "x-polku-client",
    ];
    for name in names {
        // The client itself refuses line ends and NUL.
        for text in CORPUS.iter().filter(|text| reqwest::header::HeaderValue::from_bytes(text.as_bytes()).is_ok()) {
            let value = reqwest::header::HeaderValue::from_bytes(text.as_bytes()).expect("a value");
            let get = app.get_as(&person, "/api/v1/me").header(name, value.clone());
            survives(&format!("{name}: {text:?} in GET"), get).await;
            let body = json!({"name": uuid::Uuid::new_v4().to_string(), "kind": "other"});
            let post = app.send_as(&person, Method::POST, "/api/v1/organisations", &body).header(name, value);
            survives(&format!("{name}: {text:?} in POST"), post).await;
        }
    }
    for host in ["", "x", "evil.example", "127.0.0.1", "[::1]", "a..b", "x:y:z", "%00", "xn--"] {
        let mut socket = app.socket().await;
        socket.write(&format!("GET /api/v1/meta HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).await;
        let (said, closed) = socket.rest(Duration::from_secs(5)).await;
        assert!(closed && !said.starts_with("HTTP/1.1 5"), "{host}: {said}");
    }
}

/// Each line of the log is one event of ours, whatever was asked.
#[tokio::test]
async fn nobody_writes_lines_into_the_log() {
    let scratch = tests::scratch::Scratch::new();
    let mut serving = scratch.serve_with(&["--log", "debug"]).await;
    let http = reqwest::Client::new();
    for text in CORPUS {
        let coded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let address = format!("{}/api/v1/organisations/{coded}?cursor={coded}", serving.origin);
        survives(text, http.get(address)).await;
        let body = json!({"email": text, "password": text, "kind": "device"});
        survives(text, http.post(format!("{}/api/v1/sessions", serving.origin)).header("user-agent", "forged").json(&body)).await;
    }
    serving.kill();
    let lines = scratch.log();
    assert!(lines.lines().count() >= CORPUS.len() * 2, "{lines}");
    for line in lines.lines() {
        let event: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(event["level"].is_string() && !line.contains("forged"), "{line}");
    }
}

#[tokio::test]
async fn a_cursor_that_was_tampered_with_is_refused_by_every_list() {
    let app = TestApp::start().await;
    let (world, person) = (World::make(&app).await, app.administrator());
    let lists: Vec<Operation> =
        operations().into_iter().filter(|operation| parameters(operation).iter().any(|name| name == "cursor")).collect();
    assert!(lists.len() > 8, "{lists:?}");
    // A good one, of a list with more than a page.
    for name in ["A", "B", "C"] {
        let body = json!({"name": name, "kind": "other"});
        assert_eq!(status(app.send_as(&person, Method::POST, "/api/v1/organisations", &body)).await, 201);
    }
    let page: Value = send(app.get_as(&person, "/api/v1/organisations?limit=1")).await.json().await.expect("JSON");
    let good = page["next_cursor"].as_str().expect("a cursor").to_owned();
    assert_eq!(status(app.get_as(&person, &format!("/api/v1/organisations?limit=1&cursor={good}"))).await, 200);
    let (body, mac) = good.split_once('.').expect("signed");
    let mut wrong = vec![String::new(), "x".to_owned(), ".".to_owned(), format!("{body}."), format!(".{mac}"), format!("{mac}.{body}")];
    for at in [0, body.len() / 2, good.len() - 2] {
        let mut bytes = good.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        wrong.push(String::from_utf8(bytes).expect("ASCII"));
    }
    for operation in lists {
        let path = world.path(&operation);
        let joint = if path.contains('?') { '&' } else { '?' };
        let foreign = operation.id != "list_organisations";
        for cursor in wrong.iter().chain(foreign.then_some(&good)) {
            let status = survives(&operation.id, request(&app, &operation, &person, &format!("{path}{joint}cursor={cursor}"))).await;
            assert_eq!(status, 400, "{}: {cursor:?}", operation.id);
        }
        for limit in ["0", "201", "-1", "1.5", "x", "4294967296"] {
            let status = survives(&operation.id, request(&app, &operation, &person, &format!("{path}{joint}limit={limit}"))).await;
            assert_eq!(status, 400, "{}: limit {limit}", operation.id);
        }
    }
}
