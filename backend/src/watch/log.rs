//! The log: one JSON object a line, instants in UTC.

use super::events;
use std::io::Write;
use tracing_subscriber::EnvFilter;

/// Begins to log, to wherever `writer` says. Security events are logged whatever the level is.
pub fn start<W: Write + 'static>(level: &str, writer: impl Fn() -> W + Send + Sync + 'static) {
    let lines = tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter(level)).with_writer(writer);
    // A second start changes nothing.
    let _ = lines.try_init();
    // A panic is a line with its place and nothing else: its words may hold what somebody wrote.
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}

/// The level is our own code's. What libraries have to say for their makers holds addresses and values of people, so of
/// them only warnings are taken.
fn filter(level: &str) -> EnvFilter {
    let others = if ["error", "off"].contains(&level) { level } else { "warn" };
    let own = env!("CARGO_PKG_NAME");
    let wanted = EnvFilter::try_new(format!("{others},{own}={level},{}=info", events::TARGET));
    wanted.unwrap_or_else(|_| EnvFilter::new(format!("warn,{own}=info,{}=info", events::TARGET)))
}
