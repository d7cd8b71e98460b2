//! Objects that something can hang on: comments, links of the thread, hints that they changed. Each is named by its kind
//! and its id, whichever capability it belongs to.

use crate::ProjectId;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

crate::code_enum! {
    /// What kind of object, by the word that the audit trail has for it.
    SubjectKind {
        /// A change that is tried and taken into use.
        Project = "project",
        /// One run of a programme.
        Edition = "edition",
        /// Those who share a project.
        Group = "group",
    }
}

/// One object of one kind. As text: `edition:01941f29-7c00-7000-8000-000000000001`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubjectRef {
    /// What kind of object.
    pub kind: SubjectKind,
    /// Which one.
    pub id: Uuid,
}

impl SubjectRef {
    /// An object by its kind and id.
    pub const fn new(kind: SubjectKind, id: Uuid) -> Self {
        Self { kind, id }
    }
}

impl From<ProjectId> for SubjectRef {
    fn from(id: ProjectId) -> Self {
        Self::new(SubjectKind::Project, id.0)
    }
}

impl fmt::Display for SubjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.id)
    }
}

impl FromStr for SubjectRef {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, id) = text.split_once(':').ok_or_else(|| format!("kind:id, not {text}"))?;
        Ok(Self { kind: kind.parse()?, id: id.parse().map_err(|_| format!("not an id: {id}"))? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_read_back_from_its_text() {
        let subject = SubjectRef::new(SubjectKind::Group, Uuid::now_v7());
        assert_eq!(subject.to_string().parse(), Ok(subject));
        for bad in ["", "group", "group:", "group:1", "grupp:01941f29-7c00-7000-8000-000000000001"] {
            assert!(bad.parse::<SubjectRef>().is_err(), "{bad}");
        }
    }
}
