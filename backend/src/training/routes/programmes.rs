//! Programmes.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::{Checked, Merge};
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::training::service::programmes as service;
use actix_web::{get, patch, post, web};
use shared::ProgrammeId;
use shared::page::{Page, Paging};
use shared::training::{NewProgramme, Programme, ProgrammeChanges};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on programmes.
pub fn mount(config: &mut ServiceConfig) {
    config.service(list_programmes).service(get_programme).service(create_programme).service(update_programme);
}

/// Programmes of the tenant, by name.
#[utoipa::path(
    tag = "training",
    params(Paging),
    responses((status = 200, description = "A page of them.", body = Page<Programme>), ReadProblems),
    security(("bearer" = []), ("program" = ["training:read"]))
)]
#[get("/programmes")]
pub async fn list_programmes(caller: Caller<Paging>) -> Result<Reply> {
    let (state, filter) = (caller.state(), caller.parameters.clone());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, &filter)).await?;
    Reply::some(&page)
}

/// One programme with its goals.
#[utoipa::path(
    tag = "training",
    params(("id" = ProgrammeId, Path, description = "The programme.")),
    responses((status = 200, description = "One programme with its goals.", body = Programme), ReadProblems),
    security(("bearer" = []), ("program" = ["training:read"]))
)]
#[get("/programmes/{id}")]
pub async fn get_programme(caller: Caller, id: web::Path<ProgrammeId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Reply::one(found.version, &found)
}

/// Adds a programme. Its Finnish name is unique in the tenant.
#[utoipa::path(
    tag = "training",
    request_body(content = NewProgramme, description = "The programme to add."),
    responses((status = 201, description = "The new programme.", body = Programme), CreateProblems),
    security(("bearer" = []))
)]
#[post("/programmes")]
pub async fn create_programme(caller: Caller, new: Checked<NewProgramme>) -> Result<Reply> {
    let new = new.0;
    caller
        .write(move |conn, actor| {
            let made = service::create(conn, actor, &new)?;
            Reply::created(&format!("/programmes/{}", made.id), made.version, &made)
        })
        .await
}

/// Changes a programme. A goal that has been asked stays; while an edition is being answered, goals are only reworded.
#[utoipa::path(
    tag = "training",
    params(("id" = ProgrammeId, Path, description = "The programme.")),
    request_body(content = ProgrammeChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The programme as it is now.", body = Programme), ChangeProblems),
    security(("bearer" = []))
)]
#[patch("/programmes/{id}")]
pub async fn update_programme(
    caller: Caller,
    id: web::Path<ProgrammeId>,
    expected: IfMatch,
    changes: Merge<ProgrammeChanges>,
) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::update(conn, actor, id, expected, &changes)?;
            Reply::one(changed.version, &changed)
        })
        .await
}
