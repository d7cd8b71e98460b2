//! Published results.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::openapi::ReadProblems;
use crate::http::reply::Reply;
use crate::training::service::{export, results as service};
use actix_web::http::header;
use actix_web::{HttpResponse, get, web};
use shared::training::{EditionResults, ProgrammeResults};
use shared::{EditionId, ProgrammeId, format};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on results.
pub fn mount(config: &mut ServiceConfig) {
    config.service(get_edition_results).service(get_programme_results).service(export_programme_results);
}

/// The published result of an edition; 404 until it is published.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition.")),
    responses((status = 200, description = "The published result.", body = EditionResults), ReadProblems),
    security(("bearer" = []), ("program" = ["training:read"]))
)]
#[get("/editions/{id}/results")]
pub async fn get_edition_results(caller: Caller, id: web::Path<EditionId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| service::of_edition(conn, actor, id)).await?;
    Reply::some(&found)
}

/// The published results of a programme, edition by edition, with their total.
#[utoipa::path(
    tag = "training",
    params(("id" = ProgrammeId, Path, description = "The programme.")),
    responses((status = 200, description = "The published results.", body = ProgrammeResults), ReadProblems),
    security(("bearer" = []), ("program" = ["training:read"]))
)]
#[get("/programmes/{id}/results")]
pub async fn get_programme_results(caller: Caller, id: web::Path<ProgrammeId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| service::of_programme(conn, actor, id)).await?;
    Reply::some(&found)
}

/// The published results as a file for a spreadsheet: UTF-8 with BOM, semicolons, a line per edition and goal.
#[utoipa::path(
    tag = "training",
    params(("id" = ProgrammeId, Path, description = "The programme.")),
    responses((status = 200, description = "The file.", body = String, content_type = "text/csv"), ReadProblems),
    security(("bearer" = []), ("program" = ["training:read"]))
)]
#[get("/programmes/{id}/results/export")]
pub async fn export_programme_results(caller: Caller, id: web::Path<ProgrammeId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let name = format!("polku-results-{}.csv", format::day_of(caller.actor.now));
    let reply = caller
        .write_unkept(move |conn, actor| export::export(conn, actor, id).map(|text| Reply { body: Some(text), ..Reply::done() }))
        .await?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(reply.body.unwrap_or_default()))
}
