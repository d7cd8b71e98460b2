//! How long the stages take in a programme.

use crate::db::Conn;
use crate::db::schema::{clock_terms as terms, editions};
use crate::error::Result;
use diesel::prelude::*;
use shared::projects::ClockTerms;
use shared::{EditionId, ProgrammeId, TenantId};
use std::collections::HashMap;

type Row = (i64, i64, i64, i64);

fn clock_terms((version, idea_hours, trial_days, spread_days): Row) -> ClockTerms {
    ClockTerms { version, idea_hours, trial_days, spread_days }
}

/// The terms of a programme; none where nobody has set them.
pub fn find(conn: &mut Conn, tenant: TenantId, programme: ProgrammeId) -> Result<Option<ClockTerms>> {
    let own = terms::table.find((tenant, programme));
    let row = own.select((terms::version, terms::idea_hours, terms::trial_days, terms::spread_days)).first::<Row>(conn).optional()?;
    Ok(row.map(clock_terms))
}

/// The terms of an edition's programme; none where nobody has set them.
pub fn of_edition(conn: &mut Conn, tenant: TenantId, edition: EditionId) -> Result<Option<ClockTerms>> {
    let row = terms::table
        .inner_join(editions::table.on(editions::tenant_id.eq(terms::tenant_id).and(editions::programme_id.eq(terms::programme_id))))
        .filter(terms::tenant_id.eq(tenant))
        .filter(editions::id.eq(edition))
        .select((terms::version, terms::idea_hours, terms::trial_days, terms::spread_days))
        .first::<Row>(conn)
        .optional()?;
    Ok(row.map(clock_terms))
}

/// Writes down the terms of a programme.
pub fn set(conn: &mut Conn, tenant: TenantId, programme: ProgrammeId, new: &ClockTerms) -> Result<()> {
    let values = (
        terms::version.eq(new.version),
        terms::idea_hours.eq(new.idea_hours),
        terms::trial_days.eq(new.trial_days),
        terms::spread_days.eq(new.spread_days),
    );
    if diesel::update(terms::table.find((tenant, programme))).set(values).execute(conn)? == 0 {
        let key = (terms::tenant_id.eq(tenant), terms::programme_id.eq(programme));
        diesel::insert_into(terms::table).values((key, values)).execute(conn)?;
    }
    Ok(())
}

/// The terms of every programme whose terms have been set.
pub fn all(conn: &mut Conn, tenant: TenantId) -> Result<HashMap<ProgrammeId, ClockTerms>> {
    let rows = terms::table
        .filter(terms::tenant_id.eq(tenant))
        .select((terms::programme_id, (terms::version, terms::idea_hours, terms::trial_days, terms::spread_days)))
        .load::<(ProgrammeId, Row)>(conn)?;
    Ok(rows.into_iter().map(|(programme, row)| (programme, clock_terms(row))).collect())
}
