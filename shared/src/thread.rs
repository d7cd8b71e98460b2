//! The thread: where an object came from, and what came of it. A link is a sentence about two objects: this one *is caused
//! by* that one, this one *continues* that one.

use crate::ThreadLinkId;
use crate::subjects::{SubjectKind, SubjectRef};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Most links of one thread that are looked at.
pub const LINKS_MAX: usize = 500;

crate::code_enum! {
    /// What one object is to another.
    LinkKind {
        /// It came of it.
        CausedBy = "caused_by",
        /// It shows that the other is so.
        EvidenceFor = "evidence_for",
        /// It goes on where the other ended.
        Continues = "continues",
        /// It takes the other up.
        Adopts = "adopts",
        /// It says how much the other brought.
        Measures = "measures",
        /// The other is where it was decided.
        DecidedIn = "decided_in",
        /// The other learns from it.
        Teaches = "teaches",
    }
}

impl LinkKind {
    /// Whether the object that the sentence begins with comes before the other one.
    pub const fn begins_with_the_earlier(self) -> bool {
        matches!(self, Self::EvidenceFor | Self::Teaches)
    }
}

/// One sentence about two objects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ThreadLink {
    pub id: ThreadLinkId,
    /// Always 1: a link is made and removed, never changed.
    pub version: i64,
    pub kind: LinkKind,
    /// The object that the sentence begins with.
    pub from: SubjectRef,
    /// The other one.
    pub to: SubjectRef,
    pub created_at: Timestamp,
    /// Whether the caller may take it away.
    pub may_delete: bool,
}

impl ThreadLink {
    /// The object that comes first.
    pub const fn earlier(&self) -> SubjectRef {
        if self.kind.begins_with_the_earlier() { self.from } else { self.to }
    }

    /// The object that comes of it.
    pub const fn later(&self) -> SubjectRef {
        if self.kind.begins_with_the_earlier() { self.to } else { self.from }
    }
}

/// One object of a thread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ThreadNode {
    pub subject: SubjectKind,
    pub subject_id: Uuid,
    #[cfg_attr(feature = "openapi", schema(example = "Hoitotarvikkeiden kotijakelu"))]
    pub title: String,
    /// Where its page is, under the service's own address.
    #[cfg_attr(feature = "openapi", schema(example = "/editions/01941f29-7c00-7000-8000-000000000001"))]
    pub path: String,
    /// Steps away from the object that was asked about: below 0 what it came from, above 0 what came of it.
    pub steps: i64,
}

/// An object with all that it came from and all that came of it, as far as the caller may see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Thread {
    /// From the earliest to the latest; the object itself is the one at 0 steps.
    pub nodes: Vec<ThreadNode>,
    /// Between those nodes.
    pub links: Vec<ThreadLink>,
}

/// A link to make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewThreadLink {
    #[garde(skip)]
    pub kind: LinkKind,
    /// The kind of the object that the sentence begins with.
    #[garde(skip)]
    pub subject: SubjectKind,
    /// Which one.
    #[garde(skip)]
    pub subject_id: Uuid,
    /// The kind of the other one.
    #[garde(skip)]
    pub other: SubjectKind,
    /// Which one.
    #[garde(skip)]
    pub other_id: Uuid,
}

/// Whose thread to read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct ThreadFilter {
    /// The kind of object.
    pub subject: SubjectKind,
    /// Which one.
    pub subject_id: Uuid,
}
