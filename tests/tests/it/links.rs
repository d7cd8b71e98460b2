//! Single-use links: invitations, resets, changes of address.

use jiff::SignedDuration;
use shared::Lang;
use shared::identity::{
    AccountStatus, Credentials, EmailChange, LinkPurpose, LinkRedemption, LinkToken, NewAccount, NewGrant, OneTimeLink, ResetRequest,
    SessionKind,
};
use shared::policy::{Role, Scope};
use shared::problem::ProblemCode;
use shared::training::NewEnrolment;
use std::sync::Arc;
use tests::database::lines;
use tests::{PASSWORD, TestApp, all_at_once};

fn secret(url: &str) -> String {
    url.split_once('#').expect("the secret stands after #").1.to_owned()
}

fn redemption(token: &str, password: Option<&str>) -> LinkRedemption {
    LinkRedemption { token: token.to_owned(), password: password.map(str::to_owned), name: None, email: None }
}

fn new_account() -> NewAccount {
    NewAccount {
        name: "Eeva Kutsuttu".to_owned(),
        email: format!("{}@example.fi", uuid::Uuid::new_v4().simple()),
        lang: Lang::Fi,
        unit_id: None,
    }
}

fn credentials(email: &str, password: &str) -> Credentials {
    Credentials { email: email.to_owned(), password: password.to_owned(), kind: SessionKind::Device }
}

/// The letters to an address, oldest first: their paths.
fn letters(app: &TestApp, to: &str) -> Vec<String> {
    let tenant = app.literal(app.own.id.0);
    let payloads = lines(&app.db, &format!("SELECT payload AS line FROM outbox WHERE tenant_id = {tenant} ORDER BY id"));
    let letters = payloads.iter().map(|text| serde_json::from_str::<serde_json::Value>(text).expect("json"));
    letters.filter(|letter| letter["to"] == to).map(|letter| letter["path"].as_str().expect("a path").to_owned()).collect()
}

#[tokio::test]
async fn b10_of_fifty_who_use_an_invitation_at_once_one_succeeds() {
    let app = Arc::new(TestApp::start().await);
    let administrator = app.administrator();
    let new = new_account();
    let invited = administrator.invite_account(&new).await.expect("invited");
    let link: OneTimeLink = invited.link.expect("shown once");
    assert_eq!(link.purpose, LinkPurpose::Invitation);
    assert_eq!(letters(&app, &new.email), std::slice::from_ref(&link.url), "the same link goes by mail");
    let token = secret(&link.url);
    let info = app.stranger().inspect_link(&LinkToken { token: token.clone() }).await.expect("open");
    assert_eq!((info.purpose, info.email), (LinkPurpose::Invitation, new.email.clone()));

    let outcomes = all_at_once((0..50).map(|_| {
        let (client, redemption) = (app.stranger(), redemption(&token, Some(PASSWORD)));
        async move { client.redeem_link(&redemption).await }
    }))
    .await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter_map(Result::err) {
        assert_eq!(refused.code(), Some(ProblemCode::LinkSpent), "{refused}");
    }
    let device = app.stranger();
    device.sign_in(&credentials(&new.email, PASSWORD)).await.expect("in");
    assert_eq!(device.get_me().await.expect("me").account.status, AccountStatus::Active);
    let spent = app.stranger().inspect_link(&LinkToken { token }).await.expect_err("used");
    assert_eq!(spent.code(), Some(ProblemCode::LinkSpent));
}

/// Lives as long as its purpose says and not a moment more.
async fn b10_ends_after(purpose: LinkPurpose, life: SignedDuration) {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let administrator = app.administrator();
    let url = match purpose {
        LinkPurpose::Invitation => administrator.invite_account(&new_account()).await.expect("invited").link.expect("a link").url,
        _ => administrator.make_account_link(app.nobody().id()).await.expect("a link").url,
    };
    let token = secret(&url);
    assert_eq!(token.len(), 43, "256 bits");
    app.advance(life - SignedDuration::from_secs(1));
    app.stranger().inspect_link(&LinkToken { token: token.clone() }).await.expect("still open");
    app.advance(SignedDuration::from_secs(1));
    let late = app.stranger().redeem_link(&redemption(&token, Some(PASSWORD))).await.expect_err("ended");
    assert_eq!(late.code(), Some(ProblemCode::LinkSpent), "{purpose}");
}

#[tokio::test]
async fn b10_a_reset_lives_half_an_hour_and_an_invitation_three_days() {
    b10_ends_after(LinkPurpose::PasswordReset, SignedDuration::from_mins(30)).await;
    b10_ends_after(LinkPurpose::Invitation, SignedDuration::from_hours(72)).await;
}

#[tokio::test]
async fn b10_a_reset_is_bound_to_the_address_that_it_was_mailed_to() {
    let app = TestApp::start().await;
    let person = app.nobody();
    person.change_email(&EmailChange { new_email: format!("uusi-{}", person.account.email) }).await.expect("taken in");
    let change = secret(&letters(&app, &format!("uusi-{}", person.account.email))[0]);
    // Made for the old address after the change was asked for, so that both are open.
    let reset = app
        .db
        .write(|conn| {
            let to = backend::identity::service::links::Recipient {
                account: person.id(),
                name: &person.account.name,
                email: "joku.muu@example.fi",
                lang: Lang::Fi,
            };
            backend::identity::service::links::issue(conn, app.own.id, app.clock.now(), LinkPurpose::PasswordReset, &to)
        })
        .expect("a link to another address");
    let refused = app.stranger().redeem_link(&redemption(&secret(&reset.url), Some("kolme märkää kumisaapasta"))).await.expect_err("other");
    assert_eq!(refused.code(), Some(ProblemCode::LinkSpent), "not the account's address");
    let ended = app.stranger().redeem_link(&redemption(&change, None)).await.expect_err("ended by the later link");
    assert_eq!(ended.code(), Some(ProblemCode::LinkSpent));
}

#[tokio::test]
async fn the_invited_cannot_come_in_before_they_have_a_password() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let new = new_account();
    let invited = administrator.invite_account(&new).await.expect("invited");
    assert!(app.stranger().sign_in(&credentials(&new.email, PASSWORD)).await.is_err());
    let token = secret(&invited.link.expect("a link").url);
    for weak in ["lyhyt", "passwordpassword", "PolkuPolkuPolku", "Eeva Kutsuttu Eeva"] {
        let refused = app.stranger().redeem_link(&redemption(&token, Some(weak))).await.expect_err(weak);
        assert_eq!(refused.code(), Some(ProblemCode::Invalid), "{weak}");
    }
    app.stranger().redeem_link(&redemption(&token, Some(PASSWORD))).await.expect("a refusal has not used the link up");
}

#[tokio::test]
async fn a_new_link_ends_the_earlier_ones() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let invited = administrator.invite_account(&new_account()).await.expect("invited");
    let first = secret(&invited.link.expect("a link").url);
    let second = secret(&administrator.make_account_link(invited.account.id).await.expect("another").url);
    let spent = app.stranger().inspect_link(&LinkToken { token: first }).await.expect_err("ended");
    assert_eq!(spent.code(), Some(ProblemCode::LinkSpent));
    app.stranger().inspect_link(&LinkToken { token: second }).await.expect("open");
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_by_mail() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let person = app.nobody();
    let ask = ResetRequest { email: person.account.email.to_uppercase() };
    app.stranger().request_password_reset(&ask).await.expect("taken in");
    app.answer_resets();
    let token = secret(&letters(&app, &person.account.email)[0]);
    app.advance(SignedDuration::from_mins(30));
    let late = app.stranger().redeem_link(&redemption(&token, Some("kolme märkää kumisaapasta"))).await.expect_err("half an hour");
    assert_eq!(late.code(), Some(ProblemCode::LinkSpent));
    app.stranger().request_password_reset(&ask).await.expect("again");
    app.answer_resets();
    let token = secret(letters(&app, &person.account.email).last().expect("a letter"));
    app.stranger().redeem_link(&redemption(&token, Some("kolme märkää kumisaapasta"))).await.expect("set");
    assert!(app.stranger().sign_in(&credentials(&person.account.email, PASSWORD)).await.is_err());
    app.stranger().sign_in(&credentials(&person.account.email, "kolme märkää kumisaapasta")).await.expect("by the new one");
    assert!(person.refresh().await.is_err(), "sessions end with the old password");
}

#[tokio::test]
async fn one_address_gets_three_resets_an_hour_at_most() {
    let app = TestApp::start().await;
    let person = app.nobody();
    for _ in 0..5 {
        app.stranger().request_password_reset(&ResetRequest { email: person.account.email.clone() }).await.expect("taken in");
    }
    app.answer_resets();
    assert_eq!(letters(&app, &person.account.email).len(), 3);
}

#[tokio::test]
async fn links_that_never_were_and_those_of_other_tenants_are_gone() {
    let app = TestApp::start().await;
    let never = app.stranger().redeem_link(&redemption(&"a".repeat(43), Some(PASSWORD))).await.expect_err("never was");
    assert_eq!(never.code(), Some(ProblemCode::LinkSpent));
    let invited = app.administrator().invite_account(&new_account()).await.expect("invited");
    let token = secret(&invited.link.expect("a link").url);
    let elsewhere = app.client(&app.other, false).redeem_link(&redemption(&token, Some(PASSWORD))).await.expect_err("another tenant");
    assert_eq!(elsewhere.code(), Some(ProblemCode::LinkSpent));
}

#[tokio::test]
async fn an_address_changes_when_the_new_one_has_answered() {
    let app = TestApp::start().await;
    let person = app.nobody();
    let new_email = format!("uusi-{}", person.account.email);
    person.change_email(&EmailChange { new_email: new_email.clone() }).await.expect("taken in");
    assert_eq!(person.get_me().await.expect("me").account.email, person.account.email, "nothing changes yet");
    let token = secret(&letters(&app, &new_email)[0]);
    app.stranger().redeem_link(&redemption(&token, None)).await.expect("changed");
    assert!(app.stranger().sign_in(&credentials(&person.account.email, PASSWORD)).await.is_err());
    app.stranger().sign_in(&credentials(&new_email, PASSWORD)).await.expect("by the new address");

    let taken = app.nobody();
    let change = EmailChange { new_email: taken.account.email.clone() };
    person.change_email(&change).await.expect("the same answer when the address is another's");
    assert!(letters(&app, &taken.account.email).is_empty(), "and no link");
}

#[tokio::test]
async fn secrets_lie_in_the_database_as_hashes_only() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let invited = administrator.invite_account(&new_account()).await.expect("invited");
    let token = secret(&invited.link.expect("a link").url);
    let holding = |text: &str| tests::database::tables_holding(&app.db, app.own.id, text);
    assert_eq!(holding(&token), ["outbox"], "the letter alone holds the link, until it is sent");
    assert!(holding(&administrator.refresh_token().expect("a token")).is_empty());
}

#[tokio::test]
async fn who_was_shown_a_link_cannot_become_more_than_they_are() {
    let app = TestApp::start().await;
    let (administrator, edition) = (app.administrator(), app.edition(app.programme(1).id, 1).id);
    let facilitator = app.facilitator(edition);
    let new = NewEnrolment {
        account_id: None,
        name: Some("Eeva Kutsuttu".to_owned()),
        email: Some("eeva@example.fi".to_owned()),
        group_id: None,
    };
    let enrolled = facilitator.enrol(edition, &new).await.expect("enrolled");
    let (invited, shown) = (enrolled.enrolment.account_id, secret(&enrolled.link.expect("shown to the facilitator").url));
    let give = |role, scope| NewGrant { account_id: invited, role, scope, valid_from: None, valid_to: None };

    administrator.create_grant(&give(Role::Facilitator, Scope::Edition(edition))).await.expect("what the facilitator holds too");
    let inspected = app.stranger().inspect_link(&LinkToken { token: shown.clone() }).await;
    assert_eq!(inspected.expect("still good").purpose, LinkPurpose::Invitation);

    administrator.create_grant(&give(Role::Coordinator, Scope::Tenant)).await.expect("more than the facilitator holds");
    let refused = app.stranger().inspect_link(&LinkToken { token: shown.clone() }).await.expect_err("no longer good");
    assert_eq!(refused.code(), Some(ProblemCode::LinkSpent));
    let refused = app.stranger().redeem_link(&redemption(&shown, Some(PASSWORD))).await.expect_err("no longer good");
    assert_eq!(refused.code(), Some(ProblemCode::LinkSpent));

    let link = administrator.make_account_link(invited).await.expect("a new one, shown to one who holds it all");
    app.stranger().redeem_link(&redemption(&secret(&link.url), Some(PASSWORD))).await.expect("good");
    assert_eq!(administrator.get_account(invited).await.expect("there").status, AccountStatus::Active);
}
