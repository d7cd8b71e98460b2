//! Accounts and what they are trusted with.

use super::{AccountStatus, LinkPurpose};
use crate::policy::{Role, Scope};
use crate::{AccountId, GrantId, Lang, UnitId, rules};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A person who can sign in, or has been invited to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    pub id: AccountId,
    pub version: i64,
    pub name: String,
    pub email: String,
    /// The language in which the person is written to.
    pub lang: Lang,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
    pub status: AccountStatus,
    /// Since when the account has a second factor; absent when it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_factor_since: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A person to invite. The invitation is mailed, and its link is answered once so that it can be copied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAccount {
    #[garde(custom(rules::line))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, example = "Aino Esimerkki"))]
    pub name: String,
    #[garde(custom(rules::email))]
    #[cfg_attr(feature = "openapi", schema(format = Email, max_length = 254, example = "aino@example.fi"))]
    pub email: String,
    #[garde(skip)]
    pub lang: Lang,
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
}

/// A merge patch of an account. The e-mail address is changed by its owner, through a link.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, nullable = false))]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub lang: Option<Lang>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<UnitId>))]
    pub unit_id: Option<Option<UnitId>>,
}

/// What of an account can be changed; a merge patch is laid over this and then checked whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct AccountFields {
    #[garde(custom(rules::line))]
    pub name: String,
    #[garde(skip)]
    pub lang: Lang,
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
}

crate::filter! {
    /// Which accounts to list, by name.
    #[derive(Default)]
    AccountFilter {
        /// Only names and addresses with this in them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(pattern = r"^[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*$"))]
        pub q: Option<String>,
        /// Only accounts in this state.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub status: Option<AccountStatus>,
    }
}

/// Whom to find.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct AccountSearch {
    /// A part of the name, at least three characters, or the whole address.
    #[cfg_attr(
        feature = "openapi",
        param(
            min_length = 3,
            max_length = 254,
            pattern = r"^[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*$",
            example = "esim"
        )
    )]
    pub q: String,
}

/// Fewest characters of a search for an account.
pub const SEARCH_MIN: usize = 3;
/// Most accounts that a search gives; who finds too many says more of the name.
pub const MATCHES_MAX: usize = 10;

/// An account as it is found by those who may give roles: enough to tell two people of one name apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountMatch {
    pub id: AccountId,
    pub name: String,
    pub email: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
}

/// A single-use link, shown once to the one who had it made. It works only while they hold all that its account is
/// trusted with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OneTimeLink {
    pub purpose: LinkPurpose,
    /// The path to open on this server. Its secret stands after `#`, so that it reaches no server log.
    #[cfg_attr(feature = "openapi", schema(example = "/link/invitation#q0w1e2r3t4y5u6i7o8p9a0s1d2f3g4h5j6k7l8z9x0c"))]
    pub url: String,
    pub expires_at: Timestamp,
}

/// A new account together with the link of its invitation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitedAccount {
    pub account: Account,
    /// Shown once: absent when a repeated request is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<OneTimeLink>,
}

/// One role given to one account over one scope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Grant {
    pub id: GrantId,
    pub version: i64,
    pub account_id: AccountId,
    pub role: Role,
    pub scope: Scope,
    pub valid_from: Timestamp,
    /// The end, exclusive; absent while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Timestamp>,
    /// Who gave it; absent for what the first start gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_by: Option<AccountId>,
    pub created_at: Timestamp,
}

/// A role to give.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewGrant {
    #[garde(skip)]
    pub account_id: AccountId,
    /// Any role but `participant`.
    #[garde(skip)]
    pub role: Role,
    #[garde(skip)]
    pub scope: Scope,
    /// Now, unless told.
    #[garde(custom(rules::optional_instant))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Timestamp>,
    /// Open, unless told.
    #[garde(custom(rules::optional_instant))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Timestamp>,
}

crate::filter! {
    /// Which grants to list, oldest first.
    #[derive(Default)]
    GrantFilter {
        /// Only grants of this account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub account_id: Option<AccountId>,
    }
}
