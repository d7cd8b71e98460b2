//! Feedback about accessibility, which the law (306/2019) wants answered within 14 days.

use crate::{AccessibilityFeedbackId, Lang, rules};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Days within which feedback is to be answered (Act 306/2019, section 8).
pub const ANSWER_DAYS: i64 = 14;

/// A message about accessibility, as the administrator sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessibilityFeedback {
    pub id: AccessibilityFeedbackId,
    pub version: i64,
    /// What does not work.
    pub message: String,
    /// Where to answer, if an answer is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The language it was written in.
    pub lang: Lang,
    pub created_at: Timestamp,
    /// The last day for the answer.
    pub answer_due_on: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
}

/// A message about accessibility, from anyone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAccessibilityFeedback {
    /// What does not work, and where.
    #[garde(custom(rules::line_or_more))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 4000, example = "Kaavion teksti ei suurene."))]
    pub message: String,
    /// Where to answer, if an answer is wanted.
    #[garde(custom(rules::optional_email))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(format = Email, max_length = 254, example = "vastaus@example.fi"))]
    pub email: Option<String>,
    #[garde(skip)]
    pub lang: Lang,
}

/// What is said to the sender.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessibilityReceipt {
    pub id: AccessibilityFeedbackId,
    /// The last day for the answer.
    pub answer_due_on: Date,
}
