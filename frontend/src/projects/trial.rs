//! The trials of a project: what was believed, what was measured, what was learnt. Loads and edits by itself.

use super::measured::measured;
use super::measurement_form::MeasurementForm;
use super::trial_form::{ConclusionForm, TrialForm};
use crate::session::{Session, session, t, tv, word};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::{Act, Dialog, empty, icon, load};
use leptos::prelude::*;
use shared::client::Called;
use shared::projects::{Measurement, Trial, TrialResult};
use shared::{Lang, ProjectId, format};

/// What the parts of a trial card share.
#[derive(Clone, Copy)]
pub struct Ctx {
    pub session: Session,
    pub project: ProjectId,
    pub trials: LocalResource<Called<Vec<Trial>>>,
    act: Act,
    may_work: bool,
    /// The trial that a dialog is about; none for a new one.
    chosen: RwSignal<Option<Trial>>,
    writing: RwSignal<bool>,
    concluding: RwSignal<bool>,
    measuring: RwSignal<bool>,
}

/// Every trial of a project, the newest first. Those who may work on the project write in it.
#[component]
pub fn Trials(project_id: ProjectId, may_work: bool) -> impl IntoView {
    let session = session();
    let trials =
        LocalResource::new(move || session.all(move |client, paging| async move { client.list_trials(project_id, &paging).await }));
    let ctx = Ctx {
        session,
        project: project_id,
        trials,
        act: Act::new(move || trials.refetch()),
        may_work,
        chosen: RwSignal::new(None),
        writing: RwSignal::new(false),
        concluding: RwSignal::new(false),
        measuring: RwSignal::new(false),
    };
    let add = may_work.then(|| {
        view! { <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| ctx.open(ctx.writing, None)>{icon("plus")} {tr!("trials-add")}</button> }
    });
    view! {
        <div class="part-list">
            <Summary form=ctx.act.form />
            {load(trials, move |trials| {
                if trials.is_empty() {
                    return empty("trials-none", "trials-none-help", None);
                }
                let cards = trials.into_iter().rev().map(|trial| card(ctx, trial)).collect_view();
                view! { <ul class="card-list">{cards}</ul> }.into_any()
            })}
            <div class="actions">{add}</div>
            <Dialog open=ctx.writing title_key="trials-form"><TrialForm ctx chosen=ctx.chosen open=ctx.writing /></Dialog>
            <Dialog open=ctx.concluding title_key="trials-conclude"><ConclusionForm ctx chosen=ctx.chosen open=ctx.concluding /></Dialog>
            <Dialog open=ctx.measuring title_key="trials-measure"><MeasurementForm ctx chosen=ctx.chosen open=ctx.measuring /></Dialog>
        </div>
    }
}

impl Ctx {
    fn open(self, dialog: RwSignal<bool>, trial: Option<Trial>) {
        self.chosen.set(trial);
        dialog.set(true);
    }
}

fn card(ctx: Ctx, trial: Trial) -> AnyView {
    let buttons = ctx.may_work.then(|| buttons(ctx, &trial));
    let Trial { lang, hypothesis, measure, participants, participant_count, starts_on, ends_on, result, learnt, measurements, .. } = trial;
    let when = move || {
        let lang = ctx.session.lang.get();
        let days = [starts_on, ends_on].map(|day| day.map(|day| format::date(day, lang)));
        match days {
            [None, None] => String::new(),
            [from, to] => format!("{}\u{2013}{}", from.unwrap_or_default(), to.unwrap_or_default()),
        }
    };
    let count = participant_count.map(|count| move || tv("trials-participant-count-of", &[("count", &count.to_string())]));
    let open = result.is_none();
    let measured = measurements.into_iter().map(|one| measurement(ctx, one, open)).collect_view();
    let learnt = (!learnt.is_empty()).then(|| text("trials-learnt", learnt, lang));
    view! {
        <li class="ds-card">
            <p>{state(result)} " " <span class="small">{when} " " {count}</span></p>
            <dl class="facts">
                {text("trials-hypothesis", hypothesis, lang)}
                {text("trials-measure-how", measure, lang)}
                {(!participants.is_empty()).then(|| text("trials-participants", participants, lang))}
            </dl>
            {measured}
            {learnt.map(|learnt| view! { <dl class="facts">{learnt}</dl> })}
            {buttons}
        </li>
    }
    .into_any()
}

/// What somebody wrote, under its name.
fn text(key: &'static str, text: String, lang: Lang) -> AnyView {
    view! { <div><dt>{tr!(key)}</dt><dd lang=lang.as_str()>{text}</dd></div> }.into_any()
}

/// How it ended, with its icon: a stopped trial is no failure, and is not marked as one.
fn state(result: Option<TrialResult>) -> AnyView {
    let (name, color) = match result {
        None => ("circle-dot", "info"),
        Some(TrialResult::Works) => ("circle-check", "success"),
        Some(TrialResult::Adapt) => ("git-branch", "info"),
        Some(TrialResult::Stop) => ("circle-slash", "neutral"),
    };
    let words = move || result.map_or_else(|| t("trials-result-open"), |result| word("trials-result", result.as_str()));
    view! { <span class="status" data-color=color>{icon(name)} " " {words}</span> }.into_any()
}

fn buttons(ctx: Ctx, trial: &Trial) -> AnyView {
    let (id, version, own) = (trial.id, trial.version, StoredValue::new(trial.clone()));
    if trial.concluded_at.is_some() {
        let reopen =
            move |_| ctx.act.run(ctx.session.call(move |client| async move { client.reopen_trial(id, version).await }), "trials-reopened");
        return view! {
            <div class="actions"><button class="ds-button" data-variant="tertiary" data-size="sm" type="button" on:click=reopen>{icon("pencil")} {tr!("trials-reopen")}</button></div>
        }
        .into_any();
    }
    let button = move |key: &'static str, symbol: &'static str, dialog: RwSignal<bool>| {
        view! {
            <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" on:click=move |_| ctx.open(dialog, Some(own.get_value()))>
                {icon(symbol)} {tr!(key)}
            </button>
        }
    };
    view! {
        <div class="actions">
            {button("trials-edit", "pencil", ctx.writing)}
            {button("trials-measure", "plus", ctx.measuring)}
            {button("trials-conclude", "check", ctx.concluding)}
        </div>
    }
    .into_any()
}

fn measurement(ctx: Ctx, one: Measurement, open: bool) -> AnyView {
    let (id, version, name) = (one.id, one.version, one.name.clone());
    let remove = (ctx.may_work && open).then(|| {
        let done = move |_| {
            ctx.act.run(ctx.session.call(move |client| async move { client.delete_measurement(id, version).await }), "trials-measurement-removed");
        };
        view! {
            <button class="ds-button" data-variant="tertiary" data-size="sm" data-color="danger" type="button"
                aria-label=move || tv("trials-remove-named", &[("name", &name)]) on:click=done>{icon("trash-2")} {tr!("trials-remove")}</button>
        }
    });
    view! { <div class="measured">{measured(one)} {remove}</div> }.into_any()
}
