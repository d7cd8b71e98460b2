//! Who may do what, as far as page and server must agree: the names of roles and permissions, over what a role is
//! granted, and when a scope covers a target. Which role holds which permission is the server's one table (`backend/src/policy.rs`); the
//! page gets its own account's share of it with `GET /me`.

use crate::{EditionId, OrganisationId, ProgrammeId, UnitId};
use serde::{Deserialize, Serialize};

crate::code_enum! {
    /// What a person is trusted with. Participant is never granted: it follows from an enrolment.
    Role {
        /// Everything inside the tenant.
        Administrator = "administrator",
        /// Programmes and their editions.
        Coordinator = "coordinator",
        /// One edition.
        Facilitator = "facilitator",
        /// What happens in one unit.
        UnitManager = "unit_manager",
        /// The audit trail.
        Auditor = "auditor",
        /// A place in an edition.
        Participant = "participant",
    }
}

/// The kinds of scope over which a role can be granted.
pub const fn scopes(role: Role) -> &'static [&'static str] {
    match role {
        Role::Administrator | Role::Auditor => &["tenant"],
        Role::Coordinator => &["tenant", "programme"],
        Role::Facilitator => &["edition"],
        Role::UnitManager => &["organisation", "unit"],
        Role::Participant => &[],
    }
}

crate::code_enum! {
    /// One thing that can be allowed.
    Permission {
        /// Read organisations and units.
        ViewDirectory = "view_directory",
        /// Create, change and remove organisations and units.
        ManageDirectory = "manage_directory",
        /// Read accounts and their grants.
        ViewAccounts = "view_accounts",
        /// Find a person's account by name or address, to give them a role.
        FindAccounts = "find_accounts",
        /// Invite, change, deactivate accounts.
        ManageAccounts = "manage_accounts",
        /// Give and take away roles, never more than one's own.
        ManageGrants = "manage_grants",
        /// Let programs call the API, and end it; never with more than one's own.
        ManageClients = "manage_clients",
        /// Decide how people sign in.
        ManageSignIn = "manage_sign_in",
        /// See what the service is to do by itself, and let it try again.
        ManageJobs = "manage_jobs",
        /// Read the audit trail.
        ViewAudit = "view_audit",
        /// Read and answer accessibility feedback.
        ManageAccessibilityFeedback = "manage_accessibility_feedback",
        /// Read programmes, editions, their days and their published results.
        ViewTraining = "view_training",
        /// Create and change programmes.
        ManageProgrammes = "manage_programmes",
        /// Create, copy and change editions, contact days, groups and enrolments.
        ManageEditions = "manage_editions",
        /// Change one's edition, its contact days, groups and enrolments.
        RunEdition = "run_edition",
        /// Open and close the answering of the self-assessment.
        CloseAssessment = "close_assessment",
        /// See who takes part.
        ViewRoster = "view_roster",
        /// See which people of one's unit take part where.
        ViewUnitEnrolments = "view_unit_enrolments",
        /// Answer the self-assessment for oneself.
        AnswerAssessment = "answer_assessment",
        /// Choose the name of one's own group.
        NameOwnGroup = "name_own_group",
        /// Read projects, the board and how far projects come.
        ViewProjects = "view_projects",
        /// Write down a project of one's own or of one's own group.
        StartProjects = "start_projects",
        /// Change and move any project of one's edition, programme or unit, extend its time and bound the board.
        ManageProjects = "manage_projects",
        /// Stand behind a project as the manager of the unit that needs it.
        SponsorProject = "sponsor_project",
        /// Decide whether one's unit takes a project's practice up.
        DecideAdoption = "decide_adoption",
        /// Read and write comments on what one may see.
        Comment = "comment",
    }
}

crate::code_enum! {
    /// What a program may be let do. Which permissions each holds, and how far, is in `backend/src/policy.rs`.
    ApiScope {
        /// Programmes, editions, their days and groups, published results.
        TrainingRead = "training:read",
        /// Editions, contact days, groups, and who has a place.
        EditionsWrite = "editions:write",
        /// Who takes part in any edition.
        RosterRead = "roster:read",
        /// Which people of the own organisation take part where.
        EnrolmentsRead = "enrolments:read",
        /// Organisations and units.
        DirectoryRead = "directory:read",
        /// Units of the own organisation.
        UnitsWrite = "units:write",
        /// The audit trail.
        AuditRead = "audit:read",
        /// Projects, the board and how far projects come.
        ProjectsRead = "projects:read",
    }
}

impl ApiScope {
    /// Its key in the catalogues: `clients-scope-training-read`.
    pub fn key(self) -> String {
        format!("clients-scope-{}", self.as_str().replace(':', "-"))
    }

    /// The scopes of a space-separated list (RFC 6749, section 3.3); none when a word is not ours.
    pub fn parse_list(text: &str) -> Option<Vec<Self>> {
        text.split(' ').filter(|word| !word.is_empty()).map(|word| word.parse().ok()).collect()
    }

    /// Scopes as they travel in one text.
    pub fn join(scopes: &[Self]) -> String {
        scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// How far a grant reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Scope {
    /// The whole tenant.
    Tenant,
    /// One organisation with its units.
    Organisation(OrganisationId),
    /// One unit with the units under it.
    Unit(UnitId),
    /// One programme with its editions.
    Programme(ProgrammeId),
    /// One edition.
    Edition(EditionId),
}

impl Scope {
    /// The kind as it travels.
    pub const fn kind(&self) -> &'static str {
        match self {
            Scope::Tenant => "tenant",
            Scope::Organisation(_) => "organisation",
            Scope::Unit(_) => "unit",
            Scope::Programme(_) => "programme",
            Scope::Edition(_) => "edition",
        }
    }

    /// The id of what it is over; none for the tenant.
    pub const fn id(&self) -> Option<uuid::Uuid> {
        match self {
            Scope::Tenant => None,
            Scope::Organisation(id) => Some(id.0),
            Scope::Unit(id) => Some(id.0),
            Scope::Programme(id) => Some(id.0),
            Scope::Edition(id) => Some(id.0),
        }
    }

    /// A scope from its stored parts.
    pub fn from_parts(kind: &str, id: Option<uuid::Uuid>) -> Option<Self> {
        match (kind, id) {
            ("tenant", None) => Some(Scope::Tenant),
            ("organisation", Some(id)) => Some(Scope::Organisation(OrganisationId(id))),
            ("unit", Some(id)) => Some(Scope::Unit(UnitId(id))),
            ("programme", Some(id)) => Some(Scope::Programme(ProgrammeId(id))),
            ("edition", Some(id)) => Some(Scope::Edition(EditionId(id))),
            _ => None,
        }
    }
}

/// What an action is about: a place in the organisation or in the training, with everything above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Something of the tenant as a whole.
    Tenant,
    /// An organisation.
    Organisation(OrganisationId),
    /// A unit, with its organisation and the units above it (itself included).
    Unit { organisation: OrganisationId, line: Vec<UnitId> },
    /// A programme.
    Programme(ProgrammeId),
    /// An edition of a programme.
    Edition { programme: ProgrammeId, edition: EditionId },
}

impl Scope {
    /// Whether what is granted over this scope reaches the target.
    pub fn covers(&self, target: &Target) -> bool {
        match (self, target) {
            (Scope::Tenant, _) => true,
            (Scope::Organisation(own), Target::Organisation(id)) => own == id,
            (Scope::Organisation(own), Target::Unit { organisation, .. }) => own == organisation,
            (Scope::Unit(own), Target::Unit { line, .. }) => line.contains(own),
            (Scope::Programme(own), Target::Programme(id)) => own == id,
            (Scope::Programme(own), Target::Edition { programme, .. }) => own == programme,
            (Scope::Edition(own), Target::Edition { edition, .. }) => own == edition,
            _ => false,
        }
    }
}

/// One permission that an account has, and how far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ability {
    /// What is allowed.
    pub permission: Permission,
    /// How far.
    pub scope: Scope,
}

/// Whether any of the abilities allows `permission` on `target`.
pub fn allows(abilities: &[Ability], permission: Permission, target: &Target) -> bool {
    abilities.iter().any(|ability| ability.permission == permission && ability.scope.covers(target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_scopes_is_read_whole_or_not_at_all() {
        let both = [ApiScope::TrainingRead, ApiScope::AuditRead];
        assert_eq!(ApiScope::parse_list(&ApiScope::join(&both)).as_deref(), Some(&both[..]));
        assert_eq!(ApiScope::parse_list(""), Some(Vec::new()));
        assert_eq!(ApiScope::parse_list("training:read everything"), None);
        for scope in ApiScope::ALL {
            assert_ne!(crate::Lang::Fi.text(&scope.key()), scope.key());
        }
    }

    #[test]
    fn a_scope_covers_what_lies_under_it_and_nothing_beside_it() {
        let (programme, edition) = (ProgrammeId::new(), EditionId::new());
        let target = Target::Edition { programme, edition };
        assert!(Scope::Tenant.covers(&target));
        assert!(Scope::Programme(programme).covers(&target));
        assert!(Scope::Edition(edition).covers(&target));
        assert!(!Scope::Edition(EditionId::new()).covers(&target));
        assert!(!Scope::Programme(ProgrammeId::new()).covers(&target));
        assert!(!Scope::Edition(edition).covers(&Target::Programme(programme)));
        assert!(!Scope::Edition(edition).covers(&Target::Tenant));
    }
}
