//! The checks of `cargo xtask proof` that take minutes, need root, or break things: each is run by its name, on SQLite
//! or, with `POLKU_TEST_DATABASE_URL`, on PostgreSQL. What it found it says in lines `FIGURE bar words`; what falls short
//! of its bar in lines `MISSED bar words`. A broken promise ends it with an error.

mod attack;
mod backup;
mod clock;
mod disk;
mod flood;
mod kill;
mod pages;
mod parsers;
mod postgres;
mod powercut;
mod rotation;
mod signals;
mod trust;
mod unsynced;
mod writers;

use std::future::Future;
use std::pin::Pin;

type Run = fn() -> Pin<Box<dyn Future<Output = ()>>>;

/// Name → check. The order is that of the bars.
const CHECKS: &[(&str, Run)] = &[
    ("trust", || Box::pin(trust::deeds())),
    ("rotation", || Box::pin(rotation::under_load())),
    ("parsers", || Box::pin(parsers::fed())),
    ("kill9", || Box::pin(kill::again_and_again())),
    ("power-cut", || Box::pin(powercut::again_and_again())),
    ("io-errors", || Box::pin(disk::errors())),
    ("disk-full", || Box::pin(disk::full())),
    ("database-killed", || Box::pin(postgres::killed())),
    ("backup-under-load", || Box::pin(backup::under_load())),
    ("versions", || Box::pin(kill::versions())),
    ("writers", || Box::pin(writers::many())),
    ("open-connections", || Box::pin(flood::open_connections())),
    ("slow-attacks", || Box::pin(attack::slow())),
    ("overload", || Box::pin(flood::overload())),
    ("pool-held", || Box::pin(postgres::pool_held())),
    ("timeouts", || Box::pin(postgres::timeouts())),
    ("clock", || Box::pin(clock::skewed())),
    ("deep-pages", || Box::pin(pages::deep())),
    ("stop", || Box::pin(signals::stop())),
];

/// Says that a bar is not reached, with its figure.
#[macro_export]
macro_rules! missed {
    ($bar:literal, $($words:tt)+) => {
        println!("MISSED {} {}", $bar, format_args!($($words)+))
    };
}

fn main() {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let Some((_, run)) = CHECKS.iter().find(|(name, _)| *name == wanted) else {
        let names: Vec<&str> = CHECKS.iter().map(|(name, _)| *name).collect();
        eprintln!("proof CHECK, one of: {}", names.join(", "));
        std::process::exit(2);
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(run());
}
