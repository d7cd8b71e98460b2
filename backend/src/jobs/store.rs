//! Jobs as they lie in the table.

use crate::db::Conn;
use crate::db::schema::jobs;
use crate::db::types::{AsText, At, RawId};
use crate::error::Result;
use crate::http::cursor::Position;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::jobs::{Job, JobKind};
use shared::{JobId, TenantId};

crate::sql_ids!(JobId);

#[derive(Queryable, Selectable)]
#[diesel(table_name = jobs)]
struct Row {
    tenant_id: TenantId,
    id: JobId,
    kind: AsText<JobKind>,
    subject_id: RawId,
    due_at: At,
    attempt_count: i64,
    leased_until: Option<At>,
    failure: Option<String>,
    died_at: Option<At>,
    created_at: At,
}

/// A job with the tenant whose it is.
#[derive(Clone, Debug)]
pub struct Stored {
    pub tenant: TenantId,
    pub job: Job,
    /// Until when somebody works on it, if anybody does.
    pub leased_until: Option<Timestamp>,
}

impl From<Row> for Stored {
    fn from(row: Row) -> Self {
        let job = Job {
            id: row.id,
            kind: row.kind.0,
            subject_id: row.subject_id.0,
            due_at: row.due_at.0,
            attempt_count: row.attempt_count,
            failure: row.failure,
            died_at: row.died_at.map(|at| at.0),
            created_at: row.created_at.0,
        };
        Self { tenant: row.tenant_id, job, leased_until: row.leased_until.map(|at| at.0) }
    }
}

/// One job.
pub fn find(conn: &mut Conn, tenant: TenantId, id: JobId) -> Result<Option<Stored>> {
    let row = jobs::table.find((tenant, id)).select(Row::as_select()).first::<Row>(conn).optional()?;
    Ok(row.map(Into::into))
}

/// Jobs of a tenant, the first made first, after a position; only the dead ones if so asked.
pub fn list(conn: &mut Conn, tenant: TenantId, dead: Option<bool>, after: Option<&Position>, rows: i64) -> Result<Vec<Stored>> {
    let mut query = jobs::table.filter(jobs::tenant_id.eq(tenant)).select(Row::as_select()).into_boxed();
    match dead {
        Some(true) => query = query.filter(jobs::died_at.is_not_null()),
        Some(false) => query = query.filter(jobs::died_at.is_null()),
        None => {}
    }
    if let Some(after) = after {
        query = query.filter(jobs::id.gt(after.raw_id()));
    }
    let rows = query.order(jobs::id.asc()).limit(rows).load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Puts a job down, or anew when there is one of the kind about the thing: whoever works on the old one has lost it.
pub fn put(conn: &mut Conn, tenant: TenantId, kind: JobKind, subject: uuid::Uuid, due_at: Timestamp, now: Timestamp) -> Result<()> {
    let fresh = (
        jobs::due_at.eq(At(due_at)),
        jobs::attempt_count.eq(0),
        jobs::leased_until.eq(None::<At>),
        jobs::leased_by.eq(None::<RawId>),
        jobs::failure.eq(None::<String>),
        jobs::died_at.eq(None::<At>),
    );
    let own =
        jobs::table.filter(jobs::tenant_id.eq(tenant)).filter(jobs::kind.eq(AsText(kind))).filter(jobs::subject_id.eq(RawId(subject)));
    if diesel::update(own).set(fresh.clone()).execute(conn)? == 0 {
        let key = (
            jobs::tenant_id.eq(tenant),
            jobs::id.eq(JobId::new()),
            jobs::kind.eq(AsText(kind)),
            jobs::subject_id.eq(RawId(subject)),
            jobs::created_at.eq(At(now)),
        );
        diesel::insert_into(jobs::table).values((key, fresh)).execute(conn)?;
    }
    Ok(())
}

/// Takes away the job of a kind about a thing, if there is one.
pub fn cancel(conn: &mut Conn, tenant: TenantId, kind: JobKind, subject: uuid::Uuid) -> Result<()> {
    let own = jobs::table.filter(jobs::tenant_id.eq(tenant)).filter(jobs::kind.eq(AsText(kind)));
    diesel::delete(own.filter(jobs::subject_id.eq(RawId(subject)))).execute(conn)?;
    Ok(())
}

/// Whether a job may be begun at an instant: due, alive, and nobody's.
macro_rules! is_free {
    ($now:expr) => {
        jobs::due_at
            .le(At($now))
            .and(jobs::died_at.is_null())
            .and(jobs::leased_until.is_null().or(jobs::leased_until.assume_not_null().le(At($now))))
    };
}

/// Whether any job of any tenant may be begun.
pub fn any_free(conn: &mut Conn, now: Timestamp) -> Result<bool> {
    Ok(jobs::table.filter(is_free!(now)).select(jobs::attempt_count).first::<i64>(conn).optional()?.is_some())
}

/// Takes the job that has been due longest: it is the worker's until the lease ends, and has been tried once more.
pub fn lease(conn: &mut Conn, worker: uuid::Uuid, now: Timestamp, until: Timestamp) -> Result<Option<Stored>> {
    let free = jobs::table.filter(is_free!(now)).order((jobs::due_at.asc(), jobs::id.asc())).select(Row::as_select());
    let Some(mut stored) = free.first::<Row>(conn).optional()?.map(Stored::from) else { return Ok(None) };
    stored.job.attempt_count += 1;
    let taken =
        (jobs::leased_by.eq(Some(RawId(worker))), jobs::leased_until.eq(Some(At(until))), jobs::attempt_count.eq(stored.job.attempt_count));
    diesel::update(jobs::table.find((stored.tenant, stored.job.id))).set(taken).execute(conn)?;
    Ok(Some(stored))
}

/// The worker's own job.
macro_rules! own {
    ($worker:expr, $tenant:expr, $id:expr) => {
        jobs::table.filter(jobs::tenant_id.eq($tenant)).filter(jobs::id.eq($id)).filter(jobs::leased_by.eq(RawId($worker)))
    };
}

/// Holds a job longer; false when it is no longer the worker's.
pub fn renew(conn: &mut Conn, worker: uuid::Uuid, tenant: TenantId, id: JobId, until: Timestamp) -> Result<bool> {
    let own = own!(worker, tenant, id);
    Ok(diesel::update(own).set(jobs::leased_until.eq(Some(At(until)))).execute(conn)? == 1)
}

/// Takes a job away as done; false when it is no longer the worker's.
pub fn finish(conn: &mut Conn, worker: uuid::Uuid, tenant: TenantId, id: JobId) -> Result<bool> {
    Ok(diesel::delete(own!(worker, tenant, id)).execute(conn)? == 1)
}

/// Gives a job back that failed, to be tried again at an instant, or never.
pub fn give_back(
    conn: &mut Conn,
    worker: uuid::Uuid,
    (tenant, id): (TenantId, JobId),
    failure: &str,
    again_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<()> {
    let free = (jobs::leased_by.eq(None::<RawId>), jobs::leased_until.eq(None::<At>), jobs::failure.eq(Some(failure)));
    match again_at {
        Some(at) => diesel::update(own!(worker, tenant, id)).set((free, jobs::due_at.eq(At(at)))).execute(conn)?,
        None => diesel::update(own!(worker, tenant, id)).set((free, jobs::died_at.eq(Some(At(now))))).execute(conn)?,
    };
    Ok(())
}

/// Lets a dead job be tried from the beginning.
pub fn revive(conn: &mut Conn, tenant: TenantId, id: JobId, now: Timestamp) -> Result<()> {
    let fresh = (jobs::died_at.eq(None::<At>), jobs::attempt_count.eq(0), jobs::due_at.eq(At(now)));
    diesel::update(jobs::table.find((tenant, id))).set(fresh).execute(conn)?;
    Ok(())
}
