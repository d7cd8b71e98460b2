//! The board by keyboard alone: walking it, moving a card, and the list of the keys.

use super::board::lines;
use super::move_menu::stage_of;
use super::state::{Held, State, focus_card, stage_words};
use crate::paths;
use crate::tr;
use crate::ui::menu::choose;
use crate::ui::{Dialog, icon};
use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::ProjectId;
use shared::projects::ProjectStage;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// Where the browser keeps that somebody wants no keys of ours.
const OFF: &str = "polku.keys-off";

/// The keys, with what they do.
const KEYS: [(&[&str], &str); 9] = [
    (&["↑", "↓", "k", "j"], "projects-key-card"),
    (&["←", "→", "h", "l"], "projects-key-column"),
    (&["Enter"], "projects-key-open"),
    (&["m"], "projects-key-menu"),
    (&["1–7"], "projects-key-digit"),
    (&["Space"], "projects-key-hold"),
    (&["Esc"], "projects-key-cancel"),
    (&["n"], "projects-key-new"),
    (&["?"], "projects-key-help"),
];

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn is_off() -> bool {
    storage().and_then(|storage| storage.get_item(OFF).ok().flatten()).is_some()
}

/// Listens while the board is there.
pub fn listen(state: State) {
    let navigate = use_navigate();
    let heard = window_event_listener(ev::keydown, move |event| {
        let plain = !(event.default_prevented() || event.ctrl_key() || event.alt_key() || event.meta_key());
        if plain && !elsewhere(&event) && !is_off() && press(state, &event, &navigate) {
            event.prevent_default();
        }
    });
    on_cleanup(move || heard.remove());
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

/// Whether the keys are for something that has its own.
fn elsewhere(event: &KeyboardEvent) -> bool {
    target(event).is_some_and(|element| matches!(element.closest("input, textarea, select, dialog, [popover]"), Ok(Some(_))))
}

/// The card that has the focus.
fn focused(state: State, event: &KeyboardEvent) -> Option<ProjectId> {
    let inside = target(event).is_some_and(|element| matches!(element.closest(".board-card"), Ok(Some(_))));
    state.focus.get_untracked().filter(|_| inside)
}

/// Does what a key says; tells whether it says anything.
fn press(state: State, event: &KeyboardEvent, navigate: &impl Fn(&str, leptos_router::NavigateOptions)) -> bool {
    let key = event.key();
    if state.menu_at.with_untracked(Option::is_some) {
        return choose(state.menu_at, Signal::derive(move || lines(state)), &key);
    }
    if let Some(held) = state.held.get_untracked() {
        return carry(state, held, &key);
    }
    let card = focused(state, event);
    match (key.as_str(), card) {
        ("?", _) => state.keys_open.set(true),
        ("n", _) => navigate(paths::NEW_PROJECT, Default::default()),
        ("m", Some(id)) => state.open_menu(id),
        // On a button the space bar presses it.
        (" ", Some(id)) if target(event).is_some_and(|element| element.tag_name() == "A") => hold(state, id),
        ("ArrowDown" | "j", _) => walk(state, card, 0, 1),
        ("ArrowUp" | "k", _) if card.is_some() || key == "k" => walk(state, card, 0, -1),
        ("ArrowRight" | "l", _) if card.is_some() || key == "l" => walk(state, card, 1, 0),
        ("ArrowLeft" | "h", _) if card.is_some() || key == "h" => walk(state, card, -1, 0),
        (digit, Some(id)) => match stage_of(digit) {
            Some(_) => state.open_menu(id),
            None => return false,
        },
        _ => return false,
    }
    true
}

/// The cards as they stand, column by column.
fn columns(state: State) -> Vec<Vec<ProjectId>> {
    let ids = |stage: &ProjectStage| state.column(*stage, |column| column.items.iter().map(|card| card.id).collect()).unwrap_or_default();
    untrack(|| ProjectStage::ALL.iter().map(ids).collect())
}

fn step(position: usize, by: isize, count: usize) -> Option<usize> {
    position.checked_add_signed(by).filter(|next| *next < count)
}

/// Where one comes to: a column without cards is stepped over, and a shorter one is entered at its end.
fn walked(columns: &[Vec<ProjectId>], from: Option<ProjectId>, across: isize, down: isize) -> Option<ProjectId> {
    let place = from.and_then(|id| {
        columns.iter().enumerate().find_map(|(column, cards)| cards.iter().position(|card| *card == id).map(|row| (column, row)))
    });
    let Some((mut column, row)) = place else { return columns.iter().flatten().next().copied() };
    if across == 0 {
        let cards = columns.get(column)?;
        return cards.get(step(row, down, cards.len())?).copied();
    }
    loop {
        column = step(column, across, columns.len())?;
        let cards = columns.get(column)?;
        if let Some(last) = cards.last() {
            return cards.get(row).or(Some(last)).copied();
        }
    }
}

fn walk(state: State, from: Option<ProjectId>, across: isize, down: isize) {
    if let Some(to) = walked(&columns(state), from, across, down) {
        focus_card(to);
    }
}

fn say(state: State, key: &str, args: &[(&str, &str)]) {
    state.mover.said.set(state.session.lang.get_untracked().text_with(key, args));
}

/// Picks a card up.
fn hold(state: State, id: ProjectId) {
    if let Some(card) = untrack(|| state.card(id)) {
        state.held.set(Some(Held { id, from: card.stage, over: card.stage }));
        say(state, "projects-held", &[("title", &card.title), ("stage", &stage_words(card.stage, state.session))]);
    }
}

/// A card in hand: over the next column, dropped, or put back.
fn carry(state: State, held: Held, key: &str) -> bool {
    let title = untrack(|| state.card(held.id)).map(|card| card.title).unwrap_or_default();
    match key {
        "ArrowRight" | "l" | "ArrowLeft" | "h" => {
            let by = if matches!(key, "ArrowRight" | "l") { 1 } else { -1 };
            let position = ProjectStage::ALL.iter().position(|stage| *stage == held.over).unwrap_or_default();
            let next = step(position, by, ProjectStage::ALL.len()).and_then(|next| ProjectStage::ALL.get(next)).copied();
            if let Some(over) = next {
                state.held.set(Some(Held { over, ..held }));
                hover(state, held.from, over);
            }
        }
        " " | "Enter" => {
            state.held.set(None);
            if held.over == held.from {
                say(state, "projects-put-back", &[("title", &title)]);
            } else {
                state.take(held.id, held.over);
            }
        }
        "Escape" => {
            state.held.set(None);
            say(state, "projects-put-back", &[("title", &title)]);
        }
        // Whatever else is pressed, the card stays in hand.
        "Tab" => return false,
        _ => {}
    }
    true
}

/// Says over which column the card is, and whether it could be dropped there.
fn hover(state: State, from: ProjectStage, over: ProjectStage) {
    let full = untrack(|| state.column(over, |column| column.limit.is_some_and(|limit| column.count >= limit))).unwrap_or_default();
    let key = match () {
        () if from == over => "projects-over-own",
        () if !from.leads_to(over) => "projects-over-closed",
        () if full => "projects-over-full",
        () => "projects-over-open",
    };
    say(state, key, &[("stage", &stage_words(over, state.session))]);
    if let Some(column) = document().query_selector(&format!(".column[data-stage={over}]")).ok().flatten() {
        column.scroll_into_view_with_bool(false);
    }
}

/// The keys at a glance, under the board.
#[component]
pub fn KeyLine(state: State) -> impl IntoView {
    let short = |keys: &'static [&'static str], words: &'static str| {
        let caps = keys.iter().map(|key| view! { <kbd>{*key}</kbd> " " }).collect_view();
        view! { <span>{caps} {tr!(words)}</span> }
    };
    view! {
        <div class="key-line small">
            {icon("keyboard")}
            {short(&["j", "k"], "projects-key-card-short")} {short(&["h", "l"], "projects-key-column-short")}
            {short(&["m"], "projects-key-menu-short")} {short(&["n"], "projects-new")}
            <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" aria-keyshortcuts="?" on:click=move |_| state.keys_open.set(true)>
                <kbd>"?"</kbd> " " {tr!("projects-keys")}
            </button>
        </div>
    }
}

/// What each key does, and the way to be rid of them.
#[component]
pub fn Keys(open: RwSignal<bool>) -> impl IntoView {
    let lines = || {
        KEYS.iter()
            .map(|(keys, words)| {
                let caps = keys.iter().map(|key| view! { <kbd>{*key}</kbd> " " }).collect_view();
                view! { <dt>{caps}</dt> <dd>{tr!(words)}</dd> }
            })
            .collect_view()
    };
    let toggle = move |on: bool| {
        if let Some(storage) = storage() {
            let _ = if on { storage.remove_item(OFF) } else { storage.set_item(OFF, "1") };
        }
    };
    view! {
        <Dialog open title_key="projects-keys">
            <dl class="keys">{lines()}</dl>
            {crate::ui::field::tick("keys-on".to_owned(), tr!("projects-keys-on"), Signal::derive(move || { open.track(); !is_off() }), Callback::new(toggle))}
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> ProjectId {
        ProjectId(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn one_walks_down_and_across_and_stops_at_the_edges() {
        let columns = vec![vec![id(1), id(2), id(3)], Vec::new(), vec![id(4)], Vec::new()];
        assert_eq!(walked(&columns, None, 0, 1), Some(id(1)));
        assert_eq!(walked(&columns, Some(id(1)), 0, 1), Some(id(2)));
        assert_eq!(walked(&columns, Some(id(3)), 0, 1), None);
        assert_eq!(walked(&columns, Some(id(1)), 0, -1), None);
        assert_eq!(walked(&columns, Some(id(3)), 1, 0), Some(id(4)));
        assert_eq!(walked(&columns, Some(id(4)), -1, 0), Some(id(1)));
        assert_eq!(walked(&columns, Some(id(4)), 1, 0), None);
    }
}
