//! Probes: `/healthz` says that the process lives, `/readyz` that it can serve.

use super::caller::block;
use crate::db::Db;
use crate::error::Error;
use crate::state::State;
use actix_web::{HttpResponse, web};
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// For how long an answer about the database holds: probes come in numbers, and each would open a connection.
const HOLDS: Duration = Duration::from_secs(1);

/// When the database was looked at, and whether it was well.
#[derive(Default)]
pub struct Readiness(Mutex<Option<(Instant, bool)>>);

/// The process lives. Touches nothing.
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// What keeps this node from serving well.
fn trouble(db: &Db, least_free_mib: u64) -> Option<String> {
    if let Err(error) = db.ping() {
        return Some(format!("the database does not answer: {error}"));
    }
    match crate::db::migrate::pending(db) {
        Err(error) => return Some(error.to_string()),
        Ok(pending) if !pending.is_empty() => return Some(format!("steps are missing: {}", pending.join(", "))),
        Ok(_) => {}
    }
    // Before SQLite finds no room any more: it then refuses what is written and goes on reading.
    let free = db.free_space()? / (1024 * 1024);
    (free < least_free_mib).then(|| format!("{free} MiB are free where the database lies, less than {least_free_mib}"))
}

/// The database answers, has every migration and room to write, and the server is not about to stop.
pub async fn readyz(state: web::Data<State>, db: web::Data<Db>) -> Result<HttpResponse, Error> {
    if state.is_draining() {
        return Err(Error::unavailable(5));
    }
    // Those who come meanwhile wait for the same look.
    let mut known = state.readiness.0.lock().await;
    let ready = match *known {
        Some((at, ready)) if at.elapsed() < HOLDS => ready,
        _ => {
            let (db, least) = (db.get_ref().clone(), state.settings.limits.least_free_mib);
            let ready = block(move || Ok(trouble(&db, least))).await?.is_none_or(|trouble| {
                tracing::warn!(trouble, "not ready");
                false
            });
            *known = Some((Instant::now(), ready));
            ready
        }
    };
    if ready { Ok(HttpResponse::Ok().content_type("text/plain").body("ready\n")) } else { Err(Error::unavailable(5)) }
}
