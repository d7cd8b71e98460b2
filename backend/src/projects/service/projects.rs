//! Writing projects down, reading and changing them. Everybody of the tenant reads them and may start one; those who are
//! in one, or manage it, change it.

use super::{facts, find, find_stored, members, moving, references};
use crate::audit::{self, Entry, changed_fields};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::checked::Merge;
use crate::http::cursor::{Position, Slice};
use crate::http::preconditions::IfMatch;
use crate::keys::Keys;
use crate::policy::Actor;
use crate::projects::store::projects::{self as store, Stored};
use crate::projects::store::{adoptions, members as people, summaries, trials};
use crate::subjects;
use shared::audit::AuditAction;
use shared::page::Page;
use shared::policy::{Permission, Target};
use shared::problem::ProblemCode;
use shared::projects::{
    MemberKind, NewProject, NewProjectMember, Project, ProjectChanges, ProjectFacts, ProjectFilter, ProjectStage, ProjectSummary,
    StageClock,
};
use shared::subjects::{SubjectKind, SubjectRef};
use shared::{ProjectId, TenantId};

/// Projects, the first made first.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, filter: &ProjectFilter) -> Result<Page<ProjectSummary>> {
    actor.require(Permission::ViewProjects, &Target::Tenant)?;
    let unpaged = ProjectFilter { cursor: None, limit: None, ..filter.clone() };
    let name = format!("projects {}", serde_json::to_string(&unpaged)?);
    let slice = Slice::new(keys, actor.tenant, &name, filter.cursor.as_deref(), filter.limit)?;
    let items = summaries::list(conn, actor.tenant, filter, actor.now, slice.after.as_ref(), slice.rows())?;
    let page = slice.page(keys, items, |item| Position { key: String::new(), id: item.id.0 })?;
    Ok(Page { items: complete(conn, actor.tenant, page.items)?, next_cursor: page.next_cursor })
}

/// Summaries with what is joined to all of them at once.
pub(super) fn complete(conn: &mut Conn, tenant: TenantId, mut items: Vec<ProjectSummary>) -> Result<Vec<ProjectSummary>> {
    let ids: Vec<ProjectId> = items.iter().map(|item| item.id).collect();
    let mut assigned = people::assigned(conn, tenant, &ids)?;
    let mut facts = facts::of(conn, tenant, &ids)?;
    for item in &mut items {
        item.assigned = assigned.remove(&item.id).unwrap_or_default();
        item.facts = facts.remove(&item.id).unwrap_or_default();
    }
    Ok(items)
}

/// Writes a project down. It begins as an idea, and its clock with it.
pub fn create(conn: &mut Conn, actor: &Actor, new: &NewProject) -> Result<Project> {
    actor.require(Permission::StartProjects, &Target::Tenant)?;
    let edition_id = references::edition_of(conn, actor, new.group_id)?;
    let new = &NewProject { members: with_founder(actor, new), ..new.clone() };
    references::check(conn, actor, None, None, new)?;
    let clock = moving::started(conn, actor, edition_id, ProjectStage::Idea)?;
    let project = Project { edition_id, clock, ..applied(blank(actor), new) };
    let id = project.id;
    store::insert(conn, actor.tenant, &Stored { project: project.clone(), returns_to: None })?;
    members::keep(conn, actor.tenant, id, &new.members)?;
    moving::begin(conn, actor, &project, None)?;
    audit::record(conn, actor, Entry::new(AuditAction::Created, "project", id.0))?;
    find(conn, actor, id)
}

/// Without a group its people are those who are named, and whoever writes it down is one of them.
fn with_founder(actor: &Actor, new: &NewProject) -> Vec<NewProjectMember> {
    let mut members = new.members.clone();
    if let Some(account_id) = actor.account
        && new.group_id.is_none()
        && members.iter().all(|member| member.account_id != account_id)
    {
        members.push(NewProjectMember { account_id, kind: MemberKind::Member, assigned: false });
    }
    members
}

/// A project of which nothing has been said.
fn blank(actor: &Actor) -> Project {
    Project {
        id: ProjectId::new(),
        version: 1,
        edition_id: None,
        group_id: None,
        group_name: None,
        unit_id: None,
        unit_name: None,
        title: String::new(),
        lang: actor.lang,
        stage: ProjectStage::Idea,
        clock: StageClock { started_at: actor.now, due_at: None, first_due_at: None },
        waiting_reason: None,
        need: String::new(),
        evidence: Vec::new(),
        idea: String::new(),
        theme: None,
        customer_group: None,
        process: Default::default(),
        labels: Vec::new(),
        checklist: Vec::new(),
        sponsor: None,
        members: Vec::new(),
        learnt: None,
        continues_id: None,
        continued_in_id: None,
        stages: Vec::new(),
        facts: ProjectFacts::default(),
        lacking: Vec::new(),
        may_work: false,
        may_extend: false,
        may_sponsor: false,
        created_at: actor.now,
        updated_at: actor.now,
    }
}

/// A project of which this is said.
fn applied(project: Project, said: &NewProject) -> Project {
    let said = said.clone();
    Project {
        group_id: said.group_id,
        unit_id: said.unit_id,
        continues_id: said.continues_id,
        title: said.title,
        lang: said.lang,
        need: said.need,
        evidence: said.evidence,
        idea: said.idea,
        theme: said.theme,
        customer_group: said.customer_group,
        process: said.process,
        labels: said.labels,
        checklist: said.checklist,
        ..project
    }
}

/// What has been said of a project.
fn as_new(project: &Project) -> NewProject {
    let project = project.clone();
    NewProject {
        group_id: project.group_id,
        unit_id: project.unit_id,
        continues_id: project.continues_id,
        title: project.title,
        lang: project.lang,
        need: project.need,
        evidence: project.evidence,
        idea: project.idea,
        theme: project.theme,
        customer_group: project.customer_group,
        process: project.process,
        labels: project.labels,
        checklist: project.checklist,
        members: members::as_new(&project.members),
    }
}

/// One project for one who changes it.
pub(super) fn find_to_change(conn: &mut Conn, actor: &Actor, id: ProjectId, expected: IfMatch) -> Result<Stored> {
    let stored = find_stored(conn, actor, id)?;
    if !stored.project.may_work {
        return Err(Error::forbidden());
    }
    expected.check(stored.project.version)?;
    Ok(stored)
}

/// Changes a project. Another unit has another manager, so that whoever stood behind it for the first one no longer does.
pub fn update(conn: &mut Conn, actor: &Actor, id: ProjectId, expected: IfMatch, changes: &Merge<ProjectChanges>) -> Result<Project> {
    let Stored { project, returns_to } = find_to_change(conn, actor, id, expected)?;
    let before = as_new(&project);
    let after = changes.onto(&before)?;
    let edition_id = match after.group_id == before.group_id {
        true => project.edition_id,
        false => references::edition_of(conn, actor, after.group_id)?,
    };
    references::check(conn, actor, Some(id), Some(&before), &after)?;
    let fields = changed_fields(&before, &after);
    let sponsor = project.sponsor.clone().filter(|_| after.unit_id == before.unit_id);
    let (version, updated_at) = (project.version + 1, actor.now);
    let changed = Project { version, edition_id, sponsor, updated_at, ..applied(project, &after) };
    store::update(conn, actor.tenant, &Stored { project: changed, returns_to })?;
    members::keep(conn, actor.tenant, id, &after.members)?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "project", id.0).fields(fields))?;
    find(conn, actor, id)
}

/// Takes away a project that is still an idea and that no other one continues.
pub fn delete(conn: &mut Conn, actor: &Actor, id: ProjectId, expected: IfMatch) -> Result<()> {
    let stored = find_to_change(conn, actor, id, expected)?;
    if stored.project.stage != ProjectStage::Idea {
        return Err(Error::of(ProblemCode::Conflict));
    }
    let tried = trials::count(conn, actor.tenant, id)? > 0 || adoptions::any(conn, actor.tenant, id)?;
    if tried || store::is_continued(conn, actor.tenant, id)? {
        return Err(Error::of(ProblemCode::InUse));
    }
    moving::unwatch(conn, actor.tenant, id)?;
    subjects::removed(conn, actor, SubjectRef::new(SubjectKind::Project, id.0))?;
    store::delete(conn, actor.tenant, id)?;
    audit::record(conn, actor, Entry::new(AuditAction::Deleted, "project", id.0))
}
