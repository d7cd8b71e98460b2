//! Probes: `/livez` (or by its older name `/healthz`) says that the process lives, `/readyz` that it can serve. What is
//! missing is said in the log and in the figures, not to whoever asks.

use crate::db::Db;
use crate::error::Error;
use crate::state::State;
use crate::watch::readiness;
use actix_web::{HttpResponse, web};

/// The process lives. Touches nothing.
pub async fn livez() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// The database answers and has every step, the audit trail can be written, the disk has room, and the server is not
/// about to stop.
pub async fn readyz(state: web::Data<State>, db: web::Data<Db>) -> Result<HttpResponse, Error> {
    let missing = readiness::missing(&state, &db).await;
    if missing.is_empty() {
        Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"))
    } else {
        Err(Error::unavailable(5))
    }
}
