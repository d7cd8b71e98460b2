//! The projects of an edition.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::openapi::ReadProblems;
use crate::http::reply::Reply;
use crate::training::service::projects as service;
use actix_web::{get, web};
use shared::EditionId;
use shared::page::{Page, Paging};
use shared::training::Project;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on projects.
pub fn mount(config: &mut ServiceConfig) {
    config.service(list_projects);
}

/// Projects of an edition, oldest first.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition."), Paging),
    responses((status = 200, description = "A page of them.", body = Page<Project>), ReadProblems),
    security(("bearer" = []), ("program" = ["training:read"]))
)]
#[get("/editions/{id}/projects")]
pub async fn list_projects(caller: Caller<Paging>, id: web::Path<EditionId>) -> Result<Reply> {
    let (state, paging, id) = (caller.state(), caller.parameters.clone(), id.into_inner());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, id, &paging)).await?;
    Reply::some(&page)
}
