//! A menu that floats beside what it is about: by pointer, by arrows and by the key of each line.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::icon;

/// Between the menu and what it is about, and between the menu and the edge of the window.
const GAP: f64 = 4.0;

/// One line of a menu.
#[derive(Clone)]
pub struct Choice {
    pub picture: &'static str,
    pub words: String,
    /// What it asks, or why it is not open.
    pub note: String,
    /// The key that chooses it.
    pub key: char,
    pub open: bool,
    pub act: Callback<()>,
}

/// Where a menu is open: the element beside which it lies; none while it is closed.
pub type Anchor = RwSignal<Option<HtmlElement>, LocalStorage>;

/// The menu.
#[component]
pub fn Menu(at: Anchor, #[prop(into)] title: Signal<String>, #[prop(into)] choices: Signal<Vec<Choice>>) -> impl IntoView {
    let element = NodeRef::<Div>::new();
    let (left, top) = (RwSignal::new(0.0), RwSignal::new(0.0));
    Effect::new(move |_| {
        let Some(menu) = element.get() else { return };
        let Some(anchor) = at.get() else {
            let _ = menu.hide_popover();
            return;
        };
        let _ = menu.show_popover();
        let (x, y) = place(&anchor, &menu);
        left.set(x);
        top.set(y);
        request_animation_frame(move || {
            // Longer now that its lines are there.
            let (x, y) = place(&anchor, &menu);
            left.try_set(x);
            top.try_set(y);
            focus(&menu, 0);
        });
    });
    let closed = move |event: web_sys::Event| {
        let state = js_sys::Reflect::get(&event, &"newState".into()).ok().and_then(|state| state.as_string());
        if state.as_deref() == Some("closed") && at.with_untracked(Option::is_some) {
            at.set(None);
        }
    };
    let keys = move |event: KeyboardEvent| {
        let Some(menu) = element.get_untracked() else { return };
        let step = match event.key().as_str() {
            "ArrowDown" => Some(focused(&menu) + 1),
            "ArrowUp" => Some(focused(&menu) - 1),
            "Home" => Some(0),
            "End" => Some(-1),
            _ => None,
        };
        let chosen = step.is_none() && choose(at, choices, &event.key());
        if let Some(step) = step {
            focus(&menu, step);
        }
        if chosen || step.is_some() {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let line = move |choice: Choice| {
        let Choice { picture, words, note, key, open, act } = choice;
        let press = move |_| {
            if open {
                at.set(None);
                act.run(());
            }
        };
        view! {
            <button class="menu-line" role="menuitem" type="button" tabindex="-1" aria-disabled=(!open).then_some("true") aria-keyshortcuts=key.to_string() on:click=press>
                {icon(picture)}
                <span class="menu-words">{words} {(!note.is_empty()).then(|| view! { <span class="small">{note}</span> })}</span>
                <kbd aria-hidden="true">{key.to_string()}</kbd>
            </button>
        }
    };
    view! {
        <div class="menu" popover="auto" role="menu" tabindex="-1" node_ref=element aria-label=move || title.get()
            style:left=move || format!("{}px", left.get()) style:top=move || format!("{}px", top.get()) on:toggle=closed on:keydown=keys>
            <p class="menu-title" aria-hidden="true">{move || title.get()}</p>
            {move || choices.get().into_iter().map(line).collect_view()}
        </div>
    }
}

/// Chooses the line of a key, if that is open; says whether there is such a line.
pub fn choose(at: Anchor, choices: Signal<Vec<Choice>>, key: &str) -> bool {
    let mut letters = key.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
    let Some(choice) = choices.get_untracked().into_iter().find(|choice| choice.key == letter) else { return false };
    if choice.open {
        at.set(None);
        choice.act.run(());
    }
    true
}

/// Beside the anchor, wholly inside the window.
fn place(anchor: &HtmlElement, menu: &HtmlElement) -> (f64, f64) {
    let (rect, own) = (anchor.get_bounding_client_rect(), menu.get_bounding_client_rect());
    let size = |size: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| size.ok().and_then(|size| size.as_f64()).unwrap_or_default();
    let (width, height) = (size(window().inner_width()), size(window().inner_height()));
    let below = rect.bottom() + GAP;
    let y = if below + own.height() > height { rect.top() - GAP - own.height() } else { below };
    (rect.left().min(width - own.width() - GAP).max(GAP), y.max(GAP))
}

fn lines(menu: &HtmlElement) -> Vec<HtmlElement> {
    let found = menu.query_selector_all("[role=menuitem]").ok();
    let all = found.iter().flat_map(|found| (0..found.length()).filter_map(|index| found.item(index)));
    all.filter_map(|line| line.dyn_into().ok()).collect()
}

/// Which line has the focus.
fn focused(menu: &HtmlElement) -> isize {
    let active = document().active_element();
    let position = lines(menu).iter().position(|line| active.as_ref().is_some_and(|active| line.is_same_node(Some(active))));
    position.and_then(|position| isize::try_from(position).ok()).unwrap_or(-1)
}

/// Gives the focus to a line; one before the first is the last, and one after the last the first.
fn focus(menu: &HtmlElement, position: isize) {
    let lines = lines(menu);
    let Ok(count) = isize::try_from(lines.len()) else { return };
    if let Some(line) = (count > 0).then(|| position.rem_euclid(count)).and_then(|position| lines.get(position.unsigned_abs())) {
        let _ = line.focus();
    }
}
