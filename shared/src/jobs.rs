//! Work that the service does by itself at a time.

use crate::JobId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

crate::code_enum! {
    /// What a job does.
    JobKind {
        /// Lets a project wait whose stage is over.
        StageExpiry = "stage_expiry",
    }
}

/// Something that is to be done at a time, or could not be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Job {
    pub id: JobId,
    pub kind: JobKind,
    /// What it is about, of the kind that the job is for.
    pub subject_id: uuid::Uuid,
    /// When it is to be done, or tried again.
    pub due_at: Timestamp,
    /// How often it has been tried.
    pub attempt_count: i64,
    /// Why the last try failed, as a problem's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "internal"))]
    pub failure: Option<String>,
    /// Since when it is tried no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub died_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

crate::filter! {
    /// Which jobs to list.
    #[derive(Default)]
    JobFilter {
        /// Only those that are tried no more, or only the others.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dead: Option<bool>,
    }
}
