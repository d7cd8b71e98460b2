//! What the administration's screens share: lists read on and on, what was done said, codes put into words.

use crate::session::{Session, session, t};
use crate::tr;
use crate::ui::FormState;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use shared::client::{Called, Client};
use shared::identity::OneTimeLink;
use shared::{Lang, Page, format};
use std::future::Future;

/// Most items of a page, and so of one call.
pub const LIMIT: Option<u32> = Some(shared::page::MAX_LIMIT);
/// So many pages that a choice is never cut short in practice.
pub const ALL: usize = 25;

/// The first `count` pages of a list as one page.
pub async fn pages<T, F, Fut>(session: Session, count: usize, fetch: F) -> Called<Page<T>>
where
    F: Fn(Client, Option<String>) -> Fut,
    Fut: Future<Output = Called<Page<T>>>,
{
    let mut items = Vec::new();
    let mut next = None;
    for _ in 0..count {
        let cursor = next.take();
        let page = session.call(|client| fetch(client, cursor.clone())).await?;
        items.extend(page.items);
        next = page.next_cursor;
        if next.is_none() {
            break;
        }
    }
    Ok(Page { items, next_cursor: next })
}

/// The button that reads one page more, where there is more.
pub fn more(next_cursor: Option<&String>, count: RwSignal<usize>) -> Option<impl IntoView + use<>> {
    next_cursor.map(|_| {
        view! {
            <div class="actions">
                <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| count.update(|count| *count += 1)>{tr!("identity-more")}</button>
            </div>
        }
    })
}

/// Says what was done. Works where nothing is reactive, too.
pub fn say(session: Session, key: &str) {
    session.say(session.lang.get_untracked().text(key));
}

/// The words of a code: `identity-role` and `unit_manager` give the text of `identity-role-unit-manager`. Reactive.
pub fn words(prefix: &str, code: &str) -> String {
    t(&format!("{prefix}-{}", code.replace('_', "-")))
}

/// Codes with their words, for a choice.
pub fn choices(prefix: &str, codes: impl IntoIterator<Item = &'static str>) -> Vec<(String, String)> {
    codes.into_iter().map(|code| (code.to_owned(), words(prefix, code))).collect()
}

/// The languages by their own names.
pub fn languages() -> Vec<(String, String)> {
    choices("identity-lang", Lang::ALL.iter().map(|lang| lang.as_str()))
}

/// An act that was refused because somebody else was first: shows the thing anew instead.
pub fn reread_when_stale(act: FormState, reread: impl Fn() + 'static) {
    let session = session();
    Effect::new(move |_| {
        if act.stale.get() {
            act.stale.set(false);
            say(session, "identity-act-stale");
            reread();
        }
    });
}

/// Puts the filters into the address, in place of those that were there.
pub fn put_query(navigate: &impl Fn(&str, NavigateOptions), path: &str, pairs: &[(&str, String)]) {
    let query: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| format!("{name}={}", js_sys::encode_uri_component(value.trim())))
        .collect();
    let address = if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) };
    navigate(&address, NavigateOptions { scroll: false, ..NavigateOptions::default() });
}

/// A single-use link to hand over, with when it ends.
pub fn link_to_copy(link: &OneTimeLink) -> impl IntoView + use<> {
    let address = format!("{}{}", window().location().origin().unwrap_or_default(), link.url);
    let (shown, copied, expires_at) = (address.clone(), RwSignal::new(false), link.expires_at);
    let ends = move || {
        let lang = session().lang.get();
        lang.text_with("identity-link-ends", &[("at", &format::date_time(expires_at, lang))])
    };
    view! {
        <div class="ds-alert" data-color="info" role="status">
            <h3 class="ds-heading" data-size="xs">{tr!("identity-link-made")}</h3>
            <p class="ds-paragraph">{tr!("identity-link-once")} " " {ends}</p>
            <p class="copy-line">
                <code>{shown}</code>
                <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| { crate::ui::copy(&address); copied.set(true); }>
                    {move || if copied.get() { t("identity-link-copied") } else { t("identity-link-copy") }}
                </button>
            </p>
        </div>
    }
}
