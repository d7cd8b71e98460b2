//! The agenda of a contact day as it is written.

use crate::session::{t, tv};
use crate::tr;
use crate::ui::field::{Line, choices, chosen, number};
use crate::ui::local::{LocalDraft, LocalField};
use crate::ui::{FormState, Select, icon};
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
        AgendaItem { kind: chosen(self.kind, AgendaKind::Theory), title: self.title.value(), minutes: number(self.minutes) }
    }
}

/// The items, each of which can be taken away, and the button that adds one.
pub fn agenda(form: FormState, rows: RwSignal<Vec<Row>>) -> impl IntoView {
    let one = move |position: usize, row: Row| {
        let which = move || tv("training-agenda-item", &[("number", &(position + 1).to_string())]);
        let kinds = choices("training-kind", AgendaKind::ALL.iter().map(|kind| kind.as_str()));
        let minutes =
            Line { kind: "number", ..Line::new(form, format!("/agenda/{position}/minutes"), tr!("training-field-minutes"), row.minutes) };
        let remove = move |_| {
            rows.update(|rows| {
                rows.remove(position);
            });
        };
        view! {
            <li class="ds-card">
                <LocalField form pointer=format!("/agenda/{position}/title") label=Signal::derive(which) draft=row.title />
                <div class="cols">
                    <Select form pointer=format!("/agenda/{position}/kind") label="training-col-kind" value=row.kind options=kinds />
                    {minutes.view()}
                </div>
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
