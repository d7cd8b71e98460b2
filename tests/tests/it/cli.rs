//! The program's own commands, run as a person runs them.

use shared::client::{Client, ClientCredentials};
use shared::identity::{Credentials, LinkRedemption, NewOrganisation, OrganisationKind, ResetRequest, SessionKind};
use shared::page::Paging;
use shared::projects::{ProjectFilter, ProjectStage};
use shared::training::{EditionFilter, EditionStatus};
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tests::PASSWORD;
use tests::database::{postgres_url, run};
use tests::scratch::{Scratch, polku, said};

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode() & 0o777
}

async fn sign_in(origin: &str, email: &str, password: &str) -> Client {
    let client = Client::new(origin, false);
    client.sign_in(&Credentials { email: email.to_owned(), password: password.to_owned(), kind: SessionKind::Device }).await.expect("in");
    client
}

#[test]
fn only_known_kinds_of_database_are_opened() {
    let folder = tempfile::TempDir::new().expect("a folder");
    for url in ["mysql://localhost/polku", "polku.db", "postgress://localhost/polku", "sqlite:"] {
        let output = polku().args(["migrate"]).env("POLKU_DATA", folder.path()).env("POLKU_DATABASE_URL", url).output().expect("runs");
        assert!(!output.status.success(), "{url}");
        assert!(said(&output).contains("sqlite: or postgres://"), "{url}: {}", said(&output));
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "and nothing is made");
}

#[test]
fn a_database_of_a_newer_program_is_left_alone() {
    let mut scratch = Scratch::new();
    scratch.run(&["migrate"]);
    assert!(scratch.run(&["migrate"]).contains("up to date"));
    run(scratch.db(), "INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101')").expect("a step of tomorrow");
    scratch.close();
    for command in [vec!["migrate"], vec!["serve", "--bind", "127.0.0.1:0"], vec!["demo"]] {
        assert!(scratch.refused(&command).contains("newer"), "{command:?}");
    }
}

#[test]
fn passwords_do_not_go_over_the_wire_in_clear() {
    let scratch = Scratch::new();
    let refused = scratch.refused(&["serve", "--bind", "0.0.0.0:0"]);
    assert!(refused.contains("plain HTTP") && refused.contains("POLKU_ALLOW_PLAIN_HTTP"), "{refused}");
}

#[test]
fn secrets_come_from_files_too() {
    let scratch = Scratch::new();
    let file = scratch.data().join("address");
    std::fs::write(&file, format!("{}\n", scratch.url())).expect("written");
    let migrate = || {
        let mut command = polku();
        command.arg("migrate").env("POLKU_DATA", scratch.data()).env("POLKU_DATABASE_URL_FILE", &file);
        command
    };
    let output = migrate().output().expect("runs");
    assert!(output.status.success(), "{}", said(&output));
    let both = migrate().env("POLKU_DATABASE_URL", scratch.url()).output().expect("runs");
    assert!(said(&both).contains("not both"), "{}", said(&both));
}

#[tokio::test]
async fn the_first_administrator_comes_by_a_link_and_keys_are_for_their_owner_only() {
    let scratch = Scratch::new();
    let printed = scratch.run(&["account", "create", "--first-administrator-link"]);
    let token = printed.trim().rsplit_once('#').expect("a link").1.to_owned();
    let serving = scratch.serve().await;
    let redemption = LinkRedemption {
        token,
        password: Some(PASSWORD.to_owned()),
        name: Some("Ensimmäinen Ylläpitäjä".to_owned()),
        email: Some("eka@example.fi".to_owned()),
    };
    let visitor = Client::new(serving.origin.clone(), false);
    visitor.redeem_link(&redemption).await.expect("redeemed");
    assert!(visitor.redeem_link(&redemption).await.is_err(), "once");
    let administrator = sign_in(&serving.origin, "eka@example.fi", PASSWORD).await;
    administrator
        .create_organisation(&NewOrganisation { name: "Kunta".to_owned(), kind: OrganisationKind::County })
        .await
        .expect("may do all");
    for key in backend::keys::FILES {
        assert_eq!(mode(&scratch.data().join(key)), 0o600, "{key}");
    }
    let reset = scratch.run(&["account", "reset", "eka@example.fi"]);
    assert!(reset.contains("/link/password-reset#"), "{reset}");
    assert!(scratch.refused(&["account", "reset", "ei.ole@example.fi"]).contains("email"));
    assert!(scratch.refused(&["account", "create", "--name", "x", "--email", "no-address"]).contains("/email"));
}

#[tokio::test]
async fn whatever_the_program_makes_is_for_its_owner_alone() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let data = folder.path().join("uusi");
    let scratch = Scratch::at(&data);
    // Whoever starts it shares everything with everyone.
    const SHARING: [&str; 3] = ["sh", "-c", "umask 0; exec \"$0\" \"$@\""];
    let run = |arguments: &[&str]| {
        let own = scratch.polku(arguments);
        let mut command = std::process::Command::new(SHARING[0]);
        command.args(&SHARING[1..]).arg(own.get_program()).args(own.get_args());
        command.envs(own.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let output = command.output().expect("runs");
        assert!(output.status.success(), "{}", said(&output));
    };
    run(&["account", "create", "--name", "Pää Käyttäjä", "--email", "paa@example.fi", "--administrator"]);
    let serving = scratch.serve_under(&SHARING).await.expect("ready");
    let visitor = Client::new(serving.origin.clone(), false);
    visitor.request_password_reset(&ResetRequest { email: "paa@example.fi".to_owned() }).await.expect("taken in");
    let mail = data.join("mail");
    let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while std::fs::read_dir(&mail).map_or(0, Iterator::count) == 0 {
        assert!(std::time::Instant::now() < until, "no letter within 10 s");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let copy = data.join("copy");
    run(&["backup", &copy.to_string_lossy()]);
    let made = everything_under(&data);
    for name in ["mail", "keys/mac.key", "copy/keys/signing.json", "copy/manifest.json"] {
        assert!(made.iter().any(|path| path.ends_with(name)), "{name} is not in {made:?}");
    }
    if postgres_url().is_none() {
        for name in ["polku.db", "polku.db-wal", "polku.db-shm", "copy/polku.db"] {
            assert!(made.iter().any(|path| path.ends_with(name)), "{name} is not in {made:?}");
        }
    }
    for path in made {
        assert_eq!(mode(&path), if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
    }
}

/// A folder and all that lies in it.
fn everything_under(folder: &Path) -> Vec<std::path::PathBuf> {
    let inside = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    let below = inside.flat_map(|path| if path.is_dir() { everything_under(&path) } else { vec![path] });
    std::iter::once(folder.to_owned()).chain(below).collect()
}

#[tokio::test]
async fn a_backup_made_while_serving_brings_everything_back() {
    let scratch = Scratch::new();
    let printed = scratch.run(&["account", "create", "--name", "Pää Käyttäjä", "--email", "paa@example.fi", "--administrator"]);
    let password = printed.lines().last().expect("a password").to_owned();
    let folder = scratch.data().join("copy");
    let copy = folder.to_string_lossy().into_owned();
    let token = {
        let serving = scratch.serve().await;
        let client = sign_in(&serving.origin, "paa@example.fi", &password).await;
        client.create_organisation(&NewOrganisation { name: "Säilyvä".to_owned(), kind: OrganisationKind::County }).await.expect("made");
        scratch.run(&["backup", &copy]);
        client.create_organisation(&NewOrganisation { name: "Myöhempi".to_owned(), kind: OrganisationKind::County }).await.expect("made");
        client.access_token().expect("a token")
    };
    assert!(scratch.refused(&["backup", &copy]).contains("exists already"));
    assert_eq!(mode(&folder.join("keys/signing.json")), 0o600);

    let other = Scratch::new();
    other.run(&["restore", &copy]);
    {
        let serving = other.serve().await;
        let client = Client::new(serving.origin.clone(), false);
        client.set_access_token(Some(token));
        let names: Vec<_> =
            client.list_organisations(&Paging::default()).await.expect("the old token is good: the keys are the same").items;
        assert_eq!(names.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Säilyvä"]);
    }
    if postgres_url().is_none() {
        assert!(other.refused(&["restore", &copy]).contains("exists already"));
        let dump = folder.join("polku.db");
        let mut bytes = std::fs::read(&dump).expect("a copy");
        bytes.truncate(bytes.len() - 1);
        std::fs::write(&dump, bytes).expect("cut short");
        let third = Scratch::new();
        assert!(third.refused(&["restore", &copy]).contains("not whole"));
        assert!(!third.data().join("polku.db").exists(), "never half loaded");
    }
}

/// Address and password of the file's line with this address.
fn demo_account(text: &str, email: &str) -> (String, String) {
    let line = text.lines().find(|line| line.contains(email)).unwrap_or_else(|| panic!("{email} is not in {text}"));
    (email.to_owned(), line.rsplit('\t').next().expect("a password").to_owned())
}

#[tokio::test]
async fn the_demo_world_is_the_one_that_was_told() {
    let scratch = Scratch::new();
    scratch.run(&["demo"]);
    let file = scratch.data().join("demo-accounts.txt");
    assert_eq!(mode(&file), 0o600);
    let text = std::fs::read_to_string(&file).expect("accounts");
    assert!(scratch.run(&["demo"]).contains("already holds data"), "filled once");
    assert_eq!(std::fs::read_to_string(&file).expect("accounts"), text, "and its passwords stay");
    assert!(scratch.refused(&["serve", "--bind", "0.0.0.0:0", "--allow-plain-http"]).contains("demo world"));

    let serving = scratch.serve_with(&["--log", "debug"]).await;
    let (email, password) = demo_account(&text, "koordinaattori@demo.polku.example");
    let coordinator = sign_in(&serving.origin, &email, &password).await;
    let programme = coordinator.list_programmes(&Paging::default()).await.expect("programmes").items.remove(0);
    assert_eq!(programme.name.fi, "Palveluohjaajien valmennus");
    let filter = EditionFilter { programme_id: Some(programme.id), ..EditionFilter::default() };
    let editions = coordinator.list_editions(&filter).await.expect("editions").items;
    assert_eq!(editions.len(), 5);
    let mut stages: BTreeMap<(bool, ProjectStage), usize> = BTreeMap::new();
    for row in &editions {
        let filter = ProjectFilter::of_edition(row.edition.id, &Paging { limit: Some(200), cursor: None });
        let running = row.edition.status == EditionStatus::Running;
        for project in coordinator.list_projects(&filter).await.expect("projects").items {
            *stages.entry((running, project.stage)).or_default() += 1;
        }
    }
    use ProjectStage::{Continued, Idea, InUse, Spread, Stopped, Trial, Waiting};
    let told = [(false, Waiting, 6), (false, InUse, 13), (false, Continued, 4)];
    let now = [(true, Idea, 1), (true, Trial, 2), (true, Spread, 1), (true, Stopped, 1)];
    assert_eq!(stages, told.into_iter().chain(now).map(|(running, stage, count)| ((running, stage), count)).collect());
    let results = coordinator.get_programme_results(programme.id).await.expect("results");
    assert_eq!((results.editions.len(), results.hidden_edition_count), (4, 0));
    assert_eq!(format!("{:.1}", results.overall.mean.expect("a mean")), "3.7");
    assert!(coordinator.get_meta().await.expect("meta").demo);
    let (email, password) = demo_account(&text, "osallistuja@demo.polku.example");
    let participant = sign_in(&serving.origin, &email, &password).await;
    let own = participant.get_me().await.expect("me").enrolments.remove(0);
    let mine = participant.get_self_assessment(own.edition_id).await.expect("can answer");
    assert!(!mine.answered, "the last participant of the running edition has yet to answer");

    let line = text.lines().find(|line| line.starts_with("api_client\t")).expect("a program");
    let [id, secret] = [1, 2].map(|at| line.split('\t').nth(at).expect("a column").to_owned());
    let credentials = ClientCredentials { id: id.parse().expect("an id"), secret: secret.clone(), scopes: Vec::new() };
    let program = Client::new(&serving.origin, false).with_credentials(credentials);
    assert_eq!(program.list_editions(&filter).await.expect("a first call").items.len(), 5);
    let token = program.access_token().expect("a token");
    let written = scratch.log();
    assert!(written.contains("/oauth/token"), "{written}");
    for secret in [&password, &secret, &token] {
        assert!(!written.contains(secret.as_str()), "a secret is in the log");
    }
}

#[test]
fn help_reads_well_and_the_document_is_printed() {
    let help = String::from_utf8(polku().arg("--help").output().expect("runs").stdout).expect("UTF-8");
    for command in ["serve", "demo", "migrate", "account", "backup", "restore", "openapi"] {
        assert!(help.contains(command), "{help}");
    }
    let printed = String::from_utf8(polku().arg("openapi").output().expect("runs").stdout).expect("UTF-8");
    assert_eq!(printed, backend::server::document_text());
}
