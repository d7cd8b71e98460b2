//! How much, how long and how often: every bound in one place, each of them a setting. `API.md` tells callers of them.
//! Bounds of single fields stand with the contract: free text 4 000 characters and the rest in `shared::rules`, items on
//! a page in `shared::page`.

use clap::{Args, FromArgMatches};
use std::time::Duration;

/// How many seconds' worth an account or a program may ask at once: a page that opens asks for much.
pub const ACCOUNT_BURST: u32 = 3;
/// How many seconds' worth may come at once from an address.
pub const ADDRESS_BURST: u32 = 2;
/// For what is under way when the server stops.
pub const DRAIN_SECONDS: u64 = 25;
/// How long a socket may hold what its peer does not take.
pub const UNTAKEN: Duration = Duration::from_secs(30);
/// How many bytes of an answer a socket takes before they can be sent.
pub const UNSENT: u32 = 64 * 1024;

/// The bounds of a node.
#[derive(Args, Clone, Debug)]
pub struct Limits {
    /// Requests a second that one account may make, three seconds' worth at once; 0 sets no bound
    #[arg(long = "rate-per-account", env = "POLKU_RATE_PER_ACCOUNT", default_value = "20")]
    pub account_rate: u32,

    /// Requests a second that one program may make, three seconds' worth at once; 0 sets no bound
    #[arg(long = "rate-per-client", env = "POLKU_RATE_PER_CLIENT", default_value = "50")]
    pub client_rate: u32,

    /// Requests a second from one network address, of those who are not signed in; 0 sets no bound
    #[arg(long = "rate-per-address", env = "POLKU_RATE_PER_ADDRESS", default_value = "50")]
    pub address_rate: u32,

    /// Messages about accessibility from one network in a minute; 0 sets no bound
    #[arg(long = "feedback-per-minute", env = "POLKU_FEEDBACK_PER_MINUTE", default_value = "10")]
    pub feedback: u32,

    /// Letters to reset a password asked for from one network in an hour; 0 sets no bound
    #[arg(long = "resets-per-hour", env = "POLKU_RESETS_PER_HOUR", default_value = "20")]
    pub resets: u32,

    /// Requests of the API that are worked on at a time; more are told to come back
    #[arg(long, env = "POLKU_IN_FLIGHT", default_value = "128", value_parser = from_one)]
    pub in_flight: usize,

    /// Requests of one account or program that are worked on at a time
    #[arg(long = "in-flight-per-account", env = "POLKU_IN_FLIGHT_PER_ACCOUNT", default_value = "20", value_parser = from_one)]
    pub in_flight_of_account: usize,

    /// Percent of a node's requests at a time that the people of one tenant may have once the node is half full
    #[arg(long = "in-flight-per-tenant", env = "POLKU_IN_FLIGHT_PER_TENANT", default_value = "25", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub in_flight_of_tenant: u32,

    /// Streams of hints that a node holds; who gets none asks now and then instead
    #[arg(long, env = "POLKU_STREAMS", default_value = "4000", value_parser = from_one)]
    pub streams: usize,

    /// Streams of hints of one account
    #[arg(long = "streams-per-account", env = "POLKU_STREAMS_PER_ACCOUNT", default_value = "30", value_parser = from_one)]
    pub streams_of_account: usize,

    /// Connections of a node
    #[arg(long, env = "POLKU_CONNECTIONS", default_value = "12000", value_parser = from_one)]
    pub connections: usize,

    /// Largest body, in bytes; a compressed one is refused
    #[arg(long = "body-bytes", env = "POLKU_BODY_BYTES", default_value = "262144", value_parser = from_one)]
    pub body: usize,

    /// Memory for all bodies that are read or worked on at a time, in MiB
    #[arg(long, env = "POLKU_BODIES_MIB", default_value = "64", value_parser = from_one)]
    pub bodies_mib: usize,

    /// Longest address with its query, in bytes
    #[arg(long = "url-bytes", env = "POLKU_URL_BYTES", default_value = "8192", value_parser = from_one)]
    pub address: usize,

    /// Most header fields
    #[arg(long = "header-fields", env = "POLKU_HEADER_FIELDS", default_value = "64", value_parser = clap::value_parser!(u32).range(8..=96))]
    pub fields: u32,

    /// All header fields together, in bytes
    #[arg(long = "header-bytes", env = "POLKU_HEADER_BYTES", default_value = "32768", value_parser = from_one)]
    pub field_bytes: usize,

    #[command(flatten)]
    pub json: Json,

    #[command(flatten)]
    pub times: Times,
}

/// The bounds of a JSON document.
#[derive(Args, Clone, Copy, Debug)]
pub struct Json {
    /// Deepest nesting of JSON
    #[arg(long = "json-depth", env = "POLKU_JSON_DEPTH", default_value = "32", value_parser = clap::value_parser!(u32).range(8..=100))]
    pub depth: u32,

    /// Longest array in JSON
    #[arg(long = "json-array", env = "POLKU_JSON_ARRAY", default_value = "1000", value_parser = from_one)]
    pub array: usize,

    /// Longest string in JSON, in characters
    #[arg(long = "json-string", env = "POLKU_JSON_STRING", default_value = "10000", value_parser = from_one)]
    pub string: usize,
}

/// How long things may take.
#[derive(Args, Clone, Debug)]
pub struct Times {
    /// Seconds for a head
    #[arg(long = "head-seconds", env = "POLKU_HEAD_SECONDS", default_value = "5", value_parser = seconds)]
    pub head: Duration,

    /// Seconds for a whole body
    #[arg(id = "body-time", long = "body-seconds", env = "POLKU_BODY_SECONDS", default_value = "30", value_parser = seconds)]
    pub body: Duration,

    /// Seconds before the pace of a body or an answer is looked at
    #[arg(long = "grace-seconds", env = "POLKU_GRACE_SECONDS", default_value = "10", value_parser = seconds)]
    pub grace: Duration,

    /// Least bytes a second, of bodies and of answers
    #[arg(long = "least-pace", env = "POLKU_LEAST_PACE", default_value = "1024", value_parser = clap::value_parser!(u64).range(1..))]
    pub pace: u64,

    /// Seconds for the work on a request, from the last byte of its body
    #[arg(long = "handler-seconds", env = "POLKU_HANDLER_SECONDS", default_value = "10", value_parser = seconds)]
    pub handler: Duration,

    /// Seconds that a connection may lie idle
    #[arg(long = "keep-alive-seconds", env = "POLKU_KEEP_ALIVE_SECONDS", default_value = "15", value_parser = seconds)]
    pub keep_alive: Duration,

    /// Seconds between two signs of life on a stream of hints; then its session and rights are looked at, too
    #[arg(long = "heartbeat-seconds", env = "POLKU_HEARTBEAT_SECONDS", default_value = "15", value_parser = seconds)]
    pub heartbeat: Duration,
}

/// How long the database may take.
#[derive(Args, Clone, Copy, Debug)]
pub struct Patience {
    /// Seconds for a statement of PostgreSQL
    #[arg(long = "statement-seconds", env = "POLKU_STATEMENT_SECONDS", default_value = "5", value_parser = seconds)]
    pub statement: Duration,

    /// Seconds that a lock is waited for; on SQLite, while another program writes
    #[arg(long = "lock-seconds", env = "POLKU_LOCK_SECONDS", default_value = "2", value_parser = seconds)]
    pub lock: Duration,

    /// Seconds that a transaction of PostgreSQL may lie open and do nothing
    #[arg(long = "idle-seconds", env = "POLKU_IDLE_SECONDS", default_value = "10", value_parser = seconds)]
    pub idle: Duration,

    /// Seconds that a connection to the database is waited for
    #[arg(long = "pool-seconds", env = "POLKU_POOL_SECONDS", default_value = "2", value_parser = seconds)]
    pub pool: Duration,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let number: f64 = text.parse().map_err(|_| "a number of seconds".to_owned())?;
    let given = Duration::try_from_secs_f64(number).map_err(|_| "a number of seconds".to_owned())?;
    // The systems below count milliseconds, and take 0 for no bound at all.
    let bounds = Duration::from_millis(1)..=Duration::from_secs(24 * 3_600);
    if bounds.contains(&given) { Ok(given) } else { Err("more than 0 and at most a day".to_owned()) }
}

fn from_one(text: &str) -> Result<usize, String> {
    let bounds = 1..=1 << 30;
    let given: Option<usize> = text.parse().ok();
    given.filter(|number| bounds.contains(number)).ok_or_else(|| format!("a whole number from 1 to {}", bounds.end()))
}

/// What holds when nothing is set, whatever the environment says.
fn defaults<T: Args + FromArgMatches>() -> T {
    let command = T::augment_args(clap::Command::new("")).mut_args(|argument| argument.env(clap::builder::Resettable::Reset));
    // The defaults are constants, and a test reads them.
    #[allow(clippy::expect_used)]
    T::from_arg_matches(&command.get_matches_from([""])).expect("the defaults are good")
}

impl Default for Limits {
    fn default() -> Self {
        defaults()
    }
}

impl Default for Json {
    fn default() -> Self {
        defaults()
    }
}

impl Default for Times {
    fn default() -> Self {
        defaults()
    }
}

impl Default for Patience {
    fn default() -> Self {
        defaults()
    }
}

impl Times {
    /// How long so many bytes may have taken.
    pub fn for_bytes(&self, bytes: u64) -> Duration {
        self.grace + Duration::from_millis(bytes.saturating_mul(1_000) / self.pace)
    }

    /// From an answer to the next request on the connection being whole.
    pub fn idle(&self) -> Duration {
        self.keep_alive + self.head
    }
}

impl Limits {
    /// Requests of one tenant's people at a time.
    pub fn of_tenant(&self) -> usize {
        (self.in_flight * self.in_flight_of_tenant as usize / 100).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_set_means_the_bounds_that_are_promised() {
        let limits = Limits::default();
        assert_eq!(limits.client_rate, 50);
        assert_eq!((limits.account_rate, limits.address_rate, limits.in_flight, limits.in_flight_of_account), (20, 50, 128, 20));
        assert_eq!((limits.of_tenant(), limits.connections, limits.feedback, limits.resets), (32, 12_000, 10, 20));
        assert_eq!((limits.body, limits.bodies_mib, limits.address, limits.fields, limits.field_bytes), (262_144, 64, 8_192, 64, 32_768));
        assert_eq!((limits.json.depth, limits.json.array, limits.json.string), (32, 1_000, 10_000));
        assert_eq!((limits.streams, limits.streams_of_account), (4_000, 30));
        let times = &limits.times;
        let all = [times.head, times.body, times.grace, times.handler, times.keep_alive, times.heartbeat].map(|time| time.as_secs());
        assert_eq!((all, times.pace), ([5, 30, 10, 10, 15, 15], 1_024));
        let patience = Patience::default();
        let all = [patience.statement, patience.lock, patience.idle, patience.pool].map(|time| time.as_secs());
        assert_eq!(all, [5, 2, 10, 2]);
    }

    #[test]
    fn a_time_of_nothing_is_none() {
        assert_eq!(seconds("0.25"), Ok(Duration::from_millis(250)));
        assert!(["0", "-1", "x", "", "NaN", "inf", "86401", "0.0001"].iter().all(|text| seconds(text).is_err()));
        assert!(["0", "-1", "1.5", "1073741825"].iter().all(|text| from_one(text).is_err()));
    }
}
