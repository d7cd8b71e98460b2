//! The people of units, and where they take part.

use crate::paths;
use crate::session::{Session, session, t};
use crate::tr;
use crate::ui::table::{Column, words_in};
use crate::ui::{Page, empty, load, problem, table};
use crate::words::edition_words;
use leptos::prelude::*;
use shared::client::Called;
use shared::identity::{Unit, UnitFilter};
use shared::policy::{Permission, Scope};
use shared::training::{EditionFilter, EditionSummary, Enrolment, UnitEnrolmentFilter};

const COLUMNS: &[Column] = &[words_in("start-person"), words_in("start-unit"), words_in("start-edition")];

/// The units that one looks after, each without those under it.
#[derive(Clone)]
pub struct Units(Vec<Unit>);

impl Units {
    /// Their names.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|unit| unit.name.clone()).collect()
    }
}

/// The units over which one's roles let one see people: those granted by name, and the topmost ones of what is granted
/// as a whole.
pub async fn units_of(session: Session) -> Called<Units> {
    let scopes = untrack(|| session.scopes_of(Permission::ViewUnitEnrolments));
    let all = session
        .all(|client, paging| async move {
            client.list_units(&UnitFilter { organisation_id: None, cursor: paging.cursor, limit: paging.limit }).await
        })
        .await?;
    let reached = |unit: &Unit| {
        scopes.iter().any(|scope| match scope {
            Scope::Tenant => unit.parent_id.is_none(),
            Scope::Organisation(id) => unit.parent_id.is_none() && unit.organisation_id == *id,
            Scope::Unit(id) => unit.id == *id,
            _ => false,
        })
    };
    Ok(Units(all.into_iter().filter(reached).collect()))
}

/// Every place that the people of the units have or had, each once.
pub async fn people_of(session: Session, units: &Units) -> Called<Vec<Enrolment>> {
    let mut people = Vec::new();
    for unit in &units.0 {
        people.extend(people_in(session, unit).await?);
    }
    people.sort_by_key(|person| (person.name.to_lowercase(), person.id));
    people.dedup_by_key(|person| person.id);
    Ok(people)
}

async fn people_in(session: Session, unit: &Unit) -> Called<Vec<Enrolment>> {
    let unit_id = unit.id;
    session
        .all(move |client, paging| async move {
            client.list_unit_enrolments(&UnitEnrolmentFilter { unit_id, cursor: paging.cursor, limit: paging.limit }).await
        })
        .await
}

/// `/unit-people`
#[component]
pub fn UnitPeople() -> impl IntoView {
    problem::only(Permission::ViewUnitEnrolments, || view! { <PeopleByUnit /> }.into_any())
}

type ByUnit = (Vec<(Unit, Vec<Enrolment>)>, Vec<EditionSummary>);

async fn read(session: Session) -> Called<ByUnit> {
    let filter = |cursor, limit| EditionFilter { cursor, limit, ..EditionFilter::default() };
    let editions =
        session.all(move |client, paging| async move { client.list_editions(&filter(paging.cursor, paging.limit)).await }).await?;
    let mut units = Vec::new();
    for unit in units_of(session).await?.0 {
        let people = people_in(session, &unit).await?;
        units.push((unit, people));
    }
    Ok((units, editions))
}

#[component]
fn PeopleByUnit() -> impl IntoView {
    let session = session();
    let lists = LocalResource::new(move || read(session));
    view! {
        <Page title=Signal::derive(move || t("common-unit-people"))>
            <p class="ds-paragraph">{tr!("start-people-intro")}</p>
            {load(lists, |(units, editions): ByUnit| {
                if units.iter().all(|(_, people)| people.is_empty()) {
                    return empty("start-no-people", "start-no-people-help", None);
                }
                let some = units.into_iter().filter(|(_, people)| !people.is_empty());
                some.map(|(unit, people)| one(unit, people, &editions)).collect_view().into_any()
            })}
        </Page>
    }
}

fn one(unit: Unit, people: Vec<Enrolment>, editions: &[EditionSummary]) -> AnyView {
    let row = |person: Enrolment| {
        let edition = editions.iter().find(|row| row.edition.id == person.edition_id).map(|row| (row.edition.season, row.edition.year));
        let name = move || edition.map(|(season, year)| edition_words(season, year));
        let link = view! { <a class="ds-link" href=paths::edition(person.edition_id)>{name}</a> };
        vec![person.name.into_any(), person.unit_name.into_any(), link.into_any()]
    };
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{unit.name}</h2>
            {table("common-unit-people", COLUMNS, people.into_iter().map(row).collect())}
        </section>
    }
    .into_any()
}
