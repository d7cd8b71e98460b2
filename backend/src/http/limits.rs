//! How much, how long and how often: every bound of the API in one place, with the reason where it is not plain.
//! `API.md` tells them to callers; those that an operator may move are settings (`config.rs`).

use std::time::Duration;

/// Largest JSON body, in bytes.
pub const BODY: usize = 256 * 1024;
/// Longest address with its query, in bytes.
pub const ADDRESS: usize = 8 * 1024;

/// Messages about accessibility from one network: so many in a minute.
pub const FEEDBACK: (u32, Duration) = (10, Duration::from_secs(60));
/// Letters to reset a password asked for from one network: so many in an hour.
pub const RESETS: (u32, Duration) = (20, Duration::from_secs(3_600));
