//! For those who keep whole programmes: where the editions under way stand, and whether they work.

use super::next::{next_of, when};
use super::works::Works;
use crate::paths;
use crate::session::{Session, session, tv};
use crate::tr;
use crate::ui::table::{Column, figures_in, words_in};
use crate::ui::{empty, icon, load, table};
use crate::words::status_view;
use futures_util::future::{try_join, try_join_all};
use leptos::prelude::*;
use shared::ProgrammeId;
use shared::client::Called;
use shared::training::{AssessmentProgress, AssessmentStatus, ContactDay, EditionSummary};

const COLUMNS: &[Column] =
    &[words_in("start-edition"), words_in("start-status"), figures_in("start-taken"), words_in("start-next"), words_in("start-answers")];

/// An edition with what its row says.
#[derive(Clone)]
struct Line {
    row: EditionSummary,
    next: Option<ContactDay>,
    progress: AssessmentProgress,
}

async fn read(session: Session, rows: Vec<EditionSummary>) -> Called<Vec<Line>> {
    let line = |row: EditionSummary| async move {
        let id = row.edition.id;
        let days = session.all(move |client, paging| async move { client.list_contact_days(id, &paging).await });
        let progress = session.call(move |client| async move { client.get_assessment_progress(id).await });
        let (days, progress) = try_join(days, progress).await?;
        Ok(Line { row, next: next_of(&days).map(|(_, day)| day), progress })
    };
    try_join_all(rows.into_iter().map(line)).await
}

/// The editions under way that one keeps.
#[component]
pub fn Overview(rows: Vec<EditionSummary>, every: StoredValue<Vec<EditionSummary>>) -> impl IntoView {
    let session = session();
    let mut programmes: Vec<ProgrammeId> = every.with_value(|every| every.iter().map(|row| row.edition.programme_id).collect());
    programmes.sort_unstable();
    programmes.dedup();
    let lines = LocalResource::new(move || read(session, rows.clone()));
    let name = move |id: ProgrammeId| {
        every.with_value(|every| every.iter().find(|row| row.edition.programme_id == id).map(|row| row.programme_name.clone()))
    };
    let single = programmes.len() == 1;
    let works = programmes
        .into_iter()
        .map(|id| {
            let heading =
                (!single).then(|| name(id)).flatten().map(|name| view! { <p class="eyebrow">{move || crate::session::local(&name)}</p> });
            view! { <div>{heading} <Works programme=id every=Some(every) /></div> }
        })
        .collect_view();
    view! {
        <section class="block">
            <h2 class="ds-heading" data-size="sm">{tr!("start-under-way")}</h2>
            {load(lines, |lines| {
                if lines.is_empty() {
                    let action = view! { <a class="ds-button" href=paths::PROGRAMMES>{tr!("start-see-programmes")}</a> }.into_any();
                    return empty("start-none-under-way", "start-none-under-way-help", Some(action));
                }
                table("start-under-way", COLUMNS, lines.into_iter().map(cells).collect())
            })}
            <div class="programmes">{works}</div>
        </section>
    }
}

fn cells(Line { row, next, progress }: Line) -> Vec<AnyView> {
    let EditionSummary { edition, enrolled_count, .. } = row.clone();
    let taken = move || tv("start-of", &[("count", &enrolled_count.to_string()), ("all", &edition.places.to_string())]);
    let next = match next {
        Some(day) => (move || when(&day)).into_any(),
        None if row.first_day_on.is_none() => {
            view! { <span class="status" data-color="warning">{icon("clock-alert")} {tr!("start-no-days")}</span> }.into_any()
        }
        None => view! { <span class="small">{tr!("start-all-held")}</span> }.into_any(),
    };
    let answers = match progress.status {
        AssessmentStatus::NotOpen => view! { <span class="small">{tr!("start-not-open")}</span> }.into_any(),
        AssessmentStatus::Open => {
            let (count, all) = (progress.answered_count.unwrap_or_default().to_string(), progress.enrolled_count.to_string());
            (move || tv("start-answered", &[("answered", &count), ("enrolled", &all)])).into_any()
        }
        AssessmentStatus::Published => {
            view! { <a class="ds-link" href=paths::results(edition.programme_id)>{tr!("start-published")}</a> }.into_any()
        }
    };
    let name = view! { <a class="ds-link" href=paths::edition(edition.id)>{move || row.full_name(session().lang.get())}</a> };
    vec![name.into_any(), status_view(edition.status), taken.into_any(), next, answers]
}
