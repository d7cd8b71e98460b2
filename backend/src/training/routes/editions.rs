//! Editions.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::{Checked, Merge};
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::training::service::{copying, editions as service};
use actix_web::{get, patch, post, web};
use shared::EditionId;
use shared::page::Page;
use shared::training::{Edition, EditionChanges, EditionCopy, EditionFilter, EditionSummary, NewEdition};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on editions.
pub fn mount(config: &mut ServiceConfig) {
    config.service(list_editions).service(get_edition).service(create_edition).service(update_edition).service(copy_edition);
}

/// Editions of the tenant, the newest made first.
#[utoipa::path(
    tag = "training",
    params(EditionFilter),
    responses((status = 200, description = "A page of them.", body = Page<EditionSummary>), ReadProblems),
    security(("bearer" = []), ("program" = ["training:read"]))
)]
#[get("/editions")]
pub async fn list_editions(caller: Caller<EditionFilter>) -> Result<Reply> {
    let (state, filter) = (caller.state(), caller.parameters.clone());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, &filter)).await?;
    Reply::some(&page)
}

/// One edition.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition.")),
    responses((status = 200, description = "One edition.", body = Edition), ReadProblems),
    security(("bearer" = []), ("program" = ["training:read"]))
)]
#[get("/editions/{id}")]
pub async fn get_edition(caller: Caller, id: web::Path<EditionId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Reply::one(found.version, &found)
}

/// Adds an edition of a programme. Its number is unique in the programme.
#[utoipa::path(
    tag = "training",
    request_body(content = NewEdition, description = "The edition to add."),
    responses((status = 201, description = "The new edition.", body = Edition), CreateProblems),
    security(("bearer" = []), ("program" = ["editions:write"]))
)]
#[post("/editions")]
pub async fn create_edition(caller: Caller, new: Checked<NewEdition>) -> Result<Reply> {
    let new = new.0;
    caller
        .write(move |conn, actor| {
            let made = service::create(conn, actor, &new)?;
            Reply::created(&format!("/editions/{}", made.id), made.version, &made)
        })
        .await
}

/// Changes an edition. It keeps a place for everyone who takes part.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition.")),
    request_body(content = EditionChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The edition as it is now.", body = Edition), ChangeProblems),
    security(("bearer" = []), ("program" = ["editions:write"]))
)]
#[patch("/editions/{id}")]
pub async fn update_edition(caller: Caller, id: web::Path<EditionId>, expected: IfMatch, changes: Merge<EditionChanges>) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::update(conn, actor, id, expected, &changes)?;
            Reply::one(changed.version, &changed)
        })
        .await
}

/// Makes a new edition from this one: its days, moved so that the first falls on a given date. People, groups and answers stay behind.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition to copy.")),
    request_body(content = EditionCopy, description = "What the new edition is."),
    responses((status = 201, description = "The new edition.", body = Edition), CreateProblems),
    security(("bearer" = []), ("program" = ["editions:write"]))
)]
#[post("/editions/{id}/copy")]
pub async fn copy_edition(caller: Caller, id: web::Path<EditionId>, new: Checked<EditionCopy>) -> Result<Reply> {
    let (id, new) = (id.into_inner(), new.0);
    caller
        .write(move |conn, actor| {
            let made = copying::copy(conn, actor, id, &new)?;
            Reply::created(&format!("/editions/{}", made.id), made.version, &made)
        })
        .await
}
