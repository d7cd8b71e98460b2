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
    "could not receive data from server",
    "could not send data to server",
    "no connection to the server",
    "the database system is",
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
        // The database went between the commit and its answer: a retry with the same key finds out which it was.
        Error::RollbackErrorOnCommit { commit_error, .. } => is_unavailable(commit_error),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(message: &str) -> Error {
        Error::DatabaseError(DatabaseErrorKind::Unknown, Box::new(message.to_owned()))
    }

    #[test]
    fn a_database_that_went_away_is_not_a_fault_of_ours() {
        let gone = || said("could not receive data from server: Connection reset by peer");
        assert!(is_unavailable(&gone()) && is_unavailable(&said("FATAL:  the database system is starting up")));
        let at_commit =
            |commit_error| Error::RollbackErrorOnCommit { rollback_error: Box::new(gone()), commit_error: Box::new(commit_error) };
        assert!(is_unavailable(&at_commit(gone())));
        assert!(!is_unavailable(&at_commit(said("syntax error"))), "and a fault stays one");
    }
}
