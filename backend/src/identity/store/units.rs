//! Units as they lie in the tables.

use crate::db::schema::{accounts, adoptions, projects, units};
use crate::db::types::{AsText, At};
use crate::db::{Conn, fold};
use crate::error::{OnUnique, Result};
use crate::http::cursor::Position;
use diesel::prelude::*;
use shared::identity::{Sector, Unit};
use shared::{OrganisationId, TenantId, UnitId};

crate::sql_ids!(UnitId);

#[derive(Queryable, Selectable)]
#[diesel(table_name = units)]
struct Row {
    id: UnitId,
    version: i64,
    organisation_id: OrganisationId,
    parent_id: Option<UnitId>,
    name: String,
    sector: AsText<Sector>,
    municipality: String,
    created_at: At,
    updated_at: At,
}

impl From<Row> for Unit {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            version: row.version,
            organisation_id: row.organisation_id,
            parent_id: row.parent_id,
            name: row.name,
            sector: row.sector.0,
            municipality: row.municipality,
            created_at: row.created_at.0,
            updated_at: row.updated_at.0,
        }
    }
}

/// One unit.
pub fn find(conn: &mut Conn, tenant: TenantId, id: UnitId) -> Result<Option<Unit>> {
    let row = units::table.find((tenant, id)).select(Row::as_select()).first::<Row>(conn).optional()?;
    Ok(row.map(Into::into))
}

/// Units by name, after a position; of one organisation when told.
pub fn list(
    conn: &mut Conn,
    tenant: TenantId,
    organisation: Option<OrganisationId>,
    after: Option<&Position>,
    rows: i64,
) -> Result<Vec<Unit>> {
    let mut query = units::table.filter(units::tenant_id.eq(tenant)).select(Row::as_select()).into_boxed();
    if let Some(organisation) = organisation {
        query = query.filter(units::organisation_id.eq(organisation));
    }
    if let Some(after) = after {
        query = crate::from_position!(query, units::name_fold > after.key.clone(), units::id > after.raw_id());
    }
    let rows = query.order((units::name_fold.asc(), units::id.asc())).limit(rows).load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Every unit of an organisation with the unit above it.
pub fn tree(conn: &mut Conn, tenant: TenantId, organisation: OrganisationId) -> Result<Vec<(UnitId, Option<UnitId>)>> {
    let of_organisation = units::table.filter(units::tenant_id.eq(tenant)).filter(units::organisation_id.eq(organisation));
    Ok(of_organisation.select((units::id, units::parent_id)).load::<(UnitId, Option<UnitId>)>(conn)?)
}

/// Adds a unit; its name is not taken in the organisation.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Unit) -> Result<()> {
    diesel::insert_into(units::table)
        .values((
            units::tenant_id.eq(tenant),
            units::id.eq(new.id),
            units::version.eq(new.version),
            units::organisation_id.eq(new.organisation_id),
            units::parent_id.eq(new.parent_id),
            units::name.eq(&new.name),
            units::name_fold.eq(fold(&new.name)),
            units::sector.eq(AsText(new.sector)),
            units::municipality.eq(&new.municipality),
            units::created_at.eq(At(new.created_at)),
            units::updated_at.eq(At(new.updated_at)),
        ))
        .execute(conn)
        .on_unique("units_name_fold", "/name")?;
    Ok(())
}

/// Writes the present state of a unit; its organisation stays.
pub fn update(conn: &mut Conn, tenant: TenantId, changed: &Unit) -> Result<()> {
    diesel::update(units::table.find((tenant, changed.id)))
        .set((
            units::version.eq(changed.version),
            units::parent_id.eq(changed.parent_id),
            units::name.eq(&changed.name),
            units::name_fold.eq(fold(&changed.name)),
            units::sector.eq(AsText(changed.sector)),
            units::municipality.eq(&changed.municipality),
            units::updated_at.eq(At(changed.updated_at)),
        ))
        .execute(conn)
        .on_unique("units_name_fold", "/name")?;
    Ok(())
}

/// Whether units lie under it, accounts belong to it, projects are for it, or it was asked about one.
pub fn is_used(conn: &mut Conn, tenant: TenantId, id: UnitId) -> Result<bool> {
    let under = units::table.filter(units::tenant_id.eq(tenant)).filter(units::parent_id.eq(id));
    if under.select(units::version).first::<i64>(conn).optional()?.is_some() {
        return Ok(true);
    }
    let people = accounts::table.filter(accounts::tenant_id.eq(tenant)).filter(accounts::unit_id.eq(id));
    if people.select(accounts::version).first::<i64>(conn).optional()?.is_some() {
        return Ok(true);
    }
    let needed = projects::table.filter(projects::tenant_id.eq(tenant)).filter(projects::unit_id.eq(id));
    if needed.select(projects::version).first::<i64>(conn).optional()?.is_some() {
        return Ok(true);
    }
    let asked = adoptions::table.filter(adoptions::tenant_id.eq(tenant)).filter(adoptions::unit_id.eq(id));
    Ok(asked.select(adoptions::version).first::<i64>(conn).optional()?.is_some())
}

/// Takes a unit away.
pub fn delete(conn: &mut Conn, tenant: TenantId, id: UnitId) -> Result<()> {
    diesel::delete(units::table.find((tenant, id))).execute(conn)?;
    Ok(())
}
