//! The moment between a right password and the code: a token that is good for the second step and nothing else, for
//! five minutes and five wrong codes.

use crate::db::Conn;
use crate::db::types::{AsText, At};
use crate::error::{Error, Result};
use crate::identity::store::challenges as store;
pub use crate::identity::store::challenges::Row as Challenge;
use crate::keys;
use jiff::{SignedDuration, Timestamp};
use shared::identity::{SessionKind, SignInChallenge};
use shared::problem::ProblemCode;
use shared::{AccountId, TenantId};

const LIFE: SignedDuration = SignedDuration::from_mins(5);
const MOST_FAILURES: i64 = 5;

/// Makes one for an account whose password was right.
pub fn make(
    conn: &mut Conn,
    tenant: TenantId,
    account: AccountId,
    kind: SessionKind,
    device: &str,
    now: Timestamp,
) -> Result<SignInChallenge> {
    let challenge_token = keys::random_token();
    let expires_at = now + LIFE;
    let row = Challenge {
        tenant_id: tenant,
        token_hash: keys::digest(challenge_token.as_bytes()),
        account_id: account,
        kind: AsText(kind),
        device: device.to_owned(),
        failure_count: 0,
        expires_at: At(expires_at),
    };
    store::insert(conn, &row)?;
    Ok(SignInChallenge { challenge_token, expires_at })
}

/// The challenge of a token, while it is good.
pub fn open(conn: &mut Conn, tenant: TenantId, token: &str, now: Timestamp) -> Result<Challenge> {
    let found = store::find(conn, tenant, &keys::digest(token.as_bytes()))?;
    let good = found.filter(|row| now < row.expires_at.0 && row.failure_count < MOST_FAILURES);
    good.ok_or_else(|| Error::of(ProblemCode::ChallengeSpent))
}

/// A wrong code came.
pub fn count_failure(conn: &mut Conn, challenge: &Challenge) -> Result<()> {
    store::count_failure(conn, challenge.tenant_id, &challenge.token_hash)
}

/// The right code came: it works once.
pub fn spend(conn: &mut Conn, challenge: &Challenge) -> Result<()> {
    store::delete(conn, challenge.tenant_id, &challenge.token_hash)
}

/// Forgets those that have expired.
pub fn sweep(conn: &mut Conn, now: Timestamp) -> Result<usize> {
    store::sweep(conn, now)
}

/// Ends those of an account.
pub fn end_all(conn: &mut Conn, tenant: TenantId, account: AccountId) -> Result<()> {
    store::delete_all(conn, tenant, account)
}

/// Ends those of a tenant.
pub fn end_everybodys(conn: &mut Conn, tenant: TenantId) -> Result<()> {
    store::delete_everybodys(conn, tenant)
}
