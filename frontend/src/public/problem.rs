//! Pages for what cannot be shown.

use crate::paths;
use crate::session::t;
use crate::tr;
use crate::ui::Page;
use leptos::prelude::*;

/// There is no page at this address.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Page title=Signal::derive(move || t("problem-not-found"))>
            <p class="ds-paragraph">{tr!("problem-not-found-help")}</p>
            <p><a class="ds-button" href=paths::START>{tr!("common-to-start")}</a></p>
        </Page>
    }
}

/// The account may not see this page.
#[component]
pub fn Forbidden() -> impl IntoView {
    view! {
        <Page title=Signal::derive(move || t("problem-forbidden"))>
            <p class="ds-paragraph">{tr!("problem-forbidden-help")}</p>
            <p><a class="ds-button" href=paths::START>{tr!("common-to-start")}</a></p>
        </Page>
    }
}
