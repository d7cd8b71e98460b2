//! Hints that something has changed, for a page that shows it. A hint says what to look at anew, never what is in it.

use crate::subjects::{SubjectKind, SubjectRef};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Most objects that one stream follows.
pub const FOLLOWED_MAX: usize = 50;
/// Longest stream in seconds; who wants more asks again.
pub const STREAM_SECONDS: u32 = 600;

/// One line of a stream. Readers pass over kinds that they do not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "hint", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Hint {
    /// The stream is there: its first line, and then one every 15 s.
    Alive,
    /// Something of the object, or beside it, has changed; this is the object's version now.
    Changed { subject: SubjectKind, id: Uuid, version: i64 },
    /// The object is no longer there for the one who follows.
    Gone { subject: SubjectKind, id: Uuid },
    /// More may have changed than was told: look at everything anew.
    LookAgain,
}

/// What to follow: objects, a whole list, or both.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct Following {
    /// Objects as `kind:id`, up to fifty, with commas between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        param(
            pattern = r"^(project|edition|group):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(,(project|edition|group):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){0,49}$"
        )
    )]
    pub subjects: Option<String>,
    /// Kinds, with commas between: every object of them that the caller may see, also those that are made meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(pattern = r"^(project|edition|group)(,(project|edition|group))*$", example = "group"))]
    pub lists: Option<String>,
    /// Seconds after which the stream ends, 0–600; 600 unless told. 0 gives the first line alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 0, maximum = 600))]
    pub seconds: Option<u32>,
}

impl Following {
    /// Some objects.
    pub fn of(subjects: &[SubjectRef]) -> Self {
        let subjects = subjects.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        Self { subjects: (!subjects.is_empty()).then_some(subjects), ..Self::default() }
    }

    /// The same, and every object of these kinds.
    pub fn and_lists(self, kinds: &[SubjectKind]) -> Self {
        let lists = kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(",");
        Self { lists: (!lists.is_empty()).then_some(lists), ..self }
    }

    /// The kinds that are named; why not, when there is no such one.
    pub fn lists(&self) -> Result<Vec<SubjectKind>, String> {
        self.lists.iter().flat_map(|list| list.split(',')).map(str::parse).collect()
    }

    /// The objects that are named; why not, when one cannot be read or there are too many.
    pub fn subjects(&self) -> Result<Vec<SubjectRef>, String> {
        let named = self.subjects.iter().flat_map(|list| list.split(','));
        let subjects = named.map(str::parse).collect::<Result<Vec<SubjectRef>, String>>()?;
        if subjects.len() > FOLLOWED_MAX { Err(format!("at most {FOLLOWED_MAX}")) } else { Ok(subjects) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_followed_is_read_back_and_is_not_endless() {
        let one = || SubjectRef::new(SubjectKind::Group, Uuid::now_v7());
        let some: Vec<SubjectRef> = (0..FOLLOWED_MAX).map(|_| one()).collect();
        assert_eq!(Following::of(&some).subjects(), Ok(some.clone()));
        assert!(Following::of(&[some, vec![one()]].concat()).subjects().is_err());
        assert_eq!(Following::of(&[]).subjects(), Ok(Vec::new()));
        assert_eq!(Following::of(&[]).and_lists(SubjectKind::ALL).lists().as_deref(), Ok(SubjectKind::ALL));
        assert!(Following { lists: Some("grupp".to_owned()), ..Following::default() }.lists().is_err());
        assert!(Following { subjects: Some("group:1".to_owned()), ..Following::default() }.subjects().is_err());
    }

    #[cfg(feature = "openapi")]
    #[test]
    fn the_document_names_every_kind() {
        let parameters = <Following as utoipa::IntoParams>::into_params(|| None);
        for name in ["subjects", "lists"] {
            let described = parameters.iter().find(|parameter| parameter.name == name).expect("described");
            let text = serde_json::to_string(described).expect("JSON");
            assert!(SubjectKind::ALL.iter().all(|kind| text.matches(kind.as_str()).count() >= 2), "{text}");
        }
    }

    #[test]
    fn a_hint_says_where_and_nothing_else() {
        let id = Uuid::nil();
        let line = serde_json::to_string(&Hint::Changed { subject: SubjectKind::Edition, id, version: 7 }).expect("JSON");
        assert_eq!(line, format!(r#"{{"hint":"changed","subject":"edition","id":"{id}","version":7}}"#));
    }
}
