//! Everything over which a role can be given, with its name.

use super::kit;
use crate::session::{Session, local, t, tv};
use shared::client::Called;
use shared::identity::{Organisation, Unit, UnitFilter};
use shared::page::Paging;
use shared::policy::{Role, Scope};
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
pub async fn all_units(session: Session) -> Called<Vec<Unit>> {
    let units = kit::pages(session, kit::ALL, |client, cursor| async move {
        client.list_units(&UnitFilter { organisation_id: None, cursor, limit: kit::LIMIT }).await
    });
    Ok(units.await?.items)
}

/// The units for a choice, "none" first. Reactive.
pub fn unit_choices(units: &[Unit]) -> Vec<(String, String)> {
    let named = units.iter().map(|unit| (unit.id.to_string(), format!("{}, {}", unit.name, unit.municipality)));
    std::iter::once((String::new(), t("identity-unit-none"))).chain(named).collect()
}

/// The name of a unit by its id as text. Reactive.
pub fn unit_name(units: &[Unit], id: &str) -> String {
    units.iter().find(|unit| unit.id.to_string() == id).map_or_else(|| t("identity-unit-none"), |unit| unit.name.clone())
}

fn edition_name(summary: &EditionSummary) -> String {
    let (number, year) = (summary.edition.number.to_string(), summary.edition.year.to_string());
    tv("identity-edition-name", &[("programme", &local(&summary.programme_name)), ("number", &number), ("year", &year)])
}

impl Places {
    /// Reads them all.
    pub async fn read(session: Session) -> Called<Self> {
        let organisations = kit::pages(session, kit::ALL, |client, cursor| async move {
            client.list_organisations(&Paging { cursor, limit: kit::LIMIT }).await
        });
        let programmes =
            kit::pages(
                session,
                kit::ALL,
                |client, cursor| async move { client.list_programmes(&Paging { cursor, limit: kit::LIMIT }).await },
            );
        let editions = kit::pages(session, kit::ALL, |client, cursor| async move {
            client.list_editions(&EditionFilter { cursor, limit: kit::LIMIT, ..EditionFilter::default() }).await
        });
        Ok(Self {
            organisations: organisations.await?.items,
            units: all_units(session).await?,
            programmes: programmes.await?.items,
            editions: editions.await?.items,
        })
    }

    /// A scope in words. Reactive.
    pub fn name(&self, scope: &Scope) -> String {
        let found = match scope {
            Scope::Tenant => return t("identity-scope-tenant"),
            Scope::Organisation(id) => self.organisations.iter().find(|one| one.id == *id).map(|one| one.name.clone()),
            Scope::Unit(id) => self.units.iter().find(|one| one.id == *id).map(|one| one.name.clone()),
            Scope::Programme(id) => self.programmes.iter().find(|one| one.id == *id).map(|one| local(&one.name)),
            Scope::Edition(id) => self.editions.iter().find(|one| one.edition.id == *id).map(edition_name),
        };
        let kind = kit::words("identity-scope", scope.kind());
        found.map_or_else(|| kind.clone(), |name| format!("{kind}: {name}"))
    }

    /// Every scope over which the role can be given.
    pub fn scopes(&self, role: Role) -> Vec<Scope> {
        let tenant = || vec![Scope::Tenant];
        match role {
            Role::Administrator | Role::Auditor => tenant(),
            Role::Coordinator => tenant().into_iter().chain(self.programmes.iter().map(|one| Scope::Programme(one.id))).collect(),
            Role::Facilitator => self.editions.iter().map(|one| Scope::Edition(one.edition.id)).collect(),
            Role::UnitManager => {
                let organisations = self.organisations.iter().map(|one| Scope::Organisation(one.id));
                organisations.chain(self.units.iter().map(|one| Scope::Unit(one.id))).collect()
            }
            Role::Participant => Vec::new(),
        }
    }
}
