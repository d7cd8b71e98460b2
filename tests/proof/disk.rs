//! H3 and H4: a disk that fails or is full. SQLite only; needs root and strace.

use reqwest::StatusCode;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tests::database::postgres_url;
use tests::figure;
use tests::ledger::{Ledger, Writer, refuse_damage, titles};
use tests::scratch::Scratch;

pub fn only_for_sqlite() {
    assert!(postgres_url().is_none(), "PostgreSQL's own files are PostgreSQL's to mend");
}

/// Which of the writes to the disk fails, counted from the start.
const FAILING: std::ops::RangeInclusive<usize> = 1..=40;

/// H3: the Nth fsync fails. What was acknowledged is there when the disk works again.
pub async fn errors() {
    only_for_sqlite();
    let mut scratch = Scratch::new();
    let (mut writer, mut serving) = Writer::new(&scratch).await;
    let ledger = Ledger::default();
    let (mut refused, mut ended) = (0, 0);
    for nth in FAILING {
        serving.kill();
        let inject = format!("inject=fsync,fdatasync:error=EIO:when={nth}");
        let strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", &inject];
        let Some(mut failing) = scratch.serve_under(&strace).await else {
            // It would not even start: its exit code is not 0, and nothing was acknowledged.
            ended += 1;
            serving = scratch.serve().await;
            continue;
        };
        for number in 0..12 {
            let title = format!("n{nth}-{number}");
            ledger.lock().expect("the ledger").insert(title.clone(), false);
            match writer.add(&failing.origin, &title).await {
                Ok(answer) if answer.status() == 201 => {
                    ledger.lock().expect("the ledger").insert(title, true);
                }
                Ok(answer) => {
                    assert!(answer.status().is_server_error(), "{}", answer.status());
                    refused += 1;
                }
                Err(_) => {
                    ended += 1;
                    break;
                }
            }
        }
        failing.kill();
        serving = scratch.serve().await;
        writer.sign_in(&serving.origin).await;
        let there = titles(&mut scratch);
        let told = ledger.lock().expect("the ledger").clone();
        let lost: Vec<&String> = told.iter().filter(|(title, told)| **told && !there.contains(title)).map(|(title, _)| title).collect();
        assert!(lost.is_empty(), "fsync {nth} failed and {lost:?} are lost");
    }
    drop(serving);
    refuse_damage(&mut scratch);
    let told = ledger.lock().expect("the ledger").values().filter(|told| **told).count();
    figure!(
        "H3",
        "fsync {}…{} failed in turn: {told} acknowledged, 0 lost, {refused} refused, {ended} times the server ended",
        FAILING.start(),
        FAILING.end()
    );
}

/// A small disk in memory, gone with this value.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new(megabytes: u32) -> Self {
        let folder = tempfile::TempDir::new().expect("a folder");
        let size = format!("size={megabytes}m,mode=700");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).status().expect("mount runs");
        assert!(mounted.success(), "a disk of its own needs root");
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(self.0.path()).status().ok();
    }
}

/// H4: the disk fills up. Writes are refused, reads go on, and all is well when there is room again.
pub async fn full() {
    only_for_sqlite();
    let disk = Disk::new(64);
    let mut scratch = Scratch::at(disk.path());
    let (writer, serving) = Writer::new(&scratch).await;
    drop(serving);
    let serving = scratch.serve_with(&["--log", "error", "--min-free-disk", "10"]).await;
    let filler = disk.path().join("filler");
    let http = reqwest::Client::new();
    let fill = || {
        Command::new("dd")
            .args(["if=/dev/zero", "bs=64k"])
            .arg(format!("of={}", filler.display()))
            .stderr(Stdio::null())
            .status()
            .expect("dd runs")
    };
    let mut before = 0;
    for number in 0..20 {
        assert_eq!(writer.add(&serving.origin, &format!("a{number}")).await.expect("an answer").status(), 201);
        before += 1;
    }
    assert!(!fill().success(), "the disk is full");
    let mut refused = 0;
    let mut taken = Vec::new();
    for number in 0..200 {
        let title = format!("b{number}");
        let answer = writer.add(&serving.origin, &title).await.expect("an answer");
        match answer.status().as_u16() {
            201 => taken.push(title),
            503 | 507 => {
                refused += 1;
                assert!(answer.headers().contains_key("retry-after") || answer.status() == 507, "says when to come back");
            }
            other => panic!("{other}: {}", answer.text().await.unwrap_or_default()),
        }
    }
    assert!(refused > 0, "the disk was never full");
    let read = http.get(format!("{}/api/v1/editions", serving.origin)).bearer_auth(writer.token()).send().await.expect("an answer");
    assert_eq!(read.status(), 200, "reads go on");
    // What the probe has found holds for a second.
    let (full, mut ready) = (Instant::now(), StatusCode::OK);
    while ready == 200 && full.elapsed() < Duration::from_secs(3) {
        ready = http.get(format!("{}/readyz", serving.origin)).send().await.expect("an answer").status();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    std::fs::remove_file(&filler).expect("room again");
    let begun = Instant::now();
    while writer.add(&serving.origin, "after").await.expect("an answer").status() != 201 {
        assert!(begun.elapsed() < Duration::from_secs(10), "recovers within 10 s");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let recovered = begun.elapsed();
    drop(serving);
    let there = titles(&mut scratch);
    assert!(taken.iter().all(|title| there.contains(title)), "acknowledged and lost");
    refuse_damage(&mut scratch);
    scratch.close();
    let words = format!(
        "64 MiB disk full: {refused} of 200 writes refused with 503/507, reads 200, ready {ready}, well again after {:.1} s; {before} + {} acknowledged, 0 lost",
        recovered.as_secs_f64(),
        taken.len()
    );
    if ready == 503 { figure!("H4", "{words}") } else { crate::missed!("H4", "{words}: the probe does not say that it is degraded") }
}
