//! Organisations as they lie in the tables.

use crate::db::schema::{organisations, units};
use crate::db::types::{AsText, At};
use crate::db::{Conn, fold};
use crate::error::{OnUnique, Result};
use crate::http::cursor::Position;
use diesel::prelude::*;
use shared::identity::{Organisation, OrganisationKind};
use shared::{OrganisationId, TenantId};

crate::sql_ids!(OrganisationId);

#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
struct Row {
    id: OrganisationId,
    version: i64,
    name: String,
    kind: AsText<OrganisationKind>,
    created_at: At,
    updated_at: At,
}

impl From<Row> for Organisation {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            version: row.version,
            name: row.name,
            kind: row.kind.0,
            created_at: row.created_at.0,
            updated_at: row.updated_at.0,
        }
    }
}

/// One organisation.
pub fn find(conn: &mut Conn, tenant: TenantId, id: OrganisationId) -> Result<Option<Organisation>> {
    let row = organisations::table.find((tenant, id)).select(Row::as_select()).first::<Row>(conn).optional()?;
    Ok(row.map(Into::into))
}

/// Organisations by name, after a position.
pub fn list(conn: &mut Conn, tenant: TenantId, after: Option<&Position>, rows: i64) -> Result<Vec<Organisation>> {
    let mut query = organisations::table.filter(organisations::tenant_id.eq(tenant)).select(Row::as_select()).into_boxed();
    if let Some(after) = after {
        query = crate::from_position!(query, organisations::name_fold > after.key.clone(), organisations::id > after.raw_id());
    }
    let rows = query.order((organisations::name_fold.asc(), organisations::id.asc())).limit(rows).load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Adds an organisation; its name is not taken.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Organisation) -> Result<()> {
    diesel::insert_into(organisations::table)
        .values((
            organisations::tenant_id.eq(tenant),
            organisations::id.eq(new.id),
            organisations::version.eq(new.version),
            organisations::name.eq(&new.name),
            organisations::name_fold.eq(fold(&new.name)),
            organisations::kind.eq(AsText(new.kind)),
            organisations::created_at.eq(At(new.created_at)),
            organisations::updated_at.eq(At(new.updated_at)),
        ))
        .execute(conn)
        .on_unique("organisations_name_fold", "/name")?;
    Ok(())
}

/// Writes the present state of an organisation.
pub fn update(conn: &mut Conn, tenant: TenantId, changed: &Organisation) -> Result<()> {
    diesel::update(organisations::table.find((tenant, changed.id)))
        .set((
            organisations::version.eq(changed.version),
            organisations::name.eq(&changed.name),
            organisations::name_fold.eq(fold(&changed.name)),
            organisations::kind.eq(AsText(changed.kind)),
            organisations::updated_at.eq(At(changed.updated_at)),
        ))
        .execute(conn)
        .on_unique("organisations_name_fold", "/name")?;
    Ok(())
}

/// Whether any unit belongs to it.
pub fn has_units(conn: &mut Conn, tenant: TenantId, id: OrganisationId) -> Result<bool> {
    let found = units::table
        .filter(units::tenant_id.eq(tenant))
        .filter(units::organisation_id.eq(id))
        .select(units::version)
        .first::<i64>(conn)
        .optional()?;
    Ok(found.is_some())
}

/// Takes an organisation away.
pub fn delete(conn: &mut Conn, tenant: TenantId, id: OrganisationId) -> Result<()> {
    diesel::delete(organisations::table.find((tenant, id))).execute(conn)?;
    Ok(())
}
