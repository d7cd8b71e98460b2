//! The headers of every answer, to the letter: of each operation, of the page and its files, of refusals and failures (D1).

use reqwest::{Method, Response};
use shared::clients::TOKEN_PATH;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tests::database::{postgres_url, run};
use tests::operations::{World, operations};
use tests::raw::send;
use tests::{TestApp, figure};

/// On every answer, whatever it is.
const ALWAYS: &[(&str, &str)] = &[
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
    ),
];

/// On some answers, with values of their own. Whatever is neither here nor above is told by mistake.
const SOMETIMES: &[&str] = &[
    "allow",
    "cache-control",
    "clear-site-data",
    "connection",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-security-policy",
    "content-type",
    "date",
    "etag",
    "idempotency-replayed",
    "location",
    // RFC 6749, section 5.1, with a token and what is said instead of one.
    "pragma",
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
    "set-cookie",
    "transfer-encoding",
    "vary",
    "www-authenticate",
    // A proxy is told not to gather what comes line by line.
    "x-accel-buffering",
    "x-request-id",
];

const API: &str = "default-src 'none'; frame-ancestors 'none'";
const DOCUMENT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
     connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

/// How often each status was seen.
#[derive(Default)]
struct Seen(BTreeMap<u16, usize>);

impl Seen {
    /// Refuses an answer with a header too much, too little or otherwise.
    fn check(&mut self, response: &Response, policy: &str) {
        let place = format!("{} of {}", response.status(), response.url());
        let all = |name: &str| response.headers().get_all(name).iter().map(|value| value.to_str().expect("text")).collect::<Vec<_>>();
        for (name, value) in ALWAYS {
            assert_eq!(all(name), [*value], "{place}: {name}");
        }
        assert_eq!(all("content-security-policy"), [policy], "{place}");
        assert_eq!(all("x-request-id").iter().map(|id| id.len()).collect::<Vec<_>>(), [36], "{place}");
        assert_eq!(all("cache-control").len(), 1, "{place}");
        let known: BTreeSet<&str> = ALWAYS.iter().map(|(name, _)| *name).chain(SOMETIMES.iter().copied()).collect();
        let others: Vec<&str> = response.headers().keys().map(|name| name.as_str()).filter(|name| !known.contains(name)).collect();
        assert!(others.is_empty(), "{place}: {others:?}");
        let kind = all("content-type").join(", ");
        // The library of the API's description leaves it to its pages to name theirs.
        let named = kind.ends_with("; charset=utf-8") || response.url().path().starts_with("/docs");
        assert!(!kind.starts_with("text/") || named, "{place}: {kind}");
        if (400..600).contains(&response.status().as_u16()) && response.url().path() != "/readyz" {
            // RFC 6749 has words of its own.
            let words_it = response.url().path() == TOKEN_PATH && response.status() != 405;
            let expected = if words_it { "application/json" } else { "application/problem+json" };
            assert_eq!(kind, expected, "{place}");
        }
        *self.0.entry(response.status().as_u16()).or_default() += 1;
    }

    fn total(&self) -> usize {
        self.0.values().sum()
    }
}

/// The files of the page as they lie in the program: those that are built, without their compressed twins.
fn files() -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend/dist");
    let mut found = Vec::new();
    walk(&dist.join("assets"), &mut found);
    walk(&dist.join("licences"), &mut found);
    let inside = |path: &PathBuf| format!("/{}", path.strip_prefix(&dist).expect("inside").display());
    found.iter().map(inside).filter(|path| !path.ends_with(".br") && !path.ends_with(".gz")).collect()
}

#[tokio::test]
async fn every_operation_answers_with_exactly_its_headers() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let (administrator, nobody) = (app.administrator(), app.nobody());
    let mut seen = Seen::default();
    for operation in operations() {
        // Those that end the session come with a session of their own.
        for person in [Some(&administrator), Some(&nobody), None] {
            let session = person.map(|person| app.sign_in(&app.own, person.account.clone()).token());
            let token = session.as_deref();
            seen.check(&send(world.call(&app, &operation, token)).await, API);
            seen.check(&send(world.call(&app, &operation, token).query(&[("x", "1")])).await, API);
            let unread = app.request(operation.method.clone(), &world.path(&operation)).header("content-type", "text/plain").body("x");
            seen.check(&send(token.iter().fold(unread, |unread, token| unread.bearer_auth(token))).await, API);
            let other = app.request(Method::TRACE, &operation.path);
            seen.check(&send(other).await, API);
        }
    }
    for expected in [200, 201, 202, 204, 400, 401, 403, 404, 405, 410, 412, 415, 422, 428] {
        assert!(seen.0.contains_key(&expected), "no answer was {expected}: {:?}", seen.0);
    }
    figure!("D1", "{} answers of operations, statuses {:?}", seen.total(), seen.0.keys().collect::<Vec<_>>());
}

#[tokio::test]
async fn the_page_and_its_files_come_with_exactly_their_headers() {
    let app = TestApp::start().await;
    let mut seen = Seen::default();
    let get = |path: &str| app.request(Method::GET, path).header("accept", "text/html").header("accept-encoding", "br, gzip");
    let files = files();
    for path in &files {
        let response = send(get(path)).await;
        assert_eq!(response.status(), 200, "{path}");
        seen.check(&response, DOCUMENT);
        let etag = response.headers().get("etag").expect("a version").clone();
        let again = send(get(path).header("if-none-match", etag)).await;
        assert_eq!(again.status(), 304, "{path}");
        seen.check(&again, DOCUMENT);
    }
    for path in ["/", "/programmes", "/assets/no-such-file.js", "/licences/none", "/problems/stale", "/problems/none"] {
        seen.check(&send(get(path)).await, DOCUMENT);
    }
    for path in ["/assets/../Cargo.toml", "/assets/%2e%2e/index.html", "/assets/..%2findex.html", "/%00", "/assets/%00", "//evil.example"] {
        seen.check(&send(get(path)).await, DOCUMENT);
    }
    for path in ["/api/v1/none", "/api/v2/me", "/api", "/healthz", "/readyz", "/openapi.json", "/.well-known/none"] {
        seen.check(&send(get(path)).await, API);
    }
    let docs = send(get("/docs/")).await;
    let policy = docs.headers().get("content-security-policy").expect("a policy").to_str().expect("text").to_owned();
    assert!(policy.split(';').any(|part| part.trim() == "script-src 'self'"), "{policy}");
    seen.check(&docs, &policy);
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        seen.check(&send(app.request(method, "/programmes").header("accept", "text/html")).await, DOCUMENT);
    }
    figure!("D1", "{} answers of the page, {} files", seen.total(), files.len());
}

#[tokio::test]
async fn failures_have_their_headers_too() {
    let app = TestApp::start().await;
    let person = app.administrator();
    let mut seen = Seen::default();
    seen.check(&send(app.get_as(&person, &format!("/api/v1/accounts?q={}", "x".repeat(9_000)))).await, API);
    let large = app.send_as(&person, Method::POST, "/api/v1/organisations", &serde_json::json!({"name": "x".repeat(300_000)}));
    seen.check(&send(large).await, API);
    // A database of one's own can be broken: what the database says stays inside.
    if postgres_url().is_none() {
        run(&app.db, "ALTER TABLE organisations RENAME TO elsewhere").expect("renamed");
        let broken = send(app.get_as(&person, "/api/v1/organisations")).await;
        assert_eq!(broken.status(), 500);
        seen.check(&broken, API);
        let text = broken.text().await.expect("a body");
        assert!(!text.contains("elsewhere") && !text.contains("no such table"), "{text}");
    }
    app.state.drain();
    let draining = send(app.request(Method::GET, "/readyz")).await;
    assert_eq!(draining.status(), 503);
    seen.check(&draining, API);
    figure!("D1", "{} answers of failures, statuses {:?}", seen.total(), seen.0.keys().collect::<Vec<_>>());
}
