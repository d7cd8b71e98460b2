//! C8: of a million rows, the last page costs no more than twice the first.

use reqwest::Client;
use serde_json::Value;
use std::time::{Duration, Instant};
use tests::database::{postgres_url, run};
use tests::figure;
use tests::ledger::Writer;
use tests::scratch::Scratch;

const ROWS: usize = 1_000_000;
const TIMES: usize = 50;

/// A million organisations, whose names sort as their numbers.
fn fill(scratch: &mut Scratch) {
    let all = |id: &str, number: &str, rows: &str, now: &str| {
        format!(
            "INSERT INTO organisations (tenant_id, id, version, name, name_fold, kind, created_at, updated_at) \
             SELECT (SELECT id FROM tenants LIMIT 1), {id}, 1, {number}, {number}, 'other', {now}, {now} FROM {rows}"
        )
    };
    let sql = if postgres_url().is_some() {
        // In less than the five seconds of a statement each.
        let part = |part: usize| {
            let rows = format!("generate_series({}, {}) AS n", part * 50_000, (part + 1) * 50_000 - 1);
            all("gen_random_uuid()", "'n' || lpad(n::text, 7, '0')", &rows, "now()")
        };
        (0..ROWS / 50_000).map(part).collect()
    } else {
        let rows =
            format!("(WITH RECURSIVE count(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM count WHERE n < {}) SELECT n FROM count)", ROWS - 1);
        vec![all("randomblob(16)", "printf('n%07d', n)", &rows, "0")]
    };
    for statement in sql {
        run(scratch.db(), &statement).expect("rows");
    }
    run(scratch.db(), "ANALYZE").expect("counted");
    scratch.close();
}

/// The page at an address.
async fn page(http: &Client, writer: &Writer, origin: &str, query: &str) -> Value {
    let request = http.get(format!("{origin}/api/v1/organisations?limit=200{query}")).bearer_auth(writer.token());
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    answer.json().await.expect("JSON")
}

/// How long the page takes, in the middle of many.
async fn typical(http: &Client, writer: &Writer, origin: &str, query: &str) -> Duration {
    let mut took = Vec::new();
    for _ in 0..TIMES {
        let begun = Instant::now();
        page(http, writer, origin, query).await;
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    took[TIMES / 2]
}

pub async fn deep() {
    let mut scratch = Scratch::new();
    let (mut writer, serving) = Writer::new(&scratch).await;
    drop(serving);
    fill(&mut scratch);
    let serving = scratch.serve().await;
    let (http, origin) = (Client::new(), serving.origin.clone());
    writer.sign_in(&origin).await;
    let (mut cursor, mut walked, mut signed_in) = (String::new(), 0, Instant::now());
    loop {
        if signed_in.elapsed() > Duration::from_secs(300) {
            writer.sign_in(&origin).await;
            signed_in = Instant::now();
        }
        let query = if cursor.is_empty() { String::new() } else { format!("&cursor={cursor}") };
        let found = page(&http, &writer, &origin, &query).await;
        walked += found["items"].as_array().map_or(0, Vec::len);
        let Some(next) = found["next_cursor"].as_str() else { break };
        cursor = next.to_owned();
    }
    assert_eq!(walked, ROWS, "each once");
    writer.sign_in(&origin).await;
    let first = typical(&http, &writer, &origin, "").await;
    let last = typical(&http, &writer, &origin, &format!("&cursor={cursor}")).await;
    let words = format!("{ROWS} rows: first page {:.1} ms, last page {:.1} ms", first.as_secs_f64() * 1e3, last.as_secs_f64() * 1e3);
    if last <= first * 2 { figure!("C8", "{words}") } else { crate::missed!("C8", "{words}") }
}
