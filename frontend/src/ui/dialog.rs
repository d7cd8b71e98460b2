//! Dialogs: the browser's own, which keep the focus inside and close with Escape. One that holds something unsaved asks
//! before it closes.

use crate::tr;
use crate::ui::icon;
use crate::ui::leave::leave;
use leptos::html::Dialog as DialogElement;
use leptos::prelude::*;

/// A dialog that is there while `open` is true.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    /// Key of its heading.
    title_key: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<DialogElement>::new();
    let leave = leave();
    Effect::new(move |_| {
        let wanted = open.get();
        if let Some(element) = element.get() {
            if wanted && !element.open() {
                let _ = element.show_modal();
            } else if !wanted && element.open() {
                element.close();
            }
        }
    });
    let close = move || {
        if let Some(element) = element.get_untracked() {
            leave.first_ask_inside(element.as_ref(), move || open.set(false));
        }
    };
    let heading = format!("dialog-{title_key}");
    let labelled = heading.clone();
    view! {
        <dialog class="ds-dialog" node_ref=element aria-labelledby=labelled on:close=move |_| open.set(false)
            on:cancel=move |event: web_sys::Event| { event.prevent_default(); close(); }>
            <button class="ds-button close" data-variant="tertiary" type="button" aria-label=tr!("common-close") on:click=move |_| close()>{icon("x")}</button>
            <h2 class="ds-heading" data-size="sm" id=heading>{tr!(title_key)}</h2>
            {move || open.get().then(|| children())}
        </dialog>
    }
}

/// A question before something that cannot be taken back. `text` names the thing.
#[component]
pub fn Confirm(
    open: RwSignal<bool>,
    title_key: &'static str,
    #[prop(into)] text: Signal<String>,
    /// Key of the button that does it.
    yes: &'static str,
    on_yes: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog open title_key>
            <p class="ds-paragraph">{move || text.get()}</p>
            <div class="actions">
                <button class="ds-button" data-color="danger" type="button" on:click=move |_| { open.set(false); on_yes.run(()); }>{tr!(yes)}</button>
                <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| open.set(false)>{tr!("common-cancel")}</button>
            </div>
        </Dialog>
    }
}
