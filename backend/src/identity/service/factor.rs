//! The second factor: setting it up, using its codes, and taking it off.
//!
//! Invariants: the secret lies sealed, recovery codes lie as hashes; a code and a recovery code each work once; what
//! changes a second factor ends every other session and is told by mail.

use super::notices::{self, Notice};
use super::{grants, links, sessions, sign_in_policy, tenants, totp};
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::identity::store::{factor as store, sessions as session_store};
use crate::keys::{self, Keys};
use crate::policy::Actor;
use jiff::Timestamp;
use jiff::civil::Date;
use shared::audit::AuditAction;
use shared::identity::{LinkPurpose, RECOVERY_CODES, RecoveryCodes, SecondFactor, SecondFactorSetUp};
use shared::policy::{Permission, Target};
use shared::problem::ProblemCode;
use shared::{AccountId, TenantId};

/// Letters and digits of recovery codes, five bits each, without those that are read for one another (Crockford).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 120 bits: nobody tries them out, not even against their hashes.
const CODE_LETTERS: usize = 24;
const GROUP: usize = 4;

fn place(tenant: &TenantId, account: &AccountId) -> [[u8; 16]; 2] {
    [*tenant.0.as_bytes(), *account.0.as_bytes()]
}

fn seal(keys: &Keys, tenant: TenantId, account: AccountId, secret: &[u8]) -> Result<Vec<u8>> {
    let [tenant, account] = place(&tenant, &account);
    keys.seal(&[b"second factor", &tenant, &account], secret)
}

fn unseal(keys: &Keys, tenant: TenantId, account: AccountId, sealed: &[u8]) -> Result<Vec<u8>> {
    let [tenant, account] = place(&tenant, &account);
    keys.unseal(&[b"second factor", &tenant, &account], sealed)
}

/// One's own second factor.
pub fn get(conn: &mut Conn, actor: &Actor) -> Result<SecondFactor> {
    let own = sessions::own_candidate(conn, actor)?;
    Ok(SecondFactor {
        on_since: own.factor_since.map(|at| at.0),
        recovery_code_count: recovery_code_count(conn, actor.tenant, own.id)?,
        required_on: required_on(conn, actor)?,
    })
}

/// Recovery codes that an account has left.
pub fn recovery_code_count(conn: &mut Conn, tenant: TenantId, account: AccountId) -> Result<i64> {
    store::recovery_code_count(conn, tenant, account)
}

/// The day from which the caller needs a second factor; none for one without a granted role.
pub fn required_on(conn: &mut Conn, actor: &Actor) -> Result<Option<Date>> {
    if grants::in_force(conn, actor.tenant, actor.account()?, actor.now)?.is_empty() {
        return Ok(None);
    }
    sign_in_policy::required_on(conn, actor.tenant)
}

/// Makes a secret to put into an app. One that is on already stays on until the new one is confirmed.
pub fn start(conn: &mut Conn, actor: &Actor, keys: &Keys) -> Result<SecondFactorSetUp> {
    let own = sessions::own_candidate(conn, actor)?;
    let bytes = totp::new_secret();
    store::set_pending(conn, actor.tenant, own.id, &seal(keys, actor.tenant, own.id, &bytes)?)?;
    let (secret, address) = totp::describe(&bytes, &tenants::name(conn, actor.tenant)?, &own.email)?;
    let (qr_path, size) = totp::qr(&address)?;
    Ok(SecondFactorSetUp { secret, address, qr_path, qr_size: i64::try_from(size).unwrap_or_default() })
}

/// Turns the second factor on, for one whose app shows the right code. Gives the recovery codes.
pub fn confirm(conn: &mut Conn, actor: &Actor, keys: &Keys, code: &str) -> Result<RecoveryCodes> {
    let account = actor.account()?;
    let pending = store::find(conn, actor.tenant, account)?.factor_pending.ok_or_else(|| Error::of(ProblemCode::Conflict))?;
    let secret = unseal(keys, actor.tenant, account, &pending)?;
    let step = totp::step_of(&secret, code, actor.now)?.ok_or_else(|| Error::fault("/code", "wrong_code"))?;
    store::turn_on(conn, actor.tenant, account, &pending, step, actor.now)?;
    if let Some(session) = actor.session {
        session_store::confirm(conn, actor.tenant, session, actor.now)?;
    }
    has_changed(conn, actor, AuditAction::SecondFactorOn, Notice::SecondFactorOn)?;
    fresh_recovery_codes(conn, actor.tenant, account)
}

/// New recovery codes; the earlier ones no longer work.
pub fn make_recovery_codes(conn: &mut Conn, actor: &Actor) -> Result<RecoveryCodes> {
    let own = sessions::own_candidate(conn, actor)?;
    if own.factor_since.is_none() {
        return Err(Error::of(ProblemCode::Conflict));
    }
    has_changed(conn, actor, AuditAction::RecoveryCodesMade, Notice::RecoveryCodesMade)?;
    fresh_recovery_codes(conn, actor.tenant, own.id)
}

/// Takes one's own second factor off, unless it is required or the password is too short to stand alone.
pub fn turn_off(conn: &mut Conn, actor: &Actor) -> Result<()> {
    let own = sessions::own_candidate(conn, actor)?;
    if own.factor_since.is_none() {
        return Err(Error::of(ProblemCode::Conflict));
    }
    let is_staff = !grants::in_force(conn, actor.tenant, own.id, actor.now)?.is_empty();
    if is_staff && sign_in_policy::requires_second_factor(conn, actor.tenant, actor.now)? {
        return Err(Error::of(ProblemCode::SecondFactorRequired));
    }
    if own.short_password {
        return Err(Error::of(ProblemCode::ShortPassword));
    }
    store::turn_off(conn, actor.tenant, own.id, actor.now)?;
    has_changed(conn, actor, AuditAction::SecondFactorOff, Notice::SecondFactorOff)
}

/// What follows every change of one's own: the other sessions end, a letter goes, the trail tells.
fn has_changed(conn: &mut Conn, actor: &Actor, action: AuditAction, notice: Notice) -> Result<()> {
    let account = actor.account()?;
    sessions::end_all(conn, actor.tenant, account, actor.session, actor.now)?;
    notices::tell(conn, actor.tenant, account, notice, actor.now)?;
    audit::record(conn, actor, Entry::new(action, "account", account.0))
}

/// Takes off the second factor of somebody who has lost it. Whoever does so could become the account by a link, so it is
/// only for accounts that are trusted with no more than the actor is.
pub fn reset(conn: &mut Conn, actor: &Actor, id: AccountId) -> Result<()> {
    let found = session_store::candidate_by_id(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?;
    actor.require(Permission::ManageAccounts, &Target::Tenant)?;
    grants::require_no_more_than_own(conn, actor, id)?;
    if found.factor_since.is_none() {
        return Err(Error::of(ProblemCode::Conflict));
    }
    store::turn_off(conn, actor.tenant, id, actor.now)?;
    sessions::end_all(conn, actor.tenant, id, None, actor.now)?;
    notices::tell(conn, actor.tenant, id, Notice::SecondFactorReset, actor.now)?;
    if found.short_password {
        // It cannot stand alone, so it goes too, and a link to set another comes.
        session_store::forget_password(conn, actor.tenant, id)?;
        let to = links::Recipient { account: id, name: &found.name, email: &found.email, lang: found.lang.0 };
        links::issue(conn, actor.tenant, actor.now, LinkPurpose::PasswordReset, &to)?;
    }
    audit::record(conn, actor, Entry::new(AuditAction::SecondFactorReset, "account", id.0))
}

/// Whether this is a code of the account that has not been used; uses it.
pub fn use_code(conn: &mut Conn, keys: &Keys, tenant: TenantId, account: AccountId, code: &str, now: Timestamp) -> Result<bool> {
    let Some(sealed) = store::find(conn, tenant, account)?.factor_secret else { return Ok(false) };
    match totp::step_of(&unseal(keys, tenant, account, &sealed)?, code, now)? {
        Some(step) => store::use_step(conn, tenant, account, step),
        None => Ok(false),
    }
}

/// Whether this is a recovery code of the account that has not been used; uses it, and tells its owner.
pub fn use_recovery_code(
    conn: &mut Conn,
    tenant: TenantId,
    account: AccountId,
    code: &str,
    request_id: &str,
    now: Timestamp,
) -> Result<bool> {
    if !store::use_recovery_code(conn, tenant, account, &recovery_hash(code))? {
        return Ok(false);
    }
    notices::tell(conn, tenant, account, Notice::RecoveryCodeUsed, now)?;
    let entry = Entry::new(AuditAction::RecoveryCodeUsed, "account", account.0);
    audit::record_for(conn, tenant, Some(account), now, request_id, entry)?;
    Ok(true)
}

fn fresh_recovery_codes(conn: &mut Conn, tenant: TenantId, account: AccountId) -> Result<RecoveryCodes> {
    let codes: Vec<String> = std::iter::repeat_with(recovery_code).take(RECOVERY_CODES).collect();
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| recovery_hash(code)).collect();
    store::set_recovery_codes(conn, tenant, account, &hashes)?;
    Ok(RecoveryCodes { codes })
}

/// `0a1b-…`: six groups of four.
fn recovery_code() -> String {
    let letters: Vec<u8> = keys::random_bytes()[..CODE_LETTERS].iter().map(|byte| ALPHABET[usize::from(byte % 32)]).collect();
    let groups: Vec<String> = letters.chunks(GROUP).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    groups.join("-")
}

/// The hash of a recovery code, however it was typed.
fn recovery_hash(code: &str) -> Vec<u8> {
    let alike = |c: char| match c {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    };
    let letters: String = code.to_lowercase().chars().filter(|c| c.is_ascii_alphanumeric()).map(alike).collect();
    keys::digest(letters.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recovery_codes_are_long_and_read_however_they_are_typed() {
        let code = recovery_code();
        assert_eq!((code.len(), code.split('-').count()), (29, 6), "{code}");
        assert_ne!(code, recovery_code());
        assert_eq!(recovery_hash(&code), recovery_hash(&code.to_uppercase().replace('-', " ")));
        assert_eq!(recovery_hash("1100-abcd"), recovery_hash("iLoO abcd"));
        assert_ne!(recovery_hash("1100-abcd"), recovery_hash("1100-abce"));
    }
}
