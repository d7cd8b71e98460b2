//! How people answered in one edition.

use super::hidden_words;
use crate::paths;
use crate::session::{local, session, t, tv};
use crate::tr;
use crate::ui::chart::{legend, stacked};
use crate::ui::icon;
use crate::words::{edition_words, in_lang};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use shared::format::decimal;
use shared::training::{EditionResults, Figures, STEP_MIN};
use shared::{EditionId, LocalText};

/// The distribution of each goal in the edition of the address (`?edition=`), or in the newest that shows something.
#[component]
pub fn Spread(editions: Vec<EditionResults>) -> impl IntoView {
    let query = use_query_map();
    let navigate = use_navigate();
    let newest = editions.iter().rev().find(|edition| edition.overall.n.is_some()).or(editions.last()).map(|edition| edition.edition_id);
    let names: Vec<_> = editions.iter().map(|edition| (edition.edition_id, edition.season, edition.year)).collect();
    let known: Vec<EditionId> = editions.iter().map(|edition| edition.edition_id).collect();
    let chosen = Memo::new(move |_| {
        let asked = query.with(|query| query.get("edition")).and_then(|id| id.parse::<EditionId>().ok());
        asked.filter(|id| known.contains(id)).or(newest)
    });
    let options = move || {
        let current = chosen.get();
        names
            .iter()
            .map(|(id, season, year)| view! { <option value=id.to_string() selected=Some(*id) == current>{edition_words(*season, *year)}</option> })
            .collect_view()
    };
    let here = editions.first().map(|edition| paths::results(edition.programme_id)).unwrap_or_default();
    let choose = move |id: String| {
        navigate(&format!("{here}?edition={id}"), NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    };
    let bars = move || {
        let current = chosen.get();
        editions.iter().find(|edition| Some(edition.edition_id) == current).map(distribution)
    };
    view! {
        <section class="results-part">
            <div class="results-part-head">
                <h2 class="ds-heading" data-size="sm">{tr!("results-spread")}</h2>
                <div class="ds-field">
                    <label class="ds-label" data-weight="medium" for="results-edition">{tr!("results-edition")}</label>
                    <select class="ds-input" id="results-edition" on:change:target=move |event| choose(event.target().value())>{options}</select>
                </div>
            </div>
            {bars}
        </section>
    }
}

fn distribution(edition: &EditionResults) -> AnyView {
    let words = &edition.step_words;
    let steps =
        words.iter().zip(STEP_MIN..).map(|(word, step)| view! { <span>{step.to_string()} " " {in_lang(word)}</span> }.into_any()).collect();
    let rows = edition
        .goals
        .iter()
        .map(|goal| {
            let numbers = match (goal.figures.mean, goal.figures.n) {
                (Some(mean), Some(n)) => Some((decimal(mean, 1, session().lang.get()), n)),
                _ => None,
            };
            view! {
                <li class="spread-row">
                    <span class="spread-name">{in_lang(&goal.text)}</span>
                    <span class="spread-bar">{bar(&goal.figures, words)}</span>
                    <span class="spread-figure">
                        {numbers.map(|(mean, n)| view! { <span class="mean">{mean}</span> " " <span class="small">{format!("n\u{a0}{n}")}</span> })}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <p class="chart-caption">{t("results-spread-caption")}</p>
        {legend(steps)}
        <ul class="spread">{rows}</ul>
        {counts_table(edition)}
    }
    .into_any()
}

fn bar(figures: &Figures, words: &[LocalText]) -> AnyView {
    let Some(counts) = &figures.distribution else {
        return view! { <span class="hatch hatch-bar"><span>{icon("eye-off")}{hidden_words(figures)}</span></span> }.into_any();
    };
    let parts: Vec<String> =
        counts.iter().zip(words).zip(STEP_MIN..).map(|((count, word), step)| format!("{step} {}: {count}", local(word))).collect();
    stacked(counts, parts.join(", ")).into_any()
}

/// The same as figures.
fn counts_table(edition: &EditionResults) -> impl IntoView + use<> {
    let heads = edition
        .step_words
        .iter()
        .zip(STEP_MIN..)
        .map(|(word, step)| view! { <th scope="col" class="number">{step.to_string()} " " {in_lang(word)}</th> })
        .collect_view();
    let width = edition.step_words.len().to_string();
    let rows = edition
        .goals
        .iter()
        .map(|goal| {
            let cells = match &goal.figures.distribution {
                Some(counts) => counts.iter().map(|count| view! { <td class="number">{count.to_string()}</td> }).collect_view().into_any(),
                None => view! { <td class="hatch" colspan=width.clone()><span>{hidden_words(&goal.figures)}</span></td> }.into_any(),
            };
            view! { <tr><th scope="row">{in_lang(&goal.text)}</th>{cells}</tr> }
        })
        .collect_view();
    let name = edition_words(edition.season, edition.year);
    let label = tv("results-counts", &[("edition", &name)]);
    view! {
        <details class="chart-table">
            <summary>{t("results-table")}</summary>
            <div class="table-scroll" tabindex="0" role="group" aria-label=label>
                <table class="ds-table">
                    <thead><tr><th scope="col">{t("results-goal")}</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}
