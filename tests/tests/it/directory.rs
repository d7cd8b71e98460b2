//! Organisations, units, accounts, grants as screens use them, and feedback about accessibility.

use jiff::SignedDuration;
use jiff::civil::date;
use reqwest::Method;
use serde_json::json;
use shared::accessibility::NewAccessibilityFeedback;
use shared::client::CallError;
use shared::identity::{
    AccountChanges, AccountFilter, AccountMatch, AccountSearch, AccountStatus, GrantFilter, NewAccount, NewGrant, NewOrganisation, NewUnit,
    OrganisationKind, OwnAccountChanges, Sector, UnitChanges, UnitFilter,
};
use shared::page::Paging;
use shared::policy::{Role, Scope};
use shared::problem::ProblemCode;
use shared::{Lang, OrganisationId, UnitId};
use tests::raw::{problem, status};
use tests::{Person, TestApp};

fn refused<T: std::fmt::Debug>(outcome: Result<T, CallError>) -> Option<ProblemCode> {
    outcome.expect_err("a refusal").code()
}

async fn organisation(person: &Person, name: &str) -> OrganisationId {
    let new = NewOrganisation { name: name.to_owned(), kind: OrganisationKind::Municipality };
    person.create_organisation(&new).await.expect("made").id
}

fn new_unit(organisation_id: OrganisationId, name: &str, parent_id: Option<UnitId>) -> NewUnit {
    NewUnit { organisation_id, parent_id, name: name.to_owned(), sector: Sector::Health, municipality: "Jyväskylä".to_owned() }
}

#[tokio::test]
async fn units_form_a_tree_inside_their_organisation() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let (one, other) = (organisation(&administrator, "Yksi").await, organisation(&administrator, "Toinen").await);
    let upper = administrator.create_unit(&new_unit(one, "Ylempi", None)).await.expect("made");
    let lower = administrator.create_unit(&new_unit(one, "Alempi", Some(upper.id))).await.expect("made");
    assert_eq!(refused(administrator.create_unit(&new_unit(other, "Väärä", Some(upper.id))).await), Some(ProblemCode::Invalid));
    assert_eq!(refused(administrator.create_unit(&new_unit(one, "ALEMPI", None)).await), Some(ProblemCode::Duplicate));
    let under = |parent: UnitId| UnitChanges { parent_id: Some(Some(parent)), ..UnitChanges::default() };
    assert_eq!(refused(administrator.update_unit(upper.id, 1, &under(lower.id)).await), Some(ProblemCode::Invalid), "no circles");
    assert_eq!(refused(administrator.delete_unit(upper.id, 1).await), Some(ProblemCode::InUse));
    assert_eq!(refused(administrator.delete_organisation(one, 1).await), Some(ProblemCode::InUse));
    let top = UnitChanges { parent_id: Some(None), ..UnitChanges::default() };
    let moved = administrator.update_unit(lower.id, 1, &top).await.expect("to the top");
    assert_eq!((moved.parent_id, moved.version), (None, 2));
    let filter = UnitFilter { organisation_id: Some(one), ..UnitFilter::default() };
    let names: Vec<_> = app.nobody().list_units(&filter).await.expect("everyone reads").items.into_iter().map(|unit| unit.name).collect();
    assert_eq!(names, ["Alempi", "Ylempi"]);
    administrator.delete_unit(lower.id, 2).await.expect("removed");
    assert_eq!(refused(administrator.get_unit(lower.id).await), Some(ProblemCode::NotFound));
}

#[tokio::test]
async fn accounts_are_found_changed_and_bounded() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let new = |name: &str, email: &str| NewAccount { name: name.to_owned(), email: email.to_owned(), lang: Lang::Sv, unit_id: None };
    let invited = administrator.invite_account(&new("Åsa Öberg", "asa@example.fi")).await.expect("invited").account;
    assert_eq!((invited.status, invited.lang), (AccountStatus::Invited, Lang::Sv));
    assert_eq!(refused(administrator.invite_account(&new("Toinen", "ASA@example.fi")).await), Some(ProblemCode::Duplicate));
    for q in ["åSA", "öberg", "ASA@"] {
        let found =
            administrator.list_accounts(&AccountFilter { q: Some(q.to_owned()), ..AccountFilter::default() }).await.expect("list").items;
        assert_eq!(found.len(), 1, "{q}");
    }
    for q in ["%", "_", "\\"] {
        let found =
            administrator.list_accounts(&AccountFilter { q: Some(q.to_owned()), ..AccountFilter::default() }).await.expect("list").items;
        assert!(found.is_empty(), "{q} is no wildcard: {found:?}");
    }
    let waiting = AccountFilter { status: Some(AccountStatus::Invited), ..AccountFilter::default() };
    assert_eq!(administrator.list_accounts(&waiting).await.expect("list").items.len(), 1);
    let changes = AccountChanges { name: Some("Åsa Ek".to_owned()), ..AccountChanges::default() };
    let changed = administrator.update_account(invited.id, 1, &changes).await.expect("changed");
    assert_eq!((changed.name.as_str(), changed.version, changed.email.as_str()), ("Åsa Ek", 2, "asa@example.fi"));
    let path = format!("/api/v1/accounts/{}", invited.id);
    for field in ["status", "email", "version", "id", "password_hash", "tenant_id"] {
        let patch = app.send_as(&administrator, Method::PATCH, &path, &json!({field: "x"})).header("if-match", "\"v2\"");
        assert_eq!(problem(patch).await.status, 400, "{field} cannot be set from outside");
    }
}

#[tokio::test]
async fn one_chooses_ones_own_name_and_language() {
    let app = TestApp::start().await;
    let person = app.nobody();
    let changes = OwnAccountChanges { name: Some("Uusi Nimi".to_owned()), lang: Some(Lang::En) };
    let changed = person.update_me(person.account.version, &changes).await.expect("changed");
    assert_eq!((changed.name.as_str(), changed.lang), ("Uusi Nimi", Lang::En));
    let me = person.get_me().await.expect("me");
    assert_eq!((me.account, me.grants.len(), me.enrolments.len()), (changed, 0, 0));
    assert_eq!(me.abilities.len(), backend::policy::EVERYONE.len(), "what everyone may");
}

#[tokio::test]
async fn grants_are_given_over_their_own_kinds_of_scope_and_end() {
    let app = TestApp::start().await;
    let (administrator, person) = (app.administrator(), app.nobody());
    let programme = app.programme(1);
    let edition = app.edition(programme.id, 1);
    let grant = |role, scope| NewGrant { account_id: person.id(), role, scope, valid_from: None, valid_to: None };
    for (role, scope) in
        [(Role::Participant, Scope::Tenant), (Role::Administrator, Scope::Edition(edition.id)), (Role::Facilitator, Scope::Tenant)]
    {
        assert_eq!(refused(administrator.create_grant(&grant(role, scope)).await), Some(ProblemCode::Invalid), "{role}");
    }
    let coordinator = app.coordinator_of(programme.id);
    let given = coordinator.create_grant(&grant(Role::Facilitator, Scope::Edition(edition.id))).await.expect("holds it");
    assert_eq!(given.granted_by, Some(coordinator.id()));
    let more = coordinator.create_grant(&grant(Role::Coordinator, Scope::Tenant)).await;
    assert!(matches!(refused(more), Some(ProblemCode::Forbidden | ProblemCode::GrantExceedsOwn)));
    let ended = NewGrant { valid_to: Some(app.clock.now() - SignedDuration::from_hours(1)), ..grant(Role::Auditor, Scope::Tenant) };
    assert_eq!(refused(administrator.create_grant(&ended).await), Some(ProblemCode::Invalid));

    coordinator.revoke_grant(given.id, 1).await.expect("revoked");
    let filter = GrantFilter { account_id: Some(person.id()), ..GrantFilter::default() };
    let lines = administrator.list_grants(&filter).await.expect("list").items;
    assert_eq!(lines.len(), 1, "its line stays");
    assert!(lines[0].valid_to.is_some() && lines[0].version == 2);
    assert_eq!(refused(coordinator.revoke_grant(given.id, 2).await), Some(ProblemCode::Conflict));
}

#[tokio::test]
async fn nobody_becomes_one_who_may_more() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    // Whoever holds an account's link can become it.
    let coordinator = app.coordinator();
    assert_eq!(refused(coordinator.make_account_link(administrator.id()).await), Some(ProblemCode::Forbidden));
    assert_eq!(refused(administrator.deactivate_account(administrator.id(), 1).await), Some(ProblemCode::LastAdministrator));
}

#[tokio::test]
async fn feedback_is_answered_in_fourteen_days() {
    let app = TestApp::start().await;
    app.clock.set(Some("2027-03-01T12:00:00Z".parse().expect("an instant")));
    let new = NewAccessibilityFeedback { message: "Kaavion teksti ei suurene.".to_owned(), email: None, lang: Lang::Fi };
    let receipt = app.stranger().send_accessibility_feedback(&new).await.expect("taken in");
    assert_eq!(receipt.answer_due_on, date(2027, 3, 15));
    let administrator = app.administrator();
    let list = administrator.list_accessibility_feedback(&Paging::default()).await.expect("list").items;
    assert_eq!((list.len(), list[0].message.as_str()), (1, new.message.as_str()));
    let answered = administrator.answer_accessibility_feedback(receipt.id, 1).await.expect("answered");
    assert_eq!(answered.answered_at, Some(app.clock.now()));
    assert_eq!(refused(administrator.answer_accessibility_feedback(receipt.id, 2).await), Some(ProblemCode::Conflict));
    assert_eq!(refused(app.auditor().get_accessibility_feedback(receipt.id).await), Some(ProblemCode::Forbidden));
    let blank = NewAccessibilityFeedback { message: "  ".to_owned(), ..new };
    assert_eq!(refused(app.stranger().send_accessibility_feedback(&blank).await), Some(ProblemCode::Invalid));
}

#[tokio::test]
async fn a_host_name_leads_to_its_tenant() {
    let app = TestApp::start().await;
    assert_eq!(app.stranger().get_meta().await.expect("meta").tenant_name, "oma");
    assert_eq!(app.client(&app.other, false).get_meta().await.expect("meta").tenant_name, "muu");
    let unknown = app.http.get(format!("http://{}/api/v1/meta", app.address));
    if tests::database::postgres_url().is_none() {
        assert_eq!(status(unknown).await, 404, "there is no default tenant here");
    }
}

#[tokio::test]
async fn a_coordinator_finds_whom_to_give_a_role_and_sees_no_more() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let programme = app.programme(1);
    let coordinator = app.coordinator_of(programme.id);
    let invite = async |name: &str, email: &str| {
        let new = NewAccount { name: name.to_owned(), email: email.to_owned(), lang: Lang::Fi, unit_id: None };
        administrator.invite_account(&new).await.expect("invited").account
    };
    let wanted = invite("Eeva Koordinoitava", "eeva@esimerkki.example").await;
    let gone = invite("Eeva Poistunut", "poistunut@esimerkki.example").await;
    administrator.deactivate_account(gone.id, gone.version).await.expect("deactivated");
    for number in 0..12 {
        invite(&format!("Väinö {number:02}"), &format!("vaino{number}@esimerkki.example")).await;
    }
    let find = async |q: &str| coordinator.find_accounts(&AccountSearch { q: q.to_owned() }).await.expect("found").items;
    let ids = |found: Vec<AccountMatch>| found.iter().map(|one| one.id).collect::<Vec<_>>();
    for q in ["Eeva", "eva koordi", "EEVA", "eeva@esimerkki.example", "Eeva@Esimerkki.Example"] {
        assert_eq!(ids(find(q).await), [wanted.id], "{q}");
    }
    for q in ["esimerkki.example", "%%%", "___", "Ei Kukaan"] {
        assert!(find(q).await.is_empty(), "{q}: of an address the whole, and no sign stands for others");
    }
    assert_eq!(find("väinö").await.len(), 10, "ten at most");
    for q in ["", "ee", "  e  ", &"x".repeat(255)] {
        assert_eq!(problem(app.get_as(&coordinator, &format!("/api/v1/account-matches?q={q}"))).await.status, 400, "{q}");
    }
    let text = tests::raw::send(app.get_as(&coordinator, "/api/v1/account-matches?q=Eeva")).await.text().await.expect("a body");
    for word in ["status", "version", "created_at", "lang"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
    assert!(app.other_administrator().find_accounts(&AccountSearch { q: "Eeva".to_owned() }).await.expect("found").items.is_empty());

    let edition = app.edition(programme.id, 1);
    let scope = Scope::Edition(edition.id);
    let new = NewGrant { account_id: wanted.id, role: Role::Facilitator, scope, valid_from: None, valid_to: None };
    let grant = coordinator.create_grant(&new).await.expect("given");
    let filter = GrantFilter { account_id: Some(wanted.id), ..GrantFilter::default() };
    assert_eq!(coordinator.list_grants(&filter).await.expect("to be seen").items, [grant]);
    assert_eq!(refused(coordinator.get_account(wanted.id).await), Some(ProblemCode::Forbidden));
}
