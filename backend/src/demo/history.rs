//! The four editions that are over.

use super::editions::{self, Plan};
use super::people::{Crowd, Staff};
use super::{answers, at, projects, works};
use crate::db::Conn;
use crate::error::Result;
use crate::training::service::{assessment, results};
use jiff::civil::{Date, date};
use shared::training::{EditionStatus, Programme, Season};

/// Season, year and the four days of each.
const EDITIONS: [(Season, i64, [Date; 4]); 4] = [
    (Season::Pilot, 2017, [date(2017, 3, 7), date(2017, 3, 28), date(2017, 4, 25), date(2017, 5, 23)]),
    (Season::Spring, 2018, [date(2018, 2, 6), date(2018, 3, 6), date(2018, 4, 10), date(2018, 5, 8)]),
    (Season::Autumn, 2018, [date(2018, 9, 4), date(2018, 10, 2), date(2018, 11, 6), date(2018, 12, 4)]),
    (Season::Spring, 2019, [date(2019, 1, 31), date(2019, 2, 28), date(2019, 3, 28), date(2019, 4, 25)]),
];

/// Days from the last contact day to the publishing.
const ANSWERING: i64 = 14;

/// Holds the editions one after another, from the first place given to the published result; what is left to go on with.
pub fn build(conn: &mut Conn, staff: &Staff, programme: &Programme, crowd: &mut Crowd) -> Result<Vec<projects::Left>> {
    let mut left = Vec::new();
    for (index, (season, year, days)) in EDITIONS.iter().enumerate() {
        let plan = Plan {
            number: index as i64 + 1,
            season: *season,
            year: *year,
            status: EditionStatus::Closed,
            made_at: at(days[0] - jiff::Span::new().days(40), 9)?,
            days: *days,
        };
        let held = editions::build(conn, staff, programme, &plan)?;
        let names: Vec<&str> = works::CLOSED[index].iter().map(|work| work.group).collect();
        let groups = editions::groups(conn, &held, at(days[0], 14)?, &names)?;
        // Each group works for the unit of its first.
        let places: Vec<_> = groups.iter().copied().zip(crowd.next_units()).collect();
        let mut people = Vec::new();
        for seat in 0..editions::PLACES {
            let account = crowd.next(conn, &held.facilitator.at(plan.made_at))?;
            people.push(editions::enrol(conn, &held, plan.made_at, account, groups[seat % groups.len()])?);
        }
        let made = projects::begin(conn, &held, days[1], works::CLOSED[index], &places)?;
        let open = assessment::start(conn, &held.facilitator.at(at(days[3], 14)?), held.edition.clone())?;
        for (offset, (person, answer)) in (0i64..).zip(people.iter().zip(answers::of_edition(index, &programme.goals))) {
            let when = at(days[3] + jiff::Span::new().days(offset % ANSWERING), 15)?;
            assessment::keep(conn, &person.at(when), open.id, &answer)?;
        }
        let closing = at(days[3] + jiff::Span::new().days(ANSWERING), 12)?;
        results::finish(conn, &held.facilitator.at(closing), open)?;
        left.extend(projects::retell(conn, staff, &held, days[1], &made)?);
    }
    Ok(left)
}
