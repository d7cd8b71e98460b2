//! Where one is signed in, and ending it.

use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::table::{Column, acts_in, figures_in, words_in};
use crate::ui::{Act, Confirm, icon, load, table};
use leptos::prelude::*;
use shared::format;
use shared::identity::Session as SignIn;

const COLUMNS: &[Column] = &[
    words_in("identity-device"),
    figures_in("identity-session-from"),
    figures_in("identity-session-seen"),
    figures_in("identity-session-until"),
    acts_in("identity-acts"),
];

/// The section on the page.
#[component]
pub fn Sessions() -> impl IntoView {
    let session = session();
    let (one_open, all_open) = (RwSignal::new(false), RwSignal::new(false));
    let chosen = RwSignal::new(None::<SignIn>);
    let list = LocalResource::new(move || session.all(|client, paging| async move { client.list_sessions(&paging).await }));
    let act = Act::new(move || list.refetch());
    let ask = Callback::new(move |one: SignIn| {
        chosen.set(Some(one));
        one_open.set(true);
    });
    let end = Callback::new(move |()| {
        let Some(id) = chosen.with_untracked(|one| one.as_ref().map(|one| one.id)) else { return };
        act.run(session.call(move |client| async move { client.revoke_session(id).await }), "identity-session-ended");
    });
    let end_all = Callback::new(move |()| {
        let call = session.call(|client| async move { client.sign_out_everywhere().await });
        act.form.send(call, move |()| session.me.set(None));
    });
    let question = Signal::derive(move || {
        let device = chosen.with(|one| one.as_ref().map(|one| one.device.clone())).unwrap_or_default();
        tv("identity-session-end-text", &[("device", &device)])
    });
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{tr!("identity-sessions")}</h2>
            <p class="ds-paragraph">{tr!("identity-sessions-help")}</p>
            <Summary form=act.form />
            {load(list, move |sessions| table("identity-sessions", COLUMNS, sessions.into_iter().map(|one| row(one, ask)).collect()))}
            <div class="actions">
                <button class="ds-button" data-variant="secondary" data-color="danger" type="button" on:click=move |_| all_open.set(true)>{icon("log-out")}{tr!("identity-sign-out-everywhere")}</button>
            </div>
            <Confirm open=one_open title_key="identity-session-end" text=question yes="identity-session-end" on_yes=end />
            <Confirm open=all_open title_key="identity-sign-out-everywhere" text=Signal::derive(move || t("identity-sign-out-everywhere-text")) yes="identity-sign-out-everywhere" on_yes=end_all />
        </section>
    }
}

fn row(one: SignIn, ask: Callback<SignIn>) -> Vec<AnyView> {
    let at = |at| (move || format::date_time(at, session().lang.get())).into_any();
    let times = [at(one.created_at), at(one.last_seen_at), at(one.expires_at)];
    let (device, label) = (one.device.clone(), one.device.clone());
    let last = if one.current {
        view! { <span class="status" data-color="success">{icon("circle-dot")} " " {tr!("identity-session-this")}</span> }.into_any()
    } else {
        view! {
            <button class="ds-button" data-variant="tertiary" data-color="danger" type="button" on:click=move |_| ask.run(one.clone())
                aria-label=move || tv("identity-session-end-named", &[("device", &label)])>{tr!("identity-session-end")}</button>
        }
        .into_any()
    };
    std::iter::once(device.into_any()).chain(times).chain([last]).collect()
}
