//! One run of a programme, and the days when it meets.

use crate::{AccountId, ContactDayId, EditionId, Lang, LocalText, ProgrammeId, rules};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

crate::code_enum! {
    /// When in the year an edition is held.
    Season { Pilot = "pilot", Spring = "spring", Summer = "summer", Autumn = "autumn", Winter = "winter" }
}

crate::code_enum! {
    /// How far an edition has come.
    EditionStatus { Planned = "planned", Running = "running", Closed = "closed" }
}

crate::code_enum! {
    /// Whether the goal self-assessment can be answered. Closing publishes the result and is for good.
    AssessmentStatus { NotOpen = "not_open", Open = "open", Published = "published" }
}

crate::code_enum! {
    /// Which part of the training a contact day belongs to.
    DayPart { ServiceDesign = "service_design", Other = "other" }
}

crate::code_enum! {
    /// What is done during a part of a contact day.
    AgendaKind {
        Opening = "opening", Theory = "theory", Practice = "practice", GroupWork = "group_work",
        Reflection = "reflection", ProjectGate = "project_gate", Break = "break",
    }
}

/// One run of a programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Edition {
    pub id: EditionId,
    pub version: i64,
    pub programme_id: ProgrammeId,
    /// Which run of the programme, from 1.
    pub number: i64,
    pub season: Season,
    #[cfg_attr(feature = "openapi", schema(example = 2019))]
    pub year: i64,
    /// How many can take part.
    pub places: i64,
    pub status: EditionStatus,
    pub assessment: AssessmentStatus,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// When the result was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Timestamp>,
}

/// `kevät 2019`, `våren 2019`, `spring 2019`.
pub fn edition_name(season: Season, year: i64, lang: Lang) -> String {
    let season = lang.text(&format!("training-season-{season}"));
    lang.text_with("training-edition-name", &[("season", &season), ("year", &year.to_string())])
}

impl Edition {
    /// What people call it within its programme: `kevät 2019`.
    pub fn name(&self, lang: Lang) -> String {
        edition_name(self.season, self.year, lang)
    }

    /// What people call it among all: `Palveluohjaajien valmennus – kevät 2019`.
    pub fn full_name(&self, programme: &LocalText, lang: Lang) -> String {
        format!("{} \u{2013} {}", programme.in_lang(lang), self.name(lang))
    }
}

/// An edition on a list, with what its row says at a glance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EditionSummary {
    pub edition: Edition,
    /// Name of its programme.
    pub programme_name: LocalText,
    /// How many take part.
    pub enrolled_count: i64,
    /// Its first and last contact days, in Finland's time; absent before any is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_day_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day_on: Option<Date>,
}

impl EditionSummary {
    /// As [`Edition::full_name`].
    pub fn full_name(&self, lang: Lang) -> String {
        self.edition.full_name(&self.programme_name, lang)
    }
}

/// What can be said of an edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewEdition {
    /// Fixed once made.
    #[garde(skip)]
    pub programme_id: ProgrammeId,
    /// Which run of the programme, from 1; one of each.
    #[garde(custom(rules::between(1, 10_000)))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 10000))]
    pub number: i64,
    #[garde(skip)]
    pub season: Season,
    #[garde(custom(rules::between(1900, 2200)))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1900, maximum = 2200, example = 2027))]
    pub year: i64,
    #[garde(custom(rules::between(1, 1_000)))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 1000, example = 20))]
    pub places: i64,
    #[garde(skip)]
    pub status: EditionStatus,
}

/// A merge patch of an edition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EditionChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 10000, nullable = false))]
    pub number: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub season: Option<Season>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1900, maximum = 2200, nullable = false))]
    pub year: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 1000, nullable = false))]
    pub places: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub status: Option<EditionStatus>,
}

crate::filter! {
    /// Which editions to list: the newest first.
    #[derive(Default)]
    EditionFilter {
        /// Only editions of this programme.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub programme_id: Option<ProgrammeId>,
        /// Only editions in this state.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub status: Option<EditionStatus>,
    }
}

/// A new edition made from an old one: its days with their agendas, each moved by the same number of days so that
/// the first falls on `first_day_on`. People, groups and answers stay behind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EditionCopy {
    #[garde(custom(rules::between(1, 10_000)))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 10000))]
    pub number: i64,
    #[garde(skip)]
    pub season: Season,
    #[garde(custom(rules::between(1900, 2200)))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1900, maximum = 2200, example = 2027))]
    pub year: i64,
    #[garde(custom(rules::day))]
    pub first_day_on: Date,
}

/// A day when the edition meets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactDay {
    pub id: ContactDayId,
    pub version: i64,
    pub edition_id: EditionId,
    pub part: DayPart,
    pub title: LocalText,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// Name of the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Where to join from afar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting_url: Option<String>,
    /// Who leads the day.
    pub facilitators: Vec<DayFacilitator>,
    pub agenda: Vec<AgendaItem>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Who leads a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayFacilitator {
    pub account_id: AccountId,
    pub name: String,
}

/// One part of a contact day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgendaItem {
    #[garde(skip)]
    pub kind: AgendaKind,
    #[garde(custom(rules::local_line))]
    pub title: LocalText,
    /// How long it takes.
    #[garde(custom(rules::between(1, 720)))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 720, example = 45))]
    pub minutes: i64,
}

/// What can be said of a contact day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewContactDay {
    #[garde(skip)]
    pub part: DayPart,
    #[garde(custom(rules::local_line))]
    pub title: LocalText,
    #[garde(custom(rules::instant))]
    pub starts_at: Timestamp,
    /// After the start, at most 24 hours later.
    #[garde(custom(rules::instant), custom(|end: &Timestamp, _: &()| ends_after(&self.starts_at, end)))]
    pub ends_at: Timestamp,
    #[garde(custom(rules::optional_line))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub place: Option<String>,
    #[garde(custom(rules::optional_line))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub address: Option<String>,
    #[garde(custom(rules::optional_url))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 2000, pattern = "^https://[^ ]+$"))]
    pub meeting_url: Option<String>,
    #[garde(custom(rules::at_most(20)))]
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    pub facilitator_ids: Vec<AccountId>,
    #[garde(custom(rules::at_most(50)), dive)]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub agenda: Vec<AgendaItem>,
}

fn ends_after(start: &Timestamp, end: &Timestamp) -> garde::Result {
    if end <= start {
        return Err(garde::Error::new("ends_before_start"));
    }
    if end.duration_since(*start).as_hours() >= 24 { Err(garde::Error::new("over_a_day")) } else { Ok(()) }
}

/// A merge patch of a contact day. Lists are replaced whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactDayChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub part: Option<DayPart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub title: Option<super::LocalTextChanges>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub starts_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub ends_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, value_type = Option<String>))]
    pub place: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, value_type = Option<String>))]
    pub address: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(max_length = 2000, pattern = "^https://[^ ]+$", value_type = Option<String>))]
    pub meeting_url: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_items = 20, nullable = false))]
    pub facilitator_ids: Option<Vec<AccountId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_items = 50, nullable = false))]
    pub agenda: Option<Vec<AgendaItem>>,
}

/// Where a contact day stands on a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayState {
    /// It has been held.
    Held,
    /// It is the next one, or is being held now.
    Next,
    /// It comes after the next one.
    Ahead,
}

/// The state of each day of a timeline at `now`; `ends` in order of time.
pub fn day_states(ends: &[Timestamp], now: Timestamp) -> Vec<DayState> {
    let mut next_found = false;
    ends.iter()
        .map(|end| {
            if *end <= now {
                DayState::Held
            } else if next_found {
                DayState::Ahead
            } else {
                next_found = true;
                DayState::Next
            }
        })
        .collect()
}

/// An instant moved by whole days of the calendar: nine o'clock stays nine o'clock over a clock change.
pub fn shift_days(at: Timestamp, days: i64) -> Timestamp {
    let zoned = at.to_zoned(crate::format::zone());
    jiff::Span::new().try_days(days).and_then(|span| zoned.checked_add(span)).map_or(at, |moved| moved.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn editions_are_named_as_people_say_them() {
        assert_eq!(edition_name(Season::Spring, 2019, Lang::Fi), "kevät 2019");
        assert_eq!(edition_name(Season::Pilot, 2017, Lang::Fi), "pilotti 2017");
        assert_eq!(edition_name(Season::Spring, 2019, Lang::Sv), "våren 2019");
        assert_eq!(edition_name(Season::Spring, 2019, Lang::En), "spring 2019");
    }

    proptest! {
        #[test]
        fn a_shift_keeps_the_wall_clock(day in 0i64..4000, hours in 6i8..22, days in -400i64..400) {
            let start = jiff::civil::date(2016, 1, 1).checked_add(jiff::Span::new().days(day)).expect("in range");
            let at = crate::format::instant(start, hours, 30).expect("exists");
            let moved = shift_days(at, days).to_zoned(crate::format::zone());
            prop_assert_eq!((moved.hour(), moved.minute()), (hours, 30));
            prop_assert_eq!(shift_days(moved.timestamp(), -days), at);
        }

        #[test]
        fn at_most_one_day_is_next_and_held_ones_come_first(mut ends in proptest::collection::vec(0i64..1_000, 0..8), now in 0i64..1_000) {
            ends.sort_unstable();
            let ends: Vec<_> = ends.into_iter().map(|s| Timestamp::from_second(s).expect("in range")).collect();
            let states = day_states(&ends, Timestamp::from_second(now).expect("in range"));
            prop_assert!(states.iter().filter(|state| **state == DayState::Next).count() <= 1);
            prop_assert!(states.windows(2).all(|pair| !(pair[0] != DayState::Held && pair[1] == DayState::Held)));
        }
    }
}
