//! A fresh proof of who one is, asked for in a dialog; what was being done is then finished.

use super::steps::{CodeForm, Proof};
use crate::session::session;
use crate::tr;
use crate::ui::{Dialog, Form, FormState, TextField};
use leptos::prelude::*;
use shared::identity::Confirmation;

/// The dialog; there only while a call waits for it.
#[component]
pub fn ConfirmSelf() -> impl IntoView {
    let session = session();
    session.confirming.on_dismissed(|| {});
    view! {
        <Dialog open=session.confirming.open title_key="common-confirm-self">
            <p class="ds-paragraph">{tr!("common-confirm-self-help")}</p>
            <Proving />
        </Dialog>
    }
}

#[component]
fn Proving() -> impl IntoView {
    let session = session();
    let form = FormState::default();
    let password = RwSignal::new(String::new());
    let prove = move |confirmation: Confirmation| {
        if form.check(&confirmation) {
            let client = session.client();
            form.send(async move { client.confirm_session(&confirmation).await }, move |()| {
                session.confirming.answer(true);
            });
        }
    };
    if session.has_factor() {
        let by_code = Callback::new(move |(code, recovery_code): Proof| prove(Confirmation { password: None, code, recovery_code }));
        return view! { <CodeForm form submit="common-confirm" on_proof=by_code /> }.into_any();
    }
    let by_password = Callback::new(move |()| prove(Confirmation { password: Some(password.get_untracked()), ..Confirmation::default() }));
    view! {
        <Form form submit="common-confirm" on_submit=by_password fleeting=true>
            <TextField form pointer="/password" label="common-password" value=password kind="password" autocomplete="current-password" focused=true />
        </Form>
    }
    .into_any()
}
