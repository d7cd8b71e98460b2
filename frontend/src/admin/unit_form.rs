//! A unit, new or old: its name, what it works in and where it stands in the tree.

use super::kit;
use crate::session::{session, t};
use crate::ui::form::Difference;
use crate::ui::{Conflict, Form, FormState, Select, TextField};
use leptos::prelude::*;
use shared::identity::{NewUnit, Organisation, Sector, Unit, UnitChanges};
use shared::{OrganisationId, UnitId};

fn parent_name(units: &[Unit], id: &str) -> String {
    units.iter().find(|unit| unit.id.to_string() == id).map_or_else(|| t("identity-unit-top"), |unit| unit.name.clone())
}

fn id_text(id: Option<UnitId>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

/// The form in the dialog; `old` is the unit that is changed, if any.
#[component]
pub fn UnitForm(old: Option<Unit>, organisations: Vec<Organisation>, units: Vec<Unit>, saved: Callback<()>) -> impl IntoView {
    let session = session();
    let form = FormState::default();
    let is_new = old.is_none();
    let own_id = old.as_ref().map(|old| old.id);
    let first = organisations.first().map(|organisation| organisation.id);
    let organisation = RwSignal::new(old.as_ref().map(|old| old.organisation_id).or(first).map(|id| id.to_string()).unwrap_or_default());
    let parent = RwSignal::new(id_text(old.as_ref().and_then(|old| old.parent_id)));
    let name = RwSignal::new(old.as_ref().map(|old| old.name.clone()).unwrap_or_default());
    let sector = RwSignal::new(old.as_ref().map_or(Sector::Health, |old| old.sector).to_string());
    let municipality = RwSignal::new(old.as_ref().map(|old| old.municipality.clone()).unwrap_or_default());
    let base = RwSignal::new(old);
    let units = StoredValue::new(units);
    let of_organisations: Vec<(String, String)> = organisations.into_iter().map(|one| (one.id.to_string(), one.name)).collect();

    Effect::new(move |_| {
        let Some(id) = form.stale.get().then_some(own_id).flatten() else { return };
        leptos::task::spawn_local(async move {
            if let Ok(theirs) = session.call(move |client| async move { client.get_unit(id).await }).await {
                base.set(Some(theirs));
            }
        });
    });
    // A unit above must be of the same organisation, so choosing another organisation starts from the top.
    Effect::new(move |before: Option<String>| {
        let now = organisation.get();
        if before.is_some_and(|before| before != now) {
            parent.set(String::new());
        }
        now
    });
    let parents = Signal::derive(move || {
        let within = organisation.get();
        let mut options = vec![(String::new(), t("identity-unit-top"))];
        units.with_value(|units| {
            let others = units.iter().filter(|unit| unit.organisation_id.to_string() == within && Some(unit.id) != own_id);
            options.extend(others.map(|unit| (unit.id.to_string(), unit.name.clone())));
        });
        options
    });
    let save = Callback::new(move |()| {
        let (Ok(organisation_id), Ok(sector)) = (organisation.get_untracked().parse::<OrganisationId>(), sector.get_untracked().parse())
        else {
            return;
        };
        let new = NewUnit {
            organisation_id,
            parent_id: parent.get_untracked().parse().ok(),
            name: name.get_untracked().trim().to_owned(),
            sector,
            municipality: municipality.get_untracked().trim().to_owned(),
        };
        if !form.check(&new) {
            return;
        }
        let old = base.get_untracked().map(|base| (base.id, base.version));
        let call = async move {
            match old {
                None => {
                    session
                        .call(|client| {
                            let new = new.clone();
                            async move { client.create_unit(&new).await }
                        })
                        .await
                }
                Some((id, version)) => {
                    let changes = UnitChanges {
                        parent_id: Some(new.parent_id),
                        name: Some(new.name),
                        sector: Some(new.sector),
                        municipality: Some(new.municipality),
                    };
                    session
                        .call(|client| {
                            let changes = changes.clone();
                            async move { client.update_unit(id, version, &changes).await }
                        })
                        .await
                }
            }
        };
        form.send(call, move |_| saved.run(()));
    });
    let take = Callback::new(move |()| {
        if let Some(theirs) = base.get_untracked() {
            name.set(theirs.name);
            parent.set(id_text(theirs.parent_id));
            sector.set(theirs.sector.to_string());
            municipality.set(theirs.municipality);
        }
    });
    let differences = Signal::derive(move || {
        let Some(theirs) = base.get() else { return Vec::new() };
        let above = |id: &str| units.with_value(|units| parent_name(units, id));
        let all = [
            Difference { name: t("identity-name"), mine: name.get(), theirs: theirs.name },
            Difference { name: t("identity-unit-parent"), mine: above(&parent.get()), theirs: above(&id_text(theirs.parent_id)) },
            Difference {
                name: t("identity-sector"),
                mine: kit::words("identity-sector", &sector.get()),
                theirs: kit::words("identity-sector", theirs.sector.as_str()),
            },
            Difference { name: t("identity-municipality"), mine: municipality.get(), theirs: theirs.municipality },
        ];
        all.into_iter().filter(|row| row.mine != row.theirs).collect()
    });
    let sectors = Signal::derive(|| kit::choices("identity-sector", Sector::ALL.iter().map(|sector| sector.as_str())));
    let of_organisation = is_new.then(|| {
        view! { <Select form pointer="/organisation_id" label="identity-organisation" value=organisation options=Signal::stored(of_organisations) /> }
    });
    view! {
        <Form form submit="identity-save" on_submit=save>
            {of_organisation}
            <TextField form pointer="/name" label="identity-name" value=name />
            <Select form pointer="/parent_id" label="identity-unit-parent" value=parent options=parents />
            <Select form pointer="/sector" label="identity-sector" value=sector options=sectors />
            <TextField form pointer="/municipality" label="identity-municipality" value=municipality />
        </Form>
        <Conflict form differences keep_mine=save take_theirs=take />
    }
}
