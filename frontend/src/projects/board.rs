//! All projects by stage: the columns, what stands above them, and what is asked before a move.

use super::card::Card;
use super::filters::{Filters, Known, no_match};
use super::keys::{KeyLine, Keys, listen};
use super::limits::Limits;
use super::move_menu::choices;
use super::moving::Mover;
use super::question::MoveDialog;
use super::state::{State, focus_card};
use crate::paths;
use crate::session::{t, tv, word};
use crate::tr;
use crate::ui::menu::{Choice, Menu};
use crate::ui::problem::unless_lacking;
use crate::ui::{Page, empty, icon};
use leptos::ev;
use leptos::prelude::*;
use shared::ProjectId;
use shared::projects::ProjectStage;
use web_sys::DragEvent;

/// `/projects`
#[component]
pub fn BoardPage() -> impl IntoView {
    let state = State::new();
    listen(state);
    keep_focus(state);
    unless_lacking(state.read.refused(), move || page(state))
}

/// A card that is drawn anew in another column, or set elsewhere in its own, keeps the focus that it had.
fn keep_focus(state: State) {
    Effect::new(move |_| {
        state.shown.track();
        request_animation_frame(move || {
            let lost = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
            if let Some(Some(id)) = state.focus.try_get_untracked().filter(|_| lost) {
                focus_card(id);
            }
        });
    });
    // Who points at something wants it there; pressing a card's title brings the focus by itself.
    let pointed = window_event_listener(ev::pointerdown, move |_| state.focus.set(None));
    on_cleanup(move || pointed.remove());
}

fn page(state: State) -> AnyView {
    let asked = state.asked;
    let themes = Memo::new(move |_| state.read.of(|board| board.themes.clone()).unwrap_or_default());
    let overdue = state.read.part(|board| board.overdue_count);
    let known = Known { places: state.places, themes, overdue };
    let limits = Memo::new(move |_| state.read.of(|board| board.may_set_limits).unwrap_or_default());
    let actions = view! {
        {move || limits.get().then(|| view! { <Limits state /> })}
        <a class="ds-button" href=paths::NEW_PROJECT aria-keyshortcuts="n">{icon("plus")} {tr!("projects-new")}</a>
    };
    let count = state.read.part(|board| board.columns.iter().map(|column| column.count).sum::<i64>());
    let nothing = move || match (count.get(), asked.get()) {
        (Some(0), asked) if asked.any() => state
            .places
            .map(|places| no_match(&asked, places.as_ref().ok(), paths::PROJECTS))
            .or_else(|| Some(no_match(&asked, None, paths::PROJECTS))),
        (Some(0), _) => {
            let first = view! { <a class="ds-button" href=paths::NEW_PROJECT>{icon("plus")} {tr!("projects-new")}</a> }.into_any();
            Some(empty("projects-none", "projects-none-help", Some(first)))
        }
        _ => None,
    };
    let filled = Memo::new(move |_| count.get() != Some(0));
    let columns = move || {
        filled.get().then(|| {
            let columns = ProjectStage::ALL.iter().map(|stage| view! { <Column state stage=*stage /> }).collect_view();
            view! { <div class="board" role="region" tabindex="0" aria-label=tr!("projects-board-named")>{columns}</div> }
        })
    };
    let lines = Signal::derive(move || lines(state));
    let title = Signal::derive(move || {
        let title = state.menu_of.with(|of| of.as_ref().map(|of| of.id)).and_then(|id| state.card(id)).map(|card| card.title);
        tv("projects-move-named", &[("title", &title.unwrap_or_default())])
    });
    view! {
        <Page title=Signal::derive(|| t("projects-title")) actions=actions.into_any()>
            <Filters asked known path=paths::PROJECTS />
            {state.read.once_here(move || view! { {nothing} {columns} }.into_any())}
            <KeyLine state />
            <p class="sr-only" aria-live="assertive">{move || state.mover.said.get()}</p>
            <Menu at=state.menu_at title choices=lines />
            <MoveDialog mover=state.mover />
            <Keys open=state.keys_open />
        </Page>
    }
    .into_any()
}

/// The lines of the menu that is open. Reactive.
pub fn lines(state: State) -> Vec<Choice> {
    let Some(of) = state.menu_of.get() else { return Vec::new() };
    let id = of.id;
    let full = |stage| state.column(stage, |column| column.limit.is_some_and(|limit| column.count >= limit)).unwrap_or_default();
    let mover: Mover = state.mover;
    choices(&of, mover, full, Callback::new(move |to| state.take(id, to)))
}

/// One stage with its cards.
#[component]
fn Column(state: State, stage: ProjectStage) -> impl IntoView {
    let ids = Memo::new(move |_| {
        state.column(stage, |column| column.items.iter().map(|card| card.id).collect::<Vec<ProjectId>>()).unwrap_or_default()
    });
    let counts = Memo::new(move |_| state.column(stage, |column| (column.count, column.limit)).unwrap_or_default());
    let heading = format!("column-{}", stage.as_str());
    let (labelled, name) = (heading.clone(), move || word("projects-stage", stage.as_str()));
    let full = move || counts.get().1.is_some_and(|limit| counts.get().0 >= limit);
    let figure = move || match counts.get() {
        (count, Some(limit)) => format!("{count} / {limit}"),
        (count, None) => count.to_string(),
    };
    let heard = move || match counts.get() {
        (count, Some(limit)) => tv("projects-column-count-of", &[("count", &count.to_string()), ("limit", &limit.to_string())]),
        (count, None) => tv("projects-column-count", &[("count", &count.to_string())]),
    };
    let leads = move || state.dragged.get().map(|(_, from)| from == stage || from.leads_to(stage));
    let over = move |event: DragEvent| {
        if state.dragged.get_untracked().is_some_and(|(_, from)| from.leads_to(stage)) {
            event.prevent_default();
            if state.over.get_untracked() != Some(stage) {
                state.over.set(Some(stage));
            }
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        let dragged = state.dragged.get_untracked();
        state.dragged.set(None);
        state.over.set(None);
        if let Some((id, _)) = dragged {
            state.drop_on(id, stage);
        }
    };
    let target = move || state.over.get() == Some(stage) || state.held.get().is_some_and(|held| held.over == stage);
    let rest = move || {
        let asked = state.asked.get();
        let left = usize::try_from(counts.get().0).unwrap_or_default().saturating_sub(ids.with(Vec::len));
        let href = super::filters::Asked { stage: stage.to_string(), ..asked }.address(paths::PROJECT_LIST);
        (left > 0).then(|| view! { <a class="ds-link" href=href>{tv("projects-more", &[("count", &left.to_string())])}</a> })
    };
    let nothing = move || {
        ids.with(Vec::is_empty).then(|| match stage {
            ProjectStage::Idea => {
                view! { <a class="column-empty" href=paths::NEW_PROJECT>{icon("plus")} {tr!("projects-new")}</a> }.into_any()
            }
            _ => view! { <p class="column-empty small">{move || word("projects-column-empty", stage.as_str())}</p> }.into_any(),
        })
    };
    view! {
        <section class="column" data-stage=stage.as_str() aria-labelledby=labelled class:target=target class:closed=move || leads() == Some(false)
            on:dragover=over on:drop=dropped>
            <div class="column-head">
                <h2 class="ds-heading" data-size="2xs" id=heading>{name}</h2>
                <span class="num" aria-hidden="true">{figure}</span>
                <span class="sr-only">{heard}</span>
                <span class="small column-about">{move || word("projects-column-about", stage.as_str())}</span>
                {move || full().then(|| view! { <span class="status small" data-color="warning">{icon("clock-alert")} " " {tr!("projects-full")}</span> })}
            </div>
            <ul class="column-cards">
                <For each=move || ids.get() key=|id| *id let:id><Card state id /></For>
            </ul>
            {nothing}
            {rest}
        </section>
    }
}
