//! The history of a project: its stages one after another, and how their time was extended.

use crate::db::Conn;
use crate::db::schema::{accounts, project_stages as stages, stage_extensions as extensions};
use crate::db::types::{AsText, At};
use crate::error::Result;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::projects::{ProjectStage, StageExtension, StagePeriod};
use shared::{AccountId, ProjectId, TenantId};

type PeriodRow = (i64, AsText<ProjectStage>, At, Option<At>, Option<At>, Option<String>, Option<String>);

/// Every stage of a project, the first one first.
pub fn of(conn: &mut Conn, tenant: TenantId, project: ProjectId) -> Result<Vec<StagePeriod>> {
    let mover = accounts::tenant_id.eq(stages::tenant_id).and(accounts::id.nullable().eq(stages::moved_by));
    let rows = stages::table
        .left_join(accounts::table.on(mover))
        .filter(stages::tenant_id.eq(tenant))
        .filter(stages::project_id.eq(project))
        .order(stages::number.asc())
        .select((
            stages::number,
            stages::stage,
            stages::started_at,
            stages::due_at,
            stages::ended_at,
            stages::reason,
            accounts::name.nullable(),
        ))
        .load::<PeriodRow>(conn)?;
    let mut periods: Vec<StagePeriod> = rows.into_iter().map(period).collect();
    for (number, extension) in extensions(conn, tenant, project)? {
        if let Some(period) = periods.iter_mut().find(|period| period.number == number) {
            period.extensions.push(extension);
        }
    }
    Ok(periods)
}

fn period((number, stage, started_at, due_at, ended_at, reason, moved_by): PeriodRow) -> StagePeriod {
    StagePeriod {
        number,
        stage: stage.0,
        started_at: started_at.0,
        due_at: due_at.map(|at| at.0),
        ended_at: ended_at.map(|at| at.0),
        reason,
        moved_by,
        extensions: Vec::new(),
    }
}

type ExtensionRow = (i64, i64, String, At, Option<String>);

fn extensions(conn: &mut Conn, tenant: TenantId, project: ProjectId) -> Result<Vec<(i64, StageExtension)>> {
    let grantor = accounts::tenant_id.eq(extensions::tenant_id).and(accounts::id.nullable().eq(extensions::granted_by));
    let rows = extensions::table
        .left_join(accounts::table.on(grantor))
        .filter(extensions::tenant_id.eq(tenant))
        .filter(extensions::project_id.eq(project))
        .order((extensions::stage_number.asc(), extensions::position.asc()))
        .select((extensions::stage_number, extensions::days, extensions::reason, extensions::granted_at, accounts::name.nullable()))
        .load::<ExtensionRow>(conn)?;
    let extension = |(number, days, reason, granted_at, granted_by): ExtensionRow| {
        (number, StageExtension { days, reason, granted_at: granted_at.0, granted_by })
    };
    Ok(rows.into_iter().map(extension).collect())
}

/// Who moves a project where, and when it is to be done there.
pub struct NewPeriod<'a> {
    pub stage: ProjectStage,
    pub started_at: Timestamp,
    pub due_at: Option<Timestamp>,
    pub reason: Option<&'a str>,
    pub moved_by: Option<AccountId>,
}

/// Ends the period in which a project is, if there is one, and begins the next.
pub fn begin(conn: &mut Conn, tenant: TenantId, project: ProjectId, new: &NewPeriod<'_>) -> Result<()> {
    let own = stages::table.filter(stages::tenant_id.eq(tenant)).filter(stages::project_id.eq(project));
    diesel::update(own.filter(stages::ended_at.is_null())).set(stages::ended_at.eq(At(new.started_at))).execute(conn)?;
    let last = own.select(diesel::dsl::max(stages::number)).first::<Option<i64>>(conn)?;
    diesel::insert_into(stages::table)
        .values((
            stages::tenant_id.eq(tenant),
            stages::project_id.eq(project),
            stages::number.eq(last.unwrap_or(0) + 1),
            stages::stage.eq(AsText(new.stage)),
            stages::started_at.eq(At(new.started_at)),
            stages::due_at.eq(new.due_at.map(At)),
            stages::reason.eq(new.reason),
            stages::moved_by.eq(new.moved_by),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes down that a period was extended, and its new end.
pub fn extend(
    conn: &mut Conn,
    tenant: TenantId,
    project: ProjectId,
    period: &StagePeriod,
    due_at: Timestamp,
    extension: &StageExtension,
    granted_by: Option<AccountId>,
) -> Result<()> {
    diesel::update(stages::table.find((tenant, project, period.number))).set(stages::due_at.eq(At(due_at))).execute(conn)?;
    diesel::insert_into(extensions::table)
        .values((
            extensions::tenant_id.eq(tenant),
            extensions::project_id.eq(project),
            extensions::stage_number.eq(period.number),
            extensions::position.eq(i64::try_from(period.extensions.len()).unwrap_or(i64::MAX)),
            extensions::days.eq(extension.days),
            extensions::reason.eq(&extension.reason),
            extensions::granted_at.eq(At(extension.granted_at)),
            extensions::granted_by.eq(granted_by),
        ))
        .execute(conn)?;
    Ok(())
}
