//! The thread.

use super::service;
use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::Checked;
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use actix_web::{delete, get, post, web};
use shared::ThreadLinkId;
use shared::thread::{NewThreadLink, Thread, ThreadFilter, ThreadLink};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on the thread.
pub fn mount(config: &mut ServiceConfig) {
    config.service(list_thread).service(create_link).service(get_link).service(delete_link);
}

/// Where an object came from and what came of it, as far as the caller may see: at most 500 links.
#[utoipa::path(
    tag = "thread",
    params(ThreadFilter),
    responses((status = 200, description = "The thread.", body = Thread), ReadProblems),
    security(("bearer" = []), ("program" = ["training:read"]))
)]
#[get("/thread")]
pub async fn list_thread(caller: Caller<ThreadFilter>) -> Result<Reply> {
    let filter = caller.parameters.clone();
    let thread = caller.read(move |conn, actor| service::list(conn, actor, &filter)).await?;
    Reply::some(&thread)
}

/// Links an object that the caller runs with another one that they see. A link that would close a circle is 409.
#[utoipa::path(
    tag = "thread",
    request_body(content = NewThreadLink, description = "The link to make."),
    responses((status = 201, description = "The new link.", body = ThreadLink), CreateProblems),
    security(("bearer" = []), ("program" = ["editions:write"]))
)]
#[post("/thread-links")]
pub async fn create_link(caller: Caller, new: Checked<NewThreadLink>) -> Result<Reply> {
    let new = new.0;
    caller
        .write(move |conn, actor| {
            let made = service::create(conn, actor, &new)?;
            Reply::created(&format!("/thread-links/{}", made.id), made.version, &made)
        })
        .await
}

/// One link, for those who see both of its objects.
#[utoipa::path(
    tag = "thread",
    params(("id" = ThreadLinkId, Path, description = "The link.")),
    responses((status = 200, description = "The link.", body = ThreadLink), ReadProblems),
    security(("bearer" = []), ("program" = ["training:read"]))
)]
#[get("/thread-links/{id}")]
pub async fn get_link(caller: Caller, id: web::Path<ThreadLinkId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Reply::one(found.version, &found)
}

/// Takes a link away: for those who run either of its objects.
#[utoipa::path(
    tag = "thread",
    params(("id" = ThreadLinkId, Path, description = "The link.")),
    responses((status = 204, description = "It is gone."), ChangeProblems),
    security(("bearer" = []), ("program" = ["editions:write"]))
)]
#[delete("/thread-links/{id}")]
pub async fn delete_link(caller: Caller, id: web::Path<ThreadLinkId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller.write(move |conn, actor| service::delete(conn, actor, id, expected).map(|()| Reply::done())).await
}
