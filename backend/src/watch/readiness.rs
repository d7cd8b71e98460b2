//! Whether the server can serve: the question of `/readyz`, of the figures and of `polku doctor`.
//!
//! The answer holds for a second, so that asking often costs nothing: probes are open to anybody.

use super::figures::{ByCheck, figures};
use crate::db::{Address, Db, migrate};
use crate::state::State;
use crate::{audit, disk, label_enum};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long an answer holds.
const LIFE: Duration = Duration::from_secs(1);

label_enum! {
    /// What is asked for.
    Check {
        /// It answers, and its file is where it was.
        Database = "database",
        /// It has every step that this program needs.
        Migrations = "migrations",
        /// A line can be added to the trail: nothing may be done that cannot be told.
        Audit = "audit",
        /// There is room to write.
        Disk = "disk",
        /// The server is not about to stop.
        Staying = "staying",
    }
}

/// The last answer and when it was found.
pub type Kept = tokio::sync::Mutex<Option<(Instant, Vec<Check>)>>;

/// What is not so; empty when the server is ready.
pub async fn missing(state: &State, db: &Db) -> Vec<Check> {
    let mut kept = state.readiness.lock().await;
    let mut missing = match &*kept {
        Some((found, missing)) if found.elapsed() < LIFE => missing.clone(),
        _ => {
            let (db, data, least) = (db.clone(), state.settings.data.clone(), state.settings.min_free_disk);
            let found = crate::http::caller::block(move || Ok(look(&db, &data, least))).await;
            let missing = found.unwrap_or_else(|_| vec![Check::Database]);
            *kept = Some((Instant::now(), missing.clone()));
            missing
        }
    };
    if state.is_draining() {
        missing.push(Check::Staying);
    }
    for check in Check::ALL {
        figures().ready.get_or_create(&ByCheck { check: check.as_str() }).set(i64::from(!missing.contains(check)));
    }
    missing
}

fn look(db: &Db, data: &Path, least_percent: u8) -> Vec<Check> {
    let mut missing = Vec::new();
    let mut ask = |check: Check, outcome: Result<(), String>| {
        if let Err(why) = outcome {
            tracing::warn!(check = check.as_str(), why, "not ready");
            missing.push(check);
        }
    };
    ask(Check::Database, answers(db));
    let pending = db.read(migrate::standing).map_err(|error| error.to_string()).and_then(|standing| {
        if standing.pending.is_empty() { Ok(()) } else { Err(format!("steps to come: {}", standing.pending.join(", "))) }
    });
    ask(Check::Migrations, pending);
    ask(Check::Audit, db.rehearse(audit::probe).map_err(|error| error.to_string()));
    ask(Check::Disk, has_room(db, data, least_percent));
    missing
}

fn answers(db: &Db) -> Result<(), String> {
    if let Address::Sqlite(path) = db.address()
        && !path.exists()
    {
        // Open connections go on with a file that nobody will ever find again.
        return Err(format!("{} is gone", path.display()));
    }
    db.ping().map_err(|error| error.to_string())
}

fn has_room(db: &Db, data: &Path, least_percent: u8) -> Result<(), String> {
    let free = disk::free_for(db.address(), data).map_err(|error| error.to_string())?;
    let least = f64::from(least_percent) / 100.0;
    if free >= least { Ok(()) } else { Err(format!("{:.0} % of the disk is free, {least_percent} % is the least", free * 100.0)) }
}
