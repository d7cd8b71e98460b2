//! The field in which a comment is written. `@` and the beginning of a name offer the people who can be mentioned; what
//! is written shows names, and whom they mean is kept beside.

use crate::session::{Session, session, tv};
use crate::tr;
use crate::ui::{FormState, leave};
use leptos::html::Textarea;
use leptos::prelude::*;
use shared::AccountId;
use shared::comments::{MentionSearch, NAME_MIN, PersonMatch, tokened};
use shared::problem::Fault;
use shared::subjects::SubjectRef;
use std::time::Duration;
use web_sys::KeyboardEvent;

/// After the last letter; a search for each would be one too many.
const TYPED: Duration = Duration::from_millis(200);

/// A text that is being written. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Writing {
    session: Session,
    subject: SubjectRef,
    text: RwSignal<String>,
    /// As it was before anything was typed.
    before: StoredValue<String>,
    /// Who is meant by a name.
    meant: StoredValue<Vec<(String, AccountId)>>,
    offered: RwSignal<Vec<PersonMatch>>,
    /// Which of those offered is chosen by Enter.
    active: RwSignal<usize>,
    /// Tells the last search from those before.
    search: StoredValue<usize>,
    element: NodeRef<Textarea>,
}

impl Writing {
    /// A text with those whom it names.
    pub fn new(subject: SubjectRef, text: String, meant: Vec<(String, AccountId)>) -> Self {
        Self {
            session: session(),
            subject,
            before: StoredValue::new(text.clone()),
            text: RwSignal::new(text),
            meant: StoredValue::new(meant),
            offered: RwSignal::new(Vec::new()),
            active: RwSignal::new(0),
            search: StoredValue::new(0),
            element: NodeRef::new(),
        }
    }

    /// The text as it is sent.
    pub fn written(self) -> String {
        self.meant.with_value(|meant| tokened(self.text.get_untracked().trim(), meant))
    }

    /// Empties the field.
    pub fn clear(self) {
        self.text.set(String::new());
        self.before.set_value(String::new());
        self.meant.set_value(Vec::new());
    }

    /// The field; Ctrl + Enter sends.
    pub fn field(self, form: FormState, id: String, send: Callback<()>) -> AnyView {
        let element = self.element;
        leave::watch(move || {
            let unsaved = self.text.try_get_untracked()?.trim() != self.before.try_get_value()?.trim();
            element.get_untracked().filter(|_| unsaved).map(Into::into)
        });
        let (hint, fault, listed) = (format!("{id}-hint"), format!("{id}-fault"), format!("{id}-people"));
        let faults = Signal::derive(move || {
            let lang = self.session.lang.get();
            let own = |fault: &&Fault| fault.pointer == "/text";
            form.faults.with(|faults| faults.iter().filter(own).map(|fault| fault.sentence(lang)).collect::<Vec<_>>().join(" "))
        });
        let described = format!("{hint} {fault}");
        let (controls, option) = (listed.clone(), id.clone());
        let open = move || self.offered.with(|people| !people.is_empty());
        let current = move || open().then(|| format!("{option}-person-{}", self.active.get()));
        view! {
            <div class="ds-field mentioning">
                <label class="ds-label" data-weight="medium" for=id.clone()>{tr!("comments-field")}</label>
                <p class="hint" id=hint>{tr!("comments-hint")}</p>
                <textarea class="ds-input" rows="3" id=id.clone() node_ref=element aria-describedby=described aria-autocomplete="list" aria-controls=controls
                    aria-activedescendant=current aria-invalid=move || (!faults.get().is_empty()).then_some("true") prop:value=move || self.text.get()
                    on:input:target=move |event| { self.text.set(event.target().value()); self.look(); }
                    on:keydown=move |event| self.key(&event, send) on:blur=move |_| self.later_close()></textarea>
                <p class="ds-validation-message" id=fault>{move || faults.get()}</p>
                <p class="sr-only" role="status">{move || open().then(|| tv("comments-people-found", &[("count", &self.offered.with(Vec::len).to_string())]))}</p>
                <ul class="people" id=listed role="listbox" aria-label=tr!("comments-people") hidden=move || !open()>
                    {move || self.offered.get().into_iter().enumerate().map(|(place, person)| self.option(&id, place, person)).collect_view()}
                </ul>
            </div>
        }
        .into_any()
    }

    fn option(self, id: &str, place: usize, person: PersonMatch) -> AnyView {
        let (name, unit) = (person.name.clone(), person.unit_name.clone());
        view! {
            <li role="option" id=format!("{id}-person-{place}") aria-selected=move || (self.active.get() == place).to_string()
                on:pointerdown=move |event| { event.prevent_default(); self.choose(&person); }>
                {name} {unit.map(|unit| view! { " " <span class="small">{unit}</span> })}
            </li>
        }
        .into_any()
    }

    fn key(self, event: &KeyboardEvent, send: Callback<()>) {
        let many = self.offered.with_untracked(Vec::len);
        match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() => {
                event.prevent_default();
                send.run(());
            }
            "Enter" | "Tab" if many > 0 => {
                event.prevent_default();
                let chosen = self.offered.with_untracked(|people| people.get(self.active.get_untracked()).cloned());
                chosen.iter().for_each(|person| self.choose(person));
            }
            "ArrowDown" if many > 0 => {
                event.prevent_default();
                self.active.update(|place| *place = (*place + 1) % many);
            }
            "ArrowUp" if many > 0 => {
                event.prevent_default();
                self.active.update(|place| *place = (*place + many - 1) % many);
            }
            "Escape" if many > 0 => {
                event.prevent_default();
                event.stop_propagation();
                self.close();
            }
            _ => {}
        }
    }

    /// Where the caret is, in bytes of the text.
    fn caret(self) -> Option<usize> {
        let element = self.element.get_untracked()?;
        let units = element.selection_start().ok().flatten()? as usize;
        let text = self.text.get_untracked();
        Some(char::decode_utf16(text.encode_utf16().take(units)).map(|c| c.map_or(1, char::len_utf8)).sum())
    }

    /// The name that is being written before the caret, and where its `@` stands.
    fn begun(self) -> Option<(usize, String)> {
        let (text, caret) = (self.text.get_untracked(), self.caret()?);
        let before = text.get(..caret)?;
        let at = before.rfind('@')?;
        let name = &before[at + 1..];
        let stands_alone = before[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let is_name = !name.contains('\n') && name.split(' ').count() <= 3 && name.trim().chars().count() >= NAME_MIN;
        (stands_alone && is_name).then(|| (at, name.to_owned()))
    }

    /// Looks for people when a name is being written.
    fn look(self) {
        let number = self.search.try_update_value(|number| {
            *number += 1;
            *number
        });
        let Some((_, q)) = self.begun() else { return self.close() };
        let search = MentionSearch { subject: self.subject.kind, subject_id: self.subject.id, q };
        set_timeout(
            move || {
                if self.search.try_get_value() != number {
                    return;
                }
                leptos::task::spawn_local(async move {
                    // Without an answer there is nothing to offer; the name stays text.
                    let found = self.session.client().find_mentions(&search).await.map(|page| page.items).unwrap_or_default();
                    if self.search.try_get_value() == number {
                        self.active.set(0);
                        self.offered.set(found);
                    }
                });
            },
            TYPED,
        );
    }

    fn choose(self, person: &PersonMatch) {
        if let (Some((at, name)), text) = (self.begun(), self.text.get_untracked()) {
            let end = at + 1 + name.len();
            let rest = &text[end..];
            let gap = if rest.starts_with(' ') { "" } else { " " };
            self.text.set(format!("{}@{}{gap}{rest}", &text[..at], person.name));
            self.meant.update_value(|meant| meant.push((person.name.clone(), person.id)));
            let units = (text[..at].encode_utf16().count() + person.name.encode_utf16().count() + 2) as u32;
            let element = self.element;
            // The field takes the new text first.
            request_animation_frame(move || {
                if let Some(element) = element.get_untracked() {
                    let _ = element.focus();
                    let _ = element.set_selection_range(units, units);
                }
            });
        }
        self.close();
    }

    fn close(self) {
        let _ = self.search.try_update_value(|number| *number += 1);
        let _ = self.offered.try_set(Vec::new());
    }

    /// Whoever presses one of those offered leaves the field for a moment.
    fn later_close(self) {
        set_timeout(move || self.close(), TYPED);
    }
}
