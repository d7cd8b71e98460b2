//! The programs that may call the API.

use super::client_form::NewClient;
use super::client_secrets::Handover;
use super::places::all_organisations;
use crate::session::{session, t, word};
use crate::ui::table::{Column, more, words_in};
use crate::ui::{Dialog, Page, empty, icon, load, problem, table};
use crate::{paths, tr};
use leptos::prelude::*;
use shared::clients::{ApiClient, ApiClientStatus, CreatedApiClient};
use shared::format;
use shared::identity::Organisation;
use shared::policy::{ApiScope, Permission};

const COLUMNS: &[Column] = &[
    words_in("clients-name"),
    words_in("clients-organisation"),
    words_in("clients-scopes"),
    words_in("clients-used"),
    words_in("clients-status"),
];

/// The state of a client in colour, icon and words.
pub fn status(status: ApiClientStatus) -> AnyView {
    let (color, name) = match status {
        ApiClientStatus::Active => ("success", "circle-check"),
        ApiClientStatus::Expired => ("warning", "clock-alert"),
        ApiClientStatus::Deactivated => ("neutral", "circle-slash"),
    };
    view! { <span class="status" data-color=color>{icon(name)} " " {move || word("clients-status", status.as_str())}</span> }.into_any()
}

/// What a client may do, in plain words.
pub fn scopes(scopes: &[ApiScope]) -> AnyView {
    let line = |scope: &ApiScope| {
        let key = scope.key();
        view! { <li>{move || t(&key)}</li> }
    };
    view! { <ul class="plain">{scopes.iter().map(line).collect_view()}</ul> }.into_any()
}

/// The last use, or that there was none.
pub fn used(at: Option<jiff::Timestamp>) -> AnyView {
    let lang = session().lang;
    (move || at.map_or_else(|| t("clients-used-never"), |at| format::date_time(at, lang.get()))).into_any()
}

/// `/admin/clients`
#[component]
pub fn Clients() -> impl IntoView {
    problem::only(Permission::ManageClients, || view! { <ClientList /> }.into_any())
}

#[component]
fn ClientList() -> impl IntoView {
    let session = session();
    let (open, count) = (RwSignal::new(false), RwSignal::new(1));
    let made = RwSignal::new(None::<CreatedApiClient>);
    let organisations = LocalResource::new(move || all_organisations(session));
    let list = LocalResource::new(move || {
        let count = count.get();
        async move {
            let clients = session.pages(count, |client, paging| async move { client.list_api_clients(&paging).await });
            Ok((clients.await?, all_organisations(session).await?))
        }
    });
    let start = move |_| {
        made.set(None);
        open.set(true);
    };
    let new =
        move || view! { <button class="ds-button" type="button" on:click=start>{icon("plus")}{tr!("clients-new")}</button> }.into_any();
    let created = Callback::new(move |client| {
        made.set(Some(client));
        session.say("clients-made");
        list.refetch();
    });
    let dialog = move || match made.get() {
        Some(CreatedApiClient { client, client_secret }) => {
            let (href, name) = (paths::client_admin(client.id), client.name);
            let handover = client_secret.map(|secret| view! { <Handover id=client.id scopes=client.scopes secret /> });
            view! { {handover} <p class="ds-paragraph"><a class="ds-link" href=href>{name}</a></p> }.into_any()
        }
        None => {
            let organisations = organisations.get().and_then(Result::ok).unwrap_or_default();
            view! { <NewClient organisations created /> }.into_any()
        }
    };
    view! {
        <Page title=Signal::derive(move || t("clients-title")) actions=new()>
            <p class="ds-paragraph">{tr!("clients-intro")}</p>
            {load(list, move |(page, organisations)| {
                if page.items.is_empty() {
                    return empty("clients-empty", "clients-empty-help", Some(new()));
                }
                let rest = more(page.next_cursor.as_ref(), count);
                let rows = page.items.into_iter().map(|client| row(client, &organisations)).collect();
                view! { {table("clients-title", COLUMNS, rows)} {rest} }.into_any()
            })}
            <Dialog open title_key="clients-new">{dialog}</Dialog>
        </Page>
    }
}

fn row(client: ApiClient, organisations: &[Organisation]) -> Vec<AnyView> {
    let organisation = organisations.iter().find(|one| one.id == client.organisation_id).map(|one| one.name.clone());
    vec![
        view! { <a class="ds-link" href=paths::client_admin(client.id)>{client.name}</a> }.into_any(),
        organisation.into_any(),
        scopes(&client.scopes),
        used(client.last_used_at),
        status(client.status),
    ]
}
