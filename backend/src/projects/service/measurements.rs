//! What was measured in a trial. Those who work on the project read what was measured; everyone else reads the effect, as
//! far as `effect` lets it be told.

use super::trials;
use crate::audit::{self, Entry, changed_fields};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::checked::Merge;
use crate::http::preconditions::IfMatch;
use crate::policy::Actor;
use crate::projects::effect;
use crate::projects::store::measurements::{self as store, Kept};
use shared::audit::AuditAction;
use shared::problem::ProblemCode;
use shared::projects::{MEASUREMENTS_MAX, Measurement, MeasurementChanges, NewMeasurement, Trial};
use shared::{MeasurementId, TenantId, TrialId};

/// Everything measured in some trials, oldest first: the effects, without what was measured of whom.
pub(super) fn of_trials(conn: &mut Conn, tenant: TenantId, trials: &[TrialId]) -> Result<Vec<Measurement>> {
    let shown = |kept: Kept| Ok(Measurement { before: None, after: None, ..whole(kept)? });
    store::of_trials(conn, tenant, trials)?.into_iter().map(shown).collect()
}

/// One measurement with what was measured, for those who work on the project.
pub fn get(conn: &mut Conn, actor: &Actor, id: MeasurementId) -> Result<Measurement> {
    whole(find_own(conn, actor, id)?.0)
}

/// Adds a measurement to a trial that is not concluded.
pub fn create(conn: &mut Conn, actor: &Actor, trial: TrialId, new: &NewMeasurement) -> Result<Measurement> {
    let trial = trials::find_own(conn, actor, trial)?;
    trials::require_open(&trial)?;
    if store::count(conn, actor.tenant, trial.id)? >= MEASUREMENTS_MAX {
        return Err(Error::of(ProblemCode::LimitReached));
    }
    let kept = Kept {
        id: MeasurementId::new(),
        version: 1,
        trial_id: trial.id,
        measured: new.clone(),
        created_at: actor.now,
        updated_at: actor.now,
    };
    store::insert(conn, actor.tenant, &kept)?;
    let project = trial.project_id;
    trials::touch(conn, actor, trial)?;
    audit::record(conn, actor, Entry::new(AuditAction::Created, "measurement", kept.id.0).beside(project))?;
    whole(kept)
}

/// Changes a measurement of a trial that is not concluded.
pub fn update(
    conn: &mut Conn,
    actor: &Actor,
    id: MeasurementId,
    expected: IfMatch,
    changes: &Merge<MeasurementChanges>,
) -> Result<Measurement> {
    let (current, trial) = find_own(conn, actor, id)?;
    expected.check(current.version)?;
    trials::require_open(&trial)?;
    let after = changes.onto(&current.measured)?;
    let fields = changed_fields(&current.measured, &after);
    let changed = Kept { version: current.version + 1, measured: after, updated_at: actor.now, ..current };
    store::update(conn, actor.tenant, &changed)?;
    let project = trial.project_id;
    trials::touch(conn, actor, trial)?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "measurement", id.0).fields(fields).beside(project))?;
    whole(changed)
}

/// Takes a measurement away from a trial that is not concluded.
pub fn delete(conn: &mut Conn, actor: &Actor, id: MeasurementId, expected: IfMatch) -> Result<()> {
    let (current, trial) = find_own(conn, actor, id)?;
    expected.check(current.version)?;
    trials::require_open(&trial)?;
    store::delete(conn, actor.tenant, id)?;
    let project = trial.project_id;
    trials::touch(conn, actor, trial)?;
    audit::record(conn, actor, Entry::new(AuditAction::Deleted, "measurement", id.0).beside(project))
}

fn find_own(conn: &mut Conn, actor: &Actor, id: MeasurementId) -> Result<(Kept, Trial)> {
    let kept = store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?;
    let trial = trials::find_own(conn, actor, kept.trial_id)?;
    Ok((kept, trial))
}

/// A measurement with its effect and all that was measured.
fn whole(kept: Kept) -> Result<Measurement> {
    let Kept { id, version, trial_id, measured, created_at, updated_at } = kept;
    let effect = effect::of(measured.design, measured.better, &measured.before, &measured.after);
    let effect = effect.ok_or_else(|| Error::Internal(format!("measurement {id} breaks the rules by which it was taken in")))?;
    Ok(Measurement {
        id,
        version,
        trial_id,
        name: measured.name,
        unit: measured.unit,
        lang: measured.lang,
        design: measured.design,
        better: measured.better,
        scale: measured.scale,
        effect,
        before: Some(measured.before),
        after: Some(measured.after),
        created_at,
        updated_at,
    })
}
