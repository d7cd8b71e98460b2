//! Published results: snapshots that are only ever added.

use crate::db::Conn;
use crate::db::schema::result_snapshots as snapshots;
use crate::db::types::{At, Json};
use crate::error::Result;
use diesel::prelude::*;
use shared::training::EditionResults;
use shared::{EditionId, ProgrammeId, TenantId};

/// The published result of an edition.
pub fn find(conn: &mut Conn, tenant: TenantId, edition: EditionId) -> Result<Option<EditionResults>> {
    let content = snapshots::table.find((tenant, edition)).select(snapshots::content).first::<Json<EditionResults>>(conn).optional()?;
    Ok(content.map(|content| content.0))
}

/// The published results of a programme.
pub fn of_programme(conn: &mut Conn, tenant: TenantId, programme: ProgrammeId) -> Result<Vec<EditionResults>> {
    let rows = snapshots::table
        .filter(snapshots::tenant_id.eq(tenant))
        .filter(snapshots::programme_id.eq(programme))
        .select(snapshots::content)
        .load::<Json<EditionResults>>(conn)?;
    Ok(rows.into_iter().map(|content| content.0).collect())
}

/// Adds the result of an edition, for good.
pub fn insert(conn: &mut Conn, tenant: TenantId, results: &EditionResults) -> Result<()> {
    diesel::insert_into(snapshots::table)
        .values((
            snapshots::tenant_id.eq(tenant),
            snapshots::edition_id.eq(results.edition_id),
            snapshots::programme_id.eq(results.programme_id),
            snapshots::published_at.eq(At(results.published_at)),
            snapshots::content.eq(Json(results.clone())),
        ))
        .execute(conn)?;
    Ok(())
}
