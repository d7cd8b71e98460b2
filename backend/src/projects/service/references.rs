//! What a project refers to must be there, and some of it must be one's own.

use super::{access, members};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::identity::service::units;
use crate::policy::Actor;
use crate::projects::store::projects as store;
use crate::training::service::groups;
use shared::projects::NewProject;
use shared::{EditionId, GroupId, ProjectId, TenantId};
use std::collections::HashSet;

/// Checks what has changed; of a new project, all.
pub fn check(conn: &mut Conn, actor: &Actor, id: Option<ProjectId>, before: Option<&NewProject>, after: &NewProject) -> Result<()> {
    if before.map(|before| before.unit_id) != Some(after.unit_id)
        && let Some(unit) = after.unit_id
        && !units::exists(conn, actor.tenant, unit)?
    {
        return Err(Error::fault("/unit_id", "unknown_reference"));
    }
    if before.map(|before| before.continues_id) != Some(after.continues_id)
        && let Some(continued) = after.continues_id
    {
        check_line(conn, actor.tenant, id, continued, "/continues_id", |(continues, _)| continues)?;
    }
    let stood: &[_] = before.map_or(&[], |before| &before.members);
    members::check(conn, actor.tenant, stood, &after.members)
}

/// The edition of a group in whose name the actor may speak: their own, or one of an edition whose projects they manage.
pub fn edition_of(conn: &mut Conn, actor: &Actor, group: Option<GroupId>) -> Result<Option<EditionId>> {
    let Some(group) = group else { return Ok(None) };
    let group = groups::find(conn, actor.tenant, group)?.ok_or_else(|| Error::fault("/group_id", "unknown_reference"))?;
    if groups::has_place(conn, actor, &group)? || access::manages_edition(conn, actor, Some(group.edition_id))? {
        return Ok(Some(group.edition_id));
    }
    Err(Error::fault("/group_id", "not_own_group"))
}

/// What a project continues, and in what it goes on.
type Links = (Option<ProjectId>, Option<ProjectId>);

/// Follows a line of projects from another one, which must be there, and refuses when it leads back to this one.
pub fn check_line(
    conn: &mut Conn,
    tenant: TenantId,
    own: Option<ProjectId>,
    other: ProjectId,
    pointer: &str,
    next: fn(Links) -> Option<ProjectId>,
) -> Result<()> {
    let (mut at, mut seen) = (Some(other), HashSet::new());
    while let Some(id) = at {
        if Some(id) == own {
            return Err(Error::fault(pointer, "own_line"));
        }
        let links = store::links(conn, tenant, id)?;
        at = links.and_then(next).filter(|_| seen.insert(id));
        if links.is_none() && id == other {
            return Err(Error::fault(pointer, "unknown_reference"));
        }
    }
    Ok(())
}
