//! Each goal over the editions.

use super::hidden_words;
use crate::session::{session, t};
use crate::ui::chart::bar_1_to_4;
use crate::words::{edition_words, in_lang};
use leptos::prelude::*;
use shared::format::decimal;
use shared::training::{Figures, ProgrammeResults};

/// Goals by editions: means with their n, and the total. Reactive by language.
pub fn goal_table(results: &ProgrammeResults) -> impl IntoView + use<> {
    let editions = &results.editions;
    let heads = editions
        .iter()
        .map(|edition| view! { <th scope="col" class="number">{edition_words(edition.season, edition.year)}</th> })
        .collect_view();
    let rows = results
        .goals
        .iter()
        .map(|goal| {
            let own = |edition: &shared::training::EditionResults| {
                edition.goals.iter().find(|part| part.goal_id == goal.goal_id).map(|part| part.figures.clone())
            };
            let parts: Vec<Option<Figures>> = editions.iter().map(own).collect();
            row(in_lang(&goal.text).into_any(), &parts, &goal.figures, "")
        })
        .collect_view();
    let whole: Vec<Option<Figures>> = editions.iter().map(|edition| Some(edition.overall.clone())).collect();
    let last = row(t("results-all-goals").into_any(), &whole, &results.overall, "total");
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-labelledby="results-goals">
            <table class="ds-table results-goals">
                <thead>
                    <tr>
                        <th scope="col">{t("results-goal")}</th>
                        <th scope="col" class="results-bar">{t("results-scale")}</th>
                        {heads}
                        <th scope="col" class="number now">{t("results-total")}</th>
                    </tr>
                </thead>
                <tbody>{rows} {last}</tbody>
            </table>
        </div>
        <p class="chart-caption">{t("results-goals-caption")}</p>
    }
}

fn row(name: AnyView, parts: &[Option<Figures>], total: &Figures, class: &'static str) -> AnyView {
    let earlier: Vec<f64> = parts.iter().flatten().filter_map(|part| part.mean).collect();
    let cells = parts.iter().map(|part| cell(part.as_ref(), "number")).collect_view();
    view! {
        <tr class=class>
            <th scope="row">{name}</th>
            <td class="results-bar">{bar_1_to_4(total.mean, &earlier)}</td>
            {cells}
            {cell(Some(total), "number now")}
        </tr>
    }
    .into_any()
}

fn cell(figures: Option<&Figures>, class: &'static str) -> AnyView {
    let Some(figures) = figures else {
        return view! { <td class=class><span class="small">{t("results-not-asked")}</span></td> }.into_any();
    };
    match (figures.mean, figures.n) {
        (Some(mean), Some(n)) => {
            let mean = decimal(mean, 1, session().lang.get());
            view! { <td class=class><span class="mean">{mean}</span> " " <span class="small">{format!("n\u{a0}{n}")}</span></td> }
                .into_any()
        }
        _ => view! { <td class=format!("{class} hatch")><span>{hidden_words(figures)}</span></td> }.into_any(),
    }
}
