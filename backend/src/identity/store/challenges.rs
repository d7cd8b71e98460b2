//! Sign-ins that wait for their second step: of the token only the hash.

use crate::db::Conn;
use crate::db::schema::sign_in_challenges as challenges;
use crate::db::types::{AsText, At};
use crate::error::Result;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::identity::SessionKind;
use shared::{AccountId, TenantId};

/// A sign-in whose password was right.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = challenges)]
pub struct Row {
    pub tenant_id: TenantId,
    pub token_hash: Vec<u8>,
    pub account_id: AccountId,
    pub kind: AsText<SessionKind>,
    pub device: String,
    pub failure_count: i64,
    pub expires_at: At,
}

pub fn insert(conn: &mut Conn, row: &Row) -> Result<()> {
    diesel::insert_into(challenges::table).values(row).execute(conn)?;
    Ok(())
}

pub fn find(conn: &mut Conn, tenant: TenantId, hash: &[u8]) -> Result<Option<Row>> {
    Ok(challenges::table.find((tenant, hash)).select(Row::as_select()).first(conn).optional()?)
}

pub fn count_failure(conn: &mut Conn, tenant: TenantId, hash: &[u8]) -> Result<()> {
    diesel::update(challenges::table.find((tenant, hash)))
        .set(challenges::failure_count.eq(challenges::failure_count + 1))
        .execute(conn)?;
    Ok(())
}

pub fn delete(conn: &mut Conn, tenant: TenantId, hash: &[u8]) -> Result<()> {
    diesel::delete(challenges::table.find((tenant, hash))).execute(conn)?;
    Ok(())
}

/// Forgets those that have expired; of every tenant.
pub fn sweep(conn: &mut Conn, now: Timestamp) -> Result<usize> {
    Ok(diesel::delete(challenges::table.filter(challenges::expires_at.le(At(now)))).execute(conn)?)
}

pub fn delete_all(conn: &mut Conn, tenant: TenantId, account: AccountId) -> Result<()> {
    let own = challenges::table.filter(challenges::tenant_id.eq(tenant)).filter(challenges::account_id.eq(account));
    diesel::delete(own).execute(conn)?;
    Ok(())
}

pub fn delete_everybodys(conn: &mut Conn, tenant: TenantId) -> Result<()> {
    diesel::delete(challenges::table.filter(challenges::tenant_id.eq(tenant))).execute(conn)?;
    Ok(())
}
