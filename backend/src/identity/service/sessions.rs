//! Signing in and staying so. A refresh token works once; its successor follows from it, so that a phone whose answer
//! was lost gets the same one again for 30 seconds. Later use of a spent token means that it was stolen: the session ends.

use super::{grants, guessing};
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::db::types::{AsText, At};
use crate::error::{Error, Result};
use crate::identity::store::sessions::{self as store, Candidate, Row, TokenRow};
use crate::keys::{self, Keys};
use crate::policy::Actor;
use crate::tokens::{self, Subject};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use shared::audit::AuditAction;
use shared::identity::{AccountStatus, Session, SessionKind, SignedIn};
use shared::page::Page;
use shared::problem::ProblemCode;
use shared::{AccountId, SessionId, TenantId};

/// How long a spent token still gives its successor.
const GRACE: SignedDuration = SignedDuration::from_secs(30);
/// Most sessions of one account; the oldest gives way.
const MOST_SESSIONS: usize = 10;
/// Sessions of those who hold a role.
const STAFF_LIFE: SignedDuration = SignedDuration::from_hours(12);
/// Sessions of those who only take part, on their own device.
const PARTICIPANT_LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long an ended session is kept, for its refused tokens to be told from unknown ones.
const KEPT_AFTER_END: SignedDuration = SignedDuration::from_hours(24);

/// Where and when a session is asked for.
#[derive(Clone)]
pub struct Occasion {
    pub tenant: TenantId,
    pub now: Timestamp,
    pub request_id: String,
    pub device: String,
}

/// What a new or renewed session gives.
pub struct Tokens {
    pub signed_in: SignedIn,
    pub refresh_token: String,
    pub kind: SessionKind,
}

/// One who may sign in, by address.
pub fn candidate(conn: &mut Conn, tenant: TenantId, email: &str) -> Result<Option<Candidate>> {
    store::candidate_by_email(conn, tenant, email)
}

/// The account of the caller, with its hash.
pub fn own_candidate(conn: &mut Conn, actor: &Actor) -> Result<Candidate> {
    store::candidate_by_id(conn, actor.tenant, actor.account()?)?.ok_or_else(Error::not_found)
}

/// Opens a session for one whose password has been found right.
pub fn open(conn: &mut Conn, keys: &Keys, occasion: &Occasion, account: AccountId, kind: SessionKind) -> Result<Tokens> {
    let Occasion { tenant, now, .. } = *occasion;
    if !store::account_is_active(conn, tenant, account)? {
        return Err(Error::of(ProblemCode::WrongCredentials));
    }
    for surplus in store::alive(conn, tenant, account, now)?.iter().skip(MOST_SESSIONS - 1) {
        store::revoke(conn, tenant, surplus.id, now)?;
    }
    let is_staff = !grants::in_force(conn, tenant, account, now)?.is_empty();
    let life = if is_staff { STAFF_LIFE } else { PARTICIPANT_LIFE };
    let row = Row {
        tenant_id: tenant,
        id: SessionId::new(),
        account_id: account,
        kind: AsText(kind),
        device: occasion.device.clone(),
        created_at: At(now),
        last_seen_at: At(now),
        expires_at: At(now + life),
        revoked_at: None,
    };
    store::insert(conn, &row)?;
    let token = keys::random_token();
    insert_token(conn, &row, &token, now)?;
    let entry = Entry::new(AuditAction::SignedIn, "session", row.id.0);
    audit::record_for(conn, tenant, Some(account), now, &occasion.request_id, entry)?;
    tokens(keys, &row, token, now)
}

/// Tells the trail of a refused sign-in.
pub fn record_refusal(conn: &mut Conn, occasion: &Occasion, account: Option<AccountId>) -> Result<()> {
    let entry = Entry { action: AuditAction::SignInRefused, kind: "account", object: account.map(|id| id.0), fields: Vec::new() };
    audit::record_for(conn, occasion.tenant, None, occasion.now, &occasion.request_id, entry)
}

/// Tells the trail that somebody who is signed in gave a wrong password for a change that asks for it.
pub fn record_wrong_password(conn: &mut Conn, actor: &Actor) -> Result<()> {
    audit::record(conn, actor, Entry::new(AuditAction::PasswordRefused, "account", actor.account()?.0))
}

/// Renews a session. A stolen token ends it, which must be kept: hence no error, but nothing.
pub fn refresh(conn: &mut Conn, keys: &Keys, occasion: &Occasion, token: &str) -> Result<Option<Tokens>> {
    let Occasion { tenant, now, .. } = *occasion;
    let hash = keys::digest(token.as_bytes());
    let Some(known) = store::find_token(conn, tenant, &hash)? else { return Ok(None) };
    let Some(session) = store::find(conn, tenant, known.session_id)? else { return Ok(None) };
    if !session.is_alive(now) || !store::account_is_active(conn, tenant, session.account_id)? {
        return Ok(None);
    }
    let successor = URL_SAFE_NO_PAD.encode(keys.mac("refresh", &[token.as_bytes()]));
    match known.used_at {
        None => {
            store::use_token(conn, tenant, &hash, now)?;
            store::touch(conn, tenant, session.id, now)?;
            insert_token(conn, &session, &successor, now)?;
        }
        Some(used) if now.duration_since(used.0) <= GRACE => {}
        Some(_) => {
            store::revoke(conn, tenant, session.id, now)?;
            let entry = Entry::new(AuditAction::TokenReused, "session", session.id.0);
            audit::record_for(conn, tenant, Some(session.account_id), now, &occasion.request_id, entry)?;
            return Ok(None);
        }
    }
    tokens(keys, &session, successor, now).map(Some)
}

fn insert_token(conn: &mut Conn, session: &Row, token: &str, now: Timestamp) -> Result<()> {
    let row = TokenRow {
        tenant_id: session.tenant_id,
        token_hash: keys::digest(token.as_bytes()),
        session_id: session.id,
        created_at: At(now),
        used_at: None,
    };
    store::insert_token(conn, &row)
}

fn tokens(keys: &Keys, session: &Row, refresh_token: String, now: Timestamp) -> Result<Tokens> {
    let subject = Subject::Person { account: session.account_id, session: session.id };
    let (access_token, expires_at) = tokens::issue(keys, session.tenant_id, subject, now)?;
    let in_body = (session.kind.0 == SessionKind::Device).then(|| refresh_token.clone());
    let signed_in = SignedIn { access_token, expires_at, refresh_token: in_body, session_expires_at: session.expires_at.0 };
    Ok(Tokens { signed_in, refresh_token, kind: session.kind.0 })
}

/// One's own sessions, newest first.
pub fn list(conn: &mut Conn, actor: &Actor) -> Result<Page<Session>> {
    let rows = store::alive(conn, actor.tenant, actor.account()?, actor.now)?;
    let items = rows.into_iter().map(|row| Session {
        id: row.id,
        kind: row.kind.0,
        device: row.device,
        created_at: row.created_at.0,
        last_seen_at: row.last_seen_at.0,
        expires_at: row.expires_at.0,
        current: actor.session == Some(row.id),
    });
    Ok(Page { items: items.collect(), next_cursor: None })
}

/// Ends one of one's own sessions.
pub fn revoke(conn: &mut Conn, actor: &Actor, id: SessionId) -> Result<()> {
    let account = actor.account()?;
    let session = store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?;
    if session.account_id != account {
        return Err(Error::not_found());
    }
    store::revoke(conn, actor.tenant, id, actor.now)?;
    audit::record(conn, actor, Entry::new(AuditAction::SignedOut, "session", id.0))
}

/// Ends the session by which the caller came.
pub fn sign_out(conn: &mut Conn, actor: &Actor) -> Result<()> {
    revoke(conn, actor, actor.session.ok_or_else(Error::forbidden)?)
}

/// Ends every session of the caller.
pub fn sign_out_everywhere(conn: &mut Conn, actor: &Actor) -> Result<()> {
    let account = actor.account()?;
    store::revoke_all(conn, actor.tenant, account, None, actor.now)?;
    audit::record(conn, actor, Entry::new(AuditAction::SessionsRevoked, "account", account.0))
}

/// Ends every session of an account.
pub fn revoke_all(conn: &mut Conn, tenant: TenantId, account: AccountId, now: Timestamp) -> Result<()> {
    store::revoke_all(conn, tenant, account, None, now).map(drop)
}

/// Sets the caller's new password and ends the other sessions.
pub fn change_password(conn: &mut Conn, actor: &Actor, hash: &str) -> Result<()> {
    let account = actor.account()?;
    store::set_password(conn, actor.tenant, account, hash, actor.now)?;
    store::revoke_all(conn, actor.tenant, account, actor.session, actor.now)?;
    audit::record(conn, actor, Entry::new(AuditAction::PasswordChanged, "account", account.0))
}

/// The hash that a password must fit; none where no password lets in.
pub fn usable_hash(candidate: &Candidate) -> Option<String> {
    let usable = candidate.status == AccountStatus::Active && candidate.wrong_password_count < guessing::IN_A_ROW;
    candidate.password_hash.clone().filter(|_| usable)
}

/// Puts a hash of today's cost in place of a cheaper one of the same password.
pub fn renew_hash(conn: &mut Conn, tenant: TenantId, account: AccountId, hash: &str) -> Result<()> {
    store::renew_hash(conn, tenant, account, hash)
}

/// Forgets sessions a day after their end.
pub fn sweep(conn: &mut Conn, now: Timestamp) -> Result<usize> {
    store::sweep(conn, now - KEPT_AFTER_END)
}
