//! A forgotten password: asks for a link, and says the same whether or not the address is known.

use crate::session::{session, t};
use crate::ui::{Form, FormState, Page, TextField};
use crate::{paths, tr};
use leptos::prelude::*;
use shared::identity::ResetRequest;

/// `/forgot`
#[component]
pub fn Forgot() -> impl IntoView {
    let session = session();
    let form = FormState::default();
    let email = RwSignal::new(String::new());
    let sent = RwSignal::new(false);
    let send = Callback::new(move |()| {
        let request = ResetRequest { email: email.get_untracked().trim().to_owned() };
        if !form.check(&request) {
            return;
        }
        let client = session.client();
        form.send(async move { client.request_password_reset(&request).await }, move |()| sent.set(true));
    });
    view! {
        <Page title=Signal::derive(move || t("identity-forgot"))>
            <div role="status">
                {move || sent.get().then(|| view! {
                    <div class="ds-alert" data-color="info">
                        <h2 class="ds-heading" data-size="xs">{tr!("identity-forgot-sent")}</h2>
                        <p class="ds-paragraph">{tr!("identity-forgot-sent-help")}</p>
                    </div>
                })}
            </div>
            {move || (!sent.get()).then(|| view! {
                <p class="ds-paragraph">{tr!("identity-forgot-intro")}</p>
                <Form form submit="identity-forgot-send" on_submit=send fleeting=true>
                    <TextField form pointer="/email" label="identity-email" value=email kind="email" autocomplete="username" />
                </Form>
            })}
            <p class="ds-paragraph"><a class="ds-link" href=paths::SIGN_IN>{tr!("identity-to-sign-in")}</a></p>
        </Page>
    }
}
