//! The security events that the servers in this process have told, as they stand in the log.

use serde_json::Value;
use shared::TenantId;
use std::io::Write;
use std::sync::{Mutex, Once, PoisonError};

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Kept;

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// From now on the events are kept, and nothing else of the log.
pub fn capture() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        backend::watch::log::start("off", || Kept);
        // The program keeps the words of a panic to itself; a failing test must say them.
        drop(std::panic::take_hook());
    });
}

/// Every event so far, oldest first.
pub fn events() -> Vec<Value> {
    let text = LINES.lock().unwrap_or_else(PoisonError::into_inner).clone();
    String::from_utf8(text)
        .expect("UTF-8")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

/// Those of a tenant.
pub fn events_of(tenant: TenantId) -> Vec<Value> {
    let own = tenant.to_string();
    events().into_iter().filter(|event| event["tenant"] == own.as_str()).collect()
}
