//! How often the same one may ask: token buckets in this node's memory (GCRA, crate `governor`). A bucket is forgotten
//! when it has filled up again, and there are no more of them than fit; who falls out begins anew.
//!
//! Who is signed in is counted by account, a program by its client, wherever they are: a whole office behind one address is not one caller. Only
//! strangers, and those whose token is refused, are counted by address.

use crate::config::limits::{self, Limits};
use crate::error::{Error, Result};
use crate::policy::Actor;
use actix_web::HttpMessage;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
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
    /// Names the kind in `RateLimit-Policy`.
    name: &'static str,
    count: u32,
    per: Duration,
    quota: Quota,
    clock: C,
    buckets: moka::sync::Cache<String, Arc<Bucket<C>>>,
}

/// How a caller stands with a rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    name: &'static str,
    count: u32,
    per: Duration,
    /// Requests that may come at once.
    left: u32,
    /// From an empty bucket: in how long there is one again.
    wait: Option<Duration>,
}

impl Rate {
    /// So many at once, and as many again in each `per`. None lets everything through.
    pub fn new(name: &'static str, (count, per): (u32, Duration)) -> Option<Self> {
        Self::with_clock(name, count, per, DefaultClock::default())
    }

    /// So many a second, and those of some seconds at once.
    fn a_second(name: &'static str, rate: u32, burst: u32) -> Option<Self> {
        Self::new(name, (rate.saturating_mul(burst), Duration::from_secs(u64::from(burst))))
    }
}

impl<C: Clock + Clone + Send + Sync + 'static> Rate<C> {
    fn with_clock(name: &'static str, count: u32, per: Duration, clock: C) -> Option<Self> {
        let whole = NonZeroU32::new(count)?;
        let quota = Quota::with_period(per / count)?.allow_burst(whole);
        let buckets = moka::sync::Cache::builder().max_capacity(REMEMBERED).time_to_idle(per + Duration::from_secs(60)).build();
        Some(Self { name, count, per, quota, clock, buckets })
    }

    /// Takes one from the key's bucket.
    fn take(&self, key: &str) -> Standing {
        let fresh = || Arc::new(RateLimiter::direct_with_clock(self.quota, self.clock.clone()).with_middleware());
        let bucket = self.buckets.get(key).unwrap_or_else(|| self.buckets.get_with_by_ref(key, fresh));
        let (left, wait) = match bucket.check() {
            Ok(state) => (state.remaining_burst_capacity(), None),
            Err(not_until) => (0, Some(not_until.wait_time_from(self.clock.now()))),
        };
        Standing { name: self.name, count: self.count, per: self.per, left, wait }
    }
}

impl Standing {
    fn check(&self) -> Result<()> {
        // Whole seconds, never too few.
        self.wait.map_or(Ok(()), |wait| Err(Error::too_many(wait.as_secs() + 1)))
    }

    /// As `RateLimit-Policy` and `RateLimit` tell it (draft-ietf-httpapi-ratelimit-headers-10).
    pub fn put_into(&self, headers: &mut HeaderMap) {
        let full = (u64::from(self.count - self.left) * self.per.as_secs()).div_ceil(u64::from(self.count));
        let lines = [
            ("ratelimit-policy", format!("\"{}\";q={};w={}", self.name, self.count, self.per.as_secs())),
            ("ratelimit", format!("\"{}\";r={};t={full}", self.name, self.left)),
        ];
        for (name, value) in lines {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

/// The buckets of a node.
pub struct Rates {
    /// Requests of signed-in callers, by account.
    pub account: Option<Rate>,
    /// Requests of programs, by client.
    pub client: Option<Rate>,
    /// Requests of all others, by address.
    pub address: Option<Rate>,
    /// Messages about accessibility, by network.
    pub feedback: Option<Rate>,
    /// Wishes for a link to a new password, by network.
    pub resets: Option<Rate>,
}

impl Rates {
    /// The rates that the settings ask for.
    pub fn new(limits: &Limits) -> Self {
        Self {
            account: Rate::a_second("account", limits.account_rate, limits::ACCOUNT_BURST),
            client: Rate::a_second("client", limits.client_rate, limits::ACCOUNT_BURST),
            address: Rate::a_second("address", limits.address_rate, limits::ADDRESS_BURST),
            feedback: Rate::new("feedback", (limits.feedback, Duration::from_secs(60))),
            resets: Rate::new("resets", (limits.resets, Duration::from_secs(3_600))),
        }
    }
}

impl Rates {
    /// Counts a request of a person or a program whose token is good.
    pub fn check_bearer(&self, actor: &Actor, request: &impl HttpMessage) -> Result<()> {
        let rate = if actor.client.is_some() { &self.client } else { &self.account };
        check_and_tell(rate.as_ref(), &actor.principal()?.to_string(), request)
    }
}

/// Refuses with 429 what comes too often.
pub fn check(rate: Option<&Rate>, key: &str) -> Result<()> {
    rate.map_or(Ok(()), |rate| rate.take(key).check())
}

/// As [`check`], and leaves the standing for the headers of the answer.
pub fn check_and_tell(rate: Option<&Rate>, key: &str, request: &impl HttpMessage) -> Result<()> {
    let Some(rate) = rate else { return Ok(()) };
    let standing = rate.take(key);
    let outcome = standing.check();
    request.extensions_mut().insert(standing);
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;

    #[test]
    fn a_bucket_lets_so_many_through_and_fills_up_again() {
        let clock = FakeRelativeClock::default();
        let rate = Rate::with_clock("x", 10, Duration::from_secs(60), clock.clone()).expect("a rate");
        let takes = |key: &str| (0..20).filter(|_| rate.take(key).check().is_ok()).count();
        assert_eq!(takes("a"), 10);
        assert_eq!(rate.take("a").wait, Some(Duration::from_secs(6)));
        assert_eq!(takes("b"), 10, "another has a bucket of its own");
        clock.advance(Duration::from_secs(6));
        assert_eq!(takes("a"), 1);
        clock.advance(Duration::from_secs(600));
        assert_eq!(takes("a"), 10, "and never more than it holds");
    }

    #[test]
    fn over_time_the_rate_is_kept_to_the_request() {
        let clock = FakeRelativeClock::default();
        let rate = Rate::with_clock("x", 60, Duration::from_secs(3), clock.clone()).expect("a rate");
        let mut taken = 0;
        for _ in 0..100_000 {
            taken += usize::from(rate.take("a").check().is_ok());
            clock.advance(Duration::from_millis(1));
        }
        // 100 s at 20 a second, and the 60 of the beginning.
        assert!((2_059..=2_061).contains(&taken), "{taken}");
    }

    #[test]
    fn the_headers_tell_what_is_left_and_when_all_is_back() {
        let rate = Rate::with_clock("account", 60, Duration::from_secs(3), FakeRelativeClock::default()).expect("a rate");
        let told = |standing: Standing| {
            let mut headers = HeaderMap::new();
            standing.put_into(&mut headers);
            ["ratelimit-policy", "ratelimit"].map(|name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned())
        };
        assert_eq!(told(rate.take("a")), ["\"account\";q=60;w=3", "\"account\";r=59;t=1"]);
        assert!((0..59).all(|_| rate.take("a").check().is_ok()));
        assert_eq!(told(rate.take("a")), ["\"account\";q=60;w=3", "\"account\";r=0;t=3"]);
    }

    #[test]
    fn a_rate_of_none_lets_everything_through() {
        assert!(Rate::new("x", (0, Duration::from_secs(1))).is_none());
        assert!(check(None, "a").is_ok());
    }
}
