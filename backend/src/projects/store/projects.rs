//! Projects one by one.

use super::row::{Names, Row};
use crate::db::Conn;
use crate::db::schema::{accounts, edition_groups as groups, project_members, project_stages, projects, stage_extensions, units};
use crate::error::Result;
use diesel::prelude::*;
use shared::{EditionId, ProjectId, TenantId, UnitId};

pub use super::row::Stored;

/// One project.
pub fn find(conn: &mut Conn, tenant: TenantId, id: ProjectId) -> Result<Option<Stored>> {
    let of_group = groups::tenant_id.eq(projects::tenant_id).and(groups::id.nullable().eq(projects::group_id));
    let of_unit = units::tenant_id.eq(projects::tenant_id).and(units::id.nullable().eq(projects::unit_id));
    let of_sponsor = accounts::tenant_id.eq(projects::tenant_id).and(accounts::id.nullable().eq(projects::sponsor_id));
    let found = projects::table
        .left_join(groups::table.on(of_group))
        .left_join(units::table.on(of_unit))
        .left_join(accounts::table.on(of_sponsor))
        .filter(projects::tenant_id.eq(tenant))
        .filter(projects::id.eq(id))
        .select((Row::as_select(), (groups::name.nullable(), units::name.nullable(), accounts::name.nullable())))
        .first::<(Row, Names)>(conn)
        .optional()?;
    Ok(found.map(|(row, names)| row.with(names)))
}

/// A project in a line.
pub struct Headed {
    pub id: ProjectId,
    pub version: i64,
    pub title: String,
    pub edition_id: Option<EditionId>,
    pub unit_id: Option<UnitId>,
}

/// Those of some projects that there are.
pub fn headed(conn: &mut Conn, tenant: TenantId, ids: &[ProjectId]) -> Result<Vec<Headed>> {
    let own = projects::table.filter(projects::tenant_id.eq(tenant)).filter(projects::id.eq_any(ids.to_vec()));
    let columns = (projects::id, projects::version, projects::title, projects::edition_id, projects::unit_id);
    let rows = own.select(columns).load::<(ProjectId, i64, String, Option<EditionId>, Option<UnitId>)>(conn)?;
    let one = |(id, version, title, edition_id, unit_id)| Headed { id, version, title, edition_id, unit_id };
    Ok(rows.into_iter().map(one).collect())
}

/// Adds a project.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Stored) -> Result<()> {
    diesel::insert_into(projects::table).values(Row::of(tenant, new)).execute(conn)?;
    Ok(())
}

/// Writes the present state of a project.
pub fn update(conn: &mut Conn, tenant: TenantId, changed: &Stored) -> Result<()> {
    let row = Row::of(tenant, changed);
    diesel::update(projects::table.find((tenant, changed.project.id)))
        .set((
            projects::version.eq(row.version),
            projects::edition_id.eq(row.edition_id),
            projects::group_id.eq(row.group_id),
            projects::unit_id.eq(row.unit_id),
            projects::title.eq(row.title),
            projects::lang.eq(row.lang),
            projects::stage.eq(row.stage),
            projects::stage_started_at.eq(row.stage_started_at),
            projects::due_at.eq(row.due_at),
            projects::first_due_at.eq(row.first_due_at),
            projects::returns_to.eq(row.returns_to),
            projects::waiting_reason.eq(row.waiting_reason),
            projects::need.eq(row.need),
            projects::evidence.eq(row.evidence),
            projects::idea.eq(row.idea),
            projects::theme.eq(row.theme),
            projects::theme_fold.eq(row.theme_fold),
            projects::customer_group.eq(row.customer_group),
            projects::process.eq(row.process),
            projects::labels.eq(row.labels),
            projects::checklist.eq(row.checklist),
            projects::sponsor_id.eq(row.sponsor_id),
            projects::sponsored_at.eq(row.sponsored_at),
            projects::learnt.eq(row.learnt),
            projects::continues_id.eq(row.continues_id),
            projects::continued_in_id.eq(row.continued_in_id),
            projects::updated_at.eq(row.updated_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes a project away with its people and its history.
pub fn delete(conn: &mut Conn, tenant: TenantId, id: ProjectId) -> Result<()> {
    let extensions = stage_extensions::table.filter(stage_extensions::tenant_id.eq(tenant));
    diesel::delete(extensions.filter(stage_extensions::project_id.eq(id))).execute(conn)?;
    let stages = project_stages::table.filter(project_stages::tenant_id.eq(tenant));
    diesel::delete(stages.filter(project_stages::project_id.eq(id))).execute(conn)?;
    let members = project_members::table.filter(project_members::tenant_id.eq(tenant));
    diesel::delete(members.filter(project_members::project_id.eq(id))).execute(conn)?;
    diesel::delete(projects::table.find((tenant, id))).execute(conn)?;
    Ok(())
}

/// Whether another project continues this one or goes on in it.
pub fn is_continued(conn: &mut Conn, tenant: TenantId, id: ProjectId) -> Result<bool> {
    let own = projects::table.filter(projects::tenant_id.eq(tenant));
    let points = projects::continues_id.eq(id).or(projects::continued_in_id.eq(id));
    Ok(own.filter(points).select(projects::version).first::<i64>(conn).optional()?.is_some())
}

/// What a project continues and in what it goes on; none of one that is not there.
pub fn links(conn: &mut Conn, tenant: TenantId, id: ProjectId) -> Result<Option<(Option<ProjectId>, Option<ProjectId>)>> {
    let links = projects::table.find((tenant, id)).select((projects::continues_id, projects::continued_in_id));
    Ok(links.first::<(Option<ProjectId>, Option<ProjectId>)>(conn).optional()?)
}
