//! The running server: every address it answers, and how it starts and stops.

use crate::config::Serve;
use crate::db::Db;
use crate::http::{health, openapi, respond, revalidate, spa};
use crate::state::State;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpResponse, HttpServer, dev::ServerHandle, web};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

/// The OpenAPI document, as the routes register it.
pub fn document() -> utoipa::openapi::OpenApi {
    let (_, mut document) = App::new()
        .into_utoipa_app()
        .openapi(openapi::Document::openapi())
        .configure(crate::mount_root)
        .service(utoipa_actix_web::scope("/api/v1").configure(crate::mount))
        .split_for_parts();
    openapi::complete(&mut document);
    openapi::prune(&mut document);
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    document
}

/// The OpenAPI document as it is checked in and served.
pub fn document_text() -> String {
    as_text(&document())
}

fn as_text(document: &utoipa::openapi::OpenApi) -> String {
    let mut text = document.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

/// Serves on the listener until the handle stops it.
pub fn start(listener: TcpListener, state: Arc<State>, db: Db, workers: usize) -> anyhow::Result<(actix_web::dev::Server, ServerHandle)> {
    let described = document();
    openapi::remember(&described);
    let text: Arc<str> = as_text(&described).into();
    let state = web::Data::from(state);
    let db = web::Data::new(db);
    let server = HttpServer::new(move || {
        let text = text.clone();
        let (app, _) = App::new()
            .into_utoipa_app()
            .configure(crate::mount_root)
            .service(utoipa_actix_web::scope("/api/v1").configure(crate::mount))
            .split_for_parts();
        let served = move || {
            let text = text.clone();
            async move { HttpResponse::Ok().content_type("application/json").body(text.to_string()) }
        };
        app.app_data(state.clone())
            .app_data(db.clone())
            .app_data(web::PayloadConfig::new(crate::http::limits::BODY))
            .app_data(web::PathConfig::default().error_handler(|_, _| crate::error::Error::not_found().into()))
            .route("/healthz", web::get().to(health::healthz))
            .route("/readyz", web::get().to(health::readyz))
            .route("/openapi.json", web::get().to(served))
            .route("/problems/{slug}", web::get().to(spa::problem))
            .route("/docs", web::get().to(|| async { HttpResponse::PermanentRedirect().insert_header(("location", "/docs/")).finish() }))
            .service(utoipa_swagger_ui::SwaggerUi::new("/docs/{_:.*}").config(utoipa_swagger_ui::Config::from("/openapi.json")))
            .route("/assets/{file:.*}", web::get().to(spa::asset))
            .route("/licences/{file:.*}", web::get().to(spa::asset))
            .default_service(web::to(spa::document))
            .wrap(Compress::default())
            .wrap(from_fn(revalidate::around))
            .wrap(from_fn(respond::around))
    })
    .workers(workers)
    .keep_alive(Duration::from_secs(15))
    .client_request_timeout(Duration::from_secs(5))
    .shutdown_timeout(25)
    .disable_signals()
    .listen(listener)?
    .run();
    let handle = server.handle();
    Ok((server, handle))
}

/// Serves until SIGTERM or Ctrl-C, then lets what is under way finish.
pub fn run(settings: &Serve, state: Arc<State>, db: Db) -> anyhow::Result<()> {
    let listener = TcpListener::bind(settings.bind).map_err(|error| anyhow::anyhow!("cannot listen on {}: {error}", settings.bind))?;
    let workers = settings.workers.unwrap_or_else(|| std::thread::available_parallelism().map_or(2, usize::from));
    actix_web::rt::System::new().block_on(async move {
        let (server, handle) = start(listener, state.clone(), db, workers)?;
        let stopping = state.clone();
        actix_web::rt::spawn(async move {
            wait_for_signal().await;
            stopping.drain();
            handle.stop(true).await;
        });
        server.await.map_err(anyhow::Error::from)
    })
}

async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut term), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else { return };
    tokio::select! {
        _ = term.recv() => {}
        _ = interrupt.recv() => {}
    }
}
