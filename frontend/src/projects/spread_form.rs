//! What a unit has decided, and what was found at a look, as they are written.

use super::spread::Ctx;
use super::trial_form::read;
use crate::session::{t, word};
use crate::ui::field::{choices, chosen as chosen_in, filled};
use crate::ui::{Draft, Editing, Field, Form, FormState, Select, TextField, edit};
use jiff::civil::Date;
use leptos::prelude::*;
use shared::UnitId;
use shared::problem::Fault;
use shared::projects::{Adoption, AdoptionChanges, Decision, NewAdoption, NewRecheck, RECHECK_MONTHS, RecheckState};

#[derive(Clone, Copy)]
struct AdoptionDraft {
    unit: RwSignal<String>,
    decision: RwSignal<String>,
    note: RwSignal<String>,
    /// Of one without an account; an account's name is shown and kept.
    guide: RwSignal<String>,
    from: RwSignal<String>,
    due: RwSignal<String>,
    /// The guide as it was read.
    known: RwSignal<Option<Adoption>>,
}

impl Draft for AdoptionDraft {
    type Thing = Adoption;
    type New = NewAdoption;

    fn written(self) -> Result<NewAdoption, Vec<Fault>> {
        let unit: Option<UnitId> = self.unit.get_untracked().parse().ok();
        let guide = filled(self.guide);
        // The name of an account that was left as it was stays that account.
        let account =
            self.known.with_untracked(|known| known.as_ref().filter(|known| known.guide_name == guide).and_then(|known| known.guide_id));
        Ok(NewAdoption {
            unit_id: unit.ok_or_else(|| vec![Fault::new("/unit_id", "required", None)])?,
            decision: chosen_in(self.decision, Decision::Asked),
            note: self.note.get_untracked().trim().to_owned(),
            guide_id: account,
            guide_name: guide.filter(|_| account.is_none()),
            from_on: read(self.from, "/from_on")?,
            answer_due_on: read(self.due, "/answer_due_on")?,
        })
    }

    fn fields(self, adoption: &Adoption) -> Vec<Field> {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        vec![
            Field::code("trials-decision", self.decision, adoption.decision.as_str(), |code| word("trials-decision", code)),
            Field::text("trials-note", self.note, &adoption.note),
            Field::text("trials-guide", self.guide, adoption.guide_name.clone().unwrap_or_default()),
            Field::text("trials-from-on", self.from, day(adoption.from_on)),
            Field::text("trials-answer-due-on", self.due, day(adoption.answer_due_on)),
        ]
    }
}

fn changes(new: NewAdoption) -> AdoptionChanges {
    AdoptionChanges {
        decision: Some(new.decision),
        note: Some(new.note),
        guide_id: Some(new.guide_id),
        guide_name: Some(new.guide_name),
        from_on: Some(new.from_on),
        answer_due_on: Some(new.answer_due_on),
    }
}

/// The form. `chosen` is the adoption to change; none asks another unit.
#[component]
pub fn AdoptionForm(ctx: Ctx, open: RwSignal<bool>, chosen: RwSignal<Option<Adoption>>) -> impl IntoView {
    let (session, project, form) = (ctx.session, ctx.project, FormState::default());
    let (text, old) = (RwSignal::<String>::default, chosen.get_untracked());
    let unit = RwSignal::new(old.as_ref().map(|old| old.unit_id.to_string()).unwrap_or_default());
    let decision = RwSignal::new(Decision::Asked.to_string());
    let draft = AdoptionDraft { unit, decision, note: text(), guide: text(), from: text(), due: text(), known: RwSignal::new(old.clone()) };
    let is_new = old.is_none();
    // Units that were not asked yet.
    let options = Signal::derive(move || {
        let read = ctx.list.get().and_then(Result::ok);
        let free = read
            .map(|read| read.units.into_iter().filter(|unit| read.adoptions.iter().all(|one| one.unit_id != unit.id)).collect::<Vec<_>>());
        let choose = (String::new(), t("trials-choose-unit"));
        std::iter::once(choose).chain(free.unwrap_or_default().into_iter().map(|unit| (unit.id.to_string(), unit.name))).collect::<Vec<_>>()
    });
    let write = move |new: NewAdoption, old: Option<&Adoption>| match old {
        None => session.send(new, move |client, new| async move { client.create_adoption(project, &new).await }),
        Some(&Adoption { id, version, .. }) => {
            session.send(changes(new), move |client, changes| async move { client.update_adoption(id, version, &changes).await })
        }
    };
    let again = move |&Adoption { id, .. }: &Adoption| session.call(move |client| async move { client.get_adoption(id).await });
    let Editing { save, conflict } = edit(form, draft, old, write, again, move |_| {
        open.set(false);
        session.say("trials-adoption-saved");
        ctx.list.refetch();
    });
    view! {
        <Form form submit="common-save" on_submit=save>
            {is_new.then(|| view! { <Select form pointer="/unit_id" label="trials-unit" value=draft.unit options=options /> })}
            <Select form pointer="/decision" label="trials-decision" value=draft.decision options=choices("trials-decision", Decision::ALL.iter().map(|code| code.as_str())) />
            <TextField form pointer="/from_on" label="trials-from-on" hint="trials-from-on-hint" value=draft.from kind="date" optional=true />
            <TextField form pointer="/answer_due_on" label="trials-answer-due-on" value=draft.due kind="date" optional=true />
            <TextField form pointer="/guide_name" label="trials-guide" value=draft.guide optional=true />
            <TextField form pointer="/note" label="trials-note" value=draft.note tall=true optional=true />
        </Form>
        {conflict}
    }
}

/// What was found at the look that is due.
#[component]
pub fn RecheckForm(ctx: Ctx, open: RwSignal<bool>, chosen: RwSignal<Option<Adoption>>) -> impl IntoView {
    let (session, form) = (ctx.session, FormState::default());
    let state = RwSignal::new(RecheckState::InUse.to_string());
    let note = RwSignal::<String>::default();
    // Somebody else was first: what they have made of it is shown before anything is noted.
    Effect::new(move |_| {
        if form.stale.get() {
            open.set(false);
            session.say("common-act-stale");
            ctx.list.refetch();
        }
    });
    let save = Callback::new(move |()| {
        let Some(Adoption { id, version, next_recheck, .. }) = chosen.get_untracked() else { return };
        let month = next_recheck.map_or(RECHECK_MONTHS[0], |due| due.month);
        let found = NewRecheck { month, state: chosen_in(state, RecheckState::InUse), note: note.get_untracked().trim().to_owned() };
        if form.check(&found) {
            form.send(
                session.send(found, move |client, found| async move { client.recheck_adoption(id, version, &found).await }),
                move |_| {
                    open.set(false);
                    session.say("trials-recheck-saved");
                    ctx.list.refetch();
                },
            );
        }
    });
    view! {
        <Form form submit="common-save" on_submit=save>
            <Select form pointer="/state" label="trials-recheck" value=state options=choices("trials-recheck", RecheckState::ALL.iter().map(|code| code.as_str())) />
            <TextField form pointer="/note" label="trials-recheck-note" value=note tall=true optional=true />
        </Form>
    }
}
