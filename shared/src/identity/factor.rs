//! The second factor: codes from one's phone, recovery codes for when it is lost, and proving anew who one is.

use crate::rules;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Recovery codes that are made at a time.
pub const RECOVERY_CODES: usize = 10;
/// How long, in seconds, an authentication is fresh enough for what asks for one.
pub const FRESH_SECONDS: i64 = 300;

/// One's own second factor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactor {
    /// Since when it is on; absent while it is off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_since: Option<Timestamp>,
    /// Recovery codes that have not been used.
    pub recovery_code_count: i64,
    /// From this day the organisation requires one of this account; absent when it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_on: Option<Date>,
}

/// A secret to put into an authenticator app. It counts for nothing until a code of it has been confirmed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorSetUp {
    /// The secret in base 32, to type where the picture cannot be read.
    #[cfg_attr(feature = "openapi", schema(example = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"))]
    pub secret: String,
    /// The same as an address that authenticator apps open.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "otpauth://totp/Polku:aino%40example.fi?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Polku")
    )]
    pub address: String,
    /// The address as a QR code: data of an SVG path, one unit a module.
    #[cfg_attr(feature = "openapi", schema(example = "M4 4h7v1h-7z"))]
    pub qr_path: String,
    /// Width and height of the QR code in modules, its quiet edge included.
    #[cfg_attr(feature = "openapi", schema(example = 49))]
    pub qr_size: i64,
}

/// A code that the authenticator app shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorCode {
    /// Six digits; spaces do not matter.
    #[garde(custom(rules::code))]
    #[cfg_attr(feature = "openapi", schema(example = "123 456"))]
    pub code: String,
}

/// Recovery codes, shown this once. Each works once, in place of a code; earlier ones no longer work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    pub codes: Vec<String>,
}

/// The password was right and the account has a second factor: what to finish the sign-in with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInChallenge {
    /// Good for `POST /sessions/second-step` alone.
    #[cfg_attr(feature = "openapi", schema(example = "q0w1e2r3t4y5u6i7o8p9a0s1d2f3g4h5j6k7l8z9x0c"))]
    pub challenge_token: String,
    pub expires_at: Timestamp,
}

/// What a right password leads to: a session (201) or the second step (202).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SignInStep {
    SignedIn(super::SignedIn),
    Challenge(SignInChallenge),
}

/// The second step of a sign-in: a code, or a recovery code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondStep {
    #[garde(custom(rules::chars(20, 200)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 20, max_length = 200))]
    pub challenge_token: String,
    #[garde(inner(custom(rules::code)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "123 456"))]
    pub code: Option<String>,
    /// In place of a code.
    #[garde(inner(custom(rules::chars(1, 100))))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub recovery_code: Option<String>,
}

/// Proof that it is still the same person: a code or a recovery code where the account has a second factor, else the
/// password.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Confirmation {
    #[garde(inner(custom(rules::chars(1, rules::PASSWORD_MAX))))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 128))]
    pub password: Option<String>,
    #[garde(inner(custom(rules::code)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "123 456"))]
    pub code: Option<String>,
    #[garde(inner(custom(rules::chars(1, 100))))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub recovery_code: Option<String>,
}

/// How people sign in to the organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInPolicy {
    /// 0 until it is changed for the first time.
    pub version: i64,
    /// From this day everyone with a granted role needs a second factor; absent when nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_factor_required_on: Option<Date>,
    /// Active accounts with a role in force.
    pub staff_count: i64,
    /// Those of them that have no second factor.
    pub without_second_factor_count: i64,
}

/// A merge patch of how people sign in. `second_factor_required_on: null` requires it of nobody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInPolicyChanges {
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Date>))]
    pub second_factor_required_on: Option<Option<Date>>,
}

/// What of it can be changed; a merge patch is laid over this.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SignInPolicyFields {
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_factor_required_on: Option<Date>,
}
