//! Hints between nodes that share a PostgreSQL database: a connection of its own that listens, and on which this node
//! tells the others what it has changed.
//!
//! After the commit and not in the transaction: PostgreSQL lets transactions that notify end only one after the other,
//! which would cost every write more than a hint is worth. What is lost so is made up for: whoever has not listened for a
//! moment, or fears not to have been heard, has everybody look at everything anew.

use super::hub::Change;
use crate::db::{Address, Conn, Db, manager};
use crate::error::{Error, Result};
use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{PgConnection, RunQueryDsl};
use shared::TenantId;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use uuid::Uuid;

const CHANNEL: &str = "polku_live";
/// How often it is looked whether another node has told something.
const LOOK: Duration = Duration::from_millis(200);
/// How often it is made sure that the connection still stands.
const PROOF: Duration = Duration::from_secs(5);
/// After a connection that broke.
const PAUSE: Duration = Duration::from_secs(1);
/// Changes in one notification, which holds less than 8 000 bytes.
const TOGETHER: usize = 80;
/// Stands for more than can be named.
const EVERYTHING: &str = "*";

/// Tells and listens until the server stops. Nothing to do on SQLite, where there is one node.
pub fn work(db: &Db, stop: &AtomicBool) {
    let Address::Postgres(_) = db.address() else { return };
    let (outgoing, node) = (db.hub().outgoing(), Uuid::new_v4());
    while !stop.load(Ordering::SeqCst) {
        if let Err(error) = stay(db, &outgoing, node, stop) {
            tracing::warn!(%error, "hints do not pass between nodes just now");
            std::thread::park_timeout(PAUSE);
        }
    }
}

/// One connection, as long as it stands.
fn stay(db: &Db, outgoing: &Receiver<Change>, node: Uuid, stop: &AtomicBool) -> Result<()> {
    let unreached = |error: diesel::ConnectionError| Error::Internal(error.to_string());
    let Conn::Postgres(mut conn) = manager::look(db.address()).map_err(unreached)? else { return Ok(()) };
    conn.batch_execute(&format!("LISTEN {CHANNEL}"))?;
    // Whatever was told before this moment was not heard here, nor what this node had to say elsewhere.
    db.changed_elsewhere(None);
    notify(&mut conn, node, EVERYTHING)?;
    let mut proven = Instant::now();
    while !stop.load(Ordering::SeqCst) {
        let waiting = gather(outgoing);
        if !waiting.is_empty() {
            notify(&mut conn, node, &written(&waiting))?;
        }
        if db.hub().fell_behind() {
            notify(&mut conn, node, EVERYTHING)?;
        }
        hear(db, &mut conn, node)?;
        if proven.elapsed() >= PROOF {
            conn.batch_execute("SELECT 1")?;
            proven = Instant::now();
        }
    }
    Ok(())
}

/// What is to be told, waiting a moment for the first.
fn gather(outgoing: &Receiver<Change>) -> Vec<Change> {
    match outgoing.recv_timeout(LOOK) {
        Ok(first) => std::iter::once(first).chain(outgoing.try_iter().take(TOGETHER - 1)).collect(),
        Err(RecvTimeoutError::Timeout) => Vec::new(),
        Err(RecvTimeoutError::Disconnected) => {
            std::thread::park_timeout(LOOK);
            Vec::new()
        }
    }
}

fn notify(conn: &mut PgConnection, node: Uuid, what: &str) -> Result<()> {
    let query = diesel::sql_query("SELECT pg_notify($1, $2)").bind::<Text, _>(CHANNEL).bind::<Text, _>(format!("{node} {what}"));
    query.execute(conn)?;
    Ok(())
}

fn hear(db: &Db, conn: &mut PgConnection, node: Uuid) -> Result<()> {
    for told in conn.notifications_iter() {
        let told = told?;
        match told.payload.split_once(' ') {
            Some((from, _)) if from == node.to_string() => {}
            Some((_, what)) => db.changed_elsewhere(read(what).as_deref()),
            None => db.changed_elsewhere(None),
        }
    }
    Ok(())
}

fn written(changes: &[Change]) -> String {
    changes.iter().map(|change| format!("{}/{}", change.tenant, change.at)).collect::<Vec<_>>().join(",")
}

/// What another node has changed; nothing when it cannot be read, as of a node that knows more kinds.
fn read(what: &str) -> Option<Vec<Change>> {
    let one = |text: &str| {
        let (tenant, at) = text.split_once('/')?;
        Some(Change { tenant: tenant.parse::<TenantId>().ok()?, at: at.parse().ok()? })
    };
    what.split(',').map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::subjects::{SubjectKind, SubjectRef};

    #[test]
    fn what_is_told_is_read_and_fits_into_a_notification() {
        let change = |_| Change { tenant: TenantId::new(), at: SubjectRef::new(SubjectKind::Edition, Uuid::now_v7()) };
        let many: Vec<Change> = (0..TOGETHER).map(change).collect();
        let text = written(&many);
        assert!(text.len() + 37 < 8_000, "{}", text.len());
        assert_eq!(read(&text), Some(many));
        assert_eq!(read(EVERYTHING), None);
        assert_eq!(read("x/grupp:1"), None);
    }
}
