//! Hints that something changed: soon, to those alone who may see it, and never in the way of anything else.

use backend::config::Settings;
use backend::db::{Address, Db};
use backend::live::relay;
use reqwest::Method;
use shared::Lang;
use shared::comments::NewComment;
use shared::live::{Following, Hint};
use shared::policy::ApiScope;
use shared::problem::ProblemCode;
use shared::subjects::{SubjectKind, SubjectRef};
use shared::training::{Group, GroupChanges, NewGroup};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tests::lines::SOON;
use tests::raw::{header, problem, send, status};
use tests::{Person, TestApp, unhurried};

/// A group of an edition.
fn group(app: &TestApp) -> Group {
    let (system, new) = (app.system(), NewGroup { name: "Ketterät".to_owned(), lang: Lang::Fi });
    let edition = app.edition(app.programme(1).id, 1).id;
    app.db.write(|conn| backend::training::service::groups::create(conn, &system, edition, &new)).expect("a group")
}

const fn at(group: &Group) -> SubjectRef {
    SubjectRef::new(SubjectKind::Group, group.id.0)
}

fn only(group: &Group) -> Following {
    Following::of(&[at(group)])
}

fn changed(group: &Group, version: i64) -> Option<Hint> {
    Some(Hint::Changed { subject: SubjectKind::Group, id: group.id.0, version })
}

async fn rename(by: &Person, group: &Group, version: i64) {
    let changes = GroupChanges { name: Some(format!("Nimi {version}")), lang: None };
    by.update_group(group.id, version, &changes).await.expect("renamed");
}

fn with(set: impl FnOnce(&mut Settings)) -> Settings {
    let mut settings = unhurried();
    set(&mut settings);
    settings
}

#[tokio::test]
async fn a_change_by_one_is_hinted_to_another_and_never_to_another_tenant() {
    let mut app = TestApp::start().await;
    let (group, reader, writer) = (group(&app), app.nobody(), app.administrator());
    let mut stream = app.follow(&reader, &only(&group)).await;
    let mut list = app.follow(&reader, &Following::default().and_lists(&[SubjectKind::Group])).await;
    rename(&writer, &group, 1).await;
    assert_eq!(stream.next(SOON).await, changed(&group, 2));
    assert_eq!(list.next(SOON).await, changed(&group, 2));
    let said = NewComment { subject: SubjectKind::Group, subject_id: group.id.0, text: "Hyvä".to_owned(), lang: Lang::Fi };
    writer.create_comment(&said).await.expect("said");
    assert_eq!(stream.next(SOON).await, changed(&group, 2), "what is said beside it is news of it");
    assert_eq!(list.next(SOON).await, changed(&group, 2));

    let (mut theirs, stranger) = (None, app.other_administrator());
    app.change_sides();
    let foreign = self::group(&app);
    theirs.replace(app.follow(&stranger, &Following::default().and_lists(&[SubjectKind::Group])).await);
    rename(&stranger, &foreign, 1).await;
    app.change_sides();
    rename(&writer, &group, 2).await;
    assert_eq!(list.next(SOON).await, changed(&group, 3), "of the other tenant's nothing was told");
    assert_eq!(theirs.expect("a stream").next(SOON).await, changed(&foreign, 2), "and to the other tenant only of its own");
    let more = writer.create_group(group.edition_id, &NewGroup { name: "Uudet".to_owned(), lang: Lang::Fi }).await.expect("made");
    assert_eq!(list.next(SOON).await, changed(&more, 1), "a list tells of what is new in it");
    let refused = writer.update_group(group.id, 1, &GroupChanges::default()).await;
    assert!(refused.is_err(), "what is refused is no news: {refused:?}");
    rename(&writer, &group, 3).await;
    assert_eq!(stream.next(SOON).await, changed(&group, 3));
    assert_eq!(stream.next(SOON).await, changed(&group, 4));
}

#[tokio::test]
async fn nobody_follows_what_they_may_not_see() {
    let app = TestApp::start().await;
    let (group, reader) = (group(&app), app.nobody());
    let stranger = app.other_administrator();
    assert_eq!(problem(app.following(&stranger, &only(&group))).await.code, ProblemCode::NotFound);
    let as_edition = Following::of(&[SubjectRef::new(SubjectKind::Edition, group.id.0)]);
    assert_eq!(problem(app.following(&reader, &as_edition)).await.code, ProblemCode::NotFound);
    let many: Vec<SubjectRef> = (0..51).map(|_| at(&group)).collect();
    for bad in [
        "subjects=group",
        "subjects=group:1",
        "lists=grupp",
        "seconds=601",
        &format!("subjects={}", Following::of(&many).subjects.expect("named")),
    ] {
        assert_eq!(status(app.get_as(&reader, &format!("/api/v1/live?{bad}"))).await, 400, "{bad}");
    }
    let system = app.system();
    let new = shared::identity::NewOrganisation { name: "Kunta".to_owned(), kind: shared::identity::OrganisationKind::County };
    let organisation = app.db.write(|conn| backend::identity::service::directory::create(conn, &system, &new)).expect("made");
    let token = app.program(organisation.id, ApiScope::ALL).token().await;
    assert_eq!(status(app.request(Method::GET, "/api/v1/live").bearer_auth(token)).await, 403, "programs ask again instead");
}

#[tokio::test]
async fn a_stream_ends_with_the_session_and_with_the_sight_of_what_it_follows() {
    let app = TestApp::start_alone_with(with(|settings| settings.limits.times.heartbeat = Duration::from_millis(100))).await;
    let (group, other, writer) = (group(&app), group(&app), app.administrator());
    let (leaver, dismissed, stayer) = (app.nobody(), app.nobody(), app.nobody());
    let mut left = app.follow(&leaver, &only(&group)).await;
    let mut ended = app.follow(&dismissed, &only(&group)).await;
    let mut both = app.follow(&stayer, &Following::of(&[at(&group), at(&other)])).await;
    assert_eq!(left.next(SOON).await, Some(Hint::Alive), "a sign of life now and then");
    leaver.sign_out().await.expect("signed out");
    assert_eq!(left.news(SOON).await, None, "no longer than to the next heart-beat");
    writer.deactivate_account(dismissed.id(), 1).await.expect("deactivated");
    assert_eq!(ended.news(SOON).await, None);
    writer.delete_group(group.id, 1).await.expect("deleted");
    assert_eq!(both.news(SOON).await, Some(Hint::Gone { subject: SubjectKind::Group, id: group.id.0 }));
    rename(&writer, &other, 1).await;
    assert_eq!(both.news(SOON).await, changed(&other, 2), "what is left is followed on");
    writer.delete_group(other.id, 2).await.expect("deleted");
    assert_eq!(both.news(SOON).await, Some(Hint::Gone { subject: SubjectKind::Group, id: other.id.0 }));
    assert_eq!(both.news(SOON).await, None);
    assert_eq!(app.state.hub.streams(), 0, "nothing is kept of streams that ended");
}

#[tokio::test]
async fn a_session_that_ended_hears_no_hint_even_before_the_heart_beat() {
    let app = TestApp::start().await;
    let (group, reader, writer) = (group(&app), app.nobody(), app.administrator());
    let mut stream = app.follow(&reader, &only(&group)).await;
    reader.sign_out().await.expect("signed out");
    rename(&writer, &group, 1).await;
    assert_eq!(stream.next(SOON).await, None);
}

#[tokio::test]
async fn open_streams_do_not_delay_the_end_of_the_server() {
    let app = TestApp::start().await;
    let (group, reader) = (group(&app), app.nobody());
    let mut streams = Vec::new();
    for _ in 0..3 {
        streams.push(app.follow(&reader, &only(&group)).await);
    }
    let begun = Instant::now();
    tokio::time::timeout(Duration::from_secs(10), app.stop()).await.expect("stopped");
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    for stream in &mut streams {
        assert_eq!(stream.next(SOON).await, None);
    }
}

#[tokio::test]
async fn a_stream_holds_no_room_and_is_neither_compressed_nor_taken_for_idle() {
    let settings = with(|settings| {
        let limits = &mut settings.limits;
        (limits.in_flight_of_account, limits.in_flight) = (1, 2);
        (limits.times.handler, limits.times.heartbeat) = (Duration::from_millis(500), Duration::from_millis(1_500));
        (limits.times.keep_alive, limits.times.head) = (Duration::from_millis(200), Duration::from_millis(200));
    });
    let app = TestApp::start_with(settings).await;
    let (group, reader) = (group(&app), app.administrator());
    let mut streams = Vec::new();
    for _ in 0..4 {
        streams.push(app.follow(&reader, &only(&group)).await);
    }
    let asked = send(app.following(&reader, &only(&group)).header("accept-encoding", "gzip, br")).await;
    assert_eq!((asked.status().as_u16(), header(&asked, "content-encoding").as_str()), (200, "identity"));
    assert_eq!(header(&asked, "cache-control"), "no-store");
    reader.get_group(group.id).await.expect("there is room");
    // Well after a handler's time and the time that an idle connection has.
    assert_eq!(streams[0].next(Duration::from_secs(4)).await, Some(Hint::Alive));
    // Not over a connection that lay idle meanwhile.
    let system = app.system();
    let entry = || backend::audit::Entry::new(shared::audit::AuditAction::Changed, "group", group.id.0);
    app.db.write(|conn| backend::audit::record(conn, &system, entry())).expect("changed");
    assert_eq!(streams[0].news(SOON).await, changed(&group, 1));
}

#[tokio::test]
async fn there_are_so_many_streams_and_no_more() {
    let app = TestApp::start_alone_with(with(|settings| (settings.limits.streams, settings.limits.streams_of_account) = (3, 2))).await;
    let (group, one, other) = (group(&app), app.nobody(), app.nobody());
    let _first = (app.follow(&one, &only(&group)).await, app.follow(&one, &only(&group)).await);
    assert_eq!(status(app.following(&one, &only(&group))).await, 429);
    let _third = app.follow(&other, &only(&group)).await;
    let refused = send(app.following(&other, &only(&group))).await;
    assert_eq!((refused.status().as_u16(), header(&refused, "retry-after").as_str()), (503, "30"));
    app.get_as(&one, "/api/v1/me").send().await.expect("all else goes on");
}

#[tokio::test]
async fn a_stream_ends_when_it_was_to() {
    let app = TestApp::start().await;
    let (group, reader) = (group(&app), app.nobody());
    let mut stream = app.follow(&reader, &Following { seconds: Some(0), ..only(&group) }).await;
    assert_eq!(stream.next(SOON).await, None);
}

#[tokio::test]
async fn another_node_hears_of_it_within_five_seconds() {
    let app = TestApp::start_alone().await;
    let Address::Postgres(_) = app.db.address() else { return };
    let (group, reader, system) = (group(&app), app.nobody(), app.system());
    let other = Db::open(app.db.address().clone()).expect("another node");
    let stop = Arc::new(AtomicBool::new(false));
    let start = |db: Db| {
        let stop = stop.clone();
        std::thread::spawn(move || relay::work(&db, &stop))
    };
    let mut stream = app.follow(&reader, &only(&group)).await;
    let within = Duration::from_secs(5);
    let here = start(app.db.clone());
    assert_eq!(stream.news(within).await, Some(Hint::LookAgain), "whoever begins to listen has missed something");
    let there = start(other.clone());
    assert_eq!(stream.news(within).await, Some(Hint::LookAgain), "a node that comes has not been heard before");
    let making = NewGroup { name: "Muualla".to_owned(), lang: Lang::Fi };
    other.write(|conn| backend::training::service::groups::create(conn, &system, group.edition_id, &making)).expect("made");
    let said = other.write(|conn| {
        backend::audit::record(conn, &system, backend::audit::Entry::new(shared::audit::AuditAction::Changed, "group", group.id.0))
    });
    said.expect("changed there");
    assert_eq!(stream.news(within).await, changed(&group, 1));
    stop.store(true, Ordering::SeqCst);
    here.join().expect("ended");
    there.join().expect("ended");
}
