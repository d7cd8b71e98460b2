//! Signing in, and single-use links.

use super::{LinkPurpose, SessionKind};
use crate::{SessionId, rules};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who is signing in, and on what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credentials {
    #[garde(custom(rules::email))]
    #[cfg_attr(feature = "openapi", schema(format = Email, max_length = 254, example = "aino@example.fi"))]
    pub email: String,
    #[garde(custom(rules::chars(1, rules::PASSWORD_MAX)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 128, example = "viisi kuivaa heinäseivästä"))]
    pub password: String,
    #[garde(skip)]
    pub kind: SessionKind,
}

/// A refresh token in the body; browsers send theirs as a cookie and leave this out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefreshRequest {
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
}

/// What a sign-in or a refresh gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// Bearer token for the API, valid ten minutes. Keep it in memory only.
    pub access_token: String,
    pub expires_at: Timestamp,
    /// For devices only: works once, then use its successor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// When the session ends however much it is used.
    pub session_expires_at: Timestamp,
}

/// One sign-in on one device, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    pub id: SessionId,
    pub kind: SessionKind,
    /// The browser or program in a few words.
    #[cfg_attr(feature = "openapi", schema(example = "Firefox, Linux"))]
    pub device: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
    /// Whether this very request came by it.
    pub current: bool,
}

/// A wish for a link to reset a forgotten password. The answer is the same whether or not the address is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResetRequest {
    #[garde(custom(rules::email))]
    #[cfg_attr(feature = "openapi", schema(format = Email, max_length = 254, example = "aino@example.fi"))]
    pub email: String,
}

/// The secret of a single-use link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkToken {
    #[garde(custom(rules::chars(20, 200)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 20, max_length = 200, example = "q0w1e2r3t4y5u6i7o8p9a0s1d2f3g4h5j6k7l8z9x0c"))]
    pub token: String,
}

/// What a link is for, before it is used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkInfo {
    pub purpose: LinkPurpose,
    /// The address that it was made for; empty for the first administrator.
    pub email: String,
    pub expires_at: Timestamp,
}

/// The use of a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkRedemption {
    #[garde(custom(rules::chars(20, 200)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 20, max_length = 200))]
    pub token: String,
    /// The new password, 15–128 characters (12 beside a second factor); not for a change of e-mail.
    #[garde(inner(custom(rules::password)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 12, max_length = 128))]
    pub password: Option<String>,
    /// For the first administrator: the name.
    #[garde(custom(rules::optional_line))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub name: Option<String>,
    /// For the first administrator: the address to sign in with.
    #[garde(custom(rules::optional_email))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(format = Email, max_length = 254))]
    pub email: Option<String>,
}
