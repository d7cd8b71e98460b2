//! `polku doctor`: an installation is broken in each way that it knows, and its line is read.

use jiff::{SignedDuration, Timestamp};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tests::database::{literal, postgres_url, run};
use tests::scratch::{Scratch, said};

/// What is said of a sound installation, so that one broken thing is the only one. The tests' PostgreSQL writes without
/// waiting for the disk, on purpose, and our role there may do everything.
fn known() -> Vec<&'static str> {
    if postgres_url().is_some() { vec!["durability", "role"] } else { Vec::new() }
}

/// An installation that has been served once.
async fn sound() -> Scratch {
    let scratch = Scratch::new();
    drop(scratch.serve().await);
    scratch
}

/// What the doctor says: the verdict and the line of each thing, and whether the command went well.
struct Said {
    lines: Vec<(String, String, String)>,
    well: bool,
    all: String,
}

impl Said {
    fn of(output: &std::process::Output) -> Self {
        let all = said(output);
        let line = |line: &str| {
            let (verdict, rest) = line.split_at_checked(9)?;
            let (about, what) = rest.split_at_checked(15)?;
            let verdict = verdict.trim();
            ["ok", "warning", "wrong"].contains(&verdict).then(|| (verdict.to_owned(), about.trim().to_owned(), what.to_owned()))
        };
        Self { lines: all.lines().filter_map(line).collect(), well: output.status.success(), all }
    }

    /// The things that are not ok, of which nothing is expected.
    fn not_ok(&self) -> Vec<&str> {
        let bad = self.lines.iter().filter(|(verdict, about, _)| verdict != "ok" && !known().contains(&about.as_str()));
        bad.map(|(_, about, _)| about.as_str()).collect()
    }

    /// One thing has this verdict, its line holds these words, and nothing else is amiss.
    fn says_only(&self, verdict: &str, about: &str, words: &[&str]) {
        self.says(verdict, about, words);
        assert_eq!(self.not_ok(), [about], "{}", self.all);
    }

    fn says(&self, verdict: &str, about: &str, words: &[&str]) {
        let found = self.lines.iter().find(|line| line.1 == about).unwrap_or_else(|| panic!("nothing of {about}: {}", self.all));
        assert_eq!(found.0, verdict, "{about}: {}", self.all);
        assert!(words.iter().all(|word| found.2.contains(word)), "{words:?} in {}", found.2);
        assert!(found.0 == "ok" || found.2.contains(". "), "it says how to mend it: {}", found.2);
        if verdict == "wrong" {
            assert!(!self.well, "wrong, and the command went well: {}", self.all);
        }
    }
}

fn doctor(scratch: &Scratch, arguments: &[&str]) -> Said {
    Said::of(&scratch.polku(&["doctor"]).args(arguments).output().expect("the program runs"))
}

/// Settings of an installation that people reach through a proxy, with nothing to say against them.
fn public(scratch: &Scratch) -> Vec<String> {
    std::fs::write(scratch.data().join("last-backup"), Timestamp::now().to_string()).expect("a note");
    let settings = ["--public-url", "https://polku.example", "--trust-proxy", "--security-contact", "mailto:turva@example.fi"];
    let figures = ["--metrics-bind", "127.0.0.1:9464"];
    settings.into_iter().chain(figures).map(str::to_owned).collect()
}

fn with<'a>(base: &'a [String], more: &[&'a str]) -> Vec<&'a str> {
    base.iter().map(String::as_str).chain(more.iter().copied()).collect()
}

fn chmod(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("changed");
}

/// A mail server that answers to one visitor.
fn mail_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut out = stream.try_clone().expect("a copy");
            out.write_all(b"220 here\r\n").ok();
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                out.write_all(if line.starts_with("QUIT") { b"221 bye\r\n" } else { b"250 fine\r\n" }).ok();
            }
        }
    });
    format!("smtp://{address}")
}

#[tokio::test]
async fn a_sound_installation_is_called_sound_and_left_as_it_is() {
    let scratch = sound().await;
    // SQLite itself clears its journal away when nobody uses the file any more.
    let files = || {
        let names = std::fs::read_dir(scratch.data()).expect("a folder").flatten().map(|entry| entry.file_name());
        names.filter(|name| !name.to_string_lossy().contains("db-")).collect::<std::collections::BTreeSet<_>>()
    };
    let before = files();
    let local = doctor(&scratch, &[]);
    assert!(local.not_ok().is_empty(), "{}", local.all);
    assert_eq!(local.well, postgres_url().is_none(), "{}", local.all);
    assert!(local.lines.len() >= 15, "{}", local.all);
    assert_eq!(before, files());

    let server = mail_server();
    let settings = public(&scratch);
    let served = doctor(&scratch, &with(&settings, &["--smtp-url", &server]));
    assert!(served.not_ok().is_empty(), "{}", served.all);
    served.says("ok", "mail", &["answers"]);
    served.says("ok", "public address", &["Secure"]);
}

#[test]
fn where_nothing_is_installed_nothing_is_made() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let data = folder.path().join("nowhere");
    let output = tests::scratch::polku().arg("doctor").env("POLKU_DATA", &data).output().expect("runs");
    let told = Said::of(&output);
    told.says("wrong", "data folder", &["is not there"]);
    told.says("wrong", "database", &["there is none"]);
    assert!(!data.exists());
}

#[tokio::test]
async fn files_that_others_may_read_are_wrong() {
    let scratch = sound().await;
    chmod(scratch.data(), 0o750);
    doctor(&scratch, &[]).says_only("warning", "data folder", &["0750", "chmod 700"]);
    chmod(scratch.data(), 0o755);
    doctor(&scratch, &[]).says("wrong", "data folder", &["0755", "chmod 700"]);
    if postgres_url().is_none() {
        chmod(&scratch.data().join("polku.db"), 0o644);
        doctor(&scratch, &[]).says("wrong", "database file", &["0644", "chmod 700"]);
    }
    chmod(scratch.data(), 0o700);
    for name in backend::keys::FILES {
        let key = scratch.data().join(name);
        chmod(&key, 0o640);
        doctor(&scratch, &[]).says_only("wrong", "keys", &[name, "0640", "chmod 600", "polku keys rotate --emergency"]);
        chmod(&key, 0o600);
        let bytes = std::fs::read(&key).expect("a key");
        std::fs::write(&key, &bytes[..bytes.len() / 2]).expect("cut short");
        doctor(&scratch, &[]).says_only("wrong", "keys", &[]);
        std::fs::remove_file(&key).expect("gone");
        doctor(&scratch, &[]).says_only("wrong", "keys", &[name, "missing"]);
        assert!(!key.exists(), "it makes none");
        tests::scratch::write(&key, &bytes);
    }
    assert!(doctor(&scratch, &[]).not_ok().is_empty());
}

#[tokio::test]
async fn a_full_disk_and_few_open_files_are_told() {
    let scratch = sound().await;
    doctor(&scratch, &["--min-free-disk", "100"]).says_only("wrong", "disk", &["not ready"]);
    for (limit, verdict) in [(512, "wrong"), (2_048, "warning"), (4_096, "ok")] {
        let polku = scratch.polku(&["doctor"]);
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &format!("ulimit -n {limit} && exec \"$0\" doctor")]).arg(polku.get_program());
        shell.envs(polku.get_envs().filter_map(|(name, value)| Some((name, value?))));
        Said::of(&shell.output().expect("a shell")).says(verdict, "open files", &[&limit.to_string()]);
    }
}

#[tokio::test]
async fn addresses_that_put_people_at_risk_are_wrong() {
    let scratch = sound().await;
    let settings = public(&scratch);
    let server = mail_server();
    let sent = ["--smtp-url", &server];
    let told = |more: &[&str]| doctor(&scratch, &[with(&settings, &sent), more.to_vec()].concat());
    told(&["--bind", "0.0.0.0:8080"]).says("wrong", "address", &["plain HTTP"]);
    told(&["--bind", "0.0.0.0:8080", "--allow-plain-http"]).says("warning", "address", &["firewall"]);
    told(&["--bind", "0.0.0.0:8080", "--allow-plain-http"]).says("warning", "proxy", &["127.0.0.1"]);
    let at = |url: &'static str| doctor(&scratch, &["--public-url", url]);
    at("http://polku.example").says_only("wrong", "public address", &["in clear"]);
    at("polku.example").says_only("wrong", "public address", &["no web address"]);
    doctor(&scratch, &["--bind", "0.0.0.0:8080", "--allow-plain-http"]).says("wrong", "public address", &["leads nowhere"]);
    let without = |flag: &str| {
        let kept: Vec<&str> = settings.iter().map(String::as_str).filter(|word| *word != flag).collect();
        doctor(&scratch, &[kept, sent.to_vec()].concat())
    };
    without("--trust-proxy").says_only("warning", "proxy", &["POLKU_TRUST_PROXY"]);
    doctor(&scratch, &["--public-url", "https://polku.example"]).says("warning", "contact", &["POLKU_SECURITY_CONTACT"]);
    doctor(&scratch, &["--public-url", "https://polku.example"]).says("warning", "figures", &["POLKU_METRICS_BIND"]);
    let odd: Vec<&str> =
        with(&settings, &sent).into_iter().map(|word| if word.starts_with("mailto:") { "turva@example.fi" } else { word }).collect();
    doctor(&scratch, &odd).says_only("wrong", "contact", &["mailto:"]);
}

#[tokio::test]
async fn mail_that_goes_nowhere_is_told() {
    let scratch = sound().await;
    let settings = public(&scratch);
    doctor(&scratch, &with(&settings, &[])).says_only("warning", "mail", &["nothing is sent"]);
    let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port");
    doctor(&scratch, &with(&settings, &["--smtp-url", &format!("smtp://{free}")])).says_only("wrong", "mail", &["POLKU_SMTP_URL"]);
    doctor(&scratch, &with(&settings, &["--smtp-url", "nonsense"])).says_only("wrong", "mail", &["POLKU_SMTP_URL"]);
    doctor(&scratch, &["--mail-from", "not an address"]).says_only("wrong", "mail", &["POLKU_MAIL_FROM"]);
}

#[tokio::test]
async fn the_demo_world_is_for_nobody_else() {
    let scratch = sound().await;
    drop(scratch.run(&["demo"]));
    let scratch = {
        let other = Scratch::new();
        other.run(&["demo"]);
        drop(other.serve().await);
        other
    };
    doctor(&scratch, &[]).says("ok", "demo data", &["this machine"]);
    let settings = public(&scratch);
    let server = mail_server();
    doctor(&scratch, &with(&settings, &["--smtp-url", &server])).says_only("wrong", "demo data", &["passwords"]);
}

#[tokio::test]
async fn letters_that_wait_and_backups_that_are_late_are_told() {
    let mut scratch = sound().await;
    let (db, tenant) = {
        let db = scratch.db().clone();
        let ids =
            if postgres_url().is_some() { "SELECT id::text AS line FROM tenants" } else { "SELECT lower(hex(id)) AS line FROM tenants" };
        let id = tests::database::lines(&db, ids).remove(0);
        (db.clone(), literal(&db, uuid::Uuid::parse_str(&id).expect("an id")))
    };
    let at = |ago: SignedDuration| {
        let at = Timestamp::now() - ago;
        if postgres_url().is_some() { format!("'{at}'") } else { at.as_microsecond().to_string() }
    };
    let letter = |ago: SignedDuration, tries: u32| {
        let id = literal(&db, uuid::Uuid::now_v7());
        let values = format!("{tenant}, {id}, 'mail', 'null', {0}, {0}, {tries}", at(ago));
        run(&db, &format!("INSERT INTO outbox (tenant_id, id, kind, payload, created_at, next_try_at, attempt_count) VALUES ({values})"))
            .expect("a letter");
    };
    letter(SignedDuration::from_mins(5), 0);
    doctor(&scratch, &[]).says("ok", "outbox", &["1 letters wait"]);
    letter(SignedDuration::from_hours(100), 99);
    doctor(&scratch, &[]).says_only("warning", "outbox", &["1 were given up"]);
    letter(SignedDuration::from_hours(3), 1);
    doctor(&scratch, &[]).says_only("warning", "outbox", &["for 3 h"]);
    letter(SignedDuration::from_hours(30), 1);
    doctor(&scratch, &[]).says_only("wrong", "outbox", &["for 30 h"]);
    run(&db, "DELETE FROM outbox").expect("sent");

    let settings = public(&scratch);
    let server = mail_server();
    let settings = with(&settings, &["--smtp-url", &server]);
    let note = scratch.data().join("last-backup");
    for (hours, verdict) in [(25, "ok"), (27, "warning"), (200, "wrong")] {
        std::fs::write(&note, (Timestamp::now() - SignedDuration::from_hours(hours)).to_string()).expect("a note");
        doctor(&scratch, &settings).says(verdict, "backup", &[&format!("{hours} h old")]);
    }
    std::fs::remove_file(&note).expect("gone");
    doctor(&scratch, &settings).says_only("warning", "backup", &["none is known"]);
    scratch.run(&["backup", &scratch.data().join("copy").to_string_lossy()]);
    doctor(&scratch, &settings).says("ok", "backup", &["0 h old"]);
}

#[tokio::test]
async fn a_database_of_another_version_or_another_time_is_told() {
    let mut scratch = sound().await;
    doctor(&scratch, &["--as-of", "2019-03-14T10:00:00Z"]).says("wrong", "clock", &["POLKU_AS_OF"]);
    let soon = (Timestamp::now() + SignedDuration::from_secs(14)).to_string();
    doctor(&scratch, &["--as-of", &soon]).says_only("warning", "clock", &["s from the database's"]);
    let db = scratch.db().clone();
    run(&db, "INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101')").expect("a step of tomorrow");
    doctor(&scratch, &[]).says_only("wrong", "migrations", &["newer", "29990101"]);
    run(&db, "DELETE FROM __diesel_schema_migrations WHERE version = '29990101'").expect("forgotten");
    let newest = tests::database::lines(&db, "SELECT max(version) AS line FROM __diesel_schema_migrations").remove(0);
    run(&db, &format!("DELETE FROM __diesel_schema_migrations WHERE version = '{newest}'")).expect("forgotten");
    doctor(&scratch, &[]).says_only("warning", "migrations", &[&newest, "polku migrate"]);
    run(&db, "DROP TABLE __diesel_schema_migrations").expect("forgotten");
    doctor(&scratch, &[]).says_only("wrong", "migrations", &["empty", "polku migrate"]);
    drop(db);
    scratch.lose();
    let words = if postgres_url().is_some() { "cannot be reached" } else { "there is none" };
    doctor(&scratch, &[]).says_only("wrong", "database", &[words, "POLKU_DATABASE_URL"]);
    let bad = scratch.polku(&["doctor", "--database-url", "mysql://x"]).output().expect("runs");
    Said::of(&bad).says("wrong", "database", &["sqlite: or postgres://"]);
}

#[tokio::test]
async fn a_damaged_file_is_wrong() {
    if postgres_url().is_some() {
        return;
    }
    use diesel::connection::{Connection, SimpleConnection};
    let scratch = sound().await;
    let file = scratch.data().join("polku.db");
    let raw = |sql: &str| {
        let mut conn = diesel::SqliteConnection::establish(&file.to_string_lossy()).expect("opened");
        conn.batch_execute(sql).expect("done");
    };
    raw("PRAGMA journal_mode = DELETE");
    doctor(&scratch, &[]).says_only("warning", "journal", &["delete"]);
    raw("PRAGMA foreign_keys = OFF; INSERT INTO organisations VALUES (x'00', x'01', 1, 'a', 'a', 'county', 1, 1)");
    doctor(&scratch, &[]).says("wrong", "integrity", &["organisations"]);
    raw("PRAGMA foreign_keys = OFF; DELETE FROM organisations");
    // A page in the middle, torn.
    let mut bytes = std::fs::read(&file).expect("the file");
    let page = 4_096;
    for number in 2..bytes.len() / page {
        bytes[number * page..number * page + 200].fill(0xA5);
    }
    std::fs::write(&file, &bytes).expect("torn");
    doctor(&scratch, &[]).says_only("wrong", "integrity", &["restore the last good backup"]);
    std::fs::write(&file, b"this is no database, and long enough to see that it is none at all").expect("overwritten");
    doctor(&scratch, &[]).says_only("wrong", "integrity", &["not a database"]);
}

#[tokio::test]
async fn a_server_that_is_not_set_as_it_should_is_told() {
    let Some(admin) = postgres_url() else { return };
    use diesel::connection::{Connection, SimpleConnection};
    let mut scratch = sound().await;
    doctor(&scratch, &[]).says("wrong", "durability", &["fsync"]);
    doctor(&scratch, &[]).says("warning", "role", &["everything"]);
    let name = scratch.url().rsplit('/').next().expect("a name").split('?').next().expect("a name").to_owned();
    let mut conn = diesel::PgConnection::establish(&admin).expect("PostgreSQL answers");
    conn.batch_execute(&format!("ALTER DATABASE {name} SET timezone TO 'Europe/Helsinki'")).expect("set");
    doctor(&scratch, &[]).says_only("warning", "time zone", &["Europe/Helsinki", "UTC"]);
    conn.batch_execute(&format!("ALTER DATABASE {name} RESET timezone")).expect("reset");

    let role = format!("poor_{}", uuid::Uuid::new_v4().simple());
    let grants = format!("CREATE ROLE {role} LOGIN PASSWORD 'poor'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}");
    run_all(scratch.db(), &grants);
    let host = admin.rsplit_once('@').expect("a host").1.split('/').next().expect("a host").to_owned();
    let url = format!("postgres://{role}:poor@{host}/{name}");
    let as_poor = |scratch: &Scratch| Said::of(&scratch.polku(&["doctor", "--database-url", &url]).output().expect("runs"));
    as_poor(&scratch).says("wrong", "role", &["audit trail", "GRANT"]);
    run_all(scratch.db(), &format!("GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"));
    as_poor(&scratch).says("warning", "role", &["upgrades fail"]);
    run_all(scratch.db(), &format!("GRANT CREATE ON SCHEMA public TO {role}"));
    as_poor(&scratch).says("ok", "role", &[]);
    run_all(scratch.db(), &format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

fn run_all(db: &backend::db::Db, sql: &str) {
    for statement in sql.split(';') {
        run(db, statement).unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
}
