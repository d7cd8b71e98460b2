//! What the clock alone deletes: nothing that is kept for a time waits for the next request to go.

use crate::clock::Clock;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::http::idempotency;
use crate::identity::service::{challenges, guessing, links, sessions};
use crate::outbox;
use jiff::Timestamp;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(60);

type Sweep = fn(&mut Conn, Timestamp) -> Result<usize>;

/// Everything that has a term, by name. Each forgets what is past its own.
const SWEEPS: &[(&str, Sweep)] = &[
    ("failed sign-ins", guessing::sweep),
    ("sessions", sessions::sweep),
    ("unfinished sign-ins", challenges::sweep),
    ("links", links::sweep),
    ("idempotency records", idempotency::sweep),
    ("letters", outbox::sweep),
];

/// Deletes what is due at `now`, and says how many rows went. Several nodes may do it at once.
pub fn round(db: &Db, now: Timestamp) -> usize {
    let one = |(what, sweep): &(&str, Sweep)| match db.write(|conn| sweep(conn, now)) {
        Ok(count) => count,
        Err(error) => {
            tracing::warn!(what, %error, "not swept, will be tried again");
            0
        }
    };
    SWEEPS.iter().map(one).sum()
}

/// Does a round a minute until the server stops.
pub fn work(db: &Db, clock: &Clock, stop: &AtomicBool) {
    while !stop.load(Ordering::SeqCst) {
        round(db, clock.now());
        std::thread::park_timeout(EVERY);
    }
}
