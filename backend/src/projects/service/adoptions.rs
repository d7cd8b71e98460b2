//! Which units take a project's practice up. Everyone of the tenant reads it; those who work on the project write it, and
//! the manager of a unit decides for the unit. Whether it is still in use is looked at by those who work on the project.

use super::{find as find_project, require_work};
use crate::audit::{self, Entry, changed_fields};
use crate::db::{Conn, fold};
use crate::error::{Error, Result};
use crate::http::checked::Merge;
use crate::http::cursor::{Position, Slice};
use crate::http::preconditions::IfMatch;
use crate::identity::service::units;
use crate::keys::Keys;
use crate::policy::Actor;
use crate::projects::store::adoptions as store;
use shared::audit::AuditAction;
use shared::identity::AccountStatus;
use shared::page::{Page, Paging};
use shared::policy::Permission;
use shared::problem::{Fault, ProblemCode};
use shared::projects::{Adoption, AdoptionChanges, NewAdoption, NewRecheck, Recheck, next_recheck, recheck_due_on};
use shared::{AccountId, AdoptionId, ProjectId, TenantId, format};

/// What units have decided about a project, by name of the unit.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, project: ProjectId, paging: &Paging) -> Result<Page<Adoption>> {
    find_project(conn, actor, project)?;
    let slice = Slice::new(keys, actor.tenant, &format!("adoptions {project}"), paging.cursor.as_deref(), paging.limit)?;
    let items = store::list(conn, actor.tenant, project, slice.after.as_ref(), slice.rows())?;
    slice.page(keys, items, |item| Position { key: fold(&item.unit_name), id: item.id.0 })
}

/// What one unit has decided about one project.
pub fn get(conn: &mut Conn, actor: &Actor, id: AdoptionId) -> Result<Adoption> {
    let adoption = find(conn, actor.tenant, id)?;
    find_project(conn, actor, adoption.project_id)?;
    Ok(adoption)
}

/// Asks a unit about a project, or notes what it has decided.
pub fn create(conn: &mut Conn, actor: &Actor, project: ProjectId, new: &NewAdoption) -> Result<Adoption> {
    let project = find_project(conn, actor, project)?;
    require_work(conn, actor, &project)?;
    if !units::exists(conn, actor.tenant, new.unit_id)? {
        return Err(Error::fault("/unit_id", "unknown_reference"));
    }
    let unit = units::find(conn, actor.tenant, new.unit_id)?;
    let blank = Adoption {
        id: AdoptionId::new(),
        version: 1,
        project_id: project.id,
        unit_id: unit.id,
        unit_name: unit.name,
        decision: new.decision,
        note: String::new(),
        guide_id: None,
        guide_name: None,
        from_on: None,
        answer_due_on: None,
        rechecks: Vec::new(),
        next_recheck: None,
        created_at: actor.now,
        updated_at: actor.now,
    };
    let adoption = with(conn, blank, new.clone(), actor.tenant)?;
    store::insert(conn, actor.tenant, &adoption)?;
    audit::record(conn, actor, Entry::new(AuditAction::Created, "adoption", adoption.id.0).beside(adoption.project_id))?;
    Ok(adoption)
}

/// Changes what a unit has decided: the unit's manager may, and those who work on the project.
pub fn update(conn: &mut Conn, actor: &Actor, id: AdoptionId, expected: IfMatch, changes: &Merge<AdoptionChanges>) -> Result<Adoption> {
    let current = find(conn, actor.tenant, id)?;
    if !decides(conn, actor, &current)? {
        require_work_on(conn, actor, &current)?;
    }
    expected.check(current.version)?;
    let before = as_new(&current);
    let after = changes.onto(&before)?;
    let fields = changed_fields(&before, &after);
    let next = Adoption { version: current.version + 1, updated_at: actor.now, ..current };
    let changed = with(conn, next, after, actor.tenant)?;
    store::update(conn, actor.tenant, &changed)?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "adoption", id.0).fields(fields).beside(changed.project_id))?;
    Ok(changed)
}

/// Takes away what was noted of a unit, with the looks at it.
pub fn delete(conn: &mut Conn, actor: &Actor, id: AdoptionId, expected: IfMatch) -> Result<()> {
    let current = find(conn, actor.tenant, id)?;
    require_work_on(conn, actor, &current)?;
    expected.check(current.version)?;
    store::delete(conn, actor.tenant, id)?;
    audit::record(conn, actor, Entry::new(AuditAction::Deleted, "adoption", id.0).beside(current.project_id))
}

/// Notes whether a unit still uses what it took up, once so many months have gone by.
pub fn recheck(conn: &mut Conn, actor: &Actor, id: AdoptionId, expected: IfMatch, new: &NewRecheck) -> Result<Adoption> {
    let current = find(conn, actor.tenant, id)?;
    require_work_on(conn, actor, &current)?;
    expected.check(current.version)?;
    require_due(actor, &current, new.month)?;
    let found = Recheck { month: new.month, state: new.state, note: new.note.clone(), checked_at: actor.now };
    store::keep_recheck(conn, actor.tenant, id, &found)?;
    let project = current.project_id;
    store::update(conn, actor.tenant, &Adoption { version: current.version + 1, updated_at: actor.now, ..current })?;
    let fields = vec!["rechecks".to_owned()];
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "adoption", id.0).fields(fields).beside(project))?;
    find(conn, actor.tenant, id)
}

/// Refuses a look at what is not in use, or that comes before its day.
fn require_due(actor: &Actor, adoption: &Adoption, month: i64) -> Result<()> {
    let from_on = adoption.from_on.filter(|_| adoption.decision.is_taken_up());
    let Some(due_on) = from_on.and_then(|from_on| recheck_due_on(from_on, month)) else {
        return Err(Error::at(ProblemCode::Conflict, "/month", "not_taken_up"));
    };
    if due_on <= format::day_of(actor.now) {
        return Ok(());
    }
    Err(Error::invalid(vec![Fault::new("/month", "not_due_yet", Some(&format::date(due_on, actor.lang)))]))
}

fn find(conn: &mut Conn, tenant: TenantId, id: AdoptionId) -> Result<Adoption> {
    store::find(conn, tenant, id)?.ok_or_else(Error::not_found)
}

/// Whether the actor decides for the unit.
fn decides(conn: &mut Conn, actor: &Actor, adoption: &Adoption) -> Result<bool> {
    let unit = units::target(conn, actor.tenant, adoption.unit_id)?;
    Ok(actor.may(Permission::DecideAdoption, &unit))
}

fn require_work_on(conn: &mut Conn, actor: &Actor, adoption: &Adoption) -> Result<()> {
    let project = find_project(conn, actor, adoption.project_id)?;
    require_work(conn, actor, &project)
}

fn as_new(adoption: &Adoption) -> NewAdoption {
    NewAdoption {
        unit_id: adoption.unit_id,
        decision: adoption.decision,
        note: adoption.note.clone(),
        guide_id: adoption.guide_id,
        guide_name: adoption.guide_name.clone().filter(|_| adoption.guide_id.is_none()),
        from_on: adoption.from_on,
        answer_due_on: adoption.answer_due_on,
    }
}

fn with(conn: &mut Conn, adoption: Adoption, new: NewAdoption, tenant: TenantId) -> Result<Adoption> {
    let guide_name = match new.guide_id {
        Some(account) => Some(guide(conn, tenant, account, adoption.guide_id)?),
        None => new.guide_name,
    };
    Ok(Adoption {
        decision: new.decision,
        note: new.note,
        guide_id: new.guide_id,
        guide_name,
        from_on: new.from_on,
        answer_due_on: new.answer_due_on,
        next_recheck: next_recheck(new.decision, new.from_on, &adoption.rechecks),
        ..adoption
    })
}

/// The name of an account of the tenant that can be used, or that guided before.
fn guide(conn: &mut Conn, tenant: TenantId, account: AccountId, known: Option<AccountId>) -> Result<String> {
    match store::guide(conn, tenant, account)? {
        None => Err(Error::fault("/guide_id", "unknown_reference")),
        Some((_, AccountStatus::Deactivated)) if known != Some(account) => Err(Error::fault("/guide_id", "deactivated")),
        Some((name, _)) => Ok(name),
    }
}
