//! Making editions, and the one that runs now.

use super::people::{self, Crowd, Staff};
use super::projects;
use super::{Hashes, Someone, answers, at, programme};
use crate::db::Conn;
use crate::error::Result;
use crate::training::service::{assessment, days, editions, enrolments, groups as group_service};
use jiff::civil::{Date, Weekday};
use jiff::{Span, Timestamp};
use shared::policy::{Role, Scope};
use shared::training::{DayPart, Edition, EditionStatus, NewContactDay, NewEdition, NewEnrolment, NewGroup, Programme, Season};
use shared::{AccountId, GroupId, Lang};

/// Places of each edition, all taken.
pub const PLACES: usize = 20;

/// What an edition is to be.
pub struct Plan {
    pub number: i64,
    pub season: Season,
    pub year: i64,
    pub status: EditionStatus,
    pub made_at: Timestamp,
    pub days: [Date; 4],
}

/// An edition with the one who leads it.
pub struct Held {
    pub edition: Edition,
    pub facilitator: Someone,
}

/// Makes an edition with its days; the facilitator is trusted with it.
pub fn build(conn: &mut Conn, staff: &Staff, programme: &Programme, plan: &Plan) -> Result<Held> {
    let coordinator = staff.coordinator.at(plan.made_at);
    let new = NewEdition {
        programme_id: programme.id,
        number: plan.number,
        season: plan.season,
        year: plan.year,
        places: PLACES as i64,
        status: plan.status,
    };
    let edition = editions::create(conn, &coordinator, &new)?;
    let scope = Scope::Edition(edition.id);
    people::grant(conn, &staff.administrator.at(plan.made_at), staff.facilitator.account, Role::Facilitator, scope)?;
    let facilitator = Someone { roles: vec![(Role::Facilitator, scope)], ..staff.facilitator.clone() };
    for (day, plan_of_day) in plan.days.iter().zip(&programme::DAYS) {
        let new = NewContactDay {
            part: DayPart::ServiceDesign,
            title: plan_of_day.title(),
            starts_at: at(*day, 9)?,
            ends_at: at(*day, 15)?,
            place: Some("Kehittämistila Harjunsuoja".to_owned()),
            address: Some("Esimerkkikatu 1, 40100 Jyväskylä".to_owned()),
            meeting_url: None,
            facilitator_ids: vec![facilitator.account],
            agenda: plan_of_day.agenda(),
        };
        days::create(conn, &facilitator.at(plan.made_at), edition.id, &new)?;
    }
    Ok(Held { edition, facilitator })
}

/// The groups of an edition.
pub fn groups(conn: &mut Conn, held: &Held, now: Timestamp, names: &[&str]) -> Result<Vec<GroupId>> {
    let actor = held.facilitator.at(now);
    let mut make = |name: &&str| {
        let new = NewGroup { name: (*name).to_owned(), lang: Lang::Fi };
        group_service::create(conn, &actor, held.edition.id, &new).map(|group| group.id)
    };
    names.iter().map(&mut make).collect()
}

/// Gives somebody a place.
pub fn enrol(conn: &mut Conn, held: &Held, now: Timestamp, account: AccountId, group: GroupId) -> Result<Someone> {
    let new = NewEnrolment { account_id: Some(account), name: None, email: None, group_id: Some(group) };
    let actor = held.facilitator.at(now);
    let enrolled = enrolments::enrol(conn, &actor, held.edition.id, &new)?;
    Ok(Someone { tenant: actor.tenant, account, roles: Vec::new(), place: Some((enrolled.enrolment.id, held.edition.id)) })
}

/// The fifth edition: three days held, the last in five days; all but one have answered.
pub fn running(conn: &mut Conn, staff: &Staff, programme: &Programme, crowd: &mut Crowd, hashes: &Hashes, now: Timestamp) -> Result<()> {
    let today = shared::format::day_of(now);
    let days = days_around(today);
    let season = if today.month() < 8 { Season::Spring } else { Season::Autumn };
    let year = i64::from(today.year());
    let made_at = at(days[0] - Span::new().days(40), 9)?;
    let plan = Plan { number: 5, season, year, status: EditionStatus::Running, made_at, days };
    let held = build(conn, staff, programme, &plan)?;
    let groups = groups(conn, &held, at(days[0], 14)?, &projects::RUNNING)?;
    let mut people = Vec::new();
    for seat in 0..PLACES {
        let actor = held.facilitator.at(made_at);
        let account = if seat + 1 == PLACES {
            people::sign_in_account(conn, &actor, hashes.of("participant"), "Anni Mäntylä", crowd.next_unit())?
        } else {
            crowd.next(conn, &actor)?
        };
        people.push(enrol(conn, &held, made_at, account, groups[seat % groups.len()])?);
    }
    let open = assessment::start(conn, &held.facilitator.at(at(today - Span::new().days(6), 9)?), held.edition.clone())?;
    for (offset, (person, answer)) in (0i64..).zip(people.iter().zip(answers::of_edition(4, &programme.goals))) {
        let when = at(today - Span::new().days(5 - offset % 5), 15)?;
        assessment::keep(conn, &person.at(when), open.id, &answer)?;
    }
    Ok(())
}

/// Four days on one weekday: three before today, the last in five days, or on the Monday after if that is a weekend.
fn days_around(today: Date) -> [Date; 4] {
    let in_five = today + Span::new().days(5);
    let last = match in_five.weekday() {
        Weekday::Saturday => in_five + Span::new().days(2),
        Weekday::Sunday => in_five + Span::new().days(1),
        _ => in_five,
    };
    [70, 42, 21, 0].map(|before| last - Span::new().days(before))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn three_days_are_past_and_the_last_is_a_working_day_soon() {
        for day in 0..7 {
            let today = date(2026, 11, 22) + Span::new().days(day);
            let days = days_around(today);
            assert!(days[2] < today && days[3] > today);
            assert!((5..=7).contains(&today.until(days[3]).expect("a span").get_days()));
            assert!(days.iter().all(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)));
        }
    }
}
