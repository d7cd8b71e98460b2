//! Language, colours and the account, in the head of every page.

use crate::paths;
use crate::session::{session, t};
use crate::tr;
use crate::ui::icon;
use crate::ui::leave::leave;
use leptos::prelude::*;
use shared::Lang;

/// All of them; on a phone they lie in the menu of those who are signed in.
#[component]
pub fn Tools(signed_in: Memo<bool>) -> impl IntoView {
    view! {
        <div class="tools">
            <LangChoice />
            <SchemeChoice />
            {move || signed_in.get().then(|| view! { <AccountMenu /> })}
        </div>
    }
}

#[component]
fn LangChoice() -> impl IntoView {
    let session = session();
    let choose = move |event: leptos::ev::Targeted<leptos::ev::Event, web_sys::HtmlSelectElement>| {
        let select = event.target();
        let Ok(lang) = select.value().parse() else { return };
        leptos::task::spawn_local(async move {
            session.choose_lang(lang).await;
            select.set_value(session.lang.get_untracked().as_str());
        });
    };
    let names = [(Lang::Fi, "Suomi"), (Lang::Sv, "Svenska"), (Lang::En, "English")];
    view! {
        <label class="choice"><span class="sr-only">{tr!("common-language")}</span>
            <select class="ds-input" on:change:target=choose>
                {names.into_iter().map(|(lang, name)| view! { <option value=lang.as_str() lang=lang.as_str() selected=move || session.lang.get() == lang>{name}</option> }).collect_view()}
            </select>
        </label>
    }
}

#[component]
fn SchemeChoice() -> impl IntoView {
    let session = session();
    let next = move || match session.scheme.get().as_str() {
        "auto" => "light",
        "light" => "dark",
        _ => "auto",
    };
    let picture = move || match session.scheme.get().as_str() {
        "light" => "sun",
        "dark" => "moon",
        _ => "monitor",
    };
    let words = move || t(&format!("common-scheme-{}", session.scheme.get()));
    view! {
        <button class="ds-button icon-button" data-variant="tertiary" type="button" aria-label=words title=words on:click=move |_| session.choose_scheme(next())>
            {move || icon(picture())}
        </button>
    }
}

#[component]
fn AccountMenu() -> impl IntoView {
    let session = session();
    let leave = leave();
    let name = move || session.me.with(|me| me.as_ref().map(|me| me.account.name.clone()).unwrap_or_default());
    let sign_out = move |_| leave.first_ask(move || leptos::task::spawn_local(async move { session.sign_out().await }));
    view! {
        <a class="ds-button account-link" data-variant="tertiary" href=paths::ACCOUNT>{icon("user")} <span>{name}</span></a>
        <button class="ds-button icon-button" data-variant="tertiary" type="button" aria-label=tr!("common-sign-out") title=tr!("common-sign-out") on:click=sign_out>{icon("log-out")}</button>
    }
}
