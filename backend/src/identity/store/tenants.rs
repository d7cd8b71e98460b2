//! Tenants.

use crate::db::Conn;
use crate::db::schema::tenants;
use crate::db::types::At;
use crate::error::Result;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::TenantId;

crate::sql_ids!(TenantId);

/// A tenant to be made.
pub struct NewTenant<'a> {
    pub slug: &'a str,
    pub name: &'a str,
    pub host: Option<&'a str>,
    pub is_default: bool,
    pub is_demo: bool,
}

/// Makes a tenant.
pub fn insert(conn: &mut Conn, id: TenantId, new: &NewTenant<'_>, now: Timestamp) -> Result<()> {
    diesel::insert_into(tenants::table)
        .values((
            tenants::id.eq(id),
            tenants::slug.eq(new.slug),
            tenants::name.eq(new.name),
            tenants::host.eq(new.host),
            tenants::is_default.eq(new.is_default),
            tenants::is_demo.eq(new.is_demo),
            tenants::created_at.eq(At(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// The tenant that a host name leads to, else the default one.
pub fn of_host(conn: &mut Conn, host: &str) -> Result<Option<TenantId>> {
    let own = tenants::table.filter(tenants::host.eq(host)).select(tenants::id).first(conn).optional()?;
    match own {
        Some(id) => Ok(Some(id)),
        None => default(conn),
    }
}

/// The tenant of those who come by no name of its own.
pub fn default(conn: &mut Conn) -> Result<Option<TenantId>> {
    Ok(tenants::table.filter(tenants::is_default.eq(true)).select(tenants::id).first(conn).optional()?)
}

/// The host name that leads to a tenant, if it has one of its own.
pub fn host(conn: &mut Conn, tenant: TenantId) -> Result<Option<String>> {
    Ok(tenants::table.filter(tenants::id.eq(tenant)).select(tenants::host).first(conn)?)
}

/// Every tenant.
pub fn all(conn: &mut Conn) -> Result<Vec<TenantId>> {
    Ok(tenants::table.select(tenants::id).order(tenants::created_at).load(conn)?)
}

/// Any tenant, if there is one.
pub fn any(conn: &mut Conn) -> Result<Option<TenantId>> {
    Ok(tenants::table.select(tenants::id).first(conn).optional()?)
}

/// Name, and whether its data is the invented demo world.
pub fn describe(conn: &mut Conn, tenant: TenantId) -> Result<(String, bool)> {
    Ok(tenants::table.filter(tenants::id.eq(tenant)).select((tenants::name, tenants::is_demo)).first(conn)?)
}

/// Whether any tenant is a demo world.
pub fn any_demo(conn: &mut Conn) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(tenants::table.filter(tenants::is_demo.eq(true)))).get_result(conn)?)
}
