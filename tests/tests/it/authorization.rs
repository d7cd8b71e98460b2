//! Every operation of the document: refuses strangers and other tenants, and lets each role do what the table says.

use backend::policy;
use reqwest::Method;
use serde_json::Value;
use shared::policy::{Ability, Permission, Role, Scope, Target, allows};
use shared::problem::ProblemCode;
use tests::database::everything_of;
use tests::operations::{Needs, Operation, Over, World, needs, operations};
use tests::raw::{problem, send, status};
use tests::{Person, TestApp};

/// What one may do without being signed in. May only grow shorter.
const FOR_VISITORS: &[&str] = &[
    "finish_sign_in",
    "get_authorization_server",
    "get_key_set",
    "get_meta",
    "inspect_link",
    "issue_token",
    "redeem_link",
    "refresh",
    "request_password_reset",
    "send_accessibility_feedback",
    "sign_in",
];

fn find(id: &str) -> Operation {
    operations().into_iter().find(|operation| operation.id == id).unwrap_or_else(|| panic!("no operation {id}"))
}

#[tokio::test]
async fn strangers_are_refused_everything_but_the_visitors_list() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let mut visitors = Vec::new();
    for operation in operations() {
        if operation.visitor {
            visitors.push(operation.id.clone());
            assert!(matches!(needs(&operation.id), Needs::Nothing), "{}", operation.id);
            continue;
        }
        let refused = problem(world.call(&app, &operation, None)).await;
        assert_eq!((refused.status, refused.code), (401, ProblemCode::Unauthenticated), "{}", operation.id);
        assert!(operation.statuses.contains(&401), "{} does not say that it refuses strangers", operation.id);
    }
    visitors.sort();
    assert_eq!(visitors, FOR_VISITORS);
}

#[tokio::test]
async fn another_tenants_administrator_finds_nothing_and_changes_nothing() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let stranger = app.other_administrator();
    let before = everything_of(&app.db, app.own.id);
    let mut asked = 0;
    for operation in operations().into_iter().filter(|operation| !operation.visitor) {
        if ["sign_out", "sign_out_everywhere", "change_password", "change_email"].contains(&operation.id.as_str()) {
            continue;
        }
        asked += 1;
        let response = send(world.call(&app, &operation, Some(&stranger.token()))).await;
        let (status, text) = (response.status().as_u16(), response.text().await.expect("a body"));
        match operation.id.as_str() {
            "list_unit_enrolments" => assert_eq!(status, 404, "{text}"),
            // What the body refers to is not there either.
            "create_unit" | "create_edition" | "create_grant" | "create_api_client" => assert_eq!(status, 422, "{}: {text}", operation.id),
            _ if operation.path.contains('{') => assert_eq!(status, 404, "{}: {text}", operation.id),
            _ => {
                let own = [
                    world.organisation.0,
                    world.unit.0,
                    world.member.id().0,
                    world.programme.0,
                    world.edition.0,
                    world.grant,
                    world.feedback,
                    world.api_client.0,
                ];
                assert!(own.iter().all(|id| !text.contains(&id.to_string())), "{} tells of another tenant: {text}", operation.id);
            }
        }
    }
    assert!(asked > 40, "only {asked} operations");
    assert!(everything_of(&app.db, app.own.id) == before, "something of the other tenant was changed");
}

#[tokio::test]
async fn ids_in_bodies_lead_into_no_other_tenant() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let stranger = app.other_administrator();
    let before = everything_of(&app.db, app.own.id);
    let theirs = stranger
        .create_organisation(&shared::identity::NewOrganisation {
            name: "Muu".to_owned(),
            kind: shared::identity::OrganisationKind::County,
        })
        .await
        .expect("their own");
    let programme = stranger.create_programme(&tests::training::new_programme(1)).await.expect("their own");
    let edition = stranger.create_edition(&tests::training::new_edition(programme.id, 1)).await.expect("their own");
    let unit =
        serde_json::json!({"organisation_id": theirs.id, "parent_id": world.unit, "name": "x", "sector": "health", "municipality": "y"});
    let day = serde_json::json!({"part": "other", "title": {"fi": "x"}, "starts_at": "2027-03-02T07:00:00Z", "ends_at": "2027-03-02T08:00:00Z",
        "facilitator_ids": [world.member.id()], "agenda": []});
    let tries = [
        ("/api/v1/units".to_owned(), unit, "/parent_id"),
        (format!("/api/v1/editions/{}/enrolments", edition.id), serde_json::json!({"account_id": world.member.id()}), "/account_id"),
        (
            format!("/api/v1/editions/{}/enrolments", edition.id),
            serde_json::json!({"name": "A B", "email": "a@example.fi", "group_id": world.group}),
            "/group_id",
        ),
        (format!("/api/v1/editions/{}/contact-days", edition.id), day, "/facilitator_ids"),
        (
            "/api/v1/accounts".to_owned(),
            serde_json::json!({"name": "A B", "email": "a@example.fi", "lang": "fi", "unit_id": world.unit}),
            "/unit_id",
        ),
    ];
    for (path, body, pointer) in tries {
        let refused = problem(app.send_as(&stranger, Method::POST, &path, &body)).await;
        assert_eq!(refused.status, 422, "{path}");
        assert!(refused.errors[0].pointer.starts_with(pointer), "{path}: {:?}", refused.errors);
    }
    assert!(everything_of(&app.db, app.own.id) == before, "something of the other tenant was changed");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let app = TestApp::start().await;
    let mut world = World::make(&app).await;
    let administrator = app.administrator();
    let new = uuid::Uuid::now_v7;
    world = World {
        organisation: shared::OrganisationId(new()),
        unit: shared::UnitId(new()),
        grant: new(),
        session: new(),
        programme: shared::ProgrammeId(new()),
        edition: shared::EditionId(new()),
        day: new(),
        enrolment: new(),
        group: new(),
        feedback: new(),
        api_client: shared::ApiClientId(new()),
        api_client_secret: new(),
        ..world
    };
    world.member.account.id = shared::AccountId(new());
    for operation in operations().into_iter().filter(|operation| operation.path.contains('{')) {
        let token = administrator.token();
        let status = status(world.call(&app, &operation, Some(&token))).await;
        assert_eq!(status, 404, "{}", operation.id);
        let nonsense = operation.path.replace("{id}", "not-an-id");
        let mut request = app.request(operation.method.clone(), &nonsense).bearer_auth(&token).header("if-match", "\"v1\"");
        if let Some(kind) = &operation.body {
            request = request.header("content-type", kind).body(world.text(&operation));
        }
        assert_eq!(problem(request).await.status, 404, "{} with an id that is none", operation.id);
    }
}

/// One of each role, with what the role is over.
fn people(app: &TestApp, world: &World) -> Vec<(&'static str, Person, Vec<Ability>)> {
    let (tenant, programme, edition, unit) =
        (Scope::Tenant, Scope::Programme(world.programme), Scope::Edition(world.edition), Scope::Unit(world.unit));
    let staff = [
        ("administrator", Role::Administrator, tenant),
        ("coordinator", Role::Coordinator, tenant),
        ("coordinator of the programme", Role::Coordinator, programme),
        ("facilitator", Role::Facilitator, edition),
        ("unit manager", Role::UnitManager, unit),
        ("auditor", Role::Auditor, tenant),
    ];
    let mut people: Vec<_> =
        staff.into_iter().map(|(name, role, scope)| (name, app.person(&[(role, scope)]), policy::abilities([(role, scope)], []))).collect();
    people.push(("participant", app.participant(world.edition), policy::abilities([], [world.edition])));
    people.push(("nobody", app.nobody(), policy::abilities([], [])));
    people
}

fn target(world: &World, over: Over) -> Target {
    match over {
        Over::Tenant => Target::Tenant,
        Over::Unit => Target::Unit { organisation: world.organisation, line: vec![world.unit] },
        Over::Programme => Target::Programme(world.programme),
        Over::Edition => Target::Edition { programme: world.programme, edition: world.edition },
    }
}

async fn is_let_through(app: &TestApp, world: &World, operation: &Operation, person: &Person) -> bool {
    world.lets_through(app, operation, &person.token()).await
}

#[tokio::test]
async fn every_role_may_what_the_table_says() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let people = people(&app, &world);
    let mut compared = 0;
    for operation in operations() {
        let expected = |abilities: &[Ability]| {
            let has = |one: &(Permission, Over)| allows(abilities, one.0, &target(&world, one.1));
            match needs(&operation.id) {
                Needs::Nothing | Needs::SignedIn => None,
                Needs::All(all) => Some(all.iter().all(has)),
                Needs::May(any) => Some(any.iter().any(has)),
            }
        };
        for (name, person, abilities) in &people {
            let Some(expected) = expected(abilities) else { continue };
            assert_eq!(is_let_through(&app, &world, &operation, person).await, expected, "{name}: {}", operation.id);
            compared += 1;
        }
    }
    assert!(compared > 300, "only {compared} compared");
}

#[tokio::test]
async fn every_role_may_what_a_person_would_expect() {
    const YES: bool = true;
    const NO: bool = false;
    let expectations: &[(&str, &str, bool)] = &[
        ("administrator", "invite_account", YES),
        ("administrator", "list_audit_events", YES),
        ("administrator", "update_organisation", YES),
        ("administrator", "close_assessment", YES),
        ("administrator", "list_accessibility_feedback", YES),
        ("administrator", "update_sign_in_policy", YES),
        ("administrator", "reset_second_factor", YES),
        ("administrator", "get_self_assessment", NO),
        ("administrator", "save_self_assessment", NO),
        ("coordinator", "create_programme", YES),
        ("coordinator", "create_edition", YES),
        ("coordinator", "create_grant", YES),
        ("coordinator", "revoke_grant", NO),
        ("coordinator", "list_accounts", NO),
        ("coordinator", "get_account", NO),
        ("coordinator", "find_accounts", YES),
        ("coordinator", "list_audit_events", NO),
        ("coordinator", "update_organisation", NO),
        ("coordinator", "get_sign_in_policy", NO),
        ("coordinator", "reset_second_factor", NO),
        ("coordinator", "end_account_sessions", NO),
        ("coordinator of the programme", "create_programme", NO),
        ("coordinator of the programme", "update_programme", YES),
        ("coordinator of the programme", "copy_edition", YES),
        ("coordinator of the programme", "find_accounts", YES),
        ("facilitator", "open_assessment", YES),
        ("facilitator", "close_assessment", YES),
        ("facilitator", "enrol", YES),
        ("facilitator", "create_contact_day", YES),
        ("facilitator", "create_edition", NO),
        ("facilitator", "update_programme", NO),
        ("facilitator", "get_self_assessment", NO),
        ("facilitator", "list_unit_enrolments", NO),
        ("facilitator", "find_accounts", NO),
        ("unit manager", "list_unit_enrolments", YES),
        ("unit manager", "get_enrolment", YES),
        ("unit manager", "list_enrolments", NO),
        ("unit manager", "get_self_assessment", NO),
        ("auditor", "list_audit_events", YES),
        ("auditor", "list_accounts", NO),
        ("auditor", "find_accounts", NO),
        ("auditor", "list_enrolments", NO),
        ("auditor", "close_assessment", NO),
        ("participant", "get_self_assessment", YES),
        ("participant", "list_enrolments", YES),
        ("participant", "update_group", NO),
        ("participant", "close_assessment", NO),
        ("participant", "enrol", NO),
        ("nobody", "get_edition", YES),
        ("nobody", "get_programme_results", YES),
        ("nobody", "list_enrolments", NO),
        ("nobody", "get_self_assessment", NO),
        ("nobody", "list_accounts", NO),
        ("nobody", "find_accounts", NO),
    ];
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let people = people(&app, &world);
    for (who, operation, expected) in expectations {
        let person = &people.iter().find(|(name, _, _)| name == who).expect("one of the people").1;
        assert_eq!(is_let_through(&app, &world, &find(operation), person).await, *expected, "{who}: {operation}");
    }
    let member = &world.member;
    assert!(is_let_through(&app, &world, &find("update_group"), member).await, "a member names the own group");
}

#[tokio::test]
async fn addresses_are_shown_only_to_those_who_run_the_edition() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    for (name, person, abilities) in people(&app, &world) {
        if !allows(&abilities, Permission::ViewRoster, &target(&world, Over::Edition)) {
            continue;
        }
        let response = send(app.get_as(&person, &format!("/api/v1/editions/{}/enrolments", world.edition))).await;
        let roster: Value = response.json().await.expect("JSON");
        let shown = roster["items"].as_array().expect("items").iter().all(|item| item.get("email").is_some());
        assert_eq!(shown, name != "participant", "{name}");
        assert!(!roster.to_string().contains("answered"), "{name}: nobody sees who has answered");
    }
}
