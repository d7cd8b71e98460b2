//! K1: told to stop under load and with stalled clients. What was under way is finished.

use crate::flood::connect;
use std::time::{Duration, Instant};
use tests::figure;
use tests::ledger::{Ledger, Writer, titles};
use tests::scratch::Scratch;
use tokio::io::AsyncWriteExt;

const STALLED: usize = 300;

pub async fn stop() {
    let mut scratch = Scratch::new();
    let (writer, mut serving) = Writer::new(&scratch).await;
    let mut stalled = Vec::new();
    for number in 0..STALLED {
        let mut stream = connect(serving.address(), number).await.expect("a connection");
        let head = b"POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{";
        stream.write_all(head).await.expect("sent");
        stalled.push(stream);
    }
    let ledger = Ledger::default();
    let writing: Vec<_> =
        (0..4).map(|own| tokio::spawn(writer.clone().write(serving.origin.clone(), format!("k{own}"), ledger.clone()))).collect();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let begun = Instant::now();
    serving.terminate();
    let code = tokio::task::spawn_blocking(move || serving.wait()).await.expect("waited");
    let took = begun.elapsed();
    for writer in writing {
        writer.await.expect("no writer panics");
    }
    drop(stalled);
    let there = titles(&mut scratch);
    let told = ledger.lock().expect("the ledger").clone();
    let acknowledged: Vec<&String> = told.iter().filter(|(_, told)| **told).map(|(title, _)| title).collect();
    assert!(acknowledged.iter().all(|title| there.contains(title)), "acknowledged and lost");
    let words = format!(
        "SIGTERM with {STALLED} stalled clients: exit {code} after {:.1} s, {} acknowledged, 0 lost",
        took.as_secs_f64(),
        acknowledged.len()
    );
    if took <= Duration::from_secs(35) && code == 0 { figure!("K1", "{words}") } else { crate::missed!("K1", "{words}") }
}
