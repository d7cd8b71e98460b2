//! Publishing, once and for good, and reading what has been published.

use super::assessment::is_complete;
use super::editions::find;
use super::{programmes, target};
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::preconditions::IfMatch;
use crate::policy::Actor;
use crate::training::store::assessment::Answer;
use crate::training::store::{assessment, editions, enrolments, results as store};
use rand::seq::SliceRandom;
use shared::audit::AuditAction;
use shared::policy::{Permission, Target};
use shared::problem::ProblemCode;
use shared::training::results::{AnswerSet, Greeting, MIN_FOR_DISTRIBUTION, publish, sum_up};
use shared::training::{AssessmentStatus, Edition, EditionResults, Goal, Programme, ProgrammeResults};
use shared::{EditionId, ProgrammeId};

/// Closes the answering: publishes the result, deletes the answers. For good.
pub fn close_assessment(conn: &mut Conn, actor: &Actor, id: EditionId, expected: IfMatch) -> Result<Edition> {
    let current = find(conn, actor.tenant, id)?;
    actor.require(Permission::CloseAssessment, &target(&current))?;
    expected.check(current.version)?;
    finish(conn, actor, current)
}

/// Closes the answering of an edition in the state that the caller has just seen.
pub fn finish(conn: &mut Conn, actor: &Actor, current: Edition) -> Result<Edition> {
    match current.assessment {
        AssessmentStatus::Open => {}
        AssessmentStatus::NotOpen => return Err(Error::of(ProblemCode::AssessmentNotOpen)),
        AssessmentStatus::Published => return Err(Error::of(ProblemCode::AssessmentClosed)),
    }
    let changed = Edition {
        version: current.version + 1,
        assessment: AssessmentStatus::Published,
        published_at: Some(actor.now),
        updated_at: actor.now,
        ..current
    };
    let programme = programmes::find(conn, actor.tenant, changed.programme_id)?;
    let answers = assessment::of_edition(conn, actor.tenant, changed.id)?;
    let enrolled_count = enrolments::count(conn, actor.tenant, changed.id)?;
    let results = snapshot(actor, &changed, programme, answers, enrolled_count);
    store::insert(conn, actor.tenant, &results)?;
    assessment::delete_of_edition(conn, actor.tenant, changed.id)?;
    editions::update(conn, actor.tenant, &changed)?;
    audit::record(conn, actor, Entry::new(AuditAction::AssessmentClosed, "edition", changed.id.0))?;
    Ok(changed)
}

/// What is published of the answers: figures of the complete sets, and their greetings when there are enough people.
fn snapshot(actor: &Actor, edition: &Edition, programme: Programme, answers: Vec<Answer>, enrolled_count: i64) -> EditionResults {
    let complete: Vec<Answer> = answers.into_iter().filter(|answer| is_complete(&programme.goals, &answer.steps)).collect();
    let sets: Vec<AnswerSet> = complete.iter().map(|answer| in_order(&programme.goals, answer)).collect();
    let goals: Vec<_> = programme.goals.into_iter().map(|goal| (goal.id, goal.text)).collect();
    let (overall, goals) = publish(&goals, &sets);
    EditionResults {
        edition_id: edition.id,
        programme_id: edition.programme_id,
        number: edition.number,
        season: edition.season,
        year: edition.year,
        published_at: actor.now,
        enrolled_count,
        overall,
        goals,
        step_words: programme.step_words,
        greetings: greetings(complete),
    }
}

/// An answer's steps in the order of the goals.
fn in_order(goals: &[Goal], answer: &Answer) -> AnswerSet {
    let step_for = |goal: &Goal| answer.steps.iter().find(|step| step.goal_id == goal.id).map(|step| step.step);
    AnswerSet { steps: goals.iter().filter_map(step_for).collect() }
}

/// The greetings in an order that tells nothing; none when fewer than ten have answered.
fn greetings(complete: Vec<Answer>) -> Vec<Greeting> {
    if i64::try_from(complete.len()).unwrap_or(i64::MAX) < MIN_FOR_DISTRIBUTION {
        return Vec::new();
    }
    let written = complete.into_iter().map(|answer| Greeting { text: answer.greeting.trim().to_owned(), lang: answer.lang });
    let mut greetings: Vec<Greeting> = written.filter(|greeting| !greeting.text.is_empty()).collect();
    greetings.shuffle(&mut rand::rng());
    greetings
}

/// The published result of an edition; 404 until there is one.
pub fn of_edition(conn: &mut Conn, actor: &Actor, id: EditionId) -> Result<EditionResults> {
    actor.require(Permission::ViewTraining, &Target::Tenant)?;
    find(conn, actor.tenant, id)?;
    store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)
}

/// The published results of a programme, edition by edition, with their total.
pub fn of_programme(conn: &mut Conn, actor: &Actor, id: ProgrammeId) -> Result<ProgrammeResults> {
    actor.require(Permission::ViewTraining, &Target::Tenant)?;
    programmes::find(conn, actor.tenant, id)?;
    Ok(sum_up(id, store::of_programme(conn, actor.tenant, id)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::training::GoalStep;
    use shared::{EnrolmentId, GoalId, Lang, LocalText};

    fn answer(goals: &[Goal], greeting: &str) -> Answer {
        Answer {
            enrolment_id: EnrolmentId::new(),
            edition_id: EditionId::new(),
            version: 1,
            steps: goals.iter().rev().zip(1..).map(|(goal, step)| GoalStep { goal_id: goal.id, step }).collect(),
            greeting: greeting.to_owned(),
            lang: Lang::Fi,
            saved_at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn steps_are_counted_in_the_order_of_the_goals() {
        let goals: Vec<Goal> = (0..3).map(|_| Goal { id: GoalId::new(), text: LocalText::fi("a") }).collect();
        assert_eq!(in_order(&goals, &answer(&goals, "")).steps, [3, 2, 1]);
    }

    #[test]
    fn greetings_are_published_from_ten_answers_on_and_blank_ones_never() {
        let nine: Vec<Answer> = (0..9).map(|_| answer(&[], "kiitos")).collect();
        assert!(greetings(nine.clone()).is_empty());
        let ten: Vec<Answer> = nine.into_iter().chain([answer(&[], "  \n")]).collect();
        assert_eq!(greetings(ten).len(), 9);
    }
}
