//! Grants.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::Checked;
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::identity::service::grants as service;
use actix_web::{delete, get, post, web};
use shared::GrantId;
use shared::identity::{Grant, GrantFilter, NewGrant};
use shared::page::Page;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on grants.
pub fn mount(config: &mut ServiceConfig) {
    config.service(list_grants).service(get_grant).service(create_grant).service(revoke_grant);
}

/// Grants, oldest first, ended ones too. One's own are always answered when asked for by `account_id`.
#[utoipa::path(
    tag = "identity",
    params(GrantFilter),
    responses((status = 200, description = "A page of grants.", body = Page<Grant>), ReadProblems),
    security(("bearer" = []))
)]
#[get("/grants")]
pub async fn list_grants(caller: Caller<GrantFilter>) -> Result<Reply> {
    let (state, filter) = (caller.state(), caller.parameters.clone());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, &filter)).await?;
    Ok(Reply::some(&page)?.no_store())
}

/// One grant.
#[utoipa::path(
    tag = "identity",
    params(("id" = GrantId, Path, description = "The grant.")),
    responses((status = 200, description = "The grant.", body = Grant), ReadProblems),
    security(("bearer" = []))
)]
#[get("/grants/{id}")]
pub async fn get_grant(caller: Caller, id: web::Path<GrantId>) -> Result<Reply> {
    let id = id.into_inner();
    let grant = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Ok(Reply::one(grant.version, &grant)?.no_store())
}

/// Gives a role. Nobody gives more than they hold over the same scope.
#[utoipa::path(
    tag = "identity",
    request_body(content = NewGrant, description = "The role to give."),
    responses((status = 201, description = "The new grant.", body = Grant), CreateProblems),
    security(("bearer" = []))
)]
#[post("/grants")]
pub async fn create_grant(caller: Caller, new: Checked<NewGrant>) -> Result<Reply> {
    let new = new.0;
    caller
        .write(move |conn, actor| {
            let made = service::create(conn, actor, &new)?;
            Ok(Reply::created(&format!("/grants/{}", made.id), made.version, &made)?.no_store())
        })
        .await
}

/// Ends a grant now; its line stays. The last administrator stays in office.
#[utoipa::path(
    tag = "identity",
    params(("id" = GrantId, Path, description = "The grant.")),
    responses((status = 204, description = "It has ended."), ChangeProblems),
    security(("bearer" = []))
)]
#[delete("/grants/{id}")]
pub async fn revoke_grant(caller: Caller, id: web::Path<GrantId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller.write(move |conn, actor| service::revoke(conn, actor, id, expected).map(|()| Reply::done())).await
}
