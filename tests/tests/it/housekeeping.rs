//! What is kept for a time goes by the clock: nobody has to come by for it.

use backend::db::{Conn, Db};
use backend::housekeeping;
use backend::identity::service::guessing::{self, Try};
use backend::identity::service::sessions::{self, Occasion};
use backend::identity::service::tenants::{self, NewTenant};
use backend::identity::service::{accounts, challenges, links};
use backend::keys::Keys;
use backend::outbox::{self, ResetWish};
use backend::policy::Actor;
use jiff::{SignedDuration, Timestamp};
use shared::identity::{NewAccount, SessionKind};
use shared::{Lang, TenantId};
use tests::database::{count, run};
use tests::scratch::Scratch;

/// Tables with a term, and how many rows each has.
fn rows(db: &Db) -> Vec<(&'static str, i64)> {
    let tables = [
        "sign_in_challenges",
        "sign_in_failures",
        "sign_in_blocks",
        "sessions",
        "refresh_tokens",
        "one_time_links",
        "idempotency_keys",
        "outbox",
        "accounts",
    ];
    tables.into_iter().map(|table| (table, count(db, &format!("SELECT count(*) AS count FROM {table}")))).collect()
}

/// One row of each kind, made at `now`.
fn fill(conn: &mut Conn, keys: &Keys, tenant: TenantId, now: Timestamp) -> backend::error::Result<()> {
    let system = Actor::system(tenant, now);
    let new = NewAccount { name: "Aino".to_owned(), email: "aino@example.fi".to_owned(), lang: Lang::Fi, unit_id: None };
    let account = accounts::create_active(conn, &system, &new, "no password".to_owned())?.id;
    let occasion = Occasion { tenant, now, request_id: "test".to_owned(), net: "test".to_owned(), device: "test".to_owned() };
    sessions::open(conn, keys, &occasion, account, SessionKind::Device)?;
    sessions::end_all(conn, tenant, account, None, now)?;
    challenges::make(conn, tenant, account, SessionKind::Device, "test", now)?;
    for number in 0..15 {
        let attempt = Try::new(keys, "192.0.2", &format!("{number}@example.fi"), "x");
        let counted = guessing::begin(conn, tenant, &attempt, now)?;
        guessing::was_wrong(conn, tenant, &attempt, counted, None, now)?;
    }
    links::issue_first_administrator(conn, tenant, now)?;
    outbox::wish(conn, tenant, &ResetWish { email: "ei.ole@example.fi".to_owned(), lang: Lang::Fi }, now)
}

#[test]
fn everything_with_a_term_goes_when_its_time_is_over_and_not_before() {
    let mut scratch = Scratch::new();
    backend::db::migrate::up(scratch.db()).expect("migrated");
    let db = scratch.db().clone();
    let made = Timestamp::from_second(1_800_000_000).expect("an instant");
    let keys = Keys::temporary().expect("keys");
    let new = NewTenant { slug: "oma", name: "oma", host: None, is_default: true, is_demo: false };
    let tenant = db.write(|conn| tenants::create(conn, &new, made)).expect("a tenant");
    db.write(|conn| fill(conn, &keys, tenant, made)).expect("filled");
    outbox::answer_resets(&db, made).expect("answered");
    let own = tests::database::literal(&db, tenant.0);
    let key = "INSERT INTO idempotency_keys (tenant_id, principal_id, operation, idempotency_key, fingerprint, created_at) VALUES";
    let (print, at) = match db.address() {
        backend::db::Address::Sqlite(_) => ("x'00'", made.as_microsecond().to_string()),
        backend::db::Address::Postgres(_) => ("'\\x00'::bytea", format!("'{made}'")),
    };
    run(&db, &format!("{key} ({own}, {own}, 'POST /x', 'avain', {print}, {at})")).expect("a record");

    let full = [1, 15, 1, 1, 1, 1, 1, 1, 1];
    let left = |after: SignedDuration| {
        housekeeping::round(&db, made + after);
        rows(&db).into_iter().map(|(_, count)| count).collect::<Vec<_>>()
    };
    let (hour, second) = (SignedDuration::from_hours(1), SignedDuration::from_secs(1));
    assert_eq!(left(SignedDuration::ZERO), full, "{:?}", rows(&db));
    assert_eq!(left(SignedDuration::from_mins(5) - second), full);
    // Five minutes: a sign-in that nobody finished.
    assert_eq!(left(SignedDuration::from_mins(5)), [0, 15, 1, 1, 1, 1, 1, 1, 1]);
    assert_eq!(left(hour * 24 - second), [0, 15, 1, 1, 1, 1, 1, 1, 1]);
    // A day: failed sign-ins, the block, the ended session with its token. The link is good for 72 hours and kept one day more.
    assert_eq!(left(hour * 24 + second), [0, 0, 0, 0, 0, 1, 1, 1, 1]);
    assert_eq!(left(hour * 96 - second), [0, 0, 0, 0, 0, 1, 1, 1, 1]);
    assert_eq!(left(hour * 96 + second), [0, 0, 0, 0, 0, 0, 1, 1, 1]);
    assert_eq!(left(hour * 24 * 7 - second), [0, 0, 0, 0, 0, 0, 1, 1, 1]);
    assert_eq!(left(hour * 24 * 7 + second), [0, 0, 0, 0, 0, 0, 0, 0, 1], "and the account stays");
}

#[test]
fn a_live_session_and_a_letter_that_waits_stay() {
    let mut scratch = Scratch::new();
    backend::db::migrate::up(scratch.db()).expect("migrated");
    let db = scratch.db().clone();
    let made = Timestamp::from_second(1_800_000_000).expect("an instant");
    let keys = Keys::temporary().expect("keys");
    let make = |conn: &mut Conn| {
        let new = NewTenant { slug: "oma", name: "oma", host: None, is_default: true, is_demo: false };
        let tenant = tenants::create(conn, &new, made)?;
        let system = Actor::system(tenant, made);
        let new = NewAccount { name: "Aino".to_owned(), email: "aino@example.fi".to_owned(), lang: Lang::Fi, unit_id: None };
        let account = accounts::create_active(conn, &system, &new, "no password".to_owned())?.id;
        accounts::make_link(conn, &system, account)?;
        let occasion = Occasion { tenant, now: made, request_id: "test".to_owned(), net: "test".to_owned(), device: "test".to_owned() };
        sessions::open(conn, &keys, &occasion, account, SessionKind::Device).map(drop)
    };
    db.write(make).expect("made");
    let left = |days: i64| {
        housekeeping::round(&db, made + SignedDuration::from_hours(24 * days));
        ["sessions", "refresh_tokens", "outbox"].map(|table| count(&db, &format!("SELECT count(*) AS count FROM {table}")))
    };
    // A participant's session lives 30 days.
    assert_eq!(left(30), [1, 1, 1]);
    assert_eq!(left(32), [0, 0, 1]);
    assert_eq!(left(91), [0, 0, 0], "what nobody would take goes after 90 days");
}

#[tokio::test]
async fn the_server_does_it_without_being_asked() {
    let mut scratch = Scratch::new();
    backend::db::migrate::up(scratch.db()).expect("migrated");
    let db = scratch.db().clone();
    let before = Timestamp::now() - SignedDuration::from_hours(25);
    let keys = Keys::temporary().expect("keys");
    let make = |conn: &mut Conn| {
        let tenant = tenants::default_or_create(conn, before)?;
        let attempt = Try::new(&keys, "192.0.2", "aino@example.fi", "x");
        guessing::begin(conn, tenant, &attempt, before).map(drop)
    };
    db.write(make).expect("a failure of yesterday");
    drop(db);
    scratch.close();
    let _serving = scratch.serve().await;
    let mut left = || count(scratch.db(), "SELECT count(*) AS count FROM sign_in_failures");
    let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while left() > 0 {
        assert!(std::time::Instant::now() < until, "still there after 10 s");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}
