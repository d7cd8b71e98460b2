//! The page: a single-page application over the API, compiled to WebAssembly.
//!
//! Slices (`start`, `training`, `projects`, `admin`, `account`, `public`) never import each other; they link through `paths`.
//! `beside` is what stands beside an object of any of them. `ui` knows no domain words. What may be done is asked of `session`, which has it from `GET /me`.

mod account;
mod admin;
mod app;
mod beside;
mod chunk;
mod language;
mod pages;
mod paths;
mod projects;
mod public;
mod session;
mod shell;
mod start;
mod training;
mod ui;
mod words;

use wasm_bindgen::prelude::*;

/// Draws the page in the language that `boot.js` has chosen; the promise fails when its words cannot be loaded. `back` gives
/// what the server has answered meanwhile to one who was signed in ([`session::Back`]).
#[wasm_bindgen]
pub async fn start(back: Option<js_sys::Promise>) -> Result<(), JsError> {
    if !language::learn(session::lang_at_start()).await {
        return Err(JsError::new("the words could not be loaded"));
    }
    leptos::mount::mount_to_body(move || leptos::view! { <app::App back=session::Back::new(back) /> });
    Ok(())
}

/// Nothing happens before `start` is called.
fn main() {}

#[cfg(test)]
mod tests {
    //! Every key that the page uses is in the catalogue.

    use std::path::Path;

    /// What stands before a key.
    const MARKS: &[&str] = &[
        "tr!(\"",
        "t(\"",
        "tv(\"",
        "label=\"",
        "hint=\"",
        "title_key=\"",
        "submit=\"",
        "yes=\"",
        "say(\"",
        "Undo::new(\"",
        "empty(\"",
        "words_in(\"",
        "figures_in(\"",
        "acts_in(\"",
        "Field::text(\"",
        "Field::code(\"",
        "Field::new(\"",
        "Crumb::key(\"",
        "table(\"",
    ];

    fn sources(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                sources(&path, found);
            } else {
                found.push(std::fs::read_to_string(path).expect("source"));
            }
        }
    }

    #[test]
    fn every_key_is_in_the_catalogue() {
        let mut texts = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut texts);
        let mut missing = Vec::new();
        for text in &texts {
            for mark in MARKS {
                for rest in text.split(mark).skip(1) {
                    let key = rest.split('"').next().unwrap_or_default();
                    let is_key = key.contains('-') && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
                    if is_key && shared::Lang::Fi.text(key) == key {
                        missing.push(key.to_owned());
                    }
                }
            }
        }
        missing.sort_unstable();
        missing.dedup();
        assert!(missing.is_empty(), "not in shared/locales/fi: {missing:?}");
    }
}
