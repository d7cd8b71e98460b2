//! I6 and I7: sixty-four writers for a minute. Nobody hears of a locked database or of a lost race for a row.

use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tests::database::postgres_url;
use tests::figure;
use tests::ledger::Writer;
use tests::scratch::Scratch;

const WRITERS: usize = 64;
const LASTS: Duration = Duration::from_secs(60);
/// Bar I6.
const SLOWEST: Duration = Duration::from_millis(500);

pub async fn many() {
    let scratch = Scratch::new();
    let (writer, serving) = Writer::new(&scratch).await;
    let busy = Arc::new(AtomicU64::new(0));
    let until = Instant::now() + LASTS;
    let tasks: Vec<_> = (0..WRITERS)
        .map(|own| {
            let (writer, origin, busy) = (writer.clone(), serving.origin.clone(), busy.clone());
            tokio::spawn(async move {
                let mut took = Vec::new();
                for number in 0.. {
                    if Instant::now() > until {
                        break;
                    }
                    let begun = Instant::now();
                    let answer = writer.add(&origin, &format!("w{own}-{number}")).await.expect("an answer");
                    match answer.status().as_u16() {
                        201 => took.push(begun.elapsed()),
                        503 | 429 => {
                            busy.fetch_add(1, Ordering::Relaxed);
                        }
                        other => panic!("{other}: {}", answer.json::<Value>().await.unwrap_or_default()),
                    }
                }
                took
            })
        })
        .collect();
    let mut took = Vec::new();
    for task in tasks {
        took.extend(task.await.expect("no writer panics"));
    }
    took.sort_unstable();
    let p99 = took[took.len() * 99 / 100];
    let busy = busy.load(Ordering::Relaxed);
    let words = format!(
        "{WRITERS} writers, 60 s: {} writes, 0 errors of the database, {busy} asked to come back, p99 {} ms",
        took.len(),
        p99.as_millis()
    );
    if postgres_url().is_some() {
        figure!("I7", "{words}");
    } else if p99 > SLOWEST {
        crate::missed!("I6", "{words}");
    } else {
        figure!("I6", "{words}");
    }
}
