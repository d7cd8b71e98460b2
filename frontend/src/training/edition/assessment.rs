//! The goal self-assessment of the edition: how many have answered, its opening and closing, and the way to the result.

use super::{Ctx, Whole};
use crate::paths;
use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::{Act, Confirm, FormState, icon, load};
use leptos::prelude::*;
use shared::format;
use shared::policy::{Permission, Target};
use shared::training::AssessmentStatus;

/// The block about how the goals came true.
#[component]
pub fn Assessment(ctx: Ctx) -> impl IntoView {
    let (opening, closing) = (RwSignal::new(false), RwSignal::new(false));
    let session = ctx.session;
    let act = Act::new(move || ctx.whole.refetch());
    let form = act.form;
    let name = move || ctx.of(Whole::full_name).unwrap_or_default();
    let version = move || untrack(|| ctx.of(|whole| whole.edition.version)).unwrap_or_default();
    let id = ctx.id;
    let open = Callback::new(move |()| {
        let version = version();
        act.run(session.call(move |client| async move { client.open_assessment(id, version).await }), "training-assessment-opened");
    });
    let close = Callback::new(move |()| {
        let version = version();
        act.run(session.call(move |client| async move { client.close_assessment(id, version).await }), "training-assessment-published");
    });
    let open_text = Signal::derive(move || tv("training-open-assessment-text", &[("edition", &name())]));
    let close_text = Signal::derive(move || tv("training-close-assessment-text", &[("edition", &name())]));
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{tr!("training-assessment")}</h2>
            <Summary form />
            {load(ctx.whole, move |whole| body(ctx, form, &whole, opening, closing).into_any())}
            <Confirm open=opening title_key="training-open-assessment" text=open_text yes="training-open-assessment" on_yes=open />
            <Confirm open=closing title_key="training-close-assessment" text=close_text yes="training-close-and-publish" on_yes=close />
        </section>
    }
}

fn body(ctx: Ctx, form: FormState, whole: &Whole, opening: RwSignal<bool>, closing: RwSignal<bool>) -> impl IntoView + use<> {
    let (answered, enrolled, status) = (whole.progress.answered_count, whole.progress.enrolled_count, whole.edition.assessment);
    let (name, color, key) = match status {
        AssessmentStatus::NotOpen => ("circle-dashed", "neutral", "training-assessment-not-open"),
        AssessmentStatus::Open => ("circle-dot", "info", "training-assessment-open"),
        AssessmentStatus::Published => ("circle-check", "success", "training-assessment-done"),
    };
    // Not told of a published edition with too few answers.
    let answered = answered.filter(|_| status != AssessmentStatus::NotOpen);
    let count = move |answered: i64| tv("training-answered", &[("answered", &answered.to_string()), ("enrolled", &enrolled.to_string())]);
    let goals = whole.programme.goals.len();
    let runs = move || ctx.may(Permission::CloseAssessment);
    let busy = move || form.busy.get().then_some("true");
    let button = move || {
        match status {
        AssessmentStatus::NotOpen if runs() && goals == 0 => Some(view! { <p class="ds-paragraph small">{tr!("training-no-goals-to-ask")}</p> }.into_any()),
        AssessmentStatus::NotOpen if runs() => Some(
            view! { <button class="ds-button" type="button" aria-busy=busy on:click=move |_| opening.set(true)>{icon("unlock")} {tr!("training-open-assessment")}</button> }.into_any(),
        ),
        AssessmentStatus::Open if runs() => Some(
            view! { <button class="ds-button" type="button" aria-busy=busy on:click=move |_| closing.set(true)>{icon("lock")} {tr!("training-close-assessment")}</button> }.into_any(),
        ),
        _ => None,
    }
    };
    let id = ctx.id;
    let target = Target::Edition { programme: whole.programme.id, edition: id };
    let own = move || {
        let takes_part = session().me.with(|me| me.as_ref().is_some_and(|me| me.enrolments.iter().any(|own| own.edition_id == id)));
        (status == AssessmentStatus::Open && takes_part && session().may(Permission::AnswerAssessment, &target))
            .then(|| view! { <a class="ds-button" href=paths::self_assessment(id)>{icon("clipboard-check")} {tr!("training-answer")}</a> })
    };
    let results = (status == AssessmentStatus::Published).then(|| result(whole));
    view! {
        <p class="ds-paragraph">
            <span class="status" data-color=color>{icon(name)} {move || t(key)}</span>
            {answered.map(|answered| view! { " " <span>{move || count(answered)}</span> })}
        </p>
        {results}
        <div class="actions">{own}{button}</div>
    }
}

/// The mean with its n, or why it is not shown, and the way to all of it.
fn result(whole: &Whole) -> impl IntoView + use<> {
    let shown = whole.overall.as_ref().and_then(|figures| Some((figures.mean?, figures.n?)));
    let words = move || match shown {
        Some((mean, n)) => tv("training-mean", &[("mean", &format::decimal(mean, 1, session().lang.get())), ("n", &n.to_string())]),
        None => t("training-mean-hidden"),
    };
    let mark = shown.is_none().then(|| icon("eye-off"));
    view! {
        <p class="ds-paragraph">{mark} " " {words}</p>
        <p class="ds-paragraph"><a class="ds-link" href=paths::results(whole.programme.id)>{icon("chart-column")} {tr!("training-to-results")}</a></p>
    }
}
