//! What somebody may do with one project.

use crate::db::Conn;
use crate::error::Result;
use crate::identity::service::units;
use crate::policy::Actor;
use crate::training::service::{editions, target};
use shared::EditionId;
use shared::policy::{Permission, Target};
use shared::projects::{MemberKind, Project};

/// What an actor may do with a project.
pub struct Access {
    /// Changes and moves it: one of its people, guests apart, or one who manages it.
    pub works: bool,
    /// Extends its time, too.
    pub manages: bool,
    /// Stands behind it as the manager of its unit.
    pub sponsors: bool,
}

/// What the actor may do with a project.
pub fn of(conn: &mut Conn, actor: &Actor, project: &Project) -> Result<Access> {
    let own = project.members.iter().any(|member| Some(member.account_id) == actor.account && member.kind == MemberKind::Member);
    let unit = project.unit_id.map(|unit| units::target(conn, actor.tenant, unit)).transpose()?;
    let over_unit = |permission| unit.as_ref().is_some_and(|unit| actor.may(permission, unit));
    let manages = over_unit(Permission::ManageProjects) || manages_edition(conn, actor, project.edition_id)?;
    let sponsors = actor.account.is_some() && over_unit(Permission::SponsorProject);
    Ok(Access { works: own || manages, manages, sponsors })
}

/// Whether the actor manages the projects of an edition; without one, those of the tenant.
pub fn manages_edition(conn: &mut Conn, actor: &Actor, edition: Option<EditionId>) -> Result<bool> {
    if actor.may(Permission::ManageProjects, &Target::Tenant) {
        return Ok(true);
    }
    let Some(edition) = edition else { return Ok(false) };
    let edition = editions::find(conn, actor.tenant, edition)?;
    Ok(actor.may(Permission::ManageProjects, &target(&edition)))
}
