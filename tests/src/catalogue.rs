//! What the database itself knows of its tables: their keys and what they refer to.

use crate::database::lines;
use backend::db::{Address, Db};
use std::collections::BTreeMap;

/// One foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    pub table: String,
    pub to: String,
    /// Own column → column over there, in the key's order.
    pub columns: Vec<(String, String)>,
}

fn is_postgres(db: &Db) -> bool {
    matches!(db.address(), Address::Postgres(_))
}

/// Parts of lines that a query made with `|` between them.
fn parts(db: &Db, sql: &str) -> Vec<Vec<String>> {
    lines(db, sql).iter().map(|line| line.split('|').map(str::to_owned).collect()).collect()
}

/// Every table with its columns: name, and whether it may be null.
pub fn tables(db: &Db) -> BTreeMap<String, BTreeMap<String, bool>> {
    let sql = if is_postgres(db) {
        "SELECT table_name::text || '|' || column_name::text || '|' || is_nullable::text AS line FROM information_schema.columns WHERE table_schema = current_schema()"
    } else {
        "SELECT m.name || '|' || c.name || '|' || CASE c.\"notnull\" WHEN 0 THEN 'YES' ELSE 'NO' END AS line
         FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
    };
    let mut tables = BTreeMap::<String, BTreeMap<String, bool>>::new();
    for line in parts(db, sql).into_iter().filter(|line| !line[0].starts_with("__diesel")) {
        tables.entry(line[0].clone()).or_default().insert(line[1].clone(), line[2] == "YES");
    }
    tables
}

/// Every primary key and unique index: table, name and the columns in order.
pub fn unique_keys(db: &Db) -> Vec<(String, String, Vec<String>)> {
    let sql = if is_postgres(db) {
        "SELECT t.relname::text || '|' || i.relname::text || '|' || string_agg(coalesce(a.attname::text, '(expression)'), ',' ORDER BY k.place) AS line
         FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
         CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
         LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum AND k.attnum > 0
         WHERE x.indisunique AND t.relnamespace = current_schema()::regnamespace GROUP BY t.relname, i.relname ORDER BY 1"
    } else {
        "SELECT line FROM (SELECT m.name || '|' || i.name || '|' ||
           (SELECT group_concat(coalesce(c.name, '(expression)')) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) c) AS line
         FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table' AND i.\"unique\" = 1) ORDER BY 1"
    };
    let keys = parts(db, sql).into_iter().filter(|line| !line[0].starts_with("__diesel"));
    keys.map(|line| (line[0].clone(), line[1].clone(), line[2].split(',').map(str::to_owned).collect())).collect()
}

/// Every foreign key.
pub fn references(db: &Db) -> Vec<Reference> {
    let sql = if is_postgres(db) {
        "SELECT c.conrelid::regclass::text || '|' || c.oid::text || '|' || c.confrelid::regclass::text || '|' || a.attname::text || '|' || b.attname::text AS line
         FROM pg_constraint c CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY AS k (own, there, place)
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.own
         JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.there
         WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace ORDER BY c.conrelid::regclass::text, c.oid, k.place"
    } else {
        "SELECT m.name || '|' || f.id || '|' || f.\"table\" || '|' || f.\"from\" || '|' || coalesce(f.\"to\", '') AS line
         FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq"
    };
    let mut found: Vec<(String, Reference)> = Vec::new();
    for line in parts(db, sql) {
        let id = format!("{} {}", line[0], line[1]);
        if found.last().is_none_or(|(known, _)| *known != id) {
            found.push((id, Reference { table: line[0].clone(), to: line[2].clone(), columns: Vec::new() }));
        }
        let last = found.last_mut().expect("just there");
        last.1.columns.push((line[3].clone(), line[4].clone()));
    }
    found.into_iter().map(|(_, reference)| reference).collect()
}
