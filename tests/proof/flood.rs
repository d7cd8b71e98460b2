//! J1 and J3: ten thousand open connections, and far more work than there is room for.

use reqwest::Client;
use serde_json::json;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tests::figure;
use tests::ledger::Writer;
use tests::scratch::{Scratch, Serving};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

const OPEN: usize = 10_000;

/// A connection from one of several addresses of this machine: one alone has some 28 000 ports.
pub async fn connect(server: SocketAddr, number: usize) -> std::io::Result<TcpStream> {
    connect_taking(server, number, None).await
}

/// As [`connect`], with room for so many bytes that have come and are not read yet; what is beyond that stays with the
/// sender.
pub async fn connect_taking(server: SocketAddr, number: usize, unread: Option<u32>) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    if let Some(unread) = unread {
        socket.set_recv_buffer_size(unread)?;
    }
    let source = Ipv4Addr::new(127, 0, 1, u8::try_from(number % 8 + 1).unwrap_or(1));
    socket.bind(SocketAddr::new(IpAddr::V4(source), 0))?;
    socket.connect(server).await
}

async fn ask(stream: &mut TcpStream) -> std::io::Result<()> {
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").await?;
    let mut buffer = [0_u8; 4096];
    let read = stream.read(&mut buffer).await?;
    if buffer[..read].starts_with(b"HTTP/1.1 200") { Ok(()) } else { Err(std::io::Error::other("not 200")) }
}

/// J1: ten thousand people keep their connection open; a newcomer is served as if they were not there.
pub async fn open_connections() {
    let scratch = Scratch::new();
    let serving = scratch.serve().await;
    let server = serving.address();
    let mut held = Vec::new();
    for number in 0..OPEN {
        let mut stream = connect(server, number).await.expect("a connection: is `ulimit -n` at least 20 000?");
        if number % 20 == 0 {
            ask(&mut stream).await.expect("served");
        }
        held.push(stream);
    }
    let mut took = Vec::new();
    for number in 0..300 {
        let begun = Instant::now();
        let mut stream = connect(server, number).await.expect("a connection");
        ask(&mut stream).await.expect("served");
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    let (memory, p99) = (serving.memory_mib(), took[took.len() * 99 / 100]);
    drop(held);
    let words = format!("{OPEN} connections open: {memory:.0} MiB, a new request p99 {:.1} ms", p99.as_secs_f64() * 1000.0);
    if memory <= 400.0 && p99 <= Duration::from_millis(250) { figure!("J1", "{words}") } else { crate::missed!("J1", "{words}") }
}

/// What readers see for a while: how many answers of each status a second, and the slowest hundredth.
async fn read(serving: &Serving, token: &str, readers: usize, lasts: Duration) -> (BTreeMap<u16, u64>, Duration) {
    let http = Client::builder().timeout(Duration::from_secs(20)).build().expect("a client");
    let until = Instant::now() + lasts;
    let tasks: Vec<_> = (0..readers)
        .map(|_| {
            let request = http.get(format!("{}/api/v1/editions", serving.origin)).bearer_auth(token);
            tokio::spawn(async move {
                let (mut statuses, mut took) = (BTreeMap::<u16, u64>::new(), Vec::new());
                while Instant::now() < until {
                    let begun = Instant::now();
                    let answer = request.try_clone().expect("no body").send().await.expect("an answer");
                    let status = answer.status().as_u16();
                    assert!(status != 503 && status != 429 || answer.headers().contains_key("retry-after"), "{status} without Retry-After");
                    drop(answer.bytes().await);
                    *statuses.entry(status).or_default() += 1;
                    took.push(begun.elapsed());
                }
                (statuses, took)
            })
        })
        .collect();
    let (mut statuses, mut took) = (BTreeMap::<u16, u64>::new(), Vec::new());
    for task in tasks {
        let (own, times) = task.await.expect("no reader panics");
        own.into_iter().for_each(|(status, count)| *statuses.entry(status).or_default() += count);
        took.extend(times);
    }
    took.sort_unstable();
    let p99 = took.get(took.len() * 99 / 100).copied().unwrap_or_default();
    (statuses, p99)
}

const LASTS: Duration = Duration::from_secs(20);

/// J3: five times the readers that the machine has room for, and then a flood of sign-ins beside ordinary reading.
pub async fn overload() {
    let scratch = Scratch::new();
    let (writer, serving) = Writer::new(&scratch).await;
    let (alone, alone_p99) = read(&serving, writer.token(), 8, LASTS).await;
    let (crowded, crowded_p99) = read(&serving, writer.token(), 400, LASTS).await;
    let good = |statuses: &BTreeMap<u16, u64>| statuses.get(&200).copied().unwrap_or(0);
    let kept = good(&crowded) as f64 / good(&alone).max(1) as f64;
    let begun = Instant::now();
    let (after, _) = read(&serving, writer.token(), 8, Duration::from_secs(5)).await;
    let recovered = good(&after) as f64 / 5.0 / (good(&alone) as f64 / LASTS.as_secs_f64());
    assert!(begun.elapsed() < Duration::from_secs(30));
    let words = format!(
        "8 readers {}/s p99 {} ms; 400 readers: {crowded:?}, good answers {:.0} % of that, p99 {} ms; afterwards {:.0} %",
        good(&alone) / LASTS.as_secs(),
        alone_p99.as_millis(),
        kept * 100.0,
        crowded_p99.as_millis(),
        recovered * 100.0
    );
    if kept >= 0.8 && recovered >= 0.8 {
        figure!("J3", "{words}")
    } else {
        crate::missed!("J3", "{words}")
    }
    flood_of_sign_ins(&serving, &writer, (good(&alone), alone_p99)).await;
}

/// Two hundred programs guess passwords as fast as they are let, from as many networks as they have.
async fn flood_of_sign_ins(serving: &Serving, writer: &Writer, (alone, alone_p99): (u64, Duration)) {
    let stop = Arc::new(AtomicBool::new(false));
    let http = Client::builder().timeout(Duration::from_secs(30)).build().expect("a client");
    let attackers: Vec<_> = (0..200)
        .map(|own| {
            let (http, stop, address) = (http.clone(), stop.clone(), format!("{}/api/v1/sessions", serving.origin));
            tokio::spawn(async move {
                let mut statuses = BTreeMap::<u16, u64>::new();
                while !stop.load(Ordering::SeqCst) {
                    let body = json!({"email": format!("a{own}@example.fi"), "password": "ei mikään oikea salasana", "kind": "device"});
                    if let Ok(answer) = http.post(&address).json(&body).send().await {
                        *statuses.entry(answer.status().as_u16()).or_default() += 1;
                    }
                }
                statuses
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let (during, p99) = read(serving, writer.token(), 8, LASTS).await;
    stop.store(true, Ordering::SeqCst);
    let mut seen = BTreeMap::<u16, u64>::new();
    for attacker in attackers {
        attacker.await.expect("no attacker panics").into_iter().for_each(|(status, count)| *seen.entry(status).or_default() += count);
    }
    let good = during.get(&200).copied().unwrap_or(0);
    // Both cores are shared with the attackers themselves, so what counts is that reading goes on and stays quick.
    let words = format!(
        "sign-in flood {seen:?}: readers {}/s p99 {} ms beside it, {}/s p99 {} ms without",
        good / LASTS.as_secs(),
        p99.as_millis(),
        alone / LASTS.as_secs(),
        alone_p99.as_millis()
    );
    let others: u64 = during.iter().filter(|(status, _)| **status != 200).map(|(_, count)| count).sum();
    if others == 0 && p99 <= Duration::from_millis(250) { figure!("B6", "{words}") } else { crate::missed!("B6", "{words}") }
}
