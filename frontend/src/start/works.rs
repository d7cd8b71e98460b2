//! Is the training working? The goal means of a programme's editions, and how far its projects have come.

use crate::paths;
use crate::session::{Session, session, t, tv, word};
use crate::tr;
use crate::ui::chart::{bar_1_to_4, squares};
use crate::ui::load;
use crate::words::edition_words;
use futures_util::future::{try_join, try_join_all};
use leptos::prelude::*;
use shared::ProgrammeId;
use shared::client::Called;
use shared::format::decimal;
use shared::projects::{ProjectFilter, ProjectStage};
use shared::training::{EditionResults, EditionSummary, ProgrammeResults};

/// So many editions back the projects are counted.
const RECENT: usize = 6;

#[derive(Clone)]
struct Matter {
    results: ProgrammeResults,
    /// Stages of the projects of the latest editions; none where they are not asked for.
    stages: Option<Vec<ProjectStage>>,
}

async fn read(session: Session, programme: ProgrammeId, editions: Option<Vec<EditionSummary>>) -> Called<Matter> {
    let results = session.call(move |client| async move { client.get_programme_results(programme).await });
    let Some(editions) = editions else { return Ok(Matter { results: results.await?, stages: None }) };
    let recent = editions.iter().filter(|row| row.edition.programme_id == programme).take(RECENT).map(|row| row.edition.id);
    let projects = recent
        .map(|id| session.all(move |client, paging| async move { client.list_projects(&ProjectFilter::of_edition(id, &paging)).await }));
    let (results, projects) = try_join(results, try_join_all(projects)).await?;
    let stages = projects.into_iter().flatten().map(|project| project.stage).collect();
    Ok(Matter { results, stages: Some(stages) })
}

/// The figures of a programme. With `every` edition there is, its projects are counted too.
#[component]
pub fn Works(programme: ProgrammeId, every: Option<StoredValue<Vec<EditionSummary>>>) -> impl IntoView {
    let session = session();
    let matter = LocalResource::new(move || read(session, programme, every.map(|every| every.get_value())));
    view! {
        <div class="works">
            <h2 class="ds-heading" data-size="sm">{tr!("start-does-it-work")}</h2>
            {load(matter, move |matter| {
                let stages = matter.stages.map(by_stage);
                view! { {move || means(programme, &matter.results)} {stages} }.into_any()
            })}
        </div>
    }
}

/// A line an edition. Reactive by language.
fn means(programme: ProgrammeId, results: &ProgrammeResults) -> AnyView {
    if results.editions.is_empty() {
        return view! { <p class="ds-paragraph">{t("start-no-results")}</p> }.into_any();
    }
    let lang = session().lang.get();
    let last = results.editions.iter().rposition(|edition| edition.overall.mean.is_some());
    let line = |(index, edition): (usize, &EditionResults)| {
        let class = if Some(index) == last { "now" } else { "" };
        let name = edition_words(edition.season, edition.year);
        let figures = match (edition.overall.mean, edition.overall.n) {
            (Some(mean), Some(n)) => {
                let of = tv("start-of", &[("count", &n.to_string()), ("all", &edition.enrolled_count.to_string())]);
                view! { <span class="mean">{decimal(mean, 1, lang)}</span> <span class="small num">{of}</span> }.into_any()
            }
            _ => view! { <span class="hatch few"><span>{t("results-hidden-few")}</span></span> }.into_any(),
        };
        view! { <li class=class><span>{name}</span> {bar_1_to_4(edition.overall.mean, &[])} {figures}</li> }
    };
    let total = match (results.overall.mean, results.overall.n) {
        (Some(mean), Some(n)) => tv("start-overall", &[("mean", &decimal(mean, 1, lang)), ("n", &n.to_string())]),
        _ => String::new(),
    };
    view! {
        <h3 class="ds-heading" data-size="xs">{t("start-means")}</h3>
        <ul class="means">{results.editions.iter().enumerate().map(line).collect_view()}</ul>
        <p class="ds-paragraph small">{total} " " <a class="ds-link" href=paths::results(programme)>{t("start-results")}</a></p>
    }
    .into_any()
}

fn by_stage(stages: Vec<ProjectStage>) -> AnyView {
    if stages.is_empty() {
        return ().into_any();
    }
    let all = stages.len();
    let lines = ProjectStage::ALL
        .iter()
        .map(|stage| (*stage, stages.iter().filter(|own| *own == stage).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(stage, count)| {
            view! { <li><span>{move || word("projects-stage", stage.as_str())}</span> {squares(count)} <span class="mean num">{count.to_string()}</span></li> }
        })
        .collect_view();
    view! {
        <h3 class="ds-heading" data-size="xs">{move || tv("start-projects-by-stage", &[("count", &all.to_string())])}</h3>
        <ul class="stages">{lines}</ul>
    }
    .into_any()
}
