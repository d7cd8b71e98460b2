//! What is said of an edition while it is written: in its own form, in a copy's, in a new one's.

use crate::session::word;
use crate::ui::field::{choices, chosen, number};
use crate::ui::{Draft, Field, FormState, Select, TextField};
use leptos::prelude::*;
use shared::ProgrammeId;
use shared::problem::Fault;
use shared::training::{Edition, EditionStatus, NewEdition, Season};

const SEASON: &str = "training-season";
const STATUS: &str = "training-status";

/// The fields.
#[derive(Clone, Copy)]
pub struct EditionDraft {
    programme: ProgrammeId,
    pub number: RwSignal<String>,
    season: RwSignal<String>,
    pub year: RwSignal<String>,
    places: RwSignal<String>,
    status: RwSignal<String>,
}

impl EditionDraft {
    /// Starts as one that is planned for the spring.
    pub fn new(programme: ProgrammeId, number: i64, year: i64, places: i64) -> Self {
        let text = |text: String| RwSignal::new(text);
        Self {
            programme,
            number: text(number.to_string()),
            season: text(Season::Spring.to_string()),
            year: text(year.to_string()),
            places: text(places.to_string()),
            status: text(EditionStatus::Planned.to_string()),
        }
    }

    /// What is written, whether or not it keeps the rules.
    pub fn value(self) -> NewEdition {
        NewEdition {
            programme_id: self.programme,
            number: number(self.number),
            season: chosen(self.season, Season::Spring),
            year: number(self.year),
            places: number(self.places),
            status: chosen(self.status, EditionStatus::Planned),
        }
    }
}

impl Draft for EditionDraft {
    type Thing = Edition;
    type New = NewEdition;

    fn written(self) -> Result<NewEdition, Vec<Fault>> {
        Ok(self.value())
    }

    fn fields(self, edition: &Edition) -> Vec<Field> {
        vec![
            Field::text("training-field-number", self.number, edition.number.to_string()),
            Field::code("training-field-season", self.season, edition.season.as_str(), |code| word(SEASON, code)),
            Field::text("training-field-year", self.year, edition.year.to_string()),
            Field::text("training-field-places", self.places, edition.places.to_string()),
            Field::code("training-field-status", self.status, edition.status.as_str(), |code| word(STATUS, code)),
        ]
    }
}

/// The fields on screen. A copy has neither places nor status of its own.
#[component]
pub fn EditionFields(form: FormState, draft: EditionDraft, #[prop(optional)] short: bool) -> impl IntoView {
    let seasons = choices(SEASON, Season::ALL.iter().map(|season| season.as_str()));
    let states = choices(STATUS, EditionStatus::ALL.iter().map(|status| status.as_str()));
    view! {
        <TextField form pointer="/number" label="training-field-number" hint="training-field-number-hint" kind="number" value=draft.number />
        <Select form pointer="/season" label="training-field-season" value=draft.season options=seasons />
        <TextField form pointer="/year" label="training-field-year" kind="number" value=draft.year />
        {(!short).then(|| view! {
            <TextField form pointer="/places" label="training-field-places" kind="number" value=draft.places />
            <Select form pointer="/status" label="training-field-status" value=draft.status options=states />
        })}
    }
}
