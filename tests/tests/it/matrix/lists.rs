//! A9: lists, searches and refusals of names tell nothing of another tenant.

use super::{Answer, Found, Ground, STALE};
use reqwest::Method;
use serde_json::Value;
use shared::identity::{AccountStatus, NewAccount, NewOrganisation, NewUnit, OrganisationKind, Sector};
use shared::training::{NewGroup, NewProgramme};
use shared::{Lang, LocalText};
use tests::actors::{Actor, actors};
use tests::database::{count, lines, literal};
use tests::figure;
use tests::operations::{Operation, operations};
use tests::raw::send;
use tests::training::new_programme;

#[tokio::test]
async fn lists_searches_and_names_tell_nothing_of_another_tenant() {
    let ground = Ground::make().await;
    let (app, mut found) = (&ground.app, Found::default());
    let lists: Vec<Operation> = operations().into_iter().filter(|operation| ground.schemas.has_parameter(operation, "cursor")).collect();
    for actor in actors(app, &ground.own).await.iter().filter(|actor| actor.token.is_some()) {
        for operation in &lists {
            walk(&ground, operation, actor, &mut found).await;
        }
        for mark in ground.marks.iter().rev().take(6) {
            for path in ["/api/v1/accounts", "/api/v1/account-matches"] {
                let token = actor.token.as_deref().expect("signed in");
                let response = send(app.request(Method::GET, path).bearer_auth(token).query(&[("q", mark)])).await;
                let answer = Answer { status: response.status().as_u16(), text: response.text().await.expect("a body") };
                found.take(&ground, actor, &format!("{path}?q={mark}"), &answer, "");
                found.expect(answer.status == 403 || answer.text == r#"{"items":[]}"#, actor, path, "nothing", &answer);
            }
        }
    }
    assert!(found.deviations.is_empty(), "{}", found.deviations.join("\n"));
    let taken = the_other_tenants_names_are_free(&ground).await;
    figure!(
        "A9",
        "{} lists walked to the end by every role and searched for {} marks of another tenant: {} answers, 0 told; {taken} of its names still free",
        lists.len(),
        ground.marks.len(),
        found.answers
    );
}

/// Reads a list to its end; the administrator's is as long as the table.
async fn walk(ground: &Ground, operation: &Operation, actor: &Actor, found: &mut Found) {
    let (mut cursor, mut items) = (None::<String>, 0);
    loop {
        let mut request = ground.requests(operation).remove(0);
        request.query.push(("limit".to_owned(), "40".to_owned()));
        request.query.extend(cursor.map(|cursor| ("cursor".to_owned(), cursor)));
        let answer = ground.ask(&request, actor, STALE).await;
        found.take(ground, actor, &operation.id, &answer, "");
        if answer.status != 200 {
            return;
        }
        let page: Value = serde_json::from_str(&answer.text).expect("JSON");
        items += page["items"].as_array().expect("items").len();
        cursor = page["next_cursor"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    let table = match operation.id.as_str() {
        "list_organisations" => "organisations",
        "list_units" => "units",
        "list_accounts" => "accounts",
        "list_api_clients" => "api_clients",
        "list_grants" => "grants",
        "list_programmes" => "programmes",
        "list_editions" => "editions",
        "list_projects" => "projects",
        "list_jobs" => "jobs",
        "list_accessibility_feedback" => "accessibility_feedback",
        "list_audit_events" => "audit_events",
        _ => return,
    };
    if actor.name == "administrator" {
        let own = ground.app.rows(table, "1 = 1");
        assert_eq!(i64::try_from(items), Ok(own), "{}: as many as the tenant has", operation.id);
        assert!(count(&ground.app.db, &format!("SELECT count(*) AS count FROM {table}")) > own, "{table}: the other tenant has some too");
    }
}

/// What is unique in another tenant is free in one's own: nobody is told that a name or an address is taken there.
async fn the_other_tenants_names_are_free(ground: &Ground) -> usize {
    let (app, administrator) = (&ground.app, &ground.administrator);
    let tenant = literal(&app.db, app.other.id.0);
    let of = |table: &str, column: &str| {
        lines(&app.db, &format!("SELECT {column} AS line FROM {table} WHERE tenant_id = {tenant} ORDER BY id")).remove(0)
    };
    let organisation = NewOrganisation { name: of("organisations", "name"), kind: OrganisationKind::Municipality };
    let organisation = administrator.create_organisation(&organisation).await.expect("free").id;
    let unit = NewUnit {
        organisation_id: organisation,
        parent_id: None,
        name: of("units", "name"),
        sector: Sector::Health,
        municipality: "Muurame".to_owned(),
    };
    administrator.create_unit(&unit).await.expect("free");
    let account = NewAccount { name: of("accounts", "name"), email: of("accounts", "email"), lang: Lang::Fi, unit_id: None };
    let invited = administrator.invite_account(&account).await.expect("free").account;
    assert_eq!(invited.status, AccountStatus::Invited);
    let name: LocalText = serde_json::from_str(&of("programmes", "name")).expect("JSON");
    administrator.create_programme(&NewProgramme { name, ..new_programme(1) }).await.expect("free");
    let group = NewGroup { name: of("edition_groups", "name"), lang: Lang::Fi };
    administrator.create_group(ground.own.edition, &group).await.expect("free");
    5
}
