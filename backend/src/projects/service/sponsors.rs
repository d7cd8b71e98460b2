//! The manager of the unit stands behind a project, or no longer does.

use super::{find, find_stored};
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::preconditions::IfMatch;
use crate::policy::Actor;
use crate::projects::store::projects::{self as store, Stored};
use shared::ProjectId;
use shared::audit::AuditAction;
use shared::problem::ProblemCode;
use shared::projects::{Project, Sponsor};

/// Stands behind a project, for the unit that needs it. One does at a time.
pub fn sponsor(conn: &mut Conn, actor: &Actor, id: ProjectId, expected: IfMatch) -> Result<Project> {
    let stored = find_for_sponsor(conn, actor, id, expected)?;
    if stored.project.sponsor.is_some() {
        return Err(Error::of(ProblemCode::Conflict));
    }
    let own = Sponsor { account_id: actor.account()?, name: String::new(), since: actor.now };
    set(conn, actor, stored, Some(own))
}

/// Stands behind it no longer, oneself or whoever does for the unit.
pub fn unsponsor(conn: &mut Conn, actor: &Actor, id: ProjectId, expected: IfMatch) -> Result<Project> {
    let stored = find_for_sponsor(conn, actor, id, expected)?;
    if stored.project.sponsor.is_none() {
        return Err(Error::of(ProblemCode::Conflict));
    }
    set(conn, actor, stored, None)
}

fn find_for_sponsor(conn: &mut Conn, actor: &Actor, id: ProjectId, expected: IfMatch) -> Result<Stored> {
    let stored = find_stored(conn, actor, id)?;
    // Who was trusted with the unit and no longer is may still take back their own word.
    let own = stored.project.sponsor.as_ref().is_some_and(|sponsor| Some(sponsor.account_id) == actor.account);
    if !stored.project.may_sponsor && !own {
        return Err(Error::forbidden());
    }
    expected.check(stored.project.version)?;
    Ok(stored)
}

fn set(conn: &mut Conn, actor: &Actor, stored: Stored, sponsor: Option<Sponsor>) -> Result<Project> {
    let Stored { project, returns_to } = stored;
    let (id, version, updated_at) = (project.id, project.version + 1, actor.now);
    let changed = Project { version, sponsor, updated_at, ..project };
    store::update(conn, actor.tenant, &Stored { project: changed, returns_to })?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "project", id.0).fields(vec!["sponsor".to_owned()]))?;
    find(conn, actor, id)
}
