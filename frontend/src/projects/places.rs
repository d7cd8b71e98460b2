//! Where projects are done, and for whom: editions, their groups, units; each by its id with its words, for a choice.

use crate::session::{Session, session};
use futures_util::future::{try_join, try_join_all};
use leptos::prelude::*;
use shared::client::Called;
use shared::identity::UnitFilter;
use shared::policy::{Permission, Scope, Target};
use shared::training::{EditionFilter, EditionStatus, EditionSummary, Group};
use shared::{EditionId, Lang, UnitId};

/// The editions and the units of the organisation.
#[derive(Clone, Default, PartialEq)]
pub struct Places {
    pub editions: Vec<EditionSummary>,
    /// Units by name.
    pub units: Vec<(UnitId, String)>,
}

impl Places {
    pub async fn read(session: Session) -> Called<Self> {
        let editions = session.all(|client, paging| async move {
            let filter = EditionFilter { cursor: paging.cursor, limit: paging.limit, ..EditionFilter::default() };
            client.list_editions(&filter).await
        });
        let units = session.all(|client, paging| async move {
            client.list_units(&UnitFilter { organisation_id: None, cursor: paging.cursor, limit: paging.limit }).await
        });
        let (editions, units) = try_join(editions, units).await?;
        let mut units: Vec<_> = units.into_iter().map(|unit| (unit.id, unit.name)).collect();
        units.sort_by_key(|(_, name)| name.to_lowercase());
        Ok(Self { editions, units })
    }

    /// What an edition is called on a card.
    pub fn edition(&self, id: EditionId, lang: Lang) -> Option<String> {
        self.editions.iter().find(|row| row.edition.id == id).map(|row| row.edition.name(lang))
    }

    /// The editions to choose from.
    pub fn edition_choices(&self, lang: Lang) -> Vec<(String, String)> {
        self.editions.iter().map(|row| (row.edition.id.to_string(), row.full_name(lang))).collect()
    }

    /// The units to choose from.
    pub fn unit_choices(&self) -> Vec<(String, String)> {
        self.units.iter().map(|(id, name)| (id.to_string(), name.clone())).collect()
    }
}

/// A group that one may work for.
#[derive(Clone, PartialEq)]
pub struct OwnGroup {
    pub group: Group,
    pub edition: EditionSummary,
    /// One is in it oneself.
    pub member: bool,
}

/// The groups that one is in, and those of the editions that one runs; one's own first.
pub async fn own_groups(session: Session, places: &Places) -> Called<Vec<OwnGroup>> {
    let me = session.me.with_untracked(|me| me.clone());
    let Some(me) = me else { return Ok(Vec::new()) };
    let runs = |row: &EditionSummary| {
        let scope = Target::Edition { programme: row.edition.programme_id, edition: row.edition.id };
        row.edition.status != EditionStatus::Closed && session.may_now(Permission::RunEdition, &scope)
    };
    let takes_part = |row: &EditionSummary| me.enrolments.iter().any(|own| own.edition_id == row.edition.id);
    let chosen = places.editions.iter().filter(|row| takes_part(row) || runs(row)).cloned();
    let of_edition = chosen.map(|edition| {
        let (id, mine) = (edition.edition.id, takes_part(&edition));
        let account = me.account.id;
        async move {
            let groups = session.all(move |client, paging| async move { client.list_groups(id, &paging).await }).await?;
            let own = match mine {
                true => session.all(move |client, paging| async move { client.list_enrolments(id, &paging).await }).await?,
                false => Vec::new(),
            };
            let own = own.into_iter().find(|place| place.account_id == account).and_then(|place| place.group_id);
            let named = move |group: Group| OwnGroup { member: Some(group.id) == own, group, edition: edition.clone() };
            Called::Ok(groups.into_iter().map(named).collect::<Vec<_>>())
        }
    });
    let mut groups: Vec<_> = try_join_all(of_edition).await?.into_iter().flatten().collect();
    groups.sort_by_key(|own| !own.member);
    Ok(groups)
}

/// The unit that is chosen to begin with: one's own, or the one that one leads.
pub fn own_unit(session: Session) -> Option<UnitId> {
    let own = session.me.with_untracked(|me| me.as_ref().and_then(|me| me.account.unit_id));
    own.or_else(|| {
        let scopes = untrack(|| session.scopes_of(Permission::ViewUnitEnrolments));
        scopes.into_iter().find_map(|scope| if let Scope::Unit(id) = scope { Some(id) } else { None })
    })
}

/// Whose session it is.
pub fn own_account() -> Option<shared::AccountId> {
    session().me.with_untracked(|me| me.as_ref().map(|me| me.account.id))
}
