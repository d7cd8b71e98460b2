//! Form fields: label above, hint below it, faults tied to the field they are about.

use crate::session::{session, t};
use crate::tr;
use crate::ui::form::FormState;
use leptos::prelude::*;

/// The id of the field of a JSON pointer.
pub fn field_id(pointer: &str) -> String {
    format!("field{}", pointer.replace(['/', '_'], "-"))
}

/// The sentences of a field's faults.
fn faults(form: FormState, pointer: &'static str) -> Signal<String> {
    Signal::derive(move || {
        let lang = session().lang.get();
        form.faults.with(|faults| {
            faults.iter().filter(|fault| fault.pointer == pointer).map(|fault| fault.sentence(lang)).collect::<Vec<_>>().join(" ")
        })
    })
}

/// One line or a few of text.
#[component]
pub fn TextField(
    form: FormState,
    /// JSON pointer of the member that it fills.
    pointer: &'static str,
    /// Key of the label.
    label: &'static str,
    value: RwSignal<String>,
    /// Key of the hint.
    #[prop(optional)]
    hint: &'static str,
    /// `type` of the input.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    /// Several lines.
    #[prop(optional)]
    tall: bool,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let id = field_id(pointer);
    let (hint_id, fault_id) = (format!("{id}-hint"), format!("{id}-fault"));
    let described = format!("{hint_id} {fault_id}");
    let fault = faults(form, pointer);
    let invalid = move || (!fault.get().is_empty()).then_some("true");
    let input = if tall {
        view! {
            <textarea class="ds-input" rows="4" id=id.clone() aria-describedby=described aria-invalid=invalid
                prop:value=move || value.get() on:input:target=move |event| value.set(event.target().value())></textarea>
        }
        .into_any()
    } else {
        view! {
            <input class="ds-input" type=kind id=id.clone() autocomplete=autocomplete aria-describedby=described aria-invalid=invalid
                prop:value=move || value.get() on:input:target=move |event| value.set(event.target().value()) />
        }
        .into_any()
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" data-weight="medium" for=id>
                {tr!(label)} {optional.then(|| view! { <span class="small">" " {tr!("common-optional")}</span> })}
            </label>
            <p class="hint" id=hint_id>{move || if hint.is_empty() { String::new() } else { t(hint) }}</p>
            {input}
            <p class="ds-validation-message" id=fault_id>{move || fault.get()}</p>
        </div>
    }
}

/// One of several, by code. `options` gives code and words.
#[component]
pub fn Select(
    form: FormState,
    pointer: &'static str,
    label: &'static str,
    value: RwSignal<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let id = field_id(pointer);
    let fault_id = format!("{id}-fault");
    let fault = faults(form, pointer);
    view! {
        <div class="ds-field">
            <label class="ds-label" data-weight="medium" for=id.clone()>{tr!(label)}</label>
            <select class="ds-input" id=id aria-describedby=fault_id.clone() aria-invalid=move || (!fault.get().is_empty()).then_some("true")
                on:change:target=move |event| value.set(event.target().value())>
                {move || {
                    let chosen = value.get();
                    options.get().into_iter().map(|(code, words)| {
                        let selected = code == chosen;
                        view! { <option value=code selected=selected>{words}</option> }
                    }).collect_view()
                }}
            </select>
            <p class="ds-validation-message" id=fault_id>{move || fault.get()}</p>
        </div>
    }
}
