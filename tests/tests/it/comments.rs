//! Comments: said beside an object, changed by their author alone, taken away but for a mark.

use shared::comments::{Comment, CommentChanges, CommentFilter, MentionSearch, NewComment};
use shared::identity::{NewOrganisation, NewUnit, OrganisationKind, OwnAccountChanges, Sector};
use shared::page::Paging;
use shared::policy::{ApiScope, Role, Scope};
use shared::problem::ProblemCode;
use shared::subjects::{SubjectKind, SubjectRef};
use shared::training::{Group, NewGroup};
use shared::{AccountId, EditionId, Lang, client::CallError};
use std::collections::HashMap;
use tests::database::{lines, literal};
use tests::raw::{problem, send};
use tests::{Person, TestApp};

fn refused<T: std::fmt::Debug>(outcome: Result<T, CallError>) -> Option<ProblemCode> {
    outcome.expect_err("a refusal").code()
}

fn beside(group: &Group, text: &str) -> NewComment {
    NewComment { subject: SubjectKind::Group, subject_id: group.id.0, text: text.to_owned(), lang: Lang::Fi }
}

fn of(group: &Group) -> CommentFilter {
    CommentFilter { subject: SubjectKind::Group, subject_id: group.id.0, cursor: None, limit: None }
}

fn to(text: &str) -> CommentChanges {
    CommentChanges { text: Some(text.to_owned()), lang: None }
}

fn search(group: &Group, q: &str) -> MentionSearch {
    MentionSearch { subject: SubjectKind::Group, subject_id: group.id.0, q: q.to_owned() }
}

fn group_of(app: &TestApp, edition: EditionId, name: &str) -> Group {
    let (system, new) = (app.system(), NewGroup { name: name.to_owned(), lang: Lang::Fi });
    app.db.write(|conn| backend::training::service::groups::create(conn, &system, edition, &new)).expect("a group")
}

/// A group of an edition, and two people of the tenant.
fn ground(app: &TestApp) -> (Group, Person, Person) {
    let edition = app.edition(app.programme(1).id, 1);
    (group_of(app, edition.id, "Ketterät"), app.nobody(), app.nobody())
}

async fn texts(person: &Person, group: &Group) -> Vec<Option<String>> {
    person.list_comments(&of(group)).await.expect("comments").items.into_iter().map(|comment| comment.text).collect()
}

#[tokio::test]
async fn what_is_said_is_read_oldest_first_changed_by_its_author_and_leaves_a_mark() {
    let app = TestApp::start().await;
    let (group, aino, eero) = ground(&app);
    let first = aino.create_comment(&beside(&group, "Sopiiko 1.4.?")).await.expect("said");
    eero.create_comment(&beside(&group, "Sopii.")).await.expect("said");
    assert_eq!(texts(&eero, &group).await, [Some("Sopiiko 1.4.?".to_owned()), Some("Sopii.".to_owned())]);
    assert_eq!((first.version, first.may_edit, first.may_delete, &first.author_name), (1, true, true, &aino.account.name));

    assert_eq!(refused(eero.update_comment(first.id, 1, &to("Muuta")).await), Some(ProblemCode::Forbidden));
    assert_eq!(refused(app.administrator().update_comment(first.id, 1, &to("Muuta")).await), Some(ProblemCode::Forbidden));
    let changed = aino.update_comment(first.id, 1, &to("Sopiiko 2.4.?")).await.expect("changed");
    assert!(changed.version == 2 && changed.edited_at.is_some());
    assert_eq!(refused(aino.update_comment(first.id, 1, &to("Sopiiko 3.4.?")).await), Some(ProblemCode::Stale));
    let same = aino.update_comment(first.id, 2, &to("Sopiiko 2.4.?")).await.expect("nothing to change");
    assert_eq!(same.version, 2);
    let former = eero.get_comment_history(first.id, &Paging::default()).await.expect("a history").items;
    assert_eq!(former.iter().map(|one| (one.version, one.text.as_str())).collect::<Vec<_>>(), [(1, "Sopiiko 1.4.?")]);

    assert_eq!(refused(eero.delete_comment(first.id, 2).await), Some(ProblemCode::Forbidden));
    assert_eq!(refused(aino.delete_comment(first.id, 1).await), Some(ProblemCode::Stale));
    aino.delete_comment(first.id, 2).await.expect("deleted");
    let left = eero.get_comment(first.id).await.expect("a mark");
    assert!(left.text.is_none() && left.deleted_at.is_some() && !left.may_edit && !left.may_delete);
    assert_eq!(texts(&eero, &group).await, [None, Some("Sopii.".to_owned())]);
    assert!(eero.get_comment_history(first.id, &Paging::default()).await.expect("a history").items.is_empty(), "it went, too");
    assert_eq!(refused(aino.update_comment(first.id, 3, &to("Takaisin")).await), Some(ProblemCode::Conflict));
    assert_eq!(refused(aino.delete_comment(first.id, 3).await), Some(ProblemCode::Conflict));
    let kept = lines(
        &app.db,
        &format!("SELECT count(*) || '' AS line FROM comments WHERE tenant_id = {} AND text LIKE '%4.%'", literal(&app.db, app.own.id.0)),
    );
    assert_eq!(kept, ["0"], "nothing of the text is left");
}

#[tokio::test]
async fn those_who_run_the_edition_take_away_what_others_said() {
    let app = TestApp::start().await;
    let (group, aino, _) = ground(&app);
    let said = aino.create_comment(&beside(&group, "Asiaton")).await.expect("said");
    let facilitator = app.person(&[(Role::Facilitator, Scope::Edition(group.edition_id))]);
    let seen = facilitator.get_comment(said.id).await.expect("seen");
    assert!(seen.may_delete && !seen.may_edit);
    let other = app.edition(app.programme(1).id, 1);
    let of_other = app.person(&[(Role::Facilitator, Scope::Edition(other.id))]);
    assert_eq!(refused(of_other.delete_comment(said.id, 1).await), Some(ProblemCode::Forbidden));
    facilitator.delete_comment(said.id, 1).await.expect("deleted");
    assert_eq!(texts(&aino, &group).await, [None]);
}

#[tokio::test]
async fn a_mention_goes_by_the_id_and_shows_the_present_name() {
    let app = TestApp::start().await;
    let (group, aino, eero) = ground(&app);
    let text = |name: &str, id: AccountId| format!("Hei @[{name}]({id}), sopiiko?");
    let said = aino.create_comment(&beside(&group, &text("Kuka vain", eero.id()))).await.expect("said");
    assert_eq!(said.text, Some(text(&eero.account.name, eero.id())));
    let stored = lines(&app.db, &format!("SELECT text AS line FROM comments WHERE tenant_id = {}", literal(&app.db, app.own.id.0)));
    assert_eq!(stored, [text("", eero.id())], "no name is kept");
    let renamed = OwnAccountChanges { name: Some("Eero Uusi-Nimi".to_owned()), lang: None };
    eero.update_me(eero.account.version, &renamed).await.expect("renamed");
    assert_eq!(texts(&aino, &group).await, [Some(text("Eero Uusi-Nimi", eero.id()))]);

    let stranger = app.other_administrator();
    for id in [stranger.id(), AccountId::new()] {
        let answer = problem(app.send_as(
            &aino,
            reqwest::Method::POST,
            "/api/v1/comments",
            &serde_json::to_value(beside(&group, &text("x", id))).expect("JSON"),
        ))
        .await;
        assert_eq!((answer.status, answer.errors[0].code.as_str(), answer.errors[0].pointer.as_str()), (422, "unknown_mention", "/text"));
    }
    let gone = app.administrator();
    gone.deactivate_account(eero.id(), 2).await.expect("deactivated");
    assert_eq!(refused(aino.create_comment(&beside(&group, &text("x", eero.id()))).await), Some(ProblemCode::Invalid));
    let again = aino.update_comment(said.id, 1, &to(&format!("{} Kiitos.", text("x", eero.id())))).await;
    assert!(again.is_ok(), "whoever was mentioned before stays: {again:?}");
    let many: String = (0..21).map(|_| format!("@[x]({}) ", AccountId::new())).collect();
    let faults = refused(aino.create_comment(&beside(&group, &many)).await);
    assert_eq!(faults, Some(ProblemCode::Invalid));
}

#[tokio::test]
async fn people_are_offered_by_the_beginning_of_a_name_and_few_at_a_time() {
    let app = TestApp::start().await;
    let (group, aino, _) = ground(&app);
    let system = app.system();
    let organisation = NewOrganisation { name: "Kunta".to_owned(), kind: OrganisationKind::Municipality };
    let organisation_id =
        app.db.write(|conn| backend::identity::service::directory::create(conn, &system, &organisation)).expect("made").id;
    let unit = NewUnit {
        organisation_id,
        parent_id: None,
        name: "Kyllö".to_owned(),
        sector: Sector::Health,
        municipality: "Jyväskylä".to_owned(),
    };
    let unit = app.db.write(|conn| backend::identity::service::units::create(conn, &system, &unit)).expect("a unit").id;
    let rename = async |person: &Person, name: &str| {
        person.update_me(person.account.version, &OwnAccountChanges { name: Some(name.to_owned()), lang: None }).await.expect("renamed");
    };
    let somebody = app.person_of(&app.own, &[], Some(unit));
    rename(&somebody, "Öyvind Åström_%").await;
    let found = |q: &str| {
        let (aino, search) = (aino.clone(), search(&group, q));
        async move { aino.find_mentions(&search).await.map(|page| page.items) }
    };
    for q in ["öy", "ÅS", "åström_%", " Öyvind å"] {
        let items = found(q).await.expect("found");
        assert_eq!(items.iter().map(|one| (one.id, one.unit_name.as_deref())).collect::<Vec<_>>(), [(somebody.id(), Some("Kyllö"))], "{q}");
    }
    for q in ["yvind", "ström", "%%", "__"] {
        assert!(found(q).await.expect("none").is_empty(), "{q} begins nothing");
    }
    for q in ["", "ö", " ö "] {
        assert_eq!(refused(found(q).await), Some(ProblemCode::Malformed), "{q:?} is too little to look for");
    }
    for _ in 0..9 {
        app.nobody();
    }
    assert_eq!(found("aino").await.expect("found").len(), 8);
    app.administrator().deactivate_account(somebody.id(), 2).await.expect("deactivated");
    assert!(found("öyvind").await.expect("none").is_empty(), "whoever is out of use is not offered");
    let answer = send(app.get_as(&aino, &format!("/api/v1/mention-matches?subject=group&subject_id={}&q=aino", group.id))).await;
    assert!(!answer.text().await.expect("a body").contains('@'), "no addresses");
}

#[tokio::test]
async fn the_rights_are_those_of_the_object_and_people_alone_say_something() {
    let app = TestApp::start().await;
    let (group, aino, _) = ground(&app);
    let said = aino.create_comment(&beside(&group, "Meidän kesken")).await.expect("said");
    let stranger = app.other_administrator();
    assert_eq!(refused(stranger.list_comments(&of(&group)).await), Some(ProblemCode::NotFound));
    assert_eq!(refused(stranger.get_comment(said.id).await), Some(ProblemCode::NotFound));
    assert_eq!(refused(stranger.find_mentions(&search(&group, "aino")).await), Some(ProblemCode::NotFound));
    assert_eq!(refused(stranger.create_comment(&beside(&group, "x")).await), Some(ProblemCode::Invalid));
    let wrong_kind = CommentFilter { subject: SubjectKind::Edition, ..of(&group) };
    assert_eq!(refused(aino.list_comments(&wrong_kind).await), Some(ProblemCode::NotFound), "a group is no edition");

    let system = app.system();
    let new = NewOrganisation { name: "Kunta".to_owned(), kind: OrganisationKind::Municipality };
    let organisation = app.db.write(|conn| backend::identity::service::directory::create(conn, &system, &new)).expect("made");
    let program = app.program(organisation.id, ApiScope::ALL);
    let token = program.token().await;
    let body = serde_json::to_string(&beside(&group, "Kone puhuu")).expect("JSON");
    let post =
        app.request(reqwest::Method::POST, "/api/v1/comments").bearer_auth(&token).header("content-type", "application/json").body(body);
    assert_eq!(problem(post).await.code, ProblemCode::Forbidden);
    let read = app.request(reqwest::Method::GET, &format!("/api/v1/comments/{}", said.id)).bearer_auth(&token);
    assert_eq!(problem(read).await.code, ProblemCode::Forbidden);
}

#[tokio::test]
async fn a_list_is_walked_and_counts_come_for_many_objects_at_once() {
    let app = TestApp::start().await;
    let (group, aino, eero) = ground(&app);
    let (other, silent) = (group_of(&app, group.edition_id, "Toiset"), group_of(&app, group.edition_id, "Hiljaiset"));
    let mut all: Vec<Comment> = Vec::new();
    for number in 0..5 {
        all.push(aino.create_comment(&beside(&group, &format!("{number}"))).await.expect("said"));
    }
    eero.create_comment(&beside(&other, "x")).await.expect("said");
    let (mut walked, mut filter) = (Vec::new(), CommentFilter { limit: Some(2), ..of(&group) });
    loop {
        let page = eero.list_comments(&filter).await.expect("a page");
        walked.extend(page.items.into_iter().map(|comment| comment.id));
        filter.cursor = page.next_cursor;
        if filter.cursor.is_none() {
            break;
        }
    }
    assert_eq!(walked, all.iter().map(|comment| comment.id).collect::<Vec<_>>());
    aino.delete_comment(all[0].id, 1).await.expect("deleted");
    let ids = [group.id.0, other.id.0, silent.id.0];
    let counts = app.db.read(|conn| backend::comments::service::counts(conn, app.own.id, SubjectKind::Group, &ids)).expect("counted");
    assert_eq!(counts, HashMap::from([(group.id.0, 4), (other.id.0, 1)]));
    let theirs = app.db.read(|conn| backend::comments::service::counts(conn, app.other.id, SubjectKind::Group, &ids)).expect("counted");
    assert!(theirs.is_empty());

    let own = aino.export_me().await.expect("everything that is held");
    let own: shared::identity::OwnData = serde_json::from_str(&own).expect("JSON");
    assert_eq!(own.comments.len(), 5);
    assert!(own.comments.iter().all(|comment| comment.author_id == aino.id()));
    let administrator = app.administrator();
    administrator.delete_group(other.id, other.version).await.expect("deleted");
    let left = lines(&app.db, &format!("SELECT subject_id AS line FROM comments WHERE subject_id = {}", literal(&app.db, other.id.0)));
    assert!(left.is_empty(), "what was said beside it goes with it");
}

#[tokio::test]
async fn the_trail_says_that_something_was_said_and_never_what() {
    let app = TestApp::start().await;
    let (group, aino, _) = ground(&app);
    let said = aino.create_comment(&beside(&group, "salaisuus yksi")).await.expect("said");
    aino.update_comment(said.id, 1, &to("salaisuus kaksi")).await.expect("changed");
    aino.delete_comment(said.id, 2).await.expect("deleted");
    let sql = format!(
        "SELECT action || ' ' || fields AS line FROM audit_events WHERE object_kind = 'comment' AND object_id = {} ORDER BY id",
        literal(&app.db, said.id.0)
    );
    assert_eq!(lines(&app.db, &sql), ["created []", "changed [\"text\"]", "deleted []"]);
    let at = SubjectRef::new(SubjectKind::Group, group.id.0);
    assert_eq!(at.to_string(), format!("group:{}", group.id));
}

#[tokio::test]
async fn a_project_is_commented_on_by_all_and_tidied_by_those_who_manage_it() {
    let app = TestApp::start().await;
    let world = tests::operations::World::make(&app).await;
    let beside =
        |text: &str| NewComment { subject: SubjectKind::Project, subject_id: world.project.0, text: text.to_owned(), lang: Lang::Fi };
    let reader = app.nobody();
    let said = reader.create_comment(&beside("Miten tämä alkoi?")).await.expect("said");
    assert_eq!(refused(world.member.delete_comment(said.id, 1).await), Some(ProblemCode::Forbidden), "who works on it does not manage it");
    let manager = app.person(&[(Role::UnitManager, Scope::Unit(world.unit))]);
    let may = manager.get_comment(said.id).await.expect("seen").may_delete;
    let project = manager.get_project(world.project).await.expect("seen");
    assert_eq!(may, project.may_extend, "as the project itself says who manages it");
    app.administrator().delete_comment(said.id, 1).await.expect("deleted");
    let stranger = app.other_administrator();
    assert_eq!(refused(stranger.create_comment(&beside("x")).await), Some(ProblemCode::Invalid));
}
