//! The clock of a project: how long each stage may take, when it ends, and how much is left.
//!
//! An idea has so many hours. A trial and a spread have so many days: they end when the last of them ends in Finnish
//! time, whatever the hour at which they began and however long a day of the change of summer time is. Weekends and
//! public holidays are days like others; they are shown, not skipped.

use super::ProjectStage;
use crate::format::{day_of, zone};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// Hours for an idea unless told otherwise.
pub const IDEA_HOURS: i64 = 24;
/// Days for a trial unless told otherwise.
pub const TRIAL_DAYS: i64 = 21;
/// Days to spread a practice unless told otherwise.
pub const SPREAD_DAYS: i64 = 105;
/// Most days by which a stage can be extended at once.
pub const MOST_DAYS: i64 = 365;

/// How long the stages take in a programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClockTerms {
    /// 0 where nobody has set them: the common terms.
    pub version: i64,
    /// Hours for an idea, 1–720.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 720, example = 24))]
    pub idea_hours: i64,
    /// Days for a trial, 1–365.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 365, example = 21))]
    pub trial_days: i64,
    /// Days to spread, 1–365.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 365, example = 105))]
    pub spread_days: i64,
}

impl Default for ClockTerms {
    fn default() -> Self {
        Self { version: 0, idea_hours: IDEA_HOURS, trial_days: TRIAL_DAYS, spread_days: SPREAD_DAYS }
    }
}

/// A merge patch of the terms.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClockTermsChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 720, nullable = false))]
    pub idea_hours: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 365, nullable = false))]
    pub trial_days: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 365, nullable = false))]
    pub spread_days: Option<i64>,
}

/// What of the terms can be changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ClockTermsFields {
    #[garde(custom(crate::rules::between(1, 720)))]
    pub idea_hours: i64,
    #[garde(custom(crate::rules::between(1, 365)))]
    pub trial_days: i64,
    #[garde(custom(crate::rules::between(1, 365)))]
    pub spread_days: i64,
}

/// How much of a stage's time is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Whole hours, rounded up: less than two days are left of a stage that counts hours.
    Hours(i64),
    /// Days until the last one; 0 on it.
    Days(i64),
    /// Its time ran out less than a day ago, this many whole hours.
    OverHours(i64),
    /// Its time ran out this many days ago.
    OverDays(i64),
}

impl ClockTerms {
    /// When a stage that begins now ends; none where it has no time of its own.
    pub fn due_at(&self, stage: ProjectStage, started_at: Timestamp) -> Option<Timestamp> {
        match stage {
            ProjectStage::Idea => Some(started_at + SignedDuration::from_hours(self.idea_hours)),
            ProjectStage::Trial => end_of_day(after_days(day_of(started_at), self.trial_days)),
            ProjectStage::Spread => end_of_day(after_days(day_of(started_at), self.spread_days)),
            _ => None,
        }
    }
}

fn after_days(day: Date, days: i64) -> Date {
    day.saturating_add(days.clamp(0, 40_000).days())
}

/// The instant at which a day is over in Finnish time.
fn end_of_day(day: Date) -> Option<Timestamp> {
    Some(day.tomorrow().ok()?.to_zoned(zone()).ok()?.timestamp())
}

/// The last day of a stage that ends at an instant. One that ends as the day does ends on that day.
pub fn due_on(due_at: Timestamp) -> Date {
    day_of(due_at - SignedDuration::from_nanos(1))
}

/// A stage's end so many days later: as many hours later on the clock for one that counts hours, else the end of that day.
pub fn extended(due_at: Timestamp, days: i64) -> Option<Timestamp> {
    let at = due_at.to_zoned(zone());
    at.checked_add(days.clamp(0, MOST_DAYS).days()).ok().map(|at| at.timestamp())
}

/// How much is left at an instant.
pub fn left(stage: ProjectStage, due_at: Timestamp, now: Timestamp) -> Left {
    let days = |from: Date, to: Date| i64::from(from.until(to).map_or(0, |span| span.get_days()));
    let hours = due_at.duration_since(now);
    if hours <= SignedDuration::ZERO {
        let over = days(due_on(due_at), day_of(now)).max(0);
        let within_a_day = if stage == ProjectStage::Idea { -hours < SignedDuration::from_hours(24) } else { over <= 1 };
        return if within_a_day { Left::OverHours((-hours).as_secs() / 3_600) } else { Left::OverDays(over) };
    }
    if stage == ProjectStage::Idea && hours < SignedDuration::from_hours(48) {
        return Left::Hours((hours.as_secs() + 3_599) / 3_600);
    }
    Left::Days(days(day_of(now), due_on(due_at)).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_spread_ends_with_its_hundred_and_fifth_day() {
        let due = ClockTerms::default().due_at(ProjectStage::Spread, at("2019-02-27T08:30:00Z")).expect("a time");
        assert_eq!(due_on(due), jiff::civil::date(2019, 6, 12));
        assert_eq!(left(ProjectStage::Spread, due, at("2019-03-14T10:00:00Z")), Left::Days(90));
        assert_eq!(left(ProjectStage::Spread, due, at("2019-06-12T20:59:59Z")), Left::Days(0));
        assert_eq!(left(ProjectStage::Spread, due, at("2019-06-12T21:00:01Z")), Left::OverHours(0));
        assert_eq!(left(ProjectStage::Spread, due, at("2019-06-16T09:00:00Z")), Left::OverDays(4));
    }

    #[test]
    fn an_idea_has_its_hours() {
        let due = ClockTerms::default().due_at(ProjectStage::Idea, at("2019-02-05T11:10:00Z")).expect("a time");
        assert_eq!(due, at("2019-02-06T11:10:00Z"));
        assert_eq!(left(ProjectStage::Idea, due, at("2019-02-06T01:09:00Z")), Left::Hours(11));
        assert_eq!(left(ProjectStage::Idea, due, at("2019-02-06T13:30:00Z")), Left::OverHours(2));
    }

    #[test]
    fn a_day_is_a_day_when_the_clocks_change() {
        let terms = ClockTerms::default();
        for (start, end) in [("2026-03-20T12:00:00Z", "2026-04-10T21:00:00Z"), ("2026-10-10T12:00:00Z", "2026-10-31T22:00:00Z")] {
            assert_eq!(terms.due_at(ProjectStage::Trial, at(start)), Some(at(end)));
        }
    }

    /// Any instant of 2015–2045, as somebody far away would write it; each falls near a change of summer time often.
    fn instants() -> impl Strategy<Value = Timestamp> {
        let near_a_change = (2015i16..=2045, 0usize..2, -200_000i64..200_000).prop_map(|(year, which, seconds)| {
            let month = [3, 10][which];
            let sunday = jiff::civil::date(year, month, 1).nth_weekday_of_month(-1, jiff::civil::Weekday::Sunday).expect("the last Sunday");
            sunday.at(1, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("an instant").timestamp() + SignedDuration::from_secs(seconds)
        });
        let offset = (-12i8..=14).prop_map(|hours| jiff::tz::TimeZone::fixed(jiff::tz::offset(hours)));
        let anywhere = (1_420_070_400i64..2_366_841_600, offset)
            .prop_map(|(second, zone)| Timestamp::from_second(second).expect("an instant").to_zoned(zone).timestamp());
        prop_oneof![near_a_change, anywhere]
    }

    fn days_between(from: Date, to: Date) -> i64 {
        i64::from(from.until(to).expect("a span").get_days())
    }

    proptest! {
        #[test]
        fn a_stage_ends_with_its_nth_day_whatever_the_hour(start in instants(), days in 1i64..=365) {
            let terms = ClockTerms { trial_days: days, spread_days: days, ..ClockTerms::default() };
            for stage in [ProjectStage::Trial, ProjectStage::Spread] {
                let due = terms.due_at(stage, start).expect("a time");
                prop_assert_eq!(days_between(day_of(start), due_on(due)), days);
                let last = due.to_zoned(zone());
                prop_assert_eq!((last.hour(), last.minute(), last.second()), (0, 0, 0), "midnight in Finland");
                prop_assert_eq!(left(stage, due, start), Left::Days(days));
            }
        }

        #[test]
        fn an_idea_has_as_many_hours_as_it_has(start in instants(), hours in 1i64..=720) {
            let terms = ClockTerms { idea_hours: hours, ..ClockTerms::default() };
            let due = terms.due_at(ProjectStage::Idea, start).expect("a time");
            prop_assert_eq!(due.duration_since(start), SignedDuration::from_hours(hours));
        }

        #[test]
        fn what_is_left_falls_by_one_from_day_to_day(start in instants(), days in 1i64..=120, passed in 0i64..120) {
            let terms = ClockTerms { spread_days: days, ..ClockTerms::default() };
            let due = terms.due_at(ProjectStage::Spread, start).expect("a time");
            let on = |passed: i64| start.to_zoned(zone()).checked_add(passed.days()).expect("a day").timestamp();
            let told = |at| match left(ProjectStage::Spread, due, at) {
                Left::Days(days) => days,
                Left::OverDays(days) => -days,
                Left::OverHours(_) => -1,
                Left::Hours(_) => 0,
            };
            prop_assert_eq!(told(on(passed)) - told(on(passed + 1)), 1);
        }

        #[test]
        fn what_is_left_never_grows(start in instants(), days in 1i64..=60, first in 0i64..6_000_000, then in 0i64..90_000) {
            let terms = ClockTerms { trial_days: days, ..ClockTerms::default() };
            let due = terms.due_at(ProjectStage::Trial, start).expect("a time");
            let rank = |seconds: i64| match left(ProjectStage::Trial, due, start + SignedDuration::from_secs(seconds)) {
                Left::Days(days) => days * 24,
                Left::Hours(hours) => hours,
                Left::OverHours(hours) => -1 - hours,
                Left::OverDays(days) => -24 - days * 24,
            };
            prop_assert!(rank(first) >= rank(first + then));
        }

        #[test]
        fn an_extension_moves_the_last_day_by_its_days(start in instants(), days in 1i64..=MOST_DAYS) {
            for stage in [ProjectStage::Idea, ProjectStage::Trial, ProjectStage::Spread] {
                let due = ClockTerms::default().due_at(stage, start).expect("a time");
                let later = extended(due, days).expect("a time");
                prop_assert_eq!(days_between(due_on(due), due_on(later)), days);
            }
        }
    }
}
