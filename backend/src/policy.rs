//! Who may do what: the one table from role to permission and from a program's scope to permission, the operations that
//! ask for a fresh proof of who one is, and the actor that carries the answers.
//!
//! All of it is printed into `docs/permissions.md` (`polku policy`). Participant is never granted: it follows
//! from an enrolment. Nobody grants a role that holds more than they do themselves.

use crate::error::{Error, Result};
use jiff::{SignedDuration, Timestamp};
use shared::identity::FRESH_SECONDS;
use shared::policy::{Ability, ApiScope, Permission, Role, Scope, Target, scopes};
use shared::problem::ProblemCode;
use shared::{AccountId, ApiClientId, EditionId, EnrolmentId, Lang, OrganisationId, SessionId, TenantId};
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
            ManageClients,
            ManageSignIn,
            ManageJobs,
            ViewAudit,
            ManageAccessibilityFeedback,
            ViewTraining,
            ManageProgrammes,
            ManageEditions,
            RunEdition,
            CloseAssessment,
            ViewRoster,
            ViewUnitEnrolments,
            ManageProjects,
            SponsorProject,
            DecideAdoption,
        ],
        Role::Coordinator => {
            &[FindAccounts, ManageGrants, ManageProgrammes, ManageEditions, RunEdition, CloseAssessment, ViewRoster, ManageProjects]
        }
        Role::Facilitator => &[RunEdition, CloseAssessment, ViewRoster, ManageProjects],
        Role::UnitManager => &[ViewUnitEnrolments, ManageProjects, SponsorProject, DecideAdoption],
        Role::Auditor => &[ViewAudit],
        Role::Participant => &[ViewRoster, AnswerAssessment, NameOwnGroup],
    }
}

/// What every signed-in account may do in its tenant.
pub const EVERYONE: &[Permission] =
    &[Permission::ViewDirectory, Permission::ViewTraining, Permission::ViewProjects, Permission::StartProjects, Permission::Comment];

/// How far a program's scope reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// As far as the tenant.
    Tenant,
    /// Only the organisation for which the program acts.
    Organisation,
}

/// What a program may do by a scope, and how far. What no scope holds is for people alone.
pub const fn of_scope(scope: ApiScope) -> (&'static [Permission], Reach) {
    use Permission::*;
    match scope {
        ApiScope::TrainingRead => (&[ViewTraining], Reach::Tenant),
        ApiScope::EditionsWrite => (&[ManageEditions, RunEdition], Reach::Tenant),
        ApiScope::RosterRead => (&[ViewRoster], Reach::Tenant),
        ApiScope::EnrolmentsRead => (&[ViewUnitEnrolments], Reach::Organisation),
        ApiScope::DirectoryRead => (&[ViewDirectory], Reach::Tenant),
        ApiScope::UnitsWrite => (&[ManageDirectory], Reach::Organisation),
        ApiScope::AuditRead => (&[ViewAudit], Reach::Tenant),
        ApiScope::ProjectsRead => (&[ViewProjects], Reach::Tenant),
    }
}

/// Operations that only one may call who has proved within five minutes who they are, by password or, where the
/// account has a second factor, by code: what gives roles, shows a secret, changes what somebody signs in with, or writes
/// data out into a file. Named here and nowhere else: the caller's extractor refuses by this list.
pub const STEP_UP: &[&str] = &[
    "change_email",
    "change_password",
    "confirm_second_factor",
    "create_api_client",
    "create_api_client_secret",
    "create_grant",
    "export_me",
    "export_programme_results",
    "make_account_link",
    "make_recovery_codes",
    "reset_second_factor",
    "revoke_grant",
    "start_second_factor",
    "turn_off_second_factor",
    "update_api_client",
    "update_sign_in_policy",
];

/// What one may still call who must set up a second factor first.
pub const WITHOUT_SECOND_FACTOR: &[&str] =
    &["confirm_second_factor", "confirm_session", "get_second_factor", "sign_out", "sign_out_everywhere", "start_second_factor"];

/// Whose doing something is, and all that decides whether it may be done.
#[derive(Clone, Debug)]
pub struct Actor {
    pub tenant: TenantId,
    /// None for a client of the API, and for the server itself.
    pub account: Option<AccountId>,
    pub session: Option<SessionId>,
    /// The program that calls, where it is no person.
    pub client: Option<ApiClientId>,
    pub abilities: Arc<Vec<Ability>>,
    /// Own places in editions.
    pub enrolments: Arc<Vec<(EnrolmentId, EditionId)>>,
    /// When the session's owner last proved who they are.
    pub confirmed_at: Option<Timestamp>,
    /// Whether the organisation requires a second factor that the account has not.
    pub lacks_second_factor: bool,
    /// The instant at which the request is taken to happen.
    pub now: Timestamp,
    pub request_id: String,
    pub lang: Lang,
}

impl Actor {
    /// The server itself, at the first start and in the demo world.
    pub fn system(tenant: TenantId, now: Timestamp) -> Self {
        let abilities = Permission::ALL.iter().map(|permission| Ability { permission: *permission, scope: Scope::Tenant }).collect();
        Self {
            tenant,
            account: None,
            session: None,
            client: None,
            abilities: Arc::new(abilities),
            enrolments: Arc::default(),
            confirmed_at: Some(now),
            lacks_second_factor: false,
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

    /// Refuses what the actor is in no state to call, whatever they may do.
    pub fn admit(&self, operation: &str) -> Result<()> {
        if self.lacks_second_factor && !WITHOUT_SECOND_FACTOR.contains(&operation) {
            return Err(Error::of(ProblemCode::SecondFactorRequired));
        }
        // A program has no session: it shows its secret for every token.
        if self.session.is_some() && STEP_UP.contains(&operation) { self.require_fresh() } else { Ok(()) }
    }

    /// Refuses one whose last proof of who they are is older than five minutes.
    pub fn require_fresh(&self) -> Result<()> {
        let fresh = self.confirmed_at.is_some_and(|at| self.now.duration_since(at) < SignedDuration::from_secs(FRESH_SECONDS));
        if fresh { Ok(()) } else { Err(Error::of(ProblemCode::StepUpRequired)) }
    }

    /// The account; programs have none and own nothing.
    pub fn account(&self) -> Result<AccountId> {
        self.account.ok_or_else(Error::forbidden)
    }

    /// The id of whoever calls, a person or a program.
    pub fn principal(&self) -> Result<uuid::Uuid> {
        self.account.map(|id| id.0).or_else(|| self.client.map(|id| id.0)).ok_or_else(Error::forbidden)
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

/// Everything that scopes allow to a program that acts for an organisation.
pub fn abilities_of_client(scopes: &[ApiScope], organisation: OrganisationId) -> Vec<Ability> {
    let of_scope = |scope: &ApiScope| {
        let (permissions, reach) = of_scope(*scope);
        let over = match reach {
            Reach::Tenant => Scope::Tenant,
            Reach::Organisation => Scope::Organisation(organisation),
        };
        permissions.iter().map(move |permission| Ability { permission: *permission, scope: over })
    };
    scopes.iter().flat_map(of_scope).collect()
}

/// Whether one who has `abilities` holds everything that scopes would give to a program of `organisation`.
pub fn holds_scopes(abilities: &[Ability], scopes: &[ApiScope], organisation: OrganisationId) -> bool {
    let target = |scope: Scope| if scope == Scope::Tenant { Target::Tenant } else { Target::Organisation(organisation) };
    abilities_of_client(scopes, organisation).iter().all(|one| shared::policy::allows(abilities, one.permission, &target(one.scope)))
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
    text.push_str(
        "\n## Scopes of programs\n\nAn API client holds the scopes that an administrator gave it, never more than the administrator holds, and an access\n\
         token at most those. *Organisation* is the one for which the client acts. What no scope holds is for people alone.\n\n\
         | scope | a program with it | permissions | over |\n|---|---|---|---|\n",
    );
    for scope in ApiScope::ALL {
        let (permissions, reach) = of_scope(*scope);
        let permissions: Vec<String> = permissions.iter().map(|permission| format!("`{permission}`")).collect();
        let over = if reach == Reach::Tenant { "tenant" } else { "organisation" };
        let words = Lang::En.text(&scope.key());
        text.push_str(&format!("| `{scope}` | {words} | {} | {over} |\n", permissions.join(", ")));
    }
    text.push_str(
        "\n## Proof within five minutes\n\nThese operations answer 401 `step_up_required` unless the caller has signed in or called `confirm_session` within the\n\
         last five minutes, with the password or, where the account has a second factor, with a code. In the API document they\n\
         carry `x-step-up-seconds`.\n\n",
    );
    list(&mut text, STEP_UP);
    text.push_str(
        "\n## Before the second factor\n\nWhere the organisation requires a second factor, an account with a granted role that has none gets 403\n\
         `second_factor_required` from every operation but these.\n\n",
    );
    list(&mut text, WITHOUT_SECOND_FACTOR);
    text
}

fn list(text: &mut String, operations: &[&str]) {
    for operation in operations {
        text.push_str(&format!("- `{operation}`\n"));
    }
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
    fn what_is_for_people_alone_is_in_no_scope() {
        use Permission::*;
        let for_people = [
            ViewAccounts,
            FindAccounts,
            ManageAccounts,
            ManageGrants,
            ManageClients,
            ManageSignIn,
            ManageJobs,
            ManageAccessibilityFeedback,
            ManageProgrammes,
            CloseAssessment,
            AnswerAssessment,
            NameOwnGroup,
            StartProjects,
            ManageProjects,
            SponsorProject,
            DecideAdoption,
            Comment,
        ];
        for permission in Permission::ALL {
            let in_scope = ApiScope::ALL.iter().any(|scope| of_scope(*scope).0.contains(permission));
            assert_ne!(in_scope, for_people.contains(permission), "decide whether {permission} is for programs, too");
        }
    }

    #[test]
    fn one_who_holds_less_than_a_scope_cannot_give_it() {
        let (own, other) = (OrganisationId::new(), OrganisationId::new());
        let administrator = abilities([(Role::Administrator, Scope::Tenant)], []);
        assert!(holds_scopes(&administrator, ApiScope::ALL, own));
        let auditor = abilities([(Role::Auditor, Scope::Tenant)], []);
        assert!(holds_scopes(&auditor, &[ApiScope::AuditRead, ApiScope::TrainingRead], own));
        assert!(!holds_scopes(&auditor, &[ApiScope::AuditRead, ApiScope::RosterRead], own));
        let manager = abilities([(Role::UnitManager, Scope::Organisation(own))], []);
        assert!(holds_scopes(&manager, &[ApiScope::EnrolmentsRead], own));
        assert!(!holds_scopes(&manager, &[ApiScope::EnrolmentsRead], other));
        let facilitator = abilities([(Role::Facilitator, Scope::Edition(EditionId::new()))], []);
        assert!(!holds_scopes(&facilitator, &[ApiScope::RosterRead], own), "one edition is not the tenant");
    }

    #[test]
    fn nobody_else_holds_what_the_administrator_holds() {
        for role in [Role::Coordinator, Role::Facilitator, Role::UnitManager, Role::Auditor] {
            let own = abilities([(role, Scope::Tenant)], []);
            assert!(!holds_all(&own, Role::Administrator, &Target::Tenant), "{role}");
        }
    }
}
