//! A single-use link to hand over.

use crate::session::{session, t};
use crate::tr;
use leptos::prelude::*;
use shared::format;
use shared::identity::OneTimeLink;

/// The link with when it ends, and a button that copies it.
pub fn link_to_copy(link: &OneTimeLink) -> AnyView {
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
    .into_any()
}
