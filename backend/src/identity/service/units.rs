//! Units: a tree inside each organisation. Everyone who is signed in reads them; those change them who keep the directory
//! of the tenant or of the unit's organisation.

use crate::audit::{self, Entry, changed_fields};
use crate::db::{Conn, fold};
use crate::error::{Error, Result};
use crate::http::checked::Merge;
use crate::http::cursor::{Position, Slice};
use crate::http::preconditions::IfMatch;
use crate::identity::store::{directory, grants, units as store};
use crate::keys::Keys;
use crate::policy::Actor;
use shared::audit::AuditAction;
use shared::identity::{NewUnit, Unit, UnitChanges, UnitFilter};
use shared::page::Page;
use shared::policy::{Permission, Scope, Target};
use shared::problem::ProblemCode;
use shared::{OrganisationId, TenantId, UnitId};
use std::collections::{HashMap, HashSet};

/// Units by name.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, filter: &UnitFilter) -> Result<Page<Unit>> {
    actor.require(Permission::ViewDirectory, &Target::Tenant)?;
    let name = format!("units {:?}", filter.organisation_id);
    let slice = Slice::new(keys, actor.tenant, &name, filter.cursor.as_deref(), filter.limit)?;
    let items = store::list(conn, actor.tenant, filter.organisation_id, slice.after.as_ref(), slice.rows())?;
    slice.page(keys, items, |item| Position { key: fold(&item.name), id: item.id.0 })
}

/// One unit.
pub fn get(conn: &mut Conn, actor: &Actor, id: UnitId) -> Result<Unit> {
    actor.require(Permission::ViewDirectory, &Target::Tenant)?;
    find(conn, actor.tenant, id)
}

/// One unit, whoever asks.
pub fn find(conn: &mut Conn, tenant: TenantId, id: UnitId) -> Result<Unit> {
    store::find(conn, tenant, id)?.ok_or_else(Error::not_found)
}

/// Whether there is such a unit.
pub fn exists(conn: &mut Conn, tenant: TenantId, id: UnitId) -> Result<bool> {
    Ok(store::find(conn, tenant, id)?.is_some())
}

/// The names of a unit, of its municipality and of its organisation.
pub fn names(conn: &mut Conn, tenant: TenantId, id: UnitId) -> Result<Vec<String>> {
    let unit = find(conn, tenant, id)?;
    let organisation = directory::find(conn, tenant, unit.organisation_id)?;
    Ok([unit.name, unit.municipality].into_iter().chain(organisation.map(|organisation| organisation.name)).collect())
}

/// The unit as what an action is about: with its organisation, itself and the units above it.
pub fn target(conn: &mut Conn, tenant: TenantId, id: UnitId) -> Result<Target> {
    let unit = find(conn, tenant, id)?;
    let tree = Tree::of(conn, tenant, unit.organisation_id)?;
    Ok(Target::Unit { organisation: unit.organisation_id, line: tree.line(id) })
}

/// The unit and every unit under it.
pub fn subtree(conn: &mut Conn, tenant: TenantId, id: UnitId) -> Result<Vec<UnitId>> {
    let unit = find(conn, tenant, id)?;
    Ok(Tree::of(conn, tenant, unit.organisation_id)?.under(id))
}

/// Every unit of an organisation.
pub fn of_organisation(conn: &mut Conn, tenant: TenantId, organisation: OrganisationId) -> Result<Vec<UnitId>> {
    Ok(store::tree(conn, tenant, organisation)?.into_iter().map(|(id, _)| id).collect())
}

/// Adds a unit.
pub fn create(conn: &mut Conn, actor: &Actor, new: &NewUnit) -> Result<Unit> {
    actor.require(Permission::ManageDirectory, &Target::Organisation(new.organisation_id))?;
    if directory::find(conn, actor.tenant, new.organisation_id)?.is_none() {
        return Err(Error::fault("/organisation_id", "unknown_reference"));
    }
    let unit = Unit {
        id: UnitId::new(),
        version: 1,
        organisation_id: new.organisation_id,
        parent_id: new.parent_id,
        name: new.name.clone(),
        sector: new.sector,
        municipality: new.municipality.clone(),
        created_at: actor.now,
        updated_at: actor.now,
    };
    check_parent(conn, actor.tenant, &unit)?;
    store::insert(conn, actor.tenant, &unit)?;
    audit::record(conn, actor, Entry::new(AuditAction::Created, "unit", unit.id.0))?;
    Ok(unit)
}

/// Changes a unit, or moves it under another one of its organisation.
pub fn update(conn: &mut Conn, actor: &Actor, id: UnitId, expected: IfMatch, changes: &Merge<UnitChanges>) -> Result<Unit> {
    let current = find(conn, actor.tenant, id)?;
    actor.require(Permission::ManageDirectory, &target(conn, actor.tenant, id)?)?;
    expected.check(current.version)?;
    let before = NewUnit {
        organisation_id: current.organisation_id,
        parent_id: current.parent_id,
        name: current.name.clone(),
        sector: current.sector,
        municipality: current.municipality.clone(),
    };
    let after = changes.onto(&before)?;
    let fields = changed_fields(&before, &after);
    let changed = Unit {
        version: current.version + 1,
        parent_id: after.parent_id,
        name: after.name,
        sector: after.sector,
        municipality: after.municipality,
        updated_at: actor.now,
        ..current
    };
    check_parent(conn, actor.tenant, &changed)?;
    store::update(conn, actor.tenant, &changed)?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "unit", id.0).fields(fields))?;
    Ok(changed)
}

/// Takes away a unit that has no units under it, no people and no projects, and over which nobody is trusted with anything.
pub fn delete(conn: &mut Conn, actor: &Actor, id: UnitId, expected: IfMatch) -> Result<()> {
    let current = find(conn, actor.tenant, id)?;
    actor.require(Permission::ManageDirectory, &target(conn, actor.tenant, id)?)?;
    expected.check(current.version)?;
    if store::is_used(conn, actor.tenant, id)? || grants::any_open(conn, actor.tenant, Scope::Unit(id), actor.now)? {
        return Err(Error::of(ProblemCode::InUse));
    }
    store::delete(conn, actor.tenant, id)?;
    audit::record(conn, actor, Entry::new(AuditAction::Deleted, "unit", id.0))
}

/// The unit above is of the same organisation and not one of those under this unit.
fn check_parent(conn: &mut Conn, tenant: TenantId, unit: &Unit) -> Result<()> {
    let Some(parent) = unit.parent_id else { return Ok(()) };
    let tree = Tree::of(conn, tenant, unit.organisation_id)?;
    if !tree.has(parent) {
        return Err(Error::fault("/parent_id", "unknown_reference"));
    }
    if tree.line(parent).contains(&unit.id) {
        return Err(Error::fault("/parent_id", "cycle"));
    }
    Ok(())
}

/// The units of one organisation, each with the one above it.
struct Tree(HashMap<UnitId, Option<UnitId>>);

impl Tree {
    fn of(conn: &mut Conn, tenant: TenantId, organisation: OrganisationId) -> Result<Self> {
        Ok(Self(store::tree(conn, tenant, organisation)?.into_iter().collect()))
    }

    fn has(&self, id: UnitId) -> bool {
        self.0.contains_key(&id)
    }

    /// The unit itself and those above it. Ends even if the tree were broken.
    fn line(&self, id: UnitId) -> Vec<UnitId> {
        let mut line = vec![id];
        while let Some(Some(above)) = self.0.get(&line[line.len() - 1])
            && !line.contains(above)
        {
            line.push(*above);
        }
        line
    }

    /// The unit itself and those under it.
    fn under(&self, id: UnitId) -> Vec<UnitId> {
        let mut found = HashSet::from([id]);
        loop {
            let more: Vec<UnitId> = self
                .0
                .iter()
                .filter(|(own, above)| above.is_some_and(|above| found.contains(&above)) && !found.contains(own))
                .map(|(own, _)| *own)
                .collect();
            if more.is_empty() {
                return found.into_iter().collect();
            }
            found.extend(more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> (Tree, [UnitId; 4]) {
        let [top, middle, low, beside] = std::array::from_fn(|_| UnitId::new());
        let tree = Tree(HashMap::from([(top, None), (middle, Some(top)), (low, Some(middle)), (beside, None)]));
        (tree, [top, middle, low, beside])
    }

    #[test]
    fn a_line_goes_from_the_unit_up() {
        let (tree, [top, middle, low, beside]) = three();
        assert_eq!(tree.line(low), [low, middle, top]);
        assert_eq!(tree.line(beside), [beside]);
    }

    #[test]
    fn what_is_under_a_unit_holds_the_unit_and_nothing_beside_it() {
        let (tree, [top, middle, low, _]) = three();
        assert_eq!(HashSet::from_iter(tree.under(top)), HashSet::from([top, middle, low]));
        assert_eq!(tree.under(low), [low]);
    }

    #[test]
    fn a_broken_tree_ends_all_the_same() {
        let (one, other) = (UnitId::new(), UnitId::new());
        let tree = Tree(HashMap::from([(one, Some(other)), (other, Some(one))]));
        assert_eq!(tree.line(one), [one, other]);
        assert_eq!(tree.under(one).len(), 2);
    }
}
