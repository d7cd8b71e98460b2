//! From stage to stage. Everything that moves a project, or starts its clock, goes through here.

use super::projects::find_to_change;
use super::{board, find, references, terms};
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::{Code, Error, Refusal, Result};
use crate::http::preconditions::IfMatch;
use crate::jobs::service::{self as jobs, Job};
use crate::policy::Actor;
use crate::projects::store::projects::{self as store, Stored};
use crate::projects::store::stages::{self, NewPeriod};
use shared::audit::AuditAction;
use shared::jobs::JobKind;
use shared::problem::{Fault, ProblemCode};
use shared::projects::{Project, ProjectMove, ProjectStage, Requirement, StageClock, WaitingReason, stage};
use shared::{EditionId, ProjectId, TenantId};

/// Writes down that a project went to a stage, as something that has happened: whatever it had, and however full the column
/// was. For histories that are told afterwards.
pub fn retell(conn: &mut Conn, actor: &Actor, id: ProjectId, step: &ProjectMove) -> Result<()> {
    let stored = stored(conn, actor.tenant, id)?;
    put(conn, actor, stored, step)
}

/// Moves a project to another stage, if it may go there and has what that asks.
pub fn go(conn: &mut Conn, actor: &Actor, id: ProjectId, expected: IfMatch, step: &ProjectMove) -> Result<Project> {
    let stored = find_to_change(conn, actor, id, expected)?;
    check_way(&stored, step.to)?;
    check_ready(&stored.project, step)?;
    if let (ProjectStage::Continued, Some(other)) = (step.to, step.continued_in_id) {
        references::check_line(conn, actor.tenant, Some(id), other, "/continued_in_id", |(_, goes_on)| goes_on)?;
    }
    if !step.over_limit {
        board::refuse_full(conn, actor, step.to)?;
    }
    put(conn, actor, stored, step)?;
    find(conn, actor, id)
}

/// Refuses a stage that does not follow. One that waits goes back to where it was, or on as if it had never waited.
fn check_way(stored: &Stored, to: ProjectStage) -> Result<()> {
    let follows = stored.returns_to.is_none_or(|before| to == before || before.leads_to(to));
    if stored.project.stage.leads_to(to) && follows { Ok(()) } else { Err(Error::at(ProblemCode::Conflict, "/to", "not_next")) }
}

/// Refuses a stage for which something is lacking, and names all of it at once.
fn check_ready(project: &Project, step: &ProjectMove) -> Result<()> {
    if step.to == ProjectStage::Waiting && step.waiting_reason == Some(WaitingReason::Expired) {
        return Err(Error::fault("/waiting_reason", "clock_alone"));
    }
    let said = match step.to {
        ProjectStage::Waiting => (Requirement::Reason, step.waiting_reason.is_some()),
        ProjectStage::Stopped => (Requirement::Learnt, step.learnt.as_ref().is_some_and(|learnt| !learnt.trim().is_empty())),
        ProjectStage::Continued => (Requirement::FollowUp, step.continued_in_id.is_some()),
        _ => (Requirement::Reason, true),
    };
    let unsaid = Some(said.0).filter(|_| !said.1);
    let faults: Vec<Fault> = stage::lacks(project, step.to)
        .into_iter()
        .chain(unsaid)
        .map(|requirement| Fault::new(pointer(requirement), requirement.as_str(), None))
        .collect();
    if faults.is_empty() {
        return Ok(());
    }
    Err(Error::Refused(Box::new(Refusal { code: Code(ProblemCode::StageNotReady), faults, ..Refusal::default() })))
}

/// Where what is lacking would be said: of the project, of what is joined to it, or of the move.
const fn pointer(requirement: Requirement) -> &'static str {
    match requirement {
        Requirement::Need => "/need",
        Requirement::Idea => "/idea",
        Requirement::Unit => "/unit_id",
        Requirement::Sponsor => "/sponsor",
        Requirement::TrialResult => "/trials",
        Requirement::Adoption => "/adoptions",
        Requirement::Reason => "/waiting_reason",
        Requirement::Learnt => "/learnt",
        Requirement::FollowUp => "/continued_in_id",
    }
}

fn stored(conn: &mut Conn, tenant: TenantId, id: ProjectId) -> Result<Stored> {
    store::find(conn, tenant, id)?.ok_or_else(Error::not_found)
}

/// The clock of a stage that starts now.
pub(super) fn started(conn: &mut Conn, actor: &Actor, edition: Option<EditionId>, stage: ProjectStage) -> Result<StageClock> {
    let due_at = terms::of_edition(conn, actor.tenant, edition)?.due_at(stage, actor.now);
    Ok(StageClock { started_at: actor.now, due_at, first_due_at: due_at })
}

/// Puts a project into a stage.
pub(super) fn put(conn: &mut Conn, actor: &Actor, stored: Stored, step: &ProjectMove) -> Result<()> {
    let project = stored.project;
    let returns_to = match step.to {
        ProjectStage::Waiting => last_active(conn, actor.tenant, project.id)?,
        _ => None,
    };
    let clock = started(conn, actor, project.edition_id, step.to)?;
    let changed = Project {
        version: project.version + 1,
        stage: step.to,
        clock,
        waiting_reason: step.waiting_reason.filter(|_| step.to == ProjectStage::Waiting),
        learnt: step.learnt.clone().filter(|_| step.to == ProjectStage::Stopped).or(project.learnt.clone()),
        continued_in_id: step.continued_in_id.filter(|_| step.to == ProjectStage::Continued),
        updated_at: actor.now,
        ..project
    };
    store::update(conn, actor.tenant, &Stored { project: changed.clone(), returns_to })?;
    begin(conn, actor, &changed, step.reason.as_deref())?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "project", changed.id.0).fields(vec!["stage".to_owned()]))
}

/// Where a project was last that is a place to be.
fn last_active(conn: &mut Conn, tenant: TenantId, id: ProjectId) -> Result<Option<ProjectStage>> {
    use ProjectStage::{Idea, InUse, Spread, Trial};
    let periods = stages::of(conn, tenant, id)?;
    Ok(periods.iter().rev().map(|period| period.stage).find(|stage| matches!(stage, Idea | Trial | Spread | InUse)))
}

/// Writes down that the stage in which a project is has begun, and has its end watched.
pub(super) fn begin(conn: &mut Conn, actor: &Actor, project: &Project, reason: Option<&str>) -> Result<()> {
    let clock = &project.clock;
    let (started_at, due_at, moved_by) = (clock.started_at, clock.due_at, actor.account);
    stages::begin(conn, actor.tenant, project.id, &NewPeriod { stage: project.stage, started_at, due_at, reason, moved_by })?;
    watch(conn, actor, project)
}

/// Has the end of a stage watched, or no longer where it has none.
pub(super) fn watch(conn: &mut Conn, actor: &Actor, project: &Project) -> Result<()> {
    let job = expiry_of(actor.tenant, project.id);
    match project.clock.due_at {
        Some(due_at) => jobs::put(conn, &job, due_at, actor.now),
        None => jobs::cancel(conn, &job),
    }
}

/// Watches a project no longer that is taken away.
pub(super) fn unwatch(conn: &mut Conn, tenant: TenantId, id: ProjectId) -> Result<()> {
    jobs::cancel(conn, &expiry_of(tenant, id))
}

const fn expiry_of(tenant: TenantId, id: ProjectId) -> Job {
    Job { tenant, kind: JobKind::StageExpiry, subject_id: id.0 }
}
