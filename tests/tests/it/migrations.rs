//! The schema: every step goes up, down and up again, on both databases, and is what the program believes it is.

use backend::db::{Address, Db, migrate};
use std::collections::BTreeMap;
use tests::database::{lines, run};
use tests::scratch::Scratch;

fn is_postgres(db: &Db) -> bool {
    matches!(db.address(), Address::Postgres(_))
}

/// Tables, indexes, triggers and functions by name.
fn things(db: &Db) -> Vec<String> {
    let sql = if is_postgres(db) {
        "SELECT relkind::text || ' ' || relname AS line FROM pg_class WHERE relnamespace = 'public'::regnamespace
         UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
         UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1"
    } else {
        "SELECT type || ' ' || name AS line FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1"
    };
    lines(db, sql).into_iter().filter(|name| !name.contains("diesel_schema_migrations")).collect()
}

#[test]
fn every_step_goes_up_down_and_up_again() {
    let mut scratch = Scratch::new();
    let first = migrate::up(scratch.db()).expect("up");
    assert!(first.was_empty && !first.applied.is_empty());
    let made = things(scratch.db());
    assert!(made.len() > 30, "{made:?}");
    migrate::down(scratch.db()).expect("down");
    assert_eq!(things(scratch.db()), Vec::<String>::new(), "down takes everything away");
    let second = migrate::up(scratch.db()).expect("up again");
    assert_eq!(second.applied, first.applied);
    assert_eq!(things(scratch.db()), made);
    assert!(migrate::up(scratch.db()).expect("nothing to do").applied.is_empty());
    assert!(scratch.db().read(migrate::standing).expect("an answer").pending.is_empty());
}

#[test]
fn a_newer_database_is_refused() {
    let mut scratch = Scratch::new();
    migrate::up(scratch.db()).expect("up");
    run(scratch.db(), "INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101')").expect("a step of tomorrow");
    let said = migrate::up(scratch.db()).expect_err("newer").to_string();
    assert!(said.contains("newer") && said.contains("29990101"), "{said}");
}

type Columns = BTreeMap<String, BTreeMap<String, (String, bool)>>;

/// `table { column -> Kind, … }` of `schema.rs`: kind and whether it may be null.
fn declared() -> Columns {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../backend/src/db/schema.rs")).expect("schema.rs");
    let body = text.split("\ntables! {").nth(1).expect("the tables").split("\n}").next().expect("their end");
    let mut found = Columns::new();
    for part in body.split('}').filter(|part| part.contains('{')) {
        let (head, columns) = part.split_once('{').expect("a table");
        let table = head.split_whitespace().next().expect("its name").to_owned();
        let column = |text: &str| {
            let (name, kind) = text.split_once("->")?;
            let kind = kind.trim();
            let inner = kind.strip_prefix("Nullable<").map(|rest| rest.trim_end_matches('>'));
            Some((name.trim().to_owned(), (inner.unwrap_or(kind).to_owned(), inner.is_some())))
        };
        found.insert(table, columns.split(',').filter_map(column).collect());
    }
    found
}

/// The same from the database itself.
fn live(db: &Db) -> Columns {
    let sql = if is_postgres(db) {
        "SELECT table_name || '|' || column_name || '|' || data_type || '|' || CASE is_nullable WHEN 'YES' THEN '1' ELSE '0' END AS line
         FROM information_schema.columns WHERE table_schema = 'public'"
    } else {
        "SELECT m.name || '|' || c.name || '|' || c.type || '|' || CASE WHEN c.\"notnull\" = 0 THEN '1' ELSE '0' END AS line
         FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
    };
    let mut found = Columns::new();
    for line in lines(db, sql).iter().filter(|line| !line.starts_with("__diesel")) {
        let parts: Vec<&str> = line.split('|').collect();
        let kind = match parts[2].to_lowercase().as_str() {
            "uuid" => "Uuid",
            "text" => "Text",
            "bigint" => "BigInt",
            "boolean" => "Bool",
            "bytea" => "Binary",
            "timestamptz" | "timestamp with time zone" => "Instant",
            other => panic!("say in migrations.rs what {other} is in schema.rs"),
        };
        found.entry(parts[0].to_owned()).or_default().insert(parts[1].to_owned(), (kind.to_owned(), parts[3] == "1"));
    }
    found
}

#[test]
fn the_program_knows_the_schema_as_it_is() {
    let mut scratch = Scratch::new();
    migrate::up(scratch.db()).expect("up");
    let (declared, live) = (declared(), live(scratch.db()));
    assert_eq!(declared.keys().collect::<Vec<_>>(), live.keys().collect::<Vec<_>>());
    for (table, columns) in &live {
        assert_eq!(declared.get(table), Some(columns), "{table}");
    }
}

#[test]
fn nodes_that_start_at_once_migrate_once() {
    for round in 0..3 {
        let scratch = Scratch::new();
        let start = |_| {
            scratch.polku(&["migrate"]).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().expect("starts")
        };
        let nodes: Vec<_> = (0..4).map(start).collect();
        let mut applied = 0;
        for node in nodes {
            let output = node.wait_with_output().expect("ends");
            assert!(output.status.success(), "round {round}: {}", tests::scratch::said(&output));
            applied += usize::from(tests::scratch::said(&output).contains("Applied:"));
        }
        assert_eq!(applied, 1, "round {round}");
    }
}
