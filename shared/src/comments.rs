//! What people say beside an object. In a text, somebody is mentioned as `@[Name](account-id)`: it is the id that counts,
//! the name is always the present one.

use crate::subjects::SubjectKind;
use crate::{AccountId, CommentId, Lang, rules};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;
use uuid::Uuid;

/// Most people whom one comment mentions.
pub const MENTIONS_MAX: usize = 20;
/// Fewest letters of a name by which somebody is found to be mentioned.
pub const NAME_MIN: usize = 2;
/// Most people who are offered; who finds too many says more of the name.
pub const NAMES_MAX: usize = 8;

/// What somebody said beside an object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comment {
    pub id: CommentId,
    pub version: i64,
    /// The kind of object beside which it stands.
    pub subject: SubjectKind,
    /// Which one.
    pub subject_id: Uuid,
    pub author_id: AccountId,
    /// The author's present name.
    #[cfg_attr(feature = "openapi", schema(example = "Aino Salmela"))]
    pub author_name: String,
    /// A subset of Markdown without HTML; absent once deleted. Mentions are written as `@[Name](account-id)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Sopii. Otan tilauslistan mukaan."))]
    pub text: Option<String>,
    /// The language it was written in.
    pub lang: Lang,
    pub created_at: Timestamp,
    /// When its text was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    /// Whether the caller may change its text.
    pub may_edit: bool,
    /// Whether the caller may delete it.
    pub may_delete: bool,
}

/// Something to say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewComment {
    /// The kind of object beside which it is to stand.
    #[garde(skip)]
    pub subject: SubjectKind,
    /// Which one.
    #[garde(skip)]
    pub subject_id: Uuid,
    /// A subset of Markdown; HTML in it is plain text. Mention somebody as `@[Name](account-id)`, at most twenty.
    #[garde(custom(rules::line_or_more), custom(few_mentions))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 4000, example = "Sopii. Otan tilauslistan mukaan."))]
    pub text: String,
    #[garde(skip)]
    pub lang: Lang,
}

/// A merge patch of a comment, by its author.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommentChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 4000, nullable = false))]
    pub text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub lang: Option<Lang>,
}

/// What of a comment can be changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct CommentFields {
    #[garde(custom(rules::line_or_more), custom(few_mentions))]
    pub text: String,
    #[garde(skip)]
    pub lang: Lang,
}

// The framework hands over `&String`.
#[allow(clippy::ptr_arg)]
fn few_mentions<C>(text: &String, _: &C) -> garde::Result {
    if mentioned(text).len() <= MENTIONS_MAX { Ok(()) } else { Err(garde::Error::new("too_many_mentions")) }
}

/// What a comment said before it was changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommentVersion {
    pub version: i64,
    pub text: String,
    pub lang: Lang,
    /// When it was written.
    pub written_at: Timestamp,
}

crate::filter! {
    /// Which comments to list, oldest first.
    CommentFilter {
        /// The kind of object.
        pub subject: SubjectKind,
        /// Which one.
        pub subject_id: Uuid,
    }
}

/// Whom to find, to mention them beside an object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct MentionSearch {
    /// The kind of object.
    pub subject: SubjectKind,
    /// Which one.
    pub subject_id: Uuid,
    /// How a part of the name begins, at least two letters.
    #[cfg_attr(
        feature = "openapi",
        param(
            min_length = 2,
            max_length = 200,
            pattern = r"^[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*$",
            example = "ai"
        )
    )]
    pub q: String,
}

/// Somebody who can be mentioned: enough to tell two people of one name apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonMatch {
    pub id: AccountId,
    #[cfg_attr(feature = "openapi", schema(example = "Aino Salmela"))]
    pub name: String,
    /// Name of the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_name: Option<String>,
}

/// Where in a text somebody is mentioned, under which name, and who.
fn mentions(text: &str) -> Vec<(Range<usize>, &str, AccountId)> {
    let mut found: Vec<(Range<usize>, &str, AccountId)> = Vec::new();
    for (at, mark) in text.match_indices("@[") {
        let name_at = at + mark.len();
        let of_name = &text[name_at..];
        let Some(length) = of_name.find("](").filter(|length| !of_name[..*length].contains("@[")) else { continue };
        let id_at = name_at + length + 2;
        let Some(id) = text.get(id_at..id_at + 36).and_then(|id| id.parse().ok()) else { continue };
        if text[id_at + 36..].starts_with(')') {
            found.push((at..id_at + 37, &of_name[..length], id));
        }
    }
    found
}

fn replaced(text: &str, with: impl Fn(&str, AccountId) -> String) -> String {
    let (mut out, mut last) = (String::with_capacity(text.len()), 0);
    for (range, name, id) in mentions(text) {
        out.push_str(&text[last..range.start]);
        out.push_str(&with(name, id));
        last = range.end;
    }
    out.push_str(&text[last..]);
    out
}

/// Whom a text mentions.
pub fn mentioned(text: &str) -> BTreeSet<AccountId> {
    mentions(text).into_iter().map(|(_, _, id)| id).collect()
}

/// The text as it is kept: without names, which may change.
pub fn unnamed(text: &str) -> String {
    replaced(text, |_, id| format!("@[]({id})"))
}

/// The text with everybody's present name.
pub fn named(text: &str, name_of: impl Fn(AccountId) -> Option<String>) -> String {
    replaced(text, |_, id| {
        let name = name_of(id).unwrap_or_default();
        format!("@[{}]({id})", name.replace(['[', ']'], ""))
    })
}

/// The text as people write it, `@Name`, beside those whom it names.
pub fn spelled(text: &str) -> (String, Vec<(String, AccountId)>) {
    let people = mentions(text).into_iter().map(|(_, name, id)| (name.to_owned(), id)).collect();
    (replaced(text, |name, _| format!("@{name}")), people)
}

/// What people wrote, with those whom they chose by name. The longer name first: `@Aino Salmela` is not `@Aino`.
pub fn tokened(text: &str, chosen: &[(String, AccountId)]) -> String {
    let mut chosen: Vec<_> = chosen.iter().filter(|(name, _)| !name.is_empty()).collect();
    chosen.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('@') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match chosen.iter().find(|(name, _)| rest.starts_with(name.as_str())) {
            Some((name, id)) => {
                out.push_str(&format!("@[{name}]({id})"));
                rest = &rest[name.len()..];
            }
            None => out.push('@'),
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_keeps_its_id_and_takes_the_present_name() {
        let (aino, eero) = (AccountId::new(), AccountId::new());
        let written = format!("Hei @[Aino]({aino}) ja @[Eero K]({eero}), @[x](y) a@[b ](c");
        assert_eq!(mentioned(&written), BTreeSet::from([aino, eero]));
        let kept = unnamed(&written);
        assert_eq!(kept, format!("Hei @[]({aino}) ja @[]({eero}), @[x](y) a@[b ](c"));
        let shown = named(&kept, |id| (id == aino).then(|| "Aino [uusi] Nimi".to_owned()));
        assert_eq!(shown, format!("Hei @[Aino uusi Nimi]({aino}) ja @[]({eero}), @[x](y) a@[b ](c"));
    }

    #[test]
    fn what_is_spelled_and_written_again_is_the_same() {
        let (aino, other) = (AccountId::new(), AccountId::new());
        let text = format!("@[Aino Salmela]({aino}): kysy @[Aino]({other})lta, aino@example.fi");
        let (spelled, people) = spelled(&text);
        assert_eq!(spelled, "@Aino Salmela: kysy @Ainolta, aino@example.fi");
        assert_eq!(tokened(&spelled, &people), text);
        assert_eq!(tokened("@Ei kukaan", &people), "@Ei kukaan");
    }

    #[test]
    fn a_token_inside_another_or_cut_off_is_text() {
        let id = AccountId::new();
        assert_eq!(mentioned(&format!("@[@[Aino]({id})")).len(), 1);
        assert!(mentioned(&format!("@[Aino]({id}")).is_empty());
        assert!(mentioned("@[ä](äääääääääääääääääääääääääääääääääääää)").is_empty());
    }
}
