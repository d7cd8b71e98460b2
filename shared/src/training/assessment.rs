//! The goal self-assessment: each goal, "for my own part", on steps 1–4, and a final greeting.

use super::{AssessmentStatus, STEP_MAX, STEP_MIN};
use crate::{EditionId, GoalId, Lang, rules};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One's own answers in an edition. Only the answerer ever sees them; they are deleted when the answering closes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SelfAssessment {
    pub edition_id: EditionId,
    /// 0 before the first save.
    pub version: i64,
    pub status: AssessmentStatus,
    /// Whether an answer has been given; stays true when the answers are gone.
    pub answered: bool,
    /// Whether every goal has its step, so that the set will be counted.
    pub complete: bool,
    /// Steps chosen so far.
    pub steps: Vec<GoalStep>,
    /// Final greeting.
    pub greeting: String,
    pub lang: Lang,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved_at: Option<Timestamp>,
}

/// The step chosen for one goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GoalStep {
    #[garde(skip)]
    pub goal_id: GoalId,
    /// 1–4.
    #[garde(custom(is_step))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 4, example = 4))]
    pub step: u8,
}

fn is_step<C>(step: &u8, _: &C) -> garde::Result {
    if (STEP_MIN..=STEP_MAX).contains(step) { Ok(()) } else { Err(garde::Error::new("not_a_step")) }
}

/// Answers to save, whole: what is left out is taken away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewSelfAssessment {
    /// At most one for each goal of the programme.
    #[garde(custom(rules::at_most(20)), dive)]
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    pub steps: Vec<GoalStep>,
    #[garde(custom(rules::free_text))]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    pub greeting: String,
    #[garde(skip)]
    pub lang: Lang,
}

/// How far the answering of an edition has come. Until it is published, this is all that anyone else sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssessmentProgress {
    pub edition_id: EditionId,
    pub status: AssessmentStatus,
    /// How many have answered. Absent once published when fewer than five have: the result does not tell it either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_count: Option<i64>,
    /// How many could.
    pub enrolled_count: i64,
}
