//! How people sign in to a tenant, and how many of its staff have a second factor.

use crate::db::Conn;
use crate::db::schema::{accounts, grants, sign_in_policies as policies};
use crate::db::types::{AsText, At};
use crate::error::Result;
use diesel::prelude::*;
use jiff::Timestamp;
use jiff::civil::Date;
use shared::identity::AccountStatus;
use shared::{AccountId, TenantId};
use std::collections::BTreeMap;

/// Version and day; none while the tenant has never chosen.
pub fn find(conn: &mut Conn, tenant: TenantId) -> Result<Option<(i64, Option<Date>)>> {
    let own = policies::table.find(tenant).select((policies::version, policies::second_factor_required_on));
    let row = own.first::<(i64, Option<AsText<Date>>)>(conn).optional()?;
    Ok(row.map(|(version, day)| (version, day.map(|day| day.0))))
}

/// Writes a version in place of the one before.
pub fn save(conn: &mut Conn, tenant: TenantId, version: i64, required_on: Option<Date>) -> Result<()> {
    diesel::delete(policies::table.find(tenant)).execute(conn)?;
    diesel::insert_into(policies::table)
        .values((
            policies::tenant_id.eq(tenant),
            policies::version.eq(version),
            policies::second_factor_required_on.eq(required_on.map(AsText)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Active accounts with a role in force, each with whether it has a second factor.
pub fn staff(conn: &mut Conn, tenant: TenantId, now: Timestamp) -> Result<BTreeMap<AccountId, bool>> {
    let same_account = accounts::tenant_id.eq(grants::tenant_id).and(accounts::id.eq(grants::account_id));
    let rows = grants::table
        .inner_join(accounts::table.on(same_account))
        .filter(grants::tenant_id.eq(tenant))
        .filter(grants::valid_from.le(At(now)))
        .filter(grants::valid_to.is_null().or(grants::valid_to.gt(At(now))))
        .filter(accounts::status.eq(AsText(AccountStatus::Active)))
        .select((accounts::id, accounts::factor_since))
        .load::<(AccountId, Option<At>)>(conn)?;
    Ok(rows.into_iter().map(|(account, since)| (account, since.is_some())).collect())
}
