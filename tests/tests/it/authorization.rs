//! Every operation of the document refuses strangers and other tenants' administrators; what each role may do, as a person
//! would expect it. Every role with every id: `matrix`.

use reqwest::Method;
use serde_json::Value;
use shared::policy::{Permission, allows};
use shared::problem::ProblemCode;
use shared::training::EnrolmentChanges;
use shared::{EnrolmentId, GroupId};
use tests::TestApp;
use tests::actors::{actors, target};
use tests::database::everything_of;
use tests::operations::{Needs, Operation, Over, World, needs, operations};
use tests::raw::{problem, send};

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
            "list_unit_enrolments" | "list_comments" | "find_mentions" | "follow_changes" | "list_thread" => {
                assert_eq!(status, 404, "{text}")
            }
            // What the body refers to is not there either.
            "create_unit" | "create_edition" | "create_grant" | "create_api_client" | "create_project" | "create_comment"
            | "create_link" => {
                assert_eq!(status, 422, "{}: {text}", operation.id)
            }
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
async fn nothing_lies_under_an_id_that_is_none() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let token = app.administrator().token();
    for operation in operations().into_iter().filter(|operation| operation.path.contains('{')) {
        let nonsense = operation.path.replace("{id}", "not-an-id");
        let mut request = app.request(operation.method.clone(), &nonsense).bearer_auth(&token).header("if-match", "\"v1\"");
        if let Some(kind) = &operation.body {
            request = request.header("content-type", kind).body(world.text(&operation));
        }
        assert_eq!(problem(request).await.status, 404, "{} with an id that is none", operation.id);
    }
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
        ("participant", "create_trial", NO),
        ("facilitator", "create_measurement", YES),
        ("unit manager", "update_adoption", YES),
        ("unit manager", "conclude_trial", YES),
        ("auditor", "recheck_adoption", NO),
        ("nobody", "get_trial", YES),
        ("nobody", "get_adoption_rates", YES),
        ("nobody", "get_measurement", NO),
        ("nobody", "update_adoption", NO),
        ("participant", "create_project", YES),
        ("participant", "update_project", NO),
        ("facilitator", "update_project", YES),
        ("unit manager", "update_project", YES),
        ("auditor", "update_project", NO),
        ("nobody", "get_project", YES),
        ("nobody", "delete_project", NO),
        ("nobody", "move_project", NO),
        ("nobody", "get_board", YES),
        ("participant", "extend_project", NO),
        ("facilitator", "extend_project", YES),
        ("facilitator", "sponsor_project", NO),
        ("facilitator", "set_board_limit", NO),
        ("facilitator", "update_clock_terms", NO),
        ("coordinator", "set_board_limit", YES),
        ("coordinator", "sponsor_project", NO),
        ("coordinator of the programme", "set_board_limit", NO),
        ("coordinator of the programme", "update_clock_terms", YES),
        ("unit manager", "sponsor_project", YES),
        ("unit manager", "update_clock_terms", NO),
        ("administrator", "list_jobs", YES),
        ("coordinator", "list_jobs", NO),
        ("auditor", "retry_job", NO),
        ("nobody", "get_edition", YES),
        ("nobody", "get_programme_results", YES),
        ("nobody", "list_enrolments", NO),
        ("nobody", "get_self_assessment", NO),
        ("nobody", "list_accounts", NO),
        ("nobody", "find_accounts", NO),
    ];
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let actors = actors(&app, &world).await;
    // First: among what is tried below is to give them a role.
    let (enrolment, into) = (EnrolmentId(world.enrolment), EnrolmentChanges { group_id: Some(Some(GroupId(world.group))) });
    let administrator = app.administrator();
    let version = administrator.get_enrolment(enrolment).await.expect("a place").version;
    administrator.update_enrolment(enrolment, version, &into).await.expect("in the group");
    let member = world.member.token();
    assert!(world.lets_through(&app, &find("update_group"), &member).await, "a member names the own group");
    assert!(!world.lets_through(&app, &find("extend_project"), &member).await, "but does not extend its time");
    for own in ["update_project", "create_trial", "get_measurement", "update_adoption"] {
        assert!(world.lets_through(&app, &find(own), &member).await, "whoever is in a project changes it: {own}");
    }
    for (who, operation, expected) in expectations {
        let actor = actors.iter().find(|actor| actor.name == *who).expect("one of the actors");
        let token = actor.token.as_deref().expect("signed in");
        assert_eq!(world.lets_through(&app, &find(operation), token).await, *expected, "{who}: {operation}");
    }
}

#[tokio::test]
async fn addresses_are_shown_only_to_those_who_run_the_edition() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    for actor in actors(&app, &world).await {
        if !allows(&actor.abilities, Permission::ViewRoster, &target(&world, Over::Edition)) {
            continue;
        }
        let path = format!("/api/v1/editions/{}/enrolments", world.edition);
        let response = send(app.request(Method::GET, &path).bearer_auth(actor.token.expect("signed in"))).await;
        let roster: Value = response.json().await.expect("JSON");
        let shown = roster["items"].as_array().expect("items").iter().all(|item| item.get("email").is_some());
        assert_eq!(shown, actor.name != "participant", "{}", actor.name);
        assert!(!roster.to_string().contains("answered"), "{}: nobody sees who has answered", actor.name);
    }
}
