//! Measurements as they lie in the tables: what was measured, without its effect.

use crate::db::Conn;
use crate::db::schema::measurements;
use crate::db::types::{AsText, At, Json};
use crate::error::Result;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::projects::{Better, Design, NewMeasurement, Sample, Scale};
use shared::{Lang, MeasurementId, TenantId, TrialId};

crate::sql_ids!(MeasurementId);

/// A measurement as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: MeasurementId,
    pub version: i64,
    pub trial_id: TrialId,
    pub measured: NewMeasurement,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = measurements)]
struct Row {
    id: MeasurementId,
    version: i64,
    trial_id: TrialId,
    name: String,
    unit: Option<String>,
    lang: AsText<Lang>,
    design: AsText<Design>,
    better: AsText<Better>,
    scale: Option<Json<Scale>>,
    sample_before: Json<Sample>,
    sample_after: Json<Sample>,
    created_at: At,
    updated_at: At,
}

impl From<Row> for Kept {
    fn from(row: Row) -> Self {
        let measured = NewMeasurement {
            name: row.name,
            unit: row.unit,
            lang: row.lang.0,
            design: row.design.0,
            better: row.better.0,
            scale: row.scale.map(|scale| scale.0),
            before: row.sample_before.0,
            after: row.sample_after.0,
        };
        Self {
            id: row.id,
            version: row.version,
            trial_id: row.trial_id,
            measured,
            created_at: row.created_at.0,
            updated_at: row.updated_at.0,
        }
    }
}

/// One measurement.
pub fn find(conn: &mut Conn, tenant: TenantId, id: MeasurementId) -> Result<Option<Kept>> {
    let row = measurements::table.find((tenant, id)).select(Row::as_select()).first::<Row>(conn).optional()?;
    Ok(row.map(Into::into))
}

/// The measurements of some trials, oldest first.
pub fn of_trials(conn: &mut Conn, tenant: TenantId, trials: &[TrialId]) -> Result<Vec<Kept>> {
    let own = measurements::table.filter(measurements::tenant_id.eq(tenant)).filter(measurements::trial_id.eq_any(trials.to_vec()));
    let rows = own.select(Row::as_select()).order(measurements::id.asc()).load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// How many measurements a trial has.
pub fn count(conn: &mut Conn, tenant: TenantId, trial: TrialId) -> Result<i64> {
    let own = measurements::table.filter(measurements::tenant_id.eq(tenant)).filter(measurements::trial_id.eq(trial));
    Ok(own.count().get_result(conn)?)
}

/// Adds a measurement.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Kept) -> Result<()> {
    let measured = &new.measured;
    diesel::insert_into(measurements::table)
        .values((
            measurements::tenant_id.eq(tenant),
            measurements::id.eq(new.id),
            measurements::version.eq(new.version),
            measurements::trial_id.eq(new.trial_id),
            measurements::name.eq(&measured.name),
            measurements::unit.eq(measured.unit.as_ref()),
            measurements::lang.eq(AsText(measured.lang)),
            measurements::design.eq(AsText(measured.design)),
            measurements::better.eq(AsText(measured.better)),
            measurements::scale.eq(measured.scale.map(Json)),
            measurements::sample_before.eq(Json(measured.before.clone())),
            measurements::sample_after.eq(Json(measured.after.clone())),
            measurements::created_at.eq(At(new.created_at)),
            measurements::updated_at.eq(At(new.updated_at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes the present state of a measurement.
pub fn update(conn: &mut Conn, tenant: TenantId, changed: &Kept) -> Result<()> {
    let measured = &changed.measured;
    diesel::update(measurements::table.find((tenant, changed.id)))
        .set((
            measurements::version.eq(changed.version),
            measurements::name.eq(&measured.name),
            measurements::unit.eq(measured.unit.as_ref()),
            measurements::lang.eq(AsText(measured.lang)),
            measurements::design.eq(AsText(measured.design)),
            measurements::better.eq(AsText(measured.better)),
            measurements::scale.eq(measured.scale.map(Json)),
            measurements::sample_before.eq(Json(measured.before.clone())),
            measurements::sample_after.eq(Json(measured.after.clone())),
            measurements::updated_at.eq(At(changed.updated_at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes a measurement away.
pub fn delete(conn: &mut Conn, tenant: TenantId, id: MeasurementId) -> Result<()> {
    diesel::delete(measurements::table.find((tenant, id))).execute(conn)?;
    Ok(())
}
