//! A unit, new or old: its name, what it works in and where it stands in the tree.

use super::places::id_text;
use crate::session::{session, t, word};
use crate::ui::field::{choices, chosen};
use crate::ui::{Draft, Editing, Field, Form, FormState, Select, TextField, edit};
use leptos::prelude::*;
use shared::identity::{NewUnit, Organisation, Sector, Unit, UnitChanges};
use shared::problem::Fault;

const SECTOR: &str = "identity-sector";

#[derive(Clone, Copy)]
struct Written {
    organisation: RwSignal<String>,
    parent: RwSignal<String>,
    name: RwSignal<String>,
    sector: RwSignal<String>,
    municipality: RwSignal<String>,
    units: StoredValue<Vec<Unit>>,
}

impl Written {
    fn new(units: Vec<Unit>) -> Self {
        let text = RwSignal::<String>::default;
        let sector = RwSignal::new(Sector::Health.to_string());
        Self { organisation: text(), parent: text(), name: text(), sector, municipality: text(), units: StoredValue::new(units) }
    }

    /// The name of the unit above. Reactive.
    fn above(self, id: &str) -> String {
        let known = self.units.with_value(|units| units.iter().find(|unit| unit.id.to_string() == id).map(|unit| unit.name.clone()));
        known.unwrap_or_else(|| t("identity-unit-top"))
    }

    /// The units that can be above: of the same organisation, and not itself.
    fn parents(self, own: Option<Unit>) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || {
            let within = self.organisation.get();
            let fits = |unit: &&Unit| unit.organisation_id.to_string() == within && own.as_ref().is_none_or(|own| own.id != unit.id);
            let named = |unit: &Unit| (unit.id.to_string(), unit.name.clone());
            let top = std::iter::once((String::new(), t("identity-unit-top")));
            self.units.with_value(|units| top.chain(units.iter().filter(fits).map(named)).collect())
        })
    }
}

impl Draft for Written {
    type Thing = Unit;
    type New = NewUnit;

    fn written(self) -> Result<NewUnit, Vec<Fault>> {
        let Ok(organisation_id) = self.organisation.get_untracked().parse() else {
            return Err(vec![Fault::new("/organisation_id", "required", None)]);
        };
        Ok(NewUnit {
            organisation_id,
            parent_id: self.parent.get_untracked().parse().ok(),
            name: self.name.get_untracked().trim().to_owned(),
            sector: chosen(self.sector, Sector::Other),
            municipality: self.municipality.get_untracked().trim().to_owned(),
        })
    }

    fn fields(self, unit: &Unit) -> Vec<Field> {
        vec![
            Field::text("identity-organisation", self.organisation, unit.organisation_id.to_string()),
            Field::text("identity-name", self.name, &unit.name),
            Field::code("identity-unit-parent", self.parent, id_text(unit.parent_id), |id| self.above(id)),
            Field::code("identity-sector", self.sector, unit.sector.as_str(), |code| word(SECTOR, code)),
            Field::text("identity-municipality", self.municipality, &unit.municipality),
        ]
    }
}

/// The form in the dialog; `old` is the unit that is changed, if any.
#[component]
pub fn UnitForm(old: Option<Unit>, organisations: Vec<Organisation>, units: Vec<Unit>, saved: Callback<()>) -> impl IntoView {
    let (session, form) = (session(), FormState::default());
    let draft = Written::new(units);
    draft.organisation.set(organisations.first().map(|first| first.id.to_string()).unwrap_or_default());
    let own = old.clone();
    let write = move |new: NewUnit, old: Option<&Unit>| match old {
        None => session.send(new, |client, new| async move { client.create_unit(&new).await }),
        Some(&Unit { id, version, .. }) => {
            let (parent_id, name) = (Some(new.parent_id), Some(new.name));
            let changes = UnitChanges { parent_id, name, sector: Some(new.sector), municipality: Some(new.municipality) };
            session.send(changes, move |client, changes| async move { client.update_unit(id, version, &changes).await })
        }
    };
    let read = move |&Unit { id, .. }: &Unit| session.call(move |client| async move { client.get_unit(id).await });
    let Editing { save, conflict } = edit(form, draft, old, write, read, move |_| saved.run(()));
    // A unit above must be of the same organisation, so choosing another organisation starts from the top.
    Effect::new(move |before: Option<String>| {
        let now = draft.organisation.get();
        if before.is_some_and(|before| before != now) {
            draft.parent.set(String::new());
        }
        now
    });
    let of_organisation = own.is_none().then(|| {
        let options: Vec<(String, String)> = organisations.into_iter().map(|one| (one.id.to_string(), one.name)).collect();
        view! { <Select form pointer="/organisation_id" label="identity-organisation" value=draft.organisation options=Signal::stored(options) /> }
    });
    let sectors = choices(SECTOR, Sector::ALL.iter().map(|sector| sector.as_str()));
    view! {
        <Form form submit="common-save" on_submit=save>
            {of_organisation}
            <TextField form pointer="/name" label="identity-name" value=draft.name />
            <Select form pointer="/parent_id" label="identity-unit-parent" value=draft.parent options=draft.parents(own) />
            <Select form pointer="/sector" label="identity-sector" value=draft.sector options=sectors />
            <TextField form pointer="/municipality" label="identity-municipality" value=draft.municipality />
        </Form>
        {conflict}
    }
}
