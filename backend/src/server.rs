//! The running server: every address it answers, and how it starts and stops.

use crate::config::{Serve, limits};
use crate::db::Db;
use crate::http::pace::Paced;
use crate::http::{health, openapi, respond, revalidate, shield, spa, well_known};
use crate::operations;
use crate::state::State;
use crate::watch;
use actix_http::HttpService;
use actix_http::error::DispatchError;
use actix_server::{GracefulShutdownSignal, Server, ServerHandle};
use actix_service::{IntoServiceFactory, ServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_web::body::BoxBody;
use actix_web::dev::{AppConfig, Extensions, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::net::TcpStream;
use actix_web::{App, HttpResponse, web};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
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
    operations::describe(&mut document);
    openapi::prune(&mut document);
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    document
}

/// The OpenAPI document as it is checked in and served.
pub fn document_text() -> String {
    as_text(&document())
}

fn as_text(document: &utoipa::openapi::OpenApi) -> String {
    // By way of a value, whose members are sorted: extensions come in another order at every start.
    let sorted = serde_json::to_value(document).and_then(|value| serde_json::to_string_pretty(&value));
    let mut text = sorted.unwrap_or_default();
    text.push('\n');
    text
}

/// Everything that a worker answers.
fn app(
    state: web::Data<State>,
    db: web::Data<Db>,
    document: Arc<str>,
    stopping: GracefulShutdownSignal,
) -> App<impl ServiceFactory<ServiceRequest, Response = ServiceResponse<BoxBody>, Config = (), InitError = (), Error = actix_web::Error>> {
    let (app, _) = App::new()
        .into_utoipa_app()
        .configure(crate::mount_root)
        .service(utoipa_actix_web::scope("/api/v1").configure(crate::mount))
        .split_for_parts();
    let most = state.settings.limits.body;
    let served = move || {
        let text = document.clone();
        async move { HttpResponse::Ok().content_type("application/json").body(text.to_string()) }
    };
    app.app_data(state)
        .app_data(db)
        .app_data(web::Data::new(stopping))
        .app_data(web::PayloadConfig::new(most))
        .app_data(web::PathConfig::default().error_handler(|_, _| crate::error::Error::not_found().into()))
        .route("/livez", web::get().to(health::livez))
        .route("/healthz", web::get().to(health::livez))
        .route("/readyz", web::get().to(health::readyz))
        .configure(well_known::mount)
        .route("/openapi.json", web::get().to(served))
        .route("/problems/{slug}", web::get().to(spa::problem))
        .route("/docs", web::get().to(|| async { HttpResponse::PermanentRedirect().insert_header(("location", "/docs/")).finish() }))
        .service(utoipa_swagger_ui::SwaggerUi::new("/docs/{_:.*}").config(utoipa_swagger_ui::Config::from("/openapi.json")))
        .route("/assets/{file:.*}", web::get().to(spa::asset))
        .route("/licences/{file:.*}", web::get().to(spa::asset))
        .default_service(web::to(spa::document))
        .wrap(Compress::default())
        .wrap(from_fn(revalidate::around))
        .wrap(from_fn(shield::around))
        .wrap(from_fn(respond::around))
}

/// Serves on the listener until the handle stops it.
///
/// As `HttpServer` would, but over connections that keep time ([`Paced`]).
pub fn start(listener: TcpListener, state: Arc<State>, db: Db, workers: usize) -> anyhow::Result<(Server, ServerHandle)> {
    let described = document();
    openapi::remember(&described);
    let text: Arc<str> = as_text(&described).into();
    let address = listener.local_addr()?;
    // What is left in the system's hands when a connection is given up ends as well.
    // And it takes no more of an answer than goes out soon, or who does not read would never be seen to be slow.
    #[cfg(target_os = "linux")]
    {
        let socket = socket2::SockRef::from(&listener);
        socket.set_tcp_user_timeout(Some(limits::UNTAKEN))?;
        socket.set_tcp_notsent_lowat(limits::UNSENT)?;
    }
    let bounds = state.settings.limits.clone();
    let builder = Server::build()
        .workers(workers)
        .max_concurrent_connections(bounds.connections.div_ceil(workers.max(1)))
        .shutdown_timeout(limits::DRAIN_SECONDS)
        .disable_signals();
    let stopping = builder.graceful_shutdown_signal();
    let (state, db) = (web::Data::from(state), web::Data::new(db));
    let serve = move || {
        let times = bounds.times.clone();
        let stopping = stopping.clone();
        let app = app(state.clone(), db.clone(), text.clone(), stopping.clone());
        let app = app.into_factory().map_err(|error: actix_web::Error| error.error_response());
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .keep_alive(times.keep_alive)
            .client_request_timeout(times.head)
            .client_disconnect_timeout(Duration::from_secs(1))
            .local_addr(address)
            .on_connect_ext(|io: &Paced<TcpStream>, data: &mut Extensions| drop(data.insert(io.phase())))
            .h1(map_config(app, |()| AppConfig::default()));
        fn_service(move |io: TcpStream| {
            let peer = io.peer_addr().ok();
            let paced = Paced::new(io, times.clone(), cut);
            async move { Ok::<_, DispatchError>((paced, peer)) }
        })
        .and_then(http)
    };
    let server = builder.listen("polku", listener, serve)?.run();
    let handle = server.handle();
    Ok((server, handle))
}

/// Makes the end of a connection a reset, with which the system drops what the peer has not taken.
fn cut(io: &TcpStream) {
    if let Err(error) = socket2::SockRef::from(io).set_linger(Some(Duration::ZERO)) {
        tracing::debug!(%error, "a connection ends in its own time");
    }
}

/// Serves until it is told to stop, then lets what is under way finish. SIGTERM is said to the balancer first: for some
/// seconds the server goes on while `/readyz` refuses. Ctrl-C, or a second signal, skips that.
pub fn run(settings: &Serve, state: Arc<State>, db: Db) -> anyhow::Result<()> {
    let listener = TcpListener::bind(settings.bind).map_err(|error| anyhow::anyhow!("cannot listen on {}: {error}", settings.bind))?;
    let workers = settings.workers.unwrap_or_else(|| std::thread::available_parallelism().map_or(2, usize::from));
    let notice = Duration::from_secs(settings.drain_seconds);
    actix_web::rt::System::new().block_on(async move {
        let figures = watch::listener::start(settings, state.clone(), db.clone())?;
        let (server, handle) = start(listener, state.clone(), db, workers)?;
        actix_web::rt::spawn(async move {
            let Some(mut signals) = Signals::new() else { return };
            if signals.next().await == Asked::Politely {
                state.drain();
                let _ = tokio::time::timeout(notice, signals.next()).await;
            }
            state.drain();
            handle.stop(true).await;
        });
        let outcome = server.await.map_err(anyhow::Error::from);
        if let Some(figures) = figures {
            figures.stop(false).await;
        }
        outcome
    })
}

/// How the server was told to stop.
#[derive(PartialEq, Eq)]
enum Asked {
    /// By SIGTERM.
    Politely,
    /// By Ctrl-C.
    AtOnce,
}

struct Signals {
    term: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> Option<Self> {
        Some(Self { term: signal(SignalKind::terminate()).ok()?, interrupt: signal(SignalKind::interrupt()).ok()? })
    }

    async fn next(&mut self) -> Asked {
        tokio::select! {
            _ = self.term.recv() => Asked::Politely,
            _ = self.interrupt.recv() => Asked::AtOnce,
        }
    }
}
