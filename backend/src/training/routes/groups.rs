//! Groups.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::{Checked, Merge};
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::training::service::groups as service;
use actix_web::{delete, get, patch, post, web};
use shared::page::{Page, Paging};
use shared::training::{Group, GroupChanges, NewGroup};
use shared::{EditionId, GroupId};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on groups.
pub fn mount(config: &mut ServiceConfig) {
    config.service(list_groups).service(create_group).service(get_group).service(update_group).service(delete_group);
}

/// Groups of an edition, by name.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition."), Paging),
    responses((status = 200, description = "A page of them.", body = Page<Group>), ReadProblems),
    security(("bearer" = []), ("program" = ["training:read"]))
)]
#[get("/editions/{id}/groups")]
pub async fn list_groups(caller: Caller<Paging>, id: web::Path<EditionId>) -> Result<Reply> {
    let (state, paging, id) = (caller.state(), caller.parameters.clone(), id.into_inner());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, id, &paging)).await?;
    Reply::some(&page)
}

/// Adds a group. Its name is unique in the edition.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition.")),
    request_body(content = NewGroup, description = "The group to add."),
    responses((status = 201, description = "The new group.", body = Group), CreateProblems),
    security(("bearer" = []), ("program" = ["editions:write"]))
)]
#[post("/editions/{id}/groups")]
pub async fn create_group(caller: Caller, id: web::Path<EditionId>, new: Checked<NewGroup>) -> Result<Reply> {
    let (id, new) = (id.into_inner(), new.0);
    caller
        .write(move |conn, actor| {
            let made = service::create(conn, actor, id, &new)?;
            Reply::created(&format!("/groups/{}", made.id), made.version, &made)
        })
        .await
}

/// One group.
#[utoipa::path(
    tag = "training",
    params(("id" = GroupId, Path, description = "The group.")),
    responses((status = 200, description = "One group.", body = Group), ReadProblems),
    security(("bearer" = []), ("program" = ["training:read"]))
)]
#[get("/groups/{id}")]
pub async fn get_group(caller: Caller, id: web::Path<GroupId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Reply::one(found.version, &found)
}

/// Changes a group's name: its own members may.
#[utoipa::path(
    tag = "training",
    params(("id" = GroupId, Path, description = "The group.")),
    request_body(content = GroupChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The group as it is now.", body = Group), ChangeProblems),
    security(("bearer" = []), ("program" = ["editions:write"]))
)]
#[patch("/groups/{id}")]
pub async fn update_group(caller: Caller, id: web::Path<GroupId>, expected: IfMatch, changes: Merge<GroupChanges>) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::update(conn, actor, id, expected, &changes)?;
            Reply::one(changed.version, &changed)
        })
        .await
}

/// Removes a group that nobody is in and that has no project.
#[utoipa::path(
    tag = "training",
    params(("id" = GroupId, Path, description = "The group.")),
    responses((status = 204, description = "It is gone."), ChangeProblems),
    security(("bearer" = []), ("program" = ["editions:write"]))
)]
#[delete("/groups/{id}")]
pub async fn delete_group(caller: Caller, id: web::Path<GroupId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller.write(move |conn, actor| service::delete(conn, actor, id, expected).map(|()| Reply::done())).await
}
