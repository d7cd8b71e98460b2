//! The thread: typed links between objects, walked both ways, without circles and without telling of what is hidden.

use shared::audit::AuditAction;
use shared::client::CallError;
use shared::live::{Following, Hint};
use shared::policy::{Role, Scope};
use shared::problem::ProblemCode;
use shared::subjects::{SubjectKind, SubjectRef};
use shared::thread::{LinkKind, NewThreadLink, Thread, ThreadFilter};
use shared::training::NewGroup;
use shared::{EditionId, Lang};
use tests::database::{lines, literal, run};
use tests::lines::SOON;
use tests::{Person, TestApp};

fn refused<T: std::fmt::Debug>(outcome: Result<T, CallError>) -> (Option<ProblemCode>, String) {
    let error = outcome.expect_err("a refusal");
    let fault = match &error {
        CallError::Problem(problem) => problem.errors.first().map(|fault| fault.code.clone()),
        _ => None,
    };
    (error.code(), fault.unwrap_or_default())
}

/// So many groups of an edition.
fn groups(app: &TestApp, edition: EditionId, many: usize) -> Vec<SubjectRef> {
    let system = app.system();
    let one = |number: usize| {
        let new = NewGroup { name: format!("Ryhmä {number}"), lang: Lang::Fi };
        app.db.write(|conn| backend::training::service::groups::create(conn, &system, edition, &new)).expect("a group").id.0
    };
    (0..many).map(|number| SubjectRef::new(SubjectKind::Group, one(number))).collect()
}

fn link(from: SubjectRef, kind: LinkKind, to: SubjectRef) -> NewThreadLink {
    NewThreadLink { kind, subject: from.kind, subject_id: from.id, other: to.kind, other_id: to.id }
}

async fn thread(person: &Person, of: SubjectRef) -> Thread {
    person.list_thread(&ThreadFilter { subject: of.kind, subject_id: of.id }).await.expect("a thread")
}

/// The objects of a thread with their steps, in its order.
fn steps(thread: &Thread) -> Vec<(SubjectRef, i64)> {
    thread.nodes.iter().map(|node| (SubjectRef::new(node.subject, node.subject_id), node.steps)).collect()
}

#[tokio::test]
async fn an_object_is_shown_with_what_it_came_from_and_what_came_of_it() {
    let app = TestApp::start().await;
    let edition = app.edition(app.programme(1).id, 1);
    let of_edition = SubjectRef::new(SubjectKind::Edition, edition.id.0);
    let all = groups(&app, edition.id, 4);
    let facilitator = app.person(&[(Role::Facilitator, Scope::Edition(edition.id))]);
    // Evidence → need → follow-up, measured; and an edition that learns from it. A side way of the need is not of the follow-up.
    for new in [
        link(all[0], LinkKind::EvidenceFor, all[1]),
        link(all[2], LinkKind::Continues, all[1]),
        link(all[3], LinkKind::Measures, all[1]),
        link(all[2], LinkKind::Teaches, of_edition),
    ] {
        facilitator.create_link(&new).await.expect("linked");
    }
    let reader = app.nobody();
    let of_need = thread(&reader, all[1]).await;
    assert_eq!(steps(&of_need), [(all[0], -1), (all[1], 0), (all[2], 1), (all[3], 1), (of_edition, 2)]);
    assert_eq!(of_need.links.len(), 4);
    assert!(of_need.links.iter().all(|link| !link.may_delete), "a reader takes nothing away");
    let measured = of_need.links.iter().find(|link| link.kind == LinkKind::Measures).expect("a measurement");
    assert_eq!((measured.from, measured.to, measured.earlier(), measured.later()), (all[3], all[1], all[1], all[3]));
    assert_eq!(of_need.nodes[1].path, format!("/editions/{}?view=groups", edition.id));
    assert_eq!(steps(&thread(&reader, all[2]).await), [(all[0], -2), (all[1], -1), (all[2], 0), (of_edition, 1)]);
    assert_eq!(steps(&thread(&reader, of_edition).await).len(), 4, "what it came from, and not what was measured");
}

#[tokio::test]
async fn no_circle_can_be_made_and_none_is_walked_for_ever() {
    let app = TestApp::start().await;
    let edition = app.edition(app.programme(1).id, 1).id;
    let (all, writer) = (groups(&app, edition, 4), app.administrator());
    for pair in all.windows(2) {
        writer.create_link(&link(pair[1], LinkKind::CausedBy, pair[0])).await.expect("linked");
    }
    let circle = (Some(ProblemCode::Conflict), "linked_in_a_circle".to_owned());
    assert_eq!(refused(writer.create_link(&link(all[0], LinkKind::CausedBy, all[3])).await), circle);
    assert_eq!(refused(writer.create_link(&link(all[3], LinkKind::EvidenceFor, all[0])).await), circle, "by whatever kind");
    assert_eq!(refused(writer.create_link(&link(all[1], LinkKind::CausedBy, all[2])).await), circle);
    let itself = writer.create_link(&link(all[0], LinkKind::Continues, all[0])).await;
    assert_eq!(refused(itself), (Some(ProblemCode::Invalid), "linked_to_itself".to_owned()));
    let again = writer.create_link(&link(all[1], LinkKind::CausedBy, all[0])).await;
    assert_eq!(refused(again).0, Some(ProblemCode::Duplicate));
    writer.create_link(&link(all[1], LinkKind::Adopts, all[0])).await.expect("another kind between the same two");
    // One that was written past all rules does not hang the reader.
    let tenant = literal(&app.db, app.own.id.0);
    let turned = format!(
        "INSERT INTO links (tenant_id, id, kind, earlier, earlier_id, later, later_id, created_by, created_at) \
         SELECT tenant_id, {}, kind, 'group', {}, 'group', {}, created_by, created_at FROM links WHERE tenant_id = {tenant} LIMIT 1",
        literal(&app.db, uuid::Uuid::now_v7()),
        literal(&app.db, all[3].id),
        literal(&app.db, all[0].id),
    );
    run(&app.db, &turned).expect("written");
    assert_eq!(thread(&writer, all[1]).await.nodes.len(), 4);
}

#[tokio::test]
async fn links_are_made_by_those_who_run_the_object_and_go_with_it() {
    let app = TestApp::start().await;
    let (edition, other) = (app.edition(app.programme(1).id, 1).id, app.edition(app.programme(1).id, 1).id);
    let (own, theirs) = (groups(&app, edition, 2), groups(&app, other, 1));
    let facilitator = app.person(&[(Role::Facilitator, Scope::Edition(edition))]);
    let forbidden = Some(ProblemCode::Forbidden);
    assert_eq!(refused(app.nobody().create_link(&link(own[0], LinkKind::Continues, own[1])).await).0, forbidden);
    assert_eq!(refused(facilitator.create_link(&link(theirs[0], LinkKind::Continues, own[0])).await).0, forbidden);
    let made = facilitator.create_link(&link(own[0], LinkKind::Continues, theirs[0])).await.expect("to what one sees");
    assert!(made.may_delete);

    let stranger = app.other_administrator();
    let unknown = (Some(ProblemCode::Invalid), "unknown_reference".to_owned());
    assert_eq!(refused(stranger.create_link(&link(own[0], LinkKind::Adopts, own[1])).await), unknown);
    assert_eq!(refused(stranger.delete_link(made.id, 1).await).0, Some(ProblemCode::NotFound));
    let filter = ThreadFilter { subject: SubjectKind::Group, subject_id: own[0].id };
    assert_eq!(refused(stranger.list_thread(&filter).await).0, Some(ProblemCode::NotFound));

    assert_eq!(refused(app.nobody().delete_link(made.id, 1).await).0, forbidden);
    let of_other = app.person(&[(Role::Facilitator, Scope::Edition(other))]);
    of_other.delete_link(made.id, 1).await.expect("whoever runs either end");
    assert_eq!(refused(facilitator.delete_link(made.id, 1).await).0, Some(ProblemCode::NotFound));
    assert_eq!(thread(&facilitator, own[0]).await.links.len(), 0);

    facilitator.create_link(&link(own[0], LinkKind::Continues, own[1])).await.expect("linked");
    facilitator.create_link(&link(own[1], LinkKind::Continues, theirs[0])).await.expect("linked");
    facilitator.delete_group(shared::GroupId(own[1].id), 1).await.expect("deleted");
    let left = lines(&app.db, &format!("SELECT kind AS line FROM links WHERE tenant_id = {}", literal(&app.db, app.own.id.0)));
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn both_ends_of_a_link_hear_of_it() {
    let app = TestApp::start().await;
    let edition = app.edition(app.programme(1).id, 1).id;
    let (all, writer, reader) = (groups(&app, edition, 2), app.administrator(), app.nobody());
    let mut ends = Vec::new();
    for at in &all {
        ends.push(app.follow(&reader, &Following::of(&[*at])).await);
    }
    let made = writer.create_link(&link(all[0], LinkKind::CausedBy, all[1])).await.expect("linked");
    for (at, stream) in all.iter().zip(&mut ends) {
        assert_eq!(stream.next(SOON).await, Some(Hint::Changed { subject: at.kind, id: at.id, version: 1 }));
    }
    writer.delete_link(made.id, 1).await.expect("removed");
    assert!(ends[1].next(SOON).await.is_some());
    let sql = format!("SELECT action AS line FROM audit_events WHERE object_id = {} ORDER BY id", literal(&app.db, made.id.0));
    assert_eq!(lines(&app.db, &sql), [AuditAction::Created.as_str(), AuditAction::Deleted.as_str()]);
}
