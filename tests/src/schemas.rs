//! What the document says of bodies and parameters: which members there are, and where an id stands.

use crate::operations::{Operation, document};
use serde_json::Value;
use std::collections::BTreeSet;

/// The document, for looking things up in it.
pub struct Schemas(Value);

impl Default for Schemas {
    fn default() -> Self {
        Self(document())
    }
}

impl Schemas {
    fn described(&self, operation: &Operation) -> &Value {
        &self.0["paths"][&operation.path][operation.method.as_str().to_lowercase()]
    }

    /// The schema of an operation's body.
    pub fn body(&self, operation: &Operation) -> &Value {
        &self.described(operation)["requestBody"]["content"][operation.body.as_deref().unwrap_or_default()]["schema"]
    }

    /// Query parameters that are ids.
    pub fn id_parameters(&self, operation: &Operation) -> Vec<String> {
        let parameters = self.described(operation)["parameters"].as_array().into_iter().flatten();
        let is_id = |parameter: &&Value| parameter["in"] == "query" && self.forms(&parameter["schema"]).iter().any(|form| is_uuid(form));
        parameters.filter(is_id).map(|parameter| parameter["name"].as_str().expect("a name").to_owned()).collect()
    }

    /// Query parameters by name.
    pub fn has_parameter(&self, operation: &Operation, name: &str) -> bool {
        let mut parameters = self.described(operation)["parameters"].as_array().into_iter().flatten();
        parameters.any(|parameter| parameter["in"] == "query" && parameter["name"] == name)
    }

    /// The forms that something may have, references followed.
    fn forms<'a>(&'a self, schema: &'a Value) -> Vec<&'a Value> {
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.rsplit('/').next().expect("a name");
            return self.forms(&self.0["components"]["schemas"][name]);
        }
        let choices = ["oneOf", "anyOf", "allOf"].iter().filter_map(|word| schema[*word].as_array()).flatten();
        std::iter::once(schema).chain(choices.flat_map(|choice| self.forms(choice))).collect()
    }

    /// Where ids stand in a body: JSON pointers, the first of a list for all of it.
    pub fn id_pointers(&self, operation: &Operation) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.walk(self.body(operation), "", &mut found);
        found
    }

    fn walk(&self, schema: &Value, at: &str, found: &mut BTreeSet<String>) {
        for form in self.forms(schema) {
            if is_uuid(form) {
                found.insert(at.to_owned());
            }
            for (name, inner) in form["properties"].as_object().into_iter().flatten() {
                self.walk(inner, &format!("{at}/{name}"), found);
            }
            if form["items"].is_object() {
                self.walk(&form["items"], &format!("{at}/0"), found);
            }
        }
    }

    /// The members that an object in a body may have; none where no object may stand.
    pub fn members(&self, operation: &Operation, pointer: &str) -> BTreeSet<String> {
        let mut forms = self.forms(self.body(operation));
        for step in pointer.split('/').skip(1) {
            let is_position = step.parse::<usize>().is_ok();
            let inner = forms.into_iter().map(|form| if is_position { &form["items"] } else { &form["properties"][step] });
            forms = inner.flat_map(|form| self.forms(form)).collect();
        }
        forms.iter().filter_map(|form| form["properties"].as_object()).flat_map(|members| members.keys().cloned()).collect()
    }

    /// Every member of every object of the document.
    pub fn all_members(&self) -> BTreeSet<String> {
        let schemas = self.0["components"]["schemas"].as_object().expect("schemas");
        let objects = schemas.values().flat_map(|schema| self.forms(schema));
        objects.filter_map(|form| form["properties"].as_object()).flat_map(|members| members.keys().cloned()).collect()
    }

    /// The schemas that bodies are made of and that are objects, by name.
    pub fn in_bodies(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for operation in crate::operations::operations().iter().filter(|operation| operation.body.is_some()) {
            self.names(self.body(operation), &mut found);
        }
        found
    }

    fn names(&self, schema: &Value, found: &mut BTreeSet<String>) {
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.rsplit('/').next().expect("a name");
            let meant = &self.0["components"]["schemas"][name];
            let is_object = self.forms(meant).iter().any(|form| form["properties"].is_object());
            if is_object && !found.insert(name.to_owned()) {
                return;
            }
            return self.names(meant, found);
        }
        let choices = ["oneOf", "anyOf", "allOf"].iter().filter_map(|word| schema[*word].as_array()).flatten();
        let members = schema["properties"].as_object().into_iter().flat_map(|members| members.values());
        choices.chain(members).chain(schema.get("items")).for_each(|inner| self.names(inner, found));
    }
}

fn is_uuid(schema: &Value) -> bool {
    schema["format"] == "uuid"
}
