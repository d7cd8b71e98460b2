//! H5, J4, J5: the database is killed, or held by somebody else.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, RunQueryDsl, SqliteConnection, sql_query};
use reqwest::Client;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tests::database::postgres_url;
use tests::figure;
use tests::ledger::{Writer, titles};
use tests::scratch::Scratch;

const KILLS: usize = 3;
const WRITERS: usize = 16;

/// The cluster's process; whoever started it starts it again.
fn postmaster() -> String {
    let folder = std::env::var_os("POLKU_PROOF_PGDATA").map(PathBuf::from).expect("`cargo xtask proof` says where the cluster lies");
    let text = std::fs::read_to_string(folder.join("postmaster.pid")).expect("the cluster runs");
    text.lines().next().expect("a process").to_owned()
}

/// Waits until the cluster takes connections again.
fn up_again(url: &str) {
    let until = Instant::now() + Duration::from_secs(60);
    while PgConnection::establish(url).is_err() {
        assert!(Instant::now() < until, "PostgreSQL does not come back");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// H5: the cluster is killed under load. Callers see 503 with a time to come back, and what they send again happens once.
pub async fn killed() {
    let mut scratch = Scratch::new();
    let (writer, serving) = Writer::new(&scratch).await;
    let (stop, seen) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(BTreeMap::<u16, u64>::new())));
    let last = Arc::new(Mutex::new(Instant::now()));
    let tasks: Vec<_> = (0..WRITERS)
        .map(|own| {
            let (writer, origin, stop, seen, last) = (writer.clone(), serving.origin.clone(), stop.clone(), seen.clone(), last.clone());
            tokio::spawn(async move {
                let mut number = 0;
                while !stop.load(Ordering::SeqCst) {
                    let answer = writer.add(&origin, &format!("p{own}-{number}")).await.expect("the server itself never goes");
                    let status = answer.status().as_u16();
                    *seen.lock().expect("counts").entry(status).or_default() += 1;
                    match status {
                        201 => {
                            *last.lock().expect("an instant") = Instant::now();
                            number += 1;
                        }
                        503 => assert!(answer.headers().contains_key("retry-after"), "503 without Retry-After"),
                        other => panic!("{other}: {}", answer.text().await.unwrap_or_default()),
                    }
                }
                // The last one may have been refused: it is sent until it is taken.
                while writer.add(&origin, &format!("p{own}-{number}")).await.expect("an answer").status() != 201 {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                number + 1
            })
        })
        .collect();
    let url = scratch.url().to_owned();
    let mut slowest = Duration::ZERO;
    for _ in 0..KILLS {
        tokio::time::sleep(Duration::from_secs(3)).await;
        Command::new("kill").args(["-9", &postmaster()]).status().expect("kill runs");
        tokio::time::sleep(Duration::from_millis(500)).await;
        let again = url.clone();
        tokio::task::spawn_blocking(move || up_again(&again)).await.expect("waited");
        let up = Instant::now();
        while *last.lock().expect("an instant") < up {
            assert!(up.elapsed() < Duration::from_secs(30), "writes do not come back");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        slowest = slowest.max(up.elapsed());
    }
    stop.store(true, Ordering::SeqCst);
    let mut written = 0;
    for task in tasks {
        written += task.await.expect("no writer panics");
    }
    drop(serving);
    let mut there = titles(&mut scratch);
    let all = there.len();
    there.sort();
    there.dedup();
    assert_eq!((all, there.len()), (written, written), "each once");
    let seen = seen.lock().expect("counts").clone();
    let words = format!(
        "{KILLS} × kill -9 of PostgreSQL: answers {seen:?}, {written} writes each once, back {:.1} s after it",
        slowest.as_secs_f64()
    );
    if slowest <= Duration::from_secs(5) { figure!("H5", "{words}") } else { crate::missed!("H5", "{words}") }
}

/// Somebody else holds what everybody needs, until the flag is set.
fn hold(scratch: &Scratch, release: Arc<AtomicBool>) -> std::thread::JoinHandle<()> {
    let url = scratch.url().to_owned();
    let (tell, told) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        let wait = |release: &AtomicBool| {
            while !release.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_millis(20));
            }
        };
        if let Some(path) = url.strip_prefix("sqlite:") {
            let mut conn = SqliteConnection::establish(path).expect("the file");
            conn.batch_execute("BEGIN IMMEDIATE").expect("the lock");
            tell.send(()).expect("heard");
            wait(&release);
            conn.batch_execute("ROLLBACK").expect("let go");
        } else {
            let mut conn = PgConnection::establish(&url).expect("the cluster");
            conn.batch_execute("BEGIN; LOCK TABLE contact_days, programmes IN ACCESS EXCLUSIVE MODE").expect("the lock");
            tell.send(()).expect("heard");
            wait(&release);
            conn.batch_execute("ROLLBACK").expect("let go");
        }
    });
    told.recv_timeout(Duration::from_secs(10)).expect("held");
    thread
}

const HELD: Duration = Duration::from_secs(12);
const CALLERS: usize = 40;

/// J4: every connection waits for somebody else's lock. The others are told to come back, soon, and all is well after.
pub async fn pool_held() {
    let scratch = Scratch::new();
    let (writer, serving) = Writer::new(&scratch).await;
    let release = Arc::new(AtomicBool::new(false));
    let holder = hold(&scratch, release.clone());
    let until = Instant::now() + HELD;
    let tasks: Vec<_> = (0..CALLERS)
        .map(|own| {
            let (writer, origin) = (writer.clone(), serving.origin.clone());
            tokio::spawn(async move {
                let mut slowest = Duration::ZERO;
                let mut refused = 0;
                for number in 0.. {
                    if Instant::now() > until {
                        break;
                    }
                    let begun = Instant::now();
                    let answer = writer.add(&origin, &format!("h{own}-{number}")).await.expect("an answer");
                    assert!([429, 503].contains(&answer.status().as_u16()), "{}", answer.status());
                    slowest = slowest.max(begun.elapsed());
                    refused += 1;
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                (slowest, refused)
            })
        })
        .collect();
    let alive = Client::new().get(format!("{}/healthz", serving.origin)).send().await.expect("alive").status();
    assert_eq!(alive, 200, "health does not ask the database");
    let (mut times, mut refused) = (Vec::new(), 0);
    for task in tasks {
        let (slowest, count) = task.await.expect("no caller panics");
        times.push(slowest);
        refused += count;
    }
    release.store(true, Ordering::SeqCst);
    holder.join().expect("let go");
    let begun = Instant::now();
    while writer.add(&serving.origin, "after").await.expect("an answer").status() != 201 {
        assert!(begun.elapsed() < Duration::from_secs(10), "does not heal");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    times.sort_unstable();
    // Those that hold a connection wait for the lock itself; the bar is about the others.
    let typical = times[times.len() / 2];
    let words = format!(
        "locks held {} s: {refused} refusals, typical slowest {:.1} s, slowest of all {:.1} s, well {:.1} s after",
        HELD.as_secs(),
        typical.as_secs_f64(),
        times.last().copied().unwrap_or_default().as_secs_f64(),
        begun.elapsed().as_secs_f64()
    );
    if typical <= Duration::from_millis(2_500) { figure!("J4", "{words}") } else { crate::missed!("J4", "{words}") }
}

#[derive(diesel::QueryableByName)]
struct Longest {
    #[diesel(sql_type = diesel::sql_types::Double)]
    seconds: f64,
}

/// J5: no statement waits for a lock longer than two seconds, and none is left in an open transaction.
pub async fn timeouts() {
    let Some(_) = postgres_url() else { panic!("the timeouts are PostgreSQL's") };
    let scratch = Scratch::new();
    let (writer, serving) = Writer::new(&scratch).await;
    let release = Arc::new(AtomicBool::new(false));
    let holder = hold(&scratch, release.clone());
    let (url, until) = (scratch.url().to_owned(), Instant::now() + Duration::from_secs(8));
    let watch = std::thread::spawn(move || {
        let mut conn = PgConnection::establish(&url).expect("the cluster");
        let mut longest = 0.0_f64;
        while Instant::now() < until {
            let query = "SELECT COALESCE(MAX(EXTRACT(EPOCH FROM clock_timestamp() - query_start)), 0)::float8 AS seconds FROM pg_stat_activity \
                 WHERE datname = current_database() AND wait_event_type = 'Lock'";
            longest = longest.max(sql_query(query).get_result::<Longest>(&mut conn).expect("a figure").seconds);
            std::thread::sleep(Duration::from_millis(50));
        }
        longest
    });
    while Instant::now() < until {
        let answer = writer.add(&serving.origin, "never").await.expect("an answer");
        assert_eq!(answer.status(), 503);
    }
    let longest = watch.join().expect("watched");
    release.store(true, Ordering::SeqCst);
    holder.join().expect("let go");
    let words = format!("longest wait for a lock {longest:.1} s (2 s)");
    if longest < 2.5 { figure!("J5", "{words}") } else { crate::missed!("J5", "{words}") }
}
