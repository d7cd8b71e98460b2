//! The figures of this process, as Prometheus reads them. They are the process's own, like its log: whoever has
//! something to count says so where it happens. `docs/alerts.yml` says which of them wake somebody.
//!
//! Every label comes from a closed list (method, route pattern, class of status, code, kind), so that no caller can make
//! new series and no figure can hold an id or a person.

use super::events::Kind;
use super::readiness::Check;
use crate::label_enum;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use shared::problem::ProblemCode;
use std::sync::LazyLock;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

/// A number with a fraction that goes up and down.
pub type Level = Gauge<f64, AtomicU64>;

/// How a route answered.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Answered {
    method: &'static str,
    route: String,
    /// `2xx` and so on.
    status: &'static str,
}

/// How long a route took.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Took {
    method: &'static str,
    route: String,
}

macro_rules! one_label {
    ($($(#[$doc:meta])* $name:ident { $label:ident })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
        pub struct $name { pub $label: &'static str }
    )+};
}

one_label! {
    /// By code of the problem.
    ByCode { code }
    /// By kind of event.
    ByEvent { event }
    /// By pool of connections.
    ByPool { pool }
    /// By what readiness asks for.
    ByCheck { check }
}

label_enum! {
    /// What letters in the outbox are doing.
    Letters {
        /// To be sent, at once or at their next try.
        Waiting = "waiting",
        /// Tried for days and given up.
        GivenUp = "given_up",
    }
}

one_label! {
    /// By what letters are doing.
    ByLetters { state }
}

/// Every figure.
pub struct Figures {
    requests: Family<Answered, Counter>,
    durations: Family<Took, Histogram, fn() -> Histogram>,
    /// Requests that have come and are not answered yet.
    pub in_flight: Gauge,
    refusals: Family<ByCode, Counter>,
    events: Family<ByEvent, Counter>,
    pool_waits: Family<ByPool, Histogram, fn() -> Histogram>,
    /// Connections that somebody holds now.
    pub connections_in_use: Family<ByPool, Gauge>,
    /// Connections that there may be.
    pub connections_most: Family<ByPool, Gauge>,
    /// Passwords being hashed or waiting for a core.
    pub hashes_waiting: Gauge,
    /// Writes that wait for SQLite's one writer.
    pub writes_waiting: Gauge,
    pub letters: Family<ByLetters, Gauge>,
    /// Age of the oldest letter that waits; 0 without one.
    pub oldest_letter: Level,
    /// Free part of the disk, 0 to 1.
    pub disk_free: Level,
    /// Instant of the last backup, seconds since 1970; 0 when none is known.
    pub last_backup: Level,
    /// Whether each thing that readiness asks for is so.
    pub ready: Family<ByCheck, Gauge>,
}

const DURATIONS: [f64; 12] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
const WAITS: [f64; 9] = [0.000_1, 0.000_5, 0.002, 0.01, 0.05, 0.1, 0.5, 1.0, 2.0];

static FIGURES: LazyLock<Figures> = LazyLock::new(Figures::new);

/// The figures of this process.
pub fn figures() -> &'static Figures {
    &FIGURES
}

impl Figures {
    fn new() -> Self {
        let own = Self {
            requests: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(DURATIONS)),
            in_flight: Gauge::default(),
            refusals: Family::default(),
            events: Family::default(),
            pool_waits: Family::new_with_constructor(|| Histogram::new(WAITS)),
            connections_in_use: Family::default(),
            connections_most: Family::default(),
            hashes_waiting: Gauge::default(),
            writes_waiting: Gauge::default(),
            letters: Family::default(),
            oldest_letter: Level::default(),
            disk_free: Level::default(),
            last_backup: Level::default(),
            ready: Family::default(),
        };
        // There from the start at 0: a series that appears with its first event has no rate, and wakes nobody.
        for code in ProblemCode::ALL {
            drop(own.refusals.get_or_create(&ByCode { code: code.as_str() }));
        }
        for kind in Kind::ALL {
            drop(own.events.get_or_create(&ByEvent { event: kind.as_str() }));
        }
        for check in Check::ALL {
            drop(own.ready.get_or_create(&ByCheck { check: check.as_str() }));
        }
        own
    }

    /// A request was answered.
    pub fn answered(&self, method: &str, route: String, status: u16, took: Duration) {
        let method = known_method(method);
        self.durations.get_or_create(&Took { method, route: route.clone() }).observe(took.as_secs_f64());
        self.requests.get_or_create(&Answered { method, route, status: class(status) }).inc();
    }

    /// A request was refused or failed.
    pub fn refused(&self, code: ProblemCode) {
        self.refusals.get_or_create(&ByCode { code: code.as_str() }).inc();
    }

    /// Something happened that those who guard the server want to know.
    pub fn happened(&self, kind: Kind) {
        self.events.get_or_create(&ByEvent { event: kind.as_str() }).inc();
    }

    /// Somebody waited for a connection, and got one or not.
    pub fn waited(&self, pool: &'static str, took: Duration) {
        self.pool_waits.get_or_create(&ByPool { pool }).observe(took.as_secs_f64());
    }

    /// A register of all of them, with what is said of each. `database` is the kind of database, for the build's line.
    pub fn register(&self, database: &'static str) -> Registry {
        let mut all = Registry::with_prefix("polku");
        let build = Info::new([("version", env!("CARGO_PKG_VERSION")), ("database", database)]);
        all.register("build", "The program that runs", build);
        all.register("http_requests", "Requests answered, by route and class of status", self.requests.clone());
        let durations = self.durations.clone();
        all.register_with_unit("http_request_duration", "From a request's head to the head of its answer", Unit::Seconds, durations);
        all.register("http_requests_in_flight", "Requests that have come and are not answered yet", self.in_flight.clone());
        all.register("refusals", "Requests refused or failed, by the problem's code", self.refusals.clone());
        all.register("security_events", "Security events, by kind", self.events.clone());
        all.register_with_unit("db_pool_wait", "Waiting for a database connection", Unit::Seconds, self.pool_waits.clone());
        all.register("db_connections_in_use", "Database connections that are held now", self.connections_in_use.clone());
        all.register("db_connections_most", "Database connections that there may be", self.connections_most.clone());
        all.register("password_hashes_waiting", "Passwords being hashed or waiting for a core", self.hashes_waiting.clone());
        all.register("db_writes_waiting", "Writes that wait for SQLite's one writer", self.writes_waiting.clone());
        all.register("outbox_letters", "Letters in the outbox, by what they are doing", self.letters.clone());
        let oldest = self.oldest_letter.clone();
        all.register_with_unit("outbox_oldest_letter_age", "Age of the oldest letter that waits", Unit::Seconds, oldest);
        all.register("disk_free_ratio", "Free part of the disk with the data folder", self.disk_free.clone());
        all.register_with_unit(
            "last_backup_timestamp",
            "When the last backup was made; 0: none known",
            Unit::Seconds,
            self.last_backup.clone(),
        );
        all.register("ready", "1 while what readiness asks for is so", self.ready.clone());
        all
    }
}

/// A method as a label: what a caller invents is one word.
fn known_method(method: &str) -> &'static str {
    ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].into_iter().find(|known| *known == method).unwrap_or("other")
}

fn class(status: u16) -> &'static str {
    match status {
        100..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        _ => "5xx",
    }
}

/// Counts a request as under way until it is dropped, answered or not.
pub struct UnderWay;

impl UnderWay {
    /// A request has come.
    pub fn begin() -> Self {
        figures().in_flight.inc();
        Self
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        figures().in_flight.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use prometheus_client::encoding::text::encode;

    #[test]
    fn invented_methods_make_one_series() {
        let own = Figures::new();
        for method in ["GET", "BREW", "PROPFIND", "X-1", "X-2"] {
            own.answered(method, "/api/v1/me".to_owned(), 405, Duration::from_millis(3));
        }
        let mut text = String::new();
        encode(&mut text, &own.register("SQLite")).expect("text");
        let series: Vec<&str> = text.lines().filter(|line| line.starts_with("polku_http_requests_total")).collect();
        assert_eq!(series.len(), 2, "{series:?}");
        assert!(text.contains(r#"polku_http_requests_total{method="other",route="/api/v1/me",status="4xx"} 4"#), "{text}");
    }

    #[test]
    fn what_has_not_happened_yet_is_there_at_zero() {
        let own = Figures::new();
        let mut text = String::new();
        encode(&mut text, &own.register("SQLite")).expect("text");
        for kind in Kind::ALL {
            assert!(text.contains(&format!(r#"polku_security_events_total{{event="{}"}} 0"#, kind.as_str())), "{text}");
        }
    }
}
