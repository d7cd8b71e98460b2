//! One account: who it is, whether it can be used, its link, and its roles.

use super::account_form::AccountForm;
use super::accounts::status;
use super::grants::Grants;
use super::kit;
use super::places::Places;
use crate::session::{session, t, tv};
use crate::ui::form::Summary;
use crate::ui::load::failure;
use crate::ui::{Confirm, Crumb, Dialog, FormState, Page, icon, load};
use crate::{paths, tr};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::identity::{Account, AccountStatus, OneTimeLink};
use shared::policy::{Permission, Target};
use shared::{AccountId, format};

/// What can be done to an account.
#[derive(Clone, Copy)]
struct Acts {
    edit: Callback<()>,
    deactivate: Callback<()>,
    reactivate: Callback<()>,
    link: Callback<()>,
}

/// `/admin/accounts/:id`
#[component]
pub fn AccountAdmin() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<AccountId>().ok())));
    move || {
        match id.get() {
        Some(id) => view! { <OneAccount id /> }.into_any(),
        None => view! { <Page title=Signal::derive(move || t("problem-not-found"))><p class="ds-paragraph">{tr!("problem-not-found-help")}</p></Page> }.into_any(),
    }
    }
}

#[component]
fn OneAccount(id: AccountId) -> impl IntoView {
    let session = session();
    let act = FormState::default();
    let (edit_open, off_open) = (RwSignal::new(false), RwSignal::new(false));
    let made = RwSignal::new(None::<OneTimeLink>);
    let account = LocalResource::new(move || async move { session.call(move |client| async move { client.get_account(id).await }).await });
    let places = LocalResource::new(move || Places::read(session));
    kit::reread_when_stale(act, move || account.refetch());

    let now = move || match account.get_untracked() {
        Some(Ok(account)) => Some(account),
        _ => None,
    };
    let name = Signal::derive(move || match account.get() {
        Some(Ok(account)) => account.name,
        _ => t("identity-account"),
    });
    let saved = Callback::new(move |()| {
        edit_open.set(false);
        kit::say(session, "identity-account-saved");
        account.refetch();
    });
    let set_status = Callback::new(move |active: bool| {
        let Some(version) = now().map(|account| account.version) else { return };
        let call = async move {
            let run = move |client: shared::client::Client| async move {
                if active { client.reactivate_account(id, version).await } else { client.deactivate_account(id, version).await }
            };
            session.call(run).await
        };
        act.send(call, move |_| {
            kit::say(session, if active { "identity-reactivated" } else { "identity-deactivated" });
            account.refetch();
        });
    });
    let acts = Acts {
        edit: Callback::new(move |()| edit_open.set(true)),
        deactivate: Callback::new(move |()| off_open.set(true)),
        reactivate: Callback::new(move |()| set_status.run(true)),
        link: Callback::new(move |()| {
            let call = async move { session.call(move |client| async move { client.make_account_link(id).await }).await };
            act.send(call, move |link| made.set(Some(link)));
        }),
    };
    let deactivate = Callback::new(move |()| set_status.run(false));
    let question = Signal::derive(move || tv("identity-deactivate-text", &[("name", &name.get())]));
    let history = move || {
        session.may(Permission::ViewAudit, &Target::Tenant).then(|| {
            view! { <a class="ds-link" href=paths::audit_of(id.0)>{icon("history")} " " {tr!("identity-history")}</a> }
        })
    };
    let editor = move || {
        now().map(|old| {
            let units = match places.get_untracked() {
                Some(Ok(places)) => places.units,
                _ => Vec::new(),
            };
            view! { <AccountForm old units saved /> }
        })
    };
    view! {
        <Page title=name crumbs=vec![Crumb::key("identity-accounts", paths::ACCOUNTS)] actions=history.into_any()>
            <Summary form=act />
            {load(account, move |account| facts(account, places, acts))}
            {move || made.get().map(|link| kit::link_to_copy(&link))}
            {move || match places.get() {
                Some(Ok(places)) => view! { <Grants account=id name places /> }.into_any(),
                Some(Err(error)) => failure(&error, Some(Callback::new(move |()| places.refetch()))).into_any(),
                None => ().into_any(),
            }}
            <Dialog open=edit_open title_key="identity-account-form">{editor()}</Dialog>
            <Confirm open=off_open title_key="identity-deactivate" text=question yes="identity-deactivate" on_yes=deactivate />
        </Page>
    }
}

fn facts(account: Account, places: LocalResource<shared::client::Called<Places>>, acts: Acts) -> AnyView {
    let session = session();
    let Account { email, lang, unit_id, status: state, created_at, .. } = account;
    let unit = move || match (unit_id, places.get()) {
        (None, _) => t("identity-unit-none"),
        (Some(id), Some(Ok(places))) => super::places::unit_name(&places.units, &id.to_string()),
        _ => String::new(),
    };
    let since = move || format::date(format::day_of(created_at), session.lang.get());
    let link_key = if state == AccountStatus::Invited { "identity-link-invitation" } else { "identity-link-reset" };
    let buttons = session.may(Permission::ManageAccounts, &Target::Tenant).then(move || {
        let onoff = if state == AccountStatus::Deactivated {
            view! { <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| acts.reactivate.run(())>{tr!("identity-reactivate")}</button> }.into_any()
        } else {
            view! {
                <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| acts.link.run(())>{icon("link")}{tr!(link_key)}</button>
                <button class="ds-button" data-variant="secondary" data-color="danger" type="button" on:click=move |_| acts.deactivate.run(())>{tr!("identity-deactivate")}</button>
            }
            .into_any()
        };
        view! {
            <div class="actions">
                <button class="ds-button" type="button" on:click=move |_| acts.edit.run(())>{icon("pencil")}{tr!("identity-edit")}</button>
                {onoff}
            </div>
        }
    });
    view! {
        <dl class="facts">
            <div><dt>{tr!("identity-status")}</dt><dd>{status(state)}</dd></div>
            <div><dt>{tr!("identity-email")}</dt><dd>{email}</dd></div>
            <div><dt>{tr!("identity-lang")}</dt><dd>{move || kit::words("identity-lang", lang.as_str())}</dd></div>
            <div><dt>{tr!("identity-unit")}</dt><dd>{unit}</dd></div>
            <div><dt>{tr!("identity-since")}</dt><dd>{since}</dd></div>
        </dl>
        {buttons}
    }
    .into_any()
}
