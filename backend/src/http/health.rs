//! Probes: `/healthz` says that the process lives, `/readyz` that it can serve.

use super::caller::block;
use crate::db::Db;
use crate::error::Error;
use crate::state::State;
use actix_web::{HttpResponse, web};

/// The process lives. Touches nothing.
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// The database answers, has every migration, and the server is not about to stop.
pub async fn readyz(state: web::Data<State>, db: web::Data<Db>) -> Result<HttpResponse, Error> {
    if state.is_draining() {
        return Err(Error::unavailable(5));
    }
    let db = db.get_ref().clone();
    let pending = block(move || {
        db.ping()?;
        crate::db::migrate::pending(&db).map_err(|error| Error::Internal(error.to_string()))
    });
    match pending.await {
        Ok(pending) if pending.is_empty() => Ok(HttpResponse::Ok().content_type("text/plain").body("ready\n")),
        _ => Err(Error::unavailable(5)),
    }
}
