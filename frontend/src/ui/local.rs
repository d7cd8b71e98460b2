//! A text in three languages while it is written. Finnish must be there; a missing translation is marked.

use crate::session::word;
use crate::tr;
use crate::ui::field::{Line, filled};
use crate::ui::form::FormState;
use crate::ui::icon;
use leptos::prelude::*;
use shared::{Lang, LocalText};

/// What is written.
#[derive(Clone, Copy, Default)]
pub struct LocalDraft {
    fi: RwSignal<String>,
    sv: RwSignal<String>,
    en: RwSignal<String>,
}

impl LocalDraft {
    /// Starts from a text.
    pub fn new(text: &LocalText) -> Self {
        let draft = Self::default();
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

/// A text shown with all its languages, for comparing.
pub fn whole_text(text: &LocalText) -> String {
    [Some(&text.fi), text.sv.as_ref(), text.en.as_ref()].into_iter().flatten().cloned().collect::<Vec<_>>().join(" / ")
}

/// The fields of a text in three languages.
#[component]
pub fn LocalField(
    form: FormState,
    /// JSON pointer of the text. Faults are about the text, so they stand at its Finnish.
    #[prop(into)]
    pointer: String,
    #[prop(into)] label: Signal<String>,
    draft: LocalDraft,
    #[prop(optional)] tall: bool,
) -> impl IntoView {
    let line = |lang: Lang, value: RwSignal<String>| {
        let own = if lang == Lang::Fi { pointer.clone() } else { format!("{pointer}/{lang}") };
        let name = Signal::derive(move || word("common-lang", lang.as_str()));
        let missing =
            move || lang != Lang::Fi && value.with(|text| text.trim().is_empty()) && draft.fi.with(|text| !text.trim().is_empty());
        let note = move || {
            missing()
                .then(|| view! { <span class="status" data-color="warning">{icon("languages")} {tr!("common-missing-translation")}</span> })
        };
        Line { tall, lang: Some(lang), note: Some(note.into_any()), ..Line::new(form, own, name, value) }.view()
    };
    let lines = [line(Lang::Fi, draft.fi), line(Lang::Sv, draft.sv), line(Lang::En, draft.en)];
    view! {
        <fieldset class="ds-fieldset local">
            <legend class="ds-label" data-weight="medium">{move || label.get()}</legend>
            <div class="local-lines">{lines.into_iter().collect_view()}</div>
        </fieldset>
    }
}
