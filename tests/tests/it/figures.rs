//! Figures: on a port of their own, true, and without anybody in them.

use serde_json::json;
use std::net::TcpListener;
use std::time::Duration;
use tests::database::run;
use tests::scratch::{Scratch, Serving};
use tests::within;

const PATIENCE: Duration = Duration::from_secs(20);

/// A port that is free now.
fn port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port()
}

/// The text that Prometheus would read, from a server started with these settings too.
struct Watched {
    serving: Serving,
    at: String,
}

impl Watched {
    async fn start(scratch: &Scratch, arguments: &[&str]) -> Self {
        let bind = format!("127.0.0.1:{}", port());
        let arguments: Vec<&str> = ["--log", "error", "--metrics-bind", &bind].into_iter().chain(arguments.iter().copied()).collect();
        Self { serving: scratch.serve_with(&arguments).await, at: format!("http://{bind}/metrics") }
    }

    async fn text(&self) -> String {
        reqwest::get(&self.at).await.expect("an answer").text().await.expect("a body")
    }

    /// The value of a series, written as in the text.
    async fn value(&self, series: &str) -> f64 {
        let text = self.text().await;
        let line = text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("no {series} in {text}")).parse().expect("a number")
    }

    async fn probe(&self, path: &str) -> reqwest::Response {
        reqwest::get(format!("{}{path}", self.serving.origin)).await.expect("an answer")
    }

    fn api(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.serving.origin)
    }
}

#[tokio::test]
async fn figures_are_read_on_a_port_of_their_own() {
    let scratch = Scratch::new();
    let watched = Watched::start(&scratch, &[]).await;
    let answer = reqwest::get(&watched.at).await.expect("an answer");
    let kind = answer.headers()["content-type"].to_str().expect("text").to_owned();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    assert!(answer.text().await.expect("a body").ends_with("# EOF\n"));
    for path in ["/metrics", "/api/v1/metrics"] {
        assert_eq!(reqwest::get(format!("{}{path}", watched.serving.origin)).await.expect("an answer").status(), 404, "{path}");
    }
    assert_eq!(
        reqwest::get(watched.at.replace("/metrics", "/api/v1/meta")).await.expect("an answer").status(),
        404,
        "and nothing else there"
    );
}

#[tokio::test]
async fn other_machines_read_them_with_a_secret_only() {
    let scratch = Scratch::new();
    let open = format!("0.0.0.0:{}", port());
    let refused = scratch.refused(&["serve", "--bind", "127.0.0.1:0", "--metrics-bind", &open]);
    assert!(refused.contains("POLKU_METRICS_TOKEN_FILE"), "{refused}");
    let short = scratch.refused(&["serve", "--bind", "127.0.0.1:0", "--metrics-bind", &open, "--metrics-token", "short"]);
    assert!(short.contains("16 characters"), "{short}");
    let same = scratch.refused(&["serve", "--bind", &open, "--allow-plain-http", "--metrics-bind", &open]);
    assert!(same.contains("an address of their own"), "{same}");

    let secret = "a-secret-of-sixteen-or-more";
    let watched = Watched::start(&scratch, &["--metrics-token", secret]).await;
    let ask = |token: Option<&str>| {
        let request = reqwest::Client::new().get(&watched.at);
        let request = if let Some(token) = token { request.bearer_auth(token) } else { request };
        async move { request.send().await.expect("an answer").status().as_u16() }
    };
    assert_eq!((ask(None).await, ask(Some("a-secret-of-sixteen-or-mora")).await, ask(Some(secret)).await), (401, 401, 200));
}

#[tokio::test]
async fn what_happens_is_counted_and_nobody_is_named() {
    let scratch = Scratch::new();
    let printed = scratch.run(&["account", "create", "--name", "Pää Käyttäjä", "--email", "paa@example.fi", "--administrator"]);
    let password = printed.lines().last().expect("a password").to_owned();
    // A mail server that is not there: letters wait.
    let watched = Watched::start(&scratch, &["--smtp-url", &format!("smtp://127.0.0.1:{}", port())]).await;
    let http = reqwest::Client::new();
    let sign_in = |password: &str| {
        http.post(watched.api("/sessions")).json(&json!({"email": "paa@example.fi", "password": password, "kind": "device"})).send()
    };
    for _ in 0..3 {
        assert_eq!(sign_in("väärä").await.expect("an answer").status(), 401);
    }
    let signed_in: serde_json::Value = sign_in(&password).await.expect("in").json().await.expect("JSON");
    let token = signed_in["access_token"].as_str().expect("a token");
    let invite = |name: &str, email: &str| {
        http.post(watched.api("/accounts")).bearer_auth(token).json(&json!({"name": name, "email": email, "lang": "fi"})).send()
    };
    let account: serde_json::Value = invite("Eeva", "eeva@example.fi").await.expect("invited").json().await.expect("JSON");
    let id = account["account"]["id"].as_str().expect("an id").to_owned();
    for path in [format!("/accounts/{id}"), "/accounts/nonsense".to_owned(), "/no/such/thing".to_owned()] {
        http.get(watched.api(&path)).bearer_auth(token).send().await.expect("an answer");
    }
    http.request("BREW".parse().expect("a method"), watched.api("/me")).send().await.expect("an answer");

    for (series, expected) in [
        (r#"polku_http_requests_total{method="POST",route="/api/v1/sessions",status="4xx"}"#, 3.0),
        (r#"polku_http_requests_total{method="POST",route="/api/v1/sessions",status="2xx"}"#, 1.0),
        (r#"polku_http_requests_total{method="GET",route="/api/v1/accounts/{id}",status="2xx"}"#, 1.0),
        (r#"polku_http_requests_total{method="GET",route="/api/v1/accounts/{id}",status="4xx"}"#, 1.0),
        (r#"polku_http_request_duration_seconds_count{method="POST",route="/api/v1/sessions"}"#, 4.0),
        (r#"polku_refusals_total{code="wrong_credentials"}"#, 3.0),
        (r#"polku_security_events_total{event="sign_in_failed"}"#, 3.0),
        (r#"polku_security_events_total{event="account_created"}"#, 1.0),
        (r#"polku_outbox_letters{state="waiting"}"#, 1.0),
        ("polku_http_requests_in_flight", 0.0),
        ("polku_password_hashes_waiting", 0.0),
        ("polku_db_writes_waiting", 0.0),
        (r#"polku_ready{check="audit"}"#, 1.0),
        ("polku_last_backup_timestamp_seconds", 0.0),
    ] {
        assert_eq!(watched.value(series).await, expected, "{series}");
    }
    assert!(watched.value("polku_disk_free_ratio").await > 0.0);
    within(PATIENCE, "the letter grows old", || async { watched.value("polku_outbox_oldest_letter_age_seconds").await >= 1.0 }).await;
    let text = watched.text().await;
    let kind = if tests::database::postgres_url().is_some() { "PostgreSQL" } else { "SQLite" };
    assert!(text.contains(&format!("database=\"{kind}\"")) && text.contains("polku_build_info{"), "{text}");
    let pool = if kind == "SQLite" { "write" } else { "all" };
    assert!(watched.value(&format!("polku_db_pool_wait_seconds_count{{pool=\"{pool}\"}}")).await > 4.0);
    assert!(watched.value(&format!("polku_db_connections_most{{pool=\"{pool}\"}}")).await >= 1.0);
    scratch.run(&["backup", &scratch.data().join("copy").to_string_lossy()]);
    assert!(watched.value("polku_last_backup_timestamp_seconds").await > 1e9);

    let text = watched.text().await;
    for named in ["example.fi", "Eeva", "Pää", "127.0.0", "BREW", "nonsense", &id, &id[..13]] {
        assert!(!text.contains(named), "{named} is in a figure: {text}");
    }
}

/// What a probe and the figures say while a thing is broken.
async fn unready(watched: &Watched, broken: &str, except: &[&str]) {
    within(PATIENCE, broken, || async { watched.probe("/readyz").await.status() == 503 }).await;
    let answer = watched.probe("/readyz").await;
    assert_eq!(answer.status(), 503, "{broken}");
    assert!(answer.headers().contains_key("retry-after"), "{broken}");
    let text = answer.text().await.expect("a body");
    assert!(!text.contains(broken), "whoever asks is not told: {text}");
    assert_eq!(watched.probe("/livez").await.status(), 200, "{broken}");
    for check in ["database", "migrations", "audit", "disk", "staying"].into_iter().filter(|check| !except.contains(check)) {
        let expected = if check == broken { 0.0 } else { 1.0 };
        assert_eq!(watched.value(&format!("polku_ready{{check=\"{check}\"}}")).await, expected, "{check} while {broken} is broken");
    }
}

async fn ready(watched: &Watched) {
    within(PATIENCE, "ready", || async { watched.probe("/readyz").await.status() == 200 }).await;
    for path in ["/livez", "/healthz", "/readyz"] {
        assert_eq!(watched.probe(path).await.status(), 200, "{path}");
    }
}

#[tokio::test]
async fn each_thing_that_is_missing_makes_the_server_unready_and_lets_it_live() {
    let mut scratch = Scratch::new();
    let watched = Watched::start(&scratch, &[]).await;
    ready(&watched).await;
    let versions = "SELECT version AS line FROM __diesel_schema_migrations ORDER BY version DESC";
    let newest = tests::database::lines(scratch.db(), versions).remove(0);
    run(scratch.db(), &format!("DELETE FROM __diesel_schema_migrations WHERE version = '{newest}'")).expect("forgotten");
    unready(&watched, "migrations", &[]).await;
    run(scratch.db(), &format!("INSERT INTO __diesel_schema_migrations (version) VALUES ('{newest}')")).expect("known again");
    run(scratch.db(), "INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101')").expect("a step of a newer node");
    ready(&watched).await;
    run(scratch.db(), "ALTER TABLE audit_events RENAME TO elsewhere").expect("away");
    unready(&watched, "audit", &[]).await;
    run(scratch.db(), "ALTER TABLE elsewhere RENAME TO audit_events").expect("back");
    ready(&watched).await;
    run(scratch.db(), "DELETE FROM __diesel_schema_migrations WHERE version = '29990101'").expect("forgotten");
    scratch.lose();
    // Without the database nothing can be said of what is in it.
    unready(&watched, "database", &["migrations", "audit"]).await;
}

#[tokio::test]
async fn a_full_disk_makes_the_server_unready() {
    let scratch = Scratch::new();
    let watched = Watched::start(&scratch, &["--min-free-disk", "100"]).await;
    unready(&watched, "disk", &[]).await;
    assert!(scratch.refused(&["serve", "--min-free-disk", "101"]).contains("101"));
}
