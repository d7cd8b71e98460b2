//! How far projects come, and how long it takes them: by the units that need them and by the programmes in which they are
//! done.

use crate::db::Conn;
use crate::error::Result;
use crate::policy::Actor;
use crate::projects::store::history::{self, Past};
use crate::projects::store::terms;
use crate::training::service::programmes;
use jiff::Timestamp;
use shared::policy::{Permission, Target};
use shared::projects::statistics::{Figures, ProgrammeFigures, Rate, StageCount, StageDays, Statistics, UnitFigures, is_hidden};
use shared::projects::{ClockTerms, ProjectStage};
use shared::{ProjectId, UnitId};
use std::collections::{BTreeMap, HashMap};

/// The steps whose rates are told.
const STEPS: [(ProjectStage, ProjectStage); 3] =
    [(ProjectStage::Idea, ProjectStage::Trial), (ProjectStage::Trial, ProjectStage::Spread), (ProjectStage::Spread, ProjectStage::InUse)];

/// The figures of the tenant.
pub fn get(conn: &mut Conn, actor: &Actor) -> Result<Statistics> {
    actor.require(Permission::ViewProjects, &Target::Tenant)?;
    let past = history::all(conn, actor.tenant)?;
    let (mut of_units, mut of_programmes) = (BTreeMap::new(), BTreeMap::new());
    for one in &past {
        if let Some(unit) = &one.unit {
            of_units.entry((unit.1.clone(), unit.0.0)).or_insert_with(Vec::new).push(one);
        }
        if let Some(programme) = one.programme {
            of_programmes.entry(programme.0).or_insert_with(Vec::new).push(one);
        }
    }
    let common = ClockTerms::default();
    let units =
        of_units.into_iter().map(|((unit_name, id), own)| UnitFigures { unit_id: UnitId(id), unit_name, figures: figures(&own, &common) });
    let ids: Vec<_> = of_programmes.keys().map(|id| shared::ProgrammeId(*id)).collect();
    let (names, set) = (programmes::names(conn, actor.tenant, &ids)?, terms::all(conn, actor.tenant)?);
    let of_programme = |(id, own): (uuid::Uuid, Vec<&Past>)| {
        let id = shared::ProgrammeId(id);
        let terms = set.get(&id).unwrap_or(&common);
        ProgrammeFigures { programme_id: id, programme_name: names.get(&id).cloned().unwrap_or_default(), figures: figures(&own, terms) }
    };
    let all: Vec<&Past> = past.iter().collect();
    Ok(Statistics {
        all: figures(&all, &common),
        units: units.collect(),
        programmes: of_programmes.into_iter().map(of_programme).collect(),
    })
}

/// The figures of some projects' periods.
fn figures(past: &[&Past], terms: &ClockTerms) -> Figures {
    let mut by_project: HashMap<ProjectId, Vec<&Past>> = HashMap::new();
    past.iter().for_each(|one| by_project.entry(one.project).or_default().push(one));
    let came_to = |own: &[&Past], stage| own.iter().any(|one| one.stage == stage);
    let is_in = |own: &[&Past], stage| own.iter().any(|one| one.stage == stage && one.ended_at.is_none());
    let count = |fits: &dyn Fn(&[&Past]) -> bool| by_project.values().filter(|own| fits(own)).count();
    let stages = ProjectStage::ALL.iter().map(|stage| StageCount { stage: *stage, count: whole(count(&|own| is_in(own, *stage))) });
    let rate = |(from, to): (ProjectStage, ProjectStage)| {
        let (came, went) = (count(&|own| came_to(own, from)), count(&|own| came_to(own, from) && came_to(own, to)));
        let hidden = is_hidden(came);
        Rate { from, to, count: whole(came), rate: (!hidden).then(|| went as f64 / came as f64), hidden }
    };
    let days = |stage: ProjectStage| {
        let taken: Vec<f64> = by_project.values().filter_map(|own| days_in(own, stage)).collect();
        let hidden = is_hidden(taken.len());
        StageDays { stage, count: whole(taken.len()), median_days: median(taken).filter(|_| !hidden), term_days: terms.days(stage), hidden }
    };
    Figures {
        count: whole(by_project.len()),
        stages: stages.collect(),
        rates: STEPS.map(rate).to_vec(),
        days: [ProjectStage::Idea, ProjectStage::Trial, ProjectStage::Spread].map(days).to_vec(),
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// How many days a project was in a stage, all its times there together; none while it is, or where it never was.
fn days_in(own: &[&Past], stage: ProjectStage) -> Option<f64> {
    let there: Vec<(Timestamp, Option<Timestamp>)> =
        own.iter().filter(|one| one.stage == stage).map(|one| (one.started_at, one.ended_at)).collect();
    let ended: Option<Vec<f64>> =
        there.iter().map(|(from, to)| Some(to.as_ref()?.duration_since(*from).as_secs_f64() / 86_400.0)).collect();
    ended.filter(|ended| !ended.is_empty()).map(|ended| ended.iter().sum())
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => values.get(middle).copied(),
        _ => Some((values.get(middle - 1)? + values.get(middle)?) / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_in_the_middle() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![9.0, 1.0, 5.0]), Some(5.0));
        assert_eq!(median(vec![9.0, 1.0, 5.0, 4.0]), Some(4.5));
    }

    fn past(project: ProjectId, stage: ProjectStage, days: Option<i64>) -> Past {
        let started_at: Timestamp = "2026-01-05T08:00:00Z".parse().expect("an instant");
        let ended_at = days.map(|days| started_at + jiff::SignedDuration::from_hours(24 * days));
        Past { project, unit: None, programme: None, stage, started_at, ended_at }
    }

    #[test]
    fn fewer_than_five_projects_tell_no_rate_and_no_median() {
        let some = |count: i64| -> Figures {
            let all: Vec<Past> = (1..=count)
                .flat_map(|days| {
                    let id = ProjectId::new();
                    [past(id, ProjectStage::Idea, Some(days)), past(id, ProjectStage::Trial, None)]
                })
                .collect();
            figures(&all.iter().collect::<Vec<_>>(), &ClockTerms::default())
        };
        let (few, enough) = (some(4), some(5));
        assert_eq!((few.rates[0].rate, few.rates[0].hidden, few.days[0].median_days, few.days[0].hidden), (None, true, None, true));
        assert_eq!((enough.rates[0].rate, enough.rates[0].hidden), (Some(1.0), false));
        assert_eq!((enough.days[0].median_days, enough.days[0].term_days), (Some(3.0), Some(1.0)));
        assert_eq!((enough.rates[1].rate, enough.rates[1].count), (Some(0.0), 5));
        assert!(enough.days[1].hidden, "none has left the trial");
        assert_eq!(enough.stages.iter().map(|of| of.count).sum::<i64>(), 5);
    }
}
