//! More time for a stage, from those who manage the project: not from those who work on it.

use super::{find, find_stored, moving};
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::preconditions::IfMatch;
use crate::policy::Actor;
use crate::projects::store::projects::{self as store, Stored};
use crate::projects::store::stages;
use shared::ProjectId;
use shared::audit::AuditAction;
use shared::problem::ProblemCode;
use shared::projects::{NewStageExtension, Project, StageClock, StageExtension, clock};

/// Extends the time of the stage in which a project is, and keeps who granted it and why.
pub fn extend(conn: &mut Conn, actor: &Actor, id: ProjectId, expected: IfMatch, new: &NewStageExtension) -> Result<Project> {
    let Stored { project, returns_to } = find_stored(conn, actor, id)?;
    if !project.may_extend {
        return Err(Error::forbidden());
    }
    expected.check(project.version)?;
    let due_at = project.clock.due_at.and_then(|due_at| clock::extended(due_at, new.days));
    let (Some(due_at), Some(period)) = (due_at, project.stages.last()) else {
        return Err(Error::at(ProblemCode::Conflict, "/days", "untimed"));
    };
    let extension = StageExtension { days: new.days, reason: new.reason.clone(), granted_at: actor.now, granted_by: None };
    stages::extend(conn, actor.tenant, id, period, due_at, &extension, actor.account)?;
    let (version, updated_at) = (project.version + 1, actor.now);
    let clock = StageClock { due_at: Some(due_at), ..project.clock.clone() };
    let changed = Project { version, clock, updated_at, ..project };
    moving::watch(conn, actor, &changed)?;
    store::update(conn, actor.tenant, &Stored { project: changed, returns_to })?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "project", id.0).fields(vec!["due_at".to_owned()]))?;
    find(conn, actor, id)
}
