//! What an operator does with the program: start it, and put a newer one in place of an older.
//!
//! `tests/fixtures/installations/<program>/` holds what an older program's own `backup` made of the demo world, on each
//! database, with the addresses and passwords that it printed. Each release adds one; none is ever made anew, because a
//! newer program would make something else. `cargo xtask test --only dist` runs this with the program of the archive.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use tests::database::{count, lines, postgres_url};
use tests::scratch::{Scratch, Serving};

/// What every older program left for the kind of database under test, by its name.
fn older() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/installations");
    let archive = if postgres_url().is_some() { "postgresql.tar.gz" } else { "sqlite.tar.gz" };
    let entries = std::fs::read_dir(&folder).expect("installations").flatten();
    let mut found: Vec<_> = entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path().join(archive))).collect();
    found.sort();
    found
}

fn unpack(archive: &Path) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let status = Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(folder.path()).status().expect("tar runs");
    assert!(status.success(), "{}", archive.display());
    folder
}

/// How many rows each table has.
fn rows(scratch: &mut Scratch) -> BTreeMap<String, i64> {
    let sql = if postgres_url().is_some() {
        "SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    } else {
        "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    };
    let tables = lines(scratch.db(), sql).into_iter().filter(|table| !table.starts_with("__diesel"));
    let db = scratch.db().clone();
    let rows = tables.map(|table| (table.clone(), count(&db, &format!("SELECT count(*) AS count FROM {table}")))).collect();
    drop(db);
    scratch.close();
    rows
}

async fn get(serving: &Serving, token: &str, path: &str) -> Value {
    let answer = reqwest::Client::new().get(format!("{}/api/v1{path}", serving.origin)).bearer_auth(token).send().await.expect("an answer");
    assert_eq!(answer.status(), 200, "{path}");
    answer.json().await.expect("JSON")
}

/// The access token of a person of the demo world, by the password that the older program printed.
async fn sign_in(serving: &Serving, accounts: &str, who: &str) -> String {
    let line = accounts.lines().find(|line| line.contains(who)).unwrap_or_else(|| panic!("no {who} in {accounts}"));
    let words: Vec<&str> = line.split('\t').map(str::trim).collect();
    let email = words.iter().find(|word| word.contains('@')).expect("an address");
    let credentials = serde_json::json!({"email": email, "password": words.last().expect("a password"), "kind": "device"});
    let answer =
        reqwest::Client::new().post(format!("{}/api/v1/sessions", serving.origin)).json(&credentials).send().await.expect("an answer");
    assert_eq!(answer.status(), 201, "{who}: the old password is still good");
    let signed_in: Value = answer.json().await.expect("JSON");
    signed_in["access_token"].as_str().expect("a token").to_owned()
}

#[tokio::test]
async fn what_an_older_program_left_is_there_after_an_upgrade() {
    let older = older();
    assert!(!older.is_empty(), "no older installation to upgrade");
    for (name, archive) in older {
        let left = unpack(&archive);
        let accounts = std::fs::read_to_string(left.path().join("demo-accounts.txt")).expect("accounts");
        let copy = left.path().join("copy").to_string_lossy().into_owned();
        let mut scratch = Scratch::new();
        scratch.run(&["restore", &copy]);
        let before = rows(&mut scratch);
        assert!(before["editions"] == 6 && before["projects"] == 23 && before["audit_events"] > 50, "{name}: {before:?}");

        let said = scratch.run(&["migrate"]);
        assert!(said.contains("Applied:") || said.contains("up to date"), "{name}: {said}");
        let after = rows(&mut scratch);
        for (table, rows) in &before {
            assert_eq!(after.get(table), Some(rows), "{name}: {table}");
        }
        let serving = scratch.serve().await;
        // A reader's view of it: people, programmes, published results, and the trail of all that.
        let coordinator = sign_in(&serving, &accounts, "koordinaattori").await;
        assert_eq!(get(&serving, &coordinator, "/editions").await["items"].as_array().expect("editions").len(), 5, "{name}");
        let programme = get(&serving, &coordinator, "/programmes").await["items"][0]["id"].as_str().expect("an id").to_owned();
        let results = get(&serving, &coordinator, &format!("/programmes/{programme}/results")).await;
        assert_eq!(format!("{:.1}", results["overall"]["mean"].as_f64().expect("a mean")), "3.7", "{name}");
        let participant = sign_in(&serving, &accounts, "osallistuja").await;
        let own = get(&serving, &participant, "/me").await["enrolments"][0]["edition_id"].as_str().expect("an edition").to_owned();
        assert_eq!(get(&serving, &participant, &format!("/editions/{own}/self-assessment")).await["answered"], false, "{name}");
        drop(serving);
        let doctor = scratch.polku(&["doctor"]).output().expect("runs");
        assert!(tests::scratch::said(&doctor).contains("all applied"), "{name}: {}", tests::scratch::said(&doctor));

        // And the way back into an empty place, for whoever must.
        let mut other = Scratch::new();
        other.run(&["restore", &copy]);
        assert_eq!(rows(&mut other), before, "{name}");
    }
}

#[tokio::test]
async fn nodes_that_start_at_once_on_one_database_all_serve() {
    // Two processes on one SQLite file are for `migrate` alone; serving from several nodes is PostgreSQL's.
    if postgres_url().is_none() {
        return;
    }
    let scratch = Scratch::new();
    let (one, other) = tokio::join!(scratch.serve(), scratch.serve());
    for node in [&one, &other] {
        let meta: Value = reqwest::get(format!("{}/api/v1/meta", node.origin)).await.expect("an answer").json().await.expect("JSON");
        assert_eq!(meta["tenant_name"], "Polku", "one tenant was made, by one of them");
    }
}
