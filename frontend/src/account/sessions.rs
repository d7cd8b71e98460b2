//! Where one is signed in, and ending it.

use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::{Confirm, FormState, icon, load};
use leptos::prelude::*;
use shared::identity::Session as SignIn;
use shared::page::{MAX_LIMIT, Paging};
use shared::{SessionId, format};

/// The section on the page.
#[component]
pub fn Sessions() -> impl IntoView {
    let session = session();
    let act = FormState::default();
    let open = RwSignal::new(false);
    let list = LocalResource::new(move || async move {
        session.call(|client| async move { client.list_sessions(&Paging { cursor: None, limit: Some(MAX_LIMIT) }).await }).await
    });
    let end = Callback::new(move |id: SessionId| {
        let call = async move { session.call(move |client| async move { client.revoke_session(id).await }).await };
        act.send(call, move |()| {
            session.say(session.lang.get_untracked().text("identity-session-ended"));
            list.refetch();
        });
    });
    let end_all = Callback::new(move |()| {
        let call = async move { session.call(|client| async move { client.sign_out_everywhere().await }).await };
        act.send(call, move |()| session.me.set(None));
    });
    let row = move |one: SignIn| {
        let SignIn { id, device, created_at, last_seen_at, expires_at, current, .. } = one;
        let at = move |at| move || format::date_time(at, session.lang.get());
        let label = StoredValue::new(device.clone());
        let last = if current {
            view! { <span class="status" data-color="success">{icon("circle-dot")} " " {tr!("identity-session-this")}</span> }.into_any()
        } else {
            view! {
                <button class="ds-button" data-variant="tertiary" data-color="danger" type="button" on:click=move |_| end.run(id)
                    aria-label=move || tv("identity-session-end-named", &[("device", &label.get_value())])>{tr!("identity-session-end")}</button>
            }
            .into_any()
        };
        view! { <tr><th scope="row">{device}</th><td class="num">{at(created_at)}</td><td class="num">{at(last_seen_at)}</td><td class="num">{at(expires_at)}</td><td>{last}</td></tr> }
    };
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{tr!("identity-sessions")}</h2>
            <p class="ds-paragraph">{tr!("identity-sessions-help")}</p>
            <Summary form=act />
            {load(list, move |page| view! {
                <div class="table-wrap" tabindex="0" role="region" aria-label=tr!("identity-sessions")>
                    <table class="ds-table">
                        <thead><tr>
                            <th scope="col">{tr!("identity-device")}</th><th scope="col">{tr!("identity-session-from")}</th><th scope="col">{tr!("identity-session-seen")}</th>
                            <th scope="col">{tr!("identity-session-until")}</th><th scope="col">{tr!("identity-acts")}</th>
                        </tr></thead>
                        <tbody>{page.items.into_iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            }.into_any())}
            <div class="actions">
                <button class="ds-button" data-variant="secondary" data-color="danger" type="button" on:click=move |_| open.set(true)>{icon("log-out")}{tr!("identity-sign-out-everywhere")}</button>
            </div>
            <Confirm open title_key="identity-sign-out-everywhere" text=Signal::derive(move || t("identity-sign-out-everywhere-text")) yes="identity-sign-out-everywhere" on_yes=end_all />
        </section>
    }
}
