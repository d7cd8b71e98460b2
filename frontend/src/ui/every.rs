//! Doing something again and again while somebody looks at the page.

use leptos::prelude::*;
use std::rc::Rc;
use std::time::Duration;

/// Runs `run` at every `period` until this part of the page goes; not while nobody sees the page, but at once when it is
/// seen again.
pub fn every(period: Duration, run: impl Fn() + 'static) {
    let run = Rc::new(move || {
        if !document().hidden() {
            run();
        }
    });
    let again = Rc::clone(&run);
    if let Ok(handle) = set_interval_with_handle(move || again(), period) {
        on_cleanup(move || handle.clear());
    }
    let seen = window_event_listener_untyped("visibilitychange", move |_| run());
    on_cleanup(move || seen.remove());
}
