//! Trials of a project. Everyone of the tenant reads them, however they ended; those who work on the project write them.
//! A trial that is concluded stays as it is until it is opened again.

use super::{find as find_project, measurements, require_work};
use crate::audit::{self, Entry, changed_fields};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::checked::Merge;
use crate::http::cursor::{Position, Slice};
use crate::http::preconditions::IfMatch;
use crate::keys::Keys;
use crate::policy::Actor;
use crate::projects::store::trials as store;
use shared::audit::AuditAction;
use shared::page::{Page, Paging};
use shared::problem::ProblemCode;
use shared::projects::{NewTrial, TRIALS_MAX, Trial, TrialChanges, TrialConclusion};
use shared::{ProjectId, TenantId, TrialId};

/// Trials of a project, oldest first, with the effects of what was measured.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, project: ProjectId, paging: &Paging) -> Result<Page<Trial>> {
    find_project(conn, actor, project)?;
    let slice = Slice::new(keys, actor.tenant, &format!("trials {project}"), paging.cursor.as_deref(), paging.limit)?;
    let items = store::list(conn, actor.tenant, project, slice.after.as_ref(), slice.rows())?;
    let page = slice.page(keys, items, |item| Position { key: String::new(), id: item.id.0 })?;
    Ok(Page { items: measured(conn, actor.tenant, page.items)?, next_cursor: page.next_cursor })
}

/// One trial with the effects of what was measured.
pub fn get(conn: &mut Conn, actor: &Actor, id: TrialId) -> Result<Trial> {
    let trial = find(conn, actor.tenant, id)?;
    find_project(conn, actor, trial.project_id)?;
    measured_one(conn, actor.tenant, trial)
}

/// Adds a trial to a project.
pub fn create(conn: &mut Conn, actor: &Actor, project: ProjectId, new: &NewTrial) -> Result<Trial> {
    let project = find_project(conn, actor, project)?;
    require_work(conn, actor, &project)?;
    if store::count(conn, actor.tenant, project.id)? >= TRIALS_MAX {
        return Err(Error::of(ProblemCode::LimitReached));
    }
    let trial = Trial {
        id: TrialId::new(),
        version: 1,
        project_id: project.id,
        lang: new.lang,
        hypothesis: new.hypothesis.clone(),
        measure: new.measure.clone(),
        participants: new.participants.clone(),
        participant_count: new.participant_count,
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        result: None,
        learnt: String::new(),
        concluded_at: None,
        measurements: Vec::new(),
        created_at: actor.now,
        updated_at: actor.now,
    };
    store::insert(conn, actor.tenant, &trial)?;
    audit::record(conn, actor, Entry::new(AuditAction::Created, "trial", trial.id.0).beside(trial.project_id))?;
    Ok(trial)
}

/// Changes a trial that is not concluded.
pub fn update(conn: &mut Conn, actor: &Actor, id: TrialId, expected: IfMatch, changes: &Merge<TrialChanges>) -> Result<Trial> {
    let current = find_own(conn, actor, id)?;
    expected.check(current.version)?;
    require_open(&current)?;
    let before = as_new(&current);
    let after = changes.onto(&before)?;
    let fields = changed_fields(&before, &after);
    let changed = Trial {
        version: current.version + 1,
        lang: after.lang,
        hypothesis: after.hypothesis,
        measure: after.measure,
        participants: after.participants,
        participant_count: after.participant_count,
        starts_on: after.starts_on,
        ends_on: after.ends_on,
        updated_at: actor.now,
        ..current
    };
    save(conn, actor, changed, &fields)
}

/// Says how a trial ended and what was learnt. It stays as it is from now on.
pub fn conclude(conn: &mut Conn, actor: &Actor, id: TrialId, expected: IfMatch, conclusion: &TrialConclusion) -> Result<Trial> {
    let current = find_own(conn, actor, id)?;
    expected.check(current.version)?;
    require_open(&current)?;
    let changed = Trial {
        version: current.version + 1,
        result: Some(conclusion.result),
        learnt: conclusion.learnt.clone(),
        concluded_at: Some(actor.now),
        updated_at: actor.now,
        ..current
    };
    save(conn, actor, changed, &["result", "learnt"])
}

/// Opens a concluded trial again. What was learnt stays written.
pub fn reopen(conn: &mut Conn, actor: &Actor, id: TrialId, expected: IfMatch) -> Result<Trial> {
    let current = find_own(conn, actor, id)?;
    expected.check(current.version)?;
    if current.concluded_at.is_none() {
        return Err(Error::of(ProblemCode::Conflict));
    }
    let changed = Trial { version: current.version + 1, result: None, concluded_at: None, updated_at: actor.now, ..current };
    save(conn, actor, changed, &["result"])
}

/// One trial, whoever asks; without its measurements.
pub(super) fn find(conn: &mut Conn, tenant: TenantId, id: TrialId) -> Result<Trial> {
    store::find(conn, tenant, id)?.ok_or_else(Error::not_found)
}

/// One trial for one who works on its project; without its measurements.
pub(super) fn find_own(conn: &mut Conn, actor: &Actor, id: TrialId) -> Result<Trial> {
    let trial = find(conn, actor.tenant, id)?;
    let project = find_project(conn, actor, trial.project_id)?;
    require_work(conn, actor, &project)?;
    Ok(trial)
}

/// Refuses to change what is concluded.
pub(super) fn require_open(trial: &Trial) -> Result<()> {
    if trial.concluded_at.is_none() { Ok(()) } else { Err(Error::of(ProblemCode::TrialConcluded)) }
}

/// Notes that what was measured in a trial has changed, and with it the trial as it is read.
pub(super) fn touch(conn: &mut Conn, actor: &Actor, trial: Trial) -> Result<()> {
    store::update(conn, actor.tenant, &Trial { version: trial.version + 1, updated_at: actor.now, ..trial })
}

fn save(conn: &mut Conn, actor: &Actor, changed: Trial, fields: &[impl AsRef<str>]) -> Result<Trial> {
    store::update(conn, actor.tenant, &changed)?;
    let fields = fields.iter().map(|field| field.as_ref().to_owned()).collect();
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "trial", changed.id.0).fields(fields).beside(changed.project_id))?;
    measured_one(conn, actor.tenant, changed)
}

fn measured_one(conn: &mut Conn, tenant: TenantId, trial: Trial) -> Result<Trial> {
    measured(conn, tenant, vec![trial])?.pop().ok_or_else(Error::not_found)
}

/// Trials with what was measured in them, in one query however many there are.
fn measured(conn: &mut Conn, tenant: TenantId, mut trials: Vec<Trial>) -> Result<Vec<Trial>> {
    let ids: Vec<TrialId> = trials.iter().map(|trial| trial.id).collect();
    for measurement in measurements::of_trials(conn, tenant, &ids)? {
        if let Some(trial) = trials.iter_mut().find(|trial| trial.id == measurement.trial_id) {
            trial.measurements.push(measurement);
        }
    }
    Ok(trials)
}

fn as_new(trial: &Trial) -> NewTrial {
    NewTrial {
        lang: trial.lang,
        hypothesis: trial.hypothesis.clone(),
        measure: trial.measure.clone(),
        participants: trial.participants.clone(),
        participant_count: trial.participant_count,
        starts_on: trial.starts_on,
        ends_on: trial.ends_on,
    }
}
