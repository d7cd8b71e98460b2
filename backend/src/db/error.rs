//! What the two databases say of a broken rule, made alike.

use diesel::result::{DatabaseErrorKind, Error};

/// The broken uniqueness as `table_column`, the same on both. PostgreSQL names the constraint (`accounts_email_fold_key`),
/// SQLite the columns (`accounts.tenant_id, accounts.email_fold`), of which the last is the telling one.
pub fn broken_uniqueness(error: &Error) -> Option<String> {
    let Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info) = error else { return None };
    if let Some(name) = info.constraint_name() {
        return Some(name.strip_suffix("_key").unwrap_or(name).to_owned());
    }
    let columns = info.message().split_once(": ")?.1;
    let last = columns.rsplit(", ").next()?;
    Some(last.trim().replace('.', "_"))
}

/// Whether the transaction lost against another and may simply be run again.
pub fn is_transient(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        Error::DatabaseError(_, info) => info.message().contains("deadlock detected"),
        _ => false,
    }
}

/// What both databases say when they cannot just now: busy, stopping, or out of disk.
const UNAVAILABLE: &[&str] = &[
    "database is locked",
    "database or disk is full",
    "disk I/O error",
    "unable to open database file",
    "lock timeout",
    "statement timeout",
    "terminating connection",
    "server closed the connection",
    "No space left on device",
];

/// Whether the database was too busy or not there, so that a later try may do better.
pub fn is_unavailable(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::ClosedConnection, _) | Error::BrokenTransactionManager => true,
        Error::DatabaseError(_, info) => {
            let message = info.message();
            UNAVAILABLE.iter().any(|part| message.contains(part))
        }
        _ => false,
    }
}
