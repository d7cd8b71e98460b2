//! The people who can sign in, or have been invited to.

use super::invite::Invite;
use super::places::all_units;
use crate::session::{session, t, tv, word};
use crate::ui::field::choices;
use crate::ui::table::{Column, more, words_in};
use crate::ui::{Dialog, FormState, Page, Select, TextField, empty, icon, load, problem, query, table};
use crate::{paths, tr};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use shared::identity::{Account, AccountFilter, AccountStatus, Unit};
use shared::policy::{Permission, Target};

const COLUMNS: &[Column] = &[words_in("identity-name"), words_in("identity-email"), words_in("identity-unit"), words_in("identity-status")];

/// The state of an account in colour, icon and words.
pub fn status(status: AccountStatus) -> impl IntoView + use<> {
    let (color, name) = match status {
        AccountStatus::Active => ("success", "circle-check"),
        AccountStatus::Invited => ("info", "mail"),
        AccountStatus::Deactivated => ("neutral", "circle-slash"),
    };
    view! { <span class="status" data-color=color>{icon(name)} " " {move || word("identity-status", status.as_str())}</span> }
}

/// `/admin/accounts`
#[component]
pub fn Accounts() -> impl IntoView {
    problem::only(Permission::ViewAccounts, || view! { <AccountList /> }.into_any())
}

#[component]
fn AccountList() -> impl IntoView {
    let session = session();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| (query.get("q").unwrap_or_default(), query.get("status").unwrap_or_default())));
    let open = RwSignal::new(false);
    let count = RwSignal::new(1);
    let units = LocalResource::new(move || all_units(session));
    let list = LocalResource::new(move || {
        let (count, (q, status)) = (count.get(), asked.get());
        async move {
            let filter = AccountFilter { q: Some(q).filter(|q| !q.is_empty()), status: status.parse().ok(), ..AccountFilter::default() };
            let accounts = session.pages(count, move |client, paging| {
                let filter = AccountFilter { cursor: paging.cursor, limit: paging.limit, ..filter.clone() };
                async move { client.list_accounts(&filter).await }
            });
            Ok((accounts.await?, all_units(session).await?))
        }
    });
    let may = Memo::new(move |_| session.may(Permission::ManageAccounts, &Target::Tenant));
    let invite = move || {
        may.get().then(|| view! { <button class="ds-button" type="button" on:click=move |_| open.set(true)>{icon("user-plus")}{tr!("identity-invite")}</button> })
    };
    let invited = Callback::new(move |()| list.refetch());
    let known_units = move || units.get_untracked().and_then(Result::ok).unwrap_or_default();
    view! {
        <Page title=Signal::derive(move || t("identity-accounts")) actions=invite.into_any()>
            <Search asked count />
            {load(list, move |(page, units)| {
                if page.items.is_empty() {
                    let clear = view! { <a class="ds-link" href=paths::ACCOUNTS>{tr!("identity-clear-filters")}</a> }.into_any();
                    return empty("identity-accounts-empty", "identity-accounts-empty-help", Some(clear));
                }
                let rest = more(page.next_cursor.as_ref(), count);
                let rows = page.items.into_iter().map(|account| row(account, &units)).collect();
                view! { {table("identity-accounts", COLUMNS, rows)} {rest} }.into_any()
            })}
            <Dialog open title_key="identity-invite"><Invite units=known_units() invited /></Dialog>
        </Page>
    }
}

fn row(account: Account, units: &[Unit]) -> Vec<AnyView> {
    let unit = account.unit_id.and_then(|id| units.iter().find(|unit| unit.id == id)).map(|unit| unit.name.clone());
    vec![
        view! { <a class="ds-link" href=paths::account_admin(account.id)>{account.name}</a> }.into_any(),
        account.email.into_any(),
        (move || unit.clone().unwrap_or_else(|| t("identity-unit-none"))).into_any(),
        status(account.status).into_any(),
    ]
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
    let known = choices("identity-status", AccountStatus::ALL.iter().map(|status| status.as_str()));
    let statuses =
        Signal::derive(move || std::iter::once((String::new(), t("identity-status-any"))).chain(known.get()).collect::<Vec<_>>());
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        count.set(1);
        query::put_query(&navigate, paths::ACCOUNTS, &[("q", q.get_untracked()), ("status", status.get_untracked())]);
    };
    let found = move || {
        let (q, _) = asked.get();
        (!q.is_empty()).then(|| view! { <p class="ds-paragraph">{tv("identity-search-for", &[("q", &q)])} " " <a class="ds-link" href=paths::ACCOUNTS>{tr!("identity-clear-filters")}</a></p> })
    };
    view! {
        <form class="filters" role="search" on:submit=search>
            <TextField form pointer="/q" label="identity-search" value=q kind="search" />
            <Select form pointer="/status" label="identity-status" value=status options=statuses />
            <button class="ds-button" data-variant="secondary" type="submit">{icon("search")}{tr!("identity-search-do")}</button>
        </form>
        {found}
    }
}
