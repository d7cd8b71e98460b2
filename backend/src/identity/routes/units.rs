//! Units.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::{Checked, Merge};
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::identity::service::units as service;
use actix_web::{delete, get, patch, post, web};
use shared::UnitId;
use shared::identity::{NewUnit, Unit, UnitChanges, UnitFilter};
use shared::page::Page;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on units.
pub fn mount(config: &mut ServiceConfig) {
    config.service(list_units).service(get_unit).service(create_unit).service(update_unit).service(delete_unit);
}

/// Units of the tenant, by name.
#[utoipa::path(
    tag = "identity",
    params(UnitFilter),
    responses((status = 200, description = "A page of units.", body = Page<Unit>), ReadProblems),
    security(("bearer" = []), ("program" = ["directory:read"]))
)]
#[get("/units")]
pub async fn list_units(caller: Caller<UnitFilter>) -> Result<Reply> {
    let (state, filter) = (caller.state(), caller.parameters.clone());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, &filter)).await?;
    Ok(Reply::some(&page)?.no_store())
}

/// One unit.
#[utoipa::path(
    tag = "identity",
    params(("id" = UnitId, Path, description = "The unit.")),
    responses((status = 200, description = "The unit.", body = Unit), ReadProblems),
    security(("bearer" = []), ("program" = ["directory:read"]))
)]
#[get("/units/{id}")]
pub async fn get_unit(caller: Caller, id: web::Path<UnitId>) -> Result<Reply> {
    let id = id.into_inner();
    let unit = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Ok(Reply::one(unit.version, &unit)?.no_store())
}

/// Adds a unit. Its name is unique in its organisation.
#[utoipa::path(
    tag = "identity",
    request_body(content = NewUnit, description = "The unit to add."),
    responses((status = 201, description = "The new unit.", body = Unit), CreateProblems),
    security(("bearer" = []), ("program" = ["units:write"]))
)]
#[post("/units")]
pub async fn create_unit(caller: Caller, new: Checked<NewUnit>) -> Result<Reply> {
    let new = new.0;
    caller
        .write(move |conn, actor| {
            let made = service::create(conn, actor, &new)?;
            Ok(Reply::created(&format!("/units/{}", made.id), made.version, &made)?.no_store())
        })
        .await
}

/// Changes a unit, or moves it under another one of its organisation.
#[utoipa::path(
    tag = "identity",
    params(("id" = UnitId, Path, description = "The unit.")),
    request_body(content = UnitChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The unit as it is now.", body = Unit), ChangeProblems),
    security(("bearer" = []), ("program" = ["units:write"]))
)]
#[patch("/units/{id}")]
pub async fn update_unit(caller: Caller, id: web::Path<UnitId>, expected: IfMatch, changes: Merge<UnitChanges>) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::update(conn, actor, id, expected, &changes)?;
            Ok(Reply::one(changed.version, &changed)?.no_store())
        })
        .await
}

/// Removes a unit with no units under it, no people, and over which no role is in force.
#[utoipa::path(
    tag = "identity",
    params(("id" = UnitId, Path, description = "The unit.")),
    responses((status = 204, description = "It is gone."), ChangeProblems),
    security(("bearer" = []), ("program" = ["units:write"]))
)]
#[delete("/units/{id}")]
pub async fn delete_unit(caller: Caller, id: web::Path<UnitId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller.write(move |conn, actor| service::delete(conn, actor, id, expected).map(|()| Reply::done())).await
}
