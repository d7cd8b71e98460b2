//! The second factor: setting it up, signing in with it, recovery codes, turning it off, and losing the phone.

use backend::config::Settings;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;
use shared::audit::{AuditAction, AuditFilter};
use shared::client::CallError;
use shared::identity::{Confirmation, PasswordChange, SecondFactorCode, SecondStep};
use shared::problem::ProblemCode;
use std::sync::Arc;
use tests::database::lines;
use tests::factor::{Guarded, HALF_MINUTE, Phone, by_code, by_recovery_code, credentials, sign_in};
use tests::raw::{cookie, header, problem, send, status};
use tests::{PASSWORD, Person, TestApp, all_at_once, eventually};

fn code_of(error: &CallError) -> Option<ProblemCode> {
    error.code()
}

/// Names of the letters to somebody, oldest first.
fn letters(app: &TestApp, person: &Person) -> Vec<String> {
    let tenant = app.literal(app.own.id.0);
    let payloads = lines(&app.db, &format!("SELECT payload AS line FROM outbox WHERE tenant_id = {tenant} ORDER BY id"));
    let letters = payloads.iter().map(|text| serde_json::from_str::<serde_json::Value>(text).expect("json"));
    letters.filter(|one| one["to"] == person.account.email).map(|one| one["template"].as_str().expect("a name").to_owned()).collect()
}

async fn is_told(app: &TestApp, action: AuditAction, person: &Person) -> bool {
    let auditor = app.auditor();
    let told = auditor.list_audit_events(&AuditFilter { action: Some(action), ..AuditFilter::default() }).await.expect("trail").items;
    told.iter().any(|event| event.object_id == Some(person.id().0))
}

#[tokio::test]
async fn it_is_set_up_by_a_code_and_then_asked_for() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let person = app.nobody();
    assert_eq!(person.get_second_factor().await.expect("read").on_since, None);
    let set_up = person.start_second_factor().await.expect("a secret");
    assert_eq!(set_up.secret.len(), 32, "160 bits in base 32");
    assert!(set_up.address.starts_with("otpauth://totp/") && set_up.address.contains(&set_up.secret), "{}", set_up.address);
    assert!(set_up.qr_path.starts_with("M4 4h7v1h-7z") && set_up.qr_size > 20);
    app.stranger().sign_in(&credentials(&person)).await.expect("not on before it is confirmed");
    assert!(app.stranger().get_me().await.is_err());

    let wrong = person.confirm_second_factor(&SecondFactorCode { code: "000000".to_owned() }).await.expect_err("wrong");
    assert_eq!(code_of(&wrong), Some(ProblemCode::Invalid));
    let phone = Phone::new(&set_up);
    let codes = person.confirm_second_factor(&SecondFactorCode { code: phone.code(app.clock.now()) }).await.expect("on").codes;
    assert_eq!(codes.len(), 10);
    assert_eq!(codes.iter().collect::<std::collections::BTreeSet<_>>().len(), 10);
    let own = person.get_second_factor().await.expect("read");
    assert_eq!((own.on_since, own.recovery_code_count), (Some(app.clock.now()), 10));
    assert_eq!(person.get_me().await.expect("me").account.second_factor_since, Some(app.clock.now()));

    let device = app.stranger();
    let challenge = app.challenge(&device, &person).await;
    assert!(device.access_token().is_none(), "the password alone gives no session");
    let used = device.finish_sign_in(&by_code(&challenge, &phone.code(app.clock.now()))).await.expect_err("the set-up used it");
    assert_eq!(code_of(&used), Some(ProblemCode::WrongCode));
    app.advance(HALF_MINUTE);
    device.finish_sign_in(&by_code(&challenge, &phone.code(app.clock.now()))).await.expect("in");
    assert_eq!(device.get_me().await.expect("me").account.id, person.id());
    assert_eq!(letters(&app, &person), ["second-factor-on"]);
    assert!(is_told(&app, AuditAction::SecondFactorOn, &person).await);
}

#[tokio::test]
async fn b9_a_code_works_once_and_half_a_minute_of_skew_is_forgiven() {
    let app = TestApp::start().await;
    let Guarded { person, phone, .. } = app.guard(app.nobody()).await;
    let now = app.clock.now();
    let device = app.stranger();
    sign_in(&app, &device, &person, &phone.code(now)).await.expect("in");
    let challenge = app.challenge(&device, &person).await;
    let replay = app.request(Method::POST, "/api/v1/sessions/second-step").json(&by_code(&challenge, &phone.code(now)));
    let refused = problem(replay).await;
    assert_eq!((refused.status, refused.code), (401, ProblemCode::WrongCode), "the same code again, within its half minute");
    let earlier = device.finish_sign_in(&by_code(&challenge, &phone.code(now - HALF_MINUTE))).await.expect_err("an earlier one");
    assert_eq!(code_of(&earlier), Some(ProblemCode::WrongCode));
    let far = device.finish_sign_in(&by_code(&challenge, &phone.code(now + HALF_MINUTE * 2))).await.expect_err("a minute ahead");
    assert_eq!(code_of(&far), Some(ProblemCode::WrongCode));
    device.finish_sign_in(&by_code(&challenge, &phone.code(now + HALF_MINUTE))).await.expect("half a minute ahead");

    app.advance(SignedDuration::from_mins(5));
    let late = phone.code(app.clock.now() - HALF_MINUTE);
    sign_in(&app, &device, &person, &late).await.expect("half a minute behind");
}

#[tokio::test]
async fn b9_of_five_who_use_a_code_at_once_one_comes_in() {
    let app = Arc::new(TestApp::start().await);
    let guarded = app.guard(app.nobody()).await;
    let code = app.code_of(&guarded);
    let mut challenges = Vec::new();
    for _ in 0..5 {
        challenges.push(app.challenge(&app.stranger(), &guarded.person).await);
    }
    let outcomes = all_at_once(challenges.into_iter().map(|challenge| {
        let (client, step) = (app.stranger(), by_code(&challenge, &code));
        async move { client.finish_sign_in(&step).await }
    }))
    .await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
}

#[tokio::test]
async fn a_browser_gets_its_cookie_at_the_second_step_and_only_on_its_own_page() {
    let app = TestApp::start().await;
    let guarded = app.guard(app.nobody()).await;
    let body = json!({"email": guarded.person.account.email, "password": PASSWORD, "kind": "browser"});
    let first = send(app.request(Method::POST, "/api/v1/sessions").header("X-Polku-Client", "web").json(&body)).await;
    assert_eq!((first.status().as_u16(), header(&first, "cache-control").as_str()), (202, "no-store"));
    assert!(cookie(&first).is_none(), "no session yet");
    let challenge: serde_json::Value = first.json().await.expect("json");
    assert!(challenge.get("access_token").is_none(), "{challenge}");
    let step = json!({"challenge_token": challenge["challenge_token"], "code": app.code_of(&guarded)});
    let foreign = app.request(Method::POST, "/api/v1/sessions/second-step").json(&step);
    assert_eq!(problem(foreign).await.code, ProblemCode::Forbidden);
    let own = send(app.request(Method::POST, "/api/v1/sessions/second-step").header("X-Polku-Client", "web").json(&step)).await;
    assert_eq!(own.status(), 201);
    assert!(cookie(&own).is_some());
    assert!(!own.text().await.expect("a body").contains("refresh_token"));
}

#[tokio::test]
async fn a_challenge_lives_five_minutes_and_five_wrong_codes() {
    let app = TestApp::start().await;
    let Guarded { person, phone, .. } = app.guard(app.nobody()).await;
    let device = app.stranger();
    let challenge = app.challenge(&device, &person).await;
    for n in 0..5 {
        let wrong = device.finish_sign_in(&by_code(&challenge, &format!("00000{n}"))).await.expect_err("wrong");
        assert_eq!(code_of(&wrong), Some(ProblemCode::WrongCode), "{n}");
    }
    let spent = device.finish_sign_in(&by_code(&challenge, &phone.code(app.clock.now()))).await.expect_err("five were wrong");
    assert_eq!(code_of(&spent), Some(ProblemCode::ChallengeSpent));

    let challenge = app.challenge(&device, &person).await;
    app.advance(SignedDuration::from_mins(5));
    let late = device.finish_sign_in(&by_code(&challenge, &phone.code(app.clock.now()))).await.expect_err("too late");
    assert_eq!(code_of(&late), Some(ProblemCode::ChallengeSpent));
    let challenge = app.challenge(&device, &person).await;
    device.finish_sign_in(&by_code(&challenge, &phone.code(app.clock.now()))).await.expect("in");
    let again = device.finish_sign_in(&by_code(&challenge, &phone.code(app.clock.now() + HALF_MINUTE))).await.expect_err("used");
    assert_eq!(code_of(&again), Some(ProblemCode::ChallengeSpent));
    let elsewhere = app.client(&app.other, false);
    let challenge = app.challenge(&device, &person).await;
    let foreign = elsewhere.finish_sign_in(&by_code(&challenge, "123456")).await.expect_err("another tenant");
    assert_eq!(code_of(&foreign), Some(ProblemCode::ChallengeSpent));
}

#[tokio::test]
async fn codes_cannot_be_guessed_from_many_networks() {
    let app = TestApp::start_with(Settings { trust_proxy: true, ..tests::unhurried() }).await;
    let Guarded { person, phone, .. } = app.guard(app.nobody()).await;
    let mut statuses = Vec::new();
    for n in 0..4 {
        let challenge = app.challenge(&app.stranger(), &person).await;
        for guess in 0..3 {
            let step = by_code(&challenge, &format!("00{n}{guess}00"));
            let from = app.request(Method::POST, "/api/v1/sessions/second-step").header("x-forwarded-for", format!("203.0.{n}.1"));
            statuses.push(status(from.json(&step)).await);
        }
    }
    assert_eq!(statuses, [[401; 10].as_slice(), &[429; 2]].concat(), "ten, wherever they come from");
    let challenge = app.challenge(&app.stranger(), &person).await;
    let right = by_code(&challenge, &phone.code(app.clock.now()));
    let elsewhere = app.request(Method::POST, "/api/v1/sessions/second-step").header("x-forwarded-for", "198.51.100.4");
    let stopped = send(elsewhere.json(&right)).await;
    assert_eq!((stopped.status().as_u16(), header(&stopped, "retry-after").as_str()), (429, "900"));
}

#[tokio::test]
async fn codes_and_passwords_are_counted_together() {
    let app = TestApp::start().await;
    let Guarded { person, .. } = app.guard(app.nobody()).await;
    let device = app.stranger();
    let wrong = shared::identity::Credentials { password: "aivan toinen salasana".to_owned(), ..credentials(&person) };
    let challenges = [app.challenge(&device, &person).await, app.challenge(&device, &person).await];
    for n in 0..5 {
        device.sign_in(&wrong).await.expect_err("wrong");
        device.finish_sign_in(&by_code(&challenges[n % 2], &format!("11111{n}"))).await.expect_err("wrong");
    }
    let stopped = device.sign_in(&credentials(&person)).await.expect_err("ten failures from here");
    assert_eq!(code_of(&stopped), Some(ProblemCode::TooManyRequests));
}

#[tokio::test]
async fn a_recovery_code_works_once_however_it_is_typed_and_is_told_of() {
    let app = TestApp::start().await;
    let Guarded { person, recovery_codes, .. } = app.guard(app.nobody()).await;
    let device = app.stranger();
    let challenge = app.challenge(&device, &person).await;
    let never = by_recovery_code(&challenge, "0000-0000-0000-0000-0000-0000");
    assert_eq!(code_of(&device.finish_sign_in(&never).await.expect_err("never was")), Some(ProblemCode::WrongCode));
    let typed = recovery_codes[3].to_uppercase().replace('-', " ");
    device.finish_sign_in(&by_recovery_code(&challenge, &typed)).await.expect("in");
    assert_eq!(device.get_second_factor().await.expect("read").recovery_code_count, 9);
    let challenge = app.challenge(&device, &person).await;
    let again = device.finish_sign_in(&by_recovery_code(&challenge, &recovery_codes[3])).await.expect_err("used");
    assert_eq!(code_of(&again), Some(ProblemCode::WrongCode));
    assert_eq!(letters(&app, &person), ["second-factor-on", "recovery-code-used"]);
    assert!(is_told(&app, AuditAction::RecoveryCodeUsed, &person).await);
    let both = SecondStep { code: Some("123456".to_owned()), ..by_recovery_code(&challenge, &recovery_codes[4]) };
    assert_eq!(code_of(&device.finish_sign_in(&both).await.expect_err("one or the other")), Some(ProblemCode::Invalid));

    let fresh = person.make_recovery_codes().await.expect("new ones").codes;
    let old = device.finish_sign_in(&by_recovery_code(&challenge, &recovery_codes[5])).await.expect_err("ended with its challenge");
    assert_eq!(code_of(&old), Some(ProblemCode::ChallengeSpent));
    let challenge = app.challenge(&device, &person).await;
    let old = device.finish_sign_in(&by_recovery_code(&challenge, &recovery_codes[5])).await.expect_err("replaced");
    assert_eq!(code_of(&old), Some(ProblemCode::WrongCode));
    device.finish_sign_in(&by_recovery_code(&challenge, &fresh[0])).await.expect("in");
    assert!(letters(&app, &person).contains(&"recovery-codes-made".to_owned()));
}

#[tokio::test]
async fn another_phone_takes_over_when_its_code_is_confirmed_and_not_before() {
    let app = TestApp::start().await;
    let Guarded { person, phone: old, .. } = app.guard(app.nobody()).await;
    let new = Phone::new(&person.start_second_factor().await.expect("a secret"));
    let device = app.stranger();
    sign_in(&app, &device, &person, &old.code(app.clock.now())).await.expect("the old one still counts");
    person.confirm_second_factor(&SecondFactorCode { code: new.code(app.clock.now()) }).await.expect("on");
    app.advance(HALF_MINUTE);
    let refused = sign_in(&app, &device, &person, &old.code(app.clock.now())).await.expect_err("the old one counts no longer");
    assert_eq!(code_of(&refused), Some(ProblemCode::WrongCode));
    sign_in(&app, &device, &person, &new.code(app.clock.now())).await.expect("in");
    let again = person.confirm_second_factor(&SecondFactorCode { code: new.code(app.clock.now()) }).await.expect_err("nothing to confirm");
    assert_eq!(code_of(&again), Some(ProblemCode::Conflict));
}

#[tokio::test]
async fn it_is_turned_off_by_its_owner_and_the_password_is_enough_again() {
    let app = TestApp::start().await;
    let Guarded { person, recovery_codes, .. } = app.guard(app.nobody()).await;
    person.turn_off_second_factor().await.expect("off");
    app.stranger().sign_in(&credentials(&person)).await.expect("the password alone");
    assert_eq!(code_of(&person.turn_off_second_factor().await.expect_err("off already")), Some(ProblemCode::Conflict));
    assert_eq!(code_of(&person.make_recovery_codes().await.expect_err("off")), Some(ProblemCode::Conflict));
    assert_eq!(letters(&app, &person), ["second-factor-on", "second-factor-off"]);
    assert!(is_told(&app, AuditAction::SecondFactorOff, &person).await);
    let account = app.literal(person.id().0);
    assert_eq!(app.rows("recovery_codes", &format!("account_id = {account}")), 0);
    assert_eq!(app.rows("accounts", &format!("id = {account} AND factor_secret IS NULL AND factor_since IS NULL")), 1);
    let as_password = Confirmation { recovery_code: Some(recovery_codes[0].clone()), ..Confirmation::default() };
    assert!(person.confirm_session(&as_password).await.is_err(), "nor does a code of it prove anything");
}

#[tokio::test]
async fn a_lost_phone_is_reset_by_an_administrator_and_told_of() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let Guarded { person, .. } = app.guard(app.nobody()).await;
    let token = person.token();
    let forbidden = app.coordinator().reset_second_factor(person.id()).await.expect_err("no administrator");
    assert_eq!(code_of(&forbidden), Some(ProblemCode::Forbidden));
    administrator.reset_second_factor(person.id()).await.expect("reset");
    let is_out = || async { status(app.request(Method::GET, "/api/v1/me").bearer_auth(&token)).await == 401 };
    eventually("its sessions have ended", is_out).await;
    app.stranger().sign_in(&credentials(&person)).await.expect("the password alone");
    assert_eq!(letters(&app, &person), ["second-factor-on", "second-factor-reset"]);
    assert!(is_told(&app, AuditAction::SecondFactorReset, &person).await);
    let nothing = administrator.reset_second_factor(person.id()).await.expect_err("there is none");
    assert_eq!(code_of(&nothing), Some(ProblemCode::Conflict));
}

#[tokio::test]
async fn a_password_too_short_to_stand_alone_goes_with_the_factor() {
    const SHORT: &str = "kuiva saapas";
    let app = TestApp::start().await;
    let Guarded { person, .. } = app.guard(app.nobody()).await;
    let change = |new: &str, now: &str| PasswordChange { current_password: now.to_owned(), new_password: new.to_owned() };
    person.change_password(&change(SHORT, PASSWORD)).await.expect("twelve characters are enough beside a second factor");
    assert_eq!(code_of(&person.turn_off_second_factor().await.expect_err("too short")), Some(ProblemCode::ShortPassword));
    app.administrator().reset_second_factor(person.id()).await.expect("reset");
    let short = shared::identity::Credentials { password: SHORT.to_owned(), ..credentials(&person) };
    let refused = app.stranger().sign_in(&short).await.expect_err("it does not stand alone");
    assert_eq!(code_of(&refused), Some(ProblemCode::WrongCredentials));
    assert_eq!(letters(&app, &person), ["second-factor-on", "password-changed", "second-factor-reset", "password-reset"]);
}

#[tokio::test]
async fn its_secrets_lie_sealed_or_hashed_and_open_for_their_own_account_only() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let person = app.nobody();
    let set_up = person.start_second_factor().await.expect("a secret");
    let phone = Phone::new(&set_up);
    let codes = person.confirm_second_factor(&SecondFactorCode { code: phone.code(app.clock.now()) }).await.expect("on").codes;
    let challenge = app.challenge(&app.stranger(), &person).await;
    let secret = totp_rs::Secret::try_from_base32(&set_up.secret).expect("base 32");
    let hex: String = secret.as_bytes().iter().map(|byte| format!("{byte:02X}")).collect();
    for plain in
        [set_up.secret.clone(), hex.clone(), hex.to_lowercase(), codes[0].clone(), codes[0].replace('-', ""), challenge.challenge_token]
    {
        assert!(tests::database::tables_holding(&app.db, app.own.id, &plain).is_empty(), "{plain}");
    }
    let thief = app.nobody();
    let (from, to) = (app.literal(person.id().0), app.literal(thief.id().0));
    let copied = format!(
        "UPDATE accounts SET factor_since = (SELECT factor_since FROM accounts WHERE id = {from}), factor_secret = (SELECT factor_secret FROM accounts WHERE id = {from}) WHERE id = {to}"
    );
    tests::database::run(&app.db, &copied).expect("a row changed behind the service's back");
    app.advance(HALF_MINUTE);
    let moved = sign_in(&app, &app.stranger(), &thief, &phone.code(app.clock.now())).await.expect_err("sealed for another");
    assert_eq!(code_of(&moved), Some(ProblemCode::Internal));
}
