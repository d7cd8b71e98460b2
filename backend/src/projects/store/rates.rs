//! Adoption rates, counted by the database.

use crate::db::Conn;
use crate::db::schema::{adoption_rechecks as rechecks, adoptions, editions, programmes, projects, units};
use crate::db::types::{AsText, Json};
use crate::error::Result;
use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;
use jiff::civil::Date;
use shared::projects::{Decision, ProjectStage, RecheckState};
use shared::training::Season;
use shared::{EditionId, LocalText, TenantId, UnitId};
use std::collections::HashMap;

/// What a unit has decided that has taken it up.
const TAKEN_UP: [Decision; 2] = [Decision::Adopted, Decision::Adapted];

/// How many projects of an edition, or of none, are in a stage.
pub type StageCount = (Option<EditionId>, AsText<ProjectStage>, i64);

/// Projects by edition and stage.
pub fn by_stage(conn: &mut Conn, tenant: TenantId) -> Result<Vec<StageCount>> {
    let rows = projects::table
        .filter(projects::tenant_id.eq(tenant))
        .group_by((projects::edition_id, projects::stage))
        .select((projects::edition_id, projects::stage, count_star()))
        .load::<StageCount>(conn)?;
    Ok(rows)
}

/// An edition as a heading: its programme's name, its season and its year.
pub type Heading = (EditionId, Json<LocalText>, AsText<Season>, i64);

/// Editions that have a project, the newest first.
pub fn editions(conn: &mut Conn, tenant: TenantId) -> Result<Vec<Heading>> {
    let with_project = projects::table
        .filter(projects::tenant_id.eq(tenant))
        .filter(projects::edition_id.is_not_null())
        .select(projects::edition_id.assume_not_null());
    let rows = editions::table
        .inner_join(programmes::table.on(programmes::tenant_id.eq(editions::tenant_id).and(programmes::id.eq(editions::programme_id))))
        .filter(editions::tenant_id.eq(tenant))
        .filter(editions::id.eq_any(with_project))
        .order(editions::id.desc())
        .select((editions::id, programmes::name, editions::season, editions::year))
        .load::<Heading>(conn)?;
    Ok(rows)
}

/// Units that were asked about a project, by name.
pub fn units(conn: &mut Conn, tenant: TenantId) -> Result<Vec<(UnitId, String)>> {
    let asked = adoptions::table.filter(adoptions::tenant_id.eq(tenant)).select(adoptions::unit_id);
    let rows = units::table
        .filter(units::tenant_id.eq(tenant))
        .filter(units::id.eq_any(asked))
        .order((units::name_fold.asc(), units::id.asc()))
        .select((units::id, units::name))
        .load::<(UnitId, String)>(conn)?;
    Ok(rows)
}

/// How many projects a unit was asked about and decided so on.
pub type DecisionCount = (UnitId, AsText<Decision>, i64);

/// Adoptions by unit and decision.
pub fn by_decision(conn: &mut Conn, tenant: TenantId) -> Result<Vec<DecisionCount>> {
    let rows = adoptions::table
        .filter(adoptions::tenant_id.eq(tenant))
        .group_by((adoptions::unit_id, adoptions::decision))
        .select((adoptions::unit_id, adoptions::decision, count_star()))
        .load::<DecisionCount>(conn)?;
    Ok(rows)
}

/// How many projects a unit has taken up from a day after `today`.
pub fn not_begun(conn: &mut Conn, tenant: TenantId, today: Date) -> Result<HashMap<UnitId, i64>> {
    let rows = adoptions::table
        .filter(adoptions::tenant_id.eq(tenant))
        .filter(adoptions::decision.eq_any(TAKEN_UP.map(AsText)))
        .filter(adoptions::from_on.gt(AsText(today)))
        .group_by(adoptions::unit_id)
        .select((adoptions::unit_id, count_star()))
        .load::<(UnitId, i64)>(conn)?;
    Ok(rows.into_iter().collect())
}

/// How many projects a unit had taken up by `today` and was found, at the last look, not to use any more.
pub fn ended(conn: &mut Conn, tenant: TenantId, today: Date) -> Result<HashMap<UnitId, i64>> {
    let later = diesel::alias!(rechecks as later_rechecks);
    let looked_at_later = later
        .filter(later.field(rechecks::tenant_id).eq(rechecks::tenant_id))
        .filter(later.field(rechecks::adoption_id).eq(rechecks::adoption_id))
        .filter(later.field(rechecks::month).gt(rechecks::month));
    let rows = adoptions::table
        .inner_join(rechecks::table.on(rechecks::tenant_id.eq(adoptions::tenant_id).and(rechecks::adoption_id.eq(adoptions::id))))
        .filter(adoptions::tenant_id.eq(tenant))
        .filter(adoptions::decision.eq_any(TAKEN_UP.map(AsText)))
        .filter(adoptions::from_on.le(AsText(today)))
        .filter(rechecks::state.eq(AsText(RecheckState::Ended)))
        .filter(not(exists(looked_at_later)))
        .group_by(adoptions::unit_id)
        .select((adoptions::unit_id, count_star()))
        .load::<(UnitId, i64)>(conn)?;
    Ok(rows.into_iter().collect())
}
