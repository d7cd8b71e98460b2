//! An ended session asks for the password in a dialog, and what was being saved is then saved.

use crate::session::session;
use crate::tr;
use crate::ui::{Dialog, Form, FormState, TextField};
use leptos::prelude::*;
use shared::identity::{Credentials, SessionKind};

/// The dialog; there only while a call waits for it.
#[component]
pub fn SignInAgain() -> impl IntoView {
    let session = session();
    let (form, password) = (FormState::default(), RwSignal::new(String::new()));
    let submit = Callback::new(move |()| {
        let email = session.me.with_untracked(|me| me.as_ref().map(|me| me.account.email.clone()).unwrap_or_default());
        let credentials = Credentials { email, password: password.get_untracked(), kind: SessionKind::Browser };
        if form.check(&credentials) {
            let client = session.client();
            form.send(async move { client.sign_in(&credentials).await }, move |_| {
                password.set(String::new());
                session.answer_asking(true);
            });
        }
    });
    // Closed without an answer: the calls that wait give up, and the page is left for the sign-in.
    Effect::new(move |before: Option<bool>| {
        let open = session.asking.get();
        if before == Some(true) && !open {
            session.answer_asking(
                session.client().access_token().is_some() && form.failure.get_untracked().is_none() && password.get_untracked().is_empty(),
            );
        }
        open
    });
    view! {
        <Dialog open=session.asking title_key="common-session-ended">
            <p class="ds-paragraph">{tr!("common-session-ended-help")}</p>
            <Form form submit="common-sign-in" on_submit=submit fleeting=true>
                <TextField form pointer="/password" label="common-password" value=password kind="password" autocomplete="current-password" />
            </Form>
        </Dialog>
    }
}
