//! What another site may make a browser send: the cookie counts only from our own page, looking changes nothing, and no
//! answer may be read elsewhere (D4, D5).

use reqwest::header::HeaderValue;
use reqwest::{Method, RequestBuilder};
use serde_json::json;
use tests::database::everything_of;
use tests::operations::{World, operations};
use tests::raw::{cookie, header, problem, send, status};
use tests::{PASSWORD, Person, TestApp, figure};

/// Origins that are not ours, however alike: `HOST` stands for our host name and `PORT` for our port.
const FOREIGN: &[&str] = &[
    "https://evil.example",
    "http://evil.example:PORT",
    "null",
    "",
    "http://",
    "HOST:PORT",
    "//HOST:PORT",
    "http://HOST",
    "http://HOST:1",
    "http://HOST:PORT/",
    "http://HOST:PORT/path",
    "http://HOST:PORT, https://evil.example",
    "https://evil.example, http://HOST:PORT",
    "http://HOST:PORT.evil.example",
    "http://HOST.evil.example:PORT",
    "http://evilHOST:PORT",
    "http://sub.HOST:PORT",
    "http://HOST.:PORT",
    "http://HOST:PORT@evil.example",
    "http://user@HOST:PORT",
    "http://evil.example#http://HOST:PORT",
    "http://evil.example?http://HOST:PORT",
    "ftp://HOST:PORT",
    "ws://HOST:PORT",
    "file://",
    "data:",
    "blob:http://HOST:PORT/x",
    "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
    "moz-extension://01941f29-7c00-7000-8000-000000000001",
    "http://127.0.0.1",
    "http://localhost",
    "http://[::1]:PORT",
    "https://xn--hst-sna.example",
];

/// What browsers say of who caused a request, when it was not a page of this very origin.
const FOREIGN_SITES: &[&str] = &["cross-site", "same-site", "none", "", "same-origin, cross-site", "SAME-ORIGIN"];

/// As values of a header; one of them is no text at all.
fn origins(app: &TestApp) -> Vec<HeaderValue> {
    let port = app.address.port().to_string();
    let own = |origin: &&str| HeaderValue::from_str(&origin.replace("HOST", &app.own.host).replace("PORT", &port)).expect("a header");
    let unreadable = HeaderValue::from_bytes(b"http://\xf6\xe4.example").expect("a header");
    FOREIGN.iter().map(own).chain([unreadable]).collect()
}

fn sign_in(app: &TestApp, person: &Person) -> RequestBuilder {
    let body = json!({"email": person.account.email, "password": PASSWORD, "kind": "browser"});
    app.request(Method::POST, "/api/v1/sessions").json(&body)
}

#[tokio::test]
async fn the_cookie_counts_only_from_our_own_page() {
    let app = TestApp::start().await;
    let person = app.nobody();
    let ours = |request: RequestBuilder| request.header("x-polku-client", "web");
    let kept = cookie(&send(ours(sign_in(&app, &person))).await).expect("a cookie");
    let renew = || app.request(Method::POST, "/api/v1/sessions/refresh").header("cookie", &kept).json(&json!({}));
    let before = everything_of(&app.db, app.own.id);

    let calls: [(&str, &dyn Fn() -> RequestBuilder); 2] = [("renewing", &renew), ("signing in", &|| sign_in(&app, &person))];
    let mut refused = 0;
    for (what, call) in calls {
        let without = call().header("origin", app.origin(&app.own)).header("sec-fetch-site", "same-origin");
        let of_origins = origins(&app).into_iter().map(|origin| ours(call()).header("origin", origin));
        let of_sites = FOREIGN_SITES.iter().map(|site| ours(call()).header("sec-fetch-site", *site));
        for request in std::iter::once(without).chain(of_origins).chain(of_sites) {
            let shown = format!("{request:?}");
            let response = send(request).await;
            assert_eq!(response.status(), 403, "{what}: {shown}");
            assert!(cookie(&response).is_none(), "{what}: {shown}");
            refused += 1;
        }
    }
    assert!(everything_of(&app.db, app.own.id) == before, "what was refused left something behind");
    assert_eq!(status(ours(renew()).header("origin", app.origin(&app.own)).header("sec-fetch-site", "same-origin")).await, 200);
    figure!("D4", "{refused} calls by foreign pages refused");
}

#[tokio::test]
async fn the_cookie_alone_opens_no_operation_but_the_renewal() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let person = app.administrator();
    let kept = cookie(&send(sign_in(&app, &person).header("x-polku-client", "web")).await).expect("a cookie");
    let before = everything_of(&app.db, app.own.id);
    let mut asked = 0;
    for operation in operations().into_iter().filter(|operation| !operation.visitor) {
        let request = world.call(&app, &operation, None).header("cookie", &kept).header("x-polku-client", "web");
        let request = request.header("origin", app.origin(&app.own)).header("sec-fetch-site", "same-origin");
        assert_eq!(problem(request).await.status, 401, "{}", operation.id);
        asked += 1;
    }
    assert!(asked > 40, "only {asked} operations");
    assert!(everything_of(&app.db, app.own.id) == before, "a cookie alone changed something");
    figure!("D4", "{asked} operations refuse a cookie without a token");
}

#[tokio::test]
async fn looking_changes_nothing() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let person = app.administrator();
    let everything = || [app.own.id, app.other.id].map(|tenant| everything_of(&app.db, tenant));
    let mut asked = 0;
    for operation in operations().into_iter().filter(|operation| !operation.is_write()) {
        for token in [Some(person.token()), Some(world.member.token()), None] {
            for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
                let mut before = everything();
                let request = app.request(method.clone(), &world.path(&operation)).header("accept", "*/*");
                send(token.iter().fold(request, |request, token| request.bearer_auth(token))).await;
                let mut after = everything();
                // That data was taken out is kept in the trail: the law asks for it.
                if operation.id.starts_with("export_") {
                    before.iter_mut().chain(&mut after).for_each(|tables| drop(tables.remove("audit_events")));
                }
                assert!(before == after, "{method} of {} changed something", operation.id);
                asked += 1;
            }
        }
    }
    assert!(asked > 250, "only {asked} requests");
    figure!("D4", "{asked} requests that look changed no row");
}

#[tokio::test]
async fn no_other_origin_may_read_an_answer() {
    let app = TestApp::start().await;
    let person = app.administrator();
    let own = HeaderValue::from_str(&app.origin(&app.own)).expect("a header");
    let mut asked = 0;
    for origin in origins(&app).into_iter().chain([own]) {
        let preflight = |path: &str, method: &'static str| {
            let request = app.request(Method::OPTIONS, path).header("access-control-request-method", method);
            request.header("access-control-request-headers", "authorization,content-type,x-polku-client")
        };
        let requests = [
            app.get_as(&person, "/api/v1/me"),
            app.get_as(&person, "/api/v1/programmes"),
            app.request(Method::GET, "/api/v1/meta"),
            app.request(Method::GET, "/api/v1/me"),
            app.request(Method::GET, "/openapi.json"),
            app.request(Method::GET, "/").header("accept", "text/html"),
            app.request(Method::GET, "/assets/no-such-file.js"),
            preflight("/api/v1/me", "PATCH"),
            preflight("/api/v1/sessions", "POST"),
            preflight("/api/v1/sessions/refresh", "POST"),
            preflight("/no-such-page", "GET"),
        ];
        for request in requests {
            let response = send(request.header("origin", origin.clone())).await;
            let place = format!("{} with {origin:?}", response.url().path());
            let opened = response.headers().keys().find(|name| name.as_str().starts_with("access-control-"));
            assert!(opened.is_none(), "{place}: {opened:?}");
            assert_eq!(header(&response, "cross-origin-resource-policy"), "same-origin", "{place}");
            asked += 1;
        }
    }
    figure!("D5", "{asked} requests from {} origins: none may read", FOREIGN.len() + 2);
}
