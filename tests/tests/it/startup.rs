//! H9: what the server does not start on.

use shared::client::Client;
use shared::identity::{Credentials, SessionKind};
use std::os::unix::fs::PermissionsExt;
use tests::database::{postgres_url, run};
use tests::scratch::Scratch;

const SERVE: &[&str] = &["serve", "--bind", "127.0.0.1:0"];

/// A data folder that has been used: somebody has signed in.
async fn used() -> Scratch {
    let scratch = Scratch::new();
    let printed = scratch.run(&["account", "create", "--name", "Pää Käyttäjä", "--email", "paa@example.fi", "--administrator"]);
    let password = printed.lines().last().expect("a password").to_owned();
    let serving = scratch.serve().await;
    let client = Client::new(serving.origin.clone(), false);
    client.sign_in(&Credentials { email: "paa@example.fi".to_owned(), password, kind: SessionKind::Device }).await.expect("in");
    scratch
}

#[tokio::test]
async fn a_server_does_not_start_on_what_it_could_lose_or_mix_up() {
    let scratch = used().await;
    let keys = scratch.data().join("keys");
    let all @ [signing, mac, seal] = &["signing.json", "mac.key", "seal.key"].map(|name| keys.join(name));
    let good = all.clone().map(|path| std::fs::read(path).expect("a key"));
    let put_back = || {
        std::fs::create_dir_all(&keys).expect("a folder");
        for (path, bytes) in all.iter().zip(&good) {
            std::fs::write(path, bytes).expect("written");
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("set");
        }
    };
    let refuse = |spoil: &dyn Fn(), words: &str| {
        spoil();
        let said = scratch.refused(SERVE);
        assert!(said.contains(words), "{said}");
        put_back();
    };
    refuse(&|| std::fs::remove_dir_all(&keys).expect("removed"), "holds no keys");
    for key in [mac, seal] {
        refuse(&|| std::fs::remove_file(key).expect("removed"), "holds no keys");
        refuse(&|| std::fs::write(key, [7; 31]).expect("written"), "32 bytes");
        refuse(&|| std::fs::write(key, [0; 32]).expect("written"), "not random");
    }
    refuse(&|| std::fs::write(signing, b"no key").expect("written"), "signing.json");
    refuse(&|| std::fs::set_permissions(mac, std::fs::Permissions::from_mode(0o644)).expect("set"), "everyone on this machine can read");
    scratch.serve().await;
}

#[tokio::test]
async fn a_fresh_folder_gets_keys_and_a_newer_database_no_server() {
    let mut scratch = Scratch::new();
    drop(scratch.serve().await);
    assert!(scratch.data().join("keys/mac.key").exists());
    run(scratch.db(), "INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101')").expect("a step of tomorrow");
    scratch.close();
    assert!(scratch.refused(SERVE).contains("newer"));
}

#[tokio::test]
async fn two_servers_do_not_share_a_file_and_may_share_a_postgresql() {
    let scratch = Scratch::new();
    let mut first = scratch.serve().await;
    if postgres_url().is_some() {
        drop(scratch.serve().await);
        return;
    }
    let said = scratch.refused(SERVE);
    assert!(said.contains("another server") && said.contains("PostgreSQL"), "{said}");
    assert!(scratch.run(&["migrate"]).contains("up to date"), "commands work beside it");
    first.kill();
    scratch.serve().await;
}

#[tokio::test]
async fn passwords_do_not_go_over_the_wire_in_clear_unless_told() {
    let scratch = Scratch::new();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.7:8080"] {
        let said = scratch.refused(&["serve", "--bind", address]);
        assert!(said.contains("plain HTTP") && said.contains("POLKU_ALLOW_PLAIN_HTTP"), "{said}");
    }
    assert!(!scratch.data().join("keys").exists(), "before anything is made");
}

#[tokio::test]
async fn settings_that_make_no_sense_are_refused() {
    let scratch = Scratch::new();
    for wrong in [
        ["--body-seconds", "0"],
        ["--lock-seconds", "-1"],
        ["--in-flight", "0"],
        ["--in-flight-per-tenant", "101"],
        ["--header-fields", "97"],
    ] {
        let said = scratch.refused(&["serve", "--bind", "127.0.0.1:0", &wrong.join("=")]);
        assert!(said.contains(wrong[0]), "{said}");
    }
}
