//! How much of what was developed is in use, by edition and by unit, in a number of queries that does not grow.

use crate::db::Conn;
use crate::error::Result;
use crate::policy::Actor;
use crate::projects::store::rates as store;
use shared::policy::{Permission, Target};
use shared::projects::{AdoptionRates, Decision, EditionRates, ProjectCounts, ProjectStage, UnitRates};
use shared::{EditionId, TenantId, UnitId, format};
use std::collections::HashMap;

/// The rates of the tenant.
pub fn get(conn: &mut Conn, actor: &Actor) -> Result<AdoptionRates> {
    actor.require(Permission::ViewProjects, &Target::Tenant)?;
    let (mut total, mut by_edition) = (ProjectCounts::default(), HashMap::<EditionId, ProjectCounts>::new());
    for (edition, stage, count) in store::by_stage(conn, actor.tenant)? {
        add(&mut total, stage.0, count);
        if let Some(edition) = edition {
            add(by_edition.entry(edition).or_default(), stage.0, count);
        }
    }
    let heading = |(edition_id, name, season, year): store::Heading| EditionRates {
        edition_id,
        programme_name: name.0,
        season: season.0,
        year,
        counts: by_edition.get(&edition_id).copied().unwrap_or_default(),
    };
    let editions = store::editions(conn, actor.tenant)?.into_iter().map(heading).collect();
    Ok(AdoptionRates { total, editions, units: of_units(conn, actor.tenant, actor)? })
}

fn add(counts: &mut ProjectCounts, stage: ProjectStage, count: i64) {
    counts.projects += count;
    let of_stage = match stage {
        ProjectStage::Idea | ProjectStage::Trial | ProjectStage::Spread => &mut counts.underway,
        ProjectStage::InUse => &mut counts.in_use,
        ProjectStage::Waiting => &mut counts.waiting,
        ProjectStage::Continued => &mut counts.continued,
        ProjectStage::Stopped => &mut counts.stopped,
    };
    *of_stage += count;
}

fn of_units(conn: &mut Conn, tenant: TenantId, actor: &Actor) -> Result<Vec<UnitRates>> {
    let today = format::day_of(actor.now);
    let (not_begun, ended) = (store::not_begun(conn, tenant, today)?, store::ended(conn, tenant, today)?);
    let mut counts: HashMap<UnitId, Vec<(Decision, i64)>> = HashMap::new();
    for (unit, decision, count) in store::by_decision(conn, tenant)? {
        counts.entry(unit).or_default().push((decision.0, count));
    }
    let of = |id: UnitId, name: String| {
        let own = counts.get(&id).map_or(&[][..], Vec::as_slice);
        let among = |decisions: &[Decision]| own.iter().filter(|(decision, _)| decisions.contains(decision)).map(|(_, count)| count).sum();
        let taken_up: i64 = among(&[Decision::Adopted, Decision::Adapted]);
        let agreed: i64 = among(&[Decision::Agreed]);
        let ahead = not_begun.get(&id).copied().unwrap_or(0);
        let ended = ended.get(&id).copied().unwrap_or(0);
        UnitRates {
            unit_id: id,
            unit_name: name,
            projects: own.iter().map(|(_, count)| count).sum(),
            in_use: taken_up - ahead - ended,
            agreed: agreed + ahead,
            waiting: among(&[Decision::Asked, Decision::Considering]),
            declined: among(&[Decision::Declined]),
            ended,
        }
    };
    Ok(store::units(conn, tenant)?.into_iter().map(|(id, name)| of(id, name)).collect())
}
