//! The edition that runs now, and what its groups do.

use super::editions::{self, Held, PLACES, Plan};
use super::people::{self, Crowd, Staff};
use super::projects::{self, Left};
use super::tried::{self, TRIED};
use super::works::{RUNNING, Work};
use super::{Hashes, answers, at};
use crate::db::Conn;
use crate::error::Result;
use crate::projects::service::moving;
use crate::training::service::assessment;
use jiff::civil::{Date, Weekday};
use jiff::{Span, Timestamp};
use shared::GroupId;
use shared::projects::ProjectStage::{Continued, Spread, Stopped, Trial};
use shared::projects::{Decision, Project, ProjectMove};
use shared::training::{EditionStatus, Programme, Season};

/// The group whose trial ends the day after tomorrow.
const SOON_OVER: &str = "Kolmas kerros";

/// What units have answered, and how many days ago.
const ASKED: [(Decision, &str, i64); 6] = [
    (Decision::Adopted, "", 13),
    (Decision::Adapted, "Meillä työparipäivä on puolikas päivä.", 8),
    (Decision::Considering, "", 6),
    (Decision::Agreed, "Aloitetaan, kun sijaisuus on järjestetty.", 6),
    (Decision::Asked, "", 3),
    (Decision::Declined, "Meillä on jo oma tapa jakaa vaikeat asiat.", 3),
];

/// The fifth edition: three days held, the last in five days; all but one have answered.
pub fn build(
    conn: &mut Conn,
    staff: &Staff,
    programme: &Programme,
    crowd: &mut Crowd,
    hashes: &Hashes,
    now: Timestamp,
    left: &[Left],
) -> Result<()> {
    let today = shared::format::day_of(now);
    let days = days_around(today);
    let season = if today.month() < 8 { Season::Spring } else { Season::Autumn };
    let year = i64::from(today.year());
    let made_at = at(days[0] - Span::new().days(40), 9)?;
    let plan = Plan { number: 5, season, year, status: EditionStatus::Running, made_at, days };
    let held = editions::build(conn, staff, programme, &plan)?;
    let names: Vec<&str> = RUNNING.iter().map(|work| work.group).collect();
    let groups = editions::groups(conn, &held, at(days[0], 14)?, &names)?;
    let mut people = Vec::new();
    for seat in 0..PLACES {
        let actor = held.facilitator.at(made_at);
        let account = if seat + 1 == PLACES {
            people::sign_in_account(conn, &actor, hashes.of("participant"), "Anni Mäntylä", crowd.next_unit())?
        } else {
            crowd.next(conn, &actor)?
        };
        people.push(editions::enrol(conn, &held, made_at, account, groups[seat % groups.len()])?);
    }
    let open = assessment::start(conn, &held.facilitator.at(at(today - Span::new().days(6), 9)?), held.edition.clone())?;
    for (offset, (person, answer)) in (0i64..).zip(people.iter().zip(answers::of_edition(4, &programme.goals))) {
        let when = at(today - Span::new().days(5 - offset % 5), 15)?;
        assessment::keep(conn, &person.at(when), open.id, &answer)?;
    }
    choose(conn, staff, &held, &groups, left, days[1], now)
}

/// The groups choose what to do: four go on with what was left, the fifth has thought of something this morning.
fn choose(conn: &mut Conn, staff: &Staff, held: &Held, groups: &[GroupId], left: &[Left], day: Date, now: Timestamp) -> Result<()> {
    let chosen = at(day, 14)?;
    for ((work, group), before) in RUNNING.iter().zip(groups).zip(left) {
        let project = projects::write(conn, &held.facilitator.at(chosen), work, (*group, before.unit), Some(before.project))?;
        let goes_on = ProjectMove { continued_in_id: Some(project.id), ..ProjectMove::to_stage(Continued) };
        moving::retell(conn, &before.facilitator.at(chosen), before.project, &goes_on)?;
        projects::sponsor(conn, staff, &project, chosen)?;
        go_on(conn, staff, held, work, &project, now)?;
    }
    if let (Some(work), Some(group), Some(last)) = (RUNNING.last(), groups.last(), left.last()) {
        let this_morning = held.facilitator.at(now - Span::new().hours(5));
        projects::write(conn, &this_morning, work, (*group, last.unit), None)?;
    }
    Ok(())
}

/// How far each has come.
fn go_on(conn: &mut Conn, staff: &Staff, held: &Held, work: &Work, project: &Project, now: Timestamp) -> Result<()> {
    let today = shared::format::day_of(now);
    let on = |before: i64| at(today - Span::new().days(before), 9);
    let (began, ended) = match work.stage {
        Spread | Stopped => (36, 15),
        _ if work.group == SOON_OVER => (19, -2),
        _ => (12, -9),
    };
    projects::step(conn, &held.facilitator.at(on(began)?), project.id, Trial, None)?;
    if let Some(card) = TRIED.iter().find(|card| card.title == work.title) {
        let day = |before: i64| today - Span::new().days(before);
        tried::tell(conn, &held.facilitator, project.id, card, day(began), day(ended))?;
    }
    match work.stage {
        Spread => {
            projects::step(conn, &held.facilitator.at(on(ended - 1)?), project.id, Spread, None)?;
            spread(conn, staff, held, project, &on)
        }
        Stopped => {
            let learnt = TRIED.iter().find(|card| card.title == work.title).and_then(tried::Tried::learnt);
            let stop = ProjectMove { learnt, ..ProjectMove::to_stage(Stopped) };
            moving::retell(conn, &held.facilitator.at(on(ended - 1)?), project.id, &stop)
        }
        _ => Ok(()),
    }
}

/// Six units have been asked, one after another.
fn spread(conn: &mut Conn, staff: &Staff, held: &Held, project: &Project, on: &impl Fn(i64) -> Result<Timestamp>) -> Result<()> {
    let Some(own) = project.unit_id else { return Ok(()) };
    let units = std::iter::once(own).chain(staff.units_after(own));
    for (unit, (decision, note, before)) in units.zip(ASKED) {
        projects::answer(conn, &held.facilitator, project.id, (unit, decision, note), on(before)?)?;
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
