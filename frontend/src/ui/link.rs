//! What is handed over by copying it: a text, a single-use link.

use crate::session::{session, t};
use crate::tr;
use crate::ui::icon;
use leptos::prelude::*;
use shared::format;
use shared::identity::OneTimeLink;

/// The button that copies a text; says when it has.
pub fn copy_button(text: String, key: &'static str, done_key: &'static str) -> AnyView {
    let copied = RwSignal::new(false);
    view! {
        <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| { crate::ui::copy(&text); copied.set(true); }>
            {icon("copy")}{move || t(if copied.get() { done_key } else { key })}
        </button>
    }
    .into_any()
}

/// The link with when it ends, and a button that copies it.
pub fn link_to_copy(link: &OneTimeLink) -> AnyView {
    let address = format!("{}{}", window().location().origin().unwrap_or_default(), link.url);
    let (shown, expires_at) = (address.clone(), link.expires_at);
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
                {copy_button(address, "identity-link-copy", "identity-link-copied")}
            </p>
        </div>
    }
    .into_any()
}
