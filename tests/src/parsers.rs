//! Every parser of ours that reads what strangers send, each with inputs to begin from and what must hold whatever comes
//! (bar C6). The suite gives each some thousands of mutated inputs, `cargo xtask proof` as many as fit into its time.

use actix_web::FromRequest;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::test::TestRequest;
use backend::http::checked::{Checked, Merge};
use backend::http::cursor::{Position, Slice};
use backend::http::preconditions::IfMatch;
use backend::http::{caller, idempotency, revalidate};
use backend::keys::Keys;
use backend::tokens::{self, Subject};
use jiff::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::training::results::{AnswerSet, publish};
use shared::training::{ContactDayChanges, NewContactDay, NewProgramme, NewSelfAssessment, ProgrammeChanges};
use shared::{AccountId, GoalId, Lang, LocalText, SessionId, TenantId, accessibility, identity, training};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// A parser: its name, inputs to begin from, and what is done with an input. It panics when something does not hold.
pub struct Parser {
    pub name: &'static str,
    seeds: fn() -> Vec<Vec<u8>>,
    check: fn(&[u8]),
}

fn texts(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// All of them.
pub const PARSERS: &[Parser] = &[
    Parser { name: "cursor", seeds: || vec![sealed().into_bytes(), b"a.b".to_vec()], check: cursor },
    Parser { name: "access token", seeds: || texts(&[token(), "a.b.c", "eyJhbGciOiJub25lIn0.e30."]), check: access_token },
    Parser { name: "authorization", seeds: || texts(&["Bearer x", "Basic eDp4", "Bearer "]), check: authorization },
    Parser { name: "if-match", seeds: || texts(&["\"v7\"", "W/\"v7\"", "*", "\"v-1\"", "\"v9223372036854775807\""]), check: if_match },
    Parser { name: "if-none-match", seeds: || texts(&["\"v7\"", "\"v1\", \"v7\"", "*", "W/\"v7\""]), check: if_none_match },
    Parser { name: "accept-language", seeds: || texts(&["sv-FI,sv;q=0.9,en;q=0.8", "*", "fi;q=1e9", "en;q=nan"]), check: accept_language },
    Parser { name: "idempotency-key", seeds: || texts(&["3f0c7a52", "a b"]), check: idempotency_key },
    Parser {
        name: "organisation",
        seeds: || texts(&[r#"{"name":"Kunta","kind":"municipality"}"#]),
        check: body::<identity::NewOrganisation>,
    },
    Parser { name: "unit", seeds: || texts(&[UNIT]), check: body::<identity::NewUnit> },
    Parser {
        name: "account",
        seeds: || texts(&[r#"{"name":"Aino","email":"aino@example.fi","lang":"fi"}"#]),
        check: body::<identity::NewAccount>,
    },
    Parser { name: "grant", seeds: || texts(&[GRANT]), check: body::<identity::NewGrant> },
    Parser { name: "credentials", seeds: || texts(&[CREDENTIALS]), check: body::<identity::Credentials> },
    Parser { name: "programme", seeds: || texts(&[PROGRAMME]), check: body::<NewProgramme> },
    Parser { name: "programme patch", seeds: || texts(&[r#"{"name":{"sv":null},"goals":[]}"#, PROGRAMME]), check: programme_patch },
    Parser { name: "edition", seeds: || texts(&[EDITION]), check: body::<training::NewEdition> },
    Parser { name: "contact day", seeds: || texts(&[DAY]), check: body::<NewContactDay> },
    Parser { name: "contact day patch", seeds: || texts(&[r#"{"place":null,"title":{"fi":"x"}}"#, DAY]), check: day_patch },
    Parser { name: "enrolment", seeds: || texts(&[r#"{"name":"Aino","email":"aino@example.fi"}"#]), check: body::<training::NewEnrolment> },
    Parser { name: "self-assessment", seeds: || texts(&[ANSWERS]), check: body::<NewSelfAssessment> },
    Parser {
        name: "feedback",
        seeds: || texts(&[r#"{"message":"Ei toimi","lang":"sv"}"#]),
        check: body::<accessibility::NewAccessibilityFeedback>,
    },
    Parser { name: "message arguments", seeds: || texts(&["Aino", "19", "{ $x }", "-9223372036854775808"]), check: message },
    Parser { name: "rules of text", seeds: || texts(&["aino@example.fi", "https://example.fi/x", "Kyllö"]), check: rules },
    Parser { name: "suppression", seeds: || vec![vec![9, 3, 1, 2, 3, 4], vec![12, 2, 4, 4, 4, 3]], check: suppression },
];

const UNIT: &str = r#"{"organisation_id":"01941f29-7c00-7000-8000-000000000001","name":"Asema","sector":"health","municipality":"Muurame","parent_id":null}"#;
const GRANT: &str = r#"{"account_id":"01941f29-7c00-7000-8000-000000000001","role":"facilitator","scope":{"kind":"edition","id":"01941f29-7c00-7000-8000-000000000002"},"valid_to":"2027-03-02T07:00:00Z"}"#;
const CREDENTIALS: &str = r#"{"email":"aino@example.fi","password":"kolme iloista ahventa","kind":"device"}"#;
const PROGRAMME: &str = r#"{"name":{"fi":"Valmennus","sv":"Utbildning"},"description":{"fi":""},"step_words":[{"fi":"a"},{"fi":"b"},{"fi":"c"},{"fi":"d"}],"goals":[{"text":{"fi":"Tavoite"}}]}"#;
const EDITION: &str =
    r#"{"programme_id":"01941f29-7c00-7000-8000-000000000001","number":1,"season":"spring","year":2027,"places":20,"status":"planned"}"#;
const DAY: &str = r#"{"part":"other","title":{"fi":"Aloitus"},"starts_at":"2027-03-02T07:00:00Z","ends_at":"2027-03-02T13:00:00+02:00","place":"Kirjasto","meeting_url":"https://example.fi/x","facilitator_ids":[],"agenda":[{"kind":"break","title":{"fi":"Kahvi"},"minutes":15}]}"#;
const ANSWERS: &str = r#"{"steps":[{"goal_id":"01941f29-7c00-7000-8000-000000000001","step":3}],"greeting":"Kiitos","lang":"fi"}"#;

impl Parser {
    /// Gives it so many mutated inputs, the same each time. The smallest one that breaks it stands in the panic.
    pub fn feed(&self, inputs: u32, seed: u8) {
        let config = Config { cases: inputs, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
        let check = self.check;
        let fed = runner.run(&mutated((self.seeds)()), |input| {
            check(&input);
            Ok(())
        });
        if let Err(broken) = fed {
            panic!("{}: {broken}", self.name);
        }
    }

    /// Gives it inputs for so long; how many there were.
    pub fn feed_for(&self, time: Duration) -> u64 {
        const ROUND: u32 = 2_000;
        let until = Instant::now() + time;
        let mut rounds = 0;
        while Instant::now() < until {
            rounds += 1;
            // Another beginning each round.
            let mut seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[rounds as u8; 32]);
            self.feed(ROUND, seed.next_u32().wrapping_add(rounds) as u8);
        }
        u64::from(rounds) * u64::from(ROUND)
    }
}

/// Inputs made of the seeds: bytes changed, put in, taken out and doubled, pieces of other seeds put in; and pure noise.
fn mutated(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    const TELLING: &[&str] = &[
        "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "-1", "1e999", "\\ud800", "\u{0}", "\u{202e}", ".", "=", "%", "\r\n", ";q=", "*",
    ];
    let change = (0_u8..6, any::<Index>(), any::<u8>(), any::<Index>());
    let one = (select(seeds.clone()), vec(change, 0..6)).prop_map(move |(mut input, changes)| {
        for (kind, place, byte, other) in changes {
            let at = place.index(input.len() + 1);
            let here = at.min(input.len().saturating_sub(1));
            match kind {
                0 if !input.is_empty() => input[here] = byte,
                1 => input.insert(at, byte),
                2 if !input.is_empty() => drop(input.remove(here)),
                3 => drop(input.splice(at..at, TELLING[other.index(TELLING.len())].bytes())),
                4 => {
                    let piece = seeds[other.index(seeds.len())].clone();
                    drop(input.splice(at..at, piece));
                }
                _ => {
                    let doubled = input[at..].to_vec();
                    input.extend(doubled);
                }
            }
        }
        input
    });
    prop_oneof![9 => one, 1 => vec(any::<u8>(), 0..300)]
}

fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| Keys::temporary().expect("keys"))
}

const TENANT: TenantId = TenantId(uuid::Uuid::nil());

/// A cursor as the server seals it.
fn sealed() -> String {
    let slice = Slice::new(keys(), TENANT, "units", None, Some(1)).expect("a slice");
    let position = |n: &u8| Position { key: format!("kyllö {n}"), id: uuid::Uuid::nil() };
    slice.page(keys(), vec![1, 2], position).expect("a page").next_cursor.expect("a cursor")
}

fn cursor(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let opened = Slice::new(keys(), TENANT, "units", Some(text), None);
    assert!(opened.is_err() || text == sealed(), "a cursor that nobody sealed was opened");
}

/// An access token as the server issues it.
fn token() -> &'static str {
    static TOKEN: OnceLock<String> = OnceLock::new();
    let person = || Subject::Person { account: AccountId::new(), session: SessionId::new() };
    TOKEN.get_or_init(|| tokens::issue(keys(), TENANT, person(), Timestamp::now()).expect("a token").0)
}

fn access_token(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let verified = tokens::verify(keys(), text, Timestamp::now());
    assert!(verified.is_err() || text == token(), "a token that nobody issued was believed");
}

/// A request with this header, if it can stand in one at all.
fn with_header(name: &'static str, input: &[u8]) -> Option<TestRequest> {
    let value = HeaderValue::from_bytes(input).ok()?;
    Some(TestRequest::post().insert_header((HeaderName::from_static(name), value)))
}

fn authorization(input: &[u8]) {
    let Some(request) = with_header("authorization", input) else { return };
    if let Ok(token) = caller::bearer(&request.to_http_request()) {
        assert!(token.len() <= 4_096);
    }
}

fn if_match(input: &[u8]) {
    let Some(request) = with_header("if-match", input) else { return };
    let found = wait(IfMatch::from_request(&request.to_http_request(), &mut actix_web::dev::Payload::None));
    let matches = found.is_ok_and(|found| found.check(7).is_ok());
    assert_eq!(matches, input.trim_ascii() == b"\"v7\"", "only the ETag itself is of this version");
}

fn if_none_match(input: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(input) else { return };
    let listed = input.split(|byte| *byte == b',').any(|one| matches!(one.trim_ascii(), b"\"v7\"" | b"*"));
    assert!(!revalidate::holds(Some(&value), "\"v7\"") || listed);
}

fn accept_language(input: &[u8]) {
    let Some(request) = with_header("accept-language", input) else { return };
    let chosen = caller::lang(&request.to_http_request());
    assert!(chosen == Lang::Fi || input.to_ascii_lowercase().windows(2).any(|two| two == chosen.as_str().as_bytes()));
}

fn idempotency_key(input: &[u8]) {
    let Some(request) = with_header("idempotency-key", input) else { return };
    let good = (1..=255).contains(&input.len()) && input.iter().all(u8::is_ascii_graphic);
    assert_eq!(idempotency::key(&request.to_http_request()).is_ok(), good);
}

/// The outcome of what does not really wait.
fn wait<T>(future: impl Future<Output = T>) -> T {
    thread_local!(static RUNTIME: tokio::runtime::Runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime"));
    RUNTIME.with(|runtime| runtime.block_on(future))
}

fn read<T: FromRequest>(kind: &str, input: &[u8]) -> Option<T> {
    let request = TestRequest::post().insert_header(("content-type", kind)).set_payload(input.to_vec());
    let (request, mut payload) = request.to_http_parts();
    wait(T::from_request(&request, &mut payload)).ok()
}

/// What is let through breaks no rule, and is the same when it is written and read again.
fn hold<T>(value: &T)
where
    T: Serialize + DeserializeOwned + garde::Validate + PartialEq + std::fmt::Debug,
    T::Context: Default,
{
    assert!(shared::rules::faults(value).is_empty(), "{value:?}");
    let text = serde_json::to_string(value).expect("JSON");
    assert!(!text.contains("\\u0000"), "{text}");
    assert_eq!(serde_json::from_str::<T>(&text).as_ref().ok(), Some(value), "{text}");
}

fn body<T>(input: &[u8])
where
    T: Serialize + DeserializeOwned + garde::Validate + PartialEq + std::fmt::Debug + 'static,
    T::Context: Default,
{
    if let Some(Checked(value)) = read::<Checked<T>>("application/json", input) {
        assert!(serde_json::from_slice::<serde_json::Value>(input).is_ok_and(|read| read.is_object()));
        hold(&value);
    }
}

fn patch<C, T>(input: &[u8], current: &str)
where
    C: Serialize + DeserializeOwned + 'static,
    T: Serialize + DeserializeOwned + garde::Validate + PartialEq + std::fmt::Debug,
    T::Context: Default,
{
    let current: T = serde_json::from_str(current).expect("a good one");
    if let Some(Ok(patched)) = read::<Merge<C>>("application/merge-patch+json", input).map(|patch| patch.onto(&current)) {
        hold(&patched);
    }
}

fn programme_patch(input: &[u8]) {
    patch::<ProgrammeChanges, NewProgramme>(input, PROGRAMME);
}

fn day_patch(input: &[u8]) {
    patch::<ContactDayChanges, NewContactDay>(input, DAY);
}

fn message(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    for lang in Lang::ALL {
        assert!(!lang.text_with("csv-step", &[("step", &text)]).is_empty());
        assert_eq!(lang.text(&format!("no-such-{text}")), format!("no-such-{text}"), "a missing key shows itself");
    }
}

fn rules(input: &[u8]) {
    let text = String::from_utf8_lossy(input).into_owned();
    if shared::rules::email(&text, &()).is_ok() {
        assert!(text.len() <= 4 * shared::rules::EMAIL && text.matches('@').count() == 1 && !text.contains(['\r', '\n', ' ', '<']));
    }
    if shared::rules::line(&text, &()).is_ok() {
        assert!(text.chars().count() <= shared::rules::LINE && !text.chars().any(char::is_control));
    }
    if shared::rules::optional_url(&Some(text.clone()), &()).is_ok() {
        assert!(text.starts_with("https://") && !text.chars().any(|c| c.is_whitespace() || c.is_control()));
    }
}

/// The first bytes say how many people and goals there are, the others who chose what.
fn suppression(input: &[u8]) {
    let (people, goals) = (usize::from(input.first().copied().unwrap_or(0) % 40), usize::from(input.get(1).copied().unwrap_or(0) % 20 + 1));
    let step = |at: usize| input.get(2 + at % input.len().max(1)).copied().unwrap_or(0) % 4 + 1;
    let sets: Vec<AnswerSet> =
        (0..people).map(|who| AnswerSet { steps: (0..goals).map(|goal| step(who * goals + goal)).collect() }).collect();
    let named: Vec<(GoalId, LocalText)> = (0..goals).map(|_| (GoalId::new(), LocalText::fi("x"))).collect();
    let (overall, parts) = publish(&named, &sets);
    for figures in parts.iter().map(|part| &part.figures).chain([&overall]) {
        if people < 5 {
            assert!(
                figures.n.is_none() && figures.sum.is_none() && figures.mean.is_none() && figures.distribution.is_none(),
                "{figures:?}"
            );
        }
        assert!(people >= 10 || figures.distribution.is_none(), "{figures:?}");
        if let (Some(sum), Some(counts)) = (figures.sum, &figures.distribution) {
            assert_eq!(sum, counts.iter().zip(1_i64..).map(|(count, step)| count * step).sum::<i64>());
        }
    }
}
