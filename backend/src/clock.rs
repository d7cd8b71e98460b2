//! What time it is: the system's clock, or a fixed one for tests, screenshots and the demo world.

use jiff::Timestamp;
use std::sync::{Arc, Mutex, PoisonError};

/// A clock that can be stopped and moved.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<Mutex<Option<Timestamp>>>);

impl Clock {
    /// A clock that stands still.
    pub fn fixed(at: Timestamp) -> Self {
        let clock = Self::default();
        clock.set(Some(at));
        clock
    }

    /// Stops the clock at an instant, or lets it run again.
    pub fn set(&self, at: Option<Timestamp>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// Now, in whole microseconds, which is what both databases keep.
    pub fn now(&self) -> Timestamp {
        let fixed = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = fixed.unwrap_or_else(Timestamp::now);
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }
}
