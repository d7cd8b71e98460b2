//! Signing in and staying so. A refresh token works once; its successor follows from it, so that a phone whose answer
//! was lost gets the same one again for 30 seconds. Later use of a spent token means that it was stolen: the session ends.

use super::notices::{self, Notice};
use super::{challenges, grants, guessing, links, passwords, tenants, units};
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::db::types::{AsText, At};
use crate::error::{Error, Result};
use crate::http::cursor::{Position, Slice};
pub use crate::identity::store::sessions::Candidate;
use crate::identity::store::sessions::{self as store, NewPassword, Row, TokenRow};
use crate::keys::{self, Keys};
use crate::policy::Actor;
use crate::tokens::{self, Subject};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use shared::audit::AuditAction;
use shared::identity::{AccountStatus, IDLE_MINUTES, Session, SessionKind, SignedIn};
use shared::page::{Page, Paging};
use shared::problem::ProblemCode;
use shared::{AccountId, SessionId, TenantId};

/// How long a spent token still gives its successor.
const GRACE: SignedDuration = SignedDuration::from_secs(30);
/// Most sessions of one account; the oldest gives way.
const MOST_SESSIONS: usize = 10;
/// Sessions of those who hold a role, and how long one may lie unused.
const STAFF_LIFE: SignedDuration = SignedDuration::from_hours(12);
const STAFF_IDLE: SignedDuration = SignedDuration::from_mins(IDLE_MINUTES);
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
    /// The network from which it is asked for.
    pub net: String,
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

/// Whether a session still counts. One who has been given a role since it was opened has the session of one who holds a
/// role from then on.
pub fn is_alive(session: &Row, is_staff: bool, now: Timestamp) -> bool {
    let within = session.revoked_at.is_none() && now < session.expires_at.0;
    let within_staff = now < session.created_at.0 + STAFF_LIFE && now < session.last_seen_at.0 + STAFF_IDLE;
    within && (!is_staff || within_staff)
}

/// Opens a session for one who has proved in every way asked for who they are.
pub fn open(conn: &mut Conn, keys: &Keys, occasion: &Occasion, account: AccountId, kind: SessionKind) -> Result<Tokens> {
    let Occasion { tenant, now, .. } = *occasion;
    if !store::candidate_by_id(conn, tenant, account)?.is_some_and(|found| is_active(&found)) {
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
        confirmed_at: Some(At(now)),
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
    let entry = Entry {
        action: AuditAction::SignInRefused,
        kind: "account",
        object: account.map(|id| id.0),
        fields: Vec::new(),
        beside: Vec::new(),
    };
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
    let is_staff = !grants::in_force(conn, tenant, session.account_id, now)?.is_empty();
    let owner = store::candidate_by_id(conn, tenant, session.account_id)?.filter(is_active);
    if owner.is_none() || !is_alive(&session, is_staff, now) {
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

/// A page of one's own sessions, newest first.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, paging: &Paging) -> Result<Page<Session>> {
    let slice = Slice::new(keys, actor.tenant, "sessions", paging.cursor.as_deref(), paging.limit)?;
    // Ids grow with time, so they alone say where a page ended.
    let is_left = |session: &Session| slice.after.as_ref().is_none_or(|last| session.id.0 < last.id);
    let items = all(conn, actor)?.into_iter().filter(is_left).collect();
    slice.page(keys, items, |session| Position { key: String::new(), id: session.id.0 })
}

/// One's own sessions, newest first: ten at most.
pub fn all(conn: &mut Conn, actor: &Actor) -> Result<Vec<Session>> {
    let account = actor.account()?;
    let is_staff = !grants::in_force(conn, actor.tenant, account, actor.now)?.is_empty();
    let rows = store::alive(conn, actor.tenant, account, actor.now)?;
    let items = rows.into_iter().filter(|row| is_alive(row, is_staff, actor.now)).map(|row| Session {
        id: row.id,
        kind: row.kind.0,
        device: row.device,
        created_at: row.created_at.0,
        last_seen_at: row.last_seen_at.0,
        expires_at: row.expires_at.0,
        current: actor.session == Some(row.id),
    });
    Ok(items.collect())
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
    end_all(conn, actor.tenant, account, None, actor.now)?;
    audit::record(conn, actor, Entry::new(AuditAction::SessionsRevoked, "account", account.0))
}

/// Ends every way in that an account has open: its sessions, but for one that may stay, and sign-ins that wait for
/// their second step.
pub fn end_all(conn: &mut Conn, tenant: TenantId, account: AccountId, except: Option<SessionId>, now: Timestamp) -> Result<()> {
    challenges::end_all(conn, tenant, account)?;
    store::revoke_all(conn, tenant, account, except, now).map(drop)
}

/// Ends everybody's sessions in every tenant, because the keys may be known to somebody.
pub fn end_everybodys(conn: &mut Conn, now: Timestamp) -> Result<()> {
    for tenant in tenants::all(conn)? {
        challenges::end_everybodys(conn, tenant)?;
        store::revoke_everybodys(conn, tenant, now)?;
        audit::record(conn, &Actor::system(tenant, now), Entry::new(AuditAction::SessionsRevoked, "tenant", tenant.0))?;
    }
    Ok(())
}

/// Refuses a password that the caller may not change theirs to.
pub fn check_new_password(conn: &mut Conn, actor: &Actor, password: &str, pointer: &str) -> Result<()> {
    let own = own_candidate(conn, actor)?;
    passwords::refuse_length(password, own.factor_since.is_some(), pointer)?;
    passwords::refuse_weak(password, &words_about(conn, actor.tenant, &own)?, pointer)
}

/// Names round a person that an attacker tries first: their own, and those of where they work.
pub fn words_about(conn: &mut Conn, tenant: TenantId, person: &Candidate) -> Result<Vec<String>> {
    let mut words = vec![person.name.clone(), person.email.clone(), tenants::name(conn, tenant)?];
    if let Some(unit) = person.unit_id {
        words.extend(units::names(conn, tenant, unit)?);
    }
    Ok(words)
}

/// Sets the caller's new password, and ends the other sessions and the links that could set yet another.
pub fn change_password(conn: &mut Conn, actor: &Actor, new: &NewPassword) -> Result<()> {
    let account = actor.account()?;
    store::set_password(conn, actor.tenant, account, new, actor.now)?;
    end_all(conn, actor.tenant, account, actor.session, actor.now)?;
    links::end_open(conn, actor.tenant, account, actor.now)?;
    notices::tell(conn, actor.tenant, account, Notice::PasswordChanged, actor.now)?;
    audit::record(conn, actor, Entry::new(AuditAction::PasswordChanged, "account", account.0))
}

/// Whether the account can be used.
pub fn is_active(candidate: &Candidate) -> bool {
    candidate.status.0 == AccountStatus::Active
}

/// Whether the account can be used and has not been guessed at too often.
pub fn may_sign_in(candidate: &Candidate) -> bool {
    is_active(candidate) && candidate.wrong_password_count < guessing::IN_A_ROW
}

/// The hash that a password must fit; none where no password lets in.
pub fn usable_hash(candidate: &Candidate) -> Option<String> {
    candidate.password_hash.clone().filter(|_| may_sign_in(candidate))
}

/// Puts a hash of today's cost in place of a cheaper one of the same password.
pub fn renew_hash(conn: &mut Conn, tenant: TenantId, account: AccountId, hash: &str) -> Result<()> {
    store::renew_hash(conn, tenant, account, hash)
}

/// Whether the database knows any session.
pub fn any(conn: &mut Conn) -> Result<bool> {
    store::any(conn)
}

/// Forgets sessions a day after their end.
pub fn sweep(conn: &mut Conn, now: Timestamp) -> Result<usize> {
    store::sweep(conn, now - KEPT_AFTER_END)
}
