//! Fields that the forms of the training share: texts in three languages, numbers, and what somebody else wrote meanwhile.

use crate::session::{Session, session, t};
use crate::tr;
use crate::ui::field::field_id;
use crate::ui::form::{Difference, FormState};
use crate::ui::{Select, TextField, icon};
use leptos::prelude::*;
use shared::client::{Called, Client};
use shared::page::{Page as Part, Paging};
use shared::training::{EditionStatus, Season};
use shared::{Lang, LocalText};
use std::future::Future;

/// A text in three languages while it is written.
#[derive(Clone, Copy)]
pub struct LocalDraft {
    fi: RwSignal<String>,
    sv: RwSignal<String>,
    en: RwSignal<String>,
}

impl LocalDraft {
    /// Starts from a text.
    pub fn new(text: &LocalText) -> Self {
        let draft = Self { fi: RwSignal::default(), sv: RwSignal::default(), en: RwSignal::default() };
        draft.set(text);
        draft
    }

    /// Replaces what is written.
    pub fn set(self, text: &LocalText) {
        self.fi.set(text.fi.clone());
        self.sv.set(text.sv.clone().unwrap_or_default());
        self.en.set(text.en.clone().unwrap_or_default());
    }

    /// What is written; a blank translation is none.
    pub fn value(self) -> LocalText {
        LocalText { fi: self.fi.get_untracked().trim().to_owned(), sv: filled(self.sv), en: filled(self.en) }
    }
}

/// What is written in a field that may be left empty.
pub fn filled(value: RwSignal<String>) -> Option<String> {
    let text = value.get_untracked().trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// A text shown with all its languages, for comparing.
pub fn whole_text(text: &LocalText) -> String {
    [Some(&text.fi), text.sv.as_ref(), text.en.as_ref()].into_iter().flatten().cloned().collect::<Vec<_>>().join(" / ")
}

/// A text in three languages, with a mark where a translation is missing.
#[component]
pub fn LocalField(
    form: FormState,
    /// JSON pointer of the text.
    #[prop(into)]
    pointer: String,
    #[prop(into)] label: Signal<String>,
    draft: LocalDraft,
    #[prop(optional)] tall: bool,
) -> impl IntoView {
    let lines = [(Lang::Fi, draft.fi), (Lang::Sv, draft.sv), (Lang::En, draft.en)].map(|(lang, value)| {
        let pointer = format!("{pointer}/{lang}");
        let name = Signal::derive(move || t(lang_key(lang)));
        let missing =
            move || lang != Lang::Fi && value.with(|text| text.trim().is_empty()) && draft.fi.with(|text| !text.trim().is_empty());
        view! { <LineField form pointer label=name value lang tall missing=Signal::derive(missing) /> }
    });
    view! {
        <fieldset class="ds-fieldset">
            <legend class="ds-label" data-weight="medium">{move || label.get()}</legend>
            {lines.into_iter().collect_view()}
        </fieldset>
    }
}

const fn lang_key(lang: Lang) -> &'static str {
    match lang {
        Lang::Fi => "training-in-finnish",
        Lang::Sv => "training-in-swedish",
        Lang::En => "training-in-english",
    }
}

/// One line whose place in the form is not known beforehand; a text is in a language.
#[component]
pub fn LineField(
    form: FormState,
    pointer: String,
    label: Signal<String>,
    value: RwSignal<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] lang: Option<Lang>,
    #[prop(optional)] tall: bool,
    #[prop(optional)] missing: Signal<bool>,
) -> impl IntoView {
    let lang = lang.map(Lang::as_str);
    let id = field_id(&pointer);
    let fault_id = format!("{id}-fault");
    let fault = Signal::derive(move || {
        let shown = session().lang.get();
        form.faults.with(|faults| {
            faults.iter().filter(|fault| fault.pointer == pointer).map(|fault| fault.sentence(shown)).collect::<Vec<_>>().join(" ")
        })
    });
    let invalid = move || (!fault.get().is_empty()).then_some("true");
    let input = if tall {
        view! {
            <textarea class="ds-input" rows="3" lang=lang id=id.clone() aria-describedby=fault_id.clone() aria-invalid=invalid
                prop:value=move || value.get() on:input:target=move |event| value.set(event.target().value())></textarea>
        }
        .into_any()
    } else {
        view! {
            <input class="ds-input" type=kind autocomplete="off" lang=lang id=id.clone() aria-describedby=fault_id.clone() aria-invalid=invalid
                prop:value=move || value.get() on:input:target=move |event| value.set(event.target().value()) />
        }
        .into_any()
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id>
                {move || label.get()} " "
                {move || missing.get().then(|| view! { <span class="status" data-color="warning">{icon("languages")} {tr!("training-missing-translation")}</span> })}
            </label>
            {input}
            <p class="ds-validation-message" id=fault_id>{move || fault.get()}</p>
        </div>
    }
}

/// What is said of an edition while it is written.
#[derive(Clone, Copy)]
pub struct EditionDraft {
    pub number: RwSignal<String>,
    pub season: RwSignal<String>,
    pub year: RwSignal<String>,
    pub places: RwSignal<String>,
    pub status: RwSignal<String>,
}

impl EditionDraft {
    /// Starts from these values.
    pub fn new(number: i64, season: Season, year: i64, places: i64, status: EditionStatus) -> Self {
        Self {
            number: RwSignal::new(number.to_string()),
            season: RwSignal::new(season.to_string()),
            year: RwSignal::new(year.to_string()),
            places: RwSignal::new(places.to_string()),
            status: RwSignal::new(status.to_string()),
        }
    }

    /// The season chosen.
    pub fn season(self) -> Season {
        self.season.get_untracked().parse().unwrap_or(Season::Spring)
    }

    /// The status chosen.
    pub fn status(self) -> EditionStatus {
        self.status.get_untracked().parse().unwrap_or(EditionStatus::Planned)
    }
}

/// The number written; what is no number breaks the field's bounds and is told so.
pub fn number(value: RwSignal<String>) -> i64 {
    value.get_untracked().trim().parse().unwrap_or(-1)
}

/// The fields of an edition. A copy has neither places nor status of its own.
#[component]
pub fn EditionFields(form: FormState, draft: EditionDraft, #[prop(optional)] short: bool) -> impl IntoView {
    view! {
        <TextField form pointer="/number" label="training-field-number" hint="training-field-number-hint" kind="number" value=draft.number />
        <Select form pointer="/season" label="training-field-season" value=draft.season options=super::super::words::season_options() />
        <TextField form pointer="/year" label="training-field-year" kind="number" value=draft.year />
        {(!short).then(|| view! {
            <TextField form pointer="/places" label="training-field-places" kind="number" value=draft.places />
            <Select form pointer="/status" label="training-field-status" value=draft.status options=super::super::words::status_options() />
        })}
    }
}

/// Reads a thing anew when somebody else turns out to have changed it.
pub fn theirs<T, F, Fut>(form: FormState, session: Session, read: F) -> RwSignal<Option<T>>
where
    T: Send + Sync + 'static,
    F: Fn(Client) -> Fut + Clone + 'static,
    Fut: Future<Output = Called<T>> + 'static,
{
    let theirs = RwSignal::new(None);
    Effect::new(move |_| {
        if form.stale.get() {
            let read = read.clone();
            leptos::task::spawn_local(async move {
                match session.call(read).await {
                    Ok(value) => theirs.set(Some(value)),
                    Err(error) => {
                        form.stale.set(false);
                        form.failure.set(Some(error));
                    }
                }
            });
        }
    });
    theirs
}

/// A row of the comparison, when mine and theirs differ.
pub fn differs(key: &str, mine: String, theirs: String) -> Option<Difference> {
    (mine != theirs).then(|| Difference { name: t(key), mine, theirs })
}

/// Says in the status region what was done. For callbacks, which run outside the reactive graph.
pub fn say(session: Session, key: &str) {
    session.say(session.lang.get_untracked().text(key));
}

/// A whole list, page after page.
pub async fn all<T, F, Fut>(session: Session, read: F) -> Called<Vec<T>>
where
    F: Fn(Client, Paging) -> Fut,
    Fut: Future<Output = Called<Part<T>>>,
{
    let (mut items, mut cursor) = (Vec::new(), None);
    loop {
        let paging = Paging { cursor, limit: Some(shared::page::MAX_LIMIT) };
        let part = session.call(|client| read(client, paging.clone())).await?;
        items.extend(part.items);
        cursor = part.next_cursor;
        if cursor.is_none() {
            return Ok(items);
        }
    }
}
