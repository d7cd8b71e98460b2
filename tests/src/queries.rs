//! How many queries a database was asked, by its address.

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

static ASKED: Mutex<BTreeMap<String, u64>> = Mutex::new(BTreeMap::new());

/// Counts what one connection asks.
#[derive(Default)]
struct Counter {
    address: String,
}

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => url.clone_into(&mut self.address),
            InstrumentationEvent::StartQuery { .. } => {
                *ASKED.lock().unwrap_or_else(PoisonError::into_inner).entry(self.address.clone()).or_default() += 1;
            }
            _ => {}
        }
    }
}

/// From now on the queries of new connections are counted.
pub fn count() {
    set_default_instrumentation(|| Some(Box::<Counter>::default())).expect("set");
}

/// How many the database with this address has been asked.
pub fn asked(address: &str) -> u64 {
    ASKED.lock().unwrap_or_else(PoisonError::into_inner).get(address).copied().unwrap_or_default()
}
