//! Who takes part, and in which group.

use crate::{AccountId, EditionId, EnrolmentId, GroupId, Lang, UnitId, rules};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One person's place in one edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolment {
    pub id: EnrolmentId,
    pub version: i64,
    pub edition_id: EditionId,
    pub account_id: AccountId,
    pub name: String,
    /// Only for those who run the edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
    /// Name of the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<GroupId>,
    pub created_at: Timestamp,
}

/// A person to enrol: an account of the tenant, or a name and an address, which get an invitation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewEnrolment {
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<AccountId>,
    #[garde(custom(rules::optional_line), custom(|name: &Option<String>, _: &()| either(self.account_id.is_some(), name.is_some())))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, example = "Aino Esimerkki"))]
    pub name: Option<String>,
    #[garde(custom(rules::optional_email), custom(|email: &Option<String>, _: &()| either(self.account_id.is_some(), email.is_some())))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(format = Email, max_length = 254, example = "aino@example.fi"))]
    pub email: Option<String>,
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<GroupId>,
}

fn either(account: bool, own: bool) -> garde::Result {
    match (account, own) {
        (true, true) => Err(garde::Error::new("account_or_address")),
        (false, false) => Err(garde::Error::new("required")),
        _ => Ok(()),
    }
}

/// What a new enrolment gives; the link is there when the person was invited by it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolled {
    pub enrolment: Enrolment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<crate::identity::OneTimeLink>,
}

/// A merge patch of an enrolment. `group_id: null` takes the person out of the group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentChanges {
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<GroupId>))]
    pub group_id: Option<Option<GroupId>>,
}

/// What of an enrolment can be changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct EnrolmentFields {
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<GroupId>,
}

crate::filter! {
    /// Which places to list, by name.
    UnitEnrolmentFilter {
        /// The unit, with the units under it.
        #[cfg_attr(feature = "openapi", param(required = true))]
        pub unit_id: UnitId,
    }
}

/// Three to eight people who share a project and choose their own name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Group {
    pub id: GroupId,
    pub version: i64,
    pub edition_id: EditionId,
    #[cfg_attr(feature = "openapi", schema(example = "Ketterät kehittäjät"))]
    pub name: String,
    /// The language of the name.
    pub lang: Lang,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What can be said of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewGroup {
    #[garde(custom(rules::line))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, example = "Ketterät kehittäjät"))]
    pub name: String,
    #[garde(skip)]
    pub lang: Lang,
}

/// A merge patch of a group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, nullable = false))]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub lang: Option<Lang>,
}
