//! Which units take a project's practice up. Loads and edits by itself.

use super::spread_form::{AdoptionForm, RecheckForm};
use crate::session::{Session, session, t, tv, word};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::table::{Column, words_in};
use crate::ui::{Act, Dialog, empty, icon, load, table};
use jiff::Timestamp;
use leptos::prelude::*;
use shared::client::{CallError, Called, Client};
use shared::identity::{Unit, UnitFilter};
use shared::page::Paging;
use shared::policy::{Permission, Target};
use shared::projects::{Adoption, Decision, RecheckState};
use shared::{ProjectId, UnitId, format};

const COLUMNS: &[Column] =
    &[words_in("trials-col-unit"), words_in("trials-col-decision"), words_in("trials-col-note"), words_in("trials-col-acts")];

/// What is read for the list: the adoptions, and the units of the tenant.
#[derive(Clone)]
pub struct Read {
    pub adoptions: Vec<Adoption>,
    pub units: Vec<Unit>,
}

/// What the parts of the list share.
#[derive(Clone, Copy)]
pub struct Ctx {
    pub session: Session,
    pub project: ProjectId,
    pub list: LocalResource<Called<Read>>,
    act: Act,
    may_work: bool,
    /// The adoption that a dialog is about; none for a new one.
    chosen: RwSignal<Option<Adoption>>,
    writing: RwSignal<bool>,
    checking: RwSignal<bool>,
}

async fn units(client: Client, paging: Paging) -> Called<shared::Page<Unit>> {
    client.list_units(&UnitFilter { organisation_id: None, cursor: paging.cursor, limit: paging.limit }).await
}

/// What every unit has decided. Those who may work on the project write it, and managers for their own units.
#[component]
pub fn Spread(project_id: ProjectId, may_work: bool) -> impl IntoView {
    let session = session();
    let list = LocalResource::new(move || async move {
        let adoptions = session.all(move |client, paging| async move { client.list_adoptions(project_id, &paging).await }).await?;
        Ok::<_, CallError>(Read { adoptions, units: session.all(units).await? })
    });
    let ctx = Ctx {
        session,
        project: project_id,
        list,
        act: Act::new(move || list.refetch()),
        may_work,
        chosen: RwSignal::new(None),
        writing: RwSignal::new(false),
        checking: RwSignal::new(false),
    };
    let add = may_work.then(|| {
        view! { <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| ctx.open(ctx.writing, None)>{icon("plus")} {tr!("trials-ask-unit")}</button> }
    });
    view! {
        <div class="part-list">
            <Summary form=ctx.act.form />
            {load(list, move |read| {
                if read.adoptions.is_empty() {
                    return empty("trials-spread-none", "trials-spread-none-help", None);
                }
                let counts = counts(&read.adoptions);
                let rows = read.adoptions.iter().map(|one| row(ctx, one, &read.units)).collect();
                view! { <p class="small">{move || counts_words(&counts)}</p> {table("trials-spread", COLUMNS, rows)} }.into_any()
            })}
            <div class="actions">{add}</div>
            <Dialog open=ctx.writing title_key="trials-decision-form"><AdoptionForm ctx chosen=ctx.chosen open=ctx.writing /></Dialog>
            <Dialog open=ctx.checking title_key="trials-recheck-form"><RecheckForm ctx chosen=ctx.chosen open=ctx.checking /></Dialog>
        </div>
    }
}

impl Ctx {
    fn open(self, dialog: RwSignal<bool>, adoption: Option<Adoption>) {
        self.chosen.set(adoption);
        dialog.set(true);
    }

    /// Whether the reader decides for a unit.
    fn decides(self, unit: UnitId, units: &[Unit]) -> bool {
        let of = |id: UnitId| units.iter().find(|known| known.id == id);
        let Some(own) = of(unit) else { return false };
        let mut line = vec![unit];
        while let Some(above) = line.last().and_then(|last| of(*last)).and_then(|last| last.parent_id).filter(|above| !line.contains(above))
        {
            line.push(above);
        }
        self.session.may_now(Permission::DecideAdoption, &Target::Unit { organisation: own.organisation_id, line })
    }
}

/// How many units stand where: in use, agreed, open, declined.
fn counts(adoptions: &[Adoption]) -> [(&'static str, usize); 4] {
    let among = |decisions: &[Decision]| adoptions.iter().filter(|one| decisions.contains(&one.decision)).count();
    [
        ("trials-count-in-use", among(&[Decision::Adopted, Decision::Adapted])),
        ("trials-count-agreed", among(&[Decision::Agreed])),
        ("trials-count-open", among(&[Decision::Asked, Decision::Considering])),
        ("trials-count-declined", among(&[Decision::Declined])),
    ]
}

fn counts_words(counts: &[(&'static str, usize)]) -> String {
    let shown = counts.iter().filter(|(_, count)| *count > 0);
    shown.map(|(key, count)| tv(key, &[("count", &count.to_string())])).collect::<Vec<_>>().join(" · ")
}

fn row(ctx: Ctx, one: &Adoption, units: &[Unit]) -> Vec<AnyView> {
    let Adoption { unit_name, note, guide_name, answer_due_on, .. } = one.clone();
    let due = answer_due_on.filter(|_| matches!(one.decision, Decision::Asked | Decision::Considering));
    let beside = move || {
        let lang = ctx.session.lang.get();
        let guide = guide_name.as_ref().map(|name| tv("trials-guide-is", &[("name", name)]));
        let due = due.map(|day| tv("trials-answer-by", &[("day", &format::date(day, lang))]));
        [guide, due].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    vec![
        view! { <span>{unit_name}</span> }.into_any(),
        state(ctx, one),
        view! { <span>{note} " " <span class="small">{beside}</span></span> }.into_any(),
        buttons(ctx, one, units),
    ]
}

/// What the unit has decided, with its icon, its day, and what was found at the last look.
fn state(ctx: Ctx, one: &Adoption) -> AnyView {
    let (name, color) = match one.decision {
        Decision::Adopted | Decision::Adapted => ("circle-check", "success"),
        Decision::Agreed => ("calendar-check", "info"),
        Decision::Considering => ("circle-help", "neutral"),
        Decision::Asked => ("circle-dashed", "neutral"),
        Decision::Declined => ("circle-slash", "neutral"),
    };
    let (decision, from_on, last) = (one.decision, one.from_on, one.rechecks.last().map(|last| last.state));
    let words = move || {
        let lang = ctx.session.lang.get();
        let word = word("trials-decision", decision.as_str());
        from_on.map_or(word.clone(), |day| tv("trials-from", &[("what", &word), ("day", &format::date(day, lang))]))
    };
    let found = last.map(|found| move || word("trials-recheck", found.as_str())).filter(|_| last != Some(RecheckState::InUse));
    view! { <span class="status" data-color=color>{icon(name)} " " {words}</span> " " <span class="small">{found}</span> }.into_any()
}

fn buttons(ctx: Ctx, one: &Adoption, units: &[Unit]) -> AnyView {
    let (id, version, own) = (one.id, one.version, StoredValue::new(one.clone()));
    let unit = one.unit_name.clone();
    let named = move |key: &'static str| {
        let unit = unit.clone();
        move || tv(key, &[("unit", &unit)])
    };
    let change = (ctx.may_work || ctx.decides(one.unit_id, units)).then(|| {
        view! {
            <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" aria-label=named("trials-decide-named")
                on:click=move |_| ctx.open(ctx.writing, Some(own.get_value()))>{icon("pencil")} {tr!("trials-decide")}</button>
        }
    });
    let due = one.next_recheck.filter(|due| ctx.may_work && due.due_on <= format::day_of(Timestamp::now()));
    let check = due.map(|due| {
        view! {
            <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" on:click=move |_| ctx.open(ctx.checking, Some(own.get_value()))>
                {icon("check")} {move || tv("trials-recheck-at", &[("month", &due.month.to_string())])}
            </button>
        }
    });
    let remove = ctx.may_work.then(|| {
        let done = move |_| {
            ctx.act.run(ctx.session.call(move |client| async move { client.delete_adoption(id, version).await }), "trials-adoption-removed");
        };
        view! {
            <button class="ds-button" data-variant="tertiary" data-size="sm" data-color="danger" type="button" aria-label=named("trials-remove-unit-named")
                on:click=done>{icon("trash-2")} {move || t("trials-remove")}</button>
        }
    });
    view! { <div class="actions">{change}{check}{remove}</div> }.into_any()
}
