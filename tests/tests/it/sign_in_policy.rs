//! What the organisation asks of those who sign in: from a day on, everyone with a role needs a second factor.

use jiff::{SignedDuration, civil::Date};
use shared::audit::{AuditAction, AuditFilter};
use shared::format;
use shared::identity::{NewGrant, SecondFactorCode, SignInPolicyChanges};
use shared::policy::{Role, Scope};
use shared::problem::ProblemCode;
use tests::factor::Phone;
use tests::operations::{World, operations};
use tests::raw::send;
use tests::{Person, TestApp, eventually};

async fn require(administrator: &Person, from: Option<Date>) {
    let version = administrator.get_sign_in_policy().await.expect("read").version;
    let changes = SignInPolicyChanges { second_factor_required_on: Some(from) };
    administrator.update_sign_in_policy(version, &changes).await.expect("changed");
}

/// Stops the clock at the first moment of a day in Finland.
fn at_midnight(app: &TestApp) -> Date {
    let day = format::day_of(app.clock.now());
    app.clock.set(format::instant(day, 0, 0));
    day
}

#[tokio::test]
async fn staff_without_it_can_only_set_it_up_from_the_day_named() {
    let app = TestApp::start().await;
    let today = at_midnight(&app);
    let world = World::make(&app).await;
    let administrator = app.guard(app.administrator()).await.person;
    require(&administrator, Some(today)).await;
    let auditor = app.auditor();
    let mut open = Vec::new();
    for operation in operations().into_iter().filter(|operation| !operation.visitor && !operation.id.starts_with("sign_out")) {
        let response = send(world.call(&app, &operation, Some(&auditor.token()))).await;
        let status = response.status().as_u16();
        let code = response.json::<shared::Problem>().await.ok().map(|problem| problem.code);
        if code == Some(ProblemCode::SecondFactorRequired) {
            assert_eq!(status, 403, "{}", operation.id);
        } else {
            open.push(operation.id);
        }
    }
    open.sort();
    assert_eq!(open, ["confirm_second_factor", "confirm_session", "get_second_factor", "start_second_factor"]);

    let phone = Phone::new(&auditor.start_second_factor().await.expect("may be set up"));
    auditor.confirm_second_factor(&SecondFactorCode { code: phone.code(app.clock.now()) }).await.expect("on");
    auditor.list_audit_events(&AuditFilter::default()).await.expect("at once");
    let refused = auditor.turn_off_second_factor().await.expect_err("required");
    assert_eq!(refused.code(), Some(ProblemCode::SecondFactorRequired));
}

#[tokio::test]
async fn they_can_sign_out_too() {
    let app = TestApp::start().await;
    let today = at_midnight(&app);
    let administrator = app.guard(app.administrator()).await.person;
    require(&administrator, Some(today)).await;
    let (one, other) = (app.auditor(), app.auditor());
    one.sign_out().await.expect("out");
    other.sign_out_everywhere().await.expect("out");
}

#[tokio::test]
async fn it_applies_from_the_first_moment_of_its_day_in_finland() {
    let app = TestApp::start().await;
    let today = at_midnight(&app);
    let administrator = app.guard(app.administrator()).await.person;
    let tomorrow = today.tomorrow().expect("a day");
    require(&administrator, Some(tomorrow)).await;
    let auditor = app.auditor();
    assert_eq!(auditor.get_me().await.expect("not yet").second_factor_due_on, Some(tomorrow));
    assert_eq!(auditor.get_second_factor().await.expect("told").required_on, Some(tomorrow));
    app.clock.set(format::instant(tomorrow, 0, 0).map(|midnight| midnight - SignedDuration::from_secs(1)));
    let late = app.auditor();
    late.get_me().await.expect("one second before");
    app.clock.set(format::instant(tomorrow, 0, 0));
    assert_eq!(app.auditor().get_me().await.expect_err("from now on").code(), Some(ProblemCode::SecondFactorRequired));
    let remembered = || async { late.get_me().await.is_err() };
    eventually("those who are in already, too", remembered).await;
}

#[tokio::test]
async fn those_who_only_take_part_are_free_until_they_get_a_role() {
    let app = TestApp::start().await;
    let today = at_midnight(&app);
    let administrator = app.guard(app.administrator()).await.person;
    require(&administrator, Some(today)).await;
    let person = app.participant(app.open(app.edition(app.programme(1).id, 1)).id);
    assert_eq!(person.get_me().await.expect("free").second_factor_due_on, None);
    let new = NewGrant { account_id: person.id(), role: Role::Auditor, scope: Scope::Tenant, valid_from: None, valid_to: None };
    administrator.create_grant(&new).await.expect("granted");
    let stopped = || async { person.get_me().await.is_err_and(|error| error.code() == Some(ProblemCode::SecondFactorRequired)) };
    eventually("a role asks for it", stopped).await;
}

#[tokio::test]
async fn the_administrator_chooses_sees_the_effect_and_is_told_of() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let policy = administrator.get_sign_in_policy().await.expect("read");
    assert_eq!((policy.version, policy.second_factor_required_on), (0, None));
    let before = (policy.staff_count, policy.without_second_factor_count);
    app.guard(app.auditor()).await;
    app.nobody();
    app.account_of(&app.other, &[(Role::Auditor, Scope::Tenant)], None);
    let policy = administrator.get_sign_in_policy().await.expect("read");
    assert_eq!((policy.staff_count, policy.without_second_factor_count), (before.0 + 1, before.1), "one more, who has it");
    let day: Date = "2099-01-01".parse().expect("a day");
    let changes = SignInPolicyChanges { second_factor_required_on: Some(Some(day)) };
    let changed = administrator.update_sign_in_policy(0, &changes).await.expect("changed");
    assert_eq!((changed.version, changed.second_factor_required_on), (1, Some(day)));
    let stale = administrator.update_sign_in_policy(0, &changes).await.expect_err("stale");
    assert_eq!(stale.code(), Some(ProblemCode::Stale));
    let nothing = administrator.update_sign_in_policy(1, &SignInPolicyChanges::default()).await.expect("nothing changes");
    assert_eq!(nothing.second_factor_required_on, Some(day));
    require(&administrator, None).await;
    assert_eq!(administrator.get_sign_in_policy().await.expect("read").second_factor_required_on, None);
    let told = AuditFilter { object_kind: Some("sign_in_policy".to_owned()), ..AuditFilter::default() };
    let told = administrator.list_audit_events(&told).await.expect("trail").items;
    assert_eq!((told[0].action, told[0].fields.as_slice()), (AuditAction::Changed, ["second_factor_required_on".to_owned()].as_slice()));
    let other = app.other_administrator();
    assert_eq!(other.get_sign_in_policy().await.expect("theirs").version, 0, "each organisation for itself");
}
