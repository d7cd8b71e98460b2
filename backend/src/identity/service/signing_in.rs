//! The steps of a sign-in after the password, and proving anew who one is within a session. Wrong codes are counted as
//! wrong passwords are: by network, and for the account whatever the network, because only one who knows its password
//! gets this far.

use super::guessing::{self, Try};
use super::sessions::{self, Candidate, Occasion, Tokens};
use super::{challenges, factor};
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::identity::store::sessions as store;
use crate::keys::Keys;
use crate::policy::Actor;
use shared::audit::AuditAction;
use shared::identity::{SessionKind, SignInChallenge};
use shared::problem::ProblemCode;

/// What a right password leads to.
pub enum Step {
    /// A session.
    In(Tokens),
    /// The code.
    Challenge(SignInChallenge),
}

/// What somebody shows of their second factor.
#[derive(Clone, Debug)]
pub enum Proof {
    Code(String),
    RecoveryCode(String),
}

impl Proof {
    /// One of the two, not both.
    pub fn of(code: Option<String>, recovery_code: Option<String>) -> Result<Self> {
        match (code, recovery_code) {
            (Some(code), None) => Ok(Self::Code(code)),
            (None, Some(code)) => Ok(Self::RecoveryCode(code)),
            _ => Err(Error::fault("/code", "required")),
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Code(text) | Self::RecoveryCode(text) => text,
        }
    }

    /// The refusal of a wrong one.
    pub fn refusal(&self) -> Error {
        match self {
            Self::Code(_) => Error::at(ProblemCode::WrongCode, "/code", "wrong_code"),
            Self::RecoveryCode(_) => Error::at(ProblemCode::WrongCode, "/recovery_code", "wrong_code"),
        }
    }
}

/// The two counts of a wrong code: from this network, and for this account from anywhere.
fn tries(keys: &Keys, net: &str, email: &str, secret: &str) -> [Try; 2] {
    let anywhere = format!("second factor of {}", crate::db::fold(email));
    [Try::new(keys, net, email, secret), Try::new(keys, &anywhere, email, secret)]
}

/// Goes on from a right password, unless it has been changed since it was compared. Only one who is in takes back what
/// was tried before: with a second factor that is after the code.
pub fn after_password(
    conn: &mut Conn,
    keys: &Keys,
    occasion: &Occasion,
    attempt: &Try,
    compared: &Candidate,
    kind: SessionKind,
) -> Result<Step> {
    let Occasion { tenant, now, .. } = *occasion;
    let found = store::candidate_by_id(conn, tenant, compared.id)?.filter(sessions::may_sign_in);
    let found = found.filter(|found| found.password_hash == compared.password_hash);
    let account = found.ok_or_else(|| Error::of(ProblemCode::WrongCredentials))?;
    if account.factor_since.is_some() {
        return challenges::make(conn, tenant, account.id, kind, &occasion.device, now).map(Step::Challenge);
    }
    guessing::was_right(conn, tenant, attempt, account.id)?;
    sessions::open(conn, keys, occasion, account.id, kind).map(Step::In)
}

/// Finishes a sign-in. A wrong code must be kept count of: hence no error, but nothing. `from_own_page` says that the
/// request can only come from the service's own page, which a session of a browser needs.
pub fn second_step(
    conn: &mut Conn,
    keys: &Keys,
    occasion: &Occasion,
    from_own_page: bool,
    challenge_token: &str,
    proof: &Proof,
) -> Result<Option<Tokens>> {
    let Occasion { tenant, now, .. } = *occasion;
    let challenge = challenges::open(conn, tenant, challenge_token, now)?;
    if challenge.kind.0 == SessionKind::Browser && !from_own_page {
        return Err(Error::forbidden());
    }
    let found = store::candidate_by_id(conn, tenant, challenge.account_id)?.filter(sessions::may_sign_in);
    let account = found.filter(|found| found.factor_since.is_some()).ok_or_else(|| Error::of(ProblemCode::ChallengeSpent))?;
    if !holds(conn, keys, occasion, &account, proof)? {
        challenges::count_failure(conn, &challenge)?;
        sessions::record_refusal(conn, occasion, Some(account.id))?;
        return Ok(None);
    }
    challenges::spend(conn, &challenge)?;
    let begun = Occasion { device: challenge.device, ..occasion.clone() };
    sessions::open(conn, keys, &begun, account.id, challenge.kind.0).map(Some)
}

/// Whether a proof holds, which it does once; counts one that does not.
fn holds(conn: &mut Conn, keys: &Keys, occasion: &Occasion, account: &Candidate, proof: &Proof) -> Result<bool> {
    let Occasion { tenant, now, .. } = *occasion;
    let [here, anywhere] = tries(keys, &occasion.net, &account.email, proof.text());
    let counted = [guessing::begin(conn, tenant, &here, now)?, guessing::begin(conn, tenant, &anywhere, now)?];
    let right = match proof {
        Proof::Code(code) => factor::use_code(conn, keys, tenant, account.id, code, now)?,
        Proof::RecoveryCode(code) => factor::use_recovery_code(conn, tenant, account.id, code, &occasion.request_id, now)?,
    };
    if right {
        guessing::was_right(conn, tenant, &here, account.id)?;
        guessing::was_right(conn, tenant, &anywhere, account.id)?;
    } else {
        guessing::was_wrong(conn, tenant, &here, counted[0], Some(account.id), now)?;
        guessing::was_wrong(conn, tenant, &anywhere, counted[1], None, now)?;
    }
    Ok(right)
}

/// Proves by the second factor that the caller is still the same; says whether it holds.
pub fn confirm_by_factor(conn: &mut Conn, actor: &Actor, keys: &Keys, net: &str, proof: &Proof) -> Result<bool> {
    let own = sessions::own_candidate(conn, actor)?;
    let occasion =
        Occasion { tenant: actor.tenant, now: actor.now, request_id: actor.request_id.clone(), net: net.to_owned(), device: String::new() };
    if holds(conn, keys, &occasion, &own, proof)? {
        return note_confirmation(conn, actor).map(|()| true);
    }
    audit::record(conn, actor, Entry::new(AuditAction::CodeRefused, "account", own.id.0))?;
    Ok(false)
}

/// The caller's own password has been found right, which is proof enough only where there is no second factor.
pub fn confirm_by_password(conn: &mut Conn, actor: &Actor) -> Result<()> {
    if sessions::own_candidate(conn, actor)?.factor_since.is_some() {
        return Err(Error::fault("/code", "required"));
    }
    note_confirmation(conn, actor)
}

fn note_confirmation(conn: &mut Conn, actor: &Actor) -> Result<()> {
    if let Some(session) = actor.session {
        store::confirm(conn, actor.tenant, session, actor.now)?;
    }
    audit::record(conn, actor, Entry::new(AuditAction::Confirmed, "account", actor.account()?.0))
}
