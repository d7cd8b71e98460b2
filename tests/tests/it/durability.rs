//! H1, small: `kill -9` ten times under writes. What was acknowledged is there, what is sent again happens once. The
//! long one is part of `cargo xtask proof`.

use tests::figure;
use tests::ledger::kill_again_and_again;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_kill_9() {
    let found = kill_again_and_again(10).await;
    figure!("H1", "{} kills: {} acknowledged writes, 0 lost, 0 doubled", found.runs, found.acknowledged);
}
