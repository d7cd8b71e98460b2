//! One project on the board.

use super::state::{Held, State, card_id, menu_id};
use super::time::{age_words, bar, left_view};
use crate::paths;
use crate::session::{session, tv, word};
use crate::ui::icon;
use jiff::Timestamp;
use leptos::prelude::*;
use shared::ProjectId;
use shared::projects::{ProjectStage, ProjectSummary};
use web_sys::{DragEvent, FocusEvent};

/// What stands for a name where there is little room.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

/// People by their initials; their names are heard and shown on pointing.
pub fn people(names: &[String]) -> AnyView {
    let one = |name: &String| view! { <span class="initials" title=name.clone() aria-hidden="true">{initials(name)}</span> };
    view! { <span class="people">{names.iter().take(3).map(one).collect_view()}</span> }.into_any()
}

/// The card.
#[component]
pub fn Card(state: State, id: ProjectId) -> impl IntoView {
    let own = Memo::new(move |_| state.card(id));
    let title = move || own.with(|card| card.as_ref().map(|card| card.title.clone()));
    let lang = move || own.with(|card| card.as_ref().map(|card| card.lang.as_str()));
    let held = move || state.held.get().is_some_and(|held: Held| held.id == id);
    let waits = move || state.mover.pending.with(|pending| pending.iter().any(|(own, _)| *own == id)).then_some("true");
    let drag = move |event: DragEvent| {
        if let (Some(data), Some(stage)) = (event.data_transfer(), own.with_untracked(|card| card.as_ref().map(|card| card.stage))) {
            let _ = data.set_data("text/plain", &id.to_string());
            data.set_effect_allowed("move");
            state.dragged.set(Some((id, stage)));
        }
    };
    let drop = move |_| {
        state.dragged.set(None);
        state.over.set(None);
    };
    let left = move |event: FocusEvent| {
        // Gone with the card itself, the focus comes back with it.
        if event.related_target().is_some() && state.focus.get_untracked() == Some(id) {
            state.focus.set(None);
        }
    };
    let named = move || tv("projects-move-named", &[("title", &title().unwrap_or_default())]);
    view! {
        <li class="board-card" draggable="true" class:held=held class:overdue=move || own.with(|card| card.as_ref().is_some_and(|card| is_over(card, state.now.get())))
            aria-busy=waits on:dragstart=drag on:dragend=drop on:focusin=move |_| state.focus.set(Some(id)) on:focusout=left>
            <a class="card-title" id=card_id(id) href=paths::project(id) lang=lang draggable="false">{title}</a>
            {move || own.get().map(|card| about(state, &card))}
            <button class="ds-button card-menu" data-variant="tertiary" data-size="sm" type="button" id=menu_id(id) aria-haspopup="menu" aria-label=named
                on:click=move |_| state.open_menu(id)>{icon("ellipsis")}</button>
        </li>
    }
}

fn is_over(card: &ProjectSummary, now: Timestamp) -> bool {
    card.clock.due_at.is_some_and(|due| due < now)
}

/// Everything under the title. Holds nothing that takes the focus, so that it may be drawn anew. Reactive.
fn about(state: State, card: &ProjectSummary) -> AnyView {
    let (now, lang) = (state.now.get(), session().lang.get());
    let edition = card
        .edition_id
        .and_then(|id| state.places.map(|places| places.as_ref().ok().and_then(|places| places.edition(id, lang))).flatten());
    let whose = [card.group_name.clone().or_else(|| card.unit_name.clone()), edition].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let labels = card.labels.iter().map(|label| view! { <li class="label">{label.clone()}</li> }).collect_view();
    let names = card.assigned.join(", ");
    let assigned = (!names.is_empty()).then(|| view! { <span class="sr-only">{tv("projects-assigned-to", &[("names", &names)])}</span> });
    view! {
        <p class="small">{whose}</p>
        {(!card.labels.is_empty()).then(|| view! { <ul class="labels">{labels}</ul> })}
        {bar(&card.clock, now)}
        <p class="card-state">{status(card, now)}</p>
        <div class="card-foot small">{counts(card, now)} {assigned} {people(&card.assigned)}</div>
    }
    .into_any()
}

/// How it stands with the stage in which the project is. Reactive.
fn status(card: &ProjectSummary, now: Timestamp) -> AnyView {
    let units = || {
        let (used, asked) = (card.facts.in_use_unit_count.to_string(), card.facts.asked_unit_count.to_string());
        let words = match card.facts.asked_unit_count {
            0 => word("projects-stage", card.stage.as_str()),
            _ => tv("projects-units", &[("used", &used), ("asked", &asked)]),
        };
        view! { <span class="status" data-color="success">{icon("circle-check")} " " {words}</span> }.into_any()
    };
    match card.stage {
        ProjectStage::Waiting => {
            let reason = card.waiting_reason.map(|reason| word("projects-waiting", reason.as_str())).unwrap_or_default();
            view! { <span class="status" data-color="neutral">{icon("circle-pause")} " " {reason}</span> }.into_any()
        }
        ProjectStage::InUse => units(),
        ProjectStage::Continued => {
            view! { <span class="status" data-color="neutral">{icon("arrow-right")} " " {word("projects-stage", "continued")}</span> }
                .into_any()
        }
        ProjectStage::Stopped => {
            view! { <span class="status" data-color="neutral">{icon("circle-slash")} " " {word("projects-stage", "stopped")}</span> }
                .into_any()
        }
        stage => left_view(stage, &card.clock, now).unwrap_or_else(|| ().into_any()),
    }
}

/// Age, lines done, comments, units. Reactive.
fn counts(card: &ProjectSummary, now: Timestamp) -> AnyView {
    let age = match card.stage {
        ProjectStage::Waiting => tv("projects-waited", &[("age", &age_words(card.clock.started_at, now))]),
        _ => tv("projects-age", &[("age", &age_words(card.created_at, now))]),
    };
    let (done, all) = (card.done_count.to_string(), card.line_count.to_string());
    let lines = (card.line_count > 0).then(|| {
        let heard = tv("projects-lines-done", &[("done", &done), ("all", &all)]);
        view! { <span class="count">{icon("list-checks")} <span aria-hidden="true">{format!("{done}/{all}")}</span> <span class="sr-only">{heard}</span></span> }
    });
    let said = card.facts.comment_count.to_string();
    let comments = (card.facts.comment_count > 0).then(|| {
        let heard = tv("projects-comments", &[("count", &said)]);
        view! { <span class="count">{icon("message-circle")} <span aria-hidden="true">{said.clone()}</span> <span class="sr-only">{heard}</span></span> }
    });
    let spreads = card.stage == ProjectStage::Spread && card.facts.asked_unit_count > 0;
    let units = spreads.then(|| {
        let (used, asked) = (card.facts.in_use_unit_count.to_string(), card.facts.asked_unit_count.to_string());
        view! { <span class="count">{icon("building-2")} {tv("projects-units", &[("used", &used), ("asked", &asked)])}</span> }
    });
    view! { <span>{age}</span> {lines} {comments} {units} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("Aino Salmela"), "AS");
        assert_eq!(initials("Åsa Maria Öberg"), "ÅÖ");
        assert_eq!(initials("Aino"), "A");
        assert_eq!(initials(""), "");
    }
}
