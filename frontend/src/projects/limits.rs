//! How many projects may be in each column at once.

use super::state::State;
use crate::session::{t, word};
use crate::tr;
use crate::ui::field::{Line, filled};
use crate::ui::{Dialog, Form, FormState, icon};
use leptos::prelude::*;
use shared::problem::Fault;
use shared::projects::{BoardLimit, ProjectStage};

/// The button with its dialog.
#[component]
pub fn Limits(state: State) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <button class="ds-button" data-variant="tertiary" type="button" on:click=move |_| open.set(true)>{icon("settings")} {tr!("projects-limits")}</button>
        <Dialog open title_key="projects-limits"><LimitForm state open /></Dialog>
    }
}

/// What is written for a stage: none for no bound, an error for what is no number.
fn written(stage: ProjectStage, value: RwSignal<String>) -> Result<BoardLimit, Fault> {
    let limit = match filled(value) {
        None => None,
        Some(text) => {
            let bad = || Fault::new(format!("/{stage}"), "out_of_range", Some("1\u{2013}10000"));
            Some(text.parse::<i64>().ok().filter(|limit| (1..=10_000).contains(limit)).ok_or_else(bad)?)
        }
    };
    Ok(BoardLimit { stage, limit })
}

#[component]
fn LimitForm(state: State, open: RwSignal<bool>) -> impl IntoView {
    let (session, form) = (state.session, FormState::default());
    let now = |stage: ProjectStage| untrack(|| state.column(stage, |column| column.limit)).flatten();
    let fields: Vec<_> = ProjectStage::ALL
        .iter()
        .map(|stage| (*stage, now(*stage), RwSignal::new(now(*stage).map(|limit| limit.to_string()).unwrap_or_default())))
        .collect();
    let kept = StoredValue::new(fields.clone());
    let save = Callback::new(move |()| {
        let (mut changed, mut faults) = (Vec::new(), Vec::new());
        kept.with_value(|fields| {
            for (stage, before, value) in fields {
                match written(*stage, *value) {
                    Ok(limit) if limit.limit != *before => changed.push(limit),
                    Ok(_) => {}
                    Err(fault) => faults.push(fault),
                }
            }
        });
        if !faults.is_empty() {
            return form.refuse(faults);
        }
        let call = async move {
            for limit in changed {
                session.send(limit, |client, limit| async move { client.set_board_limit(&limit).await }).await?;
            }
            Ok(())
        };
        form.send(call, move |()| {
            open.set(false);
            session.say("projects-limits-saved");
            state.read.reread();
        });
    });
    let lines = fields
        .into_iter()
        .map(|(stage, _, value)| {
            let label = Signal::derive(move || word("projects-stage", stage.as_str()));
            Line { digits: true, ..Line::new(form, format!("/{stage}"), label, value) }.view()
        })
        .collect_view();
    view! {
        <p class="ds-paragraph">{t("projects-limits-help")}</p>
        <Form form submit="common-save" on_submit=save><div class="cols-3 cols">{lines}</div></Form>
    }
}
