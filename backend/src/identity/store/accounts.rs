//! Accounts as they lie in the tables.

use crate::db::schema::{accounts, units};
use crate::db::types::{AsText, At};
use crate::db::{Conn, fold};
use crate::error::{OnUnique, Result};
use crate::http::cursor::Position;
use diesel::prelude::*;
use shared::comments::PersonMatch;
use shared::identity::{Account, AccountFilter, AccountStatus};
use shared::{AccountId, Lang, TenantId, UnitId};
use std::collections::HashMap;

crate::sql_ids!(AccountId);

#[derive(Queryable, Selectable)]
#[diesel(table_name = accounts)]
struct Row {
    id: AccountId,
    version: i64,
    name: String,
    email: String,
    lang: AsText<Lang>,
    unit_id: Option<UnitId>,
    status: AsText<AccountStatus>,
    factor_since: Option<At>,
    created_at: At,
    updated_at: At,
}

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            version: row.version,
            name: row.name,
            email: row.email,
            lang: row.lang.0,
            unit_id: row.unit_id,
            status: row.status.0,
            second_factor_since: row.factor_since.map(|at| at.0),
            created_at: row.created_at.0,
            updated_at: row.updated_at.0,
        }
    }
}

/// One account.
pub fn find(conn: &mut Conn, tenant: TenantId, id: AccountId) -> Result<Option<Account>> {
    let row = accounts::table.find((tenant, id)).select(Row::as_select()).first::<Row>(conn).optional()?;
    Ok(row.map(Into::into))
}

/// The account of an e-mail address, however it is written.
pub fn by_email(conn: &mut Conn, tenant: TenantId, email: &str) -> Result<Option<Account>> {
    let of_address = accounts::table.filter(accounts::tenant_id.eq(tenant)).filter(accounts::email_fold.eq(fold(email)));
    Ok(of_address.select(Row::as_select()).first::<Row>(conn).optional()?.map(Into::into))
}

/// Accounts by name, after a position.
pub fn list(conn: &mut Conn, tenant: TenantId, filter: &AccountFilter, after: Option<&Position>, rows: i64) -> Result<Vec<Account>> {
    let mut query = accounts::table.filter(accounts::tenant_id.eq(tenant)).select(Row::as_select()).into_boxed();
    if let Some(status) = filter.status {
        query = query.filter(accounts::status.eq(AsText(status)));
    }
    if let Some(q) = &filter.q {
        let pattern = contains(q);
        let in_name = accounts::name_fold.like(pattern.clone()).escape('\\');
        query = query.filter(in_name.or(accounts::email_fold.like(pattern).escape('\\')));
    }
    if let Some(after) = after {
        query = crate::from_position!(query, accounts::name_fold > after.key.clone(), accounts::id > after.raw_id());
    }
    let rows = query.order((accounts::name_fold.asc(), accounts::id.asc())).limit(rows).load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Accounts that are not out of use and have `q` in their name or are its address, by name.
pub fn matches(conn: &mut Conn, tenant: TenantId, q: &str, rows: i64) -> Result<Vec<Account>> {
    let fits = accounts::name_fold.like(contains(q)).escape('\\').or(accounts::email_fold.eq(fold(q)));
    let rows = accounts::table
        .filter(accounts::tenant_id.eq(tenant))
        .filter(accounts::status.ne(AsText(AccountStatus::Deactivated)))
        .filter(fits)
        .order((accounts::name_fold.asc(), accounts::id.asc()))
        .limit(rows)
        .select(Row::as_select())
        .load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The LIKE pattern of folded text that has `q` in it, whatever signs stand there.
fn contains(q: &str) -> String {
    let mut pattern = String::from("%");
    for c in fold(q).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// People in use a part of whose name begins so, with the names of their units, by name.
pub fn by_beginning(conn: &mut Conn, tenant: TenantId, q: &str, rows: i64) -> Result<Vec<PersonMatch>> {
    let inside = contains(q);
    let (first, later) = (inside.trim_start_matches('%').to_owned(), format!("% {}", inside.trim_start_matches('%')));
    let of_unit = units::tenant_id.eq(accounts::tenant_id).and(units::id.nullable().eq(accounts::unit_id));
    let rows = accounts::table
        .left_join(units::table.on(of_unit))
        .filter(accounts::tenant_id.eq(tenant))
        .filter(accounts::status.eq(AsText(AccountStatus::Active)))
        .filter(accounts::name_fold.like(first).escape('\\').or(accounts::name_fold.like(later).escape('\\')))
        .order((accounts::name_fold.asc(), accounts::id.asc()))
        .limit(rows)
        .select((accounts::id, accounts::name, units::name.nullable()))
        .load::<(AccountId, String, Option<String>)>(conn)?;
    Ok(rows.into_iter().map(|(id, name, unit_name)| PersonMatch { id, name, unit_name }).collect())
}

/// How many of some accounts are there and not out of use.
pub fn in_use(conn: &mut Conn, tenant: TenantId, ids: &[AccountId]) -> Result<usize> {
    if ids.is_empty() {
        return Ok(0);
    }
    let known = accounts::table
        .filter(accounts::tenant_id.eq(tenant))
        .filter(accounts::id.eq_any(ids.to_vec()))
        .filter(accounts::status.ne(AsText(AccountStatus::Deactivated)));
    Ok(usize::try_from(known.count().get_result::<i64>(conn)?).unwrap_or_default())
}

/// The names of some accounts.
pub fn names(conn: &mut Conn, tenant: TenantId, ids: Vec<AccountId>) -> Result<HashMap<AccountId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let named = accounts::table.filter(accounts::tenant_id.eq(tenant)).filter(accounts::id.eq_any(ids));
    Ok(named.select((accounts::id, accounts::name)).load::<(AccountId, String)>(conn)?.into_iter().collect())
}

/// Adds an account; its address is not taken.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Account, password_hash: Option<&str>) -> Result<()> {
    diesel::insert_into(accounts::table)
        .values((
            accounts::tenant_id.eq(tenant),
            accounts::id.eq(new.id),
            accounts::version.eq(new.version),
            accounts::name.eq(&new.name),
            accounts::name_fold.eq(fold(&new.name)),
            accounts::email.eq(&new.email),
            accounts::email_fold.eq(fold(&new.email)),
            accounts::lang.eq(AsText(new.lang)),
            accounts::unit_id.eq(new.unit_id),
            accounts::status.eq(AsText(new.status)),
            accounts::password_hash.eq(password_hash),
            accounts::created_at.eq(At(new.created_at)),
            accounts::updated_at.eq(At(new.updated_at)),
        ))
        .execute(conn)
        .on_unique("accounts_email_fold", "/email")?;
    Ok(())
}

/// Writes the present state of an account, all but its address and password.
pub fn update(conn: &mut Conn, tenant: TenantId, changed: &Account) -> Result<()> {
    diesel::update(accounts::table.find((tenant, changed.id)))
        .set((
            accounts::version.eq(changed.version),
            accounts::name.eq(&changed.name),
            accounts::name_fold.eq(fold(&changed.name)),
            accounts::lang.eq(AsText(changed.lang)),
            accounts::unit_id.eq(changed.unit_id),
            accounts::status.eq(AsText(changed.status)),
            accounts::updated_at.eq(At(changed.updated_at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whether the account has a password.
pub fn has_password(conn: &mut Conn, tenant: TenantId, id: AccountId) -> Result<bool> {
    let hash = accounts::table.find((tenant, id)).select(accounts::password_hash).first::<Option<String>>(conn).optional()?;
    Ok(hash.flatten().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_like_are_only_signs() {
        assert_eq!(contains(" Ä_50% "), "%ä\\_50\\%%");
    }
}
