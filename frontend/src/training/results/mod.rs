//! The published results of a programme: the finding, the trend, the goals, how people answered, what they wrote.

mod goals;
mod spread;

use crate::paths;
use crate::session::{local, session, t, tv};
use crate::tr;
use crate::ui::chart::{Point, TrendText, trend};
use crate::ui::load::failure;
use crate::ui::{Crumb, Page, download, empty, icon, load, problem};
use crate::words::edition_words;
use goals::goal_table;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::ProgrammeId;
use shared::client::{CallError, Called, Client};
use shared::format::decimal;
use shared::training::results::Hidden;
use shared::training::{EditionResults, Figures, Programme, ProgrammeResults};
use spread::Spread;

#[derive(Clone)]
struct Matter {
    programme: Programme,
    results: ProgrammeResults,
}

async fn read(client: Client, id: ProgrammeId) -> Called<Matter> {
    let programme = client.get_programme(id).await?;
    let results = client.get_programme_results(id).await?;
    Ok(Matter { programme, results })
}

/// Why a figure is not shown, in words. Reactive.
fn hidden_words(figures: &Figures) -> String {
    t(match figures.hidden {
        Some(Hidden::FewForDistribution) => "results-hidden-distribution",
        Some(Hidden::AllTheSame) => "results-hidden-same",
        Some(Hidden::ProtectsAnother) => "results-hidden-protects",
        Some(Hidden::FewAnswers) | None => "results-hidden-few",
    })
}

/// The results of a programme over its editions.
#[component]
pub fn Results() -> impl IntoView {
    let session = session();
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse().ok()).unwrap_or(ProgrammeId(uuid::Uuid::nil())));
    let matter = LocalResource::new(move || {
        let id = id.get();
        session.call(move |client| read(client, id))
    });
    let name = Signal::derive(move || match matter.get() {
        Some(Ok(matter)) => local(&matter.programme.name),
        _ => t("results-programme"),
    });
    let title = Signal::derive(move || match matter.get() {
        Some(Ok(matter)) => tv("results-title", &[("programme", &local(&matter.programme.name))]),
        _ => t("results-title-plain"),
    });
    problem::about(matter, move || {
        let crumbs = vec![Crumb::key("results-programmes", paths::PROGRAMMES), Crumb::text(name, paths::programme(id.get_untracked()))];
        let (actions, trouble) = actions(id, matter);
        view! {
            <Page title crumbs actions>
                {trouble}
                {load(matter, |matter| show(matter.results))}
            </Page>
        }
        .into_any()
    })
}

/// The buttons, and what went wrong with them.
fn actions(id: Memo<ProgrammeId>, matter: LocalResource<Called<Matter>>) -> (AnyView, AnyView) {
    let session = session();
    let export_failure = RwSignal::new(None::<CallError>);
    let export = move |_| {
        let id = id.get_untracked();
        leptos::task::spawn_local(async move {
            let outcome = session.call(move |client| async move { client.export_programme_results(id).await }).await;
            // The browser takes the mark off that spreadsheets need to read the letters right.
            let failed = outcome
                .map(|text| {
                    download("polku-tulokset.csv", "text/csv;charset=utf-8", &format!("\u{feff}{}", text.trim_start_matches('\u{feff}')))
                })
                .err();
            export_failure.set(failed);
        });
    };
    let print = move |_| {
        let _ = window().print();
    };
    let shown = Memo::new(move |_| matches!(matter.get(), Some(Ok(matter)) if !matter.results.editions.is_empty()));
    let buttons = move || {
        shown.get().then(|| {
            view! {
                <button class="ds-button" data-variant="secondary" type="button" on:click=export>{icon("download")}{tr!("results-export")}</button>
                <button class="ds-button" data-variant="secondary" type="button" on:click=print>{icon("printer")}{tr!("results-print")}</button>
            }
        })
    };
    (buttons.into_any(), (move || export_failure.get().map(|error| failure(&error, None))).into_any())
}

fn show(results: ProgrammeResults) -> AnyView {
    if results.editions.is_empty() {
        let back = paths::programme(results.programme_id);
        let action = view! { <a class="ds-button" data-variant="secondary" href=back>{tr!("results-to-programme")}</a> }.into_any();
        return empty("results-none", "results-none-help", Some(action));
    }
    let hidden = results.hidden_edition_count;
    let (head, line, table) = (results.clone(), results.clone(), results.clone());
    view! {
        {move || finding(&head)}
        {(hidden > 0).then(|| view! {
            <p class="results-note">{icon("eye-off")}<span>{move || tv("results-left-out", &[("count", &hidden.to_string())])}</span></p>
        })}
        <section class="results-part">{move || trend_of(&line)}</section>
        <section class="results-part">
            <h2 class="ds-heading" data-size="sm" id="results-goals">{tr!("results-goals")}</h2>
            {move || goal_table(&table)}
        </section>
        <Spread editions=results.editions.clone() />
        <Greetings editions=results.editions />
    }
    .into_any()
}

/// The result as a sentence and as figures.
fn finding(results: &ProgrammeResults) -> AnyView {
    let lang = session().lang.get();
    let (Some(mean), Some(n)) = (results.overall.mean, results.overall.n) else {
        return view! { <p class="results-finding">{t("results-finding-hidden")}</p> }.into_any();
    };
    let mean = decimal(mean, 1, lang);
    let invited: i64 = results.editions.iter().filter(|edition| edition.overall.mean.is_some()).map(|edition| edition.enrolled_count).sum();
    let rate = (invited > 0).then(|| (n * 100 + invited / 2) / invited);
    view! {
        <p class="results-finding">{tv("results-finding", &[("mean", &mean)])}</p>
        <dl class="results-figures">
            <div>
                <dt>{t("results-mean")}</dt>
                <dd><span class="figure">{mean.clone()}</span> " " <span class="small">{format!("n\u{a0}{n}")}</span></dd>
            </div>
            <div>
                <dt>{t("results-answers")}</dt>
                <dd>
                    <span class="figure">{n.to_string()}</span> " " <span class="small">{tv("results-of-invited", &[("count", &invited.to_string())])}</span>
                    {rate.map(|rate| view! { <p class="small">{tv("results-rate", &[("rate", &rate.to_string())])}</p> })}
                </dd>
            </div>
            <div>
                <dt>{t("results-editions")}</dt>
                <dd><span class="figure">{results.editions.len().to_string()}</span></dd>
            </div>
        </dl>
    }
    .into_any()
}

/// The mean over the editions; its heading says how the newest compares with the one before.
fn trend_of(results: &ProgrammeResults) -> impl IntoView + use<> {
    let lang = session().lang.get();
    let last = results.editions.iter().rposition(|edition| edition.overall.mean.is_some());
    let points: Vec<Point> = results
        .editions
        .iter()
        .enumerate()
        .map(|(index, edition)| Point {
            label: edition_words(edition.season, edition.year),
            sub: match (edition.overall.mean, edition.overall.n) {
                (Some(_), Some(n)) => format!("n\u{a0}{n}"),
                _ => hidden_words(&edition.overall),
            },
            value: edition.overall.mean,
            emphasis: Some(index) == last,
        })
        .collect();
    let mut values = points.iter().rev().filter_map(|point| point.value).map(|value| decimal(value, 1, lang));
    let title = match (values.next(), values.next()) {
        (Some(new), Some(old)) => {
            // Compared as they are shown: a difference that nobody sees is none.
            let key = match new.cmp(&old) {
                std::cmp::Ordering::Greater => "results-trend-up",
                std::cmp::Ordering::Less => "results-trend-down",
                std::cmp::Ordering::Equal => "results-trend-same",
            };
            tv(key, &[("old", &old), ("new", &new)])
        }
        _ => t("results-trend"),
    };
    let text = TrendText {
        title,
        desc: t("results-trend-caption"),
        table: t("results-table"),
        heads: [t("results-edition"), t("results-mean-short"), t("results-n")],
    };
    trend(points, text, lang)
}

/// What people wrote, in the language they wrote it in.
#[component]
fn Greetings(editions: Vec<EditionResults>) -> impl IntoView {
    let count: usize = editions.iter().map(|edition| edition.greetings.len()).sum();
    let groups = editions
        .into_iter()
        .rev()
        .filter(|edition| !edition.greetings.is_empty())
        .enumerate()
        .map(|(index, edition)| {
            let (season, year, count) = (edition.season, edition.year, edition.greetings.len());
            let quotes = edition
                .greetings
                .into_iter()
                .map(|greeting| view! { <li><blockquote class="greeting" lang=greeting.lang.as_str()>{greeting.text}</blockquote></li> })
                .collect_view();
            // The newest lies open.
            view! {
                <details class="ds-details" open=index == 0>
                    <summary>{move || edition_words(season, year)} " " <span class="small">{count.to_string()}</span></summary>
                    <div><ul class="greetings">{quotes}</ul></div>
                </details>
            }
        })
        .collect_view();
    view! {
        <section class="results-part">
            <h2 class="ds-heading" data-size="sm">{tr!("results-greetings")} {(count > 0).then(|| view! { " " <span class="small">{count.to_string()}</span> })}</h2>
            <p class="results-note">{icon("eye-off")}<span>{tr!("results-greetings-rule")}</span></p>
            {groups}
        </section>
    }
}
