//! Numbers, dates and times as people read them in each language.

use crate::Lang;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The zone in which instants are shown.
pub fn zone() -> TimeZone {
    const HELSINKI: TimeZone = jiff::tz::get!("Europe/Helsinki");
    HELSINKI
}

/// `3,7` in Finnish and Swedish, `3.7` in English.
pub fn decimal(value: f64, decimals: usize, lang: Lang) -> String {
    let text = format!("{value:.decimals$}").replace('-', "\u{2212}");
    match lang {
        Lang::En => text,
        _ => text.replace('.', ","),
    }
}

/// `14.3.2019`, `14.3.2019`, `14 Mar 2019`.
pub fn date(date: Date, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{} {}", short_date(date, lang), date.year()),
        _ => format!("{}{}", short_date(date, lang), date.year()),
    }
}

/// `14.3.`, `14.3.`, `14 Mar`.
pub fn short_date(date: Date, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{} {}", date.day(), month(date)),
        _ => format!("{}.{}.", date.day(), date.month()),
    }
}

/// The month's short English name; the other languages write its number.
fn month(date: Date) -> &'static str {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES[usize::from(date.month().unsigned_abs()) - 1]
}

/// `ti 14.3.`: weekday before the short date.
pub fn weekday_date(date: Date, lang: Lang) -> String {
    format!("{} {}", weekday(date, lang), short_date(date, lang))
}

/// The weekday's short name.
pub fn weekday(date: Date, lang: Lang) -> &'static str {
    let names = match lang {
        Lang::Fi => ["ma", "ti", "ke", "to", "pe", "la", "su"],
        Lang::Sv => ["må", "ti", "on", "to", "fr", "lö", "sö"],
        Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    };
    names[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())]
}

/// `9.05`, `9.05`, `09:05`, in Finnish time.
pub fn time(at: Timestamp, lang: Lang) -> String {
    let zoned = at.to_zoned(zone());
    match lang {
        Lang::En => format!("{:02}:{:02}", zoned.hour(), zoned.minute()),
        _ => format!("{}.{:02}", zoned.hour(), zoned.minute()),
    }
}

/// The date in Finland at an instant.
pub fn day_of(at: Timestamp) -> Date {
    at.to_zoned(zone()).date()
}

/// `14.3.2019 9.05`: date and time.
pub fn date_time(at: Timestamp, lang: Lang) -> String {
    format!("{} {}", date(day_of(at), lang), time(at, lang))
}

/// The instant of a wall-clock date and time in Finland. A time that a clock change skips moves forward.
pub fn instant(day: Date, hour: i8, minute: i8) -> Option<Timestamp> {
    let wall = day.at(hour, minute, 0, 0);
    wall.to_zoned(zone()).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn finnish_swedish_and_english_differ_as_people_write() {
        assert_eq!(decimal(3.7, 1, Lang::Fi), "3,7");
        assert_eq!(decimal(-0.5, 1, Lang::En), "\u{2212}0.5");
        assert_eq!(weekday_date(day(2019, 3, 14), Lang::Fi), "to 14.3.");
        assert_eq!(date(day(2019, 3, 14), Lang::Sv), "14.3.2019");
        assert_eq!(date(day(2019, 12, 4), Lang::En), "4 Dec 2019");
        assert_eq!(short_date(day(2019, 1, 4), Lang::En), "4 Jan");
        let at = instant(day(2019, 3, 14), 9, 5);
        assert_eq!(at.map(|at| time(at, Lang::Fi)), Some("9.05".to_owned()));
        assert_eq!(at.map(|at| time(at, Lang::En)), Some("09:05".to_owned()));
    }
}
