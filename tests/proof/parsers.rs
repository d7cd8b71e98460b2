//! Parsers fed for as long as one likes, in little memory (bar C6).

use std::process::Command;
use std::time::Duration;
use tests::figure;
use tests::parsers::PARSERS;

/// So much address space, in bytes: an input that makes a parser ask for more ends the check.
const MEMORY: u64 = 512 * 1024 * 1024;
/// For each parser, unless `POLKU_PROOF_SECONDS` says otherwise.
const SECONDS: u64 = 60;

/// Mutated inputs for every parser, one after another.
pub async fn fed() {
    let bounded = Command::new("prlimit").arg(format!("--pid={}", std::process::id())).arg(format!("--as={MEMORY}")).status();
    assert!(bounded.is_ok_and(|status| status.success()), "prlimit of util-linux bounds the memory");
    let seconds = std::env::var("POLKU_PROOF_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SECONDS);
    // On a thread that drives nothing else: a parser that waits brings a runtime of its own.
    let feeding = std::thread::spawn(move || PARSERS.iter().map(|parser| parser.feed_for(Duration::from_secs(seconds))).sum::<u64>());
    let inputs = feeding.join().expect("no parser gives up");
    figure!("C6", "{} parsers, {seconds} s each, {inputs} inputs: none broke, none asked for more than 512 MiB", PARSERS.len());
}
