//! How much of a project's time is left, in words with their icon, and as a thin bar.

use crate::session::tv;
use crate::ui::every::every;
use crate::ui::icon;
use jiff::Timestamp;
use leptos::prelude::*;
use shared::projects::clock::{Left, left};
use shared::projects::{ProjectStage, StageClock};
use std::time::Duration;

/// How often what is left is told anew.
const MINUTE: Duration = Duration::from_secs(60);
/// From so many days on, or hours of an idea, the end is near.
const SOON_DAYS: i64 = 7;
const SOON_HOURS: i64 = 6;

/// The present instant, minute by minute.
pub fn minutes() -> RwSignal<Timestamp> {
    let now = RwSignal::new(Timestamp::now());
    every(MINUTE, move || now.set(Timestamp::now()));
    now
}

/// Colour and icon of what is left.
const fn look(left: Left) -> (&'static str, &'static str) {
    match left {
        Left::OverHours(_) | Left::OverDays(_) => ("danger", "triangle-alert"),
        Left::Hours(hours) if hours <= SOON_HOURS => ("warning", "clock-alert"),
        Left::Days(days) if days <= SOON_DAYS => ("warning", "clock-alert"),
        Left::Hours(_) | Left::Days(_) => ("info", "circle-dot"),
    }
}

/// `90 päivää jäljellä`, or as short as on a card: `90 pv jäljellä`. Reactive.
pub fn left_words(left: Left, short: bool) -> String {
    let (key, count) = match left {
        Left::Hours(hours) => ("projects-left-hours", hours),
        Left::Days(days) if short => ("projects-left-days-short", days),
        Left::Days(days) => ("projects-left-days", days),
        Left::OverHours(hours) if short => ("projects-over-hours-short", hours),
        Left::OverHours(hours) => ("projects-over-hours", hours),
        Left::OverDays(days) if short => ("projects-over-days-short", days),
        Left::OverDays(days) => ("projects-over-days", days),
    };
    tv(key, &[("count", &count.to_string())])
}

/// What is left, where the stage has a time of its own. Reactive.
pub fn left_view(stage: ProjectStage, clock: &StageClock, now: Timestamp) -> Option<AnyView> {
    let left = left(stage, clock.due_at?, now);
    let (color, picture) = look(left);
    let extended = clock.first_due_at.is_some() && clock.first_due_at != clock.due_at;
    let words = if extended { tv("projects-extended", &[("left", &left_words(left, true))]) } else { left_words(left, true) };
    Some(view! { <span class="status" data-color=color>{icon(picture)} " " {words}</span> }.into_any())
}

/// How old something is, as short as on a card. Reactive.
pub fn age_words(since: Timestamp, now: Timestamp) -> String {
    let hours = now.duration_since(since).as_secs().max(0) / 3_600;
    match hours {
        0..48 => tv("projects-age-hours", &[("count", &hours.to_string())]),
        _ => tv("projects-age-days", &[("count", &(hours / 24).to_string())]),
    }
}

/// What has gone of a stage's time, and by how much it has run over, as shares of the longer of the two.
#[allow(clippy::cast_precision_loss)]
pub fn shares(started_at: Timestamp, due_at: Timestamp, now: Timestamp) -> (f64, f64) {
    let planned = due_at.duration_since(started_at).as_secs().max(1) as f64;
    let gone = now.duration_since(started_at).as_secs().max(0) as f64;
    if gone <= planned { (gone / planned, 0.0) } else { (planned / gone, 1.0 - planned / gone) }
}

/// The thin bar of a card. What it shows stands beside it in words.
pub fn bar(clock: &StageClock, now: Timestamp) -> Option<AnyView> {
    let (gone, over) = shares(clock.started_at, clock.due_at?, now);
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    let bar = view! {
        <span class="mini-clock" aria-hidden="true">
            <span class="mini-gone" style:inline-size=percent(gone)></span>
            <span class="mini-over" style:inline-size=percent(over)></span>
        </span>
    };
    Some(bar.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn time_that_ran_over_takes_its_share_of_the_bar() {
        let (start, due) = (at("2019-03-01T00:00:00Z"), at("2019-03-11T00:00:00Z"));
        assert_eq!(shares(start, due, at("2019-03-06T00:00:00Z")), (0.5, 0.0));
        assert_eq!(shares(start, due, at("2019-03-21T00:00:00Z")), (0.5, 0.5));
        assert_eq!(shares(start, due, at("2019-02-01T00:00:00Z")), (0.0, 0.0));
    }

    #[test]
    fn the_end_is_near_in_its_last_week() {
        assert_eq!(look(Left::Days(8)).0, "info");
        assert_eq!(look(Left::Days(7)).0, "warning");
        assert_eq!(look(Left::Hours(6)).0, "warning");
        assert_eq!(look(Left::OverHours(0)).0, "danger");
    }
}
