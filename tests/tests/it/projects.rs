//! Projects: who writes them down, who changes them, and what is kept of them.

use shared::client::Called;
use shared::identity::{NewUnit, OwnData, Sector};
use shared::page::Paging;
use shared::problem::ProblemCode;
use shared::projects::*;
use shared::training::{EnrolmentChanges, NewGroup};
use shared::{GroupId, Lang, ProjectId};
use tests::operations::{World, new_project};
use tests::{Person, TestApp};

/// A project of nobody but whoever writes it down.
pub fn bare(title: &str) -> NewProject {
    let own = new_project(GroupId::new(), shared::UnitId::new(), shared::AccountId::new());
    NewProject { title: title.to_owned(), group_id: None, unit_id: None, members: Vec::new(), ..own }
}

fn member(person: &Person, kind: MemberKind) -> NewProjectMember {
    NewProjectMember { account_id: person.id(), kind, assigned: false }
}

/// Why it was refused.
pub fn refusal<T: std::fmt::Debug>(outcome: Called<T>) -> ProblemCode {
    outcome.expect_err("refused").code().expect("by the service")
}

fn titled(title: &str) -> ProjectChanges {
    ProjectChanges { title: Some(title.to_owned()), ..ProjectChanges::default() }
}

#[tokio::test]
async fn what_is_written_down_begins_as_an_idea_with_its_day() {
    let app = TestApp::start().await;
    app.advance(jiff::SignedDuration::ZERO);
    let person = app.nobody();
    let made = person.create_project(&bare("Kotijakelu")).await.expect("made");
    assert_eq!((made.stage, made.version), (ProjectStage::Idea, 1));
    assert_eq!(made.clock.due_at, Some(app.clock.now() + jiff::SignedDuration::from_hours(24)));
    assert_eq!(made.stages.len(), 1);
    assert_eq!((made.stages[0].stage, made.stages[0].due_at, made.stages[0].ended_at), (ProjectStage::Idea, made.clock.due_at, None));
    let own = made.members.iter().find(|own| own.account_id == person.id()).expect("whoever writes it down is in it");
    assert_eq!((own.kind, own.of_group), (MemberKind::Member, false));
    assert!(made.may_work && !made.may_extend && !made.may_sponsor);
    assert_eq!(made.lacking, [Requirement::Unit, Requirement::Sponsor]);
    assert_eq!(made.process.saved(), Some(1));
    assert_eq!(person.get_project(made.id).await.expect("there"), made);
    let own: OwnData = serde_json::from_str(&person.export_me().await.expect("a file")).expect("own data");
    assert_eq!(own.project_ids, [made.id], "one is told where one is named");
}

#[tokio::test]
async fn its_people_change_a_project_and_guests_look_on() {
    let app = TestApp::start().await;
    let (owner, colleague, guest, nobody) = (app.nobody(), app.nobody(), app.nobody(), app.nobody());
    let members = vec![member(&colleague, MemberKind::Member), member(&guest, MemberKind::Guest)];
    let made = owner.create_project(&NewProject { members, ..bare("Kotijakelu") }).await.expect("made");
    assert_eq!(made.members.len(), 3);
    for refused in [&guest, &nobody] {
        assert!(!refused.get_project(made.id).await.expect("seen by all").may_work);
        assert_eq!(refusal(refused.update_project(made.id, 1, &titled("x")).await), ProblemCode::Forbidden);
        assert_eq!(refusal(refused.delete_project(made.id, 1).await), ProblemCode::Forbidden);
    }
    let changed = colleague.update_project(made.id, 1, &titled("Kotiovelle")).await.expect("changed");
    assert_eq!((changed.title.as_str(), changed.version, changed.members.len()), ("Kotiovelle", 2, 3));
    assert_eq!(refusal(owner.update_project(made.id, 1, &titled("x")).await), ProblemCode::Stale);
    owner.delete_project(made.id, 2).await.expect("still an idea");
    assert_eq!(refusal(owner.get_project(made.id).await), ProblemCode::NotFound);
}

#[tokio::test]
async fn a_groups_people_work_on_its_project_and_speak_for_no_other_group() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let administrator = app.administrator();
    let own = app.participant(world.edition);
    let place = administrator.list_enrolments(world.edition, &Paging::default()).await.expect("a roster");
    let place = place.items.into_iter().find(|place| place.account_id == own.id()).expect("a place");
    let group = GroupId(world.group);
    let other = NewGroup { name: "Toinen".to_owned(), lang: Lang::Fi };
    let other = administrator.create_group(world.edition, &other).await.expect("a group").id;
    let of_group = |group| NewProject { group_id: Some(group), ..bare("Ryhmän hanke") };
    let refused = own.create_project(&of_group(group)).await;
    assert_eq!(refusal(refused), ProblemCode::Invalid, "not in it yet");
    let into = EnrolmentChanges { group_id: Some(Some(group)) };
    administrator.update_enrolment(place.id, place.version, &into).await.expect("in the group");
    own.create_project(&of_group(group)).await.expect("their own group");
    assert_eq!(refusal(own.create_project(&of_group(other)).await), ProblemCode::Invalid);
    // The world's project is the group's: its people work on it, by name, without being written down.
    let project = own.get_project(world.project).await.expect("there");
    assert!(project.may_work && project.members.iter().any(|member| member.account_id == own.id() && member.of_group));
    assert_eq!(project.edition_id, Some(world.edition));
    let given = ProjectChanges { group_id: Some(Some(other)), ..ProjectChanges::default() };
    assert_eq!(refusal(own.update_project(world.project, project.version, &given).await), ProblemCode::Invalid);
    let out = EnrolmentChanges { group_id: Some(None) };
    administrator.update_enrolment(place.id, place.version + 1, &out).await.expect("out of it");
    assert!(!own.get_project(world.project).await.expect("there").may_work, "that they work on it ends with the group");
}

#[tokio::test]
async fn lists_are_narrowed_by_all_that_a_filter_names() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let person = app.administrator();
    let other = person.create_project(&NewProject { theme: Some("MUU Ääni".to_owned()), ..bare("Toinen") }).await.expect("made");
    let found = |filter: ProjectFilter| {
        let person = person.clone();
        async move { person.list_projects(&filter).await.expect("a list").items.into_iter().map(|item| item.id).collect::<Vec<ProjectId>>() }
    };
    let none = ProjectFilter::default();
    assert_eq!(found(none.clone()).await, [world.project, other.id]);
    assert_eq!(found(ProjectFilter { edition_id: Some(world.edition), ..none.clone() }).await, [world.project]);
    assert_eq!(found(ProjectFilter { group_id: Some(GroupId(world.group)), ..none.clone() }).await, [world.project]);
    assert_eq!(found(ProjectFilter { unit_id: Some(world.unit), ..none.clone() }).await, [world.project]);
    assert_eq!(found(ProjectFilter { theme: Some("muu ääni".to_owned()), ..none.clone() }).await, [other.id]);
    assert_eq!(found(ProjectFilter { stage: Some(ProjectStage::Trial), ..none.clone() }).await, []);
    assert_eq!(found(ProjectFilter { overdue: Some(true), ..none.clone() }).await, []);
    assert_eq!(found(ProjectFilter { overdue: Some(false), ..none.clone() }).await, [world.project, other.id]);
    let first = person.list_projects(&ProjectFilter { limit: Some(1), ..none }).await.expect("a page");
    assert_eq!(first.items[0].assigned.len(), 1, "who answers for the next step");
    let rest = ProjectFilter { cursor: first.next_cursor, limit: Some(1), ..ProjectFilter::default() };
    assert_eq!(found(rest).await, [other.id]);
}

#[tokio::test]
async fn what_a_project_refers_to_is_there_and_leads_not_back_to_it() {
    let app = TestApp::start().await;
    let person = app.nobody();
    let first = person.create_project(&bare("Ensimmäinen")).await.expect("made");
    let second = NewProject { continues_id: Some(first.id), ..bare("Toinen") };
    let second = person.create_project(&second).await.expect("made");
    for back in [first.id, second.id] {
        let changes = ProjectChanges { continues_id: Some(Some(back)), ..ProjectChanges::default() };
        assert_eq!(refusal(person.update_project(first.id, 1, &changes).await), ProblemCode::Invalid);
    }
    assert_eq!(refusal(person.delete_project(first.id, 1).await), ProblemCode::InUse);
    let gone = app.nobody();
    app.administrator().deactivate_account(gone.id(), gone.account.version).await.expect("deactivated");
    let twice = vec![member(&person, MemberKind::Member), member(&person, MemberKind::Guest)];
    for members in [twice, vec![member(&gone, MemberKind::Guest)], vec![member(&app.other_administrator(), MemberKind::Guest)]] {
        assert_eq!(refusal(person.create_project(&NewProject { members, ..bare("x") }).await), ProblemCode::Invalid);
    }
}

#[tokio::test]
async fn a_unit_that_needs_a_project_stays() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let unit = NewUnit {
        organisation_id: app.organisation_of(&app.own),
        parent_id: None,
        name: "Terveysasema".to_owned(),
        sector: Sector::Health,
        municipality: "Muurame".to_owned(),
    };
    let unit = administrator.create_unit(&unit).await.expect("a unit").id;
    let made = administrator.create_project(&NewProject { unit_id: Some(unit), ..bare("Tarve") }).await.expect("made");
    let version = administrator.get_unit(unit).await.expect("there").version;
    assert_eq!(refusal(administrator.delete_unit(unit, version).await), ProblemCode::InUse);
    administrator.delete_project(made.id, 1).await.expect("gone");
    administrator.delete_unit(unit, version).await.expect("gone");
}
