//! What was last done, and taking it back: by its button or by Ctrl+Z outside fields and dialogs.

use crate::session::session;
use crate::tr;
use crate::ui::icon;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// The status region.
#[component]
pub fn Status() -> impl IntoView {
    let session = session();
    let keys = window_event_listener(ev::keydown, move |event| {
        if takes_back(&event) && session.toast.with_untracked(|toast| toast.as_ref().is_some_and(|toast| toast.undo.is_some())) {
            event.prevent_default();
            session.undo();
        }
    });
    on_cleanup(move || keys.remove());
    let hold = move |held: bool| session.toast_held.set(held);
    let shown = move || {
        session.toast.get().map(|toast| {
            let undo = toast.undo.map(|_| {
                view! { <button class="ds-button" data-variant="secondary" type="button" aria-keyshortcuts="Control+Z" on:click=move |_| session.undo()>{icon("undo-2")}{tr!("common-undo")}</button> }
            });
            view! {
                <div class="toast-box" data-failed=toast.failed.to_string()
                    on:mouseenter=move |_| hold(true) on:mouseleave=move |_| hold(false) on:focusin=move |_| hold(true) on:focusout=move |_| hold(false)>
                    {icon(if toast.failed { "triangle-alert" } else { "circle-check" })}
                    <p>{toast.text}</p>
                    {undo}
                    <button class="ds-button icon-button" data-variant="tertiary" type="button" aria-label=tr!("common-close") on:click=move |_| session.toast.set(None)>{icon("x")}</button>
                </div>
            }
        })
    };
    // What is held goes with its message.
    Effect::new(move |_| {
        if session.toast.with(Option::is_none) {
            hold(false);
        }
    });
    view! { <div class="toast" role="status">{shown}</div> }
}

/// Whether the keys mean to take back what was last done, and not what was last typed.
fn takes_back(event: &KeyboardEvent) -> bool {
    let keys = (event.ctrl_key() || event.meta_key()) && !event.shift_key() && event.key().eq_ignore_ascii_case("z");
    let at = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    keys && at.is_none_or(|element| !matches!(element.closest("input, textarea, select, dialog[open]"), Ok(Some(_))))
}
