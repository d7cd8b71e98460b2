//! Giving roles, for those who may find a person's account without reading all accounts.

use super::grants::Grants;
use super::places::{self, Places};
use crate::session::{session, t, tv};
use crate::ui::load::failure;
use crate::ui::table::{Column, acts_in, words_in};
use crate::ui::{FormState, Page, TextField, empty, icon, load, problem, query, table};
use crate::{paths, tr};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use shared::client::Called;
use shared::identity::{AccountMatch, AccountSearch, MATCHES_MAX, SEARCH_MIN};
use shared::policy::Permission;

const COLUMNS: &[Column] = &[words_in("identity-name"), words_in("identity-email"), words_in("identity-unit"), acts_in("identity-acts")];

type AllPlaces = LocalResource<Called<Places>>;

/// `/admin/roles`
#[component]
pub fn Roles() -> impl IntoView {
    problem::only(Permission::FindAccounts, || view! { <Finder /> }.into_any())
}

#[component]
fn Finder() -> impl IntoView {
    let session = session();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
    let chosen = RwSignal::new(None::<AccountMatch>);
    Effect::new(move |_| {
        asked.track();
        chosen.set(None);
    });
    let places = LocalResource::new(move || Places::read(session));
    let found = LocalResource::new(move || {
        let search = AccountSearch { q: asked.get() };
        async move {
            if search.q.trim().chars().count() < SEARCH_MIN {
                return Ok(None);
            }
            session.send(search, |client, search| async move { client.find_accounts(&search).await }).await.map(|page| Some(page.items))
        }
    });
    let matches = move |found: Option<Vec<AccountMatch>>| match found {
        None => ().into_any(),
        Some(found) if found.is_empty() => empty("identity-roles-nobody", "identity-roles-nobody-help", None),
        Some(found) => {
            let many = found.len() >= MATCHES_MAX;
            let rows = found.into_iter().map(|one| row(one, places, chosen)).collect();
            view! {
                {table("identity-accounts", COLUMNS, rows)}
                {many.then(|| view! { <p class="ds-paragraph small">{tr!("identity-roles-many")}</p> })}
            }
            .into_any()
        }
    };
    view! {
        <Page title=tr!("identity-roles")>
            <p class="ds-paragraph">{tr!("identity-roles-intro")}</p>
            <Search asked />
            {load(found, matches)}
            {move || chosen.get().map(|one| roles_of(one, places))}
        </Page>
    }
}

fn row(one: AccountMatch, places: AllPlaces, chosen: RwSignal<Option<AccountMatch>>) -> Vec<AnyView> {
    let AccountMatch { id, name, email, unit_id } = one.clone();
    let unit = move || match (unit_id, places.get()) {
        (Some(id), Some(Ok(places))) => places::unit_name(&places.units, &id.to_string()),
        _ => t("identity-unit-none"),
    };
    let pressed = move || chosen.with(|now| now.as_ref().is_some_and(|now| now.id == id)).to_string();
    let label = name.clone();
    let show = view! {
        <button class="ds-button" data-variant="tertiary" type="button" aria-pressed=pressed
            aria-label=move || tv("identity-roles-show-named", &[("name", &label)])
            on:click=move |_| chosen.set(Some(one.clone()))>{tr!("identity-roles-show")}</button>
    };
    vec![name.into_any(), email.into_any(), unit.into_any(), show.into_any()]
}

fn roles_of(one: AccountMatch, places: AllPlaces) -> impl IntoView + use<> {
    let AccountMatch { id, name, .. } = one;
    let heading = name.clone();
    let grants = move || match places.get() {
        Some(Ok(places)) => view! { <Grants account=id name=Signal::stored(name.clone()) places /> }.into_any(),
        Some(Err(error)) => failure(&error, Some(Callback::new(move |()| places.refetch()))),
        None => ().into_any(),
    };
    view! {
        <h2 class="ds-heading" data-size="md">{heading}</h2>
        {grants}
    }
}

/// The search, kept in the address.
#[component]
fn Search(asked: Memo<String>) -> impl IntoView {
    let navigate = use_navigate();
    let form = FormState::default();
    let q = RwSignal::new(String::new());
    Effect::new(move |_| q.set(asked.get()));
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        query::put_query(&navigate, paths::ROLES, &[("q", q.get_untracked())]);
    };
    view! {
        <form class="filters" role="search" on:submit=search>
            <TextField form pointer="/q" label="identity-search" hint="identity-roles-search-hint" value=q kind="search" />
            <button class="ds-button" data-variant="secondary" type="submit">{icon("search")}{tr!("identity-search-do")}</button>
        </form>
    }
}
