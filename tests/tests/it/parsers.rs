//! What strangers send, read by every parser of ours: nothing brings one down, nothing slips through (C6).

use tests::parsers::PARSERS;
use tests::{all_at_once, figure};

/// For each parser.
const INPUTS: u32 = 3_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_input_brings_a_parser_down_or_slips_through() {
    let fed = PARSERS.iter().map(|parser| async { tokio::task::spawn_blocking(|| parser.feed(INPUTS, 1)).await });
    let outcomes = all_at_once(fed).await;
    for outcome in outcomes {
        if let Err(broken) = outcome {
            std::panic::resume_unwind(broken.into_panic());
        }
    }
    figure!("C6", "{} parsers, {INPUTS} inputs each", PARSERS.len());
}
