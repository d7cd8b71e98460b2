//! The people of a unit manager's units, and where they take part.

use crate::paths;
use crate::session::{session, t};
use crate::tr;
use crate::ui::{Page, load, load::empty};
use leptos::prelude::*;
use shared::UnitId;
use shared::policy::{Permission, Scope};
use shared::training::{EditionFilter, UnitEnrolmentFilter};

/// Who of my units takes part where.
#[component]
pub fn UnitPeople() -> impl IntoView {
    let session = session();
    let units: Vec<UnitId> = session.me.with_untracked(|me| {
        let abilities = me.as_ref().map(|me| me.abilities.clone()).unwrap_or_default();
        let own = abilities.into_iter().filter(|ability| ability.permission == Permission::ViewUnitEnrolments);
        own.filter_map(|ability| if let Scope::Unit(id) = ability.scope { Some(id) } else { None }).collect()
    });
    let tables = units.into_iter().map(|unit| view! { <UnitTable unit /> }).collect_view();
    view! { <Page title=Signal::derive(move || t("common-unit-people"))>{tables}</Page> }
}

#[component]
fn UnitTable(unit: UnitId) -> impl IntoView {
    let session = session();
    let rows = LocalResource::new(move || async move {
        session
            .call(move |client| async move {
                let filter = UnitEnrolmentFilter { unit_id: unit, cursor: None, limit: Some(200) };
                let people = client.list_unit_enrolments(&filter).await?;
                let editions = client.list_editions(&EditionFilter { limit: Some(200), ..EditionFilter::default() }).await?;
                let unit = client.get_unit(unit).await?;
                Ok((unit, people.items, editions.items))
            })
            .await
    });
    load(rows, |(unit, people, editions)| {
        if people.is_empty() {
            return empty("start-no-people", "start-no-people-help", None).into_any();
        }
        let lines = people
            .into_iter()
            .map(|person| {
                let edition = editions.iter().find(|row| row.edition.id == person.edition_id).map(|row| (row.edition.season, row.edition.year));
                let name = move || edition.map(|(season, year)| format!("{} {year}", t(&format!("training-season-{season}"))));
                view! { <tr><th scope="row">{person.name}</th><td>{person.unit_name}</td><td><a class="ds-link" href=paths::edition(person.edition_id)>{name}</a></td></tr> }
            })
            .collect_view();
        view! {
            <section class="section">
                <h2 class="ds-heading" data-size="sm">{unit.name.clone()}</h2>
                <div class="table-wrap" tabindex="0" role="region" aria-label=unit.name>
                    <table class="ds-table">
                        <thead><tr><th scope="col">{tr!("start-person")}</th><th scope="col">{tr!("start-unit")}</th><th scope="col">{tr!("start-edition")}</th></tr></thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_any()
    })
}
