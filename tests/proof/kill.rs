//! H1: killed again and again under writes. I1: many who change one thing, with the server killed under them.

use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tests::figure;
use tests::ledger::{Writer, kill_again_and_again};
use tests::scratch::{Scratch, Serving};

/// Restarts come within this, bar H1.
const RESTART: Duration = Duration::from_secs(2);

pub async fn again_and_again() {
    let found = kill_again_and_again(200).await;
    let restart = found.slowest_restart.as_secs_f64();
    figure!(
        "H1",
        "{} × kill -9: {} acknowledged writes, 0 lost, {} sent again, 0 doubled; slowest restart {restart:.2} s",
        found.runs,
        found.acknowledged,
        found.sent_again
    );
    if found.slowest_restart > RESTART {
        crate::missed!("H1", "a restart took {restart:.2} s, not 2 s");
    }
}

const CLIENTS: usize = 32;
const CHANGES: usize = 500;
const KILLS: usize = 3;

/// Where all of them write, and whether the server is being killed just now.
struct Ground {
    http: Client,
    token: Mutex<String>,
    origin: Mutex<String>,
    programme: String,
    acknowledged: Mutex<BTreeSet<i64>>,
    done: AtomicBool,
}

impl Ground {
    fn address(&self) -> String {
        format!("{}/api/v1/programmes/{}", self.origin.lock().expect("an origin"), self.programme)
    }

    fn token(&self) -> String {
        self.token.lock().expect("a token").clone()
    }

    async fn read(&self) -> reqwest::Result<Response> {
        self.http.get(self.address()).bearer_auth(self.token()).send().await
    }

    /// One change after the version just read; again when another was quicker, the server busy or gone.
    async fn change(&self, word: &str) {
        loop {
            let Ok(read) = self.read().await else { continue };
            let etag = read.headers().get("etag").and_then(|value| value.to_str().ok()).map(str::to_owned);
            let Some(etag) = etag else { continue };
            let body = json!({"description": {"fi": word}}).to_string();
            let request = self.http.patch(self.address()).bearer_auth(self.token()).header("if-match", etag);
            let request = request.header("content-type", "application/merge-patch+json").body(body);
            let Ok(answer) = request.send().await else { continue };
            match answer.status() {
                StatusCode::OK => {
                    let Ok(changed) = answer.json::<Value>().await else { continue };
                    let version = changed["version"].as_i64().expect("a version");
                    assert!(self.acknowledged.lock().expect("a set").insert(version), "version {version} was given twice");
                    return;
                }
                StatusCode::PRECONDITION_FAILED | StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {}
                other => panic!("{other}: {}", answer.text().await.unwrap_or_default()),
            }
        }
    }
}

/// I1: every acknowledged change is one version, no version is two changes, and the last one is what is read.
pub async fn versions() {
    let scratch = Scratch::new();
    let (writer, mut serving) = Writer::new(&scratch).await;
    let http = Client::builder().timeout(Duration::from_secs(10)).build().expect("a client");
    let list: Value = http
        .get(format!("{}/api/v1/programmes", serving.origin))
        .bearer_auth(writer.token())
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    let programme = list["items"][0]["id"].as_str().expect("an id").to_owned();
    let ground = Arc::new(Ground {
        http,
        token: Mutex::new(writer.token().to_owned()),
        origin: Mutex::new(serving.origin.clone()),
        programme,
        acknowledged: Mutex::default(),
        done: AtomicBool::new(false),
    });
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let ground = ground.clone();
            tokio::spawn(async move {
                for change in 0..CHANGES {
                    ground.change(&format!("c{client}e{change}")).await;
                }
            })
        })
        .collect();
    let mut kills = 0;
    for _ in 0..KILLS {
        tokio::time::sleep(Duration::from_secs(4)).await;
        if ground.acknowledged.lock().expect("a set").len() == CLIENTS * CHANGES {
            break;
        }
        serving = restart(&scratch, serving, &ground).await;
        kills += 1;
    }
    for client in clients {
        client.await.expect("no client panics");
    }
    ground.done.store(true, Ordering::SeqCst);
    let end: Value = ground.read().await.expect("an answer").json().await.expect("JSON");
    let (version, acknowledged) = (end["version"].as_i64().expect("a version"), ground.acknowledged.lock().expect("a set").clone());
    // A change whose acknowledgement was cut off by a kill has its version too, and its client made it once more.
    let unheard = version - 1 - acknowledged.len() as i64;
    assert_eq!(acknowledged.len(), CLIENTS * CHANGES);
    assert!(acknowledged.iter().all(|given| *given > 1 && *given <= version), "a version beyond the last");
    assert!((0..=(kills * CLIENTS) as i64).contains(&unheard), "{unheard} versions that nobody was told of in {kills} kills");
    figure!(
        "I1",
        "{CLIENTS} clients × {CHANGES} changes with If-Match, {kills} kills: {} acknowledged, 0 lost, 0 doubled",
        acknowledged.len()
    );
}

async fn restart(scratch: &Scratch, mut serving: Serving, ground: &Ground) -> Serving {
    serving.kill();
    let next = scratch.serve().await;
    ground.origin.lock().expect("an origin").clone_from(&next.origin);
    next
}
