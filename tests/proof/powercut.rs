//! H2: the power is cut again and again in the middle of writes. SQLite only; needs root and `/dev/fuse`.

use crate::disk::only_for_sqlite;
use crate::unsynced::Disk;
use tests::figure;
use tests::ledger::end_again_and_again;
use tests::scratch::Scratch;

const CUTS: usize = 100;

pub async fn again_and_again() {
    only_for_sqlite();
    let mut disk = Disk::new();
    let mut lost = 0;
    let scratch = Scratch::with_database_in(disk.path());
    let found = end_again_and_again(CUTS, scratch, |serving| {
        serving.kill();
        lost += disk.cut();
    })
    .await;
    assert!(lost > 0, "the disk never lost anything, so this proves nothing");
    figure!(
        "H2",
        "{} power cuts, {lost} pages that were not synced lost: {} acknowledged writes, 0 lost, {} sent again, 0 doubled; slowest restart {:.2} s",
        found.runs,
        found.acknowledged,
        found.sent_again,
        found.slowest_restart.as_secs_f64()
    );
}
