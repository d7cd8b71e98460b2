//! What a new OpenAPI document takes away from those who were built on the released one. Adding is free; taking away,
//! renaming and asking for more is not, under one version of the API.
//!
//! `openapi/released.json` is the document of the last release; `cargo xtask openapi --released` puts the present one in
//! its place, which belongs to the commit of a release. Answers may get new words in their enums, because API.md asks
//! readers to tolerate them.

mod schema;

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::documents::OPENAPI;
use crate::workspace::Workspace;
use schema::Direction;

const RELEASED: &str = "openapi/released.json";
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Fails when the present document breaks the released one.
pub fn check(workspace: &Workspace) -> Result<()> {
    let load = |file: &str| -> Result<Value> {
        let text = fs::read_to_string(workspace.root.join(file)).with_context(|| file.to_owned())?;
        serde_json::from_str(&text).with_context(|| file.to_owned())
    };
    let broken = between(&load(RELEASED)?, &load(OPENAPI.file)?);
    if broken.is_empty() {
        return Ok(());
    }
    bail!(
        "the API breaks for those who use the released one:\n  {}\nKeep what was there and add beside it. If nothing is out yet that could break, `cargo xtask openapi --released` takes the document as it is",
        broken.join("\n  ")
    )
}

/// Takes the present document for the released one.
pub fn release(workspace: &Workspace) -> Result<()> {
    fs::copy(workspace.root.join(OPENAPI.file), workspace.root.join(RELEASED))?;
    println!("   wrote {RELEASED}");
    Ok(())
}

/// What breaks from one document to another, a line each.
pub fn between(old: &Value, new: &Value) -> Vec<String> {
    let mut broken = Vec::new();
    for (path, item) in members(&old["paths"]) {
        for method in METHODS.into_iter().filter(|method| item.get(method).is_some()) {
            let name = format!("{} {path}", method.to_uppercase());
            match new["paths"].get(path).and_then(|item| item.get(method)) {
                None => broken.push(format!("{name} is gone")),
                Some(operation) => broken.extend(of_operation(&name, (old, &item[method]), (new, operation))),
            }
        }
    }
    broken
}

/// An operation in its document, before and now.
type Side<'a> = (&'a Value, &'a Value);

fn of_operation(name: &str, old: Side, new: Side) -> Vec<String> {
    let mut broken = Vec::new();
    if old.1["operationId"] != new.1["operationId"] {
        broken.push(format!("{name} is called {} instead of {}", new.1["operationId"], old.1["operationId"]));
    }
    let open = |operation: &Value| {
        operation["security"].as_array().is_some_and(|all| all.iter().any(|one| one.as_object().is_some_and(|one| one.is_empty())))
    };
    if open(old.1) && !open(new.1) {
        broken.push(format!("{name} asks for a token now"));
    }
    broken.extend(of_parameters(name, old, new));
    broken.extend(of_body(name, old, new));
    for (status, answer) in members(&old.1["responses"]).filter(|(status, _)| status.starts_with('2')) {
        match new.1["responses"].get(status) {
            None => broken.push(format!("{name} does not answer {status} any more")),
            Some(now) => broken.extend(of_content(&format!("{name} {status}"), (old.0, answer), (new.0, now), Direction::Answer)),
        }
    }
    broken
}

fn of_parameters(name: &str, old: Side, new: Side) -> Vec<String> {
    let list = |operation: &Value| operation["parameters"].as_array().cloned().unwrap_or_default();
    let key = |parameter: &Value| {
        (parameter["in"].as_str().unwrap_or_default().to_owned(), parameter["name"].as_str().unwrap_or_default().to_owned())
    };
    let required = |parameter: &Value| parameter["required"].as_bool().unwrap_or_default();
    let (before, now) = (list(old.1), list(new.1));
    let mut broken = Vec::new();
    for parameter in &before {
        let (place, word) = key(parameter);
        match now.iter().find(|other| key(other) == key(parameter)) {
            None => broken.push(format!("{name} does not take the {place} parameter {word} any more")),
            Some(other) if required(other) && !required(parameter) => broken.push(format!("{name} needs the {place} parameter {word} now")),
            Some(other) => {
                let at = format!("{name} {word}");
                broken.extend(schema::compare(&at, (old.0, &parameter["schema"]), (new.0, &other["schema"]), Direction::Request));
            }
        }
    }
    let known: BTreeSet<_> = before.iter().map(key).collect();
    let added = now.iter().filter(|parameter| required(parameter) && !known.contains(&key(parameter)));
    broken.extend(added.map(|parameter| format!("{name} needs the new parameter {}", key(parameter).1)));
    broken
}

fn of_body(name: &str, old: Side, new: Side) -> Vec<String> {
    match (old.1.get("requestBody"), new.1.get("requestBody")) {
        (None, None) => Vec::new(),
        (Some(_), None) => vec![format!("{name} takes no body any more")],
        (None, Some(body)) if body["required"].as_bool().unwrap_or_default() => vec![format!("{name} needs a body now")],
        (None, Some(_)) => Vec::new(),
        (Some(before), Some(now)) => of_content(name, (old.0, before), (new.0, now), Direction::Request),
    }
}

fn of_content(name: &str, old: Side, new: Side, direction: Direction) -> Vec<String> {
    let mut broken = Vec::new();
    for (kind, content) in members(&old.1["content"]) {
        match new.1["content"].get(kind) {
            None => broken.push(format!("{name} knows no {kind} any more")),
            Some(now) => broken.extend(schema::compare(name, (old.0, &content["schema"]), (new.0, &now["schema"]), direction)),
        }
    }
    broken
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::between;
    use serde_json::{Value, json};

    fn document() -> Value {
        json!({
            "paths": { "/things": { "post": {
                "operationId": "create_thing",
                "security": [{}],
                "parameters": [{ "name": "limit", "in": "query", "required": false, "schema": { "type": "integer", "maximum": 200 } }],
                "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/NewThing" } } } },
                "responses": { "201": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } } }, "409": {} }
            } } },
            "components": { "schemas": {
                "NewThing": {
                    "type": "object",
                    "required": ["name"],
                    "properties": { "name": { "type": "string", "maxLength": 200 }, "kind": { "type": "string", "enum": ["a", "b"] }, "parts": { "type": "array", "items": { "$ref": "#/components/schemas/NewThing" } } }
                },
                "Thing": {
                    "type": "object",
                    "required": ["id", "name"],
                    "properties": { "id": { "type": "string", "format": "uuid" }, "name": { "type": "string" }, "kind": { "type": "string", "enum": ["a", "b"] }, "note": { "type": ["string", "null"] } }
                }
            } }
        })
    }

    /// The document with another value at a place; without a value the place is taken away.
    fn with(at: &str, value: Option<Value>) -> Value {
        let mut changed = document();
        let (parent, name) = at.rsplit_once('/').expect("a place");
        let parent = changed.pointer_mut(parent).expect("a parent").as_object_mut().expect("an object");
        let name = name.replace("~1", "/");
        match value {
            Some(value) => parent.insert(name, value),
            None => parent.remove(&name),
        };
        changed
    }

    const POST: &str = "/paths/~1things/post";
    const NEW: &str = "/components/schemas/NewThing";
    const THING: &str = "/components/schemas/Thing";

    #[test]
    fn additions_break_nothing() {
        let text = || Some(json!({ "type": "string" }));
        for (at, value) in [
            ("/paths/~1more".to_owned(), Some(json!({ "get": {} }))),
            (format!("{POST}/responses/410"), Some(json!({}))),
            (format!("{POST}/responses/409"), None),
            (
                format!("{POST}/parameters"),
                Some(json!([
                { "name": "limit", "in": "query", "schema": { "type": "integer", "maximum": 500 } },
                { "name": "cursor", "in": "query", "schema": { "type": "string" } }])),
            ),
            (format!("{NEW}/properties/more"), text()),
            (format!("{NEW}/properties/name"), Some(json!({ "type": ["string", "null"], "maxLength": 300 }))),
            (format!("{NEW}/properties/kind/enum"), Some(json!(["a", "b", "c"]))),
            (format!("{NEW}/required"), Some(json!([]))),
            (format!("{THING}/properties/more"), text()),
            (format!("{THING}/properties/note/type"), Some(json!("string"))),
            (format!("{THING}/properties/kind/enum"), Some(json!(["a", "b", "c"]))),
            (format!("{THING}/required"), Some(json!(["id", "name", "kind"]))),
        ] {
            assert_eq!(between(&document(), &with(&at, value)), Vec::<String>::new(), "{at}");
        }
    }

    #[test]
    fn what_takes_away_or_asks_for_more_is_found() {
        for (at, value, word) in [
            ("/paths/~1things".to_owned(), None, "is gone"),
            (POST.to_owned(), None, "is gone"),
            (format!("{POST}/operationId"), Some(json!("make_thing")), "is called"),
            (format!("{POST}/security"), Some(json!([{ "bearer": [] }])), "token"),
            (format!("{POST}/parameters"), Some(json!([])), "limit any more"),
            (
                format!("{POST}/parameters"),
                Some(json!([{ "name": "limit", "in": "query", "required": true, "schema": { "type": "integer", "maximum": 200 } }])),
                "needs",
            ),
            (
                format!("{POST}/parameters"),
                Some(json!([{ "name": "limit", "in": "query", "schema": { "type": "integer", "maximum": 100 } }])),
                "maximum",
            ),
            (
                format!("{POST}/parameters"),
                Some(json!([
                { "name": "limit", "in": "query", "schema": { "type": "integer", "maximum": 200 } },
                { "name": "who", "in": "query", "required": true, "schema": { "type": "string" } }])),
                "new parameter who",
            ),
            (format!("{POST}/requestBody"), None, "no body"),
            (format!("{POST}/requestBody/content"), Some(json!({ "text/csv": {} })), "application/json"),
            (format!("{POST}/responses/201"), None, "201"),
            (format!("{NEW}/properties/kind"), None, "kind"),
            (format!("{NEW}/properties/name/type"), Some(json!("integer")), "type"),
            (format!("{NEW}/properties/name/maxLength"), Some(json!(100)), "maxLength"),
            (format!("{NEW}/properties/name/minLength"), Some(json!(3)), "minLength"),
            (format!("{NEW}/properties/name/pattern"), Some(json!("^a")), "pattern"),
            (format!("{NEW}/properties/kind/enum"), Some(json!(["a"])), "\"b\""),
            (format!("{NEW}/required"), Some(json!(["name", "kind"])), "kind"),
            (format!("{THING}/properties/note"), None, "note"),
            (format!("{THING}/properties/name/type"), Some(json!(["string", "null"])), "type"),
            (format!("{THING}/properties/id/format"), Some(json!("uri")), "format"),
            (format!("{THING}/required"), Some(json!(["id"])), "name"),
        ] {
            let broken = between(&document(), &with(&at, value));
            assert!(broken.iter().any(|line| line.contains(word)), "{at}: {broken:?}");
        }
    }
}
