//! Projects as those see them who hang something on them, many at once.

use crate::db::Conn;
use crate::error::Result;
use crate::identity::service::units;
use crate::policy::Actor;
use crate::projects::store::members as people;
use crate::projects::store::projects::{self as store, Headed};
use crate::training::service::{editions, target};
use shared::policy::{Permission, Scope, Target};
use shared::{EditionId, ProjectId, UnitId};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What can be said of a project in a line.
pub struct Heading {
    pub id: ProjectId,
    pub version: i64,
    pub title: String,
    /// Whether the actor works on it, or manages it.
    pub works: bool,
    /// Whether the actor manages it.
    pub manages: bool,
}

/// Those of some projects that the actor may see. Only for who manages the projects of single units is a unit asked for.
pub fn seen(conn: &mut Conn, actor: &Actor, ids: &[ProjectId]) -> Result<Vec<Heading>> {
    if !actor.may(Permission::ViewProjects, &Target::Tenant) {
        return Ok(Vec::new());
    }
    let projects = store::headed(conn, actor.tenant, ids)?;
    let own = actor.account.map_or_else(|| Ok(HashSet::new()), |account| people::worked_on(conn, actor.tenant, account, ids))?;
    let editions = managed_editions(conn, actor, &projects)?;
    let units = managed_units(conn, actor, &projects)?;
    let everything = actor.may(Permission::ManageProjects, &Target::Tenant);
    let one = |project: Headed| {
        let of_edition = project.edition_id.is_some_and(|edition| editions.contains(&edition));
        let manages = everything || of_edition || project.unit_id.is_some_and(|unit| units.contains(&unit));
        let works = manages || own.contains(&project.id);
        Heading { id: project.id, version: project.version, title: project.title, works, manages }
    };
    Ok(projects.into_iter().map(one).collect())
}

fn managed_editions(conn: &mut Conn, actor: &Actor, projects: &[Headed]) -> Result<BTreeSet<EditionId>> {
    let of: BTreeSet<EditionId> = projects.iter().filter_map(|project| project.edition_id).collect();
    let editions = editions::some(conn, actor.tenant, &of.into_iter().collect::<Vec<_>>())?;
    let managed = editions.iter().filter(|edition| actor.may(Permission::ManageProjects, &target(edition)));
    Ok(managed.map(|edition| edition.id).collect())
}

fn managed_units(conn: &mut Conn, actor: &Actor, projects: &[Headed]) -> Result<BTreeSet<UnitId>> {
    let over_units = actor.abilities.iter().any(|ability| {
        ability.permission == Permission::ManageProjects && matches!(ability.scope, Scope::Organisation(_) | Scope::Unit(_))
    });
    let mut managed = BTreeMap::new();
    for unit in projects.iter().filter(|_| over_units).filter_map(|project| project.unit_id) {
        if let Entry::Vacant(place) = managed.entry(unit) {
            place.insert(actor.may(Permission::ManageProjects, &units::target(conn, actor.tenant, unit)?));
        }
    }
    Ok(managed.into_iter().filter(|(_, manages)| *manages).map(|(unit, _)| unit).collect())
}
