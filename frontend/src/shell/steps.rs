//! The steps of a sign-in: the password, then a code where the account has a second factor. On the page of their own
//! and in the dialog that an ended session opens.

use crate::session::session;
use crate::tr;
use crate::ui::{Form, FormState, TextField};
use leptos::prelude::*;
use shared::identity::{Credentials, SecondStep, SessionKind, SignInChallenge, SignInStep};

/// What was typed as proof: a code, or a recovery code.
pub type Proof = (Option<String>, Option<String>);

/// Both steps, one after the other. Without `email` it is asked for.
#[component]
pub fn SignInSteps(#[prop(optional_no_strip)] email: Option<String>, done: Callback<()>) -> impl IntoView {
    let challenge = RwSignal::new(None::<SignInChallenge>);
    let fixed = StoredValue::new(email);
    move || match challenge.get() {
        None => view! { <First email=fixed.get_value() challenge done /> }.into_any(),
        Some(open) => view! { <Second open challenge done /> }.into_any(),
    }
}

#[component]
fn First(email: Option<String>, challenge: RwSignal<Option<SignInChallenge>>, done: Callback<()>) -> impl IntoView {
    let session = session();
    let form = FormState::default();
    let asks_email = email.is_none();
    let (email, password) = (RwSignal::new(email.unwrap_or_default()), RwSignal::new(String::new()));
    let submit = Callback::new(move |()| {
        let credentials =
            Credentials { email: email.get_untracked().trim().to_owned(), password: password.get_untracked(), kind: SessionKind::Browser };
        if form.check(&credentials) {
            let client = session.client();
            form.send(async move { client.sign_in(&credentials).await }, move |step| match step {
                SignInStep::SignedIn(_) => done.run(()),
                SignInStep::Challenge(open) => challenge.set(Some(open)),
            });
        }
    });
    view! {
        <Form form submit="common-sign-in" on_submit=submit fleeting=true>
            {asks_email.then(|| view! { <TextField form pointer="/email" label="common-email" value=email kind="email" autocomplete="username" /> })}
            <TextField form pointer="/password" label="common-password" value=password kind="password" autocomplete="current-password" />
        </Form>
    }
}

#[component]
fn Second(open: SignInChallenge, challenge: RwSignal<Option<SignInChallenge>>, done: Callback<()>) -> impl IntoView {
    let session = session();
    let form = FormState::default();
    let submit = Callback::new(move |(code, recovery_code): Proof| {
        let step = SecondStep { challenge_token: open.challenge_token.clone(), code, recovery_code };
        if form.check(&step) {
            let client = session.client();
            form.send(async move { client.finish_sign_in(&step).await }, move |_| done.run(()));
        }
    });
    view! {
        <section class="second-step">
            <h2 class="ds-heading" data-size="sm">{tr!("common-second-step")}</h2>
            <CodeForm form submit="common-continue" on_proof=submit />
            <p class="ds-paragraph small">{tr!("common-lost-phone")}</p>
            <button class="ds-button" data-variant="tertiary" type="button" on:click=move |_| challenge.set(None)>{tr!("common-start-over")}</button>
        </section>
    }
}

/// A code of the authenticator app, or a recovery code in its place.
#[component]
pub fn CodeForm(form: FormState, submit: &'static str, on_proof: Callback<Proof>) -> impl IntoView {
    let by_recovery = RwSignal::new(false);
    let (code, recovery) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let send = Callback::new(move |()| {
        on_proof.run(if by_recovery.get_untracked() { (None, Some(recovery.get_untracked())) } else { (Some(code.get_untracked()), None) });
    });
    let other = move || {
        let key = if by_recovery.get() { "common-use-code" } else { "common-use-recovery-code" };
        let change = move |_| {
            form.faults.set(Vec::new());
            form.failure.set(None);
            by_recovery.update(|by| *by = !*by);
        };
        view! { <button class="ds-button" data-variant="tertiary" type="button" on:click=change>{tr!(key)}</button> }
    };
    view! {
        <Form form submit on_submit=send others=other.into_any() fleeting=true>
            {move || if by_recovery.get() {
                view! { <TextField form pointer="/recovery_code" label="common-recovery-code" hint="common-recovery-code-hint" value=recovery focused=true /> }.into_any()
            } else {
                view! {
                    <p class="ds-paragraph">{tr!("common-second-step-help")}</p>
                    <TextField form pointer="/code" label="common-code" hint="common-code-hint" value=code autocomplete="one-time-code" digits=true focused=true />
                }.into_any()
            }}
        </Form>
    }
}
