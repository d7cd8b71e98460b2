//! Signing in. Stands at any address that asks for it, so that the person then sees what they came for.

use crate::paths;
use crate::session::{session, t};
use crate::tr;
use crate::ui::{Form, FormState, Page, TextField};
use leptos::prelude::*;
use shared::identity::{Credentials, SessionKind};

/// The sign-in page.
#[component]
pub fn SignIn() -> impl IntoView {
    let session = session();
    let form = FormState::default();
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = Callback::new(move |()| {
        let credentials =
            Credentials { email: email.get_untracked().trim().to_owned(), password: password.get_untracked(), kind: SessionKind::Browser };
        if form.check(&credentials) {
            let client = session.client();
            form.send(
                async move {
                    client.sign_in(&credentials).await?;
                    client.get_me().await
                },
                move |me| session.enter(me),
            );
        }
    });
    view! {
        <div class="narrow-page">
            <Page title=Signal::derive(move || t("common-sign-in"))>
                <Form form submit="common-sign-in" on_submit=submit fleeting=true>
                    <TextField form pointer="/email" label="common-email" value=email kind="email" autocomplete="username" />
                    <TextField form pointer="/password" label="common-password" value=password kind="password" autocomplete="current-password" />
                </Form>
                <p class="ds-paragraph"><a class="ds-link" href=paths::FORGOT>{tr!("common-forgot")}</a></p>
            </Page>
        </div>
    }
}
