//! Answering the goal self-assessment. Only the answerer reads an answer; everyone else sees how many have answered.

use super::editions::find;
use super::target;
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::preconditions::IfMatch;
use crate::policy::Actor;
use crate::training::store::assessment::{self as store, Answer};
use crate::training::store::{editions, enrolments, programmes};
use shared::audit::AuditAction;
use shared::policy::{Permission, Target};
use shared::problem::ProblemCode;
use shared::training::results::MIN_FOR_MEAN;
use shared::training::{AssessmentProgress, AssessmentStatus, Edition, Goal, GoalStep, NewSelfAssessment, SelfAssessment};
use shared::{EditionId, EnrolmentId, TenantId};

/// How many have answered, and how many could.
pub fn progress(conn: &mut Conn, actor: &Actor, id: EditionId) -> Result<AssessmentProgress> {
    actor.require(Permission::ViewTraining, &Target::Tenant)?;
    let edition = find(conn, actor.tenant, id)?;
    let answered = enrolments::count_answered(conn, actor.tenant, id)?;
    let told = edition.assessment != AssessmentStatus::Published || answered >= MIN_FOR_MEAN;
    Ok(AssessmentProgress {
        edition_id: id,
        status: edition.assessment,
        answered_count: told.then_some(answered),
        enrolled_count: enrolments::count(conn, actor.tenant, id)?,
    })
}

/// The actor's own place in an edition.
struct Place {
    edition: Edition,
    enrolment: EnrolmentId,
    answered: bool,
    /// The version of what they have saved, 0 before the first.
    version: i64,
}

/// Finds it; 403 for everyone who has none.
fn own_place(conn: &mut Conn, actor: &Actor, id: EditionId) -> Result<Place> {
    let enrolment = actor.enrolment_in(id);
    let asked = store::asked(conn, actor.tenant, id, enrolment)?.ok_or_else(Error::not_found)?;
    actor.require(Permission::AnswerAssessment, &target(&asked.edition))?;
    let (enrolment, answered) = enrolment.zip(asked.answered).ok_or_else(Error::forbidden)?;
    Ok(Place { edition: asked.edition, enrolment, answered, version: asked.version })
}

fn goals(conn: &mut Conn, tenant: TenantId, edition: &Edition) -> Result<Vec<Goal>> {
    programmes::goals(conn, tenant, edition.programme_id)
}

/// One's own answers, for oneself alone.
pub fn get(conn: &mut Conn, actor: &Actor, id: EditionId) -> Result<SelfAssessment> {
    let place = own_place(conn, actor, id)?;
    let saved = store::find(conn, actor.tenant, place.enrolment)?;
    let goals = goals(conn, actor.tenant, &place.edition)?;
    Ok(own(actor, &place.edition, &goals, place.answered, saved))
}

fn own(actor: &Actor, edition: &Edition, goals: &[Goal], answered: bool, saved: Option<Answer>) -> SelfAssessment {
    SelfAssessment {
        edition_id: edition.id,
        version: saved.as_ref().map_or(0, |saved| saved.version),
        status: edition.assessment,
        answered,
        complete: saved.as_ref().is_some_and(|saved| is_complete(goals, &saved.steps)),
        lang: saved.as_ref().map_or(actor.lang, |saved| saved.lang),
        saved_at: saved.as_ref().map(|saved| saved.saved_at),
        steps: saved.as_ref().map(|saved| saved.steps.clone()).unwrap_or_default(),
        greeting: saved.map(|saved| saved.greeting).unwrap_or_default(),
    }
}

/// Whether every goal has its step.
pub(super) fn is_complete(goals: &[Goal], steps: &[GoalStep]) -> bool {
    !goals.is_empty() && goals.iter().all(|goal| steps.iter().any(|step| step.goal_id == goal.id))
}

/// Keeps one's own answers while the answering is open.
pub fn save(conn: &mut Conn, actor: &Actor, id: EditionId, expected: IfMatch, new: &NewSelfAssessment) -> Result<SelfAssessment> {
    let place = own_place(conn, actor, id)?;
    refuse_unless_open(&place.edition)?;
    expected.check(place.version)?;
    replace(conn, actor, &place, new)
}

/// Keeps the actor's first answers, for a caller who knows that there are none. The trail says that, never what, was
/// answered.
pub fn keep(conn: &mut Conn, actor: &Actor, id: EditionId, new: &NewSelfAssessment) -> Result<SelfAssessment> {
    let place = own_place(conn, actor, id)?;
    refuse_unless_open(&place.edition)?;
    replace(conn, actor, &place, new)
}

fn replace(conn: &mut Conn, actor: &Actor, place: &Place, new: &NewSelfAssessment) -> Result<SelfAssessment> {
    let edition = &place.edition;
    let goals = goals(conn, actor.tenant, edition)?;
    refuse_faulty_steps(&goals, &new.steps)?;
    let answer = Answer {
        enrolment_id: place.enrolment,
        edition_id: edition.id,
        version: place.version + 1,
        steps: new.steps.clone(),
        greeting: new.greeting.clone(),
        lang: new.lang,
        saved_at: actor.now,
    };
    store::save(conn, actor.tenant, &answer)?;
    let complete = is_complete(&goals, &answer.steps);
    if complete != place.answered {
        enrolments::set_answered(conn, actor.tenant, place.enrolment, complete)?;
    }
    audit::record(conn, actor, Entry::new(AuditAction::AnswerGiven, "enrolment", place.enrolment.0))?;
    Ok(own(actor, edition, &goals, complete, Some(answer)))
}

fn refuse_unless_open(edition: &Edition) -> Result<()> {
    match edition.assessment {
        AssessmentStatus::Open => Ok(()),
        AssessmentStatus::NotOpen => Err(Error::of(ProblemCode::AssessmentNotOpen)),
        AssessmentStatus::Published => Err(Error::of(ProblemCode::AssessmentClosed)),
    }
}

/// Each step is for a goal of the programme, and no goal has two.
fn refuse_faulty_steps(goals: &[Goal], steps: &[GoalStep]) -> Result<()> {
    for (position, step) in steps.iter().enumerate() {
        let pointer = format!("/steps/{position}/goal_id");
        if goals.iter().all(|goal| goal.id != step.goal_id) {
            return Err(Error::fault(&pointer, "unknown_reference"));
        }
        if steps[..position].iter().any(|earlier| earlier.goal_id == step.goal_id) {
            return Err(Error::fault(&pointer, "duplicate"));
        }
    }
    Ok(())
}

/// Opens the answering. There is something to ask, and it has not been opened before.
pub fn open(conn: &mut Conn, actor: &Actor, id: EditionId, expected: IfMatch) -> Result<Edition> {
    let current = find(conn, actor.tenant, id)?;
    actor.require(Permission::CloseAssessment, &target(&current))?;
    expected.check(current.version)?;
    start(conn, actor, current)
}

/// Opens the answering of an edition in the state that the caller has just seen.
pub fn start(conn: &mut Conn, actor: &Actor, current: Edition) -> Result<Edition> {
    match current.assessment {
        AssessmentStatus::NotOpen => {}
        AssessmentStatus::Open => return Err(Error::of(ProblemCode::Conflict)),
        AssessmentStatus::Published => return Err(Error::of(ProblemCode::AssessmentClosed)),
    }
    if goals(conn, actor.tenant, &current)?.is_empty() {
        return Err(Error::of(ProblemCode::Conflict));
    }
    let changed = Edition { version: current.version + 1, assessment: AssessmentStatus::Open, updated_at: actor.now, ..current };
    editions::update(conn, actor.tenant, &changed)?;
    audit::record(conn, actor, Entry::new(AuditAction::AssessmentOpened, "edition", changed.id.0))?;
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{GoalId, LocalText};

    fn goals(count: usize) -> Vec<Goal> {
        (0..count).map(|position| Goal { id: GoalId::new(), text: LocalText::fi(position.to_string()) }).collect()
    }

    #[test]
    fn a_set_is_complete_when_every_goal_has_its_step() {
        let goals = goals(2);
        let step = |goal: &Goal| GoalStep { goal_id: goal.id, step: 3 };
        assert!(!is_complete(&goals, &[step(&goals[0])]));
        assert!(is_complete(&goals, &[step(&goals[1]), step(&goals[0])]));
        assert!(!is_complete(&[], &[]));
    }

    #[test]
    fn steps_for_strange_goals_and_two_for_one_are_refused_where_they_stand() {
        let goals = goals(1);
        let step = |goal_id| GoalStep { goal_id, step: 3 };
        let pointer = |steps: &[GoalStep]| refuse_faulty_steps(&goals, steps).err().map(|error| error.refusal().faults[0].pointer.clone());
        assert_eq!(pointer(&[step(goals[0].id)]), None);
        assert_eq!(pointer(&[step(goals[0].id), step(goals[0].id)]), Some("/steps/1/goal_id".to_owned()));
        assert_eq!(pointer(&[step(GoalId::new())]), Some("/steps/0/goal_id".to_owned()));
    }
}
