//! Everything over which a role can be given, with its name.

use crate::session::{Calling, Session, local, session, t, tv, word};
use crate::tr;
use crate::ui::icon;
use leptos::prelude::*;
use shared::UnitId;
use shared::client::Called;
use shared::identity::{Organisation, Unit, UnitFilter};
use shared::policy::{Role, Scope, scopes};
use shared::training::{EditionFilter, EditionSummary, Programme};

/// Organisations, units, programmes and editions of the tenant.
#[derive(Clone)]
pub struct Places {
    organisations: Vec<Organisation>,
    pub units: Vec<Unit>,
    programmes: Vec<Programme>,
    editions: Vec<EditionSummary>,
}

/// Every unit of the tenant.
pub fn all_units(session: Session) -> Calling<'static, Vec<Unit>> {
    session.all(|client, paging| async move {
        client.list_units(&UnitFilter { organisation_id: None, cursor: paging.cursor, limit: paging.limit }).await
    })
}

/// Every organisation of the tenant.
pub fn all_organisations(session: Session) -> Calling<'static, Vec<Organisation>> {
    session.all(|client, paging| async move { client.list_organisations(&paging).await })
}

/// The units for a choice, "none" first.
pub fn unit_choices(units: StoredValue<Vec<Unit>>) -> Signal<Vec<(String, String)>> {
    let named = |unit: &Unit| (unit.id.to_string(), format!("{}, {}", unit.name, unit.municipality));
    Signal::derive(move || {
        let none = std::iter::once((String::new(), t("identity-unit-none")));
        units.with_value(|units| none.chain(units.iter().map(named)).collect())
    })
}

/// The name of a unit by its id as text. Reactive.
pub fn unit_name(units: &[Unit], id: &str) -> String {
    units.iter().find(|unit| unit.id.to_string() == id).map_or_else(|| t("identity-unit-none"), |unit| unit.name.clone())
}

/// An id as a field holds it: empty for none.
pub fn id_text(id: Option<UnitId>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

impl Places {
    /// Reads them all.
    pub async fn read(session: Session) -> Called<Self> {
        let editions = |cursor, limit| EditionFilter { cursor, limit, ..EditionFilter::default() };
        Ok(Self {
            organisations: all_organisations(session).await?,
            units: all_units(session).await?,
            programmes: session.all(|client, paging| async move { client.list_programmes(&paging).await }).await?,
            editions: session
                .all(move |client, paging| async move { client.list_editions(&editions(paging.cursor, paging.limit)).await })
                .await?,
        })
    }

    /// A scope in words. Reactive.
    pub fn name(&self, scope: &Scope) -> String {
        let found = match scope {
            Scope::Tenant => return t("identity-scope-tenant"),
            Scope::Organisation(id) => self.organisations.iter().find(|one| one.id == *id).map(|one| one.name.clone()),
            Scope::Unit(id) => self.units.iter().find(|one| one.id == *id).map(|one| one.name.clone()),
            Scope::Programme(id) => self.programmes.iter().find(|one| one.id == *id).map(|one| local(&one.name)),
            Scope::Edition(id) => self.editions.iter().find(|one| one.edition.id == *id).map(|one| one.full_name(session().lang.get())),
        };
        let kind = word("identity-scope", scope.kind());
        found.map_or_else(|| kind.clone(), |name| format!("{kind}: {name}"))
    }

    /// Every scope over which the role can be given.
    pub fn scopes(&self, role: Role) -> Vec<Scope> {
        let of_kind = |kind: &&str| -> Vec<Scope> {
            match *kind {
                "tenant" => vec![Scope::Tenant],
                "organisation" => self.organisations.iter().map(|one| Scope::Organisation(one.id)).collect(),
                "unit" => self.units.iter().map(|one| Scope::Unit(one.id)).collect(),
                "programme" => self.programmes.iter().map(|one| Scope::Programme(one.id)).collect(),
                _ => self.editions.iter().map(|one| Scope::Edition(one.edition.id)).collect(),
            }
        };
        scopes(role).iter().flat_map(of_kind).collect()
    }
}

/// The buttons of a row that has a name: change it, take it away.
pub fn row_acts(name: &str, edit: impl Fn() + 'static, delete: impl Fn() + 'static) -> AnyView {
    let label = StoredValue::new(name.to_owned());
    let named = move |key: &'static str| move || tv(key, &[("name", &label.get_value())]);
    view! {
        <div class="actions">
            <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" aria-label=named("identity-edit-named") on:click=move |_| edit()>{icon("pencil")}{tr!("identity-edit")}</button>
            <button class="ds-button" data-variant="tertiary" data-size="sm" data-color="danger" type="button" aria-label=named("identity-delete-named") on:click=move |_| delete()>{icon("trash-2")}{tr!("identity-delete")}</button>
        </div>
    }
    .into_any()
}
