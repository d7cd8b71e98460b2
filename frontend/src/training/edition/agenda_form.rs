//! The agenda of a contact day as it is written.

use super::fields::{LineField, LocalDraft, LocalField, number};
use crate::session::{session, t, tv};
use crate::tr;
use crate::training::words::kind_words;
use crate::ui::{FormState, icon};
use leptos::prelude::*;
use shared::LocalText;
use shared::training::{AgendaItem, AgendaKind};

/// One item of the agenda while it is written.
#[derive(Clone, Copy)]
pub struct Row {
    kind: RwSignal<String>,
    title: LocalDraft,
    minutes: RwSignal<String>,
}

impl Row {
    /// Starts from an item.
    pub fn new(item: &AgendaItem) -> Self {
        Self {
            kind: RwSignal::new(item.kind.to_string()),
            title: LocalDraft::new(&item.title),
            minutes: RwSignal::new(item.minutes.to_string()),
        }
    }

    fn blank() -> Self {
        Self::new(&AgendaItem { kind: AgendaKind::Theory, title: LocalText::default(), minutes: 45 })
    }

    /// What is written.
    pub fn value(self) -> AgendaItem {
        let kind = self.kind.get_untracked().parse().unwrap_or(AgendaKind::Theory);
        AgendaItem { kind, title: self.title.value(), minutes: number(self.minutes) }
    }
}

/// The items, each of which can be taken away, and the button that adds one.
pub fn agenda(form: FormState, rows: RwSignal<Vec<Row>>) -> impl IntoView {
    let one = move |position: usize, row: Row| {
        let which = move || tv("training-agenda-item", &[("number", &(position + 1).to_string())]);
        let id = format!("agenda-kind-{position}");
        let kinds = move || {
            let (lang, chosen) = (session().lang.get(), row.kind.get());
            AgendaKind::ALL
                .iter()
                .map(|kind| view! { <option value=kind.as_str() selected=kind.as_str() == chosen>{kind_words(*kind, lang)}</option> })
                .collect_view()
        };
        let remove = move |_| {
            rows.update(|rows| {
                rows.remove(position);
            });
        };
        view! {
            <li class="ds-card">
                <LocalField form pointer=format!("/agenda/{position}/title") label=Signal::derive(which) draft=row.title />
                <div class="ds-field">
                    <label class="ds-label" for=id.clone()>{tr!("training-col-kind")}</label>
                    <select class="ds-input" id=id on:change:target=move |event| row.kind.set(event.target().value())>{kinds}</select>
                </div>
                <LineField form pointer=format!("/agenda/{position}/minutes") label=Signal::derive(|| t("training-field-minutes")) value=row.minutes kind="number" />
                <button class="ds-button" data-variant="tertiary" type="button" on:click=remove>{icon("trash-2")} {move || format!("{}: {}", t("training-remove"), which())}</button>
            </li>
        }
    };
    view! {
        <fieldset class="ds-fieldset">
            <legend class="ds-label" data-weight="medium">{tr!("training-agenda")}</legend>
            <ol class="card-list">{move || rows.get().into_iter().enumerate().map(|(position, row)| one(position, row)).collect_view()}</ol>
            <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| rows.update(|rows| rows.push(Row::blank()))>{icon("plus")} {tr!("training-add-agenda-item")}</button>
        </fieldset>
    }
}
