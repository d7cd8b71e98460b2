//! A3 and part of A9: the schema itself makes a reference into another tenant impossible. Read from the catalogue, and
//! tried.

use backend::db::Db;
use std::collections::{BTreeMap, BTreeSet};
use tests::catalogue::{Reference, references, tables, unique_keys};
use tests::database::{lines, literal, postgres_url, run};
use tests::operations::World;
use tests::scratch::Scratch;
use tests::{TestApp, figure};

/// Ids that refer to nothing the database could check, each with the reason.
const UNCHECKED: &[(&str, &str)] = &[
    ("audit_events.actor_id", "the line outlives the account"),
    ("audit_events.client_id", "the line outlives the program"),
    ("audit_events.object_id", "of any kind, and the line outlives the thing"),
    ("audit_events.request_id", "a text, of no table"),
    ("comments.subject_id", "of the kind that subject names; found through the rights on that object, by tenant"),
    ("grants.scope_id", "of the kind that scope_kind names; rights are only ever compared with ids of the own tenant"),
    ("jobs.subject_id", "of the kind that the job is for; what is gone by then is left alone"),
    ("links.earlier_id", "of the kind that earlier names; shown only where that object is found, by tenant"),
    ("links.later_id", "of the kind that later names; shown only where that object is found, by tenant"),
    ("idempotency_keys.principal_id", "only compared with the caller's own id"),
];

fn migrated() -> Scratch {
    let mut scratch = Scratch::new();
    backend::db::migrate::up(scratch.db()).expect("up");
    scratch
}

#[test]
fn the_tenant_stands_first_in_every_key_and_every_reference() {
    let mut scratch = migrated();
    let (tables, keys, references) = (tables(scratch.db()), unique_keys(scratch.db()), references(scratch.db()));
    let of_tenants = || tables.iter().filter(|(table, _)| *table != "tenants");
    for (table, columns) in of_tenants() {
        assert_eq!(columns.get("tenant_id"), Some(&false), "{table} has a tenant that is never null");
        assert!(keys.iter().any(|(of, ..)| of == table), "{table} has no key");
        let owned = references.iter().any(|key| key.table == *table && key.to == "tenants" && key.columns == [pair("tenant_id", "id")]);
        assert!(owned, "{table}.tenant_id refers to no tenant");
    }
    for (table, name, columns) in keys.iter().filter(|(table, ..)| table != "tenants") {
        assert_eq!(columns[0], "tenant_id", "{table}: {name} {columns:?}: uniqueness across tenants would tell what another has");
    }
    let between: Vec<&Reference> = references.iter().filter(|key| key.to != "tenants").collect();
    for key in &between {
        assert_eq!(key.columns[0], pair("tenant_id", "tenant_id"), "{key:?}");
        assert!(key.columns.len() > 1, "{key:?}");
    }
    let checked: BTreeSet<String> = between
        .iter()
        .flat_map(|key| key.columns.iter().map(move |(column, _)| format!("{}.{column}", key.table)))
        .chain(UNCHECKED.iter().map(|(column, _)| (*column).to_owned()))
        .collect();
    for (table, columns) in of_tenants() {
        for column in columns.keys().filter(|column| column.ends_with("_id") && *column != "tenant_id") {
            let name = format!("{table}.{column}");
            assert!(checked.contains(&name), "{name} refers to nothing: add FOREIGN KEY (tenant_id, {column}), or a reason to UNCHECKED");
        }
    }
    figure!(
        "A3",
        "{} tables with a tenant, {} unique keys and {} references, the tenant first in all; {} ids refer to nothing, each with a reason",
        of_tenants().count(),
        keys.len(),
        between.len(),
        UNCHECKED.len()
    );
}

fn pair(own: &str, there: &str) -> (String, String) {
    (own.to_owned(), there.to_owned())
}

/// The column of a reference that says what it leads to: the last that is an id.
fn telling(key: &Reference) -> &(String, String) {
    key.columns.iter().rev().find(|(_, there)| there == "id" || there.ends_with("_id")).expect("columns")
}

/// Something that belongs to a tenant, as the reference would name it; the other tenant's, so to speak.
fn foreign(db: &Db, key: &Reference, tenant: uuid::Uuid) -> Option<String> {
    let (_, there) = telling(key);
    let shown = if postgres_url().is_some() { format!("{there}::text") } else { format!("lower(hex({there}))") };
    let found = lines(db, &format!("SELECT {shown} AS line FROM {} WHERE tenant_id = {} ORDER BY 1", key.to, literal(db, tenant)));
    found.first().map(|id| literal(db, id.parse().expect("an id")))
}

/// Whether the database said that the reference leads nowhere.
fn is_refused(outcome: &Result<usize, String>) -> bool {
    outcome.as_ref().is_err_and(|said| said.to_lowercase().contains("foreign key"))
}

/// A statement that makes one row of a tenant refer to something else; none when the tenant has no such row.
fn pointing(db: &Db, key: &Reference, tenant: uuid::Uuid, to: &str) -> Option<String> {
    let (table, own) = (&key.table, literal(db, tenant));
    let (column, _) = telling(key);
    let row = if postgres_url().is_some() { "ctid" } else { "rowid" };
    let there = lines(db, &format!("SELECT '1' AS line FROM {table} WHERE tenant_id = {own}"));
    if there.is_empty() {
        return None;
    }
    if table != "result_snapshots" {
        return Some(format!(
            "UPDATE {table} SET {column} = {to} WHERE {row} = (SELECT {row} FROM {table} WHERE tenant_id = {own} LIMIT 1)"
        ));
    }
    // Rows that never change are written anew, for an edition without one.
    let edition = "(SELECT e.id FROM editions e WHERE e.tenant_id = s.tenant_id AND e.published_at IS NULL LIMIT 1)";
    let value = |name: &str| match name {
        _ if name == column => to.to_owned(),
        "edition_id" => edition.to_owned(),
        _ => format!("s.{name}"),
    };
    let columns = ["tenant_id", "edition_id", "programme_id", "published_at", "content"];
    let values: Vec<String> = columns.iter().map(|name| value(name)).collect();
    Some(format!("INSERT INTO {table} ({}) SELECT {} FROM {table} s WHERE s.tenant_id = {own}", columns.join(", "), values.join(", ")))
}

#[tokio::test]
async fn no_row_can_be_made_to_point_into_another_tenant() {
    let mut app = TestApp::start().await;
    World::make_in_both(&mut app).await;
    let (own, other) = (app.own.id.0, app.other.id.0);
    let (mut tried, mut without) = (0, Vec::new());
    for key in references(&app.db).into_iter().filter(|key| key.to != "tenants") {
        let to = foreign(&app.db, &key, other);
        let Some(statement) = to.and_then(|to| pointing(&app.db, &key, own, &to)) else {
            without.push(format!("{} → {}", key.table, key.to));
            continue;
        };
        let outcome = run(&app.db, &statement);
        assert!(is_refused(&outcome), "{key:?}: {outcome:?} to {statement}");
        tried += 1;
    }
    let mut moved = 0;
    for (table, columns) in tables(&app.db).iter().filter(|(table, _)| *table != "tenants") {
        let refers = references(&app.db).iter().any(|key| key.table == *table && key.to != "tenants" && is_required(columns, key));
        if !refers || lines(&app.db, &format!("SELECT '1' AS line FROM {table} WHERE tenant_id = {}", literal(&app.db, own))).is_empty() {
            continue;
        }
        let columns: Vec<&str> = columns.keys().map(String::as_str).collect();
        let values: Vec<String> =
            columns.iter().map(|name| if *name == "tenant_id" { literal(&app.db, other) } else { (*name).to_owned() }).collect();
        let (into, from) = (columns.join(", "), values.join(", "));
        let copy = format!("INSERT INTO {table} ({into}) SELECT {from} FROM {table} WHERE tenant_id = {} LIMIT 1", literal(&app.db, own));
        let outcome = run(&app.db, &copy);
        assert!(is_refused(&outcome), "{table}: {outcome:?} to {copy}");
        moved += 1;
    }
    figure!(
        "A3",
        "{tried} references tried with another tenant's key and {moved} rows copied into another tenant: all refused by the database; no row to \
         try: {without:?}"
    );
    assert!(tried > 20 && moved > 8, "only {tried} and {moved}");
}

/// Whether every row has it.
fn is_required(columns: &BTreeMap<String, bool>, key: &Reference) -> bool {
    key.columns.iter().all(|(column, _)| columns.get(column) == Some(&false))
}
