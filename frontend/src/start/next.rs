//! The next contact day of an edition: when, where, and what is done.

use crate::paths;
use crate::session::{local, session, t, tv};
use crate::tr;
use crate::ui::icon;
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use shared::format;
use shared::training::{ContactDay, DayState, EditionSummary, day_states};

/// The next day with its number; none when all have been held.
pub fn next_of(days: &[ContactDay]) -> Option<(usize, ContactDay)> {
    let ends: Vec<Timestamp> = days.iter().map(|day| day.ends_at).collect();
    let states = day_states(&ends, Timestamp::now());
    let position = states.iter().position(|state| *state == DayState::Next)?;
    days.get(position).map(|day| (position + 1, day.clone()))
}

/// `pe 27.11. klo 9.00–15.00`. Reactive.
pub fn when(day: &ContactDay) -> String {
    let lang = session().lang.get();
    let date = format::weekday_date(format::day_of(day.starts_at), lang);
    tv("start-when", &[("date", &date), ("from", &format::time(day.starts_at, lang)), ("to", &format::time(day.ends_at, lang))])
}

/// The head of an edition's part of the page. `actions` are what one does next.
pub fn next_day(row: &EditionSummary, days: &[ContactDay], actions: AnyView) -> AnyView {
    let (edition, own) = (row.edition.id, row.clone());
    let name = move || own.full_name(session().lang.get());
    let next = next_of(days);
    let heading = {
        let next = next.clone();
        move || match &next {
            Some((number, day)) => {
                let date = format::weekday_date(format::day_of(day.starts_at), session().lang.get());
                tv("start-next-day", &[("number", &number.to_string()), ("date", &date)])
            }
            None => t("start-no-next-day"),
        }
    };
    let (facts, agenda) = match next {
        Some((_, day)) => (Some(facts(&day)), Some(agenda(&day))),
        None => (None, None),
    };
    view! {
        <div class="hero">
            <div>
                <p class="eyebrow">{tr!("start-next-day-label")} " · " <a class="ds-link" href=paths::edition(edition)>{name}</a></p>
                <h2 class="ds-heading hero-title">{heading}</h2>
                {facts}
                <div class="actions">{actions}</div>
            </div>
            {agenda}
        </div>
    }
    .into_any()
}

fn facts(day: &ContactDay) -> AnyView {
    let (start, end) = (day.starts_at, day.ends_at);
    let left = format::day_of(start).since(format::day_of(Timestamp::now())).map(|span| span.get_days()).unwrap_or_default();
    let times = move || {
        let lang = session().lang.get();
        tv("start-times", &[("from", &format::time(start, lang)), ("to", &format::time(end, lang))])
    };
    let place = [day.place.clone(), day.address.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let join = day.meeting_url.clone().map(|url| {
        view! { <li>{icon("link")} <a class="ds-link" href=url rel="external noreferrer">{tr!("start-join")}</a></li> }
    });
    view! {
        <ul class="facts">
            <li><strong>{icon("hourglass")} {move || tv("start-days-left", &[("days", &left.to_string())])}</strong></li>
            <li>{icon("clock")} {times}</li>
            {(!place.is_empty()).then(|| view! { <li>{icon("map-pin")} {place}</li> })}
            {join}
        </ul>
    }
    .into_any()
}

fn agenda(day: &ContactDay) -> AnyView {
    let mut at = day.starts_at;
    let items = day
        .agenda
        .iter()
        .map(|item| {
            let (from, title) = (at, item.title.clone());
            at = at.checked_add(SignedDuration::from_mins(item.minutes)).unwrap_or(at);
            view! { <li><span class="num">{move || format::time(from, session().lang.get())}</span> <span>{move || local(&title)}</span></li> }
        })
        .collect_view();
    view! { <ol class="agenda-short" aria-label=tr!("start-agenda")>{items}</ol> }.into_any()
}
