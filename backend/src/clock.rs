//! What time it is: PostgreSQL's clock, so that all nodes go by one; on SQLite the system's; or a fixed one for tests,
//! screenshots and the demo world.

use crate::db::Db;
use jiff::{SignedDuration, Timestamp};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How often the database's clock is looked at.
const EVERY: Duration = Duration::from_secs(10);
/// Clocks so near are left alone: one that is pulled about by milliseconds would go backwards.
const NEAR: SignedDuration = SignedDuration::from_millis(500);

/// A clock that can follow another, and be stopped and moved.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<Mutex<Hands>>);

#[derive(Debug, Default)]
struct Hands {
    fixed: Option<Timestamp>,
    /// What the database's clock showed, and when. From there it is counted on, whatever the system's clock does.
    followed: Option<(Timestamp, Instant)>,
}

impl Hands {
    fn show(&self) -> Timestamp {
        let counted = || self.followed.map(|(at, since)| at + since.elapsed());
        self.fixed.or_else(counted).unwrap_or_else(Timestamp::now)
    }
}

impl Clock {
    /// A clock that stands still.
    pub fn fixed(at: Timestamp) -> Self {
        let clock = Self::default();
        clock.set(Some(at));
        clock
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops the clock at an instant, or lets it run again.
    pub fn set(&self, at: Option<Timestamp>) {
        self.hands().fixed = at;
    }

    /// Now, in whole microseconds, which is what both databases keep.
    pub fn now(&self) -> Timestamp {
        let now = self.hands().show();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// Goes on from what another clock shows.
    pub fn set_by(&self, other: Timestamp) {
        let mut hands = self.hands();
        let off = other.duration_since(hands.show());
        if hands.followed.is_none() || off.abs() > NEAR {
            if off.abs() > NEAR {
                tracing::warn!(seconds = off.as_secs_f64(), "this node's clock is not the database's, which counts");
            }
            hands.followed = Some((other, Instant::now()));
        }
    }

    /// Looks at the database's clock. Without an answer it goes on as it went.
    pub fn follow(&self, db: &Db) {
        match db.clock() {
            Ok(Some(shown)) => self.set_by(shown),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the database's clock could not be read"),
        }
    }

    /// Follows until the server stops.
    pub fn keep_following(&self, db: &Db, stop: &AtomicBool) {
        while !stop.load(Ordering::SeqCst) {
            self.follow(db);
            std::thread::park_timeout(EVERY);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_that_is_five_minutes_off_goes_by_the_other_clock() {
        let clock = Clock::default();
        for minutes in [5, -5, 60] {
            let theirs = Timestamp::now() + SignedDuration::from_mins(minutes);
            clock.set_by(theirs);
            assert!(clock.now() >= theirs.round(jiff::Unit::Microsecond).expect("rounds") - SignedDuration::from_millis(1));
            assert!(clock.now().duration_since(theirs) < SignedDuration::from_secs(1));
        }
    }

    #[test]
    fn milliseconds_never_turn_it_back() {
        let clock = Clock::default();
        clock.set_by(Timestamp::now());
        let before = clock.now();
        clock.set_by(before - SignedDuration::from_millis(300));
        assert!(clock.now() >= before);
    }

    #[test]
    fn a_clock_that_stands_still_follows_nobody() {
        let at: Timestamp = "2026-03-02T08:00:00Z".parse().expect("an instant");
        let clock = Clock::fixed(at);
        clock.set_by(Timestamp::now());
        assert_eq!(clock.now(), at);
    }
}
