//! Sessions, refresh tokens, and failed sign-ins.

use crate::db::Conn;
use crate::db::schema::{accounts, refresh_tokens, sessions, sign_in_failures};
use crate::db::types::{AsText, At, RawId};
use crate::error::Result;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::identity::{AccountStatus, SessionKind};
use shared::{AccountId, SessionId, TenantId};

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
}

impl Row {
    /// Neither ended nor expired.
    pub fn is_alive(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at.0
    }
}

/// One who may sign in: id, hash and whether the account is in use.
pub struct Candidate {
    pub id: AccountId,
    pub password_hash: Option<String>,
    pub status: AccountStatus,
    pub name: String,
    pub email: String,
}

type CandidateRow = (AccountId, Option<String>, AsText<AccountStatus>, String, String);

const CANDIDATE: (accounts::id, accounts::password_hash, accounts::status, accounts::name, accounts::email) =
    (accounts::id, accounts::password_hash, accounts::status, accounts::name, accounts::email);

fn candidate(row: CandidateRow) -> Candidate {
    Candidate { id: row.0, password_hash: row.1, status: row.2.0, name: row.3, email: row.4 }
}

pub fn candidate_by_email(conn: &mut Conn, tenant: TenantId, email: &str) -> Result<Option<Candidate>> {
    let own = accounts::table.filter(accounts::tenant_id.eq(tenant)).filter(accounts::email_fold.eq(crate::db::fold(email)));
    Ok(own.select(CANDIDATE).first::<CandidateRow>(conn).optional()?.map(candidate))
}

pub fn candidate_by_id(conn: &mut Conn, tenant: TenantId, id: AccountId) -> Result<Option<Candidate>> {
    let own = accounts::table.filter(accounts::tenant_id.eq(tenant)).filter(accounts::id.eq(id));
    Ok(own.select(CANDIDATE).first::<CandidateRow>(conn).optional()?.map(candidate))
}

pub fn account_is_active(conn: &mut Conn, tenant: TenantId, id: AccountId) -> Result<bool> {
    Ok(candidate_by_id(conn, tenant, id)?.is_some_and(|found| found.status == AccountStatus::Active))
}

/// Sets a new password; an invited account becomes active by it.
pub fn set_password(conn: &mut Conn, tenant: TenantId, id: AccountId, hash: &str, now: Timestamp) -> Result<()> {
    diesel::update(accounts::table.filter(accounts::tenant_id.eq(tenant)).filter(accounts::id.eq(id)))
        .set((
            accounts::password_hash.eq(Some(hash)),
            accounts::status.eq(AsText(AccountStatus::Active)),
            accounts::version.eq(accounts::version + 1),
            accounts::updated_at.eq(At(now)),
        ))
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

/// One try to sign in, as keyed hashes: who from where with what.
pub struct Try {
    pub net: Vec<u8>,
    pub account: Vec<u8>,
    pub pair: Vec<u8>,
}

/// A failure of the last day from one network.
pub struct Failure {
    pub account: Vec<u8>,
    pub pair: Vec<u8>,
    pub at: Timestamp,
}

/// Failures from one network since an instant.
pub fn failures(conn: &mut Conn, tenant: TenantId, net: &[u8], since: Timestamp) -> Result<Vec<Failure>> {
    let rows: Vec<(Vec<u8>, Vec<u8>, At)> = sign_in_failures::table
        .filter(sign_in_failures::tenant_id.eq(tenant))
        .filter(sign_in_failures::net_key.eq(net))
        .filter(sign_in_failures::at.gt(At(since)))
        .order(sign_in_failures::at.desc())
        .limit(500)
        .select((sign_in_failures::account_key, sign_in_failures::pair_key, sign_in_failures::at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(account, pair, at)| Failure { account, pair, at: at.0 }).collect())
}

pub fn insert_failure(conn: &mut Conn, tenant: TenantId, attempt: &Try, now: Timestamp) -> Result<()> {
    diesel::insert_into(sign_in_failures::table)
        .values((
            sign_in_failures::tenant_id.eq(tenant),
            sign_in_failures::id.eq(RawId(uuid::Uuid::new_v4())),
            sign_in_failures::net_key.eq(&attempt.net),
            sign_in_failures::account_key.eq(&attempt.account),
            sign_in_failures::pair_key.eq(&attempt.pair),
            sign_in_failures::at.eq(At(now)),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn forget_failures(conn: &mut Conn, tenant: TenantId, before: Timestamp) -> Result<()> {
    let old = sign_in_failures::table.filter(sign_in_failures::tenant_id.eq(tenant)).filter(sign_in_failures::at.lt(At(before)));
    diesel::delete(old).execute(conn)?;
    Ok(())
}
