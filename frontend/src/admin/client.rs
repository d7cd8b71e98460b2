//! One API client: what it may do, whether it can be used, and its secrets.

use super::client_form::ClientForm;
use super::client_secrets::Secrets;
use super::clients::{scopes, status, used};
use super::places::all_organisations;
use crate::session::{session, t, tv};
use crate::ui::field::last_day;
use crate::ui::form::Summary;
use crate::ui::{Act, Confirm, Crumb, Dialog, Page, icon, load, problem};
use crate::{paths, tr};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::client::Called;
use shared::clients::{ApiClient, ApiClientStatus};
use shared::policy::{Permission, Target};
use shared::{ApiClientId, format};

/// `/admin/clients/:id`
#[component]
pub fn ClientAdmin() -> impl IntoView {
    problem::only(Permission::ManageClients, || {
        let params = use_params_map();
        let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<ApiClientId>().ok())));
        let page = move || match id.get() {
            Some(id) => view! { <OneClient id /> }.into_any(),
            None => problem::not_found(),
        };
        page.into_any()
    })
}

#[component]
fn OneClient(id: ApiClientId) -> impl IntoView {
    let session = session();
    let client = LocalResource::new(move || session.call(move |client| async move { client.get_api_client(id).await }));
    problem::about(client, move || view! { <ClientPage id client /> }.into_any())
}

#[component]
fn ClientPage(id: ApiClientId, client: LocalResource<Called<ApiClient>>) -> impl IntoView {
    let session = session();
    let (edit_open, off_open) = (RwSignal::new(false), RwSignal::new(false));
    let act = Act::new(move || client.refetch());
    let now = move || client.get_untracked().and_then(Result::ok);
    let name = Signal::derive(move || match client.get() {
        Some(Ok(client)) => client.name,
        _ => t("clients-client"),
    });
    let saved = Callback::new(move |()| {
        edit_open.set(false);
        session.say("clients-saved");
        client.refetch();
    });
    let deactivate = Callback::new(move |()| {
        let Some(version) = now().map(|client| client.version) else { return };
        act.run(session.call(move |client| async move { client.deactivate_api_client(id, version).await }), "clients-deactivated");
    });
    let question = Signal::derive(move || tv("clients-deactivate-text", &[("name", &name.get())]));
    let history = move || {
        session.may(Permission::ViewAudit, &Target::Tenant).then(|| {
            view! {
                <a class="ds-button" data-variant="tertiary" href=paths::audit_by_client(id)>{icon("list")}{tr!("clients-doings")}</a>
                <a class="ds-button" data-variant="tertiary" href=paths::audit_of(id.0)>{icon("history")}{tr!("identity-history")}</a>
            }
        })
    };
    let changed = Callback::new(move |()| client.refetch());
    view! {
        <Page title=name crumbs=vec![Crumb::key("clients-title", paths::CLIENTS)] actions=history.into_any()>
            <Summary form=act.form />
            {load(client, move |one: ApiClient| {
                let in_use = one.status != ApiClientStatus::Deactivated;
                let acts = in_use.then(|| view! {
                    <div class="actions">
                        <button class="ds-button" type="button" on:click=move |_| edit_open.set(true)>{icon("pencil")}{tr!("identity-edit")}</button>
                        <button class="ds-button" data-variant="secondary" data-color="danger" type="button" on:click=move |_| off_open.set(true)>{tr!("clients-deactivate")}</button>
                    </div>
                });
                view! { {facts(&one)} {acts} {in_use.then(|| view! { <Secrets client=one changed /> })} }.into_any()
            })}
            <Dialog open=edit_open title_key="clients-form">{now().map(|old| view! { <ClientForm old saved /> })}</Dialog>
            <Confirm open=off_open title_key="clients-deactivate" text=question yes="clients-deactivate" on_yes=deactivate />
        </Page>
    }
}

fn facts(client: &ApiClient) -> AnyView {
    let session = session();
    let (valid_to, organisation_id) = (client.valid_to, client.organisation_id);
    let until = move || valid_to.map_or_else(|| t("clients-until-open"), |end| format::date(last_day(end), session.lang.get()));
    let organisations = LocalResource::new(move || all_organisations(session));
    let organisation = move || {
        let all = organisations.get().and_then(Result::ok).unwrap_or_default();
        all.into_iter().find(|one| one.id == organisation_id).map(|one| one.name)
    };
    view! {
        <p class="ds-paragraph">{client.purpose.clone()}</p>
        <dl class="facts">
            <div><dt>{tr!("clients-status")}</dt><dd>{status(client.status)}</dd></div>
            <div><dt>{tr!("clients-organisation")}</dt><dd>{organisation}</dd></div>
            <div><dt>{tr!("clients-contact")}</dt><dd>{client.contact_email.clone()}</dd></div>
            <div><dt>{tr!("clients-until")}</dt><dd>{until}</dd></div>
            <div><dt>{tr!("clients-used")}</dt><dd>{used(client.last_used_at)}</dd></div>
            <div><dt>{tr!("clients-id")}</dt><dd><code>{client.id.to_string()}</code></dd></div>
        </dl>
        <h2 class="ds-heading" data-size="sm">{tr!("clients-scopes")}</h2>
        {scopes(&client.scopes)}
    }
    .into_any()
}
