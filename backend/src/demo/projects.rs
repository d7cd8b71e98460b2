//! The groups' projects, told from the first idea to what became of them: who stood behind them, what was tried and
//! measured, which units took it up.

use super::editions::Held;
use super::people::Staff;
use super::tried::{self, TRIED};
use super::works::Work;
use super::{Someone, at};
use crate::db::Conn;
use crate::error::Result;
use crate::http::preconditions::IfMatch;
use crate::policy::Actor;
use crate::projects::service::{adoptions, moving, projects, sponsors};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use shared::projects::ProjectStage::{self, Continued, Spread, Trial, Waiting};
use shared::projects::{Decision, NewAdoption, NewProject, NewRecheck, Project, ProjectMove, RecheckState, WaitingReason};
use shared::{GroupId, Lang, ProjectId, UnitId, format};

/// Days from the idea to each stage: the trial the next day, its three weeks, and the fifteen weeks of spreading.
const TRIED_AFTER: i64 = 1;
const SPREAD_AFTER: i64 = 22;
const USED_AFTER: i64 = 120;
const EXPIRED_AFTER: i64 = 128;

/// What units that took a practice up in their own way said.
const ADAPTED: [&str; 3] = [
    "Sama tapa, mutta meillä sitä käytetään vain ensikäynneillä.",
    "Otettiin käyttöön, mutta lomake lyhennettiin puoleen.",
    "Meillä vastuu kiertää viikoittain koko tiimissä.",
];
/// What units that did not take it up said.
const DECLINED: [&str; 3] =
    ["Meillä on jo toinen tapa, joka toimii.", "Tilat eivät riitä, palataan asiaan ensi vuonna.", "Asiakkaitamme tämä ei koske."];

/// A project that waits to be gone on with.
pub struct Left {
    pub project: ProjectId,
    pub unit: UnitId,
    /// Who led the edition in which it began.
    pub facilitator: Someone,
}

/// A group writes its project down.
pub fn write(
    conn: &mut Conn,
    actor: &Actor,
    work: &Work,
    (group, unit): (GroupId, UnitId),
    continues: Option<ProjectId>,
) -> Result<Project> {
    let new = NewProject {
        group_id: Some(group),
        unit_id: Some(unit),
        continues_id: continues,
        title: work.title.to_owned(),
        lang: Lang::Fi,
        need: work.need.to_owned(),
        evidence: Vec::new(),
        idea: work.idea.to_owned(),
        theme: Some(work.theme.to_owned()),
        customer_group: None,
        process: Default::default(),
        labels: Vec::new(),
        checklist: Vec::new(),
        members: Vec::new(),
    };
    projects::create(conn, actor, &new)
}

/// All groups of an edition write theirs down on one day.
pub fn begin<'a>(
    conn: &mut Conn,
    held: &Held,
    day: Date,
    works: &'a [Work],
    places: &[(GroupId, UnitId)],
) -> Result<Vec<(&'a Work, Project)>> {
    let actor = held.facilitator.at(at(day, 14)?);
    works.iter().zip(places).map(|(work, place)| Ok((work, write(conn, &actor, work, *place, None)?))).collect()
}

/// What became of them; those that a later group has gone on with wait until then.
pub fn retell(conn: &mut Conn, staff: &Staff, held: &Held, day: Date, made: &[(&Work, Project)]) -> Result<Vec<Left>> {
    let mut left = Vec::new();
    for (place, (work, project)) in made.iter().enumerate() {
        let on = |days: i64| at(day + Span::new().days(days), 14);
        let facilitator = &held.facilitator;
        sponsor(conn, staff, project, on(TRIED_AFTER)?)?;
        step(conn, &facilitator.at(on(TRIED_AFTER)?), project.id, Trial, None)?;
        if let Some(card) = TRIED.iter().find(|card| card.title == work.title) {
            tried::tell(conn, facilitator, project.id, card, day + Span::new().days(TRIED_AFTER), day + Span::new().days(SPREAD_AFTER))?;
        }
        step(conn, &facilitator.at(on(SPREAD_AFTER)?), project.id, Spread, None)?;
        match work.stage {
            Waiting => wait(conn, facilitator, project.id, place, &on)?,
            Continued => {
                step(conn, &facilitator.at(on(USED_AFTER)?), project.id, Waiting, Some(WaitingReason::Resources))?;
                left.extend(project.unit_id.map(|unit| Left { project: project.id, unit, facilitator: facilitator.clone() }));
            }
            stage => {
                let used = on(USED_AFTER - place as i64)?;
                step(conn, &facilitator.at(used), project.id, stage, None)?;
                take_up(conn, staff, facilitator, project, (place, used))?;
            }
        }
    }
    Ok(left)
}

/// The manager of the unit stands behind it.
pub fn sponsor(conn: &mut Conn, staff: &Staff, project: &Project, now: Timestamp) -> Result<()> {
    if let Some(manager) = project.unit_id.and_then(|unit| staff.managers.get(&unit)) {
        sponsors::sponsor(conn, &manager.at(now), project.id, IfMatch::of(project.version))?;
    }
    Ok(())
}

/// It goes to a stage.
pub fn step(conn: &mut Conn, actor: &Actor, id: ProjectId, to: ProjectStage, waiting_reason: Option<WaitingReason>) -> Result<()> {
    let step = ProjectMove { waiting_reason, ..ProjectMove::to_stage(to) };
    moving::retell(conn, actor, id, &step)
}

/// It waits, each for a reason of its own; nobody moves what runs out of time.
fn wait(conn: &mut Conn, facilitator: &Someone, id: ProjectId, place: usize, on: &impl Fn(i64) -> Result<Timestamp>) -> Result<()> {
    let reasons = [WaitingReason::Expired, WaitingReason::Resources, WaitingReason::Obstacle, WaitingReason::Decision];
    let reason = reasons[place % reasons.len()];
    let actor = match reason {
        WaitingReason::Expired => Actor::system(facilitator.tenant, on(EXPIRED_AFTER)?),
        _ => facilitator.at(on(USED_AFTER - 30)?),
    };
    step(conn, &actor, id, Waiting, Some(reason))
}

/// The own unit uses it and still does a year later; others do in their own way, or do not.
fn take_up(conn: &mut Conn, staff: &Staff, facilitator: &Someone, project: &Project, (place, used): (usize, Timestamp)) -> Result<()> {
    let Some(own) = project.unit_id else { return Ok(()) };
    let others = staff.units_after(own);
    let mut asked = vec![(own, Decision::Adopted, "")];
    asked.extend(others.first().map(|unit| (*unit, Decision::Adapted, ADAPTED[place % ADAPTED.len()])).filter(|_| place % 2 == 0));
    asked.extend(others.get(1).map(|unit| (*unit, Decision::Declined, DECLINED[place % DECLINED.len()])).filter(|_| place % 3 == 0));
    let from_on = format::day_of(used);
    for (unit, decision, note) in asked {
        let mut adoption = answer(conn, facilitator, project.id, (unit, decision, note), used)?;
        if !decision.is_taken_up() {
            continue;
        }
        for month in shared::projects::RECHECK_MONTHS {
            let now = at(from_on + Span::new().months(month).days(2), 10)?;
            let (state, note) = match (decision, month) {
                (Decision::Adapted, 12) => (RecheckState::Partly, "Uudet työntekijät eivät vielä tunne tapaa."),
                _ => (RecheckState::InUse, ""),
            };
            let look = NewRecheck { month, state, note: note.to_owned() };
            adoption = adoptions::recheck(conn, &facilitator.at(now), adoption.id, IfMatch::of(adoption.version), &look)?;
        }
    }
    Ok(())
}

/// What a unit has decided.
pub fn answer(
    conn: &mut Conn,
    facilitator: &Someone,
    project: ProjectId,
    (unit_id, decision, note): (UnitId, Decision, &str),
    now: Timestamp,
) -> Result<shared::projects::Adoption> {
    let today = format::day_of(now);
    let open = matches!(decision, Decision::Asked | Decision::Considering);
    let new = NewAdoption {
        unit_id,
        decision,
        note: note.to_owned(),
        guide_id: None,
        guide_name: None,
        from_on: decision.is_taken_up().then_some(today),
        answer_due_on: open.then(|| today + Span::new().days(21)),
    };
    adoptions::create(conn, &facilitator.at(now), project, &new)
}
