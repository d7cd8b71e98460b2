//! Programs that call the API in their own name: the first call, what each scope lets them do, and what none does.

use backend::policy;
use reqwest::Method;
use serde_json::json;
use shared::audit::AuditFilter;
use shared::client::ClientCredentials;
use shared::clients::first_call;
use shared::identity::{NewOrganisation, NewUnit, OrganisationKind, Sector, UnitChanges};
use shared::policy::{Ability, ApiScope, Permission, allows};
use shared::problem::ProblemCode;
use shared::training::{EditionFilter, NewEnrolment, UnitEnrolmentFilter};
use std::collections::BTreeSet;
use tests::actors::target;
use tests::operations::{Needs, Operation, Over, World, needs, operations};
use tests::programs::new_api_client;
use tests::raw::{send, status};
use tests::training::new_edition;
use tests::{TestApp, eventually};

/// The whole of it as an administrator and a developer live it.
#[tokio::test]
async fn a_partners_program_makes_its_first_call() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let programme = app.programme(1);
    let edition = app.edition(programme.id, 1);
    let partner = NewOrganisation { name: "Hoivakumppani Oy".to_owned(), kind: OrganisationKind::PrivateProvider };
    let partner = administrator.create_organisation(&partner).await.expect("a partner").id;
    let made = administrator.create_api_client(&new_api_client(partner, &[ApiScope::TrainingRead])).await.expect("a client");
    let secret = made.client_secret.expect("shown once");

    let id = made.client.id;
    let program = app.stranger().with_credentials(ClientCredentials { id, secret, scopes: Vec::new() });
    let editions = program.list_editions(&EditionFilter::default()).await.expect("editions").items;
    assert_eq!(editions.iter().map(|row| row.edition.id).collect::<Vec<_>>(), [edition.id]);
    let write = program.create_edition(&new_edition(programme.id, 2)).await.expect_err("no scope for it");
    assert_eq!(write.code(), Some(ProblemCode::Forbidden));
    let stranger = app.other_administrator();
    let other = stranger.create_programme(&tests::training::new_programme(1)).await.expect("theirs");
    let theirs = stranger.create_edition(&new_edition(other.id, 1)).await.expect("theirs");
    assert_eq!(program.get_edition(theirs.id).await.expect_err("another tenant's").code(), Some(ProblemCode::NotFound));
    assert_eq!(program.get_programme(other.id).await.expect_err("another tenant's").code(), Some(ProblemCode::NotFound));
    assert!(administrator.get_api_client(id).await.expect("seen").last_used_at.is_some());

    let token = program.access_token().expect("a token");
    administrator.revoke_api_client_secret(made.client.secrets[0].id).await.expect("revoked");
    let ask = || async { status(app.request(Method::GET, "/api/v1/editions").bearer_auth(&token)).await == 401 };
    eventually("the token that was given out is dead", ask).await;
    let refused = program.list_editions(&EditionFilter::default()).await.expect_err("no new token either");
    assert_eq!(refused.code(), Some(ProblemCode::Unauthenticated));
}

/// What a program may call by the permission entries, without looking at the document.
fn is_expected(world: &World, operation: &Operation, abilities: &[Ability]) -> bool {
    let has = |one: &(Permission, Over)| allows(abilities, one.0, &target(world, one.1));
    match needs(&operation.id) {
        Needs::Nothing | Needs::SignedIn | Needs::Own => false,
        Needs::All(all) => all.iter().all(has),
        Needs::May(any) => any.iter().any(has),
    }
}

#[tokio::test]
async fn each_scope_lets_a_program_do_what_the_document_says_and_nothing_else() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let operations: Vec<Operation> = operations().into_iter().filter(|operation| !operation.visitor).collect();
    let mut let_through = 0;
    for scope in ApiScope::ALL {
        let program = app.program(world.organisation, &[*scope]);
        let token = program.token().await;
        let abilities = policy::abilities_of_client(&[*scope], world.organisation);
        for operation in &operations {
            let listed = operation.scopes.iter().any(|word| word == scope.as_str());
            assert_eq!(listed, is_expected(&world, operation, &abilities), "{}: its document on {scope}", operation.id);
            assert_eq!(world.lets_through(&app, operation, &token).await, listed, "{scope}: {}", operation.id);
            let_through += usize::from(listed);
        }
    }
    assert!(let_through > 35, "only {let_through} let through");
}

/// What no program may do whatever its scopes. May only grow longer, or shorter with a scope that was thought over.
const FOR_PEOPLE: &[&str] = &[
    "answer_accessibility_feedback",
    "change_email",
    "change_password",
    "close_assessment",
    "conclude_trial",
    "confirm_second_factor",
    "confirm_session",
    "create_adoption",
    "create_api_client",
    "create_api_client_secret",
    "create_comment",
    "create_grant",
    "create_measurement",
    "create_organisation",
    "create_programme",
    "create_project",
    "create_trial",
    "deactivate_account",
    "deactivate_api_client",
    "delete_adoption",
    "delete_comment",
    "delete_measurement",
    "delete_organisation",
    "delete_project",
    "end_account_sessions",
    "export_me",
    "extend_project",
    "find_accounts",
    "find_mentions",
    "follow_changes",
    "get_accessibility_feedback",
    "get_account",
    "get_api_client",
    "get_comment",
    "get_comment_history",
    "get_grant",
    "get_me",
    "get_measurement",
    "get_second_factor",
    "get_self_assessment",
    "get_sign_in_policy",
    "invite_account",
    "list_accessibility_feedback",
    "list_accounts",
    "list_api_clients",
    "list_comments",
    "list_grants",
    "list_jobs",
    "list_sessions",
    "make_account_link",
    "make_recovery_codes",
    "move_project",
    "open_assessment",
    "reactivate_account",
    "recheck_adoption",
    "reopen_trial",
    "reset_second_factor",
    "retry_job",
    "revoke_api_client_secret",
    "revoke_grant",
    "revoke_session",
    "save_self_assessment",
    "set_board_limit",
    "sign_out",
    "sign_out_everywhere",
    "sponsor_project",
    "start_second_factor",
    "turn_off_second_factor",
    "unsponsor_project",
    "update_account",
    "update_adoption",
    "update_api_client",
    "update_clock_terms",
    "update_comment",
    "update_me",
    "update_measurement",
    "update_organisation",
    "update_programme",
    "update_project",
    "update_sign_in_policy",
    "update_trial",
];

#[tokio::test]
async fn what_is_for_people_is_refused_to_a_program_with_every_scope() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let token = app.program(world.organisation, ApiScope::ALL).token().await;
    let mut refused = BTreeSet::new();
    for operation in operations().into_iter().filter(|operation| !operation.visitor) {
        let is_let_through = world.lets_through(&app, &operation, &token).await;
        assert_eq!(is_let_through, !operation.scopes.is_empty(), "{}", operation.id);
        if !is_let_through {
            refused.insert(operation.id);
        }
    }
    assert_eq!(refused.iter().map(String::as_str).collect::<Vec<_>>(), FOR_PEOPLE);
}

#[tokio::test]
async fn a_program_keeps_to_its_own_organisation() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let scopes = [ApiScope::UnitsWrite, ApiScope::EnrolmentsRead, ApiScope::DirectoryRead];
    let (own, foreign) = (app.program(world.organisation, &scopes), app.program(app.organisation_of(&app.own), &scopes));
    let new = |organisation_id| NewUnit {
        organisation_id,
        parent_id: None,
        name: "Uusi yksikkö".to_owned(),
        sector: Sector::Social,
        municipality: "Muurame".to_owned(),
    };
    let people = UnitEnrolmentFilter { unit_id: world.unit, cursor: None, limit: None };
    assert_eq!(own.list_unit_enrolments(&people).await.expect("own people").items.len(), 1);
    assert!(own.get_enrolment(shared::EnrolmentId(world.enrolment)).await.is_ok());
    let rename = UnitChanges { name: Some("Toinen nimi".to_owned()), ..UnitChanges::default() };
    own.update_unit(world.unit, 1, &rename).await.expect("an own unit");
    let made = own.create_unit(&new(world.organisation)).await.expect("an own unit");
    own.delete_unit(made.id, 1).await.expect("an own unit");

    assert!(foreign.get_unit(world.unit).await.is_ok(), "the directory is for all");
    let tries = [
        foreign.list_unit_enrolments(&people).await.map(drop),
        foreign.get_enrolment(shared::EnrolmentId(world.enrolment)).await.map(drop),
        foreign.update_unit(world.unit, 2, &rename).await.map(drop),
        foreign.create_unit(&new(world.organisation)).await.map(drop),
        foreign.delete_unit(world.unit, 2).await.map(drop),
    ];
    for (number, outcome) in tries.into_iter().enumerate() {
        assert_eq!(outcome.expect_err("another organisation's").code(), Some(ProblemCode::Forbidden), "try {number}");
    }
}

#[tokio::test]
async fn a_program_stays_in_its_tenant_whatever_host_it_comes_by() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let program = app.program_of(&app.other, app.organisation_of(&app.other), ApiScope::ALL);
    let token = program.token().await;
    let refused = app.stranger().issue_token(&program.credentials()).await.expect_err("no token at another tenant's door");
    assert!(matches!(refused, shared::client::NoToken::Refused(401, _)), "{refused:?}");
    let here = send(app.request(Method::GET, "/api/v1/editions").bearer_auth(&token)).await.text().await.expect("a body");
    assert!(!here.contains(&world.edition.to_string()), "{here}");
    let edition = app.request(Method::GET, &format!("/api/v1/editions/{}", world.edition)).bearer_auth(&token);
    assert_eq!(status(edition).await, 404);
}

#[tokio::test]
async fn the_trail_names_the_program() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let program = app.program(world.organisation, &[ApiScope::EditionsWrite]);
    let made = program.create_edition(&new_edition(world.programme, 7)).await.expect("an edition");
    let before = app.rows("audit_events", "1 = 1");
    program.issue_token(&program.credentials()).await.expect("a token");
    assert_eq!(app.rows("audit_events", "1 = 1"), before, "a use is told by the last use, not by a line");

    let auditor = app.auditor();
    let of_program = AuditFilter { client_id: Some(program.id()), ..AuditFilter::default() };
    let trail = auditor.list_audit_events(&of_program).await.expect("trail").items;
    assert_eq!(trail.len(), 1);
    assert_eq!((trail[0].actor_id, trail[0].client_id, trail[0].object_id), (None, Some(program.id()), Some(made.id.0)));
    assert_eq!(trail[0].actor_name.as_ref(), Some(&program.api_client.name));
}

#[tokio::test]
async fn a_program_that_enrols_gets_no_link_to_become_the_person() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let program = app.program(world.organisation, &[ApiScope::EditionsWrite]);
    let person = |email: &str| NewEnrolment {
        account_id: None,
        name: Some("Uusi Osallistuja".to_owned()),
        email: Some(email.to_owned()),
        group_id: None,
    };
    let enrolled = program.enrol(world.edition, &person("a@example.fi")).await.expect("a place");
    assert_eq!(enrolled.link, None);
    assert_eq!(app.rows("outbox", "payload LIKE '%a@example.fi%'"), 1, "the letter is sent all the same");
    let by_person = app.coordinator().enrol(world.edition, &person("b@example.fi")).await.expect("a place");
    assert!(by_person.link.is_some());
}

#[tokio::test]
async fn a_programs_repeated_request_has_one_effect() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let (one, other) =
        (app.program(world.organisation, &[ApiScope::EditionsWrite]), app.program(world.organisation, &[ApiScope::EditionsWrite]));
    let body = json!({"name": "Uusi ryhmä", "lang": "fi"}).to_string();
    let path = format!("/api/v1/editions/{}/groups", world.edition);
    let post = |token: String| {
        let request = app.request(Method::POST, &path).bearer_auth(token).header("idempotency-key", "k");
        request.header("content-type", "application/json").body(body.clone())
    };
    let token = one.token().await;
    assert_eq!(status(post(token.clone())).await, 201);
    let again = send(post(token)).await;
    assert_eq!((again.status().as_u16(), tests::raw::header(&again, "idempotency-replayed").as_str()), (201, "true"));
    assert_eq!(status(post(other.token().await)).await, 409, "another program's key is its own: the name is taken");
    assert_eq!(app.rows("edition_groups", "name = 'Uusi ryhmä'"), 1);
}

#[test]
fn the_lines_for_the_first_call_lead_somewhere() {
    let operations = operations();
    let (id, secret) = (shared::ApiClientId::new(), "polku_x");
    for scope in ApiScope::ALL {
        let lines = first_call("https://polku.example.fi", id, secret, &[*scope]);
        assert!(
            lines.contains(&id.to_string()) && lines.contains(secret) && lines.contains("https://polku.example.fi/oauth/token"),
            "{lines}"
        );
        let Some(called) = lines.lines().find_map(|line| line.strip_prefix("curl -s https://polku.example.fi")) else { continue };
        let path = called.split(' ').next().expect("a path");
        let operation = operations.iter().find(|one| one.path == path && one.method == Method::GET).unwrap_or_else(|| panic!("{path}"));
        assert!(operation.scopes.iter().any(|word| word == scope.as_str()), "{scope} does not let {path}");
    }
}
