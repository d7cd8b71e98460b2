//! Organisations.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::{Checked, Merge};
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::identity::service::directory as service;
use actix_web::{delete, get, patch, post, web};
use shared::OrganisationId;
use shared::identity::{NewOrganisation, Organisation, OrganisationChanges};
use shared::page::{Page, Paging};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on organisations.
pub fn mount(config: &mut ServiceConfig) {
    config
        .service(list_organisations)
        .service(get_organisation)
        .service(create_organisation)
        .service(update_organisation)
        .service(delete_organisation);
}

/// Organisations of the tenant, by name.
#[utoipa::path(
    tag = "identity",
    params(Paging),
    responses((status = 200, description = "A page of organisations.", body = Page<Organisation>), ReadProblems),
    security(("bearer" = []), ("program" = ["directory:read"]))
)]
#[get("/organisations")]
pub async fn list_organisations(caller: Caller<Paging>) -> Result<Reply> {
    let (state, paging) = (caller.state(), caller.parameters.clone());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, &paging)).await?;
    Ok(Reply::some(&page)?.no_store())
}

/// One organisation.
#[utoipa::path(
    tag = "identity",
    params(("id" = OrganisationId, Path, description = "The organisation.")),
    responses((status = 200, description = "The organisation.", body = Organisation), ReadProblems),
    security(("bearer" = []), ("program" = ["directory:read"]))
)]
#[get("/organisations/{id}")]
pub async fn get_organisation(caller: Caller, id: web::Path<OrganisationId>) -> Result<Reply> {
    let id = id.into_inner();
    let organisation = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Ok(Reply::one(organisation.version, &organisation)?.no_store())
}

/// Adds an organisation. Its name is unique in the tenant.
#[utoipa::path(
    tag = "identity",
    request_body(content = NewOrganisation, description = "The organisation to add."),
    responses((status = 201, description = "The new organisation.", body = Organisation), CreateProblems),
    security(("bearer" = []))
)]
#[post("/organisations")]
pub async fn create_organisation(caller: Caller, new: Checked<NewOrganisation>) -> Result<Reply> {
    let new = new.0;
    caller
        .write(move |conn, actor| {
            let made = service::create(conn, actor, &new)?;
            Ok(Reply::created(&format!("/organisations/{}", made.id), made.version, &made)?.no_store())
        })
        .await
}

/// Changes an organisation.
#[utoipa::path(
    tag = "identity",
    params(("id" = OrganisationId, Path, description = "The organisation.")),
    request_body(content = OrganisationChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The organisation as it is now.", body = Organisation), ChangeProblems),
    security(("bearer" = []))
)]
#[patch("/organisations/{id}")]
pub async fn update_organisation(
    caller: Caller,
    id: web::Path<OrganisationId>,
    expected: IfMatch,
    changes: Merge<OrganisationChanges>,
) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::update(conn, actor, id, expected, &changes)?;
            Ok(Reply::one(changed.version, &changed)?.no_store())
        })
        .await
}

/// Removes an organisation that has no units, for which no API client acts and over which no role is in force.
#[utoipa::path(
    tag = "identity",
    params(("id" = OrganisationId, Path, description = "The organisation.")),
    responses((status = 204, description = "It is gone."), ChangeProblems),
    security(("bearer" = []))
)]
#[delete("/organisations/{id}")]
pub async fn delete_organisation(caller: Caller, id: web::Path<OrganisationId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller.write(move |conn, actor| service::delete(conn, actor, id, expected).map(|()| Reply::done())).await
}
