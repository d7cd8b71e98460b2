//! Sessions and refresh tokens, and those who may sign in.

use crate::db::Conn;
use crate::db::schema::{accounts, refresh_tokens, sessions};
use crate::db::types::{AsText, At, RawId};
use crate::error::Result;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::identity::{AccountStatus, SessionKind};
use shared::{AccountId, Lang, SessionId, TenantId, UnitId};

crate::sql_ids!(SessionId);

/// A session as it is stored.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub struct Row {
    pub tenant_id: TenantId,
    pub id: SessionId,
    pub account_id: AccountId,
    pub kind: AsText<SessionKind>,
    pub device: String,
    pub created_at: At,
    pub last_seen_at: At,
    pub expires_at: At,
    pub revoked_at: Option<At>,
    pub confirmed_at: Option<At>,
}

/// A password to set: its hash, and whether it is too short to stand without a second factor.
#[derive(Clone, Debug)]
pub struct NewPassword {
    pub hash: String,
    pub is_short: bool,
}

/// One who may sign in, with what decides how.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = accounts)]
pub struct Candidate {
    pub id: AccountId,
    pub password_hash: Option<String>,
    /// Wrong passwords and codes in a row.
    pub wrong_password_count: i64,
    pub status: AsText<AccountStatus>,
    pub name: String,
    pub email: String,
    pub lang: AsText<Lang>,
    pub unit_id: Option<UnitId>,
    /// Since when there is a second factor.
    pub factor_since: Option<At>,
    /// Whether the password is too short to stand without one.
    pub short_password: bool,
}

pub fn candidate_by_email(conn: &mut Conn, tenant: TenantId, email: &str) -> Result<Option<Candidate>> {
    let own = accounts::table.filter(accounts::tenant_id.eq(tenant)).filter(accounts::email_fold.eq(crate::db::fold(email)));
    Ok(own.select(Candidate::as_select()).first(conn).optional()?)
}

pub fn candidate_by_id(conn: &mut Conn, tenant: TenantId, id: AccountId) -> Result<Option<Candidate>> {
    Ok(accounts::table.find((tenant, id)).select(Candidate::as_select()).first(conn).optional()?)
}

/// Sets a new password; an invited account becomes active by it, and wrong ones are counted anew.
pub fn set_password(conn: &mut Conn, tenant: TenantId, id: AccountId, new: &NewPassword, now: Timestamp) -> Result<()> {
    diesel::update(accounts::table.filter(accounts::tenant_id.eq(tenant)).filter(accounts::id.eq(id)))
        .set((
            accounts::password_hash.eq(Some(&new.hash)),
            accounts::short_password.eq(new.is_short),
            accounts::wrong_password_count.eq(0),
            accounts::status.eq(AsText(AccountStatus::Active)),
            accounts::version.eq(accounts::version + 1),
            accounts::updated_at.eq(At(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Puts another hash of the same password in its place.
pub fn renew_hash(conn: &mut Conn, tenant: TenantId, id: AccountId, hash: &str) -> Result<()> {
    diesel::update(accounts::table.find((tenant, id))).set(accounts::password_hash.eq(Some(hash))).execute(conn)?;
    Ok(())
}

/// Takes the password away: nobody signs in until a link has set another.
pub fn forget_password(conn: &mut Conn, tenant: TenantId, id: AccountId) -> Result<()> {
    diesel::update(accounts::table.find((tenant, id)))
        .set((accounts::password_hash.eq(None::<String>), accounts::short_password.eq(false)))
        .execute(conn)?;
    Ok(())
}

/// Sets a new e-mail address.
pub fn set_email(conn: &mut Conn, tenant: TenantId, id: AccountId, email: &str, now: Timestamp) -> diesel::QueryResult<usize> {
    diesel::update(accounts::table.filter(accounts::tenant_id.eq(tenant)).filter(accounts::id.eq(id)))
        .set((
            accounts::email.eq(email),
            accounts::email_fold.eq(crate::db::fold(email)),
            accounts::version.eq(accounts::version + 1),
            accounts::updated_at.eq(At(now)),
        ))
        .execute(conn)
}

pub fn insert(conn: &mut Conn, row: &Row) -> Result<()> {
    diesel::insert_into(sessions::table).values(row).execute(conn)?;
    Ok(())
}

/// Whether anybody of any tenant has ever signed in, as far as is remembered.
pub fn any(conn: &mut Conn) -> Result<bool> {
    Ok(sessions::table.select(sessions::id).first::<SessionId>(conn).optional()?.is_some())
}

pub fn find(conn: &mut Conn, tenant: TenantId, id: SessionId) -> Result<Option<Row>> {
    let own = sessions::table.filter(sessions::tenant_id.eq(tenant)).filter(sessions::id.eq(id));
    Ok(own.select(Row::as_select()).first(conn).optional()?)
}

/// The account's sessions that are alive, newest first.
pub fn alive(conn: &mut Conn, tenant: TenantId, account: AccountId, now: Timestamp) -> Result<Vec<Row>> {
    let rows: Vec<Row> = sessions::table
        .filter(sessions::tenant_id.eq(tenant))
        .filter(sessions::account_id.eq(account))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(At(now)))
        .order(sessions::id.desc())
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows)
}

pub fn revoke(conn: &mut Conn, tenant: TenantId, id: SessionId, now: Timestamp) -> Result<usize> {
    let open = sessions::table.filter(sessions::tenant_id.eq(tenant)).filter(sessions::id.eq(id)).filter(sessions::revoked_at.is_null());
    Ok(diesel::update(open).set(sessions::revoked_at.eq(Some(At(now)))).execute(conn)?)
}

pub fn revoke_all(conn: &mut Conn, tenant: TenantId, account: AccountId, except: Option<SessionId>, now: Timestamp) -> Result<usize> {
    let open = sessions::table
        .filter(sessions::tenant_id.eq(tenant))
        .filter(sessions::account_id.eq(account))
        .filter(sessions::revoked_at.is_null());
    // No session has the nil id.
    let kept = RawId(except.map_or(uuid::Uuid::nil(), |id| id.0));
    Ok(diesel::update(open.filter(sessions::id.ne(kept))).set(sessions::revoked_at.eq(Some(At(now)))).execute(conn)?)
}

pub fn revoke_everybodys(conn: &mut Conn, tenant: TenantId, now: Timestamp) -> Result<()> {
    let open = sessions::table.filter(sessions::tenant_id.eq(tenant)).filter(sessions::revoked_at.is_null());
    diesel::update(open).set(sessions::revoked_at.eq(Some(At(now)))).execute(conn)?;
    Ok(())
}

/// Writes down when the session's owner last proved who they are.
pub fn confirm(conn: &mut Conn, tenant: TenantId, id: SessionId, now: Timestamp) -> Result<()> {
    diesel::update(sessions::table.find((tenant, id))).set(sessions::confirmed_at.eq(Some(At(now)))).execute(conn)?;
    Ok(())
}

pub fn touch(conn: &mut Conn, tenant: TenantId, id: SessionId, now: Timestamp) -> Result<()> {
    let own = sessions::table.filter(sessions::tenant_id.eq(tenant)).filter(sessions::id.eq(id));
    diesel::update(own).set(sessions::last_seen_at.eq(At(now))).execute(conn)?;
    Ok(())
}

/// A refresh token as it is stored.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = refresh_tokens)]
pub struct TokenRow {
    pub tenant_id: TenantId,
    pub token_hash: Vec<u8>,
    pub session_id: SessionId,
    pub created_at: At,
    pub used_at: Option<At>,
}

pub fn insert_token(conn: &mut Conn, row: &TokenRow) -> Result<()> {
    diesel::insert_into(refresh_tokens::table).values(row).execute(conn)?;
    Ok(())
}

pub fn find_token(conn: &mut Conn, tenant: TenantId, hash: &[u8]) -> Result<Option<TokenRow>> {
    let own = refresh_tokens::table.filter(refresh_tokens::tenant_id.eq(tenant)).filter(refresh_tokens::token_hash.eq(hash));
    Ok(own.select(TokenRow::as_select()).first(conn).optional()?)
}

pub fn use_token(conn: &mut Conn, tenant: TenantId, hash: &[u8], now: Timestamp) -> Result<()> {
    let own = refresh_tokens::table.filter(refresh_tokens::tenant_id.eq(tenant)).filter(refresh_tokens::token_hash.eq(hash));
    diesel::update(own).set(refresh_tokens::used_at.eq(Some(At(now)))).execute(conn)?;
    Ok(())
}

/// Forgets sessions that ended before an instant, with their tokens; of every tenant.
pub fn sweep(conn: &mut Conn, before: Timestamp) -> Result<usize> {
    let ended = || {
        let over = sessions::expires_at.lt(At(before)).or(sessions::revoked_at.assume_not_null().lt(At(before)));
        sessions::table.filter(over)
    };
    let own = ended().filter(sessions::tenant_id.eq(refresh_tokens::tenant_id)).filter(sessions::id.eq(refresh_tokens::session_id));
    diesel::delete(refresh_tokens::table.filter(diesel::dsl::exists(own))).execute(conn)?;
    Ok(diesel::delete(ended()).execute(conn)?)
}
