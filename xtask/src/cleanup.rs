//! What must be undone even when a person presses Ctrl-C in the middle.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result};

type Undo = Box<dyn FnOnce() + Send>;

static UNDO: Mutex<BTreeMap<u64, Undo>> = Mutex::new(BTreeMap::new());
static NEXT: AtomicU64 = AtomicU64::new(0);

/// Undoes its thing when dropped, or when the program is told to stop.
#[must_use = "dropped at once it undoes at once"]
pub struct Guard(u64);

impl Guard {
    pub fn new(undo: impl FnOnce() + Send + 'static) -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        if let Ok(mut list) = UNDO.lock() {
            list.insert(number, Box::new(undo));
        }
        Self(number)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let undo = UNDO.lock().ok().and_then(|mut list| list.remove(&self.0));
        if let Some(undo) = undo {
            undo();
        }
    }
}

/// From here on Ctrl-C and a polite kill undo everything, the newest first, and then end the program.
pub fn watch() -> Result<()> {
    ctrlc::set_handler(|| {
        loop {
            let newest = UNDO.lock().ok().and_then(|mut list| list.pop_last());
            match newest {
                Some((_, undo)) => undo(),
                None => std::process::exit(130),
            }
        }
    })
    .context("Ctrl-C cannot be watched")
}
