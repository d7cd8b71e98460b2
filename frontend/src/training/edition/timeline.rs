//! The edition's days as a path: filled what has been held, a ring for the next, hollow what lies ahead.

use crate::session::{local, session, t, tv};
use crate::tr;
use crate::ui::{icon, load::empty};
use jiff::Timestamp;
use jiff::civil::Date;
use leptos::prelude::*;
use shared::format;
use shared::training::{ContactDay, DayState, day_states};

/// The days with their states now.
pub fn with_states(days: &[ContactDay]) -> Vec<(usize, ContactDay, DayState)> {
    let ends: Vec<Timestamp> = days.iter().map(|day| day.ends_at).collect();
    let states = day_states(&ends, Timestamp::now());
    days.iter().cloned().zip(states).enumerate().map(|(position, (day, state))| (position + 1, day, state)).collect()
}

/// The path.
pub fn timeline(days: &[ContactDay]) -> AnyView {
    if days.is_empty() {
        return empty("training-no-days", "training-no-days-help", None);
    }
    let today = format::day_of(Timestamp::now());
    let after: Vec<Option<Date>> = days.iter().skip(1).map(|day| Some(format::day_of(day.starts_at))).chain([None]).collect();
    let steps = with_states(days)
        .into_iter()
        .zip(after)
        .map(|((number, day, state), following)| {
            let on = format::day_of(day.starts_at);
            let (class, words) = match state {
                DayState::Held => ("held", "training-day-held"),
                DayState::Next if on == today => ("next", "training-day-today"),
                DayState::Next => ("next", "training-day-next"),
                DayState::Ahead => ("ahead", "training-day-ahead"),
            };
            let current = (state == DayState::Next).then_some("step");
            let mark = (state == DayState::Next).then(|| {
                let words = move || tv("training-today", &[("day", &format::weekday_date(today, session().lang.get()))]);
                view! { <span class="today small">{words}</span> }
            });
            let href = format!("#day-{}", day.id);
            let title = day.title.clone();
            view! {
                <li class=class aria-current=current>
                    {mark}
                    <a class="ds-link" rel="external" href=href>{move || tv("training-day-number", &[("number", &number.to_string())])}</a>
                    <span class="sr-only">{move || format!(" ({}) ", t(words))}</span>
                    <span class="small">{move || format!("{} \u{b7} {}", format::weekday_date(on, session().lang.get()), local(&title))}</span>
                    {following.and_then(|next| between(on, next)).map(gap)}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="timeline" aria-label=tr!("training-timeline")>{steps}</ol> }.into_any()
}

/// The first and last day of the stretch between two contact days; none when they follow each other.
fn between(day: Date, next: Date) -> Option<(Date, Date)> {
    let (from, to) = (day.tomorrow().ok()?, next.yesterday().ok()?);
    (from <= to).then_some((from, to))
}

fn gap((from, to): (Date, Date)) -> impl IntoView {
    let words = move || {
        let lang = session().lang.get();
        tv("training-between", &[("from", &format::short_date(from, lang)), ("to", &format::short_date(to, lang))])
    };
    view! { <span class="between small">{icon("hourglass")} {words}</span> }
}

#[cfg(test)]
mod tests {
    use super::between;
    use jiff::civil::date;

    #[test]
    fn the_stretch_between_leaves_the_days_themselves_out() {
        assert_eq!(between(date(2019, 1, 22), date(2019, 2, 19)), Some((date(2019, 1, 23), date(2019, 2, 18))));
        assert_eq!(between(date(2019, 1, 22), date(2019, 1, 23)), None);
        assert_eq!(between(date(2019, 1, 22), date(2019, 1, 22)), None);
    }
}
