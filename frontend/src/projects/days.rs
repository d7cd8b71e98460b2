//! The days of a stage on which most people are not at work: shown on its clock, and part of its time.

use crate::session::{session, t, tv};
use jiff::ToSpan;
use jiff::civil::Date;
use leptos::prelude::*;
use shared::format;
use shared::projects::calendar::{holiday, is_weekend};

/// Most days that are drawn one by one; more of them would be a grey haze.
const MOST: usize = 400;

fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    from.series(1.day()).take_while(move |day| *day <= to).take(MOST)
}

/// Where the days lie on a bar that shows the first to the last day: the beginning of each and how long it is, as shares.
#[allow(clippy::cast_precision_loss)]
fn places(from: Date, to: Date) -> Vec<(f64, f64)> {
    let all = days(from, to).count().max(1) as f64;
    let free = days(from, to).enumerate().filter(|(_, day)| is_weekend(*day) || holiday(*day).is_some());
    free.map(|(position, _)| (position as f64 / all, 1.0 / all)).collect()
}

/// The days on the bar. `share` is how much of the bar the planned time takes.
pub fn marks(from: Date, to: Date, share: f64) -> AnyView {
    let percent = |part: f64| format!("{:.2}%", part * share * 100.0);
    let one = |(start, long): (f64, f64)| view! { <span class="clock-free" style:inset-inline-start=percent(start) style:inline-size=percent(long)></span> };
    places(from, to).into_iter().map(one).collect_view().into_any()
}

/// The holidays by name, and that they count. Reactive by language.
pub fn words(from: Date, to: Date) -> AnyView {
    let lang = session().lang.get();
    let names = days(from, to)
        .filter(|day| !is_weekend(*day))
        .filter_map(|day| holiday(day).map(|holiday| format!("{} {}", format::short_date(day, lang), t(&holiday.key()))))
        .collect::<Vec<_>>();
    let named = (!names.is_empty()).then(|| tv("projects-holidays", &[("names", &names.join(", "))]));
    view! { <p class="small clock-note">{t("projects-free-days")} " " {named}</p> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weekends_and_holidays_are_marked_where_they_lie() {
        // Good Friday, the weekend and Easter Monday are four of eight days.
        let found = places(date(2019, 4, 18), date(2019, 4, 25));
        assert_eq!(found.iter().map(|(start, _)| start * 8.0).collect::<Vec<_>>(), [1.0, 2.0, 3.0, 4.0]);
    }
}
