//! B2: the signing key is changed under fifty requests a second, on two nodes where the database allows it, and nobody
//! is refused; in an emergency everybody is out within five seconds, on every node.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::StatusCode;
use shared::client::Client;
use shared::identity::{Credentials, SessionKind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tests::database::postgres_url;
use tests::figure;
use tests::ledger::Writer;
use tests::scratch::Scratch;

/// Sessions, each of which asks five times a second and renews its tokens every second.
const SESSIONS: usize = 10;
const PAUSE: Duration = Duration::from_millis(200);
const ROUNDS_PER_RENEWAL: usize = 5;
/// Under load before the rotation and after it.
const LEAD: Duration = Duration::from_secs(5);
const WAKE: Duration = Duration::from_secs(15);
const OUT_WITHIN: Duration = Duration::from_secs(5);

/// What came of the requests.
#[derive(Default)]
struct Count {
    asked: AtomicUsize,
    refused: AtomicUsize,
    stop: AtomicBool,
}

pub async fn under_load() {
    let scratch = Scratch::new();
    let (writer, first) = Writer::new(&scratch).await;
    let second = if postgres_url().is_some() { Some(scratch.serve().await) } else { None };
    let nodes: Vec<String> = std::iter::once(&first).chain(&second).map(|node| node.origin.clone()).collect();
    let mut sessions = Vec::new();
    for number in 0..SESSIONS {
        let client = Client::new(nodes[number % nodes.len()].clone(), false);
        let credentials =
            Credentials { email: "paa@example.fi".to_owned(), password: writer.password().to_owned(), kind: SessionKind::Device };
        client.sign_in(&credentials).await.expect("signed in");
        sessions.push(Arc::new(client));
    }
    let before = key_of(&sessions[0]);
    let count = Arc::new(Count::default());
    let asking: Vec<_> = sessions.iter().map(|client| tokio::spawn(ask_on(client.clone(), nodes.clone(), count.clone()))).collect();
    tokio::time::sleep(LEAD).await;
    scratch.run(&["keys", "rotate"]);
    assert!(scratch.refused(&["keys", "rotate"]).contains("--emergency"), "a third key while two are live");
    tokio::time::sleep(WAKE).await;
    count.stop.store(true, Ordering::SeqCst);
    for asking in asking {
        asking.await.expect("the load ends");
    }
    assert!(sessions.iter().all(|client| key_of(client) != before), "a node goes on signing with the old key");
    let (asked, refused) = (count.asked.load(Ordering::SeqCst), count.refused.load(Ordering::SeqCst));
    let rate = asked as f64 / (LEAD + WAKE).as_secs_f64();
    let words = format!("{asked} requests at {rate:.0}/s on {} node(s) round a rotation, {refused} refused", nodes.len());
    if refused == 0 && rate > 40.0 {
        figure!("B2", "{words}")
    } else {
        crate::missed!("B2", "{words}")
    }
    emergency(&scratch, &sessions, &nodes).await;
}

/// The name of the key that signed a session's access token.
fn key_of(client: &Client) -> String {
    let token = client.access_token().expect("a token");
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().expect("a header")).expect("base 64");
    let header: serde_json::Value = serde_json::from_slice(&header).expect("JSON");
    header["kid"].as_str().expect("a key's name").to_owned()
}

async fn status(http: &reqwest::Client, origin: &str, token: &str) -> Option<StatusCode> {
    let answer = http.get(format!("{origin}/api/v1/me")).bearer_auth(token).send().await;
    answer.ok().map(|answer| answer.status())
}

/// One session at work: its token goes to every node in turn, and is renewed now and then.
async fn ask_on(client: Arc<Client>, nodes: Vec<String>, count: Arc<Count>) {
    let http = reqwest::Client::new();
    let mut tick = tokio::time::interval(PAUSE);
    for round in 1.. {
        tick.tick().await;
        if count.stop.load(Ordering::SeqCst) {
            return;
        }
        if round % ROUNDS_PER_RENEWAL == 0 && client.refresh().await.is_err() {
            count.refused.fetch_add(1, Ordering::SeqCst);
        }
        let token = client.access_token().expect("a token");
        count.asked.fetch_add(1, Ordering::SeqCst);
        if status(&http, &nodes[round % nodes.len()], &token).await != Some(StatusCode::OK) {
            count.refused.fetch_add(1, Ordering::SeqCst);
        }
    }
}

async fn emergency(scratch: &Scratch, sessions: &[Arc<Client>], nodes: &[String]) {
    let http = reqwest::Client::new();
    let begun = Instant::now();
    scratch.run(&["keys", "rotate", "--emergency"]);
    for client in sessions {
        let token = client.access_token().expect("a token");
        for origin in nodes {
            while status(&http, origin, &token).await != Some(StatusCode::UNAUTHORIZED) {
                assert!(begun.elapsed() < 4 * OUT_WITHIN, "somebody is still in");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
        assert!(client.refresh().await.is_err(), "an ended session was renewed");
    }
    let took = begun.elapsed();
    let words = format!("all {SESSIONS} sessions out {:.1} s after an emergency rotation was begun", took.as_secs_f64());
    if took <= OUT_WITHIN { figure!("B2", "{words}") } else { crate::missed!("B2", "{words}") }
}
