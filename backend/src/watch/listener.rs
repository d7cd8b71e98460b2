//! Where the figures are read: a listener of their own, so that they are never on the public port.

use super::figures::figures;
use super::sample;
use crate::config::Serve;
use crate::db::{Db, migrate};
use crate::state::State;
use actix_web::dev::ServerHandle;
use actix_web::http::header;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use prometheus_client::encoding::text::encode;
use prometheus_client::registry::Registry;
use std::net::TcpListener;
use std::sync::Arc;

const FORM: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

struct Watched {
    state: Arc<State>,
    db: Db,
    registry: Registry,
    /// Hash of the secret that a reader must send, where one is set.
    token: Option<Vec<u8>>,
}

/// Serves the figures where the settings say so, until the process ends.
pub fn start(settings: &Serve, state: Arc<State>, db: Db) -> anyhow::Result<Option<ServerHandle>> {
    let Some(bind) = settings.metrics_bind else { return Ok(None) };
    let listener = TcpListener::bind(bind).map_err(|error| anyhow::anyhow!("cannot listen on {bind} for the figures: {error}"))?;
    let token = settings.metrics_token()?.map(|token| crate::keys::digest(token.as_bytes()));
    let registry = figures().register(migrate::kind(db.address()));
    let watched = web::Data::new(Watched { state, db, registry, token });
    let server = HttpServer::new(move || App::new().app_data(watched.clone()).route("/metrics", web::get().to(metrics)))
        .workers(1)
        .disable_signals()
        .listen(listener)?
        .run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    tracing::info!(address = %bind, "figures");
    Ok(Some(handle))
}

async fn metrics(request: HttpRequest, watched: web::Data<Watched>) -> HttpResponse {
    if let Some(wanted) = &watched.token
        && !bears(&request, wanted)
    {
        return HttpResponse::Unauthorized().insert_header((header::WWW_AUTHENTICATE, "Bearer")).finish();
    }
    sample::take(&watched.state, &watched.db).await;
    let mut text = String::new();
    match encode(&mut text, &watched.registry) {
        Ok(()) => HttpResponse::Ok().content_type(FORM).insert_header((header::CACHE_CONTROL, "no-store")).body(text),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

/// Compares hashes, so that the time it takes tells nothing of the secret.
fn bears(request: &HttpRequest, wanted: &[u8]) -> bool {
    let header = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    header.and_then(|value| value.strip_prefix("Bearer ")).is_some_and(|token| crate::keys::digest(token.as_bytes()) == wanted)
}
