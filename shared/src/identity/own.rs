//! One's own account, with everything held about oneself.

use super::{Account, Grant, Session};
use crate::audit::AuditEvent;
use crate::comments::Comment;
use crate::policy::Ability;
use crate::training::GoalStep;
use crate::{ContactDayId, EditionId, EnrolmentId, Lang, ProjectId, rules};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// The signed-in account, with what it may do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    pub account: Account,
    /// Name of the tenant.
    pub tenant_name: String,
    /// Roles in force now.
    pub grants: Vec<Grant>,
    /// Places in editions.
    pub enrolments: Vec<OwnEnrolment>,
    /// Everything that the account may do; also decides what the page shows.
    pub abilities: Vec<Ability>,
    /// From this day the account needs a second factor, which it has not yet; absent when it need not or has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_factor_due_on: Option<Date>,
}

/// One's own place in an edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnEnrolment {
    pub id: EnrolmentId,
    pub edition_id: EditionId,
}

/// Everything that is held on oneself (GDPR, articles 15 and 20). The names of others are not in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnData {
    /// When it was put together.
    pub exported_at: Timestamp,
    /// Name of the tenant, which is the controller.
    pub tenant_name: String,
    pub account: Account,
    /// Every role, ended ones too.
    pub grants: Vec<Grant>,
    /// Places in editions.
    pub enrolments: Vec<OwnEnrolment>,
    /// Answers that have not been published yet; published ones are no longer tied to anyone.
    pub self_assessments: Vec<OwnAnswers>,
    /// Contact days that one leads.
    pub led_contact_day_ids: Vec<ContactDayId>,
    /// Projects in which one is written down, that one sponsors, or whose stages one has moved or extended.
    pub project_ids: Vec<ProjectId>,
    /// Recovery codes of the second factor that have not been used.
    pub recovery_code_count: i64,
    /// What one has said beside objects.
    pub comments: Vec<Comment>,
    /// Sign-ins that still work.
    pub sessions: Vec<Session>,
    /// What one has done, and what was done to one's account, roles and places.
    pub audit_events: Vec<AuditEvent>,
}

/// One's own unpublished answers in an edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnAnswers {
    pub edition_id: EditionId,
    pub steps: Vec<GoalStep>,
    pub greeting: String,
    pub lang: Lang,
    pub saved_at: Timestamp,
}

/// A merge patch of one's own account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnAccountChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, nullable = false))]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub lang: Option<Lang>,
}

/// What one may change of one's own account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct OwnAccountFields {
    #[garde(custom(rules::line))]
    pub name: String,
    #[garde(skip)]
    pub lang: Lang,
}

/// A change of one's own password. It ends every other session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordChange {
    #[garde(custom(rules::chars(1, rules::PASSWORD_MAX)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 128))]
    pub current_password: String,
    /// 15–128 characters, any of them, not one of the well-known ones; 12 are enough beside a second factor.
    #[garde(custom(rules::password))]
    #[cfg_attr(feature = "openapi", schema(min_length = 12, max_length = 128))]
    pub new_password: String,
}

/// A wish to change one's own e-mail address; the new address gets a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmailChange {
    #[garde(custom(rules::email))]
    #[cfg_attr(feature = "openapi", schema(format = Email, max_length = 254, example = "aino.uusi@example.fi"))]
    pub new_email: String,
}
