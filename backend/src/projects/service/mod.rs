//! Rules of projects. Others ask [`find`] for a project that its reader may see, and [`require_work`] before they let
//! anything be changed about it.

mod access;
pub mod adoptions;
pub mod board;
pub mod expiry;
pub mod extending;
mod facts;
pub mod headings;
pub mod measurements;
mod members;
pub mod moving;
pub mod projects;
pub mod rates;
mod references;
pub mod sponsors;
pub mod statistics;
pub mod terms;
pub mod trials;

use super::store::{members as people, projects as store, stages};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::policy::Actor;
use shared::ProjectId;
use shared::policy::{Permission, Target};
use shared::projects::{Project, ProjectStage, stage};
use store::Stored;

/// One project with all that is to be said of it to the one who asks.
pub fn find(conn: &mut Conn, actor: &Actor, id: ProjectId) -> Result<Project> {
    Ok(find_stored(conn, actor, id)?.project)
}

/// As [`find`], with what is stored of it and not told.
fn find_stored(conn: &mut Conn, actor: &Actor, id: ProjectId) -> Result<Stored> {
    actor.require(Permission::ViewProjects, &Target::Tenant)?;
    let Stored { mut project, returns_to } = store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?;
    project.members = people::of(conn, actor.tenant, id)?;
    project.stages = stages::of(conn, actor.tenant, id)?;
    project.facts = facts::of(conn, actor.tenant, &[id])?.remove(&id).unwrap_or_default();
    project.lacking = following(project.stage, returns_to).map_or_else(Vec::new, |next| stage::lacks(&project, next));
    let access = access::of(conn, actor, &project)?;
    (project.may_work, project.may_extend, project.may_sponsor) = (access.works, access.manages, access.sponsors);
    Ok(Stored { project, returns_to })
}

/// Refuses one who neither works on the project nor manages it; guests look on.
pub fn require_work(conn: &mut Conn, actor: &Actor, project: &Project) -> Result<()> {
    if access::of(conn, actor, project)?.works { Ok(()) } else { Err(Error::forbidden()) }
}

/// The stage that follows by itself; one that waits goes back to where it was.
const fn following(stage: ProjectStage, returns_to: Option<ProjectStage>) -> Option<ProjectStage> {
    match stage {
        ProjectStage::Idea => Some(ProjectStage::Trial),
        ProjectStage::Trial => Some(ProjectStage::Spread),
        ProjectStage::Spread => Some(ProjectStage::InUse),
        ProjectStage::Waiting => returns_to,
        ProjectStage::InUse | ProjectStage::Continued | ProjectStage::Stopped => None,
    }
}
