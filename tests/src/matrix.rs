//! Requests made from the document, and the id of another thing put into each place where an id stands.

use crate::TestApp;
use crate::operations::{Operation, World};
use crate::schemas::Schemas;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use uuid::Uuid;

/// Kind of thing → the id of one.
pub type Ids = BTreeMap<&'static str, Uuid>;

impl World {
    /// One id of each kind.
    pub fn ids(&self) -> Ids {
        Ids::from([
            ("organisation", self.organisation.0),
            ("unit", self.unit.0),
            ("account", self.member.id().0),
            ("grant", self.grant),
            ("session", self.session),
            ("programme", self.programme.0),
            ("goal", self.goal),
            ("edition", self.edition.0),
            ("contact_day", self.day),
            ("enrolment", self.enrolment),
            ("group", self.group),
            ("project", self.project.0),
            ("job", self.job),
            ("trial", self.trial),
            ("measurement", self.measurement),
            ("adoption", self.adoption),
            ("feedback", self.feedback),
            ("api_client", self.api_client.0),
            ("api_client_secret", self.api_client_secret),
            ("comment", self.comment),
            ("link", self.link),
        ])
    }

    /// Bodies that between them have an id wherever one may stand.
    pub fn bodies(&self, operation: &Operation) -> Vec<Value> {
        if !operation.reads_json() {
            return Vec::new();
        }
        let mut bodies = vec![self.body(operation)];
        match operation.id.as_str() {
            "enrol" => bodies.push(json!({"account_id": self.member.id(), "group_id": self.group})),
            // Not its own, but of a kind that may stand there.
            "update_project" => bodies.push(json!({"continues_id": self.project})),
            "move_project" => bodies.push(json!({"to": "continued", "continued_in_id": self.project})),
            "create_measurement" => {
                let mut body = self.body(operation);
                body["before"] = json!({"proportion": {"successes": 48, "n": 80}});
                body["after"] = json!({"proportion": {"successes": 56, "n": 70}});
                bodies.push(body);
            }
            "create_programme" => {
                let mut body = self.body(operation);
                body["goals"][0]["id"] = json!(self.goal);
                bodies.push(body);
            }
            _ => {}
        }
        bodies
    }

    /// The operation as it is called about this world, in each of its forms.
    pub fn requests<'a>(&self, schemas: &Schemas, operation: &'a Operation) -> Vec<Request<'a>> {
        let address = self.path(operation);
        let (path, query) = address.split_once('?').unwrap_or((&address, ""));
        let pair = |text: &str| text.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
        let form = (operation.body.is_some() && !operation.reads_json()).then(|| self.text(operation));
        let plain = Request { operation, path: path.to_owned(), query: query.split('&').filter_map(pair).collect(), body: None, form };
        let bodies = self.bodies(operation);
        let mut requests: Vec<Request<'a>> = bodies.into_iter().map(|body| Request { body: Some(body), ..plain.clone() }).collect();
        for name in schemas.id_parameters(operation) {
            if plain.query.iter().all(|(known, _)| *known != name) {
                let id = self.ids()[kind_of(&name)];
                requests.push(Request { query: vec![(name, id.to_string())], ..plain.clone() });
            }
        }
        if !operation.reads_json() {
            requests.insert(0, plain);
            return requests;
        }
        let told: BTreeSet<String> =
            requests.iter().flat_map(|request| request.spots(&self.ids())).map(|spot| spot.place.to_string()).collect();
        for pointer in schemas.id_pointers(operation) {
            assert!(
                told.contains(&pointer),
                "put an id at {pointer} into a body of {} in tests/src/operations.rs or matrix.rs",
                operation.id
            );
        }
        requests
    }
}

/// The kind of thing that a query parameter means.
fn kind_of(parameter: &str) -> &'static str {
    match parameter {
        "organisation_id" => "organisation",
        "unit_id" => "unit",
        "account_id" | "actor_id" => "account",
        "programme_id" => "programme",
        "edition_id" | "object_id" => "edition",
        "group_id" => "group",
        "client_id" => "api_client",
        other => panic!("say in tests/src/matrix.rs what kind of thing {other} means"),
    }
}

/// One request, not sent yet.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    pub operation: &'a Operation,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub body: Option<Value>,
    /// A body that is no JSON.
    pub form: Option<String>,
}

impl<'a> Request<'a> {
    /// The request as it is sent; `if_match` only where a version is asked for.
    pub fn build(&self, app: &TestApp, token: Option<&str>, if_match: &str) -> RequestBuilder {
        let mut request = app.request(self.operation.method.clone(), &self.path);
        if !self.query.is_empty() {
            request = request.query(&self.query);
        }
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let body = self.body.as_ref().map(Value::to_string).or_else(|| self.form.clone());
        if let (Some(kind), Some(body)) = (&self.operation.body, body) {
            request = request.header("content-type", kind).body(body);
        }
        if self.operation.is_conditional() { request.header("if-match", if_match) } else { request }
    }

    /// Every id in it. Each must be one of the world's.
    pub fn spots(&self, ids: &Ids) -> Vec<Spot<'a>> {
        let mut found = Vec::new();
        let mut note = |place: Place, id: Uuid| {
            let kind = ids.iter().find(|(_, known)| **known == id).map(|(kind, _)| *kind);
            let kind = kind.unwrap_or_else(|| panic!("{} at {place} is an id of no thing of the world", self.operation.id));
            found.push(Spot { request: self.clone(), place, kind, id });
        };
        if let Some(id) = self.path.split('/').find_map(|part| part.parse::<Uuid>().ok()) {
            note(Place::Path, id);
        }
        for (name, value) in &self.query {
            if let Ok(id) = value.parse::<Uuid>() {
                note(Place::Query(name.clone()), id);
            }
        }
        let mut strings = Vec::new();
        self.body.iter().for_each(|body| texts(body, String::new(), &mut strings));
        for (pointer, text) in strings {
            if let Ok(id) = text.parse::<Uuid>() {
                note(Place::Body(pointer), id);
            }
        }
        found
    }
}

/// Every text in a document with its pointer.
fn texts(value: &Value, at: String, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((at, text.clone())),
        Value::Array(items) => items.iter().enumerate().for_each(|(position, item)| texts(item, format!("{at}/{position}"), found)),
        Value::Object(members) => members.iter().for_each(|(name, member)| texts(member, format!("{at}/{name}"), found)),
        _ => {}
    }
}

/// Where in a request an id stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Path,
    /// By the parameter's name.
    Query(String),
    /// By JSON pointer.
    Body(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path => f.write_str("path"),
            Self::Query(name) => write!(f, "?{name}"),
            Self::Body(pointer) => f.write_str(pointer),
        }
    }
}

/// One id of one request.
#[derive(Clone, Debug)]
pub struct Spot<'a> {
    pub request: Request<'a>,
    pub place: Place,
    pub kind: &'static str,
    id: Uuid,
}

impl<'a> Spot<'a> {
    /// The request with another id there, and only there.
    pub fn with(&self, other: Uuid) -> Request<'a> {
        let mut request = self.request.clone();
        match &self.place {
            Place::Path => request.path = request.path.replace(&self.id.to_string(), &other.to_string()),
            Place::Query(name) => {
                request.query.iter_mut().filter(|(own, _)| own == name).for_each(|(_, value)| *value = other.to_string());
            }
            Place::Body(pointer) => {
                let slot = request.body.as_mut().and_then(|body| body.pointer_mut(pointer)).expect("the place is in the body");
                *slot = json!(other);
            }
        }
        request
    }

    /// What it is, for a list of exceptions: `create_unit /parent_id`.
    pub fn name(&self) -> String {
        format!("{} {}", self.request.operation.id, self.place)
    }
}
