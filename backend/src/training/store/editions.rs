//! Editions as they lie in the tables.

use crate::db::Conn;
use crate::db::schema::{contact_days, editions, enrolments};
use crate::db::types::{AsText, At};
use crate::error::{OnUnique, Result};
use crate::http::cursor::Position;
use diesel::dsl::{max, min};
use diesel::prelude::*;
use jiff::Timestamp;
use shared::training::{AssessmentStatus, Edition, EditionFilter, EditionStatus, Season};
use shared::{EditionId, ProgrammeId, TenantId};
use std::collections::HashMap;

#[derive(Queryable, Selectable)]
#[diesel(table_name = editions)]
pub(super) struct Row {
    id: EditionId,
    version: i64,
    programme_id: ProgrammeId,
    number: i64,
    season: AsText<Season>,
    year: i64,
    places: i64,
    status: AsText<EditionStatus>,
    assessment: AsText<AssessmentStatus>,
    published_at: Option<At>,
    created_at: At,
    updated_at: At,
}

impl From<Row> for Edition {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            version: row.version,
            programme_id: row.programme_id,
            number: row.number,
            season: row.season.0,
            year: row.year,
            places: row.places,
            status: row.status.0,
            assessment: row.assessment.0,
            created_at: row.created_at.0,
            updated_at: row.updated_at.0,
            published_at: row.published_at.map(|at| at.0),
        }
    }
}

/// One edition.
pub fn find(conn: &mut Conn, tenant: TenantId, id: EditionId) -> Result<Option<Edition>> {
    let row = editions::table.find((tenant, id)).select(Row::as_select()).first::<Row>(conn).optional()?;
    Ok(row.map(Into::into))
}

/// Those of some editions that there are.
pub fn some(conn: &mut Conn, tenant: TenantId, ids: &[EditionId]) -> Result<Vec<Edition>> {
    let own = editions::table.filter(editions::tenant_id.eq(tenant)).filter(editions::id.eq_any(ids.to_vec()));
    Ok(own.select(Row::as_select()).load::<Row>(conn)?.into_iter().map(Into::into).collect())
}

/// Editions, the newest made first, after a position.
pub fn list(conn: &mut Conn, tenant: TenantId, filter: &EditionFilter, after: Option<&Position>, rows: i64) -> Result<Vec<Edition>> {
    let mut query = editions::table.filter(editions::tenant_id.eq(tenant)).select(Row::as_select()).into_boxed();
    if let Some(programme) = filter.programme_id {
        query = query.filter(editions::programme_id.eq(programme));
    }
    if let Some(status) = filter.status {
        query = query.filter(editions::status.eq(AsText(status)));
    }
    if let Some(after) = after {
        query = query.filter(editions::id.lt(after.raw_id()));
    }
    let rows = query.order(editions::id.desc()).limit(rows).load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Whether an edition of the programme is being answered now.
pub fn any_open(conn: &mut Conn, tenant: TenantId, programme: ProgrammeId) -> Result<bool> {
    let open = editions::table
        .filter(editions::tenant_id.eq(tenant))
        .filter(editions::programme_id.eq(programme))
        .filter(editions::assessment.eq(AsText(AssessmentStatus::Open)))
        .count()
        .get_result::<i64>(conn)?;
    Ok(open > 0)
}

/// How many take part in each of some editions; those without anyone are left out.
pub fn enrolled_counts(conn: &mut Conn, tenant: TenantId, ids: &[EditionId]) -> Result<HashMap<EditionId, i64>> {
    let rows = enrolments::table
        .filter(enrolments::tenant_id.eq(tenant))
        .filter(enrolments::edition_id.eq_any(ids.to_vec()))
        .group_by(enrolments::edition_id)
        .select((enrolments::edition_id, diesel::dsl::count_star()))
        .load::<(EditionId, i64)>(conn)?;
    Ok(rows.into_iter().collect())
}

/// The starts of the first and the last contact day of each of some editions.
pub fn day_ranges(conn: &mut Conn, tenant: TenantId, ids: &[EditionId]) -> Result<HashMap<EditionId, (Timestamp, Timestamp)>> {
    let rows = contact_days::table
        .filter(contact_days::tenant_id.eq(tenant))
        .filter(contact_days::edition_id.eq_any(ids.to_vec()))
        .group_by(contact_days::edition_id)
        .select((contact_days::edition_id, min(contact_days::starts_at), max(contact_days::starts_at)))
        .load::<(EditionId, Option<At>, Option<At>)>(conn)?;
    Ok(rows.into_iter().filter_map(|(edition, first, last)| Some((edition, (first?.0, last?.0)))).collect())
}

/// Adds an edition; its number is free in the programme.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Edition) -> Result<()> {
    diesel::insert_into(editions::table)
        .values((
            editions::tenant_id.eq(tenant),
            editions::id.eq(new.id),
            editions::version.eq(new.version),
            editions::programme_id.eq(new.programme_id),
            editions::number.eq(new.number),
            editions::season.eq(AsText(new.season)),
            editions::year.eq(new.year),
            editions::places.eq(new.places),
            editions::status.eq(AsText(new.status)),
            editions::assessment.eq(AsText(new.assessment)),
            editions::published_at.eq(new.published_at.map(At)),
            editions::created_at.eq(At(new.created_at)),
            editions::updated_at.eq(At(new.updated_at)),
        ))
        .execute(conn)
        .on_unique("editions_number", "/number")?;
    Ok(())
}

/// Writes the present state of an edition.
pub fn update(conn: &mut Conn, tenant: TenantId, changed: &Edition) -> Result<()> {
    diesel::update(editions::table.find((tenant, changed.id)))
        .set((
            editions::version.eq(changed.version),
            editions::number.eq(changed.number),
            editions::season.eq(AsText(changed.season)),
            editions::year.eq(changed.year),
            editions::places.eq(changed.places),
            editions::status.eq(AsText(changed.status)),
            editions::assessment.eq(AsText(changed.assessment)),
            editions::published_at.eq(changed.published_at.map(At)),
            editions::updated_at.eq(At(changed.updated_at)),
        ))
        .execute(conn)
        .on_unique("editions_number", "/number")?;
    Ok(())
}
