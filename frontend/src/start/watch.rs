//! For those who audit: is there anything out of the ordinary?

use crate::paths;
use crate::session::{Session, session, t, tv, word};
use crate::tr;
use crate::ui::table::{Column, figures_in, words_in};
use crate::ui::{icon, load, table};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use leptos::prelude::*;
use shared::audit::{AuditAction, AuditEvent, AuditFilter};
use shared::client::Called;
use shared::format;
use shared::page::MAX_LIMIT;

/// So far back.
const DAYS: i32 = 30;

/// What is counted: first what should not happen, then what changes who may do what, then what leaves or is for good.
const NOTED: &[AuditAction] = &[
    AuditAction::SignInRefused,
    AuditAction::TokenReused,
    AuditAction::Granted,
    AuditAction::Revoked,
    AuditAction::Deactivated,
    AuditAction::PasswordReset,
    AuditAction::Exported,
    AuditAction::Deleted,
    AuditAction::AssessmentClosed,
];

/// What happens every day and tells an auditor nothing.
const EVERYDAY: &[AuditAction] = &[AuditAction::SignedIn, AuditAction::SignedOut, AuditAction::AnswerGiven];

/// So many of the latest events of note.
const LATEST: usize = 8;
/// So many pages of the trail are searched for them.
const PAGES: usize = 5;

const COUNTS: &[Column] = &[words_in("start-event"), figures_in("start-event-count"), words_in("start-event-last")];
const EVENTS: &[Column] =
    &[words_in("start-event"), words_in("start-event-object"), words_in("start-event-actor"), words_in("start-event-at")];

/// The events of one kind.
#[derive(Clone)]
struct Tally {
    action: AuditAction,
    count: usize,
    /// There are more than were read.
    more: bool,
    last: Option<AuditEvent>,
}

#[derive(Clone)]
struct Matter {
    tallies: Vec<Tally>,
    latest: Vec<AuditEvent>,
}

async fn read(session: Session, since: Date) -> Called<Matter> {
    let mut tallies = Vec::new();
    for action in NOTED.iter().copied() {
        let filter =
            AuditFilter { action: Some(action), from: format::instant(since, 0, 0), limit: Some(MAX_LIMIT), ..AuditFilter::default() };
        let page = session.send(filter, |client, filter| async move { client.list_audit_events(&filter).await }).await?;
        let (count, more) = (page.items.len(), page.next_cursor.is_some());
        tallies.push(Tally { action, count, more, last: page.items.into_iter().next() });
    }
    Ok(Matter { tallies, latest: read_latest(session).await? })
}

/// The latest events that are not everyday ones, as far as the first pages of the trail reach.
async fn read_latest(session: Session) -> Called<Vec<AuditEvent>> {
    let (mut latest, mut cursor) = (Vec::new(), None);
    for _ in 0..PAGES {
        let filter = AuditFilter { cursor, limit: Some(MAX_LIMIT), ..AuditFilter::default() };
        let page = session.send(filter, |client, filter| async move { client.list_audit_events(&filter).await }).await?;
        latest.extend(page.items.into_iter().filter(|event| !EVERYDAY.contains(&event.action)));
        cursor = page.next_cursor;
        if latest.len() >= LATEST || cursor.is_none() {
            break;
        }
    }
    latest.truncate(LATEST);
    Ok(latest)
}

/// The part of the page.
#[component]
pub fn Watch() -> impl IntoView {
    let session = session();
    let today = format::day_of(Timestamp::now());
    let since = today.checked_sub(Span::new().days(DAYS)).unwrap_or(today);
    let matter = LocalResource::new(move || read(session, since));
    view! {
        <section class="block">
            <h2 class="ds-heading" data-size="sm">{tr!("start-anything-odd")}</h2>
            {load(matter, move |Matter { tallies, latest }| {
                let verdict = verdict(&tallies);
                // What should not happen is there even when it has not; the rest only when it has.
                let shown = tallies.into_iter().filter(|tally| is_alarming(tally.action) || tally.count > 0);
                let rows = shown.map(|tally| cells(tally, since)).collect();
                let events = latest.into_iter().map(event_cells).collect();
                view! {
                    {verdict}
                    {table("start-events", COUNTS, rows)}
                    <h2 class="ds-heading" data-size="sm">{tr!("start-latest")}</h2>
                    {table("start-latest", EVENTS, events)}
                }
                .into_any()
            })}
            <p class="ds-paragraph"><a class="ds-link" href=paths::AUDIT>{tr!("start-open-trail")}</a></p>
        </section>
    }
}

/// Whether it is what should not happen.
const fn is_alarming(action: AuditAction) -> bool {
    matches!(action, AuditAction::SignInRefused | AuditAction::TokenReused)
}

fn verdict(tallies: &[Tally]) -> AnyView {
    let odd: usize = tallies.iter().filter(|tally| is_alarming(tally.action)).map(|tally| tally.count).sum();
    let (color, picture, key) = match odd {
        0 => ("success", "circle-check", "start-nothing-odd"),
        _ => ("warning", "triangle-alert", "start-something-odd"),
    };
    let words = move || tv(key, &[("count", &odd.to_string()), ("days", &DAYS.to_string())]);
    view! { <p class="ds-paragraph"><span class="status" data-color=color>{icon(picture)} {words}</span></p> }.into_any()
}

fn cells(Tally { action, count, more, last }: Tally, since: Date) -> Vec<AnyView> {
    let name = move || word("audit-action", action.as_str());
    let figure = move || if more { tv("start-over", &[("count", &count.to_string())]) } else { count.to_string() };
    let count_cell = match count {
        0 => view! { <span class="small">"0"</span> }.into_any(),
        _ => {
            let label = move || format!("{}: {}", name(), figure());
            view! { <a class="ds-link mean" href=paths::audit_of_action(action, since) aria-label=label>{figure}</a> }.into_any()
        }
    };
    let last = last.map(|AuditEvent { at, actor_name, .. }| {
        let who = actor_name.unwrap_or_default();
        view! { {move || format::date_time(at, session().lang.get())} " " <span class="small">{who}</span> }
    });
    let odd = is_alarming(action) && count > 0;
    let name = match odd {
        true => view! { <span class="status" data-color="warning">{icon("triangle-alert")} {name}</span> }.into_any(),
        false => name.into_any(),
    };
    vec![name, count_cell, last.into_any()]
}

fn event_cells(AuditEvent { at, actor_name, action, object_kind, object_id, .. }: AuditEvent) -> Vec<AnyView> {
    let what = move || word("audit-action", action.as_str());
    let kind = move || word("audit-kind", &object_kind);
    let object = match object_id {
        Some(id) => view! { <a class="ds-link" href=paths::audit_of(id)>{kind}</a> }.into_any(),
        None => kind.into_any(),
    };
    let who = move || actor_name.clone().unwrap_or_else(|| t("audit-no-actor"));
    vec![what.into_any(), object, who.into_any(), (move || format::date_time(at, session().lang.get())).into_any()]
}
