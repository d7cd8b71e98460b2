//! Who may do what: the one table from role to permission, and the actor that carries its answers.
//!
//! The matrix in `docs/permissions.md` is printed from here (`polku policy`). Participant is never granted: it follows
//! from an enrolment. Nobody grants a role that holds more than they do themselves.

use crate::error::{Error, Result};
use jiff::Timestamp;
use shared::policy::{Ability, Permission, Role, Scope, Target, scopes};
use shared::{AccountId, EditionId, EnrolmentId, Lang, SessionId, TenantId};
use std::sync::Arc;

/// What each role may do inside the scope of its grant.
pub const fn permissions(role: Role) -> &'static [Permission] {
    use Permission::*;
    match role {
        Role::Administrator => &[
            ViewDirectory,
            ManageDirectory,
            ViewAccounts,
            FindAccounts,
            ManageAccounts,
            ManageGrants,
            ViewAudit,
            ManageAccessibilityFeedback,
            ViewTraining,
            ManageProgrammes,
            ManageEditions,
            RunEdition,
            CloseAssessment,
            ViewRoster,
            ViewUnitEnrolments,
        ],
        Role::Coordinator => &[FindAccounts, ManageGrants, ManageProgrammes, ManageEditions, RunEdition, CloseAssessment, ViewRoster],
        Role::Facilitator => &[RunEdition, CloseAssessment, ViewRoster],
        Role::UnitManager => &[ViewUnitEnrolments],
        Role::Auditor => &[ViewAudit],
        Role::Participant => &[ViewRoster, AnswerAssessment, NameOwnGroup],
    }
}

/// What every signed-in account may do in its tenant.
pub const EVERYONE: &[Permission] = &[Permission::ViewDirectory, Permission::ViewTraining];

/// Whose doing something is, and all that decides whether it may be done.
#[derive(Clone, Debug)]
pub struct Actor {
    pub tenant: TenantId,
    /// None for the program itself.
    pub account: Option<AccountId>,
    pub session: Option<SessionId>,
    pub abilities: Arc<Vec<Ability>>,
    /// Own places in editions.
    pub enrolments: Arc<Vec<(EnrolmentId, EditionId)>>,
    /// The instant at which the request is taken to happen.
    pub now: Timestamp,
    pub request_id: String,
    pub lang: Lang,
}

impl Actor {
    /// The program itself, at the first start and in the demo world.
    pub fn system(tenant: TenantId, now: Timestamp) -> Self {
        let abilities = Permission::ALL.iter().map(|permission| Ability { permission: *permission, scope: Scope::Tenant }).collect();
        Self {
            tenant,
            account: None,
            session: None,
            abilities: Arc::new(abilities),
            enrolments: Arc::default(),
            now,
            request_id: "system".to_owned(),
            lang: Lang::Fi,
        }
    }

    /// Whether the actor may do this to that.
    pub fn may(&self, permission: Permission, target: &Target) -> bool {
        shared::policy::allows(&self.abilities, permission, target)
    }

    /// Refuses with 403 what the actor may know of but not do.
    pub fn require(&self, permission: Permission, target: &Target) -> Result<()> {
        if self.may(permission, target) { Ok(()) } else { Err(Error::forbidden()) }
    }

    /// Refuses with 404 what the actor may not even know of.
    pub fn require_sight(&self, permission: Permission, target: &Target) -> Result<()> {
        if self.may(permission, target) { Ok(()) } else { Err(Error::not_found()) }
    }

    /// The account; the program itself has none and owns nothing.
    pub fn account(&self) -> Result<AccountId> {
        self.account.ok_or_else(Error::forbidden)
    }

    /// The actor's own place in an edition.
    pub fn enrolment_in(&self, edition: EditionId) -> Option<EnrolmentId> {
        self.enrolments.iter().find(|(_, own)| *own == edition).map(|(id, _)| *id)
    }
}

/// Everything that grants and enrolments allow.
pub fn abilities(grants: impl IntoIterator<Item = (Role, Scope)>, enrolled_in: impl IntoIterator<Item = EditionId>) -> Vec<Ability> {
    let everyone = EVERYONE.iter().map(|permission| Ability { permission: *permission, scope: Scope::Tenant });
    let granted = grants.into_iter().flat_map(|(role, scope)| of_role(role, scope));
    let enrolled = enrolled_in.into_iter().flat_map(|edition| of_role(Role::Participant, Scope::Edition(edition)));
    let mut abilities: Vec<Ability> = everyone.chain(granted).chain(enrolled).collect();
    let mut seen = std::collections::HashSet::new();
    abilities.retain(|ability| seen.insert((ability.permission, ability.scope)));
    abilities
}

fn of_role(role: Role, scope: Scope) -> impl Iterator<Item = Ability> {
    permissions(role).iter().map(move |permission| Ability { permission: *permission, scope })
}

/// Whether one who has `abilities` holds everything that a role over `target` would give.
pub fn holds_all(abilities: &[Ability], role: Role, target: &Target) -> bool {
    permissions(role).iter().all(|permission| shared::policy::allows(abilities, *permission, target))
}

/// The table as documentation.
pub fn render() -> String {
    let mut text = String::from(
        "# Permissions\n\nPrinted by `polku policy` from `backend/src/policy.rs`; a test keeps it equal. A role holds its permissions inside the\n\
         scope of its grant. Participant is never granted: it follows from an enrolment. *Everyone* is every signed-in account.\n\n| permission | everyone |",
    );
    for role in Role::ALL {
        text.push_str(&format!(" {role} |"));
    }
    text.push_str("\n|---|:-:|");
    text.push_str(&":-:|".repeat(Role::ALL.len()));
    let mark = |held: bool| if held { " ● |" } else { "  |" };
    for permission in Permission::ALL {
        text.push_str(&format!("\n| `{permission}` |{}", mark(EVERYONE.contains(permission))));
        for role in Role::ALL {
            text.push_str(mark(permissions(*role).contains(permission)));
        }
    }
    text.push_str("\n\n| role | granted over |\n|---|---|\n");
    for role in Role::ALL {
        let over = if scopes(*role).is_empty() { "never granted".to_owned() } else { scopes(*role).join(", ") };
        text.push_str(&format!("| {role} | {over} |\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_administrator_holds_what_every_granted_role_holds() {
        let own = abilities([(Role::Administrator, Scope::Tenant)], []);
        for role in Role::ALL.iter().filter(|role| **role != Role::Participant) {
            assert!(holds_all(&own, *role, &Target::Tenant), "{role}");
        }
    }

    #[test]
    fn nobody_else_holds_what_the_administrator_holds() {
        for role in [Role::Coordinator, Role::Facilitator, Role::UnitManager, Role::Auditor] {
            let own = abilities([(role, Scope::Tenant)], []);
            assert!(!holds_all(&own, Role::Administrator, &Target::Tenant), "{role}");
        }
    }
}
