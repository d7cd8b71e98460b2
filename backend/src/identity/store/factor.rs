//! Second factors: the sealed secret, the last code that was used, and hashes of recovery codes.

use crate::db::Conn;
use crate::db::schema::{accounts, recovery_codes};
use crate::db::types::At;
use crate::error::Result;
use crate::on_each_backend;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::{AccountId, TenantId};

/// Sealed secrets: the one that counts, and the one that is being set up.
#[derive(Debug, Default, Queryable, Selectable)]
#[diesel(table_name = accounts)]
pub struct Row {
    pub factor_secret: Option<Vec<u8>>,
    pub factor_pending: Option<Vec<u8>>,
}

/// The secrets of an account.
pub fn find(conn: &mut Conn, tenant: TenantId, account: AccountId) -> Result<Row> {
    Ok(accounts::table.find((tenant, account)).select(Row::as_select()).first(conn).optional()?.unwrap_or_default())
}

/// Lays a secret beside the one that counts.
pub fn set_pending(conn: &mut Conn, tenant: TenantId, account: AccountId, sealed: &[u8]) -> Result<()> {
    diesel::update(accounts::table.find((tenant, account))).set(accounts::factor_pending.eq(Some(sealed))).execute(conn)?;
    Ok(())
}

/// The secret that was being set up counts from now; the code of `step` has been used.
pub fn turn_on(conn: &mut Conn, tenant: TenantId, account: AccountId, sealed: &[u8], step: i64, now: Timestamp) -> Result<()> {
    diesel::update(accounts::table.find((tenant, account)))
        .set((
            accounts::factor_secret.eq(Some(sealed)),
            accounts::factor_pending.eq(None::<Vec<u8>>),
            accounts::factor_since.eq(Some(At(now))),
            accounts::factor_step.eq(step),
            accounts::version.eq(accounts::version + 1),
            accounts::updated_at.eq(At(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Forgets everything of a second factor.
pub fn turn_off(conn: &mut Conn, tenant: TenantId, account: AccountId, now: Timestamp) -> Result<()> {
    diesel::update(accounts::table.find((tenant, account)))
        .set((
            accounts::factor_secret.eq(None::<Vec<u8>>),
            accounts::factor_pending.eq(None::<Vec<u8>>),
            accounts::factor_since.eq(None::<At>),
            accounts::version.eq(accounts::version + 1),
            accounts::updated_at.eq(At(now)),
        ))
        .execute(conn)?;
    set_recovery_codes(conn, tenant, account, &[])
}

/// Uses the code of a half minute; not when it or a later one has been used.
pub fn use_step(conn: &mut Conn, tenant: TenantId, account: AccountId, step: i64) -> Result<bool> {
    let unused = accounts::table.find((tenant, account)).filter(accounts::factor_step.lt(step));
    Ok(diesel::update(unused).set(accounts::factor_step.eq(step)).execute(conn)? == 1)
}

/// Puts these recovery codes in place of all earlier ones.
pub fn set_recovery_codes(conn: &mut Conn, tenant: TenantId, account: AccountId, hashes: &[Vec<u8>]) -> Result<()> {
    let own = recovery_codes::table.filter(recovery_codes::tenant_id.eq(tenant)).filter(recovery_codes::account_id.eq(account));
    diesel::delete(own).execute(conn)?;
    let row = |hash: &Vec<u8>| {
        (recovery_codes::tenant_id.eq(tenant), recovery_codes::account_id.eq(account), recovery_codes::code_hash.eq(hash.clone()))
    };
    let rows: Vec<_> = hashes.iter().map(row).collect();
    on_each_backend!(conn, |conn| diesel::insert_into(recovery_codes::table).values(&rows).execute(conn))?;
    Ok(())
}

/// Uses a recovery code; not when it has been used or never was.
pub fn use_recovery_code(conn: &mut Conn, tenant: TenantId, account: AccountId, hash: &[u8]) -> Result<bool> {
    Ok(diesel::delete(recovery_codes::table.find((tenant, account, hash))).execute(conn)? == 1)
}

pub fn recovery_code_count(conn: &mut Conn, tenant: TenantId, account: AccountId) -> Result<i64> {
    let own = recovery_codes::table.filter(recovery_codes::tenant_id.eq(tenant)).filter(recovery_codes::account_id.eq(account));
    Ok(own.count().get_result(conn)?)
}
