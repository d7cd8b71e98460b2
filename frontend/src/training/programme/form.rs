//! A programme as it is written, in three languages: a new one, or one that is changed.

use crate::session::{Session, session, t, tv};
use crate::tr;
use crate::training::edition::fields::{LocalDraft, LocalField, differs, say, theirs, whole_text};
use crate::ui::{Conflict, Form, FormState, icon};
use leptos::prelude::*;
use shared::training::{NewGoal, NewProgramme, Programme, ProgrammeChanges, STEP_MAX, STEP_MIN};
use shared::{GoalId, Lang, LocalText};

#[derive(Clone, Copy)]
struct GoalDraft {
    id: Option<GoalId>,
    text: LocalDraft,
}

#[derive(Clone, Copy)]
struct Draft {
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

impl Draft {
    fn new() -> Self {
        let blank = LocalText::default();
        let steps = (STEP_MIN..=STEP_MAX).map(|step| LocalDraft::new(&usual_step(step))).collect();
        Self {
            name: LocalDraft::new(&blank),
            description: LocalDraft::new(&blank),
            steps: StoredValue::new(steps),
            goals: RwSignal::default(),
        }
    }

    fn set(self, programme: &Programme) {
        self.name.set(&programme.name);
        self.description.set(&programme.description);
        self.steps.with_value(|steps| steps.iter().zip(&programme.step_words).for_each(|(draft, words)| draft.set(words)));
        self.goals.set(programme.goals.iter().map(|goal| GoalDraft { id: Some(goal.id), text: LocalDraft::new(&goal.text) }).collect());
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

/// The form. `programme` is the one to change; none makes a new one.
#[component]
pub fn ProgrammeForm(programme: Option<Programme>, on_saved: Callback<Programme>) -> impl IntoView {
    let session: Session = session();
    let (form, draft) = (FormState::default(), Draft::new());
    let known = programme.as_ref().map(|programme| (programme.id, RwSignal::new(programme.version)));
    if let Some(programme) = &programme {
        draft.set(programme);
    }
    let save = Callback::new(move |()| {
        let new = draft.value();
        if !form.check(&new) {
            return;
        }
        let call = async move {
            match known {
                None => {
                    session
                        .call(|client| {
                            let new = new.clone();
                            async move { client.create_programme(&new).await }
                        })
                        .await
                }
                Some((id, version)) => {
                    let version = version.get_untracked();
                    let changes = ProgrammeChanges {
                        name: Some(new.name.into()),
                        description: Some(new.description.into()),
                        step_words: Some(new.step_words),
                        goals: Some(new.goals),
                    };
                    session
                        .call(|client| {
                            let changes = changes.clone();
                            async move { client.update_programme(id, version, &changes).await }
                        })
                        .await
                }
            }
        };
        form.send(call, move |saved| {
            say(session, "training-programme-saved");
            on_saved.run(saved);
        });
    });
    let conflict = known.map(|(id, version)| {
        let other = theirs(form, session, move |client| async move { client.get_programme(id).await });
        let rows = Signal::derive(move || {
            let Some(own) = other.get() else { return Vec::new() };
            let mine = draft.value();
            let lines = |texts: Vec<&LocalText>| texts.into_iter().map(whole_text).collect::<Vec<_>>().join("; ");
            [
                differs("training-field-programme-name", whole_text(&mine.name), whole_text(&own.name)),
                differs("training-field-description", whole_text(&mine.description), whole_text(&own.description)),
                differs("training-steps", lines(mine.step_words.iter().collect()), lines(own.step_words.iter().collect())),
                differs("training-goals", lines(mine.goals.iter().map(|goal| &goal.text).collect()), lines(own.goals.iter().map(|goal| &goal.text).collect())),
            ]
            .into_iter()
            .flatten()
            .collect()
        });
        let take = move |mine: bool| {
            let Some(own) = other.get_untracked() else { return };
            version.set(own.version);
            if mine { save.run(()) } else { draft.set(&own) }
        };
        view! { <Conflict form differences=rows keep_mine=Callback::new(move |()| take(true)) take_theirs=Callback::new(move |()| take(false)) /> }
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
        <Form form submit="training-save" on_submit=save>
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
    let add = move |_| goals.update(|goals| goals.push(GoalDraft { id: None, text: LocalDraft::new(&LocalText::default()) }));
    view! {
        <fieldset class="ds-fieldset">
            <legend class="ds-label" data-weight="medium">{tr!("training-goals")}</legend>
            <p class="hint">{tr!("training-goals-hint")}</p>
            <ol class="card-list">{move || goals.get().into_iter().enumerate().map(|(position, goal)| one(position, goal)).collect_view()}</ol>
            <button class="ds-button" data-variant="secondary" type="button" on:click=add>{icon("plus")} {tr!("training-add-goal")}</button>
        </fieldset>
    }
}
