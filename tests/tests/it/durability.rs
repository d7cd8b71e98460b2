//! H1, small: `kill -9` ten times under writes. What was acknowledged is there, what is sent again happens once.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tests::database::lines;
use tests::scratch::{Scratch, Serving};

const RUNS: usize = 10;
const WRITERS: usize = 4;

/// A signed-in administrator with an edition to write into.
#[derive(Clone)]
struct Writer {
    http: reqwest::Client,
    token: String,
    edition: String,
}

/// Title by title: whether the server said that the day was made.
type Ledger = Arc<Mutex<BTreeMap<String, bool>>>;

impl Writer {
    async fn post(&self, origin: &str, path: &str, key: &str, body: &Value) -> reqwest::Result<reqwest::Response> {
        let request = self.http.request(Method::POST, format!("{origin}/api/v1{path}")).bearer_auth(&self.token);
        request.header("idempotency-key", key).json(body).send().await
    }

    async fn made(&self, origin: &str, path: &str, body: &Value) -> Value {
        let response = self.post(origin, path, path, body).await.expect("an answer");
        assert_eq!(response.status(), 201, "{path}");
        response.json().await.expect("JSON")
    }

    /// Signs in with the first password and makes an edition.
    async fn new(serving: &Serving, password: &str) -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(10)).build().expect("a client");
        let mut own = Self { http, token: String::new(), edition: String::new() };
        let origin = serving.origin.as_str();
        let credentials = json!({"email": "paa@example.fi", "password": password, "kind": "device"});
        own.token = own.made(origin, "/sessions", &credentials).await["access_token"].as_str().expect("a token").to_owned();
        let programme = serde_json::to_value(tests::training::new_programme(1)).expect("JSON");
        let programme = own.made(origin, "/programmes", &programme).await["id"].clone();
        let edition = json!({"programme_id": programme, "number": 1, "season": "spring", "year": 2027, "places": 20, "status": "running"});
        own.edition = own.made(origin, "/editions", &edition).await["id"].as_str().expect("an id").to_owned();
        own
    }

    /// Adds the day with this title, which is its key too.
    async fn add(&self, origin: &str, title: &str) -> reqwest::Result<reqwest::Response> {
        let day = json!({"part": "other", "title": {"fi": title}, "starts_at": "2027-03-02T07:00:00Z", "ends_at": "2027-03-02T08:00:00Z",
            "facilitator_ids": [], "agenda": []});
        self.post(origin, &format!("/editions/{}/contact-days", self.edition), title, &day).await
    }

    /// Writes until the server is gone.
    async fn write(self, origin: String, mark: String, ledger: Ledger) {
        for number in 0.. {
            let title = format!("{mark}-{number}");
            ledger.lock().expect("the ledger").insert(title.clone(), false);
            match self.add(&origin, &title).await {
                Ok(response) if response.status() == StatusCode::CREATED => {
                    ledger.lock().expect("the ledger").insert(title, true);
                }
                Ok(response) => assert_eq!(response.status(), 503, "{title}"),
                Err(_) => return,
            }
        }
    }
}

/// The titles in the database, each as often as it is there.
fn titles(scratch: &mut Scratch) -> Vec<String> {
    let found = lines(scratch.db(), "SELECT title AS line FROM contact_days");
    scratch.close();
    let title = |text: &String| serde_json::from_str::<Value>(text).expect("JSON")["fi"].as_str().expect("a title").to_owned();
    found.iter().map(title).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_kill_9() {
    let mut scratch = Scratch::new();
    let printed = scratch.run(&["account", "create", "--name", "Pää Käyttäjä", "--email", "paa@example.fi", "--administrator"]);
    let password = printed.lines().last().expect("a password").to_owned();
    let ledger = Ledger::default();
    let mut serving = scratch.serve().await;
    let writer = Writer::new(&serving, &password).await;
    for run in 0..RUNS {
        let start = |own: usize| tokio::spawn(writer.clone().write(serving.origin.clone(), format!("r{run}w{own}"), ledger.clone()));
        let writing: Vec<_> = (0..WRITERS).map(start).collect();
        // A different moment each time, always in the middle of writes.
        tokio::time::sleep(Duration::from_millis(60 + 37 * run as u64)).await;
        serving.kill();
        for writer in writing {
            writer.await.expect("no writer panics");
        }
        serving = scratch.serve().await;
        let there: BTreeSet<String> = titles(&mut scratch).into_iter().collect();
        let told = ledger.lock().expect("the ledger").clone();
        let lost: Vec<&String> =
            told.iter().filter(|(title, acknowledged)| **acknowledged && !there.contains(*title)).map(|(title, _)| title).collect();
        assert!(lost.is_empty(), "run {run} lost {lost:?}");
    }
    // Everyone sends everything that was not answered once more, and some of what was.
    let told = ledger.lock().expect("the ledger").clone();
    assert!(told.len() > RUNS * WRITERS, "hardly anything was written: {}", told.len());
    for (title, _) in
        told.iter().enumerate().filter(|(number, (_, acknowledged))| !**acknowledged || number % 20 == 0).map(|(_, entry)| entry)
    {
        let response = writer.add(&serving.origin, title).await.expect("an answer");
        assert_eq!(response.status(), 201, "{title}");
    }
    serving.kill();
    let mut there = titles(&mut scratch);
    let all = there.len();
    there.sort();
    there.dedup();
    assert_eq!((there.len(), all), (told.len(), told.len()), "each once");
    if tests::database::postgres_url().is_none() {
        assert_eq!(lines(scratch.db(), "SELECT integrity_check AS line FROM pragma_integrity_check"), ["ok"]);
        assert!(lines(scratch.db(), "SELECT \"table\" AS line FROM pragma_foreign_key_check").is_empty());
    }
}
