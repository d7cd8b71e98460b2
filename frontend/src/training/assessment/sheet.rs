//! The sheet itself: the goals in turn, the greeting, and everything once more at the end.

use super::desk::Desk;
use super::{Matter, closed};
use crate::paths;
use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::load::failure;
use crate::ui::{TextField, icon};
use crate::words::in_lang;
use leptos::ev;
use leptos::html::{Div, Fieldset};
use leptos::prelude::*;
use shared::LocalText;
use shared::format;
use shared::training::{AssessmentStatus, Goal, STEP_MIN};

/// What the parts of the sheet share.
#[derive(Clone, Copy)]
struct Sheaf {
    desk: Desk,
    goals: StoredValue<Vec<Goal>>,
    words: StoredValue<Vec<LocalText>>,
    /// Which goal is asked; after the goals the greeting, after the greeting the review.
    at: RwSignal<usize>,
    /// Whether the person has moved on the sheet: then the focus follows.
    moved: RwSignal<bool>,
}

impl Sheaf {
    fn count(self) -> usize {
        self.goals.with_value(Vec::len)
    }

    fn go(self, to: usize) {
        self.moved.set(true);
        self.at.set(to);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    /// Goals without a step. Reactive.
    fn missing(self) -> usize {
        self.goals.with_value(|goals| goals.iter().filter(|goal| self.desk.step(goal.id).is_none()).count())
    }

    /// `4 täysin`.
    fn answer(self, step: Option<u8>) -> AnyView {
        let word = |step: u8| self.words.with_value(|words| words.get(usize::from(step.saturating_sub(STEP_MIN))).cloned());
        match step {
            Some(step) => {
                view! { <span class="self-answer">{step.to_string()} " " {word(step).map(|word| in_lang(&word))}</span> }.into_any()
            }
            None => view! { <span class="self-answer self-none">{tr!("assessment-none")}</span> }.into_any(),
        }
    }
}

#[component]
pub fn Sheet(matter: Matter, title: RwSignal<&'static str>) -> impl IntoView {
    let desk = Desk::new(session(), matter.own);
    let goals = matter.programme.goals;
    let first = goals.iter().position(|goal| desk.step(goal.id).is_none()).unwrap_or(goals.len() + 1);
    let sheaf = Sheaf {
        desk,
        goals: StoredValue::new(goals),
        words: StoredValue::new(matter.programme.step_words),
        at: RwSignal::new(first),
        moved: RwSignal::new(false),
    };
    let open = Memo::new(move |_| desk.saved.with(|saved| saved.status == AssessmentStatus::Open));
    Effect::new(move |_| {
        let (at, count) = (sheaf.at.get(), sheaf.count());
        title.set(match () {
            () if !open.get() => "assessment-title",
            () if at < count => "assessment-question",
            () if at == count => "assessment-greeting-title",
            () if sheaf.missing() == 0 => "assessment-done",
            () => "assessment-review",
        });
    });
    watch_network(desk);
    let edition = StoredValue::new(matter.edition);
    move || {
        if open.get() {
            view! { <Answering sheaf back=paths::edition(edition.with_value(|edition| edition.id)) /> }.into_any()
        } else {
            let (status, answered) = desk.saved.with_untracked(|saved| (saved.status, saved.answered));
            edition.with_value(|edition| closed(status, answered, edition))
        }
    }
}

/// Saves again when the network returns; asks before the window closes over unsaved answers.
fn watch_network(desk: Desk) {
    let online = window_event_listener(ev::online, move |_| desk.go_on());
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        if desk.is_unsaved() {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        online.remove();
        leaving.remove();
    });
}

#[component]
fn Answering(sheaf: Sheaf, back: String) -> impl IntoView {
    let count = sheaf.count();
    view! {
        <div class="self-top">
            <p id="self-count">{move || place(sheaf)}</p>
            <Saved desk=sheaf.desk />
        </div>
        <div class="self-bar" aria-hidden="true">
            {(0..count).map(|index| view! { <span class="self-seg" data-state=move || segment(sheaf, index)></span> }).collect_view()}
        </div>
        <Trouble desk=sheaf.desk />
        <For
            each=move || [sheaf.at.get()]
            key=|at| *at
            children=move |at| match at {
                _ if at < count => view! { <GoalStep sheaf index=at /> }.into_any(),
                _ if at == count => view! { <Greeting sheaf /> }.into_any(),
                _ => view! { <Review sheaf back=back.clone() /> }.into_any(),
            }
        />
        <p class="self-note">{icon("user")}<span>{tr!("assessment-note")}</span></p>
        {move || (sheaf.at.get() <= count).then(|| view! { <Already sheaf /> })}
    }
}

fn place(sheaf: Sheaf) -> String {
    let (at, count) = (sheaf.at.get(), sheaf.count());
    match () {
        () if at < count => tv("assessment-place", &[("at", &(at + 1).to_string()), ("count", &count.to_string())]),
        () if at == count => t("assessment-place-greeting"),
        () => tv("assessment-place-review", &[("answered", &(count - sheaf.missing()).to_string()), ("count", &count.to_string())]),
    }
}

fn segment(sheaf: Sheaf, index: usize) -> &'static str {
    let answered = sheaf.goals.with_value(|goals| goals.get(index).map(|goal| goal.id)).is_some_and(|goal| sheaf.desk.step(goal).is_some());
    match (answered, sheaf.at.get() == index) {
        (true, _) => "done",
        (false, true) => "now",
        (false, false) => "ahead",
    }
}

/// Whether the answers are safe, said quietly.
#[component]
fn Saved(desk: Desk) -> impl IntoView {
    let words = move || {
        let (pending, busy) = (desk.pending.get(), desk.busy.get());
        if pending && desk.offline() {
            return t("assessment-offline");
        }
        if busy {
            return t("assessment-saving");
        }
        let lang = session().lang.get();
        match desk.saved.with(|saved| saved.saved_at) {
            _ if pending => t("assessment-unsaved"),
            Some(at) => tv("assessment-saved", &[("time", &format::time(at, lang))]),
            None => String::new(),
        }
    };
    let offline = move || desk.pending.get() && desk.offline();
    view! {
        <div class="self-state">
            <p role="status">{words}</p>
            {move || offline().then(|| view! {
                <button class="ds-button" data-variant="tertiary" type="button" on:click=move |_| desk.go_on()>{icon("refresh-cw")}{tr!("assessment-retry")}</button>
            })}
        </div>
    }
}

/// What keeps the answers from being saved, other than the network.
#[component]
fn Trouble(desk: Desk) -> impl IntoView {
    move || {
        if desk.offline() {
            return None;
        }
        desk.failure.get().map(|error| failure(&error, Some(Callback::new(move |()| desk.go_on()))))
    }
}

#[component]
fn GoalStep(sheaf: Sheaf, index: usize) -> impl IntoView {
    let field = NodeRef::<Fieldset>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get()
            && sheaf.moved.get_untracked()
        {
            let _ = field.focus();
        }
    });
    let goal = sheaf.goals.with_value(|goals| goals.get(index).cloned());
    let words = sheaf.words.get_value();
    goal.map(|goal| {
        let id = goal.id;
        let name = format!("goal-{id}");
        let choices = words
            .into_iter()
            .zip(STEP_MIN..)
            .map(|(word, step)| {
                let chosen = move || sheaf.desk.step(id) == Some(step);
                view! {
                    <label class="self-choice">
                        <input type="radio" name=name.clone() value=step.to_string() prop:checked=chosen on:change=move |_| sheaf.desk.choose(id, step) />
                        <span class="self-number">{step.to_string()}</span>
                        <span class="self-word">{in_lang(&word)}</span>
                        <span class="self-tick">{icon("check")}</span>
                    </label>
                }
            })
            .collect_view();
        view! {
            <fieldset class="self-goal" tabindex="-1" node_ref=field aria-describedby="self-count">
                <legend>{in_lang(&goal.text)}</legend>
                {choices}
            </fieldset>
            <div class="self-moves">
                {(index > 0).then(|| view! {
                    <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| sheaf.go(index - 1)>{tr!("assessment-back")}</button>
                })}
                <button class="ds-button self-next" type="button" on:click=move |_| sheaf.go(index + 1)>{tr!("assessment-next")}{icon("arrow-right")}</button>
            </div>
        }
    })
}

#[component]
fn Greeting(sheaf: Sheaf) -> impl IntoView {
    let desk = sheaf.desk;
    let count = sheaf.count();
    let region = moved_here(sheaf);
    let next = move || {
        desk.save_greeting();
        if desk.form.faults.with_untracked(Vec::is_empty) {
            sheaf.go(count + 1);
        }
    };
    view! {
        <div class="self-greeting" tabindex="-1" node_ref=region on:focusout=move |_| desk.save_greeting()>
            <TextField form=desk.form pointer="/greeting" label="assessment-greeting" value=desk.greeting hint="assessment-greeting-hint" tall=true optional=true />
        </div>
        <div class="self-moves">
            {(count > 0).then(|| view! {
                <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| sheaf.go(count - 1)>{tr!("assessment-back")}</button>
            })}
            <button class="ds-button self-next" type="button" on:click=move |_| next()>{tr!("assessment-next")}{icon("arrow-right")}</button>
        </div>
    }
}

/// Everything once more, each line a way back to it.
#[component]
fn Review(sheaf: Sheaf, back: String) -> impl IntoView {
    let desk = sheaf.desk;
    let count = sheaf.count();
    let region = moved_here(sheaf);
    let state = move || {
        let missing = sheaf.missing();
        match () {
            () if missing > 0 => tv("assessment-missing", &[("count", &missing.to_string())]),
            () if desk.pending.get() => t("assessment-review-unsaved"),
            () if desk.busy.get() => t("assessment-saving"),
            () => t("assessment-all-saved"),
        }
    };
    view! {
        <div class="self-review" tabindex="-1" node_ref=region>
            <p class="ds-paragraph">{state}</p>
            <ul class="self-list">{(0..count).map(|index| line(sheaf, index)).collect_view()}</ul>
            <h2 class="ds-heading" data-size="xs">{tr!("assessment-greeting")}</h2>
            <p class="self-written">{move || desk.greeting.with(|greeting| if greeting.trim().is_empty() { t("assessment-greeting-none") } else { greeting.clone() })}</p>
        </div>
        <div class="self-moves">
            <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| sheaf.go(count)>{tr!("assessment-greeting-change")}</button>
            <a class="ds-button self-next" href=back>{tr!("assessment-to-edition")}</a>
        </div>
    }
}

/// The goals answered so far, other than the one being asked.
#[component]
fn Already(sheaf: Sheaf) -> impl IntoView {
    let answered = Memo::new(move |_| {
        let at = sheaf.at.get();
        let has = |goal: &Goal| sheaf.desk.step(goal.id).is_some();
        sheaf.goals.with_value(|goals| {
            goals.iter().enumerate().filter(|(index, goal)| *index != at && has(goal)).map(|(index, _)| index).collect::<Vec<_>>()
        })
    });
    let any = move || !answered.with(Vec::is_empty);
    move || {
        any().then(|| {
            view! {
                <section class="self-already">
                    <h2 class="ds-heading" data-size="xs">{tr!("assessment-already")}</h2>
                    <ul class="self-list"><For each=move || answered.get() key=|index| *index children=move |index| line(sheaf, index) /></ul>
                </section>
            }
        })
    }
}

fn line(sheaf: Sheaf, index: usize) -> impl IntoView {
    let goal = sheaf.goals.with_value(|goals| goals.get(index).cloned());
    goal.map(|goal| {
        let id = goal.id;
        view! {
            <li>
                <button class="self-jump" type="button" on:click=move |_| sheaf.go(index)>
                    <span class="self-jump-text">{in_lang(&goal.text)}</span>
                    {move || sheaf.answer(sheaf.desk.step(id))}
                    <span class="sr-only">{tr!("assessment-change")}</span>
                </button>
            </li>
        }
    })
}

/// A part that takes the focus when the person has come to it on the sheet.
fn moved_here(sheaf: Sheaf) -> NodeRef<Div> {
    let region = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(region) = region.get()
            && sheaf.moved.get_untracked()
        {
            let _ = region.focus();
        }
    });
    region
}
