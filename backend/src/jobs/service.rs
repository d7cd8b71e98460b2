//! Putting work down for later, and what an administrator sees of it.

use super::store;
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::cursor::{Position, Slice};
use crate::keys::Keys;
use crate::policy::Actor;
use jiff::Timestamp;
use shared::audit::AuditAction;
use shared::jobs::{Job as Told, JobFilter, JobKind};
use shared::page::Page;
use shared::policy::{Permission, Target};
use shared::problem::ProblemCode;
use shared::{JobId, TenantId};
use uuid::Uuid;

/// A job as the one who does it is told of it.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    pub tenant: TenantId,
    pub kind: JobKind,
    /// What it is about.
    pub subject_id: Uuid,
}

/// Puts a job down for an instant. One of the kind about the same thing is moved there instead.
pub fn put(conn: &mut Conn, job: &Job, due_at: Timestamp, now: Timestamp) -> Result<()> {
    store::put(conn, job.tenant, job.kind, job.subject_id, due_at, now)
}

/// Takes a job away, if there is one.
pub fn cancel(conn: &mut Conn, job: &Job) -> Result<()> {
    store::cancel(conn, job.tenant, job.kind, job.subject_id)
}

/// Jobs that are to be done or have died, the first made first.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, filter: &JobFilter) -> Result<Page<Told>> {
    actor.require(Permission::ManageJobs, &Target::Tenant)?;
    let list = format!("jobs {:?}", filter.dead);
    let slice = Slice::new(keys, actor.tenant, &list, filter.cursor.as_deref(), filter.limit)?;
    let items = store::list(conn, actor.tenant, filter.dead, slice.after.as_ref(), slice.rows())?;
    let items = items.into_iter().map(|stored| stored.job).collect();
    slice.page(keys, items, |item| Position { key: String::new(), id: item.id.0 })
}

/// Lets a dead job try once more, from the beginning and at once.
pub fn retry(conn: &mut Conn, actor: &Actor, id: JobId) -> Result<Told> {
    actor.require(Permission::ManageJobs, &Target::Tenant)?;
    let stored = store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?;
    if stored.job.died_at.is_none() {
        return Err(Error::of(ProblemCode::Conflict));
    }
    store::revive(conn, actor.tenant, id, actor.now)?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "job", id.0).fields(vec!["died_at".to_owned()]))?;
    Ok(store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?.job)
}
