//! Form fields: label above, hint below it, faults tied to the field they are about.

use crate::session::{session, t, word};
use crate::tr;
use crate::ui::form::FormState;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use shared::problem::Fault;
use shared::{Lang, format};
use std::str::FromStr;

/// The id of the field of a JSON pointer.
pub fn field_id(pointer: &str) -> String {
    format!("field{}", pointer.replace(['/', '_'], "-"))
}

/// The sentences of a field's faults.
fn faults(form: FormState, pointer: String) -> Signal<String> {
    Signal::derive(move || {
        let lang = session().lang.get();
        form.faults.with(|faults| {
            faults.iter().filter(|fault| fault.pointer == pointer).map(|fault| fault.sentence(lang)).collect::<Vec<_>>().join(" ")
        })
    })
}

/// What is written in a field; blank is nothing.
pub fn filled(value: RwSignal<String>) -> Option<String> {
    let text = value.get_untracked().trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// The number written; what is no number breaks the field's bounds and is told so.
pub fn number(value: RwSignal<String>) -> i64 {
    value.get_untracked().trim().parse().unwrap_or(-1)
}

/// What is chosen in a field of codes.
pub fn chosen<T: FromStr>(value: RwSignal<String>, otherwise: T) -> T {
    value.get_untracked().parse().unwrap_or(otherwise)
}

/// A field of text whose place in the form, or name, is not known beforehand.
pub struct Line {
    pub form: FormState,
    /// JSON pointer of the member that it fills.
    pub pointer: String,
    pub label: Signal<String>,
    pub value: RwSignal<String>,
    /// Key of the hint.
    pub hint: &'static str,
    /// `type` of the input.
    pub kind: &'static str,
    pub autocomplete: &'static str,
    /// Several lines.
    pub tall: bool,
    /// May be left empty.
    pub optional: bool,
    /// Digits only: a phone shows its number keys.
    pub digits: bool,
    /// Gets the focus when it appears.
    pub focused: bool,
    /// The language in which it is written.
    pub lang: Option<Lang>,
    /// What stands beside the label.
    pub note: Option<AnyView>,
}

impl Line {
    /// One line that must be filled.
    pub fn new(form: FormState, pointer: impl Into<String>, label: Signal<String>, value: RwSignal<String>) -> Self {
        let (hint, kind, autocomplete) = ("", "text", "off");
        let pointer = pointer.into();
        let (tall, optional, digits, focused) = (false, false, false, false);
        Self { form, pointer, label, value, hint, kind, autocomplete, tall, optional, digits, focused, lang: None, note: None }
    }

    /// The field on screen.
    pub fn view(self) -> AnyView {
        let Self { form, pointer, label, value, hint, kind, autocomplete, tall, optional, digits, focused, lang, note } = self;
        let element = NodeRef::<leptos::html::Input>::new();
        if focused {
            Effect::new(move |_| {
                if let Some(element) = element.get() {
                    let _ = element.focus();
                }
            });
        }
        let id = field_id(&pointer);
        let (hint_id, fault_id) = (format!("{id}-hint"), format!("{id}-fault"));
        let described = if hint.is_empty() { fault_id.clone() } else { format!("{hint_id} {fault_id}") };
        let fault = faults(form, pointer);
        let invalid = move || (!fault.get().is_empty()).then_some("true");
        let lang = lang.map(Lang::as_str);
        let input = if tall {
            view! {
                <textarea class="ds-input" rows="4" lang=lang id=id.clone() aria-describedby=described aria-invalid=invalid
                    prop:value=move || value.get() on:input:target=move |event| value.set(event.target().value())></textarea>
            }
            .into_any()
        } else {
            view! {
                <input class="ds-input" node_ref=element type=kind lang=lang id=id.clone() autocomplete=autocomplete inputmode=digits.then_some("numeric") aria-describedby=described aria-invalid=invalid
                    prop:value=move || value.get() on:input:target=move |event| value.set(event.target().value()) />
            }
            .into_any()
        };
        view! {
            <div class="ds-field" data-kind=kind>
                <label class="ds-label" data-weight="medium" for=id>
                    {move || label.get()} {optional.then(|| view! { <span class="small">" " {tr!("common-optional")}</span> })} " " {note}
                </label>
                {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{tr!(hint)}</p> })}
                {input}
                <p class="ds-validation-message" id=fault_id>{move || fault.get()}</p>
            </div>
        }
        .into_any()
    }
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
    /// Digits only: a phone shows its number keys.
    #[prop(optional)]
    digits: bool,
    /// Gets the focus when it appears.
    #[prop(optional)]
    focused: bool,
) -> impl IntoView {
    Line { hint, kind, autocomplete, tall, optional, digits, focused, ..Line::new(form, pointer, tr!(label), value) }.view()
}

/// Codes with their words, for a choice: `common-lang` and `fi` give the text of `common-lang-fi`.
pub fn choices(prefix: &'static str, codes: impl IntoIterator<Item = &'static str>) -> Signal<Vec<(String, String)>> {
    let codes: Vec<&str> = codes.into_iter().collect();
    Signal::derive(move || codes.iter().map(|code| ((*code).to_owned(), word(prefix, code))).collect())
}

/// The languages.
pub fn languages() -> Signal<Vec<(String, String)>> {
    choices("common-lang", Lang::ALL.iter().map(|lang| lang.as_str()))
}

/// One box to tick, with its words. Its id tells it from the others of the form.
pub fn tick(id: String, words: Signal<String>, checked: Signal<bool>, toggle: Callback<bool>) -> AnyView {
    view! {
        <label class="ds-label">
            <input class="ds-input" type="checkbox" id=id prop:checked=move || checked.get() on:change:target=move |event| toggle.run(event.target().checked()) />
            " " <span>{move || words.get()}</span>
        </label>
    }
    .into_any()
}

/// Several of a few, by code, each on a line of its own. `options` gives code and words.
#[component]
pub fn Ticks(
    form: FormState,
    #[prop(into)] pointer: String,
    label: &'static str,
    chosen: RwSignal<Vec<String>>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let id = field_id(&pointer);
    let fault_id = format!("{id}-fault");
    let (described, prefix) = (fault_id.clone(), id.clone());
    let fault = faults(form, pointer);
    let one = move |(code, words): (String, String)| {
        let (id, own, set) = (format!("{prefix}-{code}"), code.clone(), code);
        let checked = Signal::derive(move || chosen.with(|chosen| chosen.contains(&own)));
        let toggle = Callback::new(move |on: bool| {
            chosen.update(|chosen| {
                chosen.retain(|code| *code != set);
                chosen.extend(on.then(|| set.clone()));
            });
        });
        tick(id, Signal::derive(move || words.clone()), checked, toggle)
    };
    view! {
        <fieldset class="ds-fieldset" id=id tabindex="-1" aria-describedby=described>
            <legend class="ds-label" data-weight="medium">{tr!(label)}</legend>
            <div class="ticks long">{move || options.get().into_iter().map(&one).collect_view()}</div>
            <p class="ds-validation-message" id=fault_id>{move || fault.get()}</p>
        </fieldset>
    }
}

/// The end of a last day, exclusive: none when none is written, the fault when it cannot be read.
pub fn end_of_day(value: RwSignal<String>, pointer: &str) -> Result<Option<Timestamp>, Vec<Fault>> {
    let Some(text) = filled(value) else { return Ok(None) };
    let next = text.parse::<Date>().ok().and_then(|day| day.tomorrow().ok());
    let end = next.and_then(|day| format::instant(day, 0, 0));
    end.map(Some).ok_or_else(|| vec![Fault::new(pointer, "malformed", None)])
}

/// The last day before an end, which is exclusive.
pub fn last_day(end: Timestamp) -> Date {
    format::day_of(end - SignedDuration::from_secs(1))
}

/// One of several, by code. `options` gives code and words.
#[component]
pub fn Select(
    form: FormState,
    #[prop(into)] pointer: String,
    label: &'static str,
    value: RwSignal<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let id = field_id(&pointer);
    let fault_id = format!("{id}-fault");
    let fault = faults(form, pointer);
    view! {
        <div class="ds-field">
            <label class="ds-label" data-weight="medium" for=id.clone()>{move || t(label)}</label>
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
