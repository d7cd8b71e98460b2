//! Work that should go on by itself: letters and backups.

use super::database::now;
use super::{Finding, settings};
use crate::config::{Common, Serve};
use crate::db::Conn;
use crate::{backup, outbox};
use jiff::{SignedDuration, Timestamp};

/// A letter is tried for three days; one that waits this long has met a mail server that does not work.
const SLOW: SignedDuration = SignedDuration::from_hours(1);
const STUCK: SignedDuration = SignedDuration::from_hours(24);
/// A day, with two hours for a slow night.
const BACKUP_DUE: SignedDuration = SignedDuration::from_hours(26);
const BACKUP_LATE: SignedDuration = SignedDuration::from_hours(7 * 24);

pub fn outbox(conn: &mut Conn, now: Timestamp) -> Finding {
    let about = "outbox";
    let backlog = match outbox::backlog(conn) {
        Ok(backlog) => backlog,
        Err(error) => return Finding::wrong(about, format!("{error}"), "Look at the database"),
    };
    let age = backlog.oldest.map_or(SignedDuration::ZERO, |oldest| now.duration_since(oldest));
    let what = match (backlog.waiting, backlog.given_up) {
        (waiting, 0) => format!("{waiting} letters wait"),
        (waiting, given_up) => format!("{waiting} letters wait, {given_up} were given up"),
    };
    let mend = "Look at the line about mail above, and in the server's log for `mail not sent`";
    let old = format!("{what}, the oldest for {} h", age.as_hours());
    match age {
        _ if age > STUCK => Finding::wrong(about, old, mend),
        _ if age > SLOW => Finding::warning(about, old, mend),
        _ if backlog.given_up > 0 => Finding::warning(about, what, mend),
        _ => Finding::ok(about, what),
    }
}

/// Of an installation for this machine only nothing is expected.
pub fn backup(common: &Common, serve: &Serve) -> Vec<Finding> {
    let about = "backup";
    let mend = "Run `polku backup FOLDER` every day, by the timer that comes with the program, and keep the folder elsewhere";
    let public = settings::is_public(serve);
    let finding = match backup::last(&common.data) {
        None if public => Finding::warning(about, "none is known", mend),
        None => Finding::ok(about, "none is known"),
        Some(at) => {
            let age = now(serve).duration_since(at);
            let what = format!("{} h old", age.as_hours());
            match age {
                _ if age > BACKUP_LATE => Finding::wrong(about, what, mend),
                _ if age > BACKUP_DUE => Finding::warning(about, what, mend),
                _ => Finding::ok(about, what),
            }
        }
    };
    vec![finding]
}
