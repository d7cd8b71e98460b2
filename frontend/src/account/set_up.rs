//! Setting up two-step sign-in: a picture and a key for the app, then a code of it.

use crate::session::{session, t};
use crate::tr;
use crate::ui::{Form, FormState, TextField};
use leptos::prelude::*;
use shared::identity::{SecondFactorCode, SecondFactorSetUp};

/// Asks the server for a secret; what needs a fresh proof asks for it first.
pub fn start(form: FormState, made: RwSignal<Option<SecondFactorSetUp>>) {
    let call = session().call(|client| async move { client.start_second_factor().await });
    form.send(call, move |set_up| made.set(Some(set_up)));
}

/// The steps, for a secret; `done` gets the recovery codes.
#[component]
pub fn SetUpSteps(set_up: SecondFactorSetUp, done: Callback<Vec<String>>) -> impl IntoView {
    let session = session();
    let form = FormState::default();
    let code = RwSignal::new(String::new());
    let confirm = Callback::new(move |()| {
        let code = SecondFactorCode { code: code.get_untracked() };
        if form.check(&code) {
            let call = session.send(code, |client, code| async move { client.confirm_second_factor(&code).await });
            form.send(call, move |made| done.run(made.codes));
        }
    });
    let SecondFactorSetUp { secret, address, qr_path, qr_size } = set_up;
    let grouped = secret.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect::<Vec<_>>().join(" ");
    let view_box = format!("0 0 {qr_size} {qr_size}");
    view! {
        <p class="ds-paragraph">{tr!("identity-factor-app")}</p>
        <svg class="qr" role="img" aria-label=move || t("identity-factor-qr") viewBox=view_box><path d=qr_path /></svg>
        <p class="ds-paragraph"><a class="ds-link" rel="external" href=address>{tr!("identity-factor-open")}</a></p>
        <p class="ds-paragraph">{tr!("identity-factor-secret")} " " <code>{grouped}</code></p>
        <p class="ds-paragraph">{tr!("identity-factor-code-next")}</p>
        <Form form submit="identity-factor-confirm" on_submit=confirm fleeting=true>
            <TextField form pointer="/code" label="common-code" hint="common-code-hint" value=code autocomplete="one-time-code" digits=true />
        </Form>
    }
}
