//! Single-use links.

use crate::db::Conn;
use crate::db::schema::one_time_links as links;
use crate::db::types::{AsText, At};
use crate::error::Result;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::identity::LinkPurpose;
use shared::{AccountId, LinkId, TenantId};

crate::sql_ids!(LinkId);

/// A link as it is stored: of its secret only the hash.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = links)]
pub struct Row {
    pub tenant_id: TenantId,
    pub id: LinkId,
    pub purpose: AsText<LinkPurpose>,
    pub token_hash: Vec<u8>,
    pub account_id: Option<AccountId>,
    /// Who else has seen it.
    pub shown_to: Option<AccountId>,
    pub email: String,
    pub expires_at: At,
    pub used_at: Option<At>,
    pub created_at: At,
}

pub fn insert(conn: &mut Conn, row: &Row) -> Result<()> {
    diesel::insert_into(links::table).values(row).execute(conn)?;
    Ok(())
}

pub fn find(conn: &mut Conn, tenant: TenantId, hash: &[u8]) -> Result<Option<Row>> {
    let own = links::table.filter(links::tenant_id.eq(tenant)).filter(links::token_hash.eq(hash));
    Ok(own.select(Row::as_select()).first(conn).optional()?)
}

pub fn spend(conn: &mut Conn, tenant: TenantId, id: LinkId, now: Timestamp) -> Result<()> {
    let own = links::table.filter(links::tenant_id.eq(tenant)).filter(links::id.eq(id));
    diesel::update(own).set(links::used_at.eq(Some(At(now)))).execute(conn)?;
    Ok(())
}

/// Spends the links of an account that are still open.
pub fn spend_open(conn: &mut Conn, tenant: TenantId, account: AccountId, now: Timestamp) -> Result<()> {
    let open = links::table.filter(links::tenant_id.eq(tenant)).filter(links::account_id.eq(account)).filter(links::used_at.is_null());
    diesel::update(open).set(links::used_at.eq(Some(At(now)))).execute(conn)?;
    Ok(())
}

/// How many links for a purpose an account got since an instant.
pub fn made_since(conn: &mut Conn, tenant: TenantId, account: AccountId, purpose: LinkPurpose, since: Timestamp) -> Result<i64> {
    let own = links::table.filter(links::tenant_id.eq(tenant)).filter(links::account_id.eq(account));
    let recent = own.filter(links::purpose.eq(AsText(purpose))).filter(links::created_at.gt(At(since)));
    Ok(recent.count().get_result(conn)?)
}

/// Forgets links that were used or expired before an instant; of every tenant.
pub fn sweep(conn: &mut Conn, before: Timestamp) -> Result<usize> {
    let over = links::expires_at.lt(At(before)).or(links::used_at.assume_not_null().lt(At(before)));
    Ok(diesel::delete(links::table.filter(over)).execute(conn)?)
}
