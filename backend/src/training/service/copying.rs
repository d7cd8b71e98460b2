//! A new edition from an old one: its days with their agendas, moved together. People, groups and answers stay behind.

use super::editions::{find, fresh};
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::Result;
use crate::policy::Actor;
use crate::training::store::{days, editions as store};
use jiff::civil::Date;
use shared::audit::AuditAction;
use shared::policy::{Permission, Target};
use shared::training::{ContactDay, Edition, EditionCopy, EditionStatus, NewEdition, shift_days};
use shared::{ContactDayId, EditionId, format};

/// Copies an edition so that its first day falls on `first_day_on`.
pub fn copy(conn: &mut Conn, actor: &Actor, id: EditionId, copy: &EditionCopy) -> Result<Edition> {
    let source = find(conn, actor.tenant, id)?;
    actor.require(Permission::ManageEditions, &Target::Programme(source.programme_id))?;
    let new = NewEdition {
        programme_id: source.programme_id,
        number: copy.number,
        season: copy.season,
        year: copy.year,
        places: source.places,
        status: EditionStatus::Planned,
    };
    let edition = fresh(actor, &new);
    store::insert(conn, actor.tenant, &edition)?;
    let held = days::list(conn, actor.tenant, id, None, i64::MAX)?;
    for day in moved(held, copy.first_day_on) {
        let day =
            ContactDay { id: ContactDayId::new(), version: 1, edition_id: edition.id, created_at: actor.now, updated_at: actor.now, ..day };
        days::insert(conn, actor.tenant, &day)?;
    }
    audit::record(conn, actor, Entry::new(AuditAction::Copied, "edition", edition.id.0))?;
    Ok(edition)
}

/// Days in order of time, all moved by as many days as bring the first to `first_day_on`.
fn moved(days: Vec<ContactDay>, first_day_on: Date) -> Vec<ContactDay> {
    let Some(first) = days.first().map(|day| format::day_of(day.starts_at)) else { return days };
    let by = first.until(first_day_on).map_or(0, |span| i64::from(span.get_days()));
    let shifted = |day: ContactDay| ContactDay { starts_at: shift_days(day.starts_at, by), ends_at: shift_days(day.ends_at, by), ..day };
    days.into_iter().map(shifted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use shared::LocalText;
    use shared::training::DayPart;

    fn day(on: Date) -> ContactDay {
        let at = |hour| format::instant(on, hour, 0).expect("an instant");
        ContactDay {
            id: ContactDayId::new(),
            version: 1,
            edition_id: EditionId::new(),
            part: DayPart::ServiceDesign,
            title: LocalText::fi("päivä"),
            starts_at: at(9),
            ends_at: at(15),
            place: None,
            address: None,
            meeting_url: None,
            facilitators: Vec::new(),
            agenda: Vec::new(),
            created_at: at(8),
            updated_at: at(8),
        }
    }

    #[test]
    fn days_keep_their_distances_and_their_hours_over_a_clock_change() {
        let days = moved(vec![day(date(2019, 2, 5)), day(date(2019, 4, 9))], date(2027, 3, 2));
        let dates: Vec<Date> = days.iter().map(|day| format::day_of(day.starts_at)).collect();
        assert_eq!(dates, [date(2027, 3, 2), date(2027, 5, 4)]);
        assert!(days.iter().all(|day| day.starts_at.to_zoned(format::zone()).hour() == 9));
    }
}
