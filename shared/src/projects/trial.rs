//! The trial card: what a group believes, how it finds out, and what it learnt. A trial that was stopped is read by the
//! same people in the same way as one that worked.

use super::Measurement;
use crate::{Lang, ProjectId, TrialId, rules};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Most trials of one project.
pub const TRIALS_MAX: i64 = 20;
/// Most people or other things said to take part.
const PARTICIPANTS_MAX: i64 = 1_000_000;

crate::code_enum! {
    /// What a trial led to.
    TrialResult {
        /// It works: spread it.
        Works = "works",
        /// It works in part: change it and try again.
        Adapt = "adapt",
        /// It does not work: stop, and tell what was learnt.
        Stop = "stop",
    }
}

/// One trial of a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Trial {
    pub id: TrialId,
    /// Goes up with every change of the trial and of its measurements.
    pub version: i64,
    pub project_id: ProjectId,
    /// The language in which it is written.
    pub lang: Lang,
    /// What is believed to happen, and why.
    pub hypothesis: String,
    /// How it will be seen whether it happened.
    pub measure: String,
    /// Who takes part; may be empty.
    pub participants: String,
    /// How many take part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = 211))]
    pub participant_count: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
    /// Absent until it is concluded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<TrialResult>,
    /// What was learnt; empty until it is first concluded, and kept when it is opened again.
    pub learnt: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concluded_at: Option<Timestamp>,
    /// What was measured, oldest first, each with its effect; without what was measured of whom.
    pub measurements: Vec<Measurement>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What can be said of a trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTrial {
    #[garde(skip)]
    pub lang: Lang,
    #[garde(custom(rules::line_or_more))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 4000))]
    pub hypothesis: String,
    #[garde(custom(rules::line_or_more))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 4000))]
    pub measure: String,
    #[garde(custom(rules::free_text))]
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    pub participants: String,
    #[garde(custom(rules::optional_between(0, PARTICIPANTS_MAX)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1000000, example = 211))]
    pub participant_count: Option<i64>,
    #[garde(custom(rules::optional_day))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<Date>,
    /// On the first day or after it.
    #[garde(custom(rules::optional_day), custom(|end: &Option<Date>, _: &()| ends_on_or_after(self.starts_on, *end)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
}

fn ends_on_or_after(start: Option<Date>, end: Option<Date>) -> garde::Result {
    match (start, end) {
        (Some(start), Some(end)) if end < start => Err(garde::Error::new("ends_before_start")),
        _ => Ok(()),
    }
}

/// A merge patch of a trial.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub lang: Option<Lang>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 4000, nullable = false))]
    pub hypothesis: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 4000, nullable = false))]
    pub measure: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000, nullable = false))]
    pub participants: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1000000, value_type = Option<i64>))]
    pub participant_count: Option<Option<i64>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Date>))]
    pub starts_on: Option<Option<Date>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Date>))]
    pub ends_on: Option<Option<Date>>,
}

/// How a trial ended, and what was learnt: of one that was stopped as of one that worked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialConclusion {
    #[garde(skip)]
    pub result: TrialResult,
    #[garde(custom(rules::line_or_more))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 4000))]
    pub learnt: String,
}
