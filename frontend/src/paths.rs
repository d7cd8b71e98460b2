//! Every address of the page. Links are made here and nowhere else.

use shared::{AccountId, EditionId, ProgrammeId};

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
pub const AUDIT: &str = "/admin/audit";
pub const ACCESSIBILITY_FEEDBACK: &str = "/admin/accessibility";
pub const UNIT_PEOPLE: &str = "/unit-people";

pub fn programme(id: ProgrammeId) -> String {
    format!("/programmes/{id}")
}

pub fn results(id: ProgrammeId) -> String {
    format!("/programmes/{id}/results")
}

pub fn edition(id: EditionId) -> String {
    format!("/editions/{id}")
}

pub fn self_assessment(id: EditionId) -> String {
    format!("/editions/{id}/self-assessment")
}

pub fn account_admin(id: AccountId) -> String {
    format!("/admin/accounts/{id}")
}

pub fn audit_of(id: uuid::Uuid) -> String {
    format!("/admin/audit?object={id}")
}
