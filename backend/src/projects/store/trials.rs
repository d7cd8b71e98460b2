//! Trials as they lie in the tables.

use crate::db::Conn;
use crate::db::schema::trials;
use crate::db::types::{AsText, At};
use crate::error::Result;
use crate::http::cursor::Position;
use diesel::dsl::count_star;
use diesel::prelude::*;
use jiff::civil::Date;
use shared::projects::{Trial, TrialResult};
use shared::{Lang, ProjectId, TenantId, TrialId};
use std::collections::HashMap;

crate::sql_ids!(TrialId);

#[derive(Queryable, Selectable)]
#[diesel(table_name = trials)]
struct Row {
    id: TrialId,
    version: i64,
    project_id: ProjectId,
    lang: AsText<Lang>,
    hypothesis: String,
    measure: String,
    participants: String,
    participant_count: Option<i64>,
    starts_on: Option<AsText<Date>>,
    ends_on: Option<AsText<Date>>,
    result: Option<AsText<TrialResult>>,
    learnt: String,
    concluded_at: Option<At>,
    created_at: At,
    updated_at: At,
}

impl From<Row> for Trial {
    /// Without its measurements.
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            version: row.version,
            project_id: row.project_id,
            lang: row.lang.0,
            hypothesis: row.hypothesis,
            measure: row.measure,
            participants: row.participants,
            participant_count: row.participant_count,
            starts_on: row.starts_on.map(|day| day.0),
            ends_on: row.ends_on.map(|day| day.0),
            result: row.result.map(|result| result.0),
            learnt: row.learnt,
            concluded_at: row.concluded_at.map(|at| at.0),
            measurements: Vec::new(),
            created_at: row.created_at.0,
            updated_at: row.updated_at.0,
        }
    }
}

/// One trial, without its measurements.
pub fn find(conn: &mut Conn, tenant: TenantId, id: TrialId) -> Result<Option<Trial>> {
    let row = trials::table.find((tenant, id)).select(Row::as_select()).first::<Row>(conn).optional()?;
    Ok(row.map(Into::into))
}

/// Trials of a project, oldest first, after a position; without their measurements.
pub fn list(conn: &mut Conn, tenant: TenantId, project: ProjectId, after: Option<&Position>, rows: i64) -> Result<Vec<Trial>> {
    let own = trials::table.filter(trials::tenant_id.eq(tenant)).filter(trials::project_id.eq(project));
    let mut query = own.select(Row::as_select()).into_boxed();
    if let Some(after) = after {
        query = query.filter(trials::id.gt(after.raw_id()));
    }
    let rows = query.order(trials::id.asc()).limit(rows).load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// How many trials a project has.
pub fn count(conn: &mut Conn, tenant: TenantId, project: ProjectId) -> Result<i64> {
    let own = trials::table.filter(trials::tenant_id.eq(tenant)).filter(trials::project_id.eq(project));
    Ok(own.count().get_result(conn)?)
}

/// How many trials of each of these projects worked, as they were or to be adapted; without those of which none did.
pub fn worked_counts(conn: &mut Conn, tenant: TenantId, projects: &[ProjectId]) -> Result<HashMap<ProjectId, i64>> {
    let worked = [TrialResult::Works, TrialResult::Adapt].map(AsText);
    let rows = trials::table
        .filter(trials::tenant_id.eq(tenant))
        .filter(trials::project_id.eq_any(projects.to_vec()))
        .filter(trials::result.eq_any(worked))
        .group_by(trials::project_id)
        .select((trials::project_id, count_star()))
        .load::<(ProjectId, i64)>(conn)?;
    Ok(rows.into_iter().collect())
}

/// Adds a trial.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Trial) -> Result<()> {
    diesel::insert_into(trials::table)
        .values((
            trials::tenant_id.eq(tenant),
            trials::id.eq(new.id),
            trials::version.eq(new.version),
            trials::project_id.eq(new.project_id),
            trials::lang.eq(AsText(new.lang)),
            trials::hypothesis.eq(&new.hypothesis),
            trials::measure.eq(&new.measure),
            trials::participants.eq(&new.participants),
            trials::participant_count.eq(new.participant_count),
            trials::starts_on.eq(new.starts_on.map(AsText)),
            trials::ends_on.eq(new.ends_on.map(AsText)),
            trials::result.eq(new.result.map(AsText)),
            trials::learnt.eq(&new.learnt),
            trials::concluded_at.eq(new.concluded_at.map(At)),
            trials::created_at.eq(At(new.created_at)),
            trials::updated_at.eq(At(new.updated_at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes the present state of a trial.
pub fn update(conn: &mut Conn, tenant: TenantId, changed: &Trial) -> Result<()> {
    diesel::update(trials::table.find((tenant, changed.id)))
        .set((
            trials::version.eq(changed.version),
            trials::lang.eq(AsText(changed.lang)),
            trials::hypothesis.eq(&changed.hypothesis),
            trials::measure.eq(&changed.measure),
            trials::participants.eq(&changed.participants),
            trials::participant_count.eq(changed.participant_count),
            trials::starts_on.eq(changed.starts_on.map(AsText)),
            trials::ends_on.eq(changed.ends_on.map(AsText)),
            trials::result.eq(changed.result.map(AsText)),
            trials::learnt.eq(&changed.learnt),
            trials::concluded_at.eq(changed.concluded_at.map(At)),
            trials::updated_at.eq(At(changed.updated_at)),
        ))
        .execute(conn)?;
    Ok(())
}
