//! Editing a thing that others may edit at the same time: one mechanism for every form. It sends what is written with
//! the version that was read. When somebody else was first, it takes their changes to the fields that were left alone
//! here, and asks about those that both have changed.

use crate::session::{Calling, t};
use crate::tr;
use crate::ui::dialog::Dialog;
use crate::ui::form::FormState;
use leptos::prelude::*;
use shared::problem::Fault;

/// What is written in a form, as signals, and how it stands to the thing that it becomes.
pub trait Draft: Copy + Send + Sync + 'static {
    /// The thing as it is read.
    type Thing: Send + Sync + 'static;
    /// The thing as it is sent.
    type New: garde::Validate<Context = ()> + 'static;

    /// What the fields hold now; the faults of what cannot be read.
    fn written(self) -> Result<Self::New, Vec<Fault>>;
    /// Every field beside what the thing has in it, always in the same order.
    fn fields(self, thing: &Self::Thing) -> Vec<Field>;

    /// Puts the thing into the fields.
    fn show(self, thing: &Self::Thing) {
        untrack(|| self.fields(thing)).iter().for_each(|field| (field.take)());
    }
}

/// One field of a form beside the same field of a thing.
pub struct Field {
    /// Key of its name.
    name: &'static str,
    mine: String,
    theirs: String,
    /// Puts theirs into the field.
    take: Box<dyn Fn() + Send + Sync>,
}

impl Field {
    /// A field that is compared by these words.
    pub fn new(name: &'static str, mine: String, theirs: String, take: impl Fn() + Send + Sync + 'static) -> Self {
        Self { name, mine, theirs, take: Box::new(take) }
    }

    /// A field of text.
    pub fn text(name: &'static str, value: RwSignal<String>, theirs: impl Into<String>) -> Self {
        Self::code(name, value, theirs, str::to_owned)
    }

    /// A field that holds a code, shown as words.
    pub fn code(name: &'static str, value: RwSignal<String>, theirs: impl Into<String>, words: impl Fn(&str) -> String) -> Self {
        let theirs = theirs.into();
        Self::new(name, words(value.get().trim()), words(&theirs), move || value.set(theirs.clone()))
    }
}

/// A form's way to the server.
pub struct Editing {
    /// For the form's button.
    pub save: Callback<()>,
    /// Stands beside the form: the question about what both have changed.
    pub conflict: AnyView,
}

/// A field that both have changed; says whether theirs is to be taken.
type Clash = (Field, RwSignal<bool>);

/// Makes a form edit a thing.
///
/// `old` is the thing as it was read; none makes a new one. `write` sends what is written, over the thing as it was last
/// read; `read` reads that thing anew when it turns out to have changed; `saved` is told what came of it.
pub fn edit<D: Draft>(
    form: FormState,
    draft: D,
    old: Option<D::Thing>,
    write: impl Fn(D::New, Option<&D::Thing>) -> Calling<'static, D::Thing> + Send + Sync + 'static,
    read: impl Fn(&D::Thing) -> Calling<'static, D::Thing> + Send + Sync + 'static,
    saved: impl Fn(&D::Thing) + Clone + Send + Sync + 'static,
) -> Editing {
    old.iter().for_each(|old| draft.show(old));
    let base = StoredValue::new(old);
    let save = Callback::new(move |()| {
        let new = match draft.written() {
            Ok(new) => new,
            Err(faults) => return form.refuse(faults),
        };
        if form.check(&new) {
            let saved = saved.clone();
            form.send(base.with_value(|base| write(new, base.as_ref())), move |thing| {
                saved(&thing);
                base.try_set_value(Some(thing));
            });
        }
    });
    let clashes = RwSignal::new(Vec::new());
    // What comes from the server comes outside the reactive graph, and the words of a field need it.
    let owner = StoredValue::new(Owner::current());
    Effect::new(move |_| {
        if form.stale.get()
            && let Some(read) = base.with_value(|base| base.as_ref().map(&read))
        {
            form.catch_up(read, move |theirs| {
                let Some(owner) = owner.try_get_value().flatten() else { return };
                let beside = |thing: &D::Thing| owner.with(|| untrack(|| draft.fields(thing)));
                let known = base.with_value(|base| base.as_ref().map(beside)).unwrap_or_default();
                let found = owner.with(|| merge(known, beside(&theirs)));
                base.set_value(Some(theirs));
                if found.is_empty() { save.run(()) } else { clashes.set(found) }
            });
        }
    });
    Editing { save, conflict: question(clashes, save) }
}

/// Takes what only they have changed; gives what both have.
fn merge(known: Vec<Field>, theirs: Vec<Field>) -> Vec<Clash> {
    let differing = known.into_iter().zip(theirs).filter(|(_, theirs)| theirs.mine != theirs.theirs);
    let mut clashes = Vec::new();
    for (known, theirs) in differing {
        match () {
            () if known.mine == known.theirs => (theirs.take)(),
            () if known.theirs == theirs.theirs => {}
            () => clashes.push((theirs, RwSignal::new(false))),
        }
    }
    clashes
}

/// Theirs and mine, field by field.
fn question(clashes: RwSignal<Vec<Clash>>, save: Callback<()>) -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(clashes.with(|clashes| !clashes.is_empty())));
    Effect::new(move |before: Option<bool>| {
        let open = open.get();
        if before == Some(true) && !open {
            clashes.update(Vec::clear);
        }
        open
    });
    let settle = move |_| {
        clashes.with_untracked(|clashes| clashes.iter().filter(|(_, taken)| taken.get_untracked()).for_each(|(field, _)| (field.take)()));
        open.set(false);
        save.run(());
    };
    let one = |number: usize, field: &Field, taken: RwSignal<bool>| {
        let side = |own: bool, key: &'static str, text: &str| {
            let text = Some(text.to_owned()).filter(|text| !text.is_empty()).unwrap_or_else(|| t("common-blank"));
            view! {
                <label class="side">
                    <input type="radio" name=format!("clash-{number}") prop:checked=move || taken.get() != own on:change=move |_| taken.set(!own) />
                    <span><span class="small">{tr!(key)}</span> <br /> {text}</span>
                </label>
            }
        };
        view! {
            <fieldset class="ds-fieldset">
                <legend class="ds-label" data-weight="medium">{t(field.name)}</legend>
                <div class="sides">{side(true, "common-mine", &field.mine)} {side(false, "common-theirs", &field.theirs)}</div>
            </fieldset>
        }
    };
    let rows = move || {
        clashes.with(|clashes| clashes.iter().enumerate().map(|(number, (field, taken))| one(number, field, *taken)).collect_view())
    };
    view! {
        <Dialog open title_key="common-conflict">
            <p class="ds-paragraph">{tr!("common-conflict-help")}</p>
            {rows}
            <div class="actions"><button class="ds-button" type="button" on:click=settle>{tr!("common-save-chosen")}</button></div>
        </Dialog>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::prelude::Owner;

    #[test]
    fn what_only_they_changed_is_taken_and_what_both_changed_is_asked() {
        let owner = Owner::new();
        owner.set();
        let signals = ["left alone", "mine", "mine"].map(|text| RwSignal::new(text.to_owned()));
        let beside = |things: [&str; 3]| {
            signals.iter().zip(things).map(|(signal, thing)| Field::text("common-email", *signal, thing)).collect::<Vec<_>>()
        };
        let clashes = merge(beside(["left alone", "old", "old"]), beside(["theirs", "old", "theirs"]));
        assert_eq!(clashes.iter().map(|(field, _)| field.theirs.as_str()).collect::<Vec<_>>(), ["theirs"]);
        assert_eq!(signals.map(|signal| signal.get_untracked()), ["theirs", "mine", "mine"]);
    }
}
