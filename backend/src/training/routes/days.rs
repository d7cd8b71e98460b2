//! Contact days.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::{Checked, Merge};
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::training::service::days as service;
use actix_web::{delete, get, patch, post, web};
use shared::page::{Page, Paging};
use shared::training::{ContactDay, ContactDayChanges, NewContactDay};
use shared::{ContactDayId, EditionId};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on contact days.
pub fn mount(config: &mut ServiceConfig) {
    config
        .service(list_contact_days)
        .service(create_contact_day)
        .service(get_contact_day)
        .service(update_contact_day)
        .service(delete_contact_day);
}

/// Contact days of an edition, in order of time.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition."), Paging),
    responses((status = 200, description = "A page of them.", body = Page<ContactDay>), ReadProblems),
    security(("bearer" = []), ("program" = ["training:read"]))
)]
#[get("/editions/{id}/contact-days")]
pub async fn list_contact_days(caller: Caller<Paging>, id: web::Path<EditionId>) -> Result<Reply> {
    let (state, paging, id) = (caller.state(), caller.parameters.clone(), id.into_inner());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, id, &paging)).await?;
    Reply::some(&page)
}

/// Adds a contact day to an edition.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition.")),
    request_body(content = NewContactDay, description = "The day to add."),
    responses((status = 201, description = "The new contact day.", body = ContactDay), CreateProblems),
    security(("bearer" = []), ("program" = ["editions:write"]))
)]
#[post("/editions/{id}/contact-days")]
pub async fn create_contact_day(caller: Caller, id: web::Path<EditionId>, new: Checked<NewContactDay>) -> Result<Reply> {
    let (id, new) = (id.into_inner(), new.0);
    caller
        .write(move |conn, actor| {
            let made = service::create(conn, actor, id, &new)?;
            Reply::created(&format!("/contact-days/{}", made.id), made.version, &made)
        })
        .await
}

/// One contact day.
#[utoipa::path(
    tag = "training",
    params(("id" = ContactDayId, Path, description = "The contact day.")),
    responses((status = 200, description = "One contact day.", body = ContactDay), ReadProblems),
    security(("bearer" = []), ("program" = ["training:read"]))
)]
#[get("/contact-days/{id}")]
pub async fn get_contact_day(caller: Caller, id: web::Path<ContactDayId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Reply::one(found.version, &found)
}

/// Changes a contact day.
#[utoipa::path(
    tag = "training",
    params(("id" = ContactDayId, Path, description = "The contact day.")),
    request_body(content = ContactDayChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The contact day as it is now.", body = ContactDay), ChangeProblems),
    security(("bearer" = []), ("program" = ["editions:write"]))
)]
#[patch("/contact-days/{id}")]
pub async fn update_contact_day(
    caller: Caller,
    id: web::Path<ContactDayId>,
    expected: IfMatch,
    changes: Merge<ContactDayChanges>,
) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::update(conn, actor, id, expected, &changes)?;
            Reply::one(changed.version, &changed)
        })
        .await
}

/// Removes a contact day.
#[utoipa::path(
    tag = "training",
    params(("id" = ContactDayId, Path, description = "The contact day.")),
    responses((status = 204, description = "It is gone."), ChangeProblems),
    security(("bearer" = []), ("program" = ["editions:write"]))
)]
#[delete("/contact-days/{id}")]
pub async fn delete_contact_day(caller: Caller, id: web::Path<ContactDayId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller.write(move |conn, actor| service::delete(conn, actor, id, expected).map(|()| Reply::done())).await
}
