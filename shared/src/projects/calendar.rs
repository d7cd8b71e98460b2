//! Weekends and holidays in Finland, for showing them on a clock that does not skip them.
//!
//! The days are those on which a term set by law does not end: Sundays and church holidays, Independence Day, May Day, the
//! eves of Christmas and midsummer, and Saturdays (law 150/1930, section 5; law on church holidays 388/2023).

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

crate::code_enum! {
    /// A holiday. Its name is in the catalogues under [`Holiday::key`].
    Holiday {
        NewYear = "new_year", Epiphany = "epiphany", GoodFriday = "good_friday", EasterSunday = "easter_sunday",
        EasterMonday = "easter_monday", MayDay = "may_day", Ascension = "ascension", Pentecost = "pentecost",
        MidsummerEve = "midsummer_eve", Midsummer = "midsummer", AllSaints = "all_saints",
        Independence = "independence", ChristmasEve = "christmas_eve", Christmas = "christmas", SecondChristmas = "second_christmas",
    }
}

impl Holiday {
    /// Its key in the catalogues: `calendar-may-day`.
    pub fn key(self) -> String {
        format!("calendar-{}", self.as_str().replace('_', "-"))
    }

    /// The day on which it falls in a year.
    pub fn on(self, year: i16) -> Date {
        let after_easter = |days: i64| easter(year).saturating_add(days.days());
        match self {
            Self::NewYear => date(year, 1, 1),
            Self::Epiphany => date(year, 1, 6),
            Self::GoodFriday => after_easter(-2),
            Self::EasterSunday => after_easter(0),
            Self::EasterMonday => after_easter(1),
            Self::MayDay => date(year, 5, 1),
            Self::Ascension => after_easter(39),
            Self::Pentecost => after_easter(49),
            Self::MidsummerEve => Self::Midsummer.on(year).saturating_sub(1.days()),
            Self::Midsummer => saturday_from(date(year, 6, 20)),
            Self::AllSaints => saturday_from(date(year, 10, 31)),
            Self::Independence => date(year, 12, 6),
            Self::ChristmasEve => date(year, 12, 24),
            Self::Christmas => date(year, 12, 25),
            Self::SecondChristmas => date(year, 12, 26),
        }
    }
}

/// The first Saturday that is not before a day.
fn saturday_from(day: Date) -> Date {
    day.saturating_add(i64::from(day.weekday().until(Weekday::Saturday)).days())
}

/// Easter Sunday of a year of the Gregorian calendar, by the rule of the moon in whole numbers (Meeus, Jones, Butcher).
fn easter(year: i16) -> Date {
    let year = i32::from(year);
    let (cycle, century, in_century) = (year % 19, year / 100, year % 100);
    let moon = (19 * cycle + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - moon - in_century % 4) % 7;
    let late = (cycle + 11 * moon + 22 * sunday) / 451;
    let days = moon + sunday - 7 * late;
    date(i16::try_from(year).unwrap_or(i16::MAX), 3, 22).saturating_add(days.days())
}

/// The holiday that a day is, if it is one. Of two that fall together, the one that comes first in the year's order.
pub fn holiday(day: Date) -> Option<Holiday> {
    Holiday::ALL.iter().copied().find(|holiday| holiday.on(day.year()) == day)
}

/// Whether a day is a Saturday or a Sunday.
pub fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Whether people are at work on a day: neither weekend nor holiday.
pub fn is_working(day: Date) -> bool {
    !is_weekend(day) && holiday(day).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use proptest::prelude::*;

    #[test]
    fn easter_falls_where_the_almanac_has_it() {
        let known = [(1818, 3, 22), (1943, 4, 25), (1961, 4, 2), (2000, 4, 23), (2019, 4, 21), (2024, 3, 31), (2026, 4, 5), (2038, 4, 25)];
        for (year, month, day) in known {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn the_holidays_of_a_year_are_those_of_the_almanac() {
        let known = [
            (2026, 1, 6, Holiday::Epiphany),
            (2026, 4, 3, Holiday::GoodFriday),
            (2026, 5, 14, Holiday::Ascension),
            (2026, 5, 24, Holiday::Pentecost),
            (2026, 6, 19, Holiday::MidsummerEve),
            (2026, 6, 20, Holiday::Midsummer),
            (2026, 10, 31, Holiday::AllSaints),
            (2027, 6, 26, Holiday::Midsummer),
            (2027, 11, 6, Holiday::AllSaints),
            // Ascension falls on May Day.
            (2008, 5, 1, Holiday::MayDay),
        ];
        for (year, month, day, expected) in known {
            assert_eq!(holiday(date(year, month, day)), Some(expected), "{year}-{month}-{day}");
        }
        assert!(is_working(date(2026, 11, 23)) && !is_working(date(2026, 11, 22)) && !is_working(date(2026, 12, 24)));
    }

    #[test]
    fn every_holiday_has_a_name_in_every_language() {
        for holiday in Holiday::ALL {
            for lang in [Lang::Fi, Lang::Sv, Lang::En] {
                assert_ne!(lang.text(&holiday.key()), holiday.key(), "{lang}");
            }
        }
    }

    proptest! {
        #[test]
        fn moving_holidays_fall_on_their_weekdays_and_inside_their_weeks(year in 1900i16..=2200) {
            let on = |holiday: Holiday| holiday.on(year);
            prop_assert_eq!(on(Holiday::EasterSunday).weekday(), Weekday::Sunday);
            prop_assert!((date(year, 3, 22)..=date(year, 4, 25)).contains(&on(Holiday::EasterSunday)));
            prop_assert_eq!(on(Holiday::GoodFriday).weekday(), Weekday::Friday);
            prop_assert_eq!(on(Holiday::Ascension).weekday(), Weekday::Thursday);
            prop_assert_eq!(on(Holiday::Pentecost).weekday(), Weekday::Sunday);
            prop_assert_eq!(on(Holiday::MidsummerEve).weekday(), Weekday::Friday);
            prop_assert_eq!(on(Holiday::Midsummer).weekday(), Weekday::Saturday);
            prop_assert!((date(year, 6, 20)..=date(year, 6, 26)).contains(&on(Holiday::Midsummer)));
            prop_assert_eq!(on(Holiday::AllSaints).weekday(), Weekday::Saturday);
            prop_assert!((date(year, 10, 31)..=date(year, 11, 6)).contains(&on(Holiday::AllSaints)));
            for holiday in Holiday::ALL {
                prop_assert!(super::holiday(on(*holiday)).is_some() && !is_working(on(*holiday)));
            }
        }
    }
}
