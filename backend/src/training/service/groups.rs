//! Groups of an edition. Those who run the edition make them; a group chooses its own name.

use super::editions::{self, find_running, is_run_by};
use super::target;
use crate::audit::{self, Entry, changed_fields};
use crate::db::{Conn, fold};
use crate::error::{Error, Result};
use crate::http::checked::Merge;
use crate::http::cursor::{Position, Slice};
use crate::http::preconditions::IfMatch;
use crate::keys::Keys;
use crate::policy::Actor;
use crate::subjects;
use crate::training::store::{enrolments, groups as store};
use shared::audit::AuditAction;
use shared::page::{Page, Paging};
use shared::policy::{Permission, Target};
use shared::problem::ProblemCode;
use shared::subjects::{SubjectKind, SubjectRef};
use shared::training::{Edition, Group, GroupChanges, NewGroup};
use shared::{EditionId, GroupId, TenantId};

/// Groups of an edition by name.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, edition: EditionId, paging: &Paging) -> Result<Page<Group>> {
    actor.require(Permission::ViewTraining, &Target::Tenant)?;
    editions::find(conn, actor.tenant, edition)?;
    let slice = Slice::new(keys, actor.tenant, &format!("groups {edition}"), paging.cursor.as_deref(), paging.limit)?;
    let items = store::list(conn, actor.tenant, edition, slice.after.as_ref(), slice.rows())?;
    slice.page(keys, items, |item| Position { key: fold(&item.name), id: item.id.0 })
}

/// One group.
pub fn get(conn: &mut Conn, actor: &Actor, id: GroupId) -> Result<Group> {
    actor.require(Permission::ViewTraining, &Target::Tenant)?;
    store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)
}

/// One group, whoever asks.
pub fn find(conn: &mut Conn, tenant: TenantId, id: GroupId) -> Result<Option<Group>> {
    store::find(conn, tenant, id)
}

/// Those of some groups that there are, whoever asks.
pub fn some(conn: &mut Conn, tenant: TenantId, ids: &[GroupId]) -> Result<Vec<Group>> {
    store::some(conn, tenant, ids)
}

/// Adds a group to an edition.
pub fn create(conn: &mut Conn, actor: &Actor, edition: EditionId, new: &NewGroup) -> Result<Group> {
    find_running(conn, actor, edition)?;
    let group = Group {
        id: GroupId::new(),
        version: 1,
        edition_id: edition,
        name: new.name.clone(),
        lang: new.lang,
        created_at: actor.now,
        updated_at: actor.now,
    };
    store::insert(conn, actor.tenant, &group)?;
    audit::record(conn, actor, Entry::new(AuditAction::Created, "group", group.id.0))?;
    Ok(group)
}

/// Changes a group's name.
pub fn update(conn: &mut Conn, actor: &Actor, id: GroupId, expected: IfMatch, changes: &Merge<GroupChanges>) -> Result<Group> {
    let current = store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?;
    let edition = editions::find(conn, actor.tenant, current.edition_id)?;
    if !is_run_by(actor, &edition) && !is_own(conn, actor, &edition, &current)? {
        return Err(Error::forbidden());
    }
    expected.check(current.version)?;
    let before = NewGroup { name: current.name.clone(), lang: current.lang };
    let after = changes.onto(&before)?;
    let fields = changed_fields(&before, &after);
    let changed = Group { version: current.version + 1, name: after.name, lang: after.lang, updated_at: actor.now, ..current };
    store::update(conn, actor.tenant, &changed)?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "group", id.0).fields(fields))?;
    Ok(changed)
}

/// Whether the actor is in the group and may name it.
fn is_own(conn: &mut Conn, actor: &Actor, edition: &Edition, group: &Group) -> Result<bool> {
    Ok(actor.may(Permission::NameOwnGroup, &target(edition)) && has_place(conn, actor, group)?)
}

/// Whether the actor is in the group.
pub fn has_place(conn: &mut Conn, actor: &Actor, group: &Group) -> Result<bool> {
    let Some(enrolment) = actor.enrolment_in(group.edition_id) else { return Ok(false) };
    let own = enrolments::find(conn, actor.tenant, enrolment)?;
    Ok(own.is_some_and(|own| own.group_id == Some(group.id)))
}

/// Takes away a group that nobody is in and that has no project.
pub fn delete(conn: &mut Conn, actor: &Actor, id: GroupId, expected: IfMatch) -> Result<()> {
    let current = store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?;
    find_running(conn, actor, current.edition_id)?;
    expected.check(current.version)?;
    if store::is_used(conn, actor.tenant, id)? {
        return Err(Error::of(ProblemCode::InUse));
    }
    subjects::removed(conn, actor, SubjectRef::new(SubjectKind::Group, id.0))?;
    store::delete(conn, actor.tenant, id)?;
    audit::record(conn, actor, Entry::new(AuditAction::Deleted, "group", id.0))
}
