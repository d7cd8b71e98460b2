//! The roles of one account: what, over what, from when to when.

use super::grant_form::GrantForm;
use super::kit;
use super::places::Places;
use crate::session::{session, tv};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::load::empty;
use crate::ui::{Confirm, Dialog, FormState, icon, load};
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use shared::identity::{Grant, GrantFilter};
use shared::policy::Permission;
use shared::{AccountId, Lang, format};

/// The days on which a grant is in force. Its end is exclusive, people say the last day.
fn validity(grant: &Grant, lang: Lang) -> String {
    let day = |at: Timestamp| format::date(format::day_of(at), lang);
    let from = day(grant.valid_from);
    match grant.valid_to {
        None => lang.text_with("identity-valid-open", &[("from", &from)]),
        Some(to) => lang.text_with("identity-valid-range", &[("from", &from), ("to", &day(to - SignedDuration::from_secs(1)))]),
    }
}

/// The section under the account.
#[component]
pub fn Grants(account: AccountId, #[prop(into)] name: Signal<String>, places: Places) -> impl IntoView {
    let session = session();
    let act = FormState::default();
    let (form_open, end_open) = (RwSignal::new(false), RwSignal::new(false));
    let chosen = RwSignal::new(None::<Grant>);
    let places = StoredValue::new(places);
    let list = LocalResource::new(move || async move {
        let grants = kit::pages(session, kit::ALL, move |client, cursor| async move {
            client.list_grants(&GrantFilter { account_id: Some(account), cursor, limit: kit::LIMIT }).await
        });
        Ok(grants.await?.items)
    });
    kit::reread_when_stale(act, move || list.refetch());

    let may = move || session.may_somewhere(Permission::ManageGrants);
    let given = Callback::new(move |()| {
        form_open.set(false);
        kit::say(session, "identity-granted");
        list.refetch();
    });
    let end = Callback::new(move |()| {
        let Some(Grant { id, version, .. }) = chosen.get_untracked() else { return };
        let call = async move { session.call(move |client| async move { client.revoke_grant(id, version).await }).await };
        act.send(call, move |()| {
            kit::say(session, "identity-grant-ended");
            list.refetch();
        });
    });
    let question = Signal::derive(move || {
        let Some(grant) = chosen.get() else { return String::new() };
        let scope = places.with_value(|places| places.name(&grant.scope));
        tv(
            "identity-grant-end-text",
            &[("role", &kit::words("identity-role", grant.role.as_str())), ("scope", &scope), ("name", &name.get())],
        )
    });
    let row = move |grant: Grant| {
        let (role, scope) = (grant.role.as_str(), grant.scope);
        let ended = grant.valid_to.is_some_and(|to| to <= Timestamp::now());
        let coming = grant.valid_from > Timestamp::now();
        let (color, picture, key) = match (ended, coming) {
            (true, _) => ("neutral", "circle-slash", "identity-grant-state-ended"),
            (_, true) => ("neutral", "circle-dashed", "identity-grant-state-coming"),
            _ => ("success", "circle-check", "identity-grant-state-valid"),
        };
        let copy = grant.clone();
        let button = (may() && !ended).then(|| {
            view! {
                <button class="ds-button" data-variant="tertiary" data-color="danger" type="button"
                    aria-label=move || tv("identity-grant-end-named", &[("role", &kit::words("identity-role", role)), ("scope", &places.with_value(|places| places.name(&scope)))])
                    on:click=move |_| { chosen.set(Some(copy.clone())); end_open.set(true); }>{tr!("identity-grant-end")}</button>
            }
        });
        view! {
            <tr>
                <th scope="row">{move || kit::words("identity-role", role)}</th>
                <td>{move || places.with_value(|places| places.name(&scope))}</td>
                <td><span class="status" data-color=color>{icon(picture)} " " {tr!(key)}</span> <br /> <span class="small">{move || validity(&grant, session.lang.get())}</span></td>
                <td>{button}</td>
            </tr>
        }
    };
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{tr!("identity-grants")}</h2>
            <Summary form=act />
            {load(list, move |grants: Vec<Grant>| {
                if grants.is_empty() {
                    return empty("identity-grants-empty", "identity-grants-empty-help", None).into_any();
                }
                view! {
                    <div class="table-wrap" tabindex="0" role="region" aria-label=tr!("identity-grants")>
                        <table class="ds-table">
                            <thead><tr>
                                <th scope="col">{tr!("identity-role")}</th><th scope="col">{tr!("identity-scope")}</th>
                                <th scope="col">{tr!("identity-valid")}</th><th scope="col">{tr!("identity-acts")}</th>
                            </tr></thead>
                            <tbody>{grants.into_iter().map(row).collect_view()}</tbody>
                        </table>
                    </div>
                }
                .into_any()
            })}
            {move || may().then(|| view! {
                <div class="actions"><button class="ds-button" data-variant="secondary" type="button" on:click=move |_| form_open.set(true)>{icon("plus")}{tr!("identity-grant-new")}</button></div>
            })}
            <Dialog open=form_open title_key="identity-grant-new"><GrantForm account places given /></Dialog>
            <Confirm open=end_open title_key="identity-grant-end" text=question yes="identity-grant-end" on_yes=end />
        </section>
    }
}
