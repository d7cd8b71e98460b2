//! How often the same one may ask: token buckets in this node's memory (GCRA, crate `governor`). A bucket is forgotten
//! when it has filled up again, and there are no more of them than fit; who falls out begins anew.

use super::limits;
use crate::error::{Error, Result};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// Most buckets of one kind that are remembered at a time: some 20 MB.
const REMEMBERED: u64 = 100_000;

type Bucket<C> = RateLimiter<NotKeyed, InMemoryState, C, StateInformationMiddleware>;

/// Buckets of one kind, one for each key.
pub struct Rate<C: Clock + Clone + Send + Sync + 'static = DefaultClock> {
    quota: Quota,
    clock: C,
    buckets: moka::sync::Cache<String, Arc<Bucket<C>>>,
}

impl Rate {
    /// So many at once, and as many again in each `per`. None lets everything through.
    pub fn new((count, per): (u32, Duration)) -> Option<Self> {
        Self::with_clock(count, per, DefaultClock::default())
    }
}

impl<C: Clock + Clone + Send + Sync + 'static> Rate<C> {
    fn with_clock(count: u32, per: Duration, clock: C) -> Option<Self> {
        let count = NonZeroU32::new(count)?;
        let quota = Quota::with_period(per / count.get())?.allow_burst(count);
        let buckets = moka::sync::Cache::builder().max_capacity(REMEMBERED).time_to_idle(per + Duration::from_secs(60)).build();
        Some(Self { quota, clock, buckets })
    }

    /// Takes one from the key's bucket. From an empty one: in how long there will be one again.
    pub fn take(&self, key: &str) -> std::result::Result<(), Duration> {
        let fresh = || Arc::new(RateLimiter::direct_with_clock(self.quota, self.clock.clone()).with_middleware());
        let bucket = self.buckets.get(key).unwrap_or_else(|| self.buckets.get_with_by_ref(key, fresh));
        bucket.check().map(drop).map_err(|not_until| not_until.wait_time_from(self.clock.now()))
    }
}

/// The buckets of a node.
pub struct Rates {
    /// Messages about accessibility, by network.
    pub feedback: Option<Rate>,
    /// Wishes for a link to a new password, by network.
    pub resets: Option<Rate>,
}

impl Default for Rates {
    fn default() -> Self {
        Self { feedback: Rate::new(limits::FEEDBACK), resets: Rate::new(limits::RESETS) }
    }
}

/// Refuses with 429 what comes too often.
pub fn check(rate: Option<&Rate>, key: &str) -> Result<()> {
    let taken = rate.map_or(Ok(()), |rate| rate.take(key));
    taken.map_err(|wait| Error::too_many(wait.as_secs() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;

    #[test]
    fn a_bucket_lets_so_many_through_and_fills_up_again() {
        let clock = FakeRelativeClock::default();
        let rate = Rate::with_clock(10, Duration::from_secs(60), clock.clone()).expect("a rate");
        let takes = |key: &str| (0..20).filter(|_| rate.take(key).is_ok()).count();
        assert_eq!(takes("a"), 10);
        assert_eq!(rate.take("a"), Err(Duration::from_secs(6)));
        assert_eq!(takes("b"), 10, "another has a bucket of its own");
        clock.advance(Duration::from_secs(6));
        assert_eq!(takes("a"), 1);
        clock.advance(Duration::from_secs(600));
        assert_eq!(takes("a"), 10, "and never more than it holds");
    }

    #[test]
    fn a_rate_of_none_lets_everything_through() {
        assert!(Rate::new((0, Duration::from_secs(1))).is_none());
        assert!(check(None, "a").is_ok());
    }
}
