//! The histories of all projects at once, for figures.

use crate::db::Conn;
use crate::db::schema::{editions, project_stages as stages, projects, units};
use crate::db::types::{AsText, At};
use crate::error::Result;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::projects::ProjectStage;
use shared::{ProgrammeId, ProjectId, TenantId, UnitId};

/// One period of one project, with where the project belongs.
pub struct Past {
    pub project: ProjectId,
    pub unit: Option<(UnitId, String)>,
    pub programme: Option<ProgrammeId>,
    pub stage: ProjectStage,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

type Row = (ProjectId, Option<UnitId>, Option<String>, Option<ProgrammeId>, AsText<ProjectStage>, At, Option<At>);

/// Every period of every project.
pub fn all(conn: &mut Conn, tenant: TenantId) -> Result<Vec<Past>> {
    let of_project = projects::tenant_id.eq(stages::tenant_id).and(projects::id.eq(stages::project_id));
    let of_unit = units::tenant_id.eq(projects::tenant_id).and(units::id.nullable().eq(projects::unit_id));
    let of_edition = editions::tenant_id.eq(projects::tenant_id).and(editions::id.nullable().eq(projects::edition_id));
    let rows = stages::table
        .inner_join(projects::table.on(of_project))
        .left_join(units::table.on(of_unit))
        .left_join(editions::table.on(of_edition))
        .filter(stages::tenant_id.eq(tenant))
        .select((
            stages::project_id,
            projects::unit_id,
            units::name.nullable(),
            editions::programme_id.nullable(),
            stages::stage,
            stages::started_at,
            stages::ended_at,
        ))
        .load::<Row>(conn)?;
    let past = |(project, unit, name, programme, stage, started_at, ended_at): Row| Past {
        project,
        unit: unit.zip(name),
        programme,
        stage: stage.0,
        started_at: started_at.0,
        ended_at: ended_at.map(|at| at.0),
    };
    Ok(rows.into_iter().map(past).collect())
}
