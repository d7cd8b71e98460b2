//! Too much at once: of one caller, of one address, of all. Who comes beyond the bound is told so at once and when to come
//! back; the others go on.

use backend::config::Settings;
use backend::config::limits::{Limits, Times};
use diesel::Connection;
use diesel::connection::SimpleConnection;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::json;
use shared::problem::ProblemCode;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tests::raw::{header, problem, send, status};
use tests::{PASSWORD, Person, TestApp, all_at_once, eventually, unhurried};

async fn with(limits: Limits) -> TestApp {
    TestApp::start_with(Settings { limits, trust_proxy: true, ..unhurried() }).await
}

fn retry_after(response: &Response) -> u64 {
    header(response, "retry-after").parse().expect("whole seconds")
}

#[tokio::test]
async fn an_account_has_a_rate_wherever_it_asks_from() {
    // Four a second, twelve at once.
    let app = with(Limits { account_rate: 4, address_rate: 500, ..unhurried().limits }).await;
    let (one, other) = (app.nobody(), app.nobody());
    let ask = |person: &Person, net: u8| app.get_as(person, "/api/v1/me").header("x-forwarded-for", format!("192.0.2.{net}"));
    let first = send(ask(&one, 1)).await;
    assert_eq!(first.status(), 200);
    assert_eq!(header(&first, "ratelimit-policy"), "\"account\";q=12;w=3");
    assert_eq!(header(&first, "ratelimit"), "\"account\";r=11;t=1");
    let mut refused = None;
    for net in 2..60 {
        let response = send(ask(&one, net)).await;
        if response.status() == 429 {
            refused = Some((net, response));
            break;
        }
    }
    let (after, refused) = refused.expect("a bound");
    assert!((13..=20).contains(&after), "after {after}");
    assert_eq!((retry_after(&refused), header(&refused, "ratelimit").as_str()), (1, "\"account\";r=0;t=3"));
    let told: shared::Problem = refused.json().await.expect("a problem");
    assert_eq!(told.code, ProblemCode::TooManyRequests);
    assert_eq!(status(ask(&other, 1)).await, 200, "another account goes on");
    eventually("a second later it goes on", || async { status(ask(&one, 1)).await == 200 }).await;
}

#[tokio::test]
async fn a_program_has_a_rate_of_its_own() {
    let app = with(Limits { client_rate: 2, ..unhurried().limits }).await;
    let organisation = app.organisation_of(&app.own);
    let token = app.program(organisation, &[shared::policy::ApiScope::TrainingRead]).token().await;
    let ask = || app.request(Method::GET, "/api/v1/editions").bearer_auth(&token);
    assert_eq!(header(&send(ask()).await, "ratelimit-policy"), "\"client\";q=6;w=3");
    let statuses = all_at_once((0..30).map(|_| status(ask())).collect::<Vec<_>>()).await;
    assert!(statuses.iter().filter(|status| **status == 200).count() >= 5 && statuses.contains(&429), "{statuses:?}");
}

#[tokio::test]
async fn strangers_have_a_rate_by_address_and_do_not_starve_those_who_are_signed_in() {
    let app = with(Limits { account_rate: 500, address_rate: 5, ..unhurried().limits }).await;
    let person = app.nobody();
    let stranger = |net: &str| app.request(Method::GET, "/api/v1/meta").header("x-forwarded-for", net.to_owned());
    let guess = |net: &str| app.request(Method::GET, "/api/v1/me").bearer_auth("no.such.token").header("x-forwarded-for", net.to_owned());
    assert_eq!(header(&send(stranger("192.0.2.1")).await, "ratelimit-policy"), "\"address\";q=10;w=2");
    let mut seen = Vec::new();
    for number in 0..30 {
        seen.push(status(if number % 2 == 0 { guess("192.0.2.1") } else { stranger("192.0.2.1") }).await);
    }
    assert!(seen.contains(&401) && seen.contains(&429), "{seen:?}");
    assert_eq!(problem(guess("192.0.2.1")).await.status, 429, "refused tokens count as strangers");
    for _ in 0..20 {
        assert_eq!(status(app.get_as(&person, "/api/v1/me").header("x-forwarded-for", "192.0.2.1")).await, 200, "the same office");
    }
    assert_eq!(status(stranger("192.0.2.2")).await, 200, "its neighbour's address is another");
    // Of IPv6 a customer has a whole /64.
    for number in 0..12 {
        send(stranger(&format!("2001:db8:0:1::{number:x}"))).await;
    }
    assert_eq!(status(stranger("2001:db8:0:1:ffff::1")).await, 429);
    assert_eq!(status(stranger("2001:db8:0:2::1")).await, 200);
    assert_eq!(status(stranger("::ffff:192.0.2.2")).await, 200, "an IPv4 address in other clothes");
}

/// A request that takes as long as the password queue is.
fn slow(app: &TestApp, person: &Person) -> RequestBuilder {
    app.send_as(
        person,
        Method::POST,
        "/api/v1/me/password",
        &json!({"current_password": "väärä", "new_password": "kolme märkää kumisaapasta"}),
    )
}

/// It is sent away at once, and told to come back in a second.
async fn sent_away(request: RequestBuilder) {
    let begun = Instant::now();
    let refused = send(request).await;
    assert_eq!((refused.status().as_u16(), retry_after(&refused)), (503, 1));
    assert!(begun.elapsed() < Duration::from_millis(500), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn one_account_cannot_take_all_the_room() {
    let app = with(Limits { in_flight_of_account: 2, ..unhurried().limits }).await;
    let (one, other) = (app.nobody(), app.nobody());
    let place = || app.state.shed.admit_bearer(one.id().0, app.own.id.0).expect("a place");
    let first = place();
    assert_eq!(status(app.get_as(&one, "/api/v1/me")).await, 200, "there is room for a second");
    let second = place();
    sent_away(app.get_as(&one, "/api/v1/me")).await;
    assert_eq!(status(app.get_as(&other, "/api/v1/me")).await, 200, "others go on");
    drop((first, second));
    assert_eq!(status(app.get_as(&one, "/api/v1/me")).await, 200, "the room is given back");
}

#[tokio::test]
async fn one_tenant_leaves_room_for_the_others() {
    // A quarter of eight.
    let app = with(Limits { in_flight: 8, in_flight_of_tenant: 25, ..unhurried().limits }).await;
    let (person, theirs) = (app.nobody(), app.other_administrator());
    let place = || app.state.shed.admit_bearer(uuid::Uuid::new_v4(), app.own.id.0).expect("a place");
    let first = place();
    assert_eq!(status(app.get_as(&person, "/api/v1/me")).await, 200, "there is room for a second");
    let second = place();
    assert_eq!(status(app.get_as(&person, "/api/v1/me")).await, 200, "as long as the node has room");
    let others = [0; 4].map(|_| app.state.shed.admit(&actix_web::http::Method::GET, "/api/v1/me").expect("a place"));
    sent_away(app.get_as(&person, "/api/v1/me")).await;
    let other = app.http.get(format!("{}/api/v1/me", app.origin(&app.other))).bearer_auth(theirs.token());
    assert_eq!(status(other).await, 200, "the other tenant goes on");
    drop((first, second));
    assert_eq!(status(app.get_as(&person, "/api/v1/me")).await, 200, "the room is given back");
    drop(others);
}

#[tokio::test]
async fn a_full_node_sends_away_at_once_and_keeps_its_doors_open() {
    let app = with(Limits { in_flight: 2, ..unhurried().limits }).await;
    let person = app.nobody();
    let place = || app.state.shed.admit(&actix_web::http::Method::GET, "/api/v1/me").expect("a place");
    let first = place();
    assert_eq!(status(app.get_as(&person, "/api/v1/me")).await, 200, "there is room for a second");
    let second = place();
    sent_away(app.get_as(&person, "/api/v1/me")).await;
    assert_eq!(status(app.request(Method::GET, "/healthz")).await, 200);
    assert_eq!(status(app.request(Method::GET, "/readyz")).await, 200);
    assert_eq!(status(app.request(Method::GET, "/").header("accept", "text/html")).await, 200);
    let body = json!({"email": person.account.email, "password": PASSWORD, "kind": "device"});
    assert_eq!(status(app.request(Method::POST, "/api/v1/sessions").json(&body)).await, 201, "one still signs in");
    drop((first, second));
    assert_eq!(status(app.get_as(&person, "/api/v1/me")).await, 200, "and all goes on");
}

#[tokio::test]
async fn a_flood_of_sign_ins_leaves_reading_alone_and_writes_nothing_for_those_sent_away() {
    let app = TestApp::start().await;
    let person = app.nobody();
    let places: Vec<_> = std::iter::from_fn(|| app.state.hashing.enter().ok()).collect();
    assert!(places.len() >= 64, "{}", places.len());
    let body = json!({"email": person.account.email, "password": PASSWORD, "kind": "device"});
    let begun = Instant::now();
    let refused = send(app.request(Method::POST, "/api/v1/sessions").json(&body)).await;
    assert_eq!((refused.status().as_u16(), retry_after(&refused)), (503, 2));
    assert!(begun.elapsed() < Duration::from_millis(500), "{:?}", begun.elapsed());
    assert_eq!(app.rows("sign_in_failures", "1 = 1"), 0, "a try that was not looked at is none");
    assert_eq!(status(app.get_as(&person, "/api/v1/me")).await, 200);
    drop(places);
    assert_eq!(status(app.request(Method::POST, "/api/v1/sessions").json(&body)).await, 201);
}

#[tokio::test]
async fn a_handler_that_takes_too_long_is_given_up() {
    let times = Times { handler: Duration::from_millis(300), ..Times::default() };
    let app = with(Limits { times, ..unhurried().limits }).await;
    let person = app.nobody();
    let busy = app.keep_hashing(60);
    let begun = Instant::now();
    let refused = send(slow(&app, &person)).await;
    assert_eq!((refused.status().as_u16(), retry_after(&refused)), (503, 5));
    assert!(begun.elapsed() < Duration::from_millis(1_500), "{:?}", begun.elapsed());
    drop(busy);
}

/// Adds an organisation.
fn add(app: &TestApp, person: &Person) -> RequestBuilder {
    app.send_as(person, Method::POST, "/api/v1/organisations", &json!({"name": uuid::Uuid::new_v4().to_string(), "kind": "other"}))
}

/// J4 for writes. On PostgreSQL a lock like this one would hold up the other tests, which share the database; there the
/// proof `timeouts` shows it.
#[tokio::test]
async fn while_another_program_holds_the_file_writes_are_told_soon_and_reads_go_on() {
    let app = with(unhurried().limits).await;
    let person = app.administrator();
    let backend::db::Address::Sqlite(path) = app.db.address().clone() else { return };
    let mut other = diesel::SqliteConnection::establish(&path.to_string_lossy()).expect("another program");
    other.batch_execute("BEGIN IMMEDIATE").expect("the lock");
    let writes: Vec<_> = (0..100).map(|_| add(&app, &person)).collect();
    let outcomes = tokio::spawn(all_at_once(writes.into_iter().map(|request| async move {
        let begun = Instant::now();
        let response = send(request).await;
        (response.status().as_u16(), header(&response, "retry-after"), begun.elapsed())
    })));
    assert_eq!(status(app.get_as(&person, "/api/v1/organisations")).await, 200, "reads go on");
    for (status, wait, took) in outcomes.await.expect("no panic") {
        assert_eq!((status, wait.as_str()), (503, "2"));
        assert!(took < Duration::from_secs(5), "{took:?}");
    }
    other.batch_execute("ROLLBACK").expect("let go");
    assert_eq!(status(add(&app, &person)).await, 201, "and it is well");
}

/// H4, small: SQLite finds no room. The proof `disk-full` fills a real disk.
#[tokio::test]
async fn when_the_disk_is_full_writes_are_told_and_reads_go_on() {
    let app = TestApp::start().await;
    let backend::db::Address::Sqlite(_) = app.db.address() else { return };
    let person = app.administrator();
    assert_eq!(status(add(&app, &person)).await, 201);
    let pages = |most: &str| {
        let sql = format!("PRAGMA max_page_count = {most}");
        app.db.write(|conn| Ok(conn.batch_execute(&sql)?)).expect("set");
    };
    // SQLite takes the pages that there are for the least.
    pages("1");
    let mut refused = None;
    for _ in 0..400 {
        let response = send(add(&app, &person)).await;
        if response.status() != 201 {
            refused = Some(response);
            break;
        }
    }
    let refused = refused.expect("the disk is full some time");
    assert_eq!((refused.status().as_u16(), header(&refused, "retry-after").as_str()), (503, "2"));
    assert_eq!(status(app.get_as(&person, "/api/v1/organisations")).await, 200, "reads go on");
    pages("1000000");
    assert_eq!(status(add(&app, &person)).await, 201, "and it is well");
}

#[tokio::test]
async fn a_node_without_room_on_its_disk_says_so_to_the_balancer() {
    let ready = |min_free_disk: u8| async move {
        let app = TestApp::start_with(Settings { min_free_disk, ..unhurried() }).await;
        assert_eq!(status(app.request(Method::GET, "/livez")).await, 200);
        status(app.request(Method::GET, "/readyz")).await
    };
    assert_eq!(ready(0).await, 200);
    assert_eq!(ready(100).await, 503);
}

/// J7: nodes go by the database's clock.
#[tokio::test]
async fn a_node_whose_clock_is_wrong_is_put_right_by_postgresql() {
    let app = TestApp::start().await;
    for minutes in [5, -5] {
        let wrong = backend::clock::Clock::default();
        wrong.set_by(jiff::Timestamp::now() + jiff::SignedDuration::from_mins(minutes));
        wrong.follow(&app.db);
        let off = wrong.now().duration_since(jiff::Timestamp::now()).abs();
        // SQLite has no clock of its own to go by.
        let right = tests::database::postgres_url().is_some();
        assert_eq!(off < jiff::SignedDuration::from_secs(2), right, "{minutes} min: {off}");
    }
}

/// J4.
#[tokio::test]
async fn when_all_connections_are_held_others_are_told_within_two_seconds_and_then_it_heals() {
    let app = TestApp::start_alone().await;
    let person = app.nobody();
    assert_eq!(status(app.get_as(&person, "/api/v1/me")).await, 200);
    let most = app.db.pools().iter().map(|pool| pool.most).max().expect("a pool");
    let (release, released) = std::sync::mpsc::channel::<()>();
    let (released, held) = (Arc::new(Mutex::new(released)), Arc::new(AtomicU32::new(0)));
    let hold = |_| {
        let (db, released, held) = (app.db.clone(), released.clone(), held.clone());
        let hold = move |_: &mut backend::db::Conn| {
            held.fetch_add(1, Ordering::SeqCst);
            let _ = released.lock().expect("a channel").recv();
            Ok(())
        };
        std::thread::spawn(move || db.read(hold))
    };
    let holding: Vec<_> = (0..most).map(hold).collect();
    eventually("every connection is held", || async { held.load(Ordering::SeqCst) == most }).await;
    let begun = Instant::now();
    let refused = send(app.get_as(&person, "/api/v1/programmes")).await;
    assert_eq!(refused.status(), 503, "{}", refused.text().await.unwrap_or_default());
    assert!((1_500..3_000).contains(&u64::try_from(begun.elapsed().as_millis()).unwrap_or(0)), "{:?}", begun.elapsed());
    assert_eq!(status(app.request(Method::GET, "/healthz")).await, 200);
    drop(release);
    for thread in holding {
        thread.join().expect("no panic").expect("held");
    }
    assert_eq!(status(app.get_as(&person, "/api/v1/programmes")).await, 200);
}
