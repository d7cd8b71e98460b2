//! One edition on the start page: its next day, what is to be done, and whether it works.

use crate::paths;
use crate::session::{local, session, t, tv};
use crate::tr;
use crate::ui::{icon, load};
use leptos::prelude::*;
use shared::page::Paging;
use shared::policy::{Permission, Target};
use shared::training::{AssessmentProgress, AssessmentStatus, ContactDay, DayState, EditionSummary, day_states};
use shared::{Page, format};

/// The name of an edition: `kevät 2019`.
fn edition_name(row: &EditionSummary) -> String {
    let season = t(&format!("training-season-{}", row.edition.season));
    format!("{season} {}", row.edition.year)
}

/// An edition at a glance.
#[component]
pub fn EditionCard(row: EditionSummary) -> impl IntoView {
    let session = session();
    let id = row.edition.id;
    let days = LocalResource::new(move || async move {
        let paging = Paging { cursor: None, limit: Some(200) };
        session
            .call(move |client| {
                let paging = paging.clone();
                async move { client.list_contact_days(id, &paging).await }
            })
            .await
    });
    let progress =
        LocalResource::new(
            move || async move { session.call(move |client| async move { client.get_assessment_progress(id).await }).await },
        );
    let target = Target::Edition { programme: row.edition.programme_id, edition: id };
    let row = StoredValue::new(row);
    let heading = move || row.with_value(|row| format!("{} – {}", local(&row.programme_name), edition_name(row)));
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm"><a class="ds-link" href=paths::edition(id)>{heading}</a></h2>
            {load(days, |page| next_day(page).into_any())}
            {load(progress, move |progress| {
                let own = session.may(Permission::AnswerAssessment, &target);
                todo_line(&progress, own).into_any()
            })}
            <p class="ds-paragraph"><a class="ds-link" href=paths::results(row.with_value(|row| row.edition.programme_id))>{tr!("start-results")}</a></p>
        </section>
    }
}

fn next_day(page: Page<ContactDay>) -> impl IntoView {
    let now = jiff::Timestamp::now();
    let ends: Vec<_> = page.items.iter().map(|day| day.ends_at).collect();
    let next = page.items.into_iter().zip(day_states(&ends, now)).find(|(_, state)| *state == DayState::Next).map(|(day, _)| day);
    move || match next.clone() {
        None => view! { <p class="ds-paragraph">{tr!("start-no-next-day")}</p> }.into_any(),
        Some(day) => {
            let lang = session().lang.get();
            let start = format::day_of(day.starts_at);
            let left = start.since(format::day_of(now)).map(|span| span.get_days()).unwrap_or_default();
            let when = tv(
                "start-next-day",
                &[
                    ("date", &format::weekday_date(start, lang)),
                    ("from", &format::time(day.starts_at, lang)),
                    ("to", &format::time(day.ends_at, lang)),
                ],
            );
            let place = day.place.clone();
            let agenda = day.agenda.iter().map(|item| view! { <li>{local(&item.title)}</li> }).collect_view();
            view! {
                <p class="lead">{when}</p>
                <ul class="facts">
                    <li>{icon("hourglass")} {tv("start-days-left", &[("days", &left.to_string())])}</li>
                    {place.map(|place| view! { <li>{icon("map-pin")} {place}</li> })}
                    {day.meeting_url.clone().map(|url| view! { <li>{icon("link")} <a class="ds-link" href=url rel="external noreferrer">{tr!("start-join")}</a></li> })}
                </ul>
                <ol class="agenda-short">{agenda}</ol>
            }
            .into_any()
        }
    }
}

/// What is to be done about the self-assessment.
fn todo_line(progress: &AssessmentProgress, own: bool) -> impl IntoView + use<> {
    let progress = progress.clone();
    let counts = move || {
        tv("start-answered", &[("answered", &progress.answered_count.to_string()), ("enrolled", &progress.enrolled_count.to_string())])
    };
    let (open, id) = (progress.status == AssessmentStatus::Open, progress.edition_id);
    let ask = (open && own)
        .then(|| view! { <p><a class="ds-button" href=paths::self_assessment(id)>{icon("list-checks")} {tr!("start-answer")}</a></p> });
    let count = open.then(|| view! { <p class="ds-paragraph">{counts}</p> });
    view! { {ask} {count} }
}
