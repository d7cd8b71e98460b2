//! Every operation of the API, from its own document, with what it takes to call it: the tests that must hold for
//! all operations walk this list, so that a new operation cannot be forgotten. One without a body below or
//! a permission entry (`backend/src/operations.rs`) fails them.

use crate::TestApp;
pub use crate::world::{World, new_day, new_project};
pub use backend::operations::{Needs, Over};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use shared::training::NewContactDay;
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

    /// Whether its body is a JSON document.
    pub fn reads_json(&self) -> bool {
        self.body.as_ref().is_some_and(|kind| kind.ends_with("json"))
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

impl World {
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
            "projects" => self.project.0,
            "jobs" => self.job,
            "trials" => self.trial,
            "measurements" => self.measurement,
            "adoptions" => self.adoption,
            "accessibility-feedback" => self.feedback,
            "api-clients" => self.api_client.0,
            "api-client-secrets" => self.api_client_secret,
            "comments" => self.comment,
            "thread-links" => self.link,
            other => {
                assert!(!operation.path.contains('{'), "say in tests/src/operations.rs what the id under /{other} is");
                Uuid::nil()
            }
        };
        let path = operation.path.replace("{id}", &id.to_string());
        match operation.id.as_str() {
            "list_unit_enrolments" => format!("{path}?unit_id={}", self.unit),
            "find_accounts" => format!("{path}?q=Aino"),
            "list_comments" => format!("{path}?subject=group&subject_id={}", self.group),
            "list_thread" => format!("{path}?subject=group&subject_id={}", self.group),
            "follow_changes" => format!("{path}?subjects=group:{}&seconds=0", self.group),
            "find_mentions" => format!("{path}?subject=group&subject_id={}&q=Aino", self.group),
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
                json!({"organisation_id": self.organisation, "parent_id": self.unit, "name": "Uusi yksikkö", "sector": "social", "municipality": "Muurame"})
            }
            "update_unit" => json!({"name": "Toinen nimi", "parent_id": self.unit}),
            "invite_account" => {
                json!({"name": "Uusi Ihminen", "email": "uusi.ihminen@example.fi", "lang": "fi", "unit_id": self.unit})
            }
            "update_account" => json!({"name": "Toinen Nimi", "unit_id": self.unit}),
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
            "update_programme" => json!({"description": text("Toinen kuvaus"), "goals": [{"id": self.goal, "text": text("Tavoite")}]}),
            "create_edition" => {
                json!({"programme_id": self.programme, "number": 77, "season": "autumn", "year": 2030, "places": 20, "status": "planned"})
            }
            "update_edition" => json!({"places": 29}),
            "copy_edition" => json!({"number": 78, "season": "autumn", "year": 2030, "first_day_on": "2030-09-02"}),
            "create_contact_day" => {
                serde_json::to_value(NewContactDay { facilitator_ids: vec![self.member.id()], ..new_day() }).expect("JSON")
            }
            "update_contact_day" => json!({"place": "Toinen paikka", "facilitator_ids": [self.member.id()]}),
            "enrol" => json!({"name": "Uusi Osallistuja", "email": "uusi.osallistuja@example.fi"}),
            "update_enrolment" => json!({"group_id": self.group}),
            "create_group" => json!({"name": "Uusi ryhmä", "lang": "fi"}),
            "update_group" => json!({"name": "Toinen nimi"}),
            "create_project" => json!({
                "title": "Uusi hanke", "lang": "fi", "group_id": self.group, "unit_id": self.unit, "continues_id": self.project,
                "evidence": [{"text": "Kysely"}], "process": {"from": ["Hae"], "to": []}, "checklist": [{"text": "Sovi", "done": false}],
                "members": [{"account_id": self.member.id(), "kind": "guest", "assigned": false}],
            }),
            "update_project" => json!({
                "title": "Toinen hanke", "group_id": self.group, "unit_id": self.unit,
                "evidence": [{"text": "Kysely"}], "process": {"from": ["Hae"], "to": []}, "checklist": [{"text": "Sovi", "done": false}],
                "members": [{"account_id": self.member.id(), "kind": "guest", "assigned": false}],
            }),
            "move_project" => json!({"to": "waiting", "waiting_reason": "decision", "reason": "Odottaa päätöstä"}),
            "extend_project" => json!({"days": 14, "reason": "Kuljetus alkaa myöhemmin"}),
            "set_board_limit" => json!({"stage": "trial", "limit": 500}),
            "update_clock_terms" => json!({"trial_days": 28}),
            "create_trial" => json!({
                "lang": "fi", "hypothesis": "Uusi oletus", "measure": "Uusi mittari", "participants": "Asiakkaat", "starts_on": "2019-02-06",
            }),
            "update_trial" => json!({"measure": "Toinen mittari"}),
            "conclude_trial" => json!({"result": "stop", "learnt": "Torstai sopi, maanantai ei."}),
            "create_measurement" => json!({
                "name": "Uusi mittaus", "lang": "fi", "design": "independent", "better": "higher", "scale": {"min": 1, "max": 5},
                "before": {"values": [1, 2, 3, 4, 5]}, "after": {"summary": {"mean": 4, "standard_deviation": 1, "n": 30}},
            }),
            "update_measurement" => json!({
                "name": "Toinen mittaus", "before": {"values": null, "summary": {"mean": 3, "standard_deviation": 1, "n": 30}},
            }),
            "create_adoption" => json!({"unit_id": self.unit, "decision": "asked", "guide_id": self.member.id()}),
            "update_adoption" => json!({"note": "Toisin kuin muut", "guide_id": self.member.id()}),
            "recheck_adoption" => json!({"month": 3, "state": "in_use", "note": "Käynnillä"}),
            "save_self_assessment" => json!({"steps": [{"goal_id": self.goal, "step": 3}], "greeting": "", "lang": "fi"}),
            "create_comment" => json!({"subject": "group", "subject_id": self.group, "text": "Sopii.", "lang": "fi"}),
            "create_link" => {
                json!({"kind": "teaches", "subject": "edition", "subject_id": self.edition, "other": "group", "other_id": self.group})
            }
            "update_comment" => json!({"text": "Sopii **hyvin**."}),
            other => panic!("add a good body for {other} to tests/src/operations.rs"),
        }
    }
}

/// The permission entry of an operation.
pub fn needs(operation: &str) -> Needs {
    backend::operations::needs(operation).unwrap_or_else(|| panic!("add what {operation} asks of its caller to backend/src/operations.rs"))
}
