//! What only a PostgreSQL can have: its version, the rights of our role, its own settings, the way to it.

use super::Finding;
use super::database::text;
use crate::db::Conn;

const OLDEST: i64 = 150_000;

/// What was asked of the server, each as it answered.
#[derive(Debug, Default)]
struct Server {
    version: String,
    version_number: i64,
    user: String,
    /// `t` and `f`, as the server writes them.
    is_superuser: String,
    bypasses_rows: String,
    may_create: String,
    may_add_lines: String,
    time_zone: String,
    fsync: String,
    full_page_writes: String,
    synchronous_commit: String,
    /// `t` when it is reached by an address of another machine.
    is_remote: String,
    is_encrypted: String,
}

/// An error is a server of which nothing else can be said.
pub fn examine(conn: &mut Conn) -> Result<Vec<Finding>, Box<Finding>> {
    let server = ask(conn).map_err(|error| Box::new(Finding::wrong("database", format!("PostgreSQL: {error}"), "Look at its log")))?;
    Ok(vec![version(&server), role(&server), time_zone(&server), durability(&server), way(&server)])
}

fn ask(conn: &mut Conn) -> diesel::QueryResult<Server> {
    let mut line = |sql: &str| text(conn, &format!("SELECT ({sql})::text AS line"));
    Ok(Server {
        version: line("current_setting('server_version')")?,
        version_number: line("current_setting('server_version_num')")?.parse().unwrap_or_default(),
        user: line("current_user")?,
        is_superuser: line("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")?,
        bypasses_rows: line("SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user")?,
        may_create: line("has_schema_privilege(current_schema(), 'CREATE')")?,
        may_add_lines: line("coalesce(has_table_privilege(to_regclass('audit_events'), 'INSERT'), true)")?,
        // As others find it: our own connections set theirs.
        time_zone: line("SELECT reset_val FROM pg_settings WHERE name = 'TimeZone'")?,
        fsync: line("current_setting('fsync')")?,
        full_page_writes: line("current_setting('full_page_writes')")?,
        synchronous_commit: line("SELECT reset_val FROM pg_settings WHERE name = 'synchronous_commit'")?,
        is_remote: line("coalesce(NOT inet_server_addr() <<= inet '127.0.0.0/8' AND inet_server_addr() <> inet '::1', false)")?,
        is_encrypted: line("coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)")?,
    })
}

fn version(server: &Server) -> Finding {
    let what = format!("PostgreSQL {}", server.version);
    if server.version_number >= OLDEST {
        return Finding::ok("database", what);
    }
    Finding::wrong("database", format!("{what} is too old"), "Use PostgreSQL 15 or newer")
}

fn role(server: &Server) -> Finding {
    let about = "role";
    let user = &server.user;
    if server.may_add_lines != "true" {
        let mend = format!("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {user}");
        return Finding::wrong(about, format!("{user} may not add to the audit trail, so nothing can be done"), mend);
    }
    if server.is_superuser == "true" || server.bypasses_rows == "true" {
        let mend = format!("CREATE ROLE of its own that owns the database and nothing else, instead of {user}");
        return Finding::warning(about, format!("{user} may do everything on the whole server"), mend);
    }
    if server.may_create != "true" {
        let mend = "Run `polku migrate` as the owner of the tables before each upgrade";
        return Finding::warning(about, format!("{user} may not make tables, so upgrades fail"), mend);
    }
    Finding::ok(about, format!("{user} owns what it needs"))
}

fn time_zone(server: &Server) -> Finding {
    let about = "time zone";
    if ["UTC", "Etc/UTC", "GMT"].contains(&server.time_zone.as_str()) {
        return Finding::ok(about, server.time_zone.clone());
    }
    let what = format!("{}: the program works in UTC, but other programs and exports show local times", server.time_zone);
    Finding::warning(about, what, "ALTER DATABASE … SET timezone TO 'UTC'")
}

fn durability(server: &Server) -> Finding {
    let about = "durability";
    let off: Vec<&str> = [("fsync", &server.fsync), ("full_page_writes", &server.full_page_writes)]
        .into_iter()
        .filter(|(_, value)| *value == "off")
        .map(|(name, _)| name)
        .collect();
    if !off.is_empty() {
        let what = format!("{} off: a power cut can destroy the database", off.join(" and "));
        return Finding::wrong(about, what, "Turn it on in postgresql.conf and restart the server");
    }
    if server.synchronous_commit == "off" {
        let what = "synchronous_commit is off for others; this program's own changes wait for the disk";
        return Finding::warning(about, what, "ALTER SYSTEM RESET synchronous_commit");
    }
    Finding::ok(about, "a change is on the disk before it is acknowledged")
}

fn way(server: &Server) -> Finding {
    let about = "way there";
    match (server.is_remote.as_str(), server.is_encrypted.as_str()) {
        (_, "true") => Finding::ok(about, "encrypted"),
        ("true", _) => Finding::wrong(
            about,
            "on another machine, and everything goes there in clear",
            "Add ?sslmode=verify-full to POLKU_DATABASE_URL, and a certificate to the server",
        ),
        _ => Finding::ok(about, "inside this machine"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Verdict;

    fn sound() -> Server {
        let yes = || "true".to_owned();
        let no = || "false".to_owned();
        Server {
            version: "15.1".to_owned(),
            version_number: 150_001,
            user: "polku".to_owned(),
            is_superuser: no(),
            bypasses_rows: no(),
            may_create: yes(),
            may_add_lines: yes(),
            time_zone: "UTC".to_owned(),
            fsync: "on".to_owned(),
            full_page_writes: "on".to_owned(),
            synchronous_commit: "on".to_owned(),
            is_remote: no(),
            is_encrypted: no(),
        }
    }

    #[test]
    fn what_a_test_server_cannot_be_is_told_too() {
        assert_eq!(version(&Server { version_number: 140_011, ..sound() }).verdict, Verdict::Wrong);
        assert_eq!(way(&Server { is_remote: "true".to_owned(), ..sound() }).verdict, Verdict::Wrong);
        assert_eq!(way(&Server { is_remote: "true".to_owned(), is_encrypted: "true".to_owned(), ..sound() }).verdict, Verdict::Ok);
        assert_eq!(durability(&Server { full_page_writes: "off".to_owned(), ..sound() }).verdict, Verdict::Wrong);
        assert_eq!(durability(&Server { synchronous_commit: "off".to_owned(), ..sound() }).verdict, Verdict::Warning);
        for finding in [version(&sound()), role(&sound()), time_zone(&sound()), durability(&sound()), way(&sound())] {
            assert_eq!(finding.verdict, Verdict::Ok, "{finding}");
        }
    }
}
