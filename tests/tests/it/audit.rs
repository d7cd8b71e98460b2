//! The trail: written with every change, never changed, read by those who may.

use jiff::SignedDuration;
use shared::audit::{AuditAction, AuditFilter};
use shared::identity::{NewOrganisation, OrganisationChanges, OrganisationKind};
use shared::problem::ProblemCode;
use tests::TestApp;
use tests::database::run;

fn new(name: &str) -> NewOrganisation {
    NewOrganisation { name: name.to_owned(), kind: OrganisationKind::County }
}

#[tokio::test]
async fn a_change_is_told_by_the_names_of_its_fields() {
    let app = TestApp::start().await;
    let (administrator, auditor) = (app.administrator(), app.auditor());
    let made = administrator.create_organisation(&new("Salainen nimi")).await.expect("made");
    let changes = OrganisationChanges { name: Some("Toinen salaisuus".to_owned()), kind: None };
    administrator.update_organisation(made.id, 1, &changes).await.expect("changed");
    administrator.delete_organisation(made.id, 2).await.expect("removed");
    let filter = AuditFilter { object_id: Some(made.id.0), ..AuditFilter::default() };
    let trail = auditor.list_audit_events(&filter).await.expect("trail").items;
    let told: Vec<_> = trail.iter().map(|event| (event.action, event.fields.clone())).collect();
    let expected = [(AuditAction::Deleted, vec![]), (AuditAction::Changed, vec!["name".to_owned()]), (AuditAction::Created, vec![])];
    assert_eq!(told, expected, "newest first");
    assert!(
        trail
            .iter()
            .all(|event| event.actor_id == Some(administrator.id()) && event.actor_name.as_ref() == Some(&administrator.account.name))
    );
    assert!(trail.iter().all(|event| event.object_kind == "organisation" && event.request_id.len() == 36));
    assert_eq!(app.rows("audit_events", "fields LIKE '%salai%'"), 0, "names of fields, never what they hold");
}

#[tokio::test]
async fn what_was_refused_has_left_no_line() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let made = administrator.create_organisation(&new("A")).await.expect("made");
    let before = app.rows("audit_events", "1 = 1");
    assert!(administrator.create_organisation(&new("A")).await.is_err());
    assert!(administrator.delete_organisation(made.id, 9).await.is_err());
    assert!(app.nobody().create_organisation(&new("B")).await.is_err());
    // The session of `nobody` is told, with its account.
    assert_eq!(app.rows("audit_events", "1 = 1 AND object_kind = 'organisation'"), 1);
    assert!(app.rows("audit_events", "1 = 1") > before);
}

#[tokio::test]
async fn lines_are_only_ever_added() {
    let app = TestApp::start().await;
    app.administrator().create_organisation(&new("A")).await.expect("made");
    let tenant = app.literal(app.own.id.0);
    for change in ["UPDATE audit_events SET action = 'deleted'", "DELETE FROM audit_events"] {
        let said = run(&app.db, &format!("{change} WHERE tenant_id = {tenant}")).expect_err("append-only");
        assert!(said.contains("append-only"), "{said}");
    }
    if tests::database::postgres_url().is_some() {
        let said = run(&app.db, "TRUNCATE audit_events").expect_err("append-only");
        assert!(said.contains("append-only"), "{said}");
    }
}

#[tokio::test]
async fn the_trail_is_filtered_and_walked() {
    let app = TestApp::start().await;
    let start = app.clock.now();
    app.clock.set(Some(start));
    let (administrator, auditor) = (app.administrator(), app.auditor());
    let mut instants = Vec::new();
    for name in ["A", "B", "C"] {
        app.advance(SignedDuration::from_secs(60));
        instants.push(app.clock.now());
        administrator.create_organisation(&new(name)).await.expect("made");
    }
    let auditor = &auditor;
    let ask = |filter: AuditFilter| async move { auditor.list_audit_events(&filter).await.expect("trail").items };
    let kind = || AuditFilter { object_kind: Some("organisation".to_owned()), ..AuditFilter::default() };
    assert_eq!(ask(kind()).await.len(), 3);
    assert_eq!(ask(AuditFilter { from: Some(instants[1]), ..kind() }).await.len(), 2, "from is inclusive");
    assert_eq!(ask(AuditFilter { before: Some(instants[1]), ..kind() }).await.len(), 1, "before is exclusive");
    assert_eq!(ask(AuditFilter { actor_id: Some(auditor.id()), ..kind() }).await.len(), 0);
    assert_eq!(ask(AuditFilter { actor_id: Some(administrator.id()), action: Some(AuditAction::Created), ..kind() }).await.len(), 3);
    let page = auditor.list_audit_events(&AuditFilter { limit: Some(2), ..kind() }).await.expect("a page");
    let rest =
        auditor.list_audit_events(&AuditFilter { limit: Some(2), cursor: page.next_cursor.clone(), ..kind() }).await.expect("a page");
    assert_eq!((page.items.len(), rest.items.len(), rest.next_cursor), (2, 1, None));
    let misused = AuditFilter { cursor: page.next_cursor, ..AuditFilter::default() };
    let refused = auditor.list_audit_events(&misused).await.expect_err("a cursor of another filter");
    assert_eq!(refused.code(), Some(ProblemCode::Malformed));
}

#[tokio::test]
async fn the_trail_is_for_auditors_and_administrators() {
    let app = TestApp::start().await;
    for reader in [app.auditor(), app.administrator()] {
        reader.list_audit_events(&AuditFilter::default()).await.expect("may read");
    }
    for other in [app.coordinator(), app.nobody()] {
        let refused = other.list_audit_events(&AuditFilter::default()).await.expect_err("may not");
        assert_eq!(refused.code(), Some(ProblemCode::Forbidden));
    }
    let theirs = app.other_administrator().list_audit_events(&AuditFilter::default()).await.expect("their own").items;
    let own = app.administrator();
    assert!(theirs.iter().all(|event| event.actor_id != Some(own.id())));
}

#[tokio::test]
async fn ones_own_data_can_be_taken_out() {
    let app = TestApp::start().await;
    let course = app.open_edition_with(2);
    course.answer(0, &[2, 3, 4]).await.expect("answered");
    let text = course.participants[0].export_me().await.expect("a document");
    let own: shared::identity::OwnData = serde_json::from_str(&text).expect("readable");
    assert_eq!(own.account.id, course.participants[0].id());
    assert_eq!(own.enrolments.len(), 1);
    assert_eq!(own.self_assessments[0].steps.len(), 3);
    assert!(own.audit_events.iter().any(|event| event.action == AuditAction::Exported));
    assert!(
        !text.contains(&course.participants[1].account.name) && !text.contains(&course.participants[1].account.email),
        "nobody else is in it"
    );
    assert!(!text.contains("$argon2") && !text.contains("password_hash"));
}
