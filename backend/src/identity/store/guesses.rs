//! Tries to sign in, and the networks that are shut out for them. Addresses, networks and passwords are keyed hashes.

use crate::db::Conn;
use crate::db::schema::{accounts, sign_in_blocks as blocks, sign_in_failures as tries};
use crate::db::types::{At, RawId};
use crate::error::Result;
use crate::on_each_backend;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::{AccountId, TenantId};

/// One try, as keyed hashes: who from where with what.
#[derive(Clone, Debug)]
pub struct Try {
    pub net: Vec<u8>,
    pub account: Vec<u8>,
    pub pair: Vec<u8>,
}

/// A try that has been counted and whose outcome is not known yet.
#[derive(Clone, Copy, Debug)]
pub struct Counted(RawId);

/// Counts a try.
pub fn insert(conn: &mut Conn, tenant: TenantId, attempt: &Try, now: Timestamp) -> Result<Counted> {
    let id = RawId(uuid::Uuid::new_v4());
    diesel::insert_into(tries::table)
        .values((
            tries::tenant_id.eq(tenant),
            tries::id.eq(id),
            tries::net_key.eq(&attempt.net),
            tries::account_key.eq(&attempt.account),
            tries::pair_key.eq(&attempt.pair),
            tries::at.eq(At(now)),
            tries::wrong.eq(false),
        ))
        .execute(conn)?;
    Ok(Counted(id))
}

/// Says of a try that it was wrong.
pub fn mark_wrong(conn: &mut Conn, tenant: TenantId, counted: Counted) -> Result<()> {
    diesel::update(tries::table.find((tenant, counted.0))).set(tries::wrong.eq(true)).execute(conn)?;
    Ok(())
}

/// Takes back what was tried on an account from a network.
pub fn forgive(conn: &mut Conn, tenant: TenantId, attempt: &Try) -> Result<()> {
    let own = tries::table.filter(tries::tenant_id.eq(tenant)).filter(tries::net_key.eq(&attempt.net));
    diesel::delete(own.filter(tries::account_key.eq(&attempt.account))).execute(conn)?;
    Ok(())
}

/// When the account was tried from the network since an instant, newest first; no more than `most`.
pub fn of_account(conn: &mut Conn, tenant: TenantId, attempt: &Try, since: Timestamp, most: i64) -> Result<Vec<Timestamp>> {
    let times = tries::table
        .filter(tries::tenant_id.eq(tenant))
        .filter(tries::net_key.eq(&attempt.net))
        .filter(tries::account_key.eq(&attempt.account))
        .filter(tries::at.gt(At(since)))
        .order(tries::at.desc())
        .limit(most)
        .select(tries::at)
        .load::<At>(conn)?;
    Ok(times.into_iter().map(|at| at.0).collect())
}

/// When the network was last wrong for the `nth` time, counted from the newest; nothing when it has not been so often.
pub fn nth_wrong(conn: &mut Conn, tenant: TenantId, net: &[u8], nth: i64) -> Result<Option<Timestamp>> {
    let at = tries::table
        .filter(tries::tenant_id.eq(tenant))
        .filter(tries::net_key.eq(net))
        .filter(tries::wrong.eq(true))
        .order(tries::at.desc())
        .offset(nth - 1)
        .select(tries::at)
        .first::<At>(conn)
        .optional()?;
    Ok(at.map(|at| at.0))
}

/// How many different wrong pairs came from the network since an instant; no more than `most` are counted.
pub fn wrong_pairs(conn: &mut Conn, tenant: TenantId, net: &[u8], since: Timestamp, most: i64) -> Result<usize> {
    let pairs = tries::table
        .filter(tries::tenant_id.eq(tenant))
        .filter(tries::net_key.eq(net))
        .filter(tries::wrong.eq(true))
        .filter(tries::at.gt(At(since)))
        .select(tries::pair_key)
        .distinct()
        .limit(most)
        .load::<Vec<u8>>(conn)?;
    Ok(pairs.len())
}

/// Until when the network is shut out, or was.
pub fn block(conn: &mut Conn, tenant: TenantId, net: &[u8]) -> Result<Option<Timestamp>> {
    let until = blocks::table.filter(blocks::tenant_id.eq(tenant)).filter(blocks::net_key.eq(net)).select(blocks::until);
    Ok(until.first::<At>(conn).optional()?.map(|at| at.0))
}

/// Shuts a network out.
pub fn insert_block(conn: &mut Conn, tenant: TenantId, net: &[u8], until: Timestamp) -> Result<()> {
    let values = (blocks::tenant_id.eq(tenant), blocks::net_key.eq(net), blocks::until.eq(At(until)));
    on_each_backend!(conn, |conn| diesel::insert_into(blocks::table)
        .values(values)
        .on_conflict((blocks::tenant_id, blocks::net_key))
        .do_update()
        .set(blocks::until.eq(At(until)))
        .execute(conn))?;
    Ok(())
}

/// Adds one to an account's wrong passwords in a row.
pub fn count_wrong(conn: &mut Conn, tenant: TenantId, account: AccountId) -> Result<()> {
    diesel::update(accounts::table.find((tenant, account)))
        .set(accounts::wrong_password_count.eq(accounts::wrong_password_count + 1))
        .execute(conn)?;
    Ok(())
}

/// Begins the count of an account's wrong passwords anew.
pub fn reset_wrong(conn: &mut Conn, tenant: TenantId, account: AccountId) -> Result<()> {
    diesel::update(accounts::table.find((tenant, account)).filter(accounts::wrong_password_count.gt(0)))
        .set(accounts::wrong_password_count.eq(0))
        .execute(conn)?;
    Ok(())
}

/// Forgets tries before an instant, and blocks that ended before `now`; of every tenant.
pub fn sweep(conn: &mut Conn, before: Timestamp, now: Timestamp) -> Result<usize> {
    let old = diesel::delete(tries::table.filter(tries::at.lt(At(before)))).execute(conn)?;
    Ok(old + diesel::delete(blocks::table.filter(blocks::until.le(At(now)))).execute(conn)?)
}
