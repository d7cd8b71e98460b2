//! What one signs in with: the password and the address.

use crate::session::{session, tv};
use crate::tr;
use crate::ui::{Form, FormState, TextField};
use leptos::prelude::*;
use shared::client::{CallError, Called, Client};
use shared::identity::{Confirmation, EmailChange, PasswordChange};

/// Changes the password. Where the password alone proves who one is, the one that stands in the form is proof enough.
async fn change_password(client: Client, change: PasswordChange, has_factor: bool) -> Called<()> {
    if !has_factor {
        let proof = Confirmation { password: Some(change.current_password.clone()), ..Confirmation::default() };
        client.confirm_session(&proof).await.map_err(at_current_password)?;
    }
    client.change_password(&change).await
}

/// The fault at the field of this form.
fn at_current_password(error: CallError) -> CallError {
    let CallError::Problem(mut problem) = error else { return error };
    for fault in &mut problem.errors {
        fault.pointer = "/current_password".to_owned();
    }
    CallError::Problem(problem)
}

/// A new password in place of the old one.
#[component]
pub fn PasswordForm(done: Callback<()>) -> impl IntoView {
    let session = session();
    let form = FormState::default();
    let (old, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let change = Callback::new(move |()| {
        let change = PasswordChange { current_password: old.get_untracked(), new_password: new.get_untracked() };
        if !form.check(&change) {
            return;
        }
        let has_factor = session.has_factor();
        let call = session.send(change, move |client, change| change_password(client, change, has_factor));
        form.send(call, move |()| done.run(()));
    });
    view! {
        <p class="ds-paragraph">{tr!("identity-password-change-help")}</p>
        <Form form submit="identity-password-change" on_submit=change>
            <TextField form pointer="/current_password" label="identity-password-now" value=old kind="password" autocomplete="current-password" />
            <TextField form pointer="/new_password" label="identity-password-new" hint="identity-password-hint" value=new kind="password" autocomplete="new-password" />
        </Form>
    }
}

/// A new address, which is taken into use by the link that is mailed to it.
#[component]
pub fn EmailForm() -> impl IntoView {
    let session = session();
    let form = FormState::default();
    let email = RwSignal::new(String::new());
    let sent = RwSignal::new(false);
    let change = Callback::new(move |()| {
        let change = EmailChange { new_email: email.get_untracked().trim().to_owned() };
        if !form.check(&change) {
            return;
        }
        let call = session.send(change, |client, change| async move { client.change_email(&change).await });
        form.send(call, move |()| sent.set(true));
    });
    move || {
        if sent.get() {
            return view! { <div class="ds-alert" data-color="info" role="status"><p class="ds-paragraph">{tv("identity-email-sent", &[("email", &email.get_untracked())])}</p></div> }.into_any();
        }
        view! {
            <p class="ds-paragraph">{tr!("identity-email-change-help")}</p>
            <Form form submit="identity-email-send" on_submit=change>
                <TextField form pointer="/new_email" label="identity-email-new" value=email kind="email" autocomplete="email" />
            </Form>
        }
        .into_any()
    }
}
