//! Writers who keep a ledger of what the server acknowledged, and the comparison with what is in the database after the
//! server was killed under them (bar H1).

use crate::database::{lines, postgres_url};
use crate::scratch::{Scratch, Serving};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Who write at the same time.
const WRITERS: usize = 4;

/// Title by title: whether the server said that the day was made.
pub type Ledger = Arc<Mutex<BTreeMap<String, bool>>>;

/// A signed-in administrator with an edition to write into.
#[derive(Clone)]
pub struct Writer {
    http: reqwest::Client,
    token: String,
    password: String,
    edition: String,
}

impl Writer {
    /// Makes the first administrator of an empty database, signs in and makes an edition.
    pub async fn new(scratch: &Scratch) -> (Self, Serving) {
        let printed = scratch.run(&["account", "create", "--name", "Pää Käyttäjä", "--email", "paa@example.fi", "--administrator"]);
        let password = printed.lines().last().expect("a password").to_owned();
        let serving = scratch.serve().await;
        let http = reqwest::Client::builder().timeout(Duration::from_secs(10)).build().expect("a client");
        let mut own = Self { http, token: String::new(), password, edition: String::new() };
        let origin = serving.origin.as_str();
        own.sign_in(origin).await;
        let programme = serde_json::to_value(crate::training::new_programme(1)).expect("JSON");
        let programme = own.made(origin, "/programmes", &programme).await["id"].clone();
        let edition = json!({"programme_id": programme, "number": 1, "season": "spring", "year": 2027, "places": 20, "status": "running"});
        own.edition = own.made(origin, "/editions", &edition).await["id"].as_str().expect("an id").to_owned();
        (own, serving)
    }

    /// The access token of the last sign-in.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// What the administrator signs in with.
    pub fn password(&self) -> &str {
        &self.password
    }

    /// Access tokens live ten minutes, a long proof longer.
    pub async fn sign_in(&mut self, origin: &str) {
        let credentials = json!({"email": "paa@example.fi", "password": self.password, "kind": "device"});
        let request = self.http.post(format!("{origin}/api/v1/sessions")).json(&credentials);
        let signed_in: Value = request.send().await.expect("an answer").json().await.expect("JSON");
        self.token = signed_in["access_token"].as_str().expect("a token").to_owned();
    }

    async fn post(&self, origin: &str, path: &str, key: &str, body: &Value) -> reqwest::Result<reqwest::Response> {
        let request = self.http.request(Method::POST, format!("{origin}/api/v1{path}")).bearer_auth(&self.token);
        request.header("idempotency-key", key).json(body).send().await
    }

    async fn made(&self, origin: &str, path: &str, body: &Value) -> Value {
        let response = self.post(origin, path, path, body).await.expect("an answer");
        assert_eq!(response.status(), 201, "{path}");
        response.json().await.expect("JSON")
    }

    /// Adds the day with this title, which is its key too.
    pub async fn add(&self, origin: &str, title: &str) -> reqwest::Result<reqwest::Response> {
        let day = json!({"part": "other", "title": {"fi": title}, "starts_at": "2027-03-02T07:00:00Z", "ends_at": "2027-03-02T08:00:00Z",
            "facilitator_ids": [], "agenda": []});
        self.post(origin, &format!("/editions/{}/contact-days", self.edition), title, &day).await
    }

    /// Writes until the server is gone. Whatever is not an acknowledgement must be a 503.
    pub async fn write(self, origin: String, mark: String, ledger: Ledger) {
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
pub fn titles(scratch: &mut Scratch) -> Vec<String> {
    let found = lines(scratch.db(), "SELECT title AS line FROM contact_days");
    scratch.close();
    let title = |text: &String| serde_json::from_str::<Value>(text).expect("JSON")["fi"].as_str().expect("a title").to_owned();
    found.iter().map(title).collect()
}

/// What a series of violent ends found.
#[derive(Debug)]
pub struct Killed {
    pub runs: usize,
    pub acknowledged: usize,
    pub sent_again: usize,
    pub slowest_restart: Duration,
}

/// Kills the server again and again in the middle of writes, as [`end_again_and_again`].
pub async fn kill_again_and_again(runs: usize) -> Killed {
    end_again_and_again(runs, Scratch::new(), Serving::kill).await
}

/// Ends the server again and again in the middle of writes. Panics when anything acknowledged is lost, when anything is
/// there twice after everything was sent again, or when the database is not whole.
pub async fn end_again_and_again(runs: usize, mut scratch: Scratch, mut end: impl FnMut(&mut Serving)) -> Killed {
    let (mut writer, mut serving) = Writer::new(&scratch).await;
    let ledger = Ledger::default();
    let mut slowest_restart = Duration::ZERO;
    for run in 0..runs {
        writer.sign_in(&serving.origin).await;
        let start = |own: usize| tokio::spawn(writer.clone().write(serving.origin.clone(), format!("r{run}w{own}"), ledger.clone()));
        let writing: Vec<_> = (0..WRITERS).map(start).collect();
        // A different moment each time, always in the middle of writes.
        tokio::time::sleep(Duration::from_millis(60 + 37 * (run as u64 % 11))).await;
        end(&mut serving);
        for writer in writing {
            writer.await.expect("no writer panics");
        }
        let begun = Instant::now();
        serving = scratch.serve().await;
        slowest_restart = slowest_restart.max(begun.elapsed());
        refuse_loss(run, &ledger, &mut scratch);
    }
    let sent_again = send_again(&writer, &serving, &ledger).await;
    serving.kill();
    let told = ledger.lock().expect("the ledger").clone();
    assert!(told.len() > runs * WRITERS, "hardly anything was written: {}", told.len());
    let mut there = titles(&mut scratch);
    let all = there.len();
    there.sort();
    there.dedup();
    assert_eq!((there.len(), all), (told.len(), told.len()), "each once");
    refuse_damage(&mut scratch);
    Killed { runs, acknowledged: told.values().filter(|acknowledged| **acknowledged).count(), sent_again, slowest_restart }
}

fn refuse_loss(run: usize, ledger: &Ledger, scratch: &mut Scratch) {
    let there: BTreeSet<String> = titles(scratch).into_iter().collect();
    let told = ledger.lock().expect("the ledger");
    let lost: Vec<&String> = told.iter().filter(|(title, told)| **told && !there.contains(*title)).map(|(title, _)| title).collect();
    assert!(lost.is_empty(), "run {run} lost {lost:?}");
}

/// Everything that was not answered, once more, and some of what was.
async fn send_again(writer: &Writer, serving: &Serving, ledger: &Ledger) -> usize {
    let told = ledger.lock().expect("the ledger").clone();
    let doubtful = told.iter().enumerate().filter(|(number, (_, acknowledged))| !**acknowledged || number % 20 == 0);
    let mut sent = 0;
    for (_, (title, _)) in doubtful {
        let response = writer.add(&serving.origin, title).await.expect("an answer");
        assert_eq!(response.status(), 201, "{title}");
        sent += 1;
    }
    sent
}

/// SQLite says itself whether its file is whole.
pub fn refuse_damage(scratch: &mut Scratch) {
    if postgres_url().is_none() {
        assert_eq!(lines(scratch.db(), "SELECT integrity_check AS line FROM pragma_integrity_check"), ["ok"]);
        assert!(lines(scratch.db(), "SELECT \"table\" AS line FROM pragma_foreign_key_check").is_empty());
    }
}
