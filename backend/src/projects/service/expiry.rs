//! What becomes of a project whose time has run out: it waits, and says so itself.

use super::moving;
use crate::db::Conn;
use crate::error::Result;
use crate::jobs::service::Job;
use crate::policy::Actor;
use crate::projects::store::projects as store;
use jiff::Timestamp;
use shared::ProjectId;
use shared::projects::{ProjectMove, ProjectStage, WaitingReason};

/// Lets a project wait whose stage is over at `now`. One that has more time, or has gone on, is left alone.
pub fn expire(conn: &mut Conn, job: &Job, now: Timestamp) -> Result<()> {
    let id = ProjectId(job.subject_id);
    let Some(stored) = store::find(conn, job.tenant, id)? else { return Ok(()) };
    if stored.project.clock.due_at.is_none_or(|due_at| due_at > now) {
        return Ok(());
    }
    let waiting_reason = Some(WaitingReason::Expired);
    let step = ProjectMove { waiting_reason, over_limit: true, ..ProjectMove::to_stage(ProjectStage::Waiting) };
    let actor = Actor::system(job.tenant, now);
    moving::put(conn, &actor, stored, &step)
}
