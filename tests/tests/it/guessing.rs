//! Guessing (B8): what locks, for whom, and for how long. And that nobody learns by time which addresses are known (B7).

use backend::config::Settings;
use backend::db::Db;
use backend::identity::service::guessing::{self, Counted, Try};
use backend::identity::service::tenants::{self, NewTenant};
use backend::keys::Keys;
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};
use shared::TenantId;
use shared::audit::{AuditAction, AuditFilter};
use shared::identity::{Credentials, LinkRedemption, NewAccount, SessionKind};
use shared::problem::ProblemCode;
use std::cell::Cell;
use std::sync::Arc;
use tests::raw::{header, problem, send, status};
use tests::scratch::Scratch;
use tests::{PASSWORD, Person, TestApp, all_at_once};

const WRONG: &str = "aivan toinen salasana";

/// The guard alone, with a database and a clock of its own.
struct Guard {
    _scratch: Scratch,
    db: Db,
    keys: Keys,
    tenant: TenantId,
    now: Cell<Timestamp>,
}

impl Guard {
    fn new() -> Self {
        let mut scratch = Scratch::new();
        backend::db::migrate::up(scratch.db()).expect("migrated");
        let db = scratch.db().clone();
        let now = Timestamp::from_second(1_800_000_000).expect("an instant");
        let new = NewTenant { slug: "oma", name: "oma", host: None, is_default: true, is_demo: false };
        let tenant = db.write(|conn| tenants::create(conn, &new, now)).expect("a tenant");
        Self { _scratch: scratch, db, keys: Keys::temporary().expect("keys"), tenant, now: Cell::new(now) }
    }

    fn attempt(&self, net: &str, who: &str, password: &str) -> Try {
        Try::new(&self.keys, net, &format!("{who}@example.fi"), password)
    }

    /// Begins a try; the seconds to wait where it is refused.
    fn begin(&self, attempt: &Try) -> Result<Counted, u64> {
        let outcome = self.db.write(|conn| guessing::begin(conn, self.tenant, attempt, self.now.get()));
        outcome.map_err(|error| error.refusal().retry_after.expect("refused with a wait"))
    }

    /// A wrong password; the seconds to wait where it is not even looked at.
    fn wrong(&self, net: &str, who: &str, password: &str) -> Result<(), u64> {
        let attempt = self.attempt(net, who, password);
        let counted = self.begin(&attempt)?;
        self.db.write(|conn| guessing::was_wrong(conn, self.tenant, &attempt, counted, None, self.now.get())).expect("counted");
        Ok(())
    }

    /// Whether a try would be let through; it leaves no trace.
    fn wait(&self, net: &str, who: &str) -> Option<u64> {
        let attempt = self.attempt(net, who, PASSWORD);
        let undone = self.db.write(|conn| -> backend::error::Result<()> {
            guessing::begin(conn, self.tenant, &attempt, self.now.get())?;
            Err(backend::error::Error::not_found())
        });
        undone.expect_err("undone").refusal().retry_after
    }

    fn later(&self, by: SignedDuration) {
        self.now.set(self.now.get() + by);
    }

    fn minutes(&self, minutes: i64) {
        self.later(SignedDuration::from_mins(minutes));
    }
}

#[test]
fn one_account_from_one_network_waits_longer_with_each_failure() {
    let guard = Guard::new();
    for _ in 0..10 {
        guard.wrong("192.0.2", "aino", WRONG).expect("looked at");
    }
    // After the tenth failure 15 minutes, after each further one twice as long, never more than 16 hours.
    for minutes in [15, 30, 60, 120, 240] {
        assert_eq!(guard.wait("192.0.2", "aino"), Some(minutes * 60));
        assert_eq!(guard.wait("192.0.2", "eeva"), None, "others of the network sign in");
        assert_eq!(guard.wait("198.51.100", "aino"), None, "the victim signs in from elsewhere");
        guard.later(SignedDuration::from_secs(minutes as i64 * 60 - 1));
        assert_eq!(guard.wait("192.0.2", "aino"), Some(1));
        guard.later(SignedDuration::from_secs(1));
        guard.wrong("192.0.2", "aino", WRONG).expect("looked at again");
    }
    guard.minutes(24 * 60);
    assert_eq!(guard.wait("192.0.2", "aino"), None, "a day later all is forgotten");
}

#[test]
fn fifty_failures_in_fifteen_minutes_stop_a_network_until_the_first_of_them_is_old() {
    let guard = Guard::new();
    // Nine for each account and always the same password: neither of the other two rules bites.
    for number in 0..50 {
        assert_eq!(guard.wait("192.0.2", "uusi"), None, "after {number}");
        guard.wrong("192.0.2", &format!("henkilo{}", number / 9), WRONG).expect("looked at");
        guard.later(SignedDuration::from_secs(10));
    }
    assert_eq!(guard.wait("192.0.2", "uusi"), Some(15 * 60 - 500));
    assert_eq!(guard.wait("198.51.100", "uusi"), None, "other networks go on");
    guard.later(SignedDuration::from_secs(15 * 60 - 500));
    guard.wrong("192.0.2", "uusi", WRONG).expect("one more, when the first is fifteen minutes old");
    assert_eq!(guard.wait("192.0.2", "toinen"), Some(10), "and the next when the second is");
    guard.minutes(15);
    assert_eq!(guard.wait("192.0.2", "toinen"), None);
}

#[test]
fn fifteen_different_wrong_pairs_in_three_hours_shut_a_network_out_for_a_day() {
    let guard = Guard::new();
    let sweep = || guard.db.write(|conn| guessing::sweep(conn, guard.now.get())).expect("swept");
    for number in 0..15 {
        assert_eq!(guard.wait("192.0.2", "uusi"), None, "after {number}");
        guard.wrong("192.0.2", &format!("henkilo{number}"), WRONG).expect("looked at");
        guard.minutes(12);
    }
    guard.minutes(-12);
    for hour in 0..24_u64 {
        sweep();
        assert_eq!(guard.wait("192.0.2", "uusi"), Some((24 - hour) * 3_600), "whoever it is, and whatever has been swept");
        assert_eq!(guard.wait("198.51.100", "henkilo3"), None, "the victims sign in from elsewhere");
        guard.minutes(60);
    }
    assert_eq!(guard.wait("192.0.2", "uusi"), None, "a day later");
    sweep();
    assert_eq!(tests::database::count(&guard.db, "SELECT count(*) AS count FROM sign_in_blocks"), 0);
}

#[test]
fn the_same_mistake_again_and_mistakes_far_apart_shut_nobody_out() {
    let guard = Guard::new();
    for number in 0..40 {
        guard.wrong("192.0.2", &format!("henkilo{number}"), WRONG).expect("looked at");
        guard.minutes(13);
    }
    let forgetful = Guard::new();
    for number in 0..30 {
        forgetful.wrong("192.0.2", &format!("henkilo{}", number % 5), WRONG).expect("looked at");
        forgetful.minutes(1);
    }
    assert_eq!(forgetful.wait("192.0.2", "uusi"), None, "five different pairs, however often");
}

#[test]
fn the_right_password_takes_its_own_failures_back_and_nobody_elses() {
    let guard = Guard::new();
    let nine = |who: &str| (0..9).for_each(|_| guard.wrong("192.0.2", who, WRONG).expect("looked at"));
    nine("aino");
    nine("eeva");
    let attempt = guard.attempt("192.0.2", "aino", PASSWORD);
    guard.begin(&attempt).expect("looked at");
    let account = shared::AccountId::new();
    guard.db.write(|conn| guessing::was_right(conn, guard.tenant, &attempt, account)).expect("right");
    nine("aino");
    guard.wrong("192.0.2", "eeva", WRONG).expect("her tenth");
    assert_eq!(guard.wait("192.0.2", "eeva"), Some(900));
    assert_eq!(guard.wait("192.0.2", "aino"), None);
}

/// A try to sign in from a network.
fn sign_in_from(app: &TestApp, person: &Person, net: &str, password: &str) -> reqwest::RequestBuilder {
    let body = json!({"email": person.account.email, "password": password, "kind": "device"});
    app.request(Method::POST, "/api/v1/sessions").header("x-forwarded-for", net).json(&body)
}

/// The status with `Retry-After`.
async fn try_from(app: &TestApp, person: &Person, net: &str, password: &str) -> (u16, String) {
    let response = send(sign_in_from(app, person, net, password)).await;
    (response.status().as_u16(), header(&response, "retry-after"))
}

async fn behind_a_proxy() -> TestApp {
    let app = TestApp::start_with(Settings { trust_proxy: true, ..tests::unhurried() }).await;
    app.clock.set(Some(app.clock.now()));
    app
}

#[tokio::test]
async fn guessing_is_stopped_and_its_victim_still_comes_in_from_elsewhere() {
    let app = behind_a_proxy().await;
    let victim = app.nobody();
    for _ in 0..10 {
        assert_eq!(try_from(&app, &victim, "192.0.2.7", WRONG).await.0, 401);
    }
    let (stopped, wait) = try_from(&app, &victim, "192.0.2.200", PASSWORD).await;
    assert_eq!(stopped, 429, "the right password, from the same network, right after ten failures");
    assert_eq!(wait, "900");
    assert_eq!(try_from(&app, &victim, "198.51.100.4", PASSWORD).await.0, 201, "from another network");
    app.advance(SignedDuration::from_secs(900));
    assert_eq!(try_from(&app, &victim, "192.0.2.7", PASSWORD).await.0, 201, "after the wait");
    assert_eq!(try_from(&app, &victim, "192.0.2.7", WRONG).await.0, 401, "and from there as if nothing had been");
}

#[tokio::test]
async fn a_made_up_forwarded_header_gives_no_new_tries() {
    let app = TestApp::start().await;
    let victim = app.nobody();
    for n in 0..10 {
        assert_eq!(try_from(&app, &victim, &format!("203.0.{n}.1"), WRONG).await.0, 401);
    }
    assert_eq!(try_from(&app, &victim, "203.0.99.1", WRONG).await.0, 429);
}

#[tokio::test]
async fn many_at_once_get_no_more_tries_than_one_after_another() {
    let app = Arc::new(TestApp::start().await);
    let victim = app.nobody();
    let statuses = all_at_once((0..30).map(|number| {
        let request = sign_in_from(&app, &victim, "", &format!("{WRONG} {number}"));
        async move { status(request).await }
    }))
    .await;
    let looked_at = statuses.iter().filter(|status| **status == 401).count();
    assert_eq!((looked_at, statuses.iter().filter(|status| **status == 429).count()), (10, 20), "{statuses:?}");
}

#[tokio::test]
async fn wrong_current_passwords_count_as_guessing() {
    let app = TestApp::start().await;
    let (administrator, person) = (app.administrator(), app.nobody());
    let change = |current: &str| {
        let body = json!({"current_password": current, "new_password": "kolme märkää kumisaapasta"});
        app.send_as(&person, Method::POST, "/api/v1/me/password", &body)
    };
    let confirm = |current: &str| {
        let body = json!({ "password": current });
        app.send_as(&person, Method::POST, "/api/v1/sessions/current/confirm", &body)
    };
    for number in 0..10 {
        let (request, status) = if number % 2 == 0 { (change(WRONG), 422) } else { (confirm(WRONG), 401) };
        let refused = problem(request).await;
        assert_eq!((refused.status, refused.errors[0].code.as_str()), (status, "wrong_password"), "{number}");
    }
    for request in [change(PASSWORD), confirm(PASSWORD), sign_in_from(&app, &person, "", PASSWORD)] {
        let response = send(request).await;
        assert_eq!(response.status(), 429, "even the right one now, wherever it is asked");
        let wait: u64 = header(&response, "retry-after").parse().expect("seconds");
        assert!((890..=900).contains(&wait), "{wait}");
    }
    let filter = AuditFilter { action: Some(AuditAction::PasswordRefused), ..AuditFilter::default() };
    let trail = administrator.list_audit_events(&filter).await.expect("trail").items;
    assert_eq!(trail.len(), 10);
    assert!(trail.iter().all(|line| line.actor_id == Some(person.id()) && line.object_id == Some(person.id().0)));
}

#[tokio::test]
async fn after_a_hundred_wrong_ones_in_a_row_only_a_new_password_lets_in() {
    let app = behind_a_proxy().await;
    let victim = app.nobody();
    let wrong = |net: String| {
        let attempt = Try::new(&app.state.keys, &net, &victim.account.email, WRONG);
        let (tenant, now, account) = (app.own.id, app.clock.now(), victim.id());
        let run = |conn: &mut backend::db::Conn| {
            let counted = guessing::begin(conn, tenant, &attempt, now)?;
            guessing::was_wrong(conn, tenant, &attempt, counted, Some(account), now)
        };
        app.db.write(run).expect("looked at");
    };
    (0..99).for_each(|number| wrong(format!("203.0.{}", number / 9)));
    assert_eq!(try_from(&app, &victim, "192.0.2.7", PASSWORD).await.0, 201, "99 are forgiven");
    (0..100).for_each(|number| wrong(format!("203.1.{}", number / 9)));
    assert_eq!(try_from(&app, &victim, "192.0.2.7", PASSWORD).await.0, 401, "the hundredth was one too many");
    let system = app.system();
    let reset = |conn: &mut backend::db::Conn| backend::identity::service::accounts::make_link(conn, &system, victim.id());
    let link = app.db.write(reset).expect("a link");
    let token = link.url.split_once('#').expect("a secret").1.to_owned();
    let redemption = LinkRedemption { token, password: Some("kolme märkää kumisaapasta".to_owned()), name: None, email: None };
    app.stranger().redeem_link(&redemption).await.expect("a new password");
    assert_eq!(try_from(&app, &victim, "192.0.2.7", "kolme märkää kumisaapasta").await.0, 201);
}

/// How many hashes a request costs, and how many rows of the outbox.
async fn cost(app: &TestApp, request: reqwest::RequestBuilder) -> (u16, u64, i64) {
    let (hashes, rows) = (app.state.hashing.runs(), app.rows("outbox", "1 = 1"));
    let status = status(request).await;
    (status, app.state.hashing.runs() - hashes, app.rows("outbox", "1 = 1") - rows)
}

#[tokio::test]
async fn known_and_unknown_addresses_cost_the_same() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let (active, gone) = (app.nobody(), app.nobody());
    administrator.deactivate_account(gone.id(), gone.account.version).await.expect("deactivated");
    let new = |email: &str| NewAccount { name: "Eeva".to_owned(), email: email.to_owned(), lang: shared::Lang::Fi, unit_id: None };
    administrator.invite_account(&new("kutsuttu@example.fi")).await.expect("invited");
    let emails = [&active.account.email, &gone.account.email, "kutsuttu@example.fi", "ei.ole@example.fi"];
    for email in emails {
        let body = json!({"email": email, "password": WRONG, "kind": "device"});
        let spent = cost(&app, app.request(Method::POST, "/api/v1/sessions").json(&body)).await;
        assert_eq!(spent, (401, 1, 0), "{email}");
        let spent = cost(&app, app.request(Method::POST, "/api/v1/links/password-reset").json(&json!({ "email": email }))).await;
        assert_eq!(spent, (202, 0, 1), "{email}");
    }
    let right = Credentials { email: active.account.email.clone(), password: PASSWORD.to_owned(), kind: SessionKind::Device };
    let body: Value = serde_json::to_value(&right).expect("JSON");
    assert_eq!(cost(&app, app.request(Method::POST, "/api/v1/sessions").json(&body)).await, (201, 1, 0));
}

#[tokio::test]
async fn one_network_may_ask_for_twenty_resets_an_hour_and_send_ten_messages_a_minute() {
    let app = TestApp::start_with(Settings { trust_proxy: true, ..tests::unhurried() }).await;
    let reset = |net: &str| {
        let body = json!({"email": "ei.ole@example.fi"});
        app.request(Method::POST, "/api/v1/links/password-reset").header("x-forwarded-for", net).json(&body)
    };
    let feedback = |net: &str| {
        let body = json!({"message": "Ei toimi", "lang": "fi"});
        app.request(Method::POST, "/api/v1/accessibility-feedback").header("x-forwarded-for", net).json(&body)
    };
    for _ in 0..20 {
        assert_eq!(status(reset("192.0.2.7")).await, 202);
    }
    for _ in 0..10 {
        assert_eq!(status(feedback("192.0.2.7")).await, 201);
    }
    for refused in [reset("192.0.2.8"), feedback("192.0.2.8")] {
        let response = send(refused).await;
        assert_eq!(response.status(), 429, "the whole network");
        let wait: u64 = header(&response, "retry-after").parse().expect("seconds");
        assert!((1..=181).contains(&wait), "{wait}");
        let told: shared::Problem = response.json().await.expect("a problem");
        assert_eq!(told.code, ProblemCode::TooManyRequests);
    }
    assert_eq!((status(reset("198.51.100.7")).await, status(feedback("198.51.100.7")).await), (202, 201), "others go on");
}
