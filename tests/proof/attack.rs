//! J2: clients that are slow on purpose. All are cut off, and the others do not notice.

use crate::flood::{connect, connect_taking};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tests::figure;
use tests::scratch::Scratch;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const HEADS: usize = 1_000;
const BODIES: usize = 1_000;
const READERS: usize = 500;
/// Bar J2.
const CUT: Duration = Duration::from_secs(35);
const WATCHED: Duration = Duration::from_secs(60);
/// How long a slow reader sips before it takes all that is still there: what has arrived hides that it was cut.
const SIPPED: Duration = Duration::from_secs(30);

/// How an attacker is slow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slow {
    /// The head never ends.
    Head,
    /// The body comes a byte every two seconds.
    Body,
    /// The answer is read a few bytes a second.
    Reading,
}

/// How long one attacker held its connection; none when it still does at the end.
async fn attack(server: SocketAddr, number: usize, slow: Slow) -> Option<Duration> {
    let begun = Instant::now();
    // An answer that lies with the one who asked holds nothing of the server.
    let unread = (slow == Slow::Reading).then_some(4_096);
    let Ok(mut stream) = connect_taking(server, number, unread).await else { return Some(Duration::ZERO) };
    let opening: &[u8] = match slow {
        Slow::Head => b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n",
        Slow::Body => {
            b"POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n{"
        }
        Slow::Reading => b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n",
    };
    if stream.write_all(opening).await.is_err() {
        return Some(begun.elapsed());
    }
    let mut buffer = [0_u8; 16];
    if slow == Slow::Reading {
        while begun.elapsed() < SIPPED && matches!(stream.read(&mut buffer).await, Ok(1..)) {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        let cut = stream.read_to_end(&mut Vec::new()).await.is_err();
        return cut.then(|| begun.elapsed());
    }
    while begun.elapsed() < WATCHED {
        let byte: &[u8] = if slow == Slow::Head { b"X-A: b\r\n" } else { b" " };
        if stream.write_all(byte).await.is_err() {
            return Some(begun.elapsed());
        }
        // An answer before the request is whole is a refusal: the connection is of no more use.
        if tokio::time::timeout(Duration::from_secs(2), stream.read(&mut buffer)).await.is_ok() {
            return Some(begun.elapsed());
        }
    }
    None
}

/// How quickly others are served for a while.
async fn others(server: SocketAddr, lasts: Duration) -> Duration {
    let (until, mut took) = (Instant::now() + lasts, Vec::new());
    while Instant::now() < until {
        let begun = Instant::now();
        let mut stream = connect(server, 7).await.expect("a connection");
        stream.write_all(b"GET /api/v1/meta HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.expect("an answer");
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
        took.push(begun.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    took.sort_unstable();
    took[took.len() * 99 / 100]
}

pub async fn slow() {
    let scratch = Scratch::new();
    let serving = scratch.serve().await;
    let server = serving.address();
    let quiet = others(server, Duration::from_secs(10)).await;
    let all = [(Slow::Head, HEADS), (Slow::Body, BODIES), (Slow::Reading, READERS)];
    let attackers: Vec<_> = all
        .into_iter()
        .flat_map(|(slow, count)| (0..count).map(move |number| (slow, number)))
        .map(|(slow, number)| (slow, tokio::spawn(attack(server, number, slow))))
        .collect();
    let attacked = others(server, WATCHED - Duration::from_secs(5)).await;
    let mut reached = attacked <= quiet * 2 + Duration::from_millis(10);
    let mut words = format!("others p99 {:.1} ms, without attack {:.1} ms", attacked.as_secs_f64() * 1e3, quiet.as_secs_f64() * 1e3);
    let mut outcomes = Vec::new();
    for (slow, attacker) in attackers {
        outcomes.push((slow, attacker.await.expect("no attacker panics")));
    }
    for (slow, count) in all {
        let own: Vec<Option<Duration>> = outcomes.iter().filter(|(kind, _)| *kind == slow).map(|(_, cut)| *cut).collect();
        let longest = own.iter().flatten().max().copied().unwrap_or_default();
        let alive = own.iter().filter(|cut| cut.is_none()).count();
        reached &= alive == 0 && longest <= CUT;
        words.push_str(&format!("; {count} × slow {slow:?}: longest {:.0} s, {alive} never cut", longest.as_secs_f64()).to_lowercase());
    }
    if reached { figure!("J2", "{words}") } else { crate::missed!("J2", "{words}") }
}
