//! Programs that call the API in their own name (OAuth 2.0 client credentials, RFC 6749, section 4.4): what an
//! administrator says of them, their secrets, and how they get an access token.

use crate::policy::ApiScope;
use crate::{AccountId, ApiClientId, ApiClientSecretId, OrganisationId, rules};
use garde::Error;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a program gets its access token.
pub const TOKEN_PATH: &str = "/oauth/token";
/// Most secrets of one client that work at the same time: the old and the new one while they are exchanged.
pub const MOST_SECRETS: usize = 2;
/// Most clients of a tenant that are in use.
pub const MOST_CLIENTS: i64 = 20;
/// Days for which a secret works unless told.
pub const SECRET_DAYS: i64 = 365;
/// Most days for which a secret works.
pub const MOST_SECRET_DAYS: i64 = 730;

crate::code_enum! {
    /// Whether a client can be used.
    ApiClientStatus {
        Active = "active",
        /// Its last day has passed; a later one brings it back.
        Expired = "expired",
        /// Taken out of use for good.
        Deactivated = "deactivated",
    }
}

/// A program that calls the API for one organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiClient {
    /// Also its `client_id`.
    pub id: ApiClientId,
    pub version: i64,
    /// For whom it acts.
    pub organisation_id: OrganisationId,
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Whom to ask about it.
    pub contact_email: String,
    /// What it may do.
    pub scopes: Vec<ApiScope>,
    pub status: ApiClientStatus,
    /// The end, exclusive; absent while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Timestamp>,
    /// Those that have not been revoked, newest first.
    pub secrets: Vec<ApiClientSecret>,
    /// When it last got an access token; it may have called up to ten minutes longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
    /// Absent for those that the system itself made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<AccountId>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A secret as it is remembered: without itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiClientSecret {
    pub id: ApiClientSecretId,
    pub created_at: Timestamp,
    /// From then on it does not work.
    pub expires_at: Timestamp,
    /// When an access token was last got with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
}

impl ApiClientSecret {
    /// Whether it works at an instant.
    pub fn is_alive(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }
}

/// A client to make. It gets its first secret with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewApiClient {
    /// Fixed once made: a client acts for one organisation.
    #[garde(skip)]
    pub organisation_id: OrganisationId,
    #[garde(custom(rules::line))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, example = "Raportointi"))]
    pub name: String,
    #[garde(custom(rules::line_or_more))]
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 4000, example = "Hakee toteutukset ja tulokset tietovarastoon joka yö.")
    )]
    pub purpose: String,
    #[garde(custom(rules::email))]
    #[cfg_attr(feature = "openapi", schema(format = Email, max_length = 254, example = "rajapinnat@example.fi"))]
    pub contact_email: String,
    /// What it may do, never more than the one who makes it.
    #[garde(custom(some_scopes))]
    pub scopes: Vec<ApiScope>,
    /// The end, exclusive.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Timestamp>,
}

/// A merge patch of a client. `valid_to: null` leaves its end open.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiClientChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub purpose: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub contact_email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub scopes: Option<Vec<ApiScope>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Timestamp>))]
    pub valid_to: Option<Option<Timestamp>>,
}

/// What of a client can be changed; a merge patch is laid over this and then checked whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct ApiClientFields {
    #[garde(custom(rules::line))]
    pub name: String,
    #[garde(custom(rules::line_or_more))]
    pub purpose: String,
    #[garde(custom(rules::email))]
    pub contact_email: String,
    #[garde(custom(some_scopes))]
    pub scopes: Vec<ApiScope>,
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Timestamp>,
}

/// At least one, each once.
#[allow(clippy::ptr_arg)]
fn some_scopes<C>(scopes: &Vec<ApiScope>, _: &C) -> garde::Result {
    if scopes.is_empty() {
        return Err(Error::new("no_scope"));
    }
    let each: std::collections::BTreeSet<_> = scopes.iter().collect();
    if each.len() == scopes.len() { Ok(()) } else { Err(Error::new("repeated")) }
}

/// A new client with its first secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatedApiClient {
    pub client: ApiClient,
    /// Shown once: absent when a repeated request is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "polku_q0w1e2r3t4y5u6i7o8p9a0s1d2f3g4h5j6k7l8z9x0c"))]
    pub client_secret: Option<String>,
}

/// A further secret to make, so that the old one can be exchanged without a break.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewApiClientSecret {
    /// Days for which it works, 1–730; 365 unless told.
    #[garde(inner(custom(rules::between(1, MOST_SECRET_DAYS))))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 730))]
    pub valid_days: Option<i64>,
}

/// A new secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatedApiClientSecret {
    pub secret: ApiClientSecret,
    /// Shown once: absent when a repeated request is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "polku_q0w1e2r3t4y5u6i7o8p9a0s1d2f3g4h5j6k7l8z9x0c"))]
    pub client_secret: Option<String>,
}

/// A program asks for an access token. Members that are not known are ignored, as RFC 6749, section 3.2 wants it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenRequest {
    /// Always `client_credentials`.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(example = "client_credentials"))]
    pub grant_type: String,
    /// Fewer scopes than the client has, separated by spaces; all of them unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "training:read"))]
    pub scope: Option<String>,
    /// The client's id, where it is not sent as `Authorization: Basic`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The client's secret, where it is not sent as `Authorization: Basic`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
}

/// An access token (RFC 6749, section 5.1). There is no refresh token: ask again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessToken {
    pub access_token: String,
    /// Always `Bearer`.
    #[cfg_attr(feature = "openapi", schema(example = "Bearer"))]
    pub token_type: String,
    /// Seconds for which it is good.
    #[cfg_attr(feature = "openapi", schema(example = 600))]
    pub expires_in: i64,
    /// What it is good for, separated by spaces.
    #[cfg_attr(feature = "openapi", schema(example = "training:read"))]
    pub scope: String,
}

crate::code_enum! {
    /// Why no access token was given (RFC 6749, section 5.2).
    TokenErrorCode {
        InvalidRequest = "invalid_request",
        InvalidClient = "invalid_client",
        UnsupportedGrantType = "unsupported_grant_type",
        InvalidScope = "invalid_scope",
        /// Too many tries, or busy; `Retry-After` says when to come back.
        TemporarilyUnavailable = "temporarily_unavailable",
        ServerError = "server_error",
    }
}

/// The refusal of an access token, in the words of RFC 6749.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenError {
    pub error: TokenErrorCode,
    /// What to do about it, in English.
    #[cfg_attr(feature = "openapi", schema(example = "The client is not known, or its secret is wrong, expired or revoked."))]
    pub error_description: String,
}

/// What programs may know of the token endpoint (RFC 8414).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuthorizationServer {
    #[cfg_attr(feature = "openapi", schema(example = "https://polku.example.fi"))]
    pub issuer: String,
    #[cfg_attr(feature = "openapi", schema(example = "https://polku.example.fi/oauth/token"))]
    pub token_endpoint: String,
    #[cfg_attr(feature = "openapi", schema(example = "https://polku.example.fi/.well-known/jwks.json"))]
    pub jwks_uri: String,
    pub scopes_supported: Vec<ApiScope>,
    /// Empty: there is no authorization endpoint.
    pub response_types_supported: Vec<String>,
    /// `client_credentials`.
    pub grant_types_supported: Vec<String>,
    /// `client_secret_basic` and `client_secret_post`.
    pub token_endpoint_auth_methods_supported: Vec<String>,
    #[cfg_attr(feature = "openapi", schema(example = "https://polku.example.fi/docs/"))]
    pub service_documentation: String,
}

/// What to type for the first call of a program: it gets a token, and calls with it what its scopes let it read.
pub fn first_call(origin: &str, id: ApiClientId, secret: &str, scopes: &[ApiScope]) -> String {
    let mut lines = format!(
        "CLIENT_ID={id}\nCLIENT_SECRET={secret}\nTOKEN=$(curl -s {origin}{TOKEN_PATH} -u \"$CLIENT_ID:$CLIENT_SECRET\" \\\n  \
         -d grant_type=client_credentials | jq -r .access_token)\n"
    );
    let readable =
        [(ApiScope::TrainingRead, "/editions"), (ApiScope::DirectoryRead, "/organisations"), (ApiScope::AuditRead, "/audit-events")];
    match readable.iter().find(|(scope, _)| scopes.contains(scope)) {
        Some((_, path)) => lines.push_str(&format!("curl -s {origin}/api/v1{path} -H \"Authorization: Bearer $TOKEN\"\n")),
        None => lines.push_str("echo $TOKEN\n"),
    }
    lines
}

/// The keys that access tokens are signed with (RFC 7517).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeySet {
    pub keys: Vec<PublicKey>,
}

/// A public Ed25519 key (RFC 8037).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicKey {
    #[cfg_attr(feature = "openapi", schema(example = "OKP"))]
    pub kty: String,
    #[cfg_attr(feature = "openapi", schema(example = "Ed25519"))]
    pub crv: String,
    #[cfg_attr(feature = "openapi", schema(example = "EdDSA"))]
    pub alg: String,
    #[serde(rename = "use")]
    #[cfg_attr(feature = "openapi", schema(example = "sig"))]
    pub usage: String,
    /// Names the key in a token's header.
    pub kid: String,
    /// The key itself, 32 bytes in base64url.
    pub x: String,
}
