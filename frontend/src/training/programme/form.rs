//! A programme as it is written, in three languages: a new one, or one that is changed.

use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::local::{LocalDraft, LocalField, whole_text};
use crate::ui::{Draft, Editing, Field, Form, FormState, edit, icon};
use leptos::prelude::*;
use shared::problem::Fault;
use shared::training::{NewGoal, NewProgramme, Programme, ProgrammeChanges, STEP_MAX, STEP_MIN};
use shared::{GoalId, Lang, LocalText};

#[derive(Clone, Copy)]
struct GoalDraft {
    id: Option<GoalId>,
    text: LocalDraft,
}

#[derive(Clone, Copy)]
struct ProgrammeDraft {
    name: LocalDraft,
    description: LocalDraft,
    steps: StoredValue<Vec<LocalDraft>>,
    goals: RwSignal<Vec<GoalDraft>>,
}

/// The usual words of a step, in every language.
fn usual_step(step: u8) -> LocalText {
    let words = |lang: Lang| lang.text(&format!("training-usual-step-{step}"));
    LocalText::all(words(Lang::Fi), words(Lang::Sv), words(Lang::En))
}

fn lines<'a>(texts: impl IntoIterator<Item = &'a LocalText>) -> String {
    texts.into_iter().map(whole_text).collect::<Vec<_>>().join("; ")
}

impl ProgrammeDraft {
    fn new() -> Self {
        let steps = (STEP_MIN..=STEP_MAX).map(|step| LocalDraft::new(&usual_step(step))).collect();
        let (name, description) = (LocalDraft::default(), LocalDraft::default());
        Self { name, description, steps: StoredValue::new(steps), goals: RwSignal::default() }
    }

    fn value(self) -> NewProgramme {
        NewProgramme {
            name: self.name.value(),
            description: self.description.value(),
            step_words: self.steps.with_value(|steps| steps.iter().map(|draft| draft.value()).collect()),
            goals: self.goals.get_untracked().into_iter().map(|goal| NewGoal { id: goal.id, text: goal.text.value() }).collect(),
        }
    }
}

impl Draft for ProgrammeDraft {
    type Thing = Programme;
    type New = NewProgramme;

    fn written(self) -> Result<NewProgramme, Vec<Fault>> {
        Ok(self.value())
    }

    fn fields(self, programme: &Programme) -> Vec<Field> {
        let Programme { name, description, step_words, goals, .. } = programme.clone();
        let mine = self.value();
        let (their_steps, their_goals) = (lines(&step_words), lines(goals.iter().map(|goal| &goal.text)));
        vec![
            Field::new("training-field-programme-name", whole_text(&mine.name), whole_text(&name), move || self.name.set(&name)),
            Field::new("training-field-description", whole_text(&mine.description), whole_text(&description), move || {
                self.description.set(&description);
            }),
            Field::new("training-steps", lines(&mine.step_words), their_steps, move || {
                self.steps.with_value(|steps| steps.iter().zip(&step_words).for_each(|(draft, words)| draft.set(words)));
            }),
            Field::new("training-goals", lines(mine.goals.iter().map(|goal| &goal.text)), their_goals, move || {
                self.goals.set(goals.iter().map(|goal| GoalDraft { id: Some(goal.id), text: LocalDraft::new(&goal.text) }).collect());
            }),
        ]
    }
}

/// The form. `programme` is the one to change; none makes a new one.
#[component]
pub fn ProgrammeForm(programme: Option<Programme>, on_saved: Callback<Programme>) -> impl IntoView {
    let session = session();
    let (form, draft) = (FormState::default(), ProgrammeDraft::new());
    let write = move |new: NewProgramme, old: Option<&Programme>| match old {
        None => session.send(new, |client, new| async move { client.create_programme(&new).await }),
        Some(&Programme { id, version, .. }) => {
            let (name, description) = (Some(new.name.into()), Some(new.description.into()));
            let changes = ProgrammeChanges { name, description, step_words: Some(new.step_words), goals: Some(new.goals) };
            session.send(changes, move |client, changes| async move { client.update_programme(id, version, &changes).await })
        }
    };
    let read = move |&Programme { id, .. }: &Programme| session.call(move |client| async move { client.get_programme(id).await });
    let Editing { save, conflict } = edit(form, draft, programme, write, read, move |saved| {
        session.say("training-programme-saved");
        on_saved.run(saved.clone());
    });
    let steps = draft
        .steps
        .get_value()
        .into_iter()
        .zip(STEP_MIN..)
        .enumerate()
        .map(|(position, (draft, step))| {
            let label = Signal::derive(move || tv("training-step", &[("step", &step.to_string())]));
            view! { <LocalField form pointer=format!("/step_words/{position}") label draft /> }
        })
        .collect_view();
    view! {
        <Form form submit="common-save" on_submit=save>
            <LocalField form pointer="/name" label=Signal::derive(|| t("training-field-programme-name")) draft=draft.name />
            <LocalField form pointer="/description" label=Signal::derive(|| t("training-field-description")) draft=draft.description tall=true />
            {goal_fields(form, draft.goals)}
            <details class="ds-details"><summary>{tr!("training-steps")}</summary><div>{steps}</div></details>
        </Form>
        {conflict}
    }
}

fn goal_fields(form: FormState, goals: RwSignal<Vec<GoalDraft>>) -> impl IntoView {
    let one = move |position: usize, goal: GoalDraft| {
        let which = move || tv("training-goal-number", &[("number", &(position + 1).to_string())]);
        let remove = move |_| {
            goals.update(|goals| {
                goals.remove(position);
            });
        };
        view! {
            <li class="ds-card">
                <LocalField form pointer=format!("/goals/{position}/text") label=Signal::derive(which) draft=goal.text />
                <button class="ds-button" data-variant="tertiary" type="button" on:click=remove>{icon("trash-2")} {move || format!("{}: {}", t("training-remove"), which())}</button>
            </li>
        }
    };
    let add = move |_| goals.update(|goals| goals.push(GoalDraft { id: None, text: LocalDraft::default() }));
    view! {
        <fieldset class="ds-fieldset">
            <legend class="ds-label" data-weight="medium">{tr!("training-goals")}</legend>
            <p class="hint">{tr!("training-goals-hint")}</p>
            <ol class="card-list">{move || goals.get().into_iter().enumerate().map(|(position, goal)| one(position, goal)).collect_view()}</ol>
            <button class="ds-button" data-variant="secondary" type="button" on:click=add>{icon("plus")} {tr!("training-add-goal")}</button>
        </fieldset>
    }
}
