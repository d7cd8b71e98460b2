//! The audit trail: who did what to what, when. It names the fields that changed, never what they hold.

use crate::{AccountId, ApiClientId, AuditEventId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

crate::code_enum! {
    /// What was done.
    AuditAction {
        Created = "created", Changed = "changed", Deleted = "deleted",
        SignedIn = "signed_in", SignInRefused = "sign_in_refused", SignedOut = "signed_out",
        PasswordRefused = "password_refused",
        TokenReused = "token_reused", SessionsRevoked = "sessions_revoked",
        PasswordChanged = "password_changed", PasswordReset = "password_reset", EmailChanged = "email_changed",
        SecondFactorOn = "second_factor_on", SecondFactorOff = "second_factor_off", SecondFactorReset = "second_factor_reset",
        RecoveryCodesMade = "recovery_codes_made", RecoveryCodeUsed = "recovery_code_used",
        Confirmed = "confirmed", CodeRefused = "code_refused",
        LinkMade = "link_made", LinkRedeemed = "link_redeemed",
        Deactivated = "deactivated", Reactivated = "reactivated",
        Granted = "granted", Revoked = "revoked",
        Enrolled = "enrolled", AnswerGiven = "answer_given",
        AssessmentOpened = "assessment_opened", AssessmentClosed = "assessment_closed",
        Copied = "copied", Exported = "exported", Answered = "answered",
    }
}

/// One line of the trail. Lines are only ever added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEvent {
    pub id: AuditEventId,
    /// When, UTC.
    pub at: Timestamp,
    /// Whose doing; absent for programs, the system itself and visitors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<AccountId>,
    /// Which program's doing, where it was no person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ApiClientId>,
    /// The person's or the program's name now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Henna Rautio"))]
    pub actor_name: Option<String>,
    /// What was done.
    pub action: AuditAction,
    /// The kind of thing it was done to, as in the API's paths, singular.
    #[cfg_attr(feature = "openapi", schema(example = "edition"))]
    pub object_kind: String,
    /// Which one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object_id: Option<Uuid>,
    /// Names of the fields that changed.
    pub fields: Vec<String>,
    /// The request in which it happened; also in the log.
    #[cfg_attr(feature = "openapi", schema(example = "01941f29-7c00-7000-8000-000000000001"))]
    pub request_id: String,
}

crate::filter! {
    /// Which lines to read, newest first.
    #[derive(Default)]
    AuditFilter {
        /// Only what this account did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub actor_id: Option<AccountId>,
        /// Only what this program did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub client_id: Option<ApiClientId>,
        /// Only this action.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub action: Option<AuditAction>,
        /// Only things of this kind.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(pattern = r"^[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*$"))]
        pub object_kind: Option<String>,
        /// Only this thing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub object_id: Option<Uuid>,
        /// At this instant or later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub from: Option<Timestamp>,
        /// Before this instant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub before: Option<Timestamp>,
    }
}
