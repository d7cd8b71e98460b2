//! A trial as it is written, and as it is concluded.

use super::trial::Ctx;
use crate::session::word;
use crate::ui::field::{choices, chosen as chosen_in, filled, languages};
use crate::ui::{Draft, Editing, Field, Form, FormState, Select, TextField, edit};
use jiff::civil::Date;
use leptos::prelude::*;
use shared::Lang;
use shared::problem::Fault;
use shared::projects::{NewTrial, Trial, TrialChanges, TrialConclusion, TrialResult};

#[derive(Clone, Copy)]
struct TrialDraft {
    lang: RwSignal<String>,
    hypothesis: RwSignal<String>,
    measure: RwSignal<String>,
    participants: RwSignal<String>,
    count: RwSignal<String>,
    starts: RwSignal<String>,
    ends: RwSignal<String>,
}

/// What a field holds, read; none when it is blank, the fault when it cannot be read.
pub(super) fn read<T: std::str::FromStr>(value: RwSignal<String>, pointer: &str) -> Result<Option<T>, Vec<Fault>> {
    let Some(text) = filled(value) else { return Ok(None) };
    text.parse().map(Some).map_err(|_| vec![Fault::new(pointer, "malformed", None)])
}

impl Draft for TrialDraft {
    type Thing = Trial;
    type New = NewTrial;

    fn written(self) -> Result<NewTrial, Vec<Fault>> {
        let text = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        Ok(NewTrial {
            lang: chosen_in(self.lang, Lang::Fi),
            hypothesis: text(self.hypothesis),
            measure: text(self.measure),
            participants: text(self.participants),
            participant_count: read(self.count, "/participant_count")?,
            starts_on: read(self.starts, "/starts_on")?,
            ends_on: read(self.ends, "/ends_on")?,
        })
    }

    fn fields(self, trial: &Trial) -> Vec<Field> {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        vec![
            Field::code("trials-lang", self.lang, trial.lang.as_str(), |code| word("common-lang", code)),
            Field::text("trials-hypothesis", self.hypothesis, &trial.hypothesis),
            Field::text("trials-measure-how", self.measure, &trial.measure),
            Field::text("trials-participants", self.participants, &trial.participants),
            Field::text("trials-participant-count", self.count, trial.participant_count.map(|n| n.to_string()).unwrap_or_default()),
            Field::text("trials-starts", self.starts, day(trial.starts_on)),
            Field::text("trials-ends", self.ends, day(trial.ends_on)),
        ]
    }
}

fn changes(new: NewTrial) -> TrialChanges {
    TrialChanges {
        lang: Some(new.lang),
        hypothesis: Some(new.hypothesis),
        measure: Some(new.measure),
        participants: Some(new.participants),
        participant_count: Some(new.participant_count),
        starts_on: Some(new.starts_on),
        ends_on: Some(new.ends_on),
    }
}

/// The form. `chosen` is the trial to change; none makes a new one.
#[component]
pub fn TrialForm(ctx: Ctx, open: RwSignal<bool>, chosen: RwSignal<Option<Trial>>) -> impl IntoView {
    let (session, project, form) = (ctx.session, ctx.project, FormState::default());
    let text = RwSignal::<String>::default;
    let draft = TrialDraft {
        lang: RwSignal::new(session.lang.get_untracked().to_string()),
        hypothesis: text(),
        measure: text(),
        participants: text(),
        count: text(),
        starts: text(),
        ends: text(),
    };
    let write = move |new: NewTrial, old: Option<&Trial>| match old {
        None => session.send(new, move |client, new| async move { client.create_trial(project, &new).await }),
        Some(&Trial { id, version, .. }) => {
            session.send(changes(new), move |client, changes| async move { client.update_trial(id, version, &changes).await })
        }
    };
    let read = move |&Trial { id, .. }: &Trial| session.call(move |client| async move { client.get_trial(id).await });
    let Editing { save, conflict } = edit(form, draft, chosen.get_untracked(), write, read, move |_| {
        open.set(false);
        session.say("trials-saved");
        ctx.trials.refetch();
    });
    view! {
        <Form form submit="common-save" on_submit=save>
            <TextField form pointer="/hypothesis" label="trials-hypothesis" hint="trials-hypothesis-hint" value=draft.hypothesis tall=true />
            <TextField form pointer="/measure" label="trials-measure-how" hint="trials-measure-hint" value=draft.measure tall=true />
            <TextField form pointer="/participants" label="trials-participants" value=draft.participants tall=true optional=true />
            <TextField form pointer="/participant_count" label="trials-participant-count" value=draft.count digits=true optional=true />
            <TextField form pointer="/starts_on" label="trials-starts" value=draft.starts kind="date" optional=true />
            <TextField form pointer="/ends_on" label="trials-ends" value=draft.ends kind="date" optional=true />
            <Select form pointer="/lang" label="trials-lang" value=draft.lang options=languages() />
        </Form>
        {conflict}
    }
}

/// How a trial ended and what was learnt.
#[component]
pub fn ConclusionForm(ctx: Ctx, open: RwSignal<bool>, chosen: RwSignal<Option<Trial>>) -> impl IntoView {
    let (session, form) = (ctx.session, FormState::default());
    let result = RwSignal::new(TrialResult::Works.to_string());
    let learnt = RwSignal::new(chosen.with_untracked(|trial| trial.as_ref().map(|trial| trial.learnt.clone())).unwrap_or_default());
    // Somebody else was first: what they have made of it is shown before it is concluded.
    Effect::new(move |_| {
        if form.stale.get() {
            open.set(false);
            session.say("common-act-stale");
            ctx.trials.refetch();
        }
    });
    let save = Callback::new(move |()| {
        let Some(Trial { id, version, .. }) = chosen.get_untracked() else { return };
        let conclusion =
            TrialConclusion { result: chosen_in(result, TrialResult::Works), learnt: learnt.get_untracked().trim().to_owned() };
        if form.check(&conclusion) {
            let call =
                session.send(conclusion, move |client, conclusion| async move { client.conclude_trial(id, version, &conclusion).await });
            form.send(call, move |_| {
                open.set(false);
                session.say("trials-concluded");
                ctx.trials.refetch();
            });
        }
    });
    view! {
        <Form form submit="trials-conclude" on_submit=save>
            <Select form pointer="/result" label="trials-result" value=result options=choices("trials-result", TrialResult::ALL.iter().map(|code| code.as_str())) />
            <TextField form pointer="/learnt" label="trials-learnt" hint="trials-learnt-hint" value=learnt tall=true />
        </Form>
    }
}
