//! The database, whichever it is: reachable, whole, of this program's version, and of the same mind about the time.

use super::{Finding, postgres, settings, sqlite, work};
use crate::config::{Common, Serve};
use crate::db::{Address, Conn, manager, migrate};
use crate::identity::service::tenants;
use crate::on_each_backend;
use diesel::sql_types::{Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use jiff::Timestamp;

/// Clocks this many seconds apart are worth a look, and this many break the expiry of links and tokens.
const CLOCKS_APART: f64 = 5.0;
const CLOCKS_FAR_APART: f64 = 30.0;

pub fn examine(common: &Common, serve: &Serve) -> Vec<Finding> {
    let about = "database";
    let address = match common.address() {
        Ok(address) => address,
        Err(error) => return vec![Finding::wrong(about, format!("{error:#}"), "Mend POLKU_DATABASE_URL")],
    };
    if let Address::Sqlite(path) = &address
        && !path.exists()
    {
        let mend = "`polku serve` or `polku migrate` makes it; if there was one, look at POLKU_DATABASE_URL and POLKU_DATA";
        return vec![Finding::wrong(about, format!("there is none at {}", path.display()), mend)];
    }
    let mut conn = match manager::look(&address) {
        Ok(conn) => conn,
        Err(error) => {
            let mend = "Look whether it runs and whether POLKU_DATABASE_URL names the right server, database and password";
            // libpq's messages have lines.
            let why = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
            return vec![Finding::wrong(about, format!("{} cannot be reached: {why}", migrate::describe(&address)), mend)];
        }
    };
    let own = match &address {
        Address::Sqlite(path) => sqlite::examine(&mut conn, path),
        Address::Postgres(_) => postgres::examine(&mut conn),
    };
    // Of a broken database everything else would be said in vain.
    let mut found = match own {
        Ok(found) => found,
        Err(broken) => return vec![*broken],
    };
    let (steps, current) = steps(&mut conn);
    found.push(steps);
    found.push(clock(&mut conn, serve));
    if current {
        found.push(demo(&mut conn, serve));
        found.push(work::outbox(&mut conn, now(serve)));
    }
    found
}

/// The instant that the program takes for now.
pub fn now(serve: &Serve) -> Timestamp {
    serve.as_of.unwrap_or_else(Timestamp::now)
}

fn steps(conn: &mut Conn) -> (Finding, bool) {
    let about = "migrations";
    let standing = match migrate::standing(conn) {
        Ok(standing) => standing,
        Err(_) => return (Finding::wrong(about, "the database is empty", "`polku migrate` fills in the tables"), false),
    };
    if !standing.newer.is_empty() {
        let what = format!("the database is newer than this program: it has {}", standing.newer.join(", "));
        return (Finding::wrong(about, what, "Start the newer program, or restore the backup made before the upgrade"), false);
    }
    if !standing.pending.is_empty() {
        let what = format!("{} to come: {}", standing.pending.len(), standing.pending.join(", "));
        return (Finding::warning(about, what, "Make a backup; then `polku migrate`, or simply start the server"), false);
    }
    (Finding::ok(about, "all applied"), true)
}

fn clock(conn: &mut Conn, serve: &Serve) -> Finding {
    let about = "clock";
    let sql = match conn {
        Conn::Sqlite(_) => "SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) || '' AS line",
        Conn::Postgres(_) => "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint::text AS line",
    };
    let Some(theirs) = text(conn, sql).ok().and_then(|text| text.parse::<i64>().ok()) else {
        return Finding::wrong(about, "the database does not say what time it is", "Look at its log");
    };
    let apart = (now(serve).as_millisecond() - theirs) as f64 / 1_000.0;
    let what = format!("{:.1} s from the database's", apart.abs());
    let mend = "Let both machines follow the same time service (chrony, systemd-timesyncd); take POLKU_AS_OF away if it is set";
    match apart.abs() {
        apart if apart > CLOCKS_FAR_APART => Finding::wrong(about, format!("{what}: links and tokens end too early or too late"), mend),
        apart if apart > CLOCKS_APART => Finding::warning(about, what, mend),
        _ => Finding::ok(about, what),
    }
}

fn demo(conn: &mut Conn, serve: &Serve) -> Finding {
    let about = "demo data";
    match tenants::any_demo(conn) {
        Ok(true) if settings::is_public(serve) => Finding::wrong(
            about,
            "the database holds the demo world, whose passwords lie in a file, and others can reach it",
            "Use an empty database for real work",
        ),
        Ok(true) => Finding::ok(about, "the demo world, for this machine only"),
        Ok(false) => Finding::ok(about, "none"),
        Err(error) => Finding::wrong(about, format!("{error}"), "Look at the database"),
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Nullable<Text>)]
    line: Option<String>,
}

/// The texts that a query gives as `line`.
pub fn texts(conn: &mut Conn, sql: &str) -> diesel::QueryResult<Vec<String>> {
    let rows = on_each_backend!(conn, |conn| sql_query(sql).load::<Line>(conn))?;
    Ok(rows.into_iter().map(|row| row.line.unwrap_or_default()).collect())
}

/// The one text that a query gives as `line`.
pub fn text(conn: &mut Conn, sql: &str) -> diesel::QueryResult<String> {
    texts(conn, sql)?.into_iter().next().ok_or(diesel::result::Error::NotFound)
}
