//! Signing in. Stands at any address that asks for it, so that the person then sees what they came for.

use crate::paths;
use crate::session::{session, t};
use crate::shell::steps::SignInSteps;
use crate::tr;
use crate::ui::Page;
use leptos::prelude::*;

/// The sign-in page.
#[component]
pub fn SignIn() -> impl IntoView {
    let session = session();
    let done = Callback::new(move |()| leptos::task::spawn_local(session.load_me()));
    view! {
        <div class="narrow-page">
            <Page title=Signal::derive(move || t("common-sign-in"))>
                <SignInSteps done />
                <p class="ds-paragraph"><a class="ds-link" href=paths::FORGOT>{tr!("common-forgot")}</a></p>
            </Page>
        </div>
    }
}
