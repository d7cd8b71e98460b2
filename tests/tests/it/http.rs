//! What all answers and all requests have in common: headers, refusals, languages, caching, paging.

use reqwest::Method;
use serde_json::{Value, json};
use shared::identity::{NewOrganisation, OrganisationKind};
use shared::page::Paging;
use shared::problem::ProblemCode;
use tests::raw::{header, problem, send, status};
use tests::{Person, TestApp};

#[tokio::test]
async fn identity_is_kept_in_no_cache() {
    let app = TestApp::start().await;
    let person = app.administrator();
    for path in ["/api/v1/me", "/api/v1/sessions", "/api/v1/accounts", "/api/v1/audit-events"] {
        assert_eq!(header(&send(app.get_as(&person, path)).await, "cache-control"), "no-store", "{path}");
    }
    assert_eq!(header(&send(app.get_as(&person, "/api/v1/programmes")).await, "cache-control"), "private, no-cache");
}

#[tokio::test]
async fn unknown_parameters_and_fields_are_refused_where_they_stand() {
    let app = TestApp::start().await;
    let person = app.administrator();
    for path in [
        "/api/v1/me?x=1",
        "/api/v1/programmes?limt=5",
        "/api/v1/accounts?q=a&Q=b",
        "/api/v1/editions?status=wrong",
        "/api/v1/programmes?limit=x",
        "/api/v1/accounts?q=a%E2%80%AEb",
    ] {
        let refused = problem(app.get_as(&person, path)).await;
        assert_eq!((refused.status, refused.code), (400, ProblemCode::Malformed), "{path}");
    }
    let post = |body: &Value| app.send_as(&person, Method::POST, "/api/v1/organisations", body);
    let refused = problem(post(&json!({"name": "A", "kind": "county", "tenant_id": app.other.id}))).await;
    assert_eq!((refused.status, refused.errors.len()), (400, 1));
    assert!(refused.errors[0].pointer.ends_with("tenant_id"), "{:?}", refused.errors);
    let refused = problem(post(&json!({"name": "A", "kind": "castle"}))).await;
    assert_eq!((refused.status, refused.errors[0].pointer.as_str()), (400, "/kind"));
    assert_eq!(problem(post(&json!(["A", "county"]))).await.status, 400, "an array is no object");
    let grant = json!({"account_id": person.id(), "role": "auditor", "scope": {"kind": "tenant", "tenant_id": app.other.id}});
    let refused = problem(app.send_as(&person, Method::POST, "/api/v1/grants", &grant)).await;
    assert!(refused.status == 400 && refused.errors[0].pointer.starts_with("/scope"), "{:?}", refused.errors);
    let nested = json!({"name": {"fi": "A", "de": "B"}, "description": {"fi": ""}, "step_words": [], "goals": []});
    let refused = problem(app.send_as(&person, Method::POST, "/api/v1/programmes", &nested)).await;
    assert!(refused.status == 400 && refused.errors[0].pointer.starts_with("/name"), "{:?}", refused.errors);
}

fn post_text(app: &TestApp, person: &Person, kind: &str, body: impl Into<String>) -> reqwest::RequestBuilder {
    app.request(Method::POST, "/api/v1/organisations").bearer_auth(person.token()).header("content-type", kind).body(body.into())
}

#[tokio::test]
async fn what_cannot_be_read_is_refused() {
    let app = TestApp::start().await;
    let person = app.administrator();
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let twice = r#"{"name":"A","name":"B","kind":"county"}"#;
    for body in [
        "",
        "{",
        "null",
        "\"x\"",
        r#"{"name":NaN}"#,
        r#"{"name":"A","kind":"county"} x"#,
        r#"{"name":"\ud800","kind":"county"}"#,
        twice,
        &deep,
    ] {
        assert_eq!(status(post_text(&app, &person, "application/json", body)).await, 400, "{}", &body[..body.len().min(40)]);
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/merge-patch+json", ""] {
        assert_eq!(problem(post_text(&app, &person, kind, r#"{"name":"A","kind":"county"}"#)).await.status, 415, "{kind}");
    }
    let at_most = 256 * 1024;
    let padded = |size: usize| format!(r#"{{"name":"A","kind":"county"{}}}"#, " ".repeat(size - 27 - 1));
    let whole = padded(at_most);
    assert!(whole.len() <= at_most, "{}", whole.len());
    assert_eq!(status(post_text(&app, &person, "application/json; charset=utf-8", whole)).await, 201);
    assert_eq!(problem(post_text(&app, &person, "application/json", " ".repeat(at_most + 1))).await.status, 413);
    let long = format!("/api/v1/accounts?q={}", "x".repeat(9_000));
    assert_eq!(problem(app.get_as(&person, &long)).await.status, 414);
}

#[tokio::test]
async fn hidden_characters_are_refused_and_all_faults_are_told_at_once() {
    let app = TestApp::start().await;
    let person = app.administrator();
    let body = json!({"name": "a\u{202e}b", "email": "x", "lang": "fi"});
    let refused = problem(app.send_as(&person, Method::POST, "/api/v1/accounts", &body)).await;
    assert_eq!(refused.status, 422);
    let mut faults: Vec<(&str, &str)> = refused.errors.iter().map(|fault| (fault.pointer.as_str(), fault.code.as_str())).collect();
    faults.sort_unstable();
    assert_eq!(faults, [("/email", "not_an_email"), ("/name", "hidden_character")]);
    assert!(refused.errors.iter().all(|fault| !fault.message.is_empty() && !fault.message.contains("fault-")), "{:?}", refused.errors);
}

#[tokio::test]
async fn a_wrong_address_of_the_api_is_not_the_page() {
    let app = TestApp::start().await;
    let person = app.administrator();
    let html = |path: &str| app.request(Method::GET, path).header("accept", "text/html,*/*");
    assert_eq!(problem(html("/api/v1/programs")).await.code, ProblemCode::NotFound);
    assert_eq!(problem(html("/api/v2/programmes")).await.code, ProblemCode::NotFound);
    assert_eq!(problem(html("/openapi.yaml")).await.code, ProblemCode::NotFound);
    let deep = send(html("/editions/01941f29-7c00-7000-8000-000000000001/results")).await;
    assert_eq!(deep.status(), 200);
    assert!(header(&deep, "content-type").starts_with("text/html"));
    assert_eq!(problem(app.request(Method::GET, "/some/page").header("accept", "application/json")).await.status, 404);

    let response = send(app.request(Method::DELETE, "/api/v1/programmes").bearer_auth(person.token())).await;
    assert_eq!(response.status(), 405);
    let mut allowed: Vec<String> = header(&response, "allow").split(", ").map(str::to_owned).collect();
    allowed.sort();
    assert_eq!(allowed, ["GET", "POST"]);
}

#[tokio::test]
async fn refusals_are_worded_in_the_readers_language() {
    let app = TestApp::start().await;
    let ask = |lang: &str| app.request(Method::GET, "/api/v1/me").header("accept-language", lang.to_owned());
    let mut titles = Vec::new();
    for (asked, answered) in [("fi", "fi"), ("sv-FI,sv;q=0.9", "sv"), ("en-GB", "en"), ("de, en;q=0.5", "en"), ("de", "fi")] {
        let response = send(ask(asked)).await;
        assert_eq!(header(&response, "content-language"), answered, "{asked}");
        let refused: shared::Problem = response.json().await.expect("a problem");
        assert_eq!(refused.kind, "/problems/unauthenticated");
        assert_eq!(refused.instance.as_deref(), Some("/api/v1/me"));
        titles.push(refused.title);
    }
    titles.dedup();
    assert_eq!(titles.len(), 4, "fi, sv, en, fi: {titles:?}");
}

#[tokio::test]
async fn a_problem_names_its_request_and_tells_nothing_of_the_inside() {
    let app = TestApp::start().await;
    let response = send(app.request(Method::GET, "/api/v1/me")).await;
    let id = header(&response, "x-request-id");
    let text = response.text().await.expect("a body");
    assert!(text.contains(&id), "{text}");
    for word in ["diesel", "sqlite", "postgres", "src/", ".rs", "panicked", "SELECT"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
    for code in shared::problem::ProblemCode::ALL {
        let kind = code.as_str().replace('_', "-");
        assert_eq!(status(app.request(Method::GET, &format!("/problems/{kind}"))).await, 200, "the type of {code} leads somewhere");
    }
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let app = TestApp::start().await;
    let person = app.administrator();
    let programme = app.programme(1);
    for path in [format!("/api/v1/programmes/{}", programme.id), "/api/v1/programmes".to_owned()] {
        let etag = header(&send(app.get_as(&person, &path)).await, "etag");
        assert!(etag.starts_with('"') && etag.ends_with('"'), "strong: {etag}");
        let again = send(app.get_as(&person, &path).header("if-none-match", &etag)).await;
        assert_eq!(again.status(), 304, "{path}");
        assert_eq!(header(&again, "etag"), etag);
        assert!(again.bytes().await.expect("a body").is_empty());
        assert_eq!(status(app.get_as(&person, &path).header("if-none-match", "\"v0\"")).await, 200);
    }
}

#[tokio::test]
async fn a_new_thing_says_where_it_lies() {
    let app = TestApp::start().await;
    let person = app.administrator();
    let made = send(app.send_as(&person, Method::POST, "/api/v1/organisations", &json!({"name": "A", "kind": "county"}))).await;
    let (location, etag) = (header(&made, "location"), header(&made, "etag"));
    assert_eq!((made.status().as_u16(), etag.as_str()), (201, "\"v1\""));
    let there = send(app.get_as(&person, &location)).await;
    assert_eq!((there.status().as_u16(), header(&there, "etag")), (200, etag));
}

#[tokio::test]
async fn lists_are_walked_by_cursors_that_cannot_be_made_up() {
    let app = TestApp::start().await;
    let person = app.administrator();
    let mut names: Vec<String> = (0..7).map(|n| format!("{}kunta {n}", ["Ä", "b", "A", "å"][n % 4])).collect();
    for name in &names {
        person.create_organisation(&NewOrganisation { name: name.clone(), kind: OrganisationKind::Other }).await.expect("made");
    }
    let (mut walked, mut cursors, mut cursor) = (Vec::new(), Vec::new(), None);
    loop {
        let page = person.list_organisations(&Paging { cursor: cursor.clone(), limit: Some(2) }).await.expect("a page");
        assert!(page.items.len() <= 2);
        walked.extend(page.items.into_iter().map(|item| item.name));
        cursor = page.next_cursor;
        match &cursor {
            Some(next) => cursors.push(next.clone()),
            None => break,
        }
    }
    assert_eq!((walked.len(), cursors.len()), (7, 3), "{walked:?}");
    walked.sort();
    names.sort();
    assert_eq!(walked, names, "each once");
    let good = &cursors[0];
    let (body, mac) = good.split_once('.').expect("signed");
    let wrong = [
        "x".to_owned(),
        ".".to_owned(),
        body.to_owned(),
        format!("{body}."),
        format!("{body}x.{mac}"),
        format!("{body}.{}", "A".repeat(22)),
    ];
    for cursor in wrong {
        assert_eq!(problem(app.get_as(&person, &format!("/api/v1/organisations?cursor={cursor}"))).await.status, 400, "{cursor}");
    }
    assert_eq!(status(app.get_as(&person, &format!("/api/v1/organisations?cursor={good}"))).await, 200);
    assert_eq!(status(app.get_as(&person, &format!("/api/v1/units?cursor={good}"))).await, 400, "of another list");
    let theirs = app.other_administrator();
    assert_eq!(status(app.get_as(&theirs, &format!("/api/v1/organisations?cursor={good}"))).await, 400, "of another tenant");
    for (limit, expected) in [("0", 400), ("201", 400), ("-1", 400), ("1", 200), ("200", 200)] {
        assert_eq!(status(app.get_as(&person, &format!("/api/v1/organisations?limit={limit}"))).await, expected, "{limit}");
    }
}

#[tokio::test]
async fn the_document_is_served_as_it_is() {
    let app = TestApp::start().await;
    let served = send(app.request(Method::GET, "/openapi.json")).await.text().await.expect("a body");
    assert_eq!(served, backend::server::document_text());
    let document: Value = serde_json::from_str(&served).expect("JSON");
    assert!(document["openapi"].as_str().expect("a version").starts_with("3.1"));
    assert_eq!(send(app.request(Method::GET, "/livez")).await.text().await.expect("a body"), "ok\n");
    assert_eq!(send(app.request(Method::GET, "/readyz")).await.text().await.expect("a body"), "ready\n");
    app.state.drain();
    let draining = send(app.request(Method::GET, "/readyz")).await;
    assert_eq!(draining.status(), 503);
    assert!(!header(&draining, "retry-after").is_empty());
    assert_eq!(status(app.request(Method::GET, "/livez")).await, 200);
}

#[tokio::test]
async fn who_looks_for_the_api_or_for_whom_to_tell_of_a_weakness_finds_it() {
    let settings = |contact: Option<&str>| backend::config::Settings {
        security_contact: contact.map(str::to_owned),
        ..backend::config::Settings::default()
    };
    let app = TestApp::start_with(settings(Some("mailto:turva@example.fi"))).await;
    let own = app.state.settings.public_url.as_str();
    let answer = send(app.request(Method::GET, "/.well-known/security.txt")).await;
    assert_eq!((answer.status().as_u16(), header(&answer, "content-type").as_str()), (200, "text/plain; charset=utf-8"));
    let text = answer.text().await.expect("a body");
    assert!(
        text.contains("Contact: mailto:turva@example.fi\n") && text.contains(&format!("Canonical: {own}/.well-known/security.txt\n")),
        "{text}"
    );
    let expires = text.lines().find_map(|line| line.strip_prefix("Expires: ")).expect("an end");
    let left = expires.parse::<jiff::Timestamp>().expect("an instant").duration_since(app.clock.now()).as_hours();
    assert!((24 * 30..24 * 365).contains(&left), "{expires}");
    let none = TestApp::start_with(settings(None)).await;
    assert_eq!(problem(none.request(Method::GET, "/.well-known/security.txt")).await.status, 404);

    let answer = send(app.request(Method::GET, "/.well-known/api-catalog")).await;
    assert!(header(&answer, "content-type").starts_with("application/linkset+json"));
    let catalog: Value = answer.json().await.expect("JSON");
    let links = &catalog["linkset"][0];
    assert_eq!(links["anchor"], format!("{own}/api/v1"));
    for kind in ["service-desc", "service-doc", "status"] {
        let href = links[kind][0]["href"].as_str().expect("an address").strip_prefix(own).expect("here");
        assert_eq!(status(app.request(Method::GET, href)).await, 200, "{kind} leads somewhere");
    }
    let head = send(app.request(Method::HEAD, "/.well-known/api-catalog")).await;
    assert_eq!(
        (head.status().as_u16(), header(&head, "link").as_str()),
        (200, format!("<{own}/.well-known/api-catalog>; rel=\"api-catalog\"").as_str())
    );
}
