//! Making editions.

use super::people::{self, Staff};
use super::{Someone, at, programme};
use crate::db::Conn;
use crate::error::Result;
use crate::training::service::{days, editions, enrolments, groups as group_service};
use jiff::Timestamp;
use jiff::civil::Date;
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
