//! The people who can sign in, or have been invited to.

use super::invite::Invite;
use super::{kit, places};
use crate::session::{session, t, tv};
use crate::ui::load::empty;
use crate::ui::{Dialog, FormState, Page, Select, TextField, icon, load};
use crate::{paths, tr};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use shared::Page as Answer;
use shared::identity::{Account, AccountFilter, AccountStatus, Unit};
use shared::policy::{Permission, Target};

/// The state of an account in colour, icon and words.
pub fn status(status: AccountStatus) -> impl IntoView + use<> {
    let (color, name) = match status {
        AccountStatus::Active => ("success", "circle-check"),
        AccountStatus::Invited => ("info", "mail"),
        AccountStatus::Deactivated => ("neutral", "circle-slash"),
    };
    view! { <span class="status" data-color=color>{icon(name)} " " {move || kit::words("identity-status", status.as_str())}</span> }
}

/// `/admin/accounts`
#[component]
pub fn Accounts() -> impl IntoView {
    let session = session();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| (query.get("q").unwrap_or_default(), query.get("status").unwrap_or_default())));
    let open = RwSignal::new(false);
    let count = RwSignal::new(1);
    let units = LocalResource::new(move || places::all_units(session));
    let list = LocalResource::new(move || {
        let (count, (q, status)) = (count.get(), asked.get());
        async move {
            let accounts = kit::pages(session, count, move |client, cursor| {
                let q = Some(q.clone()).filter(|q| !q.is_empty());
                let filter = AccountFilter { q, status: status.parse().ok(), cursor, limit: kit::LIMIT };
                async move { client.list_accounts(&filter).await }
            })
            .await?;
            Ok((accounts, places::all_units(session).await?))
        }
    });
    let may = move || session.may(Permission::ManageAccounts, &Target::Tenant);
    let invite = move || {
        may().then(|| view! { <button class="ds-button" type="button" on:click=move |_| open.set(true)>{icon("user-plus")}{tr!("identity-invite")}</button> })
    };
    let invited = Callback::new(move |()| list.refetch());
    let known_units = move || match units.get_untracked() {
        Some(Ok(units)) => units,
        _ => Vec::new(),
    };
    view! {
        <Page title=Signal::derive(move || t("identity-accounts")) actions=invite.into_any()>
            <Search asked count />
            {load(list, move |(page, units): (Answer<Account>, Vec<Unit>)| {
                if page.items.is_empty() {
                    let clear = view! { <a class="ds-link" href=paths::ACCOUNTS>{tr!("identity-clear-filters")}</a> }.into_any();
                    return empty("identity-accounts-empty", "identity-accounts-empty-help", Some(clear)).into_any();
                }
                let rest = kit::more(page.next_cursor.as_ref(), count);
                let rows = page.items.into_iter().map(|account| row(account, &units)).collect_view();
                view! {
                    <div class="table-wrap" tabindex="0" role="region" aria-label=tr!("identity-accounts")>
                        <table class="ds-table">
                            <thead><tr>
                                <th scope="col">{tr!("identity-name")}</th><th scope="col">{tr!("identity-email")}</th>
                                <th scope="col">{tr!("identity-unit")}</th><th scope="col">{tr!("identity-status")}</th>
                            </tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                    {rest}
                }
                .into_any()
            })}
            <Dialog open title_key="identity-invite"><Invite units=known_units() invited /></Dialog>
        </Page>
    }
}

fn row(account: Account, units: &[Unit]) -> impl IntoView + use<> {
    let unit = account.unit_id.and_then(|id| units.iter().find(|unit| unit.id == id)).map(|unit| unit.name.clone());
    view! {
        <tr>
            <th scope="row"><a class="ds-link" href=paths::account_admin(account.id)>{account.name}</a></th>
            <td>{account.email}</td>
            <td>{move || unit.clone().unwrap_or_else(|| t("identity-unit-none"))}</td>
            <td>{status(account.status)}</td>
        </tr>
    }
}

/// The search, kept in the address.
#[component]
fn Search(asked: Memo<(String, String)>, count: RwSignal<usize>) -> impl IntoView {
    let navigate = use_navigate();
    let form = FormState::default();
    let (q, status) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move |_| {
        let (asked_q, asked_status) = asked.get();
        q.set(asked_q);
        status.set(asked_status);
    });
    let statuses = Signal::derive(|| {
        let all = std::iter::once((String::new(), t("identity-status-any")));
        all.chain(kit::choices("identity-status", AccountStatus::ALL.iter().map(|status| status.as_str()))).collect::<Vec<_>>()
    });
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        count.set(1);
        kit::put_query(&navigate, paths::ACCOUNTS, &[("q", q.get_untracked()), ("status", status.get_untracked())]);
    };
    let found = move || {
        let (q, _) = asked.get();
        (!q.is_empty()).then(|| view! { <p class="ds-paragraph">{tv("identity-search-for", &[("q", &q)])} " " <a class="ds-link" href=paths::ACCOUNTS>{tr!("identity-clear-filters")}</a></p> })
    };
    view! {
        <form class="form" role="search" on:submit=search>
            <div class="cols">
                <TextField form pointer="/q" label="identity-search" value=q kind="search" />
                <Select form pointer="/status" label="identity-status" value=status options=statuses />
            </div>
            <div class="actions"><button class="ds-button" data-variant="secondary" type="submit">{icon("search")}{tr!("identity-search-do")}</button></div>
        </form>
        {found}
    }
}
