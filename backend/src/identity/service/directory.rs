//! Organisations: everyone who is signed in reads them, administrators change them.

use crate::audit::{self, Entry, changed_fields};
use crate::clients::service::clients;
use crate::db::{Conn, fold};
use crate::error::{Error, Result};
use crate::http::checked::Merge;
use crate::http::cursor::{Position, Slice};
use crate::http::preconditions::IfMatch;
use crate::identity::store::{directory as store, grants};
use crate::keys::Keys;
use crate::policy::Actor;
use shared::audit::AuditAction;
use shared::identity::{NewOrganisation, Organisation, OrganisationChanges};
use shared::page::{Page, Paging};
use shared::policy::{Permission, Scope, Target};
use shared::problem::ProblemCode;
use shared::{OrganisationId, TenantId};

/// Organisations by name.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, paging: &Paging) -> Result<Page<Organisation>> {
    actor.require(Permission::ViewDirectory, &Target::Tenant)?;
    let slice = Slice::new(keys, actor.tenant, "organisations", paging.cursor.as_deref(), paging.limit)?;
    let items = store::list(conn, actor.tenant, slice.after.as_ref(), slice.rows())?;
    slice.page(keys, items, |item| Position { key: fold(&item.name), id: item.id.0 })
}

/// One organisation.
pub fn get(conn: &mut Conn, actor: &Actor, id: OrganisationId) -> Result<Organisation> {
    actor.require(Permission::ViewDirectory, &Target::Tenant)?;
    find(conn, actor.tenant, id)
}

/// One organisation, whoever asks.
pub fn find(conn: &mut Conn, tenant: TenantId, id: OrganisationId) -> Result<Organisation> {
    store::find(conn, tenant, id)?.ok_or_else(Error::not_found)
}

/// Adds an organisation.
pub fn create(conn: &mut Conn, actor: &Actor, new: &NewOrganisation) -> Result<Organisation> {
    actor.require(Permission::ManageDirectory, &Target::Tenant)?;
    let organisation = Organisation {
        id: OrganisationId::new(),
        version: 1,
        name: new.name.clone(),
        kind: new.kind,
        created_at: actor.now,
        updated_at: actor.now,
    };
    store::insert(conn, actor.tenant, &organisation)?;
    audit::record(conn, actor, Entry::new(AuditAction::Created, "organisation", organisation.id.0))?;
    Ok(organisation)
}

/// Changes an organisation.
pub fn update(
    conn: &mut Conn,
    actor: &Actor,
    id: OrganisationId,
    expected: IfMatch,
    changes: &Merge<OrganisationChanges>,
) -> Result<Organisation> {
    let current = find(conn, actor.tenant, id)?;
    actor.require(Permission::ManageDirectory, &Target::Tenant)?;
    expected.check(current.version)?;
    let before = NewOrganisation { name: current.name.clone(), kind: current.kind };
    let after = changes.onto(&before)?;
    let fields = changed_fields(&before, &after);
    let changed = Organisation { version: current.version + 1, name: after.name, kind: after.kind, updated_at: actor.now, ..current };
    store::update(conn, actor.tenant, &changed)?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "organisation", id.0).fields(fields))?;
    Ok(changed)
}

/// Takes away an organisation that has no units, for which no program acts and over which nobody is trusted with anything.
pub fn delete(conn: &mut Conn, actor: &Actor, id: OrganisationId, expected: IfMatch) -> Result<()> {
    let current = find(conn, actor.tenant, id)?;
    actor.require(Permission::ManageDirectory, &Target::Tenant)?;
    expected.check(current.version)?;
    let is_used = store::has_units(conn, actor.tenant, id)?
        || clients::any_of(conn, actor.tenant, id)?
        || grants::any_open(conn, actor.tenant, Scope::Organisation(id), actor.now)?;
    if is_used {
        return Err(Error::of(ProblemCode::InUse));
    }
    store::delete(conn, actor.tenant, id)?;
    audit::record(conn, actor, Entry::new(AuditAction::Deleted, "organisation", id.0))
}
