//! Against guessing: failed sign-ins are counted in the database, so that all nodes know them.
//!
//! Per account and network: ten in 15 minutes, then the wait doubles with each further one. Per network: fifty in 15
//! minutes, or fifteen different wrong pairs in three hours for a day. The victim can still come from another network.

use crate::db::Conn;
use crate::error::{Error, Result};
use crate::identity::store::sessions as store;
pub use crate::identity::store::sessions::{Failure, Try};
use crate::keys::Keys;
use jiff::{SignedDuration, Timestamp};
use shared::TenantId;

const WINDOW: SignedDuration = SignedDuration::from_mins(15);
const DAY: SignedDuration = SignedDuration::from_hours(24);
const PER_ACCOUNT: usize = 10;
const PER_NET: usize = 50;
const PAIRS: usize = 15;
const PAIR_WINDOW: SignedDuration = SignedDuration::from_hours(3);

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

/// Refuses with 429 when there have been too many failures.
pub fn check(conn: &mut Conn, tenant: TenantId, attempt: &Try, now: Timestamp) -> Result<()> {
    let failures = store::failures(conn, tenant, &attempt.net, now - DAY)?;
    match wait(&failures, attempt, now) {
        Some(until) => Err(Error::too_many(until.duration_since(now).as_secs().max(1).unsigned_abs())),
        None => Ok(()),
    }
}

/// Remembers a failure, and forgets those older than a day.
pub fn remember(conn: &mut Conn, tenant: TenantId, attempt: &Try, now: Timestamp) -> Result<()> {
    store::forget_failures(conn, tenant, now - DAY)?;
    store::insert_failure(conn, tenant, attempt, now)
}

fn wait(failures: &[Failure], attempt: &Try, now: Timestamp) -> Option<Timestamp> {
    let last = failures.iter().map(|failure| failure.at).max()?;
    let mut until: Vec<Timestamp> = Vec::new();
    let own: Vec<&Failure> = failures.iter().filter(|failure| failure.account == attempt.account).collect();
    if own.len() >= PER_ACCOUNT {
        let doublings = (own.len() - PER_ACCOUNT).min(6);
        let own_last = own.iter().map(|failure| failure.at).max().unwrap_or(last);
        until.push(own_last + WINDOW * (1 << doublings));
    }
    let recent = failures.iter().filter(|failure| failure.at > now - WINDOW).count();
    if recent >= PER_NET {
        until.push(last + WINDOW);
    }
    let pairs: std::collections::HashSet<&[u8]> =
        failures.iter().filter(|failure| failure.at > now - PAIR_WINDOW).map(|failure| failure.pair.as_slice()).collect();
    if pairs.len() >= PAIRS * PER_NET / PER_ACCOUNT || own_pairs(&own, now) >= PAIRS {
        until.push(last + DAY);
    }
    until.into_iter().filter(|until| *until > now).max()
}

/// Different wrong pairs for one account in three hours.
fn own_pairs(own: &[&Failure], now: Timestamp) -> usize {
    let recent = own.iter().filter(|failure| failure.at > now - PAIR_WINDOW);
    recent.map(|failure| failure.pair.as_slice()).collect::<std::collections::HashSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failures(count: usize, at: Timestamp) -> Vec<Failure> {
        (0..count).map(|n| Failure { account: vec![1], pair: vec![u8::try_from(n % 5).unwrap_or(0)], at }).collect()
    }

    #[test]
    fn the_eleventh_waits_and_each_further_failure_doubles_it() {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365);
        let attempt = Try { net: vec![0], account: vec![1], pair: vec![9] };
        assert_eq!(wait(&failures(9, now), &attempt, now), None);
        assert_eq!(wait(&failures(10, now), &attempt, now), Some(now + WINDOW));
        assert_eq!(wait(&failures(12, now), &attempt, now), Some(now + WINDOW * 4));
        let other = Try { net: vec![0], account: vec![2], pair: vec![9] };
        assert_eq!(wait(&failures(12, now), &other, now), None);
    }
}
