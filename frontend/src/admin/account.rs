//! One account: who it is, whether it can be used, its link, and its roles.

use super::account_form::AccountForm;
use super::accounts::status;
use super::grants::Grants;
use super::places::{Places, unit_name};
use crate::session::{Calling, Undo, session, t, tv, word};
use crate::ui::form::Summary;
use crate::ui::link::link_to_copy;
use crate::ui::load::failure;
use crate::ui::{Act, Confirm, Crumb, Dialog, Page, icon, load, problem};
use crate::{paths, tr};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::client::Called;
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
    end_sessions: Callback<()>,
    reset_factor: Callback<()>,
}

/// `/admin/accounts/:id`
#[component]
pub fn AccountAdmin() -> impl IntoView {
    problem::only(Permission::ViewAccounts, || {
        let params = use_params_map();
        let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<AccountId>().ok())));
        let page = move || match id.get() {
            Some(id) => view! { <OneAccount id /> }.into_any(),
            None => problem::not_found(),
        };
        page.into_any()
    })
}

#[component]
fn OneAccount(id: AccountId) -> impl IntoView {
    let session = session();
    let account = LocalResource::new(move || session.call(move |client| async move { client.get_account(id).await }));
    problem::about(account, move || view! { <AccountPage id account /> }.into_any())
}

#[component]
fn AccountPage(id: AccountId, account: LocalResource<Called<Account>>) -> impl IntoView {
    let session = session();
    let (edit_open, off_open) = (RwSignal::new(false), RwSignal::new(false));
    let (sessions_open, factor_open) = (RwSignal::new(false), RwSignal::new(false));
    let made = RwSignal::new(None::<OneTimeLink>);
    let places = LocalResource::new(move || Places::read(session));
    let act = Act::new(move || account.refetch());
    let now = move || account.get_untracked().and_then(Result::ok);
    let name = Signal::derive(move || match account.get() {
        Some(Ok(account)) => account.name,
        _ => t("identity-account"),
    });
    let saved = Callback::new(move |()| {
        edit_open.set(false);
        session.say("identity-account-saved");
        account.refetch();
    });
    let switch = move |active: bool, version: i64| -> Calling<'static, Account> {
        session.call(move |client| async move {
            if active { client.reactivate_account(id, version).await } else { client.deactivate_account(id, version).await }
        })
    };
    let set_status = move |active: bool| {
        let Some(version) = now().map(|account| account.version) else { return };
        let said = |active| if active { "identity-reactivated" } else { "identity-deactivated" };
        act.run_undoable(switch(active, version), said(active), move |done| {
            Undo::new(said(!active), move || switch(!active, done.version))
        });
    };
    let acts = Acts {
        edit: Callback::new(move |()| edit_open.set(true)),
        deactivate: Callback::new(move |()| off_open.set(true)),
        reactivate: Callback::new(move |()| set_status(true)),
        link: Callback::new(move |()| {
            act.form.send(session.call(move |client| async move { client.make_account_link(id).await }), move |link| made.set(Some(link)));
        }),
        end_sessions: Callback::new(move |()| sessions_open.set(true)),
        reset_factor: Callback::new(move |()| factor_open.set(true)),
    };
    let end_sessions = Callback::new(move |()| {
        act.run(session.call(move |client| async move { client.end_account_sessions(id).await }), "identity-ended-sessions");
    });
    let reset_factor = Callback::new(move |()| {
        act.run(session.call(move |client| async move { client.reset_second_factor(id).await }), "identity-factor-reset-done");
    });
    let deactivate = Callback::new(move |()| set_status(false));
    let about = move |key: &'static str| Signal::derive(move || tv(key, &[("name", &name.get())]));
    let history = move || {
        session.may(Permission::ViewAudit, &Target::Tenant).then(|| {
            view! { <a class="ds-button" data-variant="tertiary" href=paths::audit_of(id.0)>{icon("history")}{tr!("identity-history")}</a> }
        })
    };
    let editor = move || {
        let units = places.get_untracked().and_then(Result::ok).map(|places| places.units).unwrap_or_default();
        now().map(|old| view! { <AccountForm old units saved /> })
    };
    view! {
        <Page title=name crumbs=vec![Crumb::key("identity-accounts", paths::ACCOUNTS)] actions=history.into_any()>
            <Summary form=act.form />
            {load(account, move |account| facts(account, places, acts))}
            {move || made.get().map(|link| link_to_copy(&link))}
            {move || match places.get() {
                Some(Ok(places)) => view! { <Grants account=id name places /> }.into_any(),
                Some(Err(error)) => failure(&error, Some(Callback::new(move |()| places.refetch()))),
                None => ().into_any(),
            }}
            <Dialog open=edit_open title_key="identity-account-form">{editor()}</Dialog>
            <Confirm open=off_open title_key="identity-deactivate" text=about("identity-deactivate-text") yes="identity-deactivate" on_yes=deactivate />
            <Confirm open=sessions_open title_key="identity-end-sessions" text=about("identity-end-sessions-text") yes="identity-end-sessions" on_yes=end_sessions />
            <Confirm open=factor_open title_key="identity-factor-reset" text=about("identity-factor-reset-text") yes="identity-factor-reset" on_yes=reset_factor />
        </Page>
    }
}

fn facts(account: Account, places: LocalResource<Called<Places>>, acts: Acts) -> AnyView {
    let session = session();
    let Account { email, lang, unit_id, status: state, created_at, second_factor_since, .. } = account;
    let unit = move || match (unit_id, places.get()) {
        (None, _) => t("identity-unit-none"),
        (Some(id), Some(Ok(places))) => unit_name(&places.units, &id.to_string()),
        _ => String::new(),
    };
    let since = move || format::date(format::day_of(created_at), session.lang.get());
    let factor = move || match second_factor_since {
        Some(since) => tv("identity-factor-on-since", &[("at", &format::date(format::day_of(since), session.lang.get()))]),
        None => t("identity-factor-off"),
    };
    let link_key = if state == AccountStatus::Invited { "identity-link-invitation" } else { "identity-link-reset" };
    let buttons = session.may(Permission::ManageAccounts, &Target::Tenant).then(move || {
        let onoff = if state == AccountStatus::Deactivated {
            view! { <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| acts.reactivate.run(())>{tr!("identity-reactivate")}</button> }.into_any()
        } else {
            view! {
                <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| acts.link.run(())>{icon("link")}{tr!(link_key)}</button>
                {second_factor_since.map(|_| view! {
                    <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| acts.reset_factor.run(())>{icon("key-round")}{tr!("identity-factor-reset")}</button>
                })}
                <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| acts.end_sessions.run(())>{icon("log-out")}{tr!("identity-end-sessions")}</button>
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
            <div><dt>{tr!("identity-lang")}</dt><dd>{move || word("common-lang", lang.as_str())}</dd></div>
            <div><dt>{tr!("identity-unit")}</dt><dd>{unit}</dd></div>
            <div><dt>{tr!("identity-factor")}</dt><dd>{factor}</dd></div>
            <div><dt>{tr!("identity-since")}</dt><dd>{since}</dd></div>
        </dl>
        {buttons}
    }
    .into_any()
}
