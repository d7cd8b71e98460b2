//! Every operation of the API, from its own document, with what it takes to call it: the tests that must hold for
//! all operations walk this list, so that a new operation cannot be forgotten. One without a body or a permission
//! entry below fails them.

use crate::{Person, TestApp};
use backend::identity::service::{directory, grants, units};
use backend::training::service::{days, groups};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use shared::identity::{GrantFilter, NewOrganisation, NewUnit, OrganisationKind, Sector};
use shared::policy::Permission::{self, *};
use shared::policy::{ApiScope, Role, Scope};
use shared::training::{DayPart, NewContactDay, NewGroup};
use shared::{ApiClientId, EditionId, Lang, LocalText, OrganisationId, ProgrammeId, UnitId};
use uuid::Uuid;

/// One operation as the document describes it.
#[derive(Clone, Debug)]
pub struct Operation {
    pub id: String,
    pub method: Method,
    pub path: String,
    /// The content type of its body, if it has one.
    pub body: Option<String>,
    pub statuses: Vec<u16>,
    /// Whether one need not be signed in.
    pub visitor: bool,
    /// The scopes of which one lets a program call it.
    pub scopes: Vec<String>,
}

impl Operation {
    /// Whether it is about one version of a thing.
    pub fn is_conditional(&self) -> bool {
        self.statuses.contains(&428)
    }

    /// Whether it changes something.
    pub fn is_write(&self) -> bool {
        self.method != Method::GET
    }
}

/// The document as it is served.
pub fn document() -> Value {
    serde_json::from_str(&backend::server::document_text()).expect("JSON")
}

/// Every operation, in the document's order.
pub fn operations() -> Vec<Operation> {
    let document = document();
    let paths = document["paths"].as_object().expect("paths");
    let of_path = |(path, item): (&String, &Value)| {
        let methods = ["get", "post", "put", "patch", "delete"].into_iter().filter(|method| item.get(method).is_some());
        methods.map(|method| operation(path, method, &item[method])).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

fn operation(path: &str, method: &str, described: &Value) -> Operation {
    let content = described["requestBody"]["content"].as_object();
    let statuses = described["responses"].as_object().expect("responses").keys().filter_map(|status| status.parse().ok());
    let security = described["security"].as_array().unwrap_or_else(|| panic!("{method} {path} says nothing of security"));
    let scopes = security.iter().filter_map(|one| one["program"].as_array()).map(|needed| {
        assert_eq!(needed.len(), 1, "{method} {path}: alternatives stand beside each other");
        needed[0].as_str().expect("a scope").to_owned()
    });
    Operation {
        id: described["operationId"].as_str().expect("an id").to_owned(),
        method: method.to_uppercase().parse().expect("a method"),
        path: path.to_owned(),
        body: content.and_then(|content| content.keys().next().cloned()),
        statuses: statuses.collect(),
        visitor: security.iter().any(|one| one.as_object().is_some_and(serde_json::Map::is_empty)),
        scopes: scopes.collect(),
    }
}

/// One thing of each kind in the own tenant.
pub struct World {
    pub organisation: OrganisationId,
    pub unit: UnitId,
    /// Works in the unit, takes part in the edition, is in the group and has a role.
    pub member: Person,
    pub grant: Uuid,
    pub session: Uuid,
    pub programme: ProgrammeId,
    pub goal: Uuid,
    /// Open for answering.
    pub edition: EditionId,
    pub day: Uuid,
    pub enrolment: Uuid,
    pub group: Uuid,
    pub feedback: Uuid,
    /// Of the organisation, with one scope and one secret.
    pub api_client: ApiClientId,
    pub api_client_secret: Uuid,
}

impl World {
    /// Makes one thing of each kind.
    pub async fn make(app: &TestApp) -> Self {
        let system = app.system();
        let organisation = NewOrganisation { name: format!("Kunta {}", Uuid::new_v4()), kind: OrganisationKind::Municipality };
        let organisation = app.db.write(|conn| directory::create(conn, &system, &organisation)).expect("an organisation").id;
        let unit = NewUnit {
            organisation_id: organisation,
            parent_id: None,
            name: "Terveysasema".to_owned(),
            sector: Sector::Health,
            municipality: "Jyväskylä".to_owned(),
        };
        let unit = app.db.write(|conn| units::create(conn, &system, &unit)).expect("a unit").id;
        let account = app.account_of(&app.own, &[(Role::Auditor, Scope::Tenant)], Some(unit));
        let programme = app.programme(2);
        let edition = app.open(app.edition(programme.id, 1)).id;
        let enrolment = app.enrol(edition, account.id);
        let new_group = NewGroup { name: "Ryhmä".to_owned(), lang: Lang::Fi };
        let group = app.db.write(|conn| groups::create(conn, &system, edition, &new_group)).expect("a group").id;
        let day = app.db.write(|conn| days::create(conn, &system, edition, &new_day())).expect("a day").id;
        let filter = GrantFilter { account_id: Some(account.id), ..GrantFilter::default() };
        let grant = app.db.read(|conn| grants::list(conn, &system, &app.state.keys, &filter)).expect("grants").items[0].id;
        let member = app.sign_in(&app.own, account);
        let session = member.list_sessions(&Default::default()).await.expect("sessions").items[0].id;
        let new = shared::accessibility::NewAccessibilityFeedback { message: "Ei toimi".to_owned(), email: None, lang: Lang::Fi };
        let feedback = app.stranger().send_accessibility_feedback(&new).await.expect("taken in").id;
        let program = app.program(organisation, &[ApiScope::TrainingRead]);
        Self {
            organisation,
            unit,
            member,
            grant: grant.0,
            session: session.0,
            programme: programme.id,
            goal: programme.goals[0].id.0,
            edition,
            day: day.0,
            enrolment: enrolment.id.0,
            group: group.0,
            feedback: feedback.0,
            api_client: program.id(),
            api_client_secret: program.api_client.secrets[0].id.0,
        }
    }

    /// The operation's address, with the ids of this world in it.
    pub fn path(&self, operation: &Operation) -> String {
        let id = match operation.path.split('/').nth(3).unwrap_or_default() {
            "organisations" => self.organisation.0,
            "units" => self.unit.0,
            "accounts" => self.member.id().0,
            "grants" => self.grant,
            "sessions" => self.session,
            "programmes" => self.programme.0,
            "editions" => self.edition.0,
            "contact-days" => self.day,
            "enrolments" => self.enrolment,
            "groups" => self.group,
            "accessibility-feedback" => self.feedback,
            "api-clients" => self.api_client.0,
            "api-client-secrets" => self.api_client_secret,
            other => {
                assert!(!operation.path.contains('{'), "say in tests/src/operations.rs what the id under /{other} is");
                Uuid::nil()
            }
        };
        let path = operation.path.replace("{id}", &id.to_string());
        match operation.id.as_str() {
            "list_unit_enrolments" => format!("{path}?unit_id={}", self.unit),
            "find_accounts" => format!("{path}?q=Aino"),
            _ => path,
        }
    }

    /// The operation as somebody would send it: with a good body, and for a version that is not the current one.
    pub fn call(&self, app: &TestApp, operation: &Operation, token: Option<&str>) -> RequestBuilder {
        let mut request = app.request(operation.method.clone(), &self.path(operation));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(kind) = &operation.body {
            request = request.header("content-type", kind).body(self.text(operation));
        }
        if operation.is_conditional() { request.header("if-match", "\"v999\"") } else { request }
    }

    /// Whether the operation is let through: a later refusal, as of the version, says that it was.
    pub async fn lets_through(&self, app: &TestApp, operation: &Operation, token: &str) -> bool {
        let response = self.call(app, operation, Some(token)).send().await.expect("an answer");
        let status = response.status().as_u16();
        let unpublished = operation.id == "get_edition_results" && status == 404;
        let text = response.text().await.expect("a body");
        assert!(status != 401 && (status != 404 || unpublished) && status < 500, "{}: {status} {text}", operation.id);
        status != 403
    }

    /// A body that breaks no rule, as it is sent.
    pub fn text(&self, operation: &Operation) -> String {
        match operation.id.as_str() {
            "issue_token" => "grant_type=client_credentials".to_owned(),
            _ => self.body(operation).to_string(),
        }
    }

    /// A body that breaks no rule.
    pub fn body(&self, operation: &Operation) -> Value {
        let text = |text: &str| json!({ "fi": text });
        match operation.id.as_str() {
            "sign_in" => json!({"email": "ei.ole@example.fi", "password": "aivan toinen salasana", "kind": "device"}),
            "finish_sign_in" => json!({"challenge_token": "a".repeat(43), "code": "123456"}),
            "confirm_session" => json!({"password": "väärä"}),
            "confirm_second_factor" => json!({"code": "123456"}),
            "update_sign_in_policy" => json!({"second_factor_required_on": "2099-01-01"}),
            "refresh" => json!({"refresh_token": "x"}),
            "request_password_reset" => json!({"email": "ei.ole@example.fi"}),
            "inspect_link" | "redeem_link" => json!({"token": "a".repeat(43)}),
            "change_password" => json!({"current_password": "väärä", "new_password": "kolme märkää kumisaapasta"}),
            "change_email" => json!({"new_email": "uusi@example.fi"}),
            "update_me" => json!({"name": "Uusi Nimi"}),
            "create_organisation" => json!({"name": "Uusi kunta", "kind": "municipality"}),
            "update_organisation" => json!({"name": "Toinen nimi"}),
            "create_unit" => {
                json!({"organisation_id": self.organisation, "name": "Uusi yksikkö", "sector": "social", "municipality": "Muurame"})
            }
            "update_unit" => json!({"name": "Toinen nimi"}),
            "invite_account" => json!({"name": "Uusi Ihminen", "email": "uusi.ihminen@example.fi", "lang": "fi"}),
            "update_account" => json!({"name": "Toinen Nimi"}),
            "create_grant" => {
                json!({"account_id": self.member.id(), "role": "facilitator", "scope": {"kind": "edition", "id": self.edition}})
            }
            "create_api_client" => json!({
                "organisation_id": self.organisation, "name": format!("Uusi ohjelma {}", Uuid::new_v4()), "purpose": "Raportointi",
                "contact_email": "rajapinnat@example.fi", "scopes": ["training:read"],
            }),
            "update_api_client" => json!({"purpose": "Toinen käyttö"}),
            "create_api_client_secret" => json!({"valid_days": 30}),
            "send_accessibility_feedback" => json!({"message": "Ei toimi", "lang": "fi"}),
            "create_programme" => json!({
                "name": text("Uusi valmennus"), "description": text(""), "goals": [{"text": text("Tavoite")}],
                "step_words": [text("a"), text("b"), text("c"), text("d")],
            }),
            "update_programme" => json!({"description": text("Toinen kuvaus")}),
            "create_edition" => {
                json!({"programme_id": self.programme, "number": 77, "season": "autumn", "year": 2030, "places": 20, "status": "planned"})
            }
            "update_edition" => json!({"places": 29}),
            "copy_edition" => json!({"number": 78, "season": "autumn", "year": 2030, "first_day_on": "2030-09-02"}),
            "create_contact_day" => serde_json::to_value(new_day()).expect("JSON"),
            "update_contact_day" => json!({"place": "Toinen paikka"}),
            "enrol" => json!({"name": "Uusi Osallistuja", "email": "uusi.osallistuja@example.fi"}),
            "update_enrolment" => json!({"group_id": null}),
            "create_group" => json!({"name": "Uusi ryhmä", "lang": "fi"}),
            "update_group" => json!({"name": "Toinen nimi"}),
            "save_self_assessment" => json!({"steps": [{"goal_id": self.goal, "step": 3}], "greeting": "", "lang": "fi"}),
            other => panic!("add a good body for {other} to tests/src/operations.rs"),
        }
    }
}

/// A contact day as it is written.
pub fn new_day() -> NewContactDay {
    NewContactDay {
        part: DayPart::ServiceDesign,
        title: LocalText::fi("Aloitus"),
        starts_at: "2027-03-02T07:00:00Z".parse().expect("an instant"),
        ends_at: "2027-03-02T13:00:00Z".parse().expect("an instant"),
        place: Some("Kirjasto".to_owned()),
        address: None,
        meeting_url: None,
        facilitator_ids: Vec::new(),
        agenda: Vec::new(),
    }
}

/// Over what a permission must be held.
#[derive(Clone, Copy, Debug)]
pub enum Over {
    Tenant,
    Unit,
    Programme,
    Edition,
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
}

/// The permission entry of an operation.
pub fn needs(operation: &str) -> Needs {
    let tenant = |permission| Needs::May(vec![(permission, Over::Tenant)]);
    let programme = |permission| Needs::May(vec![(permission, Over::Programme)]);
    let edition = |permission| Needs::May(vec![(permission, Over::Edition)]);
    let running = || Needs::May(vec![(RunEdition, Over::Edition), (ManageEditions, Over::Edition)]);
    match operation {
        "get_meta"
        | "sign_in"
        | "finish_sign_in"
        | "refresh"
        | "request_password_reset"
        | "inspect_link"
        | "redeem_link"
        | "send_accessibility_feedback"
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
        "create_grant" => {
            Needs::All([ManageGrants, RunEdition, CloseAssessment, ViewRoster].map(|permission| (permission, Over::Edition)).to_vec())
        }
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
        | "list_projects" => tenant(ViewTraining),
        "create_programme" => tenant(ManageProgrammes),
        "update_programme" => programme(ManageProgrammes),
        "create_edition" | "copy_edition" => programme(ManageEditions),
        "update_edition" | "create_contact_day" | "update_contact_day" | "delete_contact_day" | "enrol" | "update_enrolment"
        | "delete_enrolment" | "create_group" | "update_group" | "delete_group" => running(),
        "open_assessment" | "close_assessment" => edition(CloseAssessment),
        "list_enrolments" => edition(ViewRoster),
        "get_enrolment" => Needs::May(vec![(ViewRoster, Over::Edition), (ViewUnitEnrolments, Over::Unit)]),
        "list_unit_enrolments" => Needs::May(vec![(ViewUnitEnrolments, Over::Unit)]),
        "get_self_assessment" | "save_self_assessment" => edition(AnswerAssessment),
        other => panic!("add what {other} asks of its caller to tests/src/operations.rs"),
    }
}
