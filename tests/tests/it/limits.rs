//! C2, C3, C9: each bound at its edge and one beyond, and malformed requests against every operation that reads a body.
//! Whatever is refused says so as a problem, and tells nothing of the inside.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tests::operations::{Operation, World, operations};
use tests::raw::{header, send, status};
use tests::shapes::{places, with, with_raw};
use tests::{Person, TestApp};

/// Words that only the inside knows.
const INSIDE: &[&str] = &[
    "diesel",
    "sqlite",
    "postgres",
    "libpq",
    "serde",
    "actix",
    "tokio",
    "src/",
    ".rs",
    "panicked",
    "backtrace",
    "select ",
    "insert ",
    "/root",
    "/tmp",
    "struct ",
    "0.1.0",
    "rust",
];

/// The status, of a refusal that is a whole problem without a word of the inside.
async fn refusal(what: &str, request: RequestBuilder) -> u16 {
    let response = send(request).await;
    let (status, id, kind) = (response.status().as_u16(), header(&response, "x-request-id"), header(&response, "content-type"));
    let text = response.text().await.expect("a body");
    assert!((400..500).contains(&status), "{what}: {status} {text}");
    assert_eq!(kind, "application/problem+json", "{what}: {status} {text}");
    let problem: shared::Problem = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{what}: {error}: {text}"));
    assert_eq!((problem.status, problem.trace_id), (status, id), "{what}");
    let lower = text.to_lowercase();
    let told: Vec<&&str> = INSIDE.iter().filter(|word| lower.contains(**word)).collect();
    assert!(told.is_empty(), "{what}: {told:?} in {text}");
    status
}

fn nested(depth: usize) -> String {
    format!("{}{}", "[".repeat(depth), "]".repeat(depth))
}

/// A good body with one more member in front.
fn and(body: &Value, name: &str, raw: &str) -> String {
    let text = body.to_string();
    let rest = text.strip_prefix('{').expect("an object");
    let comma = if rest == "}" { "" } else { "," };
    format!("{{\"{name}\":{raw}{comma}{rest}")
}

/// What is wrong, the body, and the status that it must get.
fn spoiled(body: &Value) -> Vec<(String, String, u16)> {
    let good = body.to_string();
    let mut all: Vec<(String, String, u16)> = [
        ("nothing", String::new(), 400),
        ("half of it", good[..good.len() - 1].to_owned(), 400),
        ("a byte order mark", format!("\u{feff}{good}"), 400),
        ("more after it", format!("{good} 1"), 400),
        ("null", "null".to_owned(), 400),
        ("an array around it", format!("[{good}]"), 400),
        ("an unknown member", and(body, "tenant_id", "1"), 400),
        ("depth 32", and(body, "x", &nested(31)), 400),
        ("depth 33", and(body, "x", &nested(32)), 400),
        ("depth 50 000", and(body, "x", &nested(50_000)), 400),
        ("an array of 1 001", and(body, "x", &json!(vec![0; 1_001]).to_string()), 422),
        ("a string of 10 001", and(body, "x", &json!("x".repeat(10_001)).to_string()), 422),
        ("a name with NUL", and(body, "x\\u0000", "1"), 400),
        ("too large", and(body, "x", &json!(vec!["x".repeat(9_000); 30]).to_string()), 413),
    ]
    .map(|(what, text, status)| (what.to_owned(), text, status))
    .into();
    if let Some((name, value)) = body.as_object().and_then(|members| members.iter().next()) {
        all.push((format!("{name} twice"), and(body, name, &value.to_string()), 400));
    }
    for place in places(body, |value| !value.is_object() && !value.is_array()) {
        for raw in ["NaN", "Infinity", "1e999", "-1e999", "01", "'x'", "\"\\ud800\"", "\"\\u0000\"", "\"a\\u0000b\"", "{}", "[]", "[1]"] {
            all.push((format!("{raw} at {place:?}"), with_raw(body, &place, raw), 400));
        }
    }
    for place in places(body, Value::is_object).into_iter().filter(|place| !place.is_empty()) {
        all.push((format!("an array at {place:?}"), with(body, &place, json!(["a", "b"])).to_string(), 400));
    }
    all
}

fn call(
    app: &TestApp,
    world: &World,
    operation: &Operation,
    person: &Person,
    kind: &str,
    body: impl Into<reqwest::Body>,
) -> RequestBuilder {
    let request = app.request(operation.method.clone(), &world.path(operation)).header("if-match", "\"v999\"");
    let request = if operation.visitor { request } else { request.bearer_auth(person.token()) };
    request.header("content-type", kind).body(body)
}

#[tokio::test]
async fn malformed_bodies_are_refused_by_every_operation_alike() {
    let app = TestApp::start().await;
    let (world, person) = (World::make(&app).await, app.administrator());
    let before = tests::database::everything_of(&app.db, app.other.id);
    let mut asked = 0;
    for operation in operations() {
        let Some(kind) = operation.body.as_ref().filter(|kind| kind.ends_with("json")) else { continue };
        let body = world.body(&operation);
        for (what, text, expected) in spoiled(&body) {
            let what = format!("{}: {what}", operation.id);
            let status = refusal(&what, call(&app, &world, &operation, &person, kind, text)).await;
            // A place may hold an empty list or object rightly; then another rule refuses, or the version does.
            let right = status == expected || (what.contains(" at ") && [409, 412, 422].contains(&status));
            assert!(right, "{what}: {status} instead of {expected}");
            asked += 1;
        }
    }
    assert!(asked > 1_000, "only {asked} asked");
    assert!(tests::database::everything_of(&app.db, app.other.id) == before);
}

#[tokio::test]
async fn other_content_types_and_encodings_are_refused_by_every_operation_alike() {
    let app = TestApp::start().await;
    let (world, person) = (World::make(&app).await, app.administrator());
    for operation in operations() {
        let Some(kind) = operation.body.clone().filter(|kind| kind.ends_with("json")) else { continue };
        let body = world.body(&operation).to_string();
        let other = if kind == "application/json" { "application/merge-patch+json" } else { "application/json" };
        for wrong in
            ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "", "json", other]
        {
            let what = format!("{}: {wrong:?}", operation.id);
            assert_eq!(refusal(&what, call(&app, &world, &operation, &person, wrong, body.clone())).await, 415, "{what}");
        }
        for encoding in ["gzip", "br", "deflate", "zstd", "identity, gzip", "x"] {
            let what = format!("{}: {encoding}", operation.id);
            let request = call(&app, &world, &operation, &person, &kind, body.clone()).header("content-encoding", encoding);
            assert_eq!(refusal(&what, request).await, 415, "{what}");
        }
    }
}

#[tokio::test]
async fn each_bound_of_a_body_holds_at_its_edge() {
    let app = TestApp::start().await;
    let person = app.administrator();
    let post = |path: &str, body: String| {
        app.request(Method::POST, path).bearer_auth(person.token()).header("content-type", "application/json").body(body)
    };
    let organisation = |name: &str| json!({"name": name, "kind": "other"}).to_string();
    let padded = |size: usize| {
        let text = organisation("A");
        format!("{text}{}", " ".repeat(size - text.len()))
    };
    assert_eq!(status(post("/api/v1/organisations", padded(256 * 1024))).await, 201);
    assert_eq!(refusal("one byte more", post("/api/v1/organisations", padded(256 * 1024 + 1))).await, 413);
    assert_eq!(status(post("/api/v1/organisations", organisation(&"ä".repeat(200)))).await, 201);
    assert_eq!(refusal("a longer line", post("/api/v1/organisations", organisation(&"ä".repeat(201)))).await, 422);
    let feedback = |count: usize| json!({"message": "ä".repeat(count), "lang": "fi"}).to_string();
    assert_eq!(status(post("/api/v1/accessibility-feedback", feedback(4_000))).await, 201);
    assert_eq!(refusal("longer free text", post("/api/v1/accessibility-feedback", feedback(4_001))).await, 422);
    let identity = post("/api/v1/organisations", organisation("C")).header("content-encoding", "identity");
    assert_eq!(status(identity).await, 201, "as it is");
    assert_eq!(
        status(post("/api/v1/organisations", organisation("D")).header("content-type", "application/json; charset=utf-8")).await,
        201
    );
}

#[tokio::test]
async fn each_bound_of_a_head_holds_at_its_edge() {
    let app = TestApp::start().await;
    let ask = |path: &str| app.request(Method::GET, path);
    // The HTTP client adds two fields of its own: accept and host.
    let fields = |count: usize| (0..count - 2).fold(ask("/api/v1/meta"), |request, number| request.header(format!("x-{number}"), "y"));
    assert_eq!(status(fields(64)).await, 200);
    assert_eq!(refusal("65 fields", fields(65)).await, 431);
    let wide = |bytes: usize| ask("/api/v1/meta").header("x-wide", "y".repeat(bytes));
    assert_eq!(status(wide(32 * 1024 - 200)).await, 200);
    assert_eq!(refusal("32 KiB of fields", wide(32 * 1024)).await, 431);
    let prefix = format!("{}/api/v1/meta?", app.origin(&app.own)).len() - app.origin(&app.own).len();
    let long = |bytes: usize| ask(&format!("/api/v1/meta?{}", "q".repeat(bytes - prefix)));
    assert_eq!(refusal("an address of 8 KiB", long(8 * 1024)).await, 400, "read, and its parameter unknown");
    assert_eq!(refusal("one byte more", long(8 * 1024 + 1)).await, 414);
    let mut socket = app.socket().await;
    let many: String = (0..120).map(|number| format!("X-{number}: y\r\n")).collect();
    socket.write(&format!("GET /api/v1/meta HTTP/1.1\r\nHost: HOST\r\n{many}\r\n")).await;
    let (said, closed) = socket.rest(std::time::Duration::from_secs(5)).await;
    assert!(closed && said.starts_with("HTTP/1.1 431"), "{said}");
}

#[tokio::test]
async fn dates_outside_three_centuries_are_refused() {
    let app = TestApp::start().await;
    let (world, person) = (World::make(&app).await, app.administrator());
    let day = |start: &str, end: &str| {
        let body = json!({"part": "other", "title": {"fi": "x"}, "starts_at": start, "ends_at": end, "facilitator_ids": [], "agenda": []});
        app.send_as(&person, Method::POST, &format!("/api/v1/editions/{}/contact-days", world.edition), &body)
    };
    assert_eq!(status(day("1900-01-01T07:00:00Z", "1900-01-01T08:00:00Z")).await, 201);
    assert_eq!(status(day("2200-12-31T07:00:00Z", "2200-12-31T08:00:00Z")).await, 201);
    for (start, end) in [
        ("1899-12-31T07:00:00Z", "1899-12-31T08:00:00Z"),
        ("2201-01-01T07:00:00Z", "2201-01-01T08:00:00Z"),
        ("0001-01-01T07:00:00Z", "0001-01-01T08:00:00Z"),
        ("-009999-01-02T07:00:00Z", "-009999-01-02T08:00:00Z"),
        ("9999-12-01T07:00:00Z", "9999-12-01T08:00:00Z"),
    ] {
        assert_eq!(refusal(start, day(start, end)).await, 422, "{start}");
    }
    let copy = |on: &str| {
        let body = json!({"number": 500, "season": "autumn", "year": 2030, "first_day_on": on});
        app.send_as(&person, Method::POST, &format!("/api/v1/editions/{}/copy", world.edition), &body)
    };
    for on in ["1899-12-31", "2201-01-01", "-009999-01-01", "9999-12-31"] {
        assert_eq!(refusal(on, copy(on)).await, 422, "{on}");
    }
    let grant = |from: &str, to: &str| {
        let scope = json!({"kind": "tenant"});
        let body = json!({"account_id": world.member.id(), "role": "auditor", "scope": scope, "valid_from": from, "valid_to": to});
        app.send_as(&person, Method::POST, "/api/v1/grants", &body)
    };
    assert_eq!(refusal("a grant from long ago", grant("-009999-02-02T00:00:00Z", "2030-01-01T00:00:00Z")).await, 422);
    assert_eq!(refusal("a grant for ever", grant("2030-01-01T00:00:00Z", "9999-01-01T00:00:00Z")).await, 422);
    // To ask about another age is no fault: nothing was then.
    for (query, found) in
        [("from=-009999-02-02T00:00:00Z", true), ("before=1121-12-22T12:54:05Z", false), ("from=9999-12-30T00:00:00Z", false)]
    {
        let page: Value = send(app.get_as(&person, &format!("/api/v1/audit-events?{query}"))).await.json().await.expect("JSON");
        assert_eq!(page["items"].as_array().is_some_and(|items| !items.is_empty()), found, "{query}: {page}");
    }
}

#[tokio::test]
async fn numbers_out_of_range_are_refused() {
    let app = TestApp::start().await;
    let (world, person) = (World::make(&app).await, app.administrator());
    let edition = |name: &str, raw: &str| {
        let body =
            json!({"programme_id": world.programme, "number": 1, "season": "autumn", "year": 2030, "places": 20, "status": "planned"});
        let text = with_raw(&body, &vec![name.to_owned()], raw);
        app.request(Method::POST, "/api/v1/editions").bearer_auth(person.token()).header("content-type", "application/json").body(text)
    };
    for name in ["number", "year", "places"] {
        for (raw, expected) in [
            ("0", 422),
            ("-1", 422),
            ("9223372036854775807", 422),
            ("-9223372036854775808", 422),
            ("9223372036854775808", 400),
            ("1e3", 400),
            ("2.5", 400),
            ("1e400", 400),
            ("\"7\"", 400),
        ] {
            assert_eq!(refusal(&format!("{name} {raw}"), edition(name, raw)).await, expected, "{name} {raw}");
        }
    }
}

/// Each is a setting: who moves it moves the edge.
#[tokio::test]
async fn the_bounds_are_where_the_settings_put_them() {
    let mut limits = tests::unhurried().limits;
    (limits.body, limits.address, limits.fields, limits.field_bytes) = (2_000, 100, 10, 1_000);
    (limits.json.depth, limits.json.array, limits.json.string) = (8, 10, 100);
    let app = TestApp::start_with(backend::config::Settings { limits, ..tests::unhurried() }).await;
    let person = app.administrator();
    let post = |body: String| {
        app.request(Method::POST, "/api/v1/organisations").bearer_auth(person.token()).header("content-type", "application/json").body(body)
    };
    let organisation = |name: &str| json!({"name": name, "kind": "other"});
    let padded = |size: usize| format!("{:size$}", organisation("A").to_string());
    assert_eq!(status(post(padded(2_000))).await, 201);
    assert_eq!(refusal("2 001 bytes", post(padded(2_001))).await, 413);
    assert_eq!(status(post(organisation(&"ä".repeat(100)).to_string())).await, 201);
    assert_eq!(refusal("101 characters", post(organisation(&"ä".repeat(101)).to_string())).await, 422);
    for (what, raw, expected) in [("ten items", json!(vec![0; 10]).to_string(), 400), ("eleven", json!(vec![0; 11]).to_string(), 422)] {
        assert_eq!(refusal(what, post(and(&organisation("A"), "x", &raw))).await, expected, "{what}");
    }
    let ask = |path: &str| app.request(Method::GET, path);
    assert_eq!(refusal("100 bytes", ask(&format!("/api/v1/meta?{}", "q".repeat(87)))).await, 400);
    assert_eq!(refusal("101 bytes", ask(&format!("/api/v1/meta?{}", "q".repeat(88)))).await, 414);
    let fields = |count: usize| (0..count - 2).fold(ask("/api/v1/meta"), |request, number| request.header(format!("x-{number}"), "y"));
    assert_eq!(status(fields(10)).await, 200);
    assert_eq!(refusal("eleven fields", fields(11)).await, 431);
}

/// C2: two hundred at once that are too large. A process of its own, so that the memory is the server's.
#[tokio::test]
async fn many_that_are_too_large_cost_little_memory() {
    let scratch = tests::scratch::Scratch::new();
    let serving = scratch.serve().await;
    let before = serving.memory_mib();
    let http = reqwest::Client::new();
    let body: &'static str = Box::leak(" ".repeat(1024 * 1024).into_boxed_str());
    let requests =
        (0..200).map(|_| http.post(format!("{}/api/v1/sessions", serving.origin)).header("content-type", "application/json").body(body));
    let requests: Vec<_> = requests.collect();
    let outcomes =
        tests::all_at_once(requests.into_iter().map(|request| async move { request.send().await.map(|answer| answer.status().as_u16()) }))
            .await;
    // Whoever still sends when the refusal has come may find the connection closed.
    assert!(outcomes.iter().flatten().all(|status| *status == 413 || *status == 503), "{outcomes:?}");
    let grown = serving.memory_mib() - before;
    assert!(grown <= 64.0, "{grown:.0} MiB");
}
