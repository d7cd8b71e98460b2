//! Where code stands: the rules of ARCHITECTURE.md that a compiler does not check, and the generated files.

use backend::policy;
use shared::Lang;
use shared::problem::ProblemCode;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

const SLICES: &[&str] = &["accessibility", "audit", "clients", "comments", "identity", "jobs", "live", "projects", "thread", "training"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the workspace")
}

/// Every Rust file under a folder of the workspace, by its path in it.
pub fn sources(folder: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())).flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    let (root, mut paths) = (root(), Vec::new());
    walk(&root.join(folder), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a source file");
        (path.strip_prefix(&root).expect("inside").to_string_lossy().into_owned(), text)
    };
    paths.into_iter().map(read).collect()
}

/// The part of a file that is shipped: without comments and tests.
pub fn shipped(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn is_layer(path: &str, slice: &str, layer: &str) -> bool {
    path.starts_with(&format!("backend/src/{slice}/{layer}"))
}

/// Lines of some files that hold something they should not.
fn offences(files: impl Iterator<Item = (String, String)>, words: &[String]) -> Vec<String> {
    let of_file = |(path, text): (String, String)| {
        let found: Vec<String> = shipped(&text)
            .lines()
            .filter(|line| words.iter().any(|word| line.contains(word.as_str())))
            .map(|line| format!("{path}: {}", line.trim()))
            .collect();
        found
    };
    files.flat_map(of_file).collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn inside_a_slice_routes_use_services_and_services_use_stores_and_never_back() {
    for slice in SLICES {
        let of_layer = |layer: &'static str| {
            sources(&format!("backend/src/{slice}")).into_iter().filter(move |(path, _)| is_layer(path, slice, layer))
        };
        let routes = offences(of_layer("routes"), &words(&["store::", "diesel", "schema::", ".store."]));
        assert!(routes.is_empty(), "a route extracts, calls one service and answers; queries stand in the store:\n{}", routes.join("\n"));
        let services = offences(of_layer("service"), &words(&["diesel::", "schema::", "actix_web", "routes::"]));
        assert!(services.is_empty(), "a service decides; queries stand in the store, HTTP in the route:\n{}", services.join("\n"));
        let stores = offences(of_layer("store"), &words(&["service::", "routes::", "actix_web", "crate::policy", "Permission::"]));
        assert!(stores.is_empty(), "a store reads and writes rows; rules stand in the service:\n{}", stores.join("\n"));
    }
}

#[test]
fn slices_use_each_others_services_only() {
    for slice in SLICES {
        let foreign = SLICES.iter().filter(|other| *other != slice);
        let inside: Vec<String> = foreign.flat_map(|other| [format!("crate::{other}::store"), format!("crate::{other}::routes")]).collect();
        let found = offences(sources(&format!("backend/src/{slice}")).into_iter(), &inside);
        assert!(found.is_empty(), "ask the other slice's service:\n{}", found.join("\n"));
    }
    let found: BTreeSet<String> = std::fs::read_dir(root().join("backend/src"))
        .expect("the server")
        .flatten()
        .filter(|entry| entry.path().join("routes.rs").exists() || entry.path().join("routes").is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), SLICES, "a new slice belongs into this test's list");
}

#[test]
fn only_the_caller_holds_the_database_and_only_the_settings_read_the_environment() {
    let environment = sources("backend/src").into_iter().filter(|(path, _)| !path.ends_with("/config.rs") && !path.contains("/config/"));
    let found = offences(environment, &words(&["env::var", "std::env", "env = \"POLKU"]));
    assert!(found.is_empty(), "settings are read in config.rs:\n{}", found.join("\n"));
    let http = sources("backend/src/http").into_iter().filter(|(path, _)| !path.ends_with("/caller.rs") && !path.ends_with("/health.rs"));
    let found = offences(http, &words(&["Db,", "Db)", "db::Db"]));
    assert!(found.is_empty(), "a handler reaches the database through its caller:\n{}", found.join("\n"));
}

#[test]
fn the_contract_knows_neither_server_nor_page() {
    let found = offences(sources("shared/src").into_iter(), &words(&["actix", "leptos", "diesel::table", "tokio", "std::fs", "std::env"]));
    assert!(found.is_empty(), "{}", found.join("\n"));
    let manifest = std::fs::read_to_string(root().join("shared/Cargo.toml")).expect("a manifest");
    for name in ["actix", "leptos", "tokio"] {
        assert!(!manifest.contains(name), "shared depends on {name}");
    }
}

#[test]
fn pages_do_not_know_each_other() {
    let folder = root().join("frontend/src");
    let slices: Vec<String> = std::fs::read_dir(folder)
        .expect("the page")
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        // What every page stands on is no slice, nor what hangs on an object of any of them.
        .filter(|name| !["ui", "shell", "session", "beside"].contains(&name.as_str()))
        .collect();
    for slice in &slices {
        let foreign: Vec<String> = slices.iter().filter(|other| *other != slice).map(|other| format!("crate::{other}::")).collect();
        let found = offences(sources(&format!("frontend/src/{slice}")).into_iter(), &foreign);
        assert!(found.is_empty(), "link by `paths`:\n{}", found.join("\n"));
        let ui: Vec<String> = slices.iter().map(|other| format!("crate::{other}::")).collect();
        let found = offences(sources("frontend/src/ui").into_iter(), &ui);
        assert!(found.is_empty(), "ui has no domain words:\n{}", found.join("\n"));
        let found = offences(sources("frontend/src/beside").into_iter(), &ui);
        assert!(found.is_empty(), "what hangs on any object knows none of them:\n{}", found.join("\n"));
    }
}

#[test]
fn no_database_reaches_the_page() {
    let arguments = ["tree", "-p", "frontend", "--target", "wasm32-unknown-unknown", "-e", "normal", "--prefix", "none", "--offline"];
    let output = Command::new("cargo").args(arguments).current_dir(root()).output().expect("cargo runs");
    let tree = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && tree.contains("leptos"), "{}", String::from_utf8_lossy(&output.stderr));
    for name in ["diesel", "actix-web ", "libsqlite3", "pq-sys", "tokio ", "jsonwebtoken", "argon2"] {
        assert!(!tree.lines().any(|line| line.starts_with(name)), "{name} is compiled into the page");
    }
}

#[test]
fn no_file_grows_over_four_hundred_lines() {
    let folders = ["backend/src", "shared/src", "frontend/src", "xtask/src", "tests/src", "tests/tests"];
    let files = folders.iter().flat_map(|folder| sources(folder));
    let long: Vec<String> =
        files.filter(|(_, text)| text.lines().count() > 400).map(|(path, text)| format!("{path}: {}", text.lines().count())).collect();
    assert!(long.is_empty(), "split by sub-noun:\n{}", long.join("\n"));
}

#[test]
fn nothing_gives_up_or_is_left_for_later() {
    let shipped_code = ["backend/src", "shared/src", "frontend/src"].iter().flat_map(|folder| sources(folder));
    let marks = words(&[".unwrap()", "todo!(", "unimplemented!(", "unsafe {", "dbg!("]);
    let found = offences(shipped_code.filter(|(path, _)| !path.ends_with("main.rs") && !path.ends_with("tests.rs")), &marks);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_module_says_what_it_is() {
    let folders = ["backend/src", "shared/src", "frontend/src", "xtask/src", "tests/src", "tests/tests"];
    let silent: Vec<String> =
        folders.iter().flat_map(|folder| sources(folder)).filter(|(_, text)| !text.starts_with("//!")).map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "begin with `//!`:\n{}", silent.join("\n"));
}

/// Words in quotes right after a mark, as in `lang.text("…")`.
fn quoted_after<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    let after = text.match_indices(mark).map(|(at, _)| text[at + mark.len()..].trim_start());
    after.filter_map(|rest| rest.strip_prefix('"')?.split('"').next()).filter(|word| !word.contains(['{', '/'])).collect()
}

#[test]
fn every_sentence_exists_in_three_languages() {
    let mut keys = BTreeSet::new();
    for code in ProblemCode::ALL {
        let key = format!("problem-{}", code.as_str().replace('_', "-"));
        keys.insert(format!("{key}-help"));
        keys.insert(key);
    }
    let server: Vec<String> =
        ["backend/src", "shared/src"].iter().flat_map(|folder| sources(folder)).map(|(_, text)| shipped(&text)).collect();
    for text in &server {
        keys.extend(quoted_after(text, ".text(").into_iter().map(str::to_owned));
        keys.extend(quoted_after(text, ".text_with(").into_iter().map(str::to_owned));
        let faults = ["garde::Error::new(", " Error::new("].iter().flat_map(|mark| quoted_after(text, mark));
        let codes = faults.map(|code| code.split(':').next().unwrap_or_default());
        // `Error::fault("/pointer", "code")`: the code is the second word in quotes.
        let second = ["Error::fault(", "Fault::new("]
            .iter()
            .flat_map(|mark| text.match_indices(mark).map(move |(at, _)| &text[at + mark.len()..]))
            .filter_map(|rest| {
                let call = rest.split(')').next()?;
                call.split('"').collect::<Vec<_>>().chunks(2).filter_map(|pair| pair.get(1).copied()).next_back()
            });
        keys.extend(
            codes
                .chain(second)
                .filter(|code| !code.is_empty() && !code.contains('/'))
                .map(|code| format!("fault-{}", code.replace('_', "-"))),
        );
    }
    assert!(keys.len() > 70, "{keys:?}");
    for lang in Lang::ALL {
        let missing: Vec<&String> = keys.iter().filter(|key| lang.text(key) == **key).collect();
        assert!(missing.is_empty(), "{lang} lacks {missing:?}");
    }
    let of = |lang: Lang| {
        let lines = shared::lang::sources(lang).join("\n");
        let key = |line: &str| line.split_once(" =").map(|(key, _)| key.to_owned()).filter(|key| !key.starts_with([' ', '#', '.']));
        lines.lines().filter_map(key).collect::<BTreeSet<_>>()
    };
    for lang in [Lang::Sv, Lang::En] {
        let (fi, other) = (of(Lang::Fi), of(lang));
        assert!(fi == other, "{lang} differs from Finnish in {:?}", fi.symmetric_difference(&other).collect::<Vec<_>>());
    }
}

/// A generated file is what the program would write now.
fn is_current(file: &str, text: &str, command: &str) {
    let written = std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}. Make it with `{command}`"));
    assert!(written == text, "{file} is not what the code says. Make it anew with `{command}` and look at the difference");
}

#[test]
fn the_openapi_file_is_current() {
    is_current("openapi/polku.json", &backend::server::document_text(), "cargo xtask openapi");
}

#[test]
fn the_table_of_permissions_is_current() {
    is_current("docs/permissions.md", &policy::render(), "cargo xtask policy");
}

#[test]
fn the_table_of_settings_is_current() {
    is_current("docs/configuration.md", &backend::cli::settings_table(), "polku settings > docs/configuration.md");
}
