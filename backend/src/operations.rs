//! What each operation of the API asks of its caller and leaves in the audit trail: the one table of it. The document
//! says it (`x-permission`, `x-audit`), and the tests compare it with what every role is let do and with the lines that
//! are really written.

use crate::config::limits::Limits;
use serde_json::{Value, json};
use shared::audit::AuditAction;
use shared::page::MAX_LIMIT;
use shared::policy::Permission;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{OpenApi, PathItem, RefOr};

/// Over what a permission must be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    Tenant,
    Unit,
    Programme,
    Edition,
}

impl Over {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Tenant => "tenant",
            Self::Unit => "unit",
            Self::Programme => "programme",
            Self::Edition => "edition",
        }
    }
}

/// What an operation asks of its caller.
#[derive(Clone, Debug)]
pub enum Needs {
    /// Nothing: visitors may call it.
    Nothing,
    /// To be signed in; it is about one's own things.
    SignedIn,
    /// All of these permissions.
    All(Vec<(Permission, Over)>),
    /// Any one of these permissions.
    May(Vec<(Permission, Over)>),
    /// To have made the thing oneself.
    Own,
}

impl Needs {
    /// As the document says it.
    pub fn described(&self) -> Value {
        let list = |all: &[(Permission, Over)]| -> Vec<Value> {
            all.iter().map(|(permission, over)| json!({ "permission": permission.as_str(), "over": over.as_str() })).collect()
        };
        match self {
            Self::Nothing => json!({ "signed_in": false }),
            Self::SignedIn => json!({ "signed_in": true }),
            Self::All(all) => json!({ "signed_in": true, "all_of": list(all) }),
            Self::May(any) => json!({ "signed_in": true, "any_of": list(any) }),
            Self::Own => json!({ "signed_in": true, "own": true }),
        }
    }
}

/// The permission entry of an operation; none of one that has not been thought of.
pub fn needs(operation: &str) -> Option<Needs> {
    use Permission::*;
    let tenant = |permission| Needs::May(vec![(permission, Over::Tenant)]);
    let programme = |permission| Needs::May(vec![(permission, Over::Programme)]);
    let edition = |permission| Needs::May(vec![(permission, Over::Edition)]);
    Some(match operation {
        "get_meta"
        | "sign_in"
        | "refresh"
        | "request_password_reset"
        | "inspect_link"
        | "redeem_link"
        | "send_accessibility_feedback"
        | "finish_sign_in"
        | "issue_token"
        | "get_authorization_server"
        | "get_key_set" => Needs::Nothing,
        "sign_out"
        | "sign_out_everywhere"
        | "list_sessions"
        | "revoke_session"
        | "get_me"
        | "update_me"
        | "export_me"
        | "change_password"
        | "change_email"
        | "confirm_session"
        | "follow_changes"
        | "get_second_factor"
        | "start_second_factor"
        | "confirm_second_factor"
        | "make_recovery_codes"
        | "turn_off_second_factor" => Needs::SignedIn,
        "get_sign_in_policy" | "update_sign_in_policy" => tenant(ManageSignIn),
        "list_organisations" | "get_organisation" | "list_units" | "get_unit" => tenant(ViewDirectory),
        "create_organisation" | "update_organisation" | "delete_organisation" => tenant(ManageDirectory),
        "create_unit" | "update_unit" | "delete_unit" => Needs::May(vec![(ManageDirectory, Over::Unit)]),
        "list_api_clients" | "get_api_client" | "update_api_client" | "deactivate_api_client" | "revoke_api_client_secret" => {
            tenant(ManageClients)
        }
        // To give a scope, and to see a secret, one must hold what it gives: here those of reading the training.
        "create_api_client" | "create_api_client_secret" => Needs::All(vec![(ManageClients, Over::Tenant), (ViewTraining, Over::Tenant)]),
        "list_accounts" | "get_account" => tenant(ViewAccounts),
        // For whoever gives roles anywhere.
        "find_accounts" => edition(FindAccounts),
        "invite_account"
        | "update_account"
        | "deactivate_account"
        | "reactivate_account"
        | "make_account_link"
        | "end_account_sessions"
        | "reset_second_factor" => tenant(ManageAccounts),
        // The world's grant is over the tenant; the list is for whoever gives roles anywhere, of what they may see.
        "get_grant" => Needs::May(vec![(ViewAccounts, Over::Tenant), (ManageGrants, Over::Tenant)]),
        "list_grants" => Needs::May(vec![(ViewAccounts, Over::Tenant), (ManageGrants, Over::Edition)]),
        // To give and to take a role one must hold what it gives: here those of a facilitator, and of an auditor.
        "create_grant" => Needs::All(
            [ManageGrants, RunEdition, CloseAssessment, ViewRoster, ManageProjects].map(|permission| (permission, Over::Edition)).to_vec(),
        ),
        "revoke_grant" => Needs::All(vec![(ManageGrants, Over::Tenant), (ViewAudit, Over::Tenant)]),
        "list_audit_events" => tenant(ViewAudit),
        "list_accessibility_feedback" | "get_accessibility_feedback" | "answer_accessibility_feedback" => {
            tenant(ManageAccessibilityFeedback)
        }
        "list_programmes"
        | "get_programme"
        | "list_editions"
        | "get_edition"
        | "get_assessment_progress"
        | "get_edition_results"
        | "get_programme_results"
        | "export_programme_results"
        | "list_contact_days"
        | "get_contact_day"
        | "list_groups"
        | "get_group"
        | "list_thread"
        | "get_link" => tenant(ViewTraining),
        "list_projects" | "get_project" | "get_board" | "get_project_statistics" | "get_clock_terms" => tenant(ViewProjects),
        "list_jobs" | "retry_job" => tenant(ManageJobs),
        "list_trials" | "get_trial" | "list_adoptions" | "get_adoption" | "get_adoption_rates" => tenant(ViewProjects),
        // Those who work on the project, too.
        "create_trial" | "update_trial" | "conclude_trial" | "reopen_trial" | "create_measurement" | "get_measurement"
        | "update_measurement" | "delete_measurement" | "create_adoption" | "delete_adoption" | "recheck_adoption" => {
            Needs::May(vec![(ManageProjects, Over::Edition), (ManageProjects, Over::Unit)])
        }
        "update_adoption" => Needs::May(vec![(ManageProjects, Over::Edition), (ManageProjects, Over::Unit), (DecideAdoption, Over::Unit)]),
        "create_project" => tenant(StartProjects),
        "set_board_limit" => tenant(ManageProjects),
        "update_clock_terms" => programme(ManageProjects),
        "sponsor_project" | "unsponsor_project" => Needs::May(vec![(SponsorProject, Over::Unit)]),
        // Its own people, too, save to extend it.
        "update_project" | "delete_project" | "move_project" | "extend_project" => {
            Needs::May(vec![(ManageProjects, Over::Edition), (ManageProjects, Over::Unit)])
        }
        "create_programme" => tenant(ManageProgrammes),
        "update_programme" => programme(ManageProgrammes),
        "create_edition" | "copy_edition" => programme(ManageEditions),
        "update_edition" | "create_contact_day" | "update_contact_day" | "delete_contact_day" | "enrol" | "update_enrolment"
        | "delete_enrolment" | "create_group" | "update_group" | "delete_group" | "create_link" | "delete_link" => {
            // A link is of an edition and a group in the world.
            Needs::May(vec![(RunEdition, Over::Edition), (ManageEditions, Over::Edition)])
        }
        "open_assessment" | "close_assessment" => edition(CloseAssessment),
        "list_enrolments" => edition(ViewRoster),
        "get_enrolment" => Needs::May(vec![(ViewRoster, Over::Edition), (ViewUnitEnrolments, Over::Unit)]),
        "list_unit_enrolments" => Needs::May(vec![(ViewUnitEnrolments, Over::Unit)]),
        "get_self_assessment" | "save_self_assessment" => edition(AnswerAssessment),
        "list_comments" | "create_comment" | "get_comment" | "get_comment_history" | "find_mentions" => tenant(Comment),
        "update_comment" => Needs::Own,
        // For its author too; the world's comment is beside a group.
        "delete_comment" => Needs::All(vec![(Comment, Over::Tenant), (RunEdition, Over::Edition)]),
        _ => return None,
    })
}

/// The lines that an operation leaves in the audit trail when it is done, in the order in which they are written; none
/// for one that only reads what everybody in the tenant may see, or that has not been thought of.
pub fn recorded(operation: &str) -> &'static [AuditAction] {
    use AuditAction::*;
    match operation {
        "create_organisation"
        | "create_unit"
        | "create_programme"
        | "create_edition"
        | "create_contact_day"
        | "create_group"
        | "create_project"
        | "create_trial"
        | "create_measurement"
        | "create_adoption"
        | "create_api_client_secret"
        | "create_comment"
        | "create_link"
        | "send_accessibility_feedback" => &[Created],
        "update_organisation"
        | "update_unit"
        | "update_account"
        | "update_me"
        | "update_programme"
        | "update_edition"
        | "update_contact_day"
        | "update_enrolment"
        | "update_group"
        | "update_project"
        | "move_project"
        | "extend_project"
        | "sponsor_project"
        | "unsponsor_project"
        | "set_board_limit"
        | "update_clock_terms"
        | "retry_job"
        | "update_trial"
        | "conclude_trial"
        | "reopen_trial"
        | "update_measurement"
        | "update_adoption"
        | "recheck_adoption"
        | "update_api_client"
        | "update_comment"
        | "update_sign_in_policy" => &[Changed],
        "delete_organisation"
        | "delete_unit"
        | "delete_contact_day"
        | "delete_enrolment"
        | "delete_group"
        | "delete_project"
        | "delete_measurement"
        | "delete_adoption"
        | "delete_comment"
        | "delete_link" => &[Deleted],
        "sign_in" | "finish_sign_in" => &[SignedIn],
        "confirm_session" => &[Confirmed],
        "confirm_second_factor" => &[SecondFactorOn],
        "make_recovery_codes" => &[RecoveryCodesMade],
        "turn_off_second_factor" => &[SecondFactorOff],
        "reset_second_factor" => &[SecondFactorReset],
        "sign_out" | "revoke_session" => &[SignedOut],
        "sign_out_everywhere" | "end_account_sessions" => &[SessionsRevoked],
        "change_password" => &[PasswordChanged],
        "change_email" | "make_account_link" => &[LinkMade],
        "redeem_link" => &[LinkRedeemed],
        "create_api_client" => &[Created, Created],
        "invite_account" => &[Created, LinkMade],
        "deactivate_account" | "deactivate_api_client" | "revoke_api_client_secret" => &[Deactivated],
        "reactivate_account" => &[Reactivated],
        "create_grant" => &[Granted],
        "revoke_grant" => &[Revoked],
        "enrol" => &[Created, LinkMade, Enrolled],
        "copy_edition" => &[Copied],
        "open_assessment" => &[AssessmentOpened],
        "close_assessment" => &[AssessmentClosed],
        "save_self_assessment" => &[AnswerGiven],
        "export_me" | "export_programme_results" => &[Exported],
        "answer_accessibility_feedback" => &[Answered],
        _ => &[],
    }
}

/// Says in the document of each operation what it asks, what it leaves in the trail, and how much it takes and gives.
pub fn describe(document: &mut OpenApi) {
    let body = Limits::default().body;
    for PathItem { get, post, put, patch, delete, .. } in document.paths.paths.values_mut() {
        for operation in [get, post, put, patch, delete].into_iter().flatten() {
            let id = operation.operation_id.clone().unwrap_or_default();
            let recorded: Vec<&str> = recorded(&id).iter().map(|action| action.as_str()).collect();
            let mut all = ExtensionsBuilder::new().add("x-audit", recorded).add("x-limits", limits(operation, body));
            if let Some(needs) = needs(&id) {
                all = all.add("x-permission", needs.described());
            }
            operation.extensions.get_or_insert_default().merge(all.build());
        }
    }
}

fn limits(operation: &Operation, body: usize) -> Value {
    let mut limits = serde_json::Map::new();
    if operation.request_body.is_some() {
        limits.insert("body_bytes".to_owned(), json!(body));
    }
    let pages = |parameter: &RefOr<utoipa::openapi::path::Parameter>| matches!(parameter, RefOr::T(one) if one.name == "limit");
    if operation.parameters.iter().flatten().any(pages) {
        limits.insert("items".to_owned(), json!(MAX_LIMIT));
    }
    Value::Object(limits)
}
