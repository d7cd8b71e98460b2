//! A5: nothing can be written but what an operation says can be written.

use crate::layering::{shipped, sources};
use serde_json::{Value, json};
use shared::policy::{Role, Scope};
use std::collections::BTreeSet;
use tests::database::everything_of;
use tests::operations::{Operation, World, operations};
use tests::raw::status;
use tests::schemas::Schemas;
use tests::{Person, TestApp, all_at_once, figure};

/// What one would try first; every member of every object of the document is tried as well.
const TRIED_FIRST: &[&str] = &[
    "id",
    "tenant",
    "tenant_id",
    "tid",
    "role",
    "roles",
    "permissions",
    "abilities",
    "is_admin",
    "admin",
    "version",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "owner_id",
    "granted_by",
    "status",
    "verified",
    "verified_at",
    "email_verified",
    "deleted_at",
    "password",
    "password_hash",
    "wrong_password_count",
    "answered",
    "published_at",
    "expires_at",
    "used_at",
    "token_hash",
    "scope",
    "valid_to",
    "__proto__",
    "constructor",
    "$set",
];

/// How many requests are on their way at a time.
const AT_ONCE: usize = 16;

/// Something that would be worth writing.
fn worth(member: &str, app: &TestApp) -> Value {
    match member {
        "role" => json!("administrator"),
        "status" => json!("active"),
        "version" => json!(7),
        _ if member.ends_with("id") || member.ends_with("_by") => json!(app.other.id),
        _ if member.ends_with("_at") => json!("2026-01-01T00:00:00Z"),
        _ => json!(true),
    }
}

/// The objects in a body, by pointer.
fn objects(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            found.push(at.clone());
            members.iter().for_each(|(name, member)| objects(member, format!("{at}/{name}"), found));
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(position, item)| objects(item, format!("{at}/{position}"), found)),
        _ => {}
    }
}

/// Good bodies of an operation, each with one thing in it that does not belong there, and a word for it.
fn spoilt(app: &TestApp, world: &World, schemas: &Schemas, members: &BTreeSet<String>, operation: &Operation) -> Vec<(String, Value)> {
    let mut bodies = Vec::new();
    for body in world.bodies(operation) {
        let mut pointers = Vec::new();
        objects(&body, String::new(), &mut pointers);
        bodies.push(("an array around it".to_owned(), json!([body])));
        for pointer in pointers {
            let known = schemas.members(operation, &pointer);
            assert!(!known.is_empty(), "{} says nothing of {pointer}", operation.id);
            for member in members.iter().filter(|member| !known.contains(*member)) {
                let mut with = body.clone();
                with.pointer_mut(&pointer).expect("there")[member] = worth(member, app);
                bodies.push((format!("{pointer}/{member}"), with));
            }
        }
    }
    bodies
}

/// One who may everything, and takes part.
fn mighty(app: &TestApp, world: &World) -> Person {
    let account = app.account_of(&app.own, &[(Role::Administrator, Scope::Tenant)], None);
    app.enrol(world.edition, account.id);
    app.sign_in(&app.own, account)
}

#[tokio::test]
async fn no_member_is_taken_that_the_operation_does_not_name() {
    let mut app = TestApp::start().await;
    let world = World::make_in_both(&mut app).await;
    let (schemas, token) = (Schemas::default(), mighty(&app, &world).token());
    let members: BTreeSet<String> =
        schemas.all_members().into_iter().chain(TRIED_FIRST.iter().map(|member| (*member).to_owned())).collect();
    let both = || [app.own.id, app.other.id].map(|tenant| everything_of(&app.db, tenant));
    let (before, mut tried, mut with_body, mut taken) = (both(), 0, 0, Vec::new());
    for operation in operations().into_iter().filter(|operation| operation.is_write() && operation.reads_json()) {
        let Some(kind) = &operation.body else { continue };
        with_body += 1;
        let path = world.path(&operation);
        let sent: Vec<_> = spoilt(&app, &world, &schemas, &members, &operation)
            .into_iter()
            .map(|(what, body)| {
                let request = app.request(operation.method.clone(), &path).header("content-type", kind).body(body.to_string());
                let request = if operation.visitor { request } else { request.bearer_auth(&token) };
                (what, if operation.is_conditional() { request.header("if-match", "\"v1\"") } else { request })
            })
            .collect();
        tried += sent.len();
        let mut sent = sent.into_iter().peekable();
        while sent.peek().is_some() {
            let asked = sent.by_ref().take(AT_ONCE).map(|(what, request)| async move { (what, status(request).await) });
            let answers = all_at_once(asked.collect::<Vec<_>>()).await;
            taken.extend(
                answers.into_iter().filter(|(_, status)| *status != 400).map(|(what, status)| format!("{} {what}: {status}", operation.id)),
            );
        }
    }
    assert!(taken.is_empty(), "{} members were taken or wrongly refused:\n{}", taken.len(), taken.join("\n"));
    assert!(before == both(), "something was changed");
    figure!(
        "A5",
        "{with_body} operations with a body, {} members injected at every object, and arrays: {tried} bodies, all 400, 0 rows changed",
        members.len()
    );
}

#[tokio::test]
async fn a_tenant_in_the_address_is_refused_and_a_body_where_none_is_read_does_nothing() {
    let app = TestApp::start().await;
    let world = World::make(&app).await;
    let token = mighty(&app, &world).token();
    let before = everything_of(&app.db, app.own.id);
    for operation in operations() {
        let call = || {
            let token = (!operation.visitor).then_some(token.as_str());
            world.call(&app, &operation, token)
        };
        for name in ["tenant_id", "account_id[]", "role", "as"] {
            let asked = status(call().query(&[(name, app.other.id.to_string())])).await;
            assert_eq!(asked, 400, "{}?{name}", operation.id);
        }
        if operation.body.is_none() && operation.is_conditional() {
            let body = json!({"version": 999, "tenant_id": app.other.id, "status": "active", "role": "administrator"});
            let asked = status(call().header("content-type", "application/json").body(body.to_string())).await;
            assert_eq!(asked, 412, "{}", operation.id);
        }
    }
    assert!(before == everything_of(&app.db, app.own.id), "something was changed");
}

/// The names between a mark and `>`, as in `Checked<NewUnit>`.
fn named_after<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    let after = text.match_indices(mark).map(|(at, _)| &text[at + mark.len()..]);
    after.filter_map(|rest| rest.split(['>', ',', '=']).next()).map(|name| name.rsplit("::").next().unwrap_or(name).trim()).collect()
}

/// The attributes of a type, or none when it is not in this file.
fn attributes(text: &str, name: &str) -> Option<String> {
    let declared = [format!("pub struct {name} {{"), format!("pub enum {name} {{"), format!("pub struct {name}<")];
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| declared.iter().any(|start| line.trim_start().starts_with(start)))?;
    let above = lines[..at].iter().rev().take_while(|line| !line.trim().is_empty() && !line.starts_with('}'));
    Some(above.copied().collect::<Vec<_>>().join("\n"))
}

#[test]
fn every_type_that_is_read_refuses_what_it_does_not_know() {
    let code: Vec<(String, String)> = ["backend/src", "shared/src"].iter().flat_map(|folder| sources(folder)).collect();
    let mut read: BTreeSet<String> = Schemas::default().in_bodies();
    for (_, text) in &code {
        for mark in ["Checked<", "Merge<", "Caller<", "Visitor<", ".onto::<"] {
            read.extend(
                named_after(&shipped(text), mark).into_iter().filter(|name| name.len() > 1 && !name.starts_with('\'')).map(str::to_owned),
            );
        }
    }
    assert!(read.len() > 40, "{read:?}");
    assert!(read.remove("TokenRequest"), "RFC 6749, section 3.2: unknown members are passed over");
    let open: Vec<&String> = read
        .iter()
        .filter(|name| {
            // The types of queries are made by a macro, which refuses for all of them.
            let by_macro = |text: &String| text.contains("filter! {") && text.contains(&format!("    {name} {{"));
            let found: Vec<String> = code.iter().filter_map(|(_, text)| attributes(text, name)).collect();
            let refuses = |attributes: &String| attributes.contains("deny_unknown_fields");
            !code.iter().any(|(_, text)| by_macro(text)) && (found.is_empty() || !found.iter().any(refuses))
        })
        .collect();
    assert!(open.is_empty(), "add #[serde(deny_unknown_fields)] to {open:?}");
    figure!("A5", "{} types that are read, each refuses unknown members", read.len());
    for (path, text) in code {
        assert!(!text.contains("AsChangeset"), "{path}: a changed row is written column by column");
        let flattens = text.lines().any(|line| line.contains("serde(") && line.contains("flatten"));
        assert!(!flattens, "{path}: serde checks unknown members or flattens, never both");
    }
}
