//! Every address of the page. Links are made here and nowhere else.

use jiff::civil::Date;
use shared::audit::AuditAction;
use shared::policy::Permission;
use shared::{AccountId, ApiClientId, EditionId, GroupId, ProgrammeId, ProjectId};

pub const START: &str = "/";
pub const SIGN_IN: &str = "/sign-in";
pub const FORGOT: &str = "/forgot";
pub const PROGRAMMES: &str = "/programmes";
pub const ACCOUNT: &str = "/account";
pub const PRIVACY: &str = "/privacy";
pub const ACCESSIBILITY: &str = "/accessibility";
pub const ORGANISATIONS: &str = "/admin/organisations";
pub const UNITS: &str = "/admin/units";
pub const ACCOUNTS: &str = "/admin/accounts";
pub const ROLES: &str = "/admin/roles";
pub const CLIENTS: &str = "/admin/clients";
pub const SIGN_IN_POLICY: &str = "/admin/sign-in";
pub const AUDIT: &str = "/admin/audit";
pub const ACCESSIBILITY_FEEDBACK: &str = "/admin/accessibility";
pub const UNIT_PEOPLE: &str = "/unit-people";
pub const PROJECTS: &str = "/projects";
pub const PROJECT_LIST: &str = "/projects/list";
pub const NEW_PROJECT: &str = "/projects/new";

/// The pages of the administration, with what one must be allowed for each, in the order of the navigation.
pub const ADMINISTRATION: &[(Permission, &str)] = &[
    (Permission::ManageDirectory, ORGANISATIONS),
    (Permission::ManageDirectory, UNITS),
    (Permission::ViewAccounts, ACCOUNTS),
    (Permission::FindAccounts, ROLES),
    (Permission::ManageClients, CLIENTS),
    (Permission::ManageSignIn, SIGN_IN_POLICY),
    (Permission::ViewAudit, AUDIT),
    (Permission::ManageAccessibilityFeedback, ACCESSIBILITY_FEEDBACK),
];

pub fn programme(id: ProgrammeId) -> String {
    format!("/programmes/{id}")
}

pub fn results(id: ProgrammeId) -> String {
    format!("/programmes/{id}/results")
}

pub fn edition(id: EditionId) -> String {
    format!("/editions/{id}")
}

/// One view of an edition's page: `people` or `groups`.
pub fn edition_view(id: EditionId, view: &str) -> String {
    format!("/editions/{id}?view={view}")
}

pub fn self_assessment(id: EditionId) -> String {
    format!("/editions/{id}/self-assessment")
}

pub fn project(id: ProjectId) -> String {
    format!("/projects/{id}")
}

/// A new idea of a group.
pub fn new_project_of(group: GroupId) -> String {
    format!("{NEW_PROJECT}?group={group}")
}

/// A new idea that goes on from a project.
pub fn project_after(id: ProjectId) -> String {
    format!("{NEW_PROJECT}?continues={id}")
}

pub fn account_admin(id: AccountId) -> String {
    format!("/admin/accounts/{id}")
}

pub fn client_admin(id: ApiClientId) -> String {
    format!("/admin/clients/{id}")
}

pub fn audit_of(id: uuid::Uuid) -> String {
    format!("/admin/audit?object={id}")
}

/// What a program did.
pub fn audit_by_client(id: ApiClientId) -> String {
    format!("/admin/audit?client={id}")
}

/// The trail of one kind of event since a day.
pub fn audit_of_action(action: AuditAction, from: Date) -> String {
    format!("/admin/audit?action={action}&from={from}")
}

/// Those who have been invited and have not come yet.
pub const INVITED: &str = "/admin/accounts?status=invited";
