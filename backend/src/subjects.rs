//! What comments, links and hints can hang on: one way to find objects of any kind, with their own rights, in as many
//! queries as there are kinds and not objects. A further kind is a line in `SubjectKind` and one in [`of_kind`].
//!
//! Not here: what hangs on them.

use crate::comments::service as comments;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::policy::Actor;
use crate::projects::service::headings::{self, Heading};
use crate::thread::service as thread;
use crate::training::service::{editions, groups, programmes};
use shared::policy::{Ability, Permission, Target};
use shared::subjects::{SubjectKind, SubjectRef};
use shared::training::Edition;
use shared::{EditionId, GroupId, ProjectId};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// An object as those see it who hang something on it.
#[derive(Clone, Debug)]
pub struct Subject {
    pub at: SubjectRef,
    /// The version that it has now.
    pub version: i64,
    /// In the language of the actor.
    pub title: String,
    /// Where its page is.
    pub path: String,
    /// Whether the actor may write comments beside it.
    pub may_comment: bool,
    /// Whether the actor works on it: links it with others.
    pub may_link: bool,
    /// Whether the actor runs it: takes away what others wrote.
    pub may_manage: bool,
}

/// Those of some objects that the actor may see.
pub fn seen(conn: &mut Conn, actor: &Actor, subjects: &[SubjectRef]) -> Result<BTreeMap<SubjectRef, Subject>> {
    let mut ids: BTreeMap<SubjectKind, BTreeSet<Uuid>> = BTreeMap::new();
    for at in subjects {
        ids.entry(at.kind).or_default().insert(at.id);
    }
    let mut found = BTreeMap::new();
    for (kind, ids) in ids {
        let of_kind = of_kind(conn, actor, kind, ids.into_iter().collect())?;
        found.extend(of_kind.into_iter().map(|subject| (subject.at, subject)));
    }
    Ok(found)
}

/// An object for one who may see it; 404 for everybody else.
pub fn find(conn: &mut Conn, actor: &Actor, at: SubjectRef) -> Result<Subject> {
    seen(conn, actor, &[at])?.remove(&at).ok_or_else(Error::not_found)
}

/// As [`find`], for a body that names the object: what may not be seen is a reference that leads nowhere.
pub fn referred(conn: &mut Conn, actor: &Actor, at: SubjectRef, pointer: &str) -> Result<Subject> {
    seen(conn, actor, &[at])?.remove(&at).ok_or_else(|| Error::fault(pointer, "unknown_reference"))
}

/// Refuses one who can work on nothing at all, whatever they ask about: a program without the scopes for it.
pub fn require_to_work_on_any(actor: &Actor) -> Result<()> {
    use Permission::{ManageEditions, ManageProjects, RunEdition, StartProjects};
    let works = |ability: &Ability| matches!(ability.permission, RunEdition | ManageEditions | StartProjects | ManageProjects);
    if actor.abilities.iter().any(works) { Ok(()) } else { Err(Error::forbidden()) }
}

/// Takes away what hangs on an object that is being deleted, in the same transaction.
pub fn removed(conn: &mut Conn, actor: &Actor, at: SubjectRef) -> Result<()> {
    comments::forget(conn, actor, at)?;
    thread::forget(conn, actor, at)
}

fn of_kind(conn: &mut Conn, actor: &Actor, kind: SubjectKind, ids: Vec<Uuid>) -> Result<Vec<Subject>> {
    match kind {
        SubjectKind::Project => of_projects(conn, actor, ids.into_iter().map(ProjectId).collect()),
        SubjectKind::Edition => of_editions(conn, actor, ids.into_iter().map(EditionId).collect()),
        SubjectKind::Group => of_groups(conn, actor, ids.into_iter().map(GroupId).collect()),
    }
}

fn of_projects(conn: &mut Conn, actor: &Actor, ids: Vec<ProjectId>) -> Result<Vec<Subject>> {
    let may_comment = actor.may(Permission::Comment, &Target::Tenant);
    let one = |project: Heading| Subject {
        at: SubjectRef::new(SubjectKind::Project, project.id.0),
        version: project.version,
        title: project.title,
        path: format!("/projects/{}", project.id),
        may_comment,
        may_link: project.works,
        may_manage: project.manages,
    };
    Ok(headings::seen(conn, actor, &ids)?.into_iter().map(one).collect())
}

fn of_editions(conn: &mut Conn, actor: &Actor, ids: Vec<EditionId>) -> Result<Vec<Subject>> {
    let editions = editions::some(conn, actor.tenant, &ids)?;
    let programmes: Vec<_> = editions.iter().map(|edition| edition.programme_id).collect();
    let names = programmes::names(conn, actor.tenant, &programmes)?;
    let one = |edition: Edition| {
        let title = names.get(&edition.programme_id).map(|name| edition.full_name(name, actor.lang)).unwrap_or_default();
        let (at, path) = (SubjectRef::new(SubjectKind::Edition, edition.id.0), format!("/editions/{}", edition.id));
        of_training(actor, &edition, at, (edition.version, title), path)
    };
    Ok(editions.into_iter().filter_map(one).collect())
}

fn of_groups(conn: &mut Conn, actor: &Actor, ids: Vec<GroupId>) -> Result<Vec<Subject>> {
    let groups = groups::some(conn, actor.tenant, &ids)?;
    let of: Vec<EditionId> = groups.iter().map(|group| group.edition_id).collect();
    let editions: BTreeMap<EditionId, Edition> =
        editions::some(conn, actor.tenant, &of)?.into_iter().map(|edition| (edition.id, edition)).collect();
    let one = |group: shared::training::Group| {
        let edition = editions.get(&group.edition_id)?;
        let (at, path) = (SubjectRef::new(SubjectKind::Group, group.id.0), format!("/editions/{}?view=groups", edition.id));
        of_training(actor, edition, at, (group.version, group.name), path)
    };
    Ok(groups.into_iter().filter_map(one).collect())
}

/// Everybody of the tenant sees training, and whoever runs an edition what is in it. People may say something to it.
fn of_training(actor: &Actor, edition: &Edition, at: SubjectRef, (version, title): (i64, String), path: String) -> Option<Subject> {
    let may_manage = editions::is_run_by(actor, edition);
    let sees = may_manage || actor.may(Permission::ViewTraining, &Target::Tenant);
    let may_comment = actor.may(Permission::Comment, &Target::Tenant);
    sees.then_some(Subject { at, version, title, path, may_comment, may_link: may_manage, may_manage })
}
