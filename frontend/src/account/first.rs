//! Where the organisation requires two-step sign-in: it is set up before anything else.

use super::codes::RecoveryCodeList;
use super::set_up::{SetUpSteps, start};
use crate::session::{session, t};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::{FormState, Page, icon};
use leptos::prelude::*;

/// Stands at every address until it is done.
#[component]
pub fn SetUpFirst() -> impl IntoView {
    let session = session();
    let act = FormState::default();
    let (made, codes) = (RwSignal::new(None), RwSignal::new(None::<Vec<String>>));
    let done = Callback::new(move |fresh: Vec<String>| codes.set(Some(fresh)));
    let go_on = Callback::new(move |()| leptos::task::spawn_local(session.load_me()));
    let sign_out = move |_| leptos::task::spawn_local(session.sign_out());
    let steps = move || {
        match (codes.get(), made.get()) {
        (Some(codes), _) => view! {
            <div class="ds-alert" data-color="success" role="status"><p class="ds-paragraph">{tr!("identity-factor-done")}</p></div>
            <RecoveryCodeList codes kept="identity-factor-go-on" on_kept=go_on />
        }
        .into_any(),
        (None, Some(set_up)) => view! { <SetUpSteps set_up done /> }.into_any(),
        (None, None) => view! {
            <div class="actions">
                <button class="ds-button" type="button" aria-busy=move || act.busy.get().then_some("true") on:click=move |_| start(act, made)>{icon("key-round")}{tr!("identity-factor-set-up")}</button>
                <button class="ds-button" data-variant="secondary" type="button" on:click=sign_out>{icon("log-out")}{tr!("common-sign-out")}</button>
            </div>
        }
        .into_any(),
    }
    };
    view! {
        <div class="narrow-page">
            <Page title=Signal::derive(move || t("identity-factor-first"))>
                <p class="ds-paragraph">{tr!("identity-factor-first-help")}</p>
                <Summary form=act />
                {steps}
            </Page>
        </div>
    }
}
