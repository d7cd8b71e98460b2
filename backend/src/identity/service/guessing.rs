//! Against guessing. Tries are counted in the database, so that all nodes know them.
//!
//! * One account from one network: after ten wrong ones 15 minutes' wait, doubled by each further one.
//! * One network, whatever the accounts: fifty wrong ones in 15 minutes end tries until the oldest of them is that old;
//!   fifteen different wrong pairs of address and password in three hours shut it out for a day.
//! * One account from anywhere: after a hundred wrong ones in a row only a new password, by mail, lets in.
//!
//! A try counts from before its password is looked at, so that many at once are no way around. The right password takes
//! back what its account was wrong from that network. The victim of a guesser can still come from another network.

use crate::db::Conn;
use crate::error::{Error, Result};
use crate::identity::store::guesses as store;
pub use crate::identity::store::guesses::{Counted, Try};
use crate::keys::Keys;
use jiff::{SignedDuration, Timestamp};
use shared::{AccountId, TenantId};

/// For how long a failure is remembered.
pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);
/// Wrong passwords in a row after which an account's password lets nobody in (NIST SP 800-63B-4, 3.2.2).
pub const IN_A_ROW: i64 = 100;

const WINDOW: SignedDuration = SignedDuration::from_mins(15);
const PER_ACCOUNT: i64 = 10;
/// The longest wait is 16 hours: 15 minutes doubled six times.
const DOUBLINGS: i64 = 6;
const PER_NET: i64 = 50;
const PAIRS: i64 = 15;
const PAIR_WINDOW: SignedDuration = SignedDuration::from_hours(3);
const BLOCK: SignedDuration = SignedDuration::from_hours(24);

impl Try {
    /// Hashes the parts of a try.
    pub fn new(keys: &Keys, net: &str, email: &str, password: &str) -> Self {
        let email = crate::db::fold(email);
        let mac = |purpose: &str, parts: &[&[u8]]| keys.mac(purpose, parts).to_vec();
        Self {
            net: mac("net", &[net.as_bytes()]),
            account: mac("guess", &[email.as_bytes()]),
            pair: mac("pair", &[email.as_bytes(), password.as_bytes()]),
        }
    }
}

/// Counts a try, or refuses it with 429 when there have been too many.
pub fn begin(conn: &mut Conn, tenant: TenantId, attempt: &Try, now: Timestamp) -> Result<Counted> {
    let own = store::of_account(conn, tenant, attempt, now - REMEMBERED, PER_ACCOUNT + DOUBLINGS)?;
    let burst = store::nth_wrong(conn, tenant, &attempt.net, PER_NET)?;
    let waits = [
        own.first().and_then(|last| account_wait(own.len()).map(|wait| *last + wait)),
        burst.map(|at| at + WINDOW),
        store::block(conn, tenant, &attempt.net)?,
    ];
    match waits.into_iter().flatten().filter(|until| *until > now).max() {
        Some(until) => Err(Error::locked(until.duration_since(now).as_secs().max(1).unsigned_abs())),
        None => store::insert(conn, tenant, attempt, now),
    }
}

/// The wait after so many tries on one account from one network.
fn account_wait(count: usize) -> Option<SignedDuration> {
    let further = count.checked_sub(PER_ACCOUNT as usize)?;
    Some(WINDOW * (1 << further.min(DOUBLINGS as usize)))
}

/// Remembers that a try was wrong; `account` is the one that was tried, if there is one.
pub fn was_wrong(
    conn: &mut Conn,
    tenant: TenantId,
    attempt: &Try,
    counted: Counted,
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<()> {
    store::mark_wrong(conn, tenant, counted)?;
    if let Some(account) = account {
        store::count_wrong(conn, tenant, account)?;
    }
    if store::wrong_pairs(conn, tenant, &attempt.net, now - PAIR_WINDOW, PAIRS)? >= PAIRS as usize {
        store::insert_block(conn, tenant, &attempt.net, now + BLOCK)?;
    }
    Ok(())
}

/// Takes back what was wrong from this network: the owner has come; `account` is the one that was tried, if it is one.
pub fn was_right(conn: &mut Conn, tenant: TenantId, attempt: &Try, account: impl Into<Option<AccountId>>) -> Result<()> {
    store::forgive(conn, tenant, attempt)?;
    account.into().map_or(Ok(()), |account| store::reset_wrong(conn, tenant, account))
}

/// Forgets failures and blocks whose time is over.
pub fn sweep(conn: &mut Conn, now: Timestamp) -> Result<usize> {
    store::sweep(conn, now - REMEMBERED, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_waits_and_each_further_failure_doubles_it() {
        let minutes = |count| account_wait(count).map(|wait| wait.as_mins());
        assert_eq!([9, 10, 11, 12, 16, 17, 400].map(minutes), [None, Some(15), Some(30), Some(60), Some(960), Some(960), Some(960)]);
    }
}
