//! Bounds and validation rules used by more than one capability. A rule answers with a machine code and, where
//! it has a bound, the bound after a colon (`too_long:200`); the catalogues make the sentence.

// The framework hands over `&String` and `&Vec`, so a slice would not fit.
#![allow(clippy::ptr_arg)]

use crate::LocalText;
use garde::Error;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Longest single-line text.
pub const LINE: usize = 200;
/// Longest free text.
pub const FREE_TEXT: usize = 4_000;
/// Longest e-mail address (RFC 5321, 4.5.3.1.3).
pub const EMAIL: usize = 254;
/// Shortest password where it is the only factor (NIST SP 800-63B-4).
pub const PASSWORD_MIN: usize = 15;
/// Shortest password beside a second factor.
pub const PASSWORD_MIN_WITH_FACTOR: usize = 12;
/// Longest password; nothing is cut.
pub const PASSWORD_MAX: usize = 128;

/// Characters that may hide or reorder text: controls, zero-width and bidirectional marks.
pub fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn length(text: &str, min: usize, max: usize) -> garde::Result {
    let count = text.chars().count();
    if count == 0 && min > 0 {
        return Err(Error::new("required"));
    }
    if count < min {
        return Err(Error::new(format!("too_short:{min}")));
    }
    if count > max {
        return Err(Error::new(format!("too_long:{max}")));
    }
    Ok(())
}

/// Text of so many characters, whatever they are: secrets that people type or carry.
pub fn chars<C>(min: usize, max: usize) -> impl Fn(&String, &C) -> garde::Result {
    move |text, _| length(text, min, max)
}

/// A whole number from `min` to `max`, both allowed.
pub fn between<C>(min: i64, max: i64) -> impl Fn(&i64, &C) -> garde::Result {
    move |value, _| {
        if (min..=max).contains(value) { Ok(()) } else { Err(Error::new(format!("out_of_range:{min}\u{2013}{max}"))) }
    }
}

/// As [`between`], where the field may be left out.
pub fn optional_between<C>(min: i64, max: i64) -> impl Fn(&Option<i64>, &C) -> garde::Result {
    move |value, context| value.as_ref().map_or(Ok(()), |value| between(min, max)(value, context))
}

/// The years in which anything here happens.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// A day of the years 1900–2200.
pub fn day<C>(day: &Date, _: &C) -> garde::Result {
    if YEARS.contains(&day.year()) { Ok(()) } else { Err(Error::new("not_in_years:1900\u{2013}2200")) }
}

/// As [`day`], where the field may be left out.
pub fn optional_day<C>(day: &Option<Date>, context: &C) -> garde::Result {
    day.as_ref().map_or(Ok(()), |day| self::day(day, context))
}

/// An instant of the years 1900–2200, UTC.
pub fn instant<C>(at: &Timestamp, context: &C) -> garde::Result {
    day(&at.to_zoned(TimeZone::UTC).date(), context)
}

/// As [`instant`], where the field may be left out.
pub fn optional_instant<C>(at: &Option<Timestamp>, context: &C) -> garde::Result {
    at.as_ref().map_or(Ok(()), |at| instant(at, context))
}

/// The same question asked within these years, for a filter that may name any instant: nothing is before or after them.
pub fn within_years(at: Timestamp) -> Timestamp {
    // From 1900 up to 2201, which is the first instant that is not of them.
    at.clamp(Timestamp::constant(-2_208_988_800, 0), Timestamp::constant(7_289_654_400, 0))
}

/// A list that is not too long.
pub fn at_most<T, C>(max: usize) -> impl Fn(&Vec<T>, &C) -> garde::Result {
    move |list, _| {
        if list.len() <= max { Ok(()) } else { Err(Error::new(format!("too_many:{max}"))) }
    }
}

/// One line that people read: not blank, at most 200 characters, no hidden ones.
pub fn line<C>(text: &String, _: &C) -> garde::Result {
    if text.trim().is_empty() {
        return Err(Error::new("required"));
    }
    length(text, 1, LINE)?;
    if text.chars().any(is_hidden) {
        return Err(Error::new("hidden_character"));
    }
    Ok(())
}

/// As [`line`], where the field may be left out.
pub fn optional_line<C>(text: &Option<String>, context: &C) -> garde::Result {
    text.as_ref().map_or(Ok(()), |text| line(text, context))
}

/// Free text: at most 4 000 characters, line breaks and tabs allowed, no other control characters.
pub fn free_text<C>(text: &String, _: &C) -> garde::Result {
    length(text, 0, FREE_TEXT)?;
    if text.chars().any(|c| is_hidden(c) && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Error::new("hidden_character"));
    }
    Ok(())
}

/// Free text that may not be blank.
pub fn line_or_more<C>(text: &String, context: &C) -> garde::Result {
    if text.trim().is_empty() {
        return Err(Error::new("required"));
    }
    free_text(text, context)
}

/// As [`free_text`], where the field may be left out.
pub fn optional_free_text<C>(text: &Option<String>, context: &C) -> garde::Result {
    text.as_ref().map_or(Ok(()), |text| free_text(text, context))
}

/// [`line`] in each language that is given; Finnish must be.
pub fn local_line<C>(text: &LocalText, context: &C) -> garde::Result {
    line(&text.fi, context)?;
    for other in [&text.sv, &text.en] {
        optional_line(other, context)?;
    }
    Ok(())
}

/// [`free_text`] in each language; may be empty.
pub fn local_free_text<C>(text: &LocalText, context: &C) -> garde::Result {
    free_text(&text.fi, context)?;
    for other in [&text.sv, &text.en] {
        optional_free_text(other, context)?;
    }
    Ok(())
}

/// An e-mail address, as far as a machine can tell: one `@`, a dotted host, no spaces (RFC 5321 has the rest).
pub fn email<C>(text: &String, _: &C) -> garde::Result {
    length(text, 1, EMAIL)?;
    let ok = text.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty()
            && local.len() <= 64
            && !host.contains('@')
            && host.contains('.')
            && host.split('.').all(|label| !label.is_empty())
            && !text.chars().any(|c| c.is_whitespace() || is_hidden(c) || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"'))
    });
    if ok { Ok(()) } else { Err(Error::new("not_an_email")) }
}

/// As [`email`], where the field may be left out.
pub fn optional_email<C>(text: &Option<String>, context: &C) -> garde::Result {
    text.as_ref().map_or(Ok(()), |text| email(text, context))
}

/// Length of a new password, as far as it can be told here: whether it stands alone, and with that its least length, is
/// the server's to check, as are the list of known passwords and the context words.
pub fn password<C>(text: &String, _: &C) -> garde::Result {
    length(text, PASSWORD_MIN_WITH_FACTOR, PASSWORD_MAX)
}

/// Six digits of an authenticator app, which shows them with a space.
pub fn code<C>(text: &String, _: &C) -> garde::Result {
    if text.trim().is_empty() {
        return Err(Error::new("required"));
    }
    let digits = text.chars().filter(|c| !c.is_whitespace());
    if digits.clone().count() == 6 && digits.into_iter().all(|c| c.is_ascii_digit()) { Ok(()) } else { Err(Error::new("not_a_code")) }
}

/// A web address that a browser may follow: `https://…`.
pub fn optional_url<C>(text: &Option<String>, _: &C) -> garde::Result {
    let Some(text) = text else { return Ok(()) };
    length(text, 1, 2_000)?;
    if text.starts_with("https://") && text.len() > 8 && !text.chars().any(|c| c.is_whitespace() || is_hidden(c)) {
        Ok(())
    } else {
        Err(Error::new("not_a_url"))
    }
}

/// Splits a rule's answer into its code and its bound.
pub fn code_and_bound(message: &str) -> (&str, Option<&str>) {
    match message.split_once(':') {
        Some((code, bound)) => (code, Some(bound)),
        None => (message, None),
    }
}

/// Every fault of a value as (JSON pointer, code, bound), the same in the form and on the server.
pub fn faults<T>(value: &T) -> Vec<crate::problem::Fault>
where
    T: garde::Validate,
    T::Context: Default,
{
    match value.validate() {
        Ok(()) => Vec::new(),
        Err(report) => report
            .iter()
            .map(|(path, error)| {
                let (code, bound) = code_and_bound(error.message());
                crate::problem::Fault::new(pointer(&path.to_string()), code, bound)
            })
            .collect(),
    }
}

/// `inner[0].name` → `/inner/0/name` (RFC 6901).
fn pointer(path: &str) -> String {
    let mut pointer = String::new();
    for part in path.split(['.', '[']).map(|part| part.trim_end_matches(']')).filter(|part| !part.is_empty()) {
        pointer.push('/');
        pointer.push_str(&part.replace('~', "~0").replace('/', "~1"));
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_text() {
        for good in ["aino@example.fi", "a.b+c@sub.example.com"] {
            assert!(email(&good.to_owned(), &()).is_ok(), "{good}");
        }
        for bad in ["", "aino", "@example.fi", "a@b", "a@b..fi", "a b@example.fi", "a@b@c.fi", "a@example.fi\r\nBcc: x"] {
            assert!(email(&bad.to_owned(), &()).is_err(), "{bad}");
        }
    }

    #[test]
    fn hidden_characters_are_refused_in_lines() {
        assert!(line(&"Kyllö".to_owned(), &()).is_ok());
        assert!(line(&"a\u{202e}b".to_owned(), &()).is_err());
        assert!(line(&"a\u{0}b".to_owned(), &()).is_err());
        assert!(line(&"   ".to_owned(), &()).is_err());
        assert!(line(&"ä".repeat(LINE), &()).is_ok());
        assert!(line(&"ä".repeat(LINE + 1), &()).is_err());
    }

    #[test]
    fn bounds_are_told_with_the_code() {
        let told = between::<()>(1, 720)(&721, &()).map_err(|error| error.message().to_owned());
        assert_eq!(told.as_ref().map_err(|told| code_and_bound(told)), Err(("out_of_range", Some("1\u{2013}720"))));
        assert!(between::<()>(1, 720)(&720, &()).is_ok());
        assert!(at_most::<u8, ()>(2)(&vec![1, 2], &()).is_ok());
        assert!(at_most::<u8, ()>(2)(&vec![1, 2, 3], &()).is_err());
        assert!(chars::<()>(1, 3)(&"ä".repeat(3), &()).is_ok());
        assert!(chars::<()>(1, 3)(&String::new(), &()).is_err());
    }

    #[test]
    fn codes_are_six_digits_however_they_are_spaced() {
        for good in ["123456", "123 456", " 000000 "] {
            assert!(code(&good.to_owned(), &()).is_ok(), "{good}");
        }
        for bad in ["", "12345", "1234567", "12345a", "١٢٣٤٥٦"] {
            assert!(code(&bad.to_owned(), &()).is_err(), "{bad}");
        }
    }

    #[test]
    fn only_three_centuries_are_known() {
        let is_good = |text: &str| instant(&text.parse().expect("an instant"), &()).is_ok();
        for good in ["1900-01-01T00:00:00Z", "2026-03-29T01:00:00Z", "2200-12-31T23:59:59Z"] {
            assert!(is_good(good), "{good}");
        }
        for bad in ["1899-12-31T23:59:59Z", "2201-01-01T00:00:00Z", "-009999-01-02T01:59:59Z", "9999-12-30T22:00:00Z"] {
            assert!(!is_good(bad), "{bad}");
        }
        let second = jiff::SignedDuration::from_secs(1);
        let (first, end) = (within_years(Timestamp::MIN), within_years(Timestamp::MAX));
        assert!(instant(&first, &()).is_ok() && instant(&(first - second), &()).is_err());
        assert!(instant(&(end - second), &()).is_ok() && instant(&end, &()).is_err());
    }

    #[test]
    fn paths_become_pointers() {
        assert_eq!(pointer("agenda[2].title.fi"), "/agenda/2/title/fi");
        assert_eq!(pointer("name"), "/name");
    }
}
