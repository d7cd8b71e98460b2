//! H7: a backup is made while people write; it comes back whole.

use std::time::{Duration, Instant};
use tests::figure;
use tests::ledger::{Ledger, Writer, refuse_damage, titles};
use tests::scratch::Scratch;

pub async fn under_load() {
    let scratch = Scratch::new();
    let (writer, serving) = Writer::new(&scratch).await;
    let ledger = Ledger::default();
    let writing: Vec<_> =
        (0..4).map(|own| tokio::spawn(writer.clone().write(serving.origin.clone(), format!("b{own}"), ledger.clone()))).collect();
    tokio::time::sleep(Duration::from_secs(3)).await;
    let before: Vec<String> = acknowledged(&ledger);
    let folder = scratch.data().join("copy");
    let begun = Instant::now();
    let copied = folder.clone();
    let printed = scratch.polku(&["backup"]).arg(&copied).output().expect("the program runs");
    assert!(printed.status.success(), "{}", tests::scratch::said(&printed));
    let took = begun.elapsed();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mut serving = serving;
    serving.kill();
    for writer in writing {
        writer.await.expect("no writer panics");
    }
    let mut restored = Scratch::new();
    let begun = Instant::now();
    let printed = restored.polku(&["restore"]).arg(&folder).output().expect("the program runs");
    assert!(printed.status.success(), "{}", tests::scratch::said(&printed));
    let back = begun.elapsed();
    let there = titles(&mut restored);
    let lost: Vec<&String> = before.iter().filter(|title| !there.contains(title)).collect();
    assert!(lost.is_empty(), "acknowledged before the backup began and not in it: {lost:?}");
    refuse_damage(&mut restored);
    // The restored installation serves.
    restored.close();
    drop(restored.serve().await);
    figure!(
        "H7",
        "backup under {} writes/s in {:.2} s, restored in {:.2} s: all {} writes acknowledged before it are there, whole",
        before.len() / 3,
        took.as_secs_f64(),
        back.as_secs_f64(),
        before.len()
    );
}

fn acknowledged(ledger: &Ledger) -> Vec<String> {
    ledger.lock().expect("the ledger").iter().filter(|(_, told)| **told).map(|(title, _)| title.clone()).collect()
}
