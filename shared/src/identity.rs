//! Organisations, units, accounts, what they are trusted with, and signing in.

use crate::audit::AuditEvent;
use crate::policy::{Ability, Role, Scope};
use crate::training::GoalStep;
use crate::{AccountId, ContactDayId, EditionId, EnrolmentId, GrantId, Lang, OrganisationId, SessionId, UnitId, rules};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Header that a browser must send with what its cookie pays for; another site cannot.
pub const CSRF_HEADER: &str = "X-Polku-Client";

crate::code_enum! {
    /// What kind of organisation it is.
    OrganisationKind {
        Municipality = "municipality", County = "county", PrivateProvider = "private_provider",
        Association = "association", Foundation = "foundation", Other = "other",
    }
}

crate::code_enum! {
    /// The sector that a unit works in.
    Sector {
        Health = "health", Social = "social", Education = "education", Property = "property",
        Administration = "administration", Other = "other",
    }
}

crate::code_enum! {
    /// Whether an account can be used.
    AccountStatus { Invited = "invited", Active = "active", Deactivated = "deactivated" }
}

crate::code_enum! {
    /// What a single-use link does.
    LinkPurpose { Invitation = "invitation", PasswordReset = "password_reset", EmailChange = "email_change", FirstAdministrator = "first_administrator" }
}

crate::code_enum! {
    /// How the refresh token is kept: in a cookie by a browser, in the body by a phone or a program.
    SessionKind { Browser = "browser", Device = "device" }
}

/// An organisation inside the tenant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Organisation {
    pub id: OrganisationId,
    pub version: i64,
    pub name: String,
    pub kind: OrganisationKind,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What can be said of an organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewOrganisation {
    #[garde(custom(rules::line))]
    #[cfg_attr(feature = "openapi", schema(example = "Keski-Suomen kokeilukunta"))]
    pub name: String,
    #[garde(skip)]
    pub kind: OrganisationKind,
}

/// A merge patch of an organisation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<OrganisationKind>,
}

/// A working unit. Units of an organisation form a tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unit {
    pub id: UnitId,
    pub version: i64,
    pub organisation_id: OrganisationId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<UnitId>,
    pub name: String,
    pub sector: Sector,
    /// Name of the municipality where it works.
    pub municipality: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What can be said of a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewUnit {
    /// Fixed once made: a unit does not move between organisations.
    #[garde(skip)]
    pub organisation_id: OrganisationId,
    /// The unit above, of the same organisation.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<UnitId>,
    #[garde(custom(rules::line))]
    #[cfg_attr(feature = "openapi", schema(example = "Kyllön terveysasema"))]
    pub name: String,
    #[garde(skip)]
    pub sector: Sector,
    #[garde(custom(rules::line))]
    #[cfg_attr(feature = "openapi", schema(example = "Jyväskylä"))]
    pub municipality: String,
}

/// A merge patch of a unit. `parent_id: null` puts it at the top.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitChanges {
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<UnitId>))]
    pub parent_id: Option<Option<UnitId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
}

/// Which units to list, by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct UnitFilter {
    /// Only units of this organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation_id: Option<OrganisationId>,
    /// Where to go on: a `next_cursor` of this list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Items on a page, 1–200; 50 unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u32>,
}

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
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A person to invite. The invitation is mailed, and its link is answered once so that it can be copied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAccount {
    #[garde(custom(rules::line))]
    #[cfg_attr(feature = "openapi", schema(example = "Aino Esimerkki"))]
    pub name: String,
    #[garde(custom(rules::email))]
    #[cfg_attr(feature = "openapi", schema(example = "aino@example.fi"))]
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
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
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

/// Which accounts to list, by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct AccountFilter {
    /// Only names and addresses with this in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only accounts in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<AccountStatus>,
    /// Where to go on: a `next_cursor` of this list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Items on a page, 1–200; 50 unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u32>,
}

/// A single-use link, shown once to the one who had it made.
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
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Timestamp>,
    /// Open, unless told.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Timestamp>,
}

/// Which grants to list, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct GrantFilter {
    /// Only grants of this account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<AccountId>,
    /// Where to go on: a `next_cursor` of this list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Items on a page, 1–200; 50 unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u32>,
}

/// Who is signing in, and on what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credentials {
    #[garde(custom(rules::email))]
    #[cfg_attr(feature = "openapi", schema(example = "aino@example.fi"))]
    pub email: String,
    #[garde(custom(rules::chars(1, rules::PASSWORD_MAX)))]
    #[cfg_attr(feature = "openapi", schema(example = "viisi kuivaa heinäseivästä"))]
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
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
    pub current_password: String,
    /// 15–128 characters, any of them, not one of the well-known ones.
    #[garde(custom(rules::password))]
    pub new_password: String,
}

/// A wish to change one's own e-mail address; the new address gets a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmailChange {
    #[garde(custom(rules::chars(1, rules::PASSWORD_MAX)))]
    pub current_password: String,
    #[garde(custom(rules::email))]
    #[cfg_attr(feature = "openapi", schema(example = "aino.uusi@example.fi"))]
    pub new_email: String,
}

/// A wish for a link to reset a forgotten password. The answer is the same whether or not the address is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResetRequest {
    #[garde(custom(rules::email))]
    #[cfg_attr(feature = "openapi", schema(example = "aino@example.fi"))]
    pub email: String,
}

/// The secret of a single-use link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkToken {
    #[garde(custom(rules::chars(20, 200)))]
    #[cfg_attr(feature = "openapi", schema(example = "q0w1e2r3t4y5u6i7o8p9a0s1d2f3g4h5j6k7l8z9x0c"))]
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
    pub token: String,
    /// The new password; not for a change of e-mail.
    #[garde(inner(custom(rules::password)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// For the first administrator: the name.
    #[garde(custom(rules::optional_line))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For the first administrator: the address to sign in with.
    #[garde(custom(rules::optional_email))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// What a visitor may know of the installation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Meta {
    /// Name of the tenant that this host name leads to.
    pub tenant_name: String,
    /// Version of the program.
    #[cfg_attr(feature = "openapi", schema(example = "0.1.0"))]
    pub version: String,
    /// Whether the data is the invented demo world.
    pub demo: bool,
}
