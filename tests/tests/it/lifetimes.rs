//! B14: how long sessions live.

use jiff::SignedDuration;
use shared::identity::NewGrant;
use shared::policy::{Role, Scope};
use tests::{Person, TestApp, eventually};

/// Uses the session, renewing its token when it must; whether that works.
async fn works(person: &Person) -> bool {
    person.get_me().await.is_ok()
}

#[tokio::test]
async fn b14_staff_sessions_end_after_half_an_hour_unused() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let (staff, participant) = (app.auditor(), app.nobody());
    app.advance(SignedDuration::from_mins(29));
    assert!(works(&staff).await, "used in time");
    app.advance(SignedDuration::from_mins(29));
    assert!(works(&staff).await, "and again");
    app.advance(SignedDuration::from_mins(30));
    assert!(!works(&staff).await, "unused for half an hour");
    assert!(works(&participant).await, "who only takes part may leave the phone lying");
}

#[tokio::test]
async fn b14_any_use_counts_not_only_a_renewal() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let staff = app.auditor();
    app.advance(SignedDuration::from_mins(9));
    let token = staff.token();
    assert!(works(&staff).await);
    assert_eq!(staff.token(), token, "nothing was renewed");
    let (account, before) = (app.literal(staff.id().0), app.clock.now());
    let noted = || async { app.rows("sessions", &format!("account_id = {account} AND last_seen_at > created_at")) == 1 };
    eventually("the use is noted", noted).await;
    app.clock.set(Some(before + SignedDuration::from_mins(25)));
    assert!(works(&staff).await, "25 minutes after the last use, 34 after the sign-in");
}

#[tokio::test]
async fn b14_staff_sessions_end_after_twelve_hours_however_they_are_used() {
    let app = TestApp::start().await;
    let start = app.clock.now();
    app.clock.set(Some(start));
    let staff = app.auditor();
    for quarter in 1..48 {
        app.clock.set(Some(start + SignedDuration::from_mins(15) * quarter));
        assert!(works(&staff).await, "{quarter} quarters of an hour");
    }
    app.clock.set(Some(start + SignedDuration::from_hours(12)));
    assert!(!works(&staff).await);
}

#[tokio::test]
async fn b14_one_who_is_given_a_role_has_a_staff_session_from_then_on() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let person = app.nobody();
    app.advance(SignedDuration::from_hours(11));
    assert!(works(&person).await);
    let administrator = app.administrator();
    let new = NewGrant { account_id: person.id(), role: Role::Auditor, scope: Scope::Tenant, valid_from: None, valid_to: None };
    administrator.create_grant(&new).await.expect("granted");
    assert!(works(&person).await, "still within twelve hours");
    app.advance(SignedDuration::from_mins(29));
    assert!(works(&person).await);
    app.advance(SignedDuration::from_mins(29));
    assert!(works(&person).await);
    // Past the end of the last access token too, whose bearer is remembered for a moment.
    app.advance(SignedDuration::from_mins(11));
    assert!(!works(&person).await, "twelve hours have passed");
}

#[tokio::test]
async fn b14_ten_sessions_and_the_list_shows_those_that_work() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let staff = app.auditor();
    for _ in 0..12 {
        app.advance(SignedDuration::from_secs(1));
        app.sign_in(&app.own, staff.account.clone());
    }
    let last = app.sign_in(&app.own, staff.account.clone());
    assert_eq!(last.list_sessions(&Default::default()).await.expect("sessions").items.len(), 10);
    app.advance(SignedDuration::from_mins(30));
    let fresh = app.sign_in(&app.own, staff.account.clone());
    let alive = fresh.list_sessions(&Default::default()).await.expect("sessions").items;
    assert_eq!(alive.len(), 1, "those unused for half an hour have ended");
    assert!(alive[0].current);
}
