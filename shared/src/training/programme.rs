//! A training that is held several times, and its goals.

use crate::{GoalId, LocalText, ProgrammeId, rules};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Lowest step of the goal self-assessment.
pub const STEP_MIN: u8 = 1;
/// Highest step of the goal self-assessment.
pub const STEP_MAX: u8 = 4;
/// Most goals of a programme.
pub const MAX_GOALS: usize = 20;

/// A training that is held several times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Programme {
    pub id: ProgrammeId,
    pub version: i64,
    pub name: LocalText,
    pub description: LocalText,
    /// The words for steps 1, 2, 3 and 4 of the self-assessment.
    pub step_words: Vec<LocalText>,
    /// What it wants its participants to reach, in order.
    pub goals: Vec<Goal>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// One goal of a programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Goal {
    pub id: GoalId,
    pub text: LocalText,
}

/// A goal as it is written: with its id to keep or change it, without to add one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewGoal {
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<GoalId>,
    #[garde(custom(rules::local_line))]
    pub text: LocalText,
}

// The framework hands over `&Vec`.
#[allow(clippy::ptr_arg)]
fn four_words<C>(words: &Vec<LocalText>, context: &C) -> garde::Result {
    if words.len() != usize::from(STEP_MAX - STEP_MIN) + 1 {
        return Err(garde::Error::new("four_step_words"));
    }
    words.iter().try_for_each(|word| rules::local_line(word, context))
}

/// What can be said of a programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewProgramme {
    #[garde(custom(rules::local_line))]
    pub name: LocalText,
    #[garde(custom(rules::local_free_text))]
    pub description: LocalText,
    /// The words for steps 1, 2, 3 and 4.
    #[garde(custom(four_words))]
    #[cfg_attr(feature = "openapi", schema(min_items = 4, max_items = 4))]
    pub step_words: Vec<LocalText>,
    /// At most 20. A goal that has been asked cannot be taken away, only reworded before the next edition is opened.
    #[garde(custom(rules::at_most(20)), dive)]
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    pub goals: Vec<NewGoal>,
}

/// A merge patch of a programme. Lists are replaced whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProgrammeChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub name: Option<LocalTextChanges>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub description: Option<LocalTextChanges>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_items = 4, max_items = 4, nullable = false))]
    pub step_words: Option<Vec<LocalText>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_items = 20, nullable = false))]
    pub goals: Option<Vec<NewGoal>>,
}

/// A merge patch of a text in several languages; null takes a translation away.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LocalTextChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub fi: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub sv: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub en: Option<Option<String>>,
}

impl From<LocalText> for LocalTextChanges {
    fn from(text: LocalText) -> Self {
        Self { fi: Some(text.fi), sv: Some(text.sv), en: Some(text.en) }
    }
}
