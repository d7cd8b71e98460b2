//! How many projects may be in a stage, and how many are.

use crate::db::Conn;
use crate::db::schema::{board_limits as limits, projects};
use crate::db::types::AsText;
use crate::error::Result;
use diesel::prelude::*;
use shared::TenantId;
use shared::projects::ProjectStage;
use std::collections::HashMap;

/// Every bound that has been set.
pub fn all(conn: &mut Conn, tenant: TenantId) -> Result<HashMap<ProjectStage, i64>> {
    let own = limits::table.filter(limits::tenant_id.eq(tenant));
    let rows = own.select((limits::stage, limits::most)).load::<(AsText<ProjectStage>, i64)>(conn)?;
    Ok(rows.into_iter().map(|(stage, most)| (stage.0, most)).collect())
}

/// Sets a bound, or takes it away.
pub fn set(conn: &mut Conn, tenant: TenantId, stage: ProjectStage, most: Option<i64>) -> Result<()> {
    let key = (limits::tenant_id.eq(tenant), limits::stage.eq(AsText(stage)));
    diesel::delete(limits::table.find((tenant, AsText(stage)))).execute(conn)?;
    if let Some(most) = most {
        diesel::insert_into(limits::table).values((key, limits::most.eq(most))).execute(conn)?;
    }
    Ok(())
}

/// How many projects of the tenant are in a stage.
pub fn count(conn: &mut Conn, tenant: TenantId, stage: ProjectStage) -> Result<i64> {
    let own = projects::table.filter(projects::tenant_id.eq(tenant)).filter(projects::stage.eq(AsText(stage)));
    Ok(own.count().get_result(conn)?)
}
