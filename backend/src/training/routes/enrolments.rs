//! Enrolments: who takes part.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::{Checked, Merge};
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::training::service::enrolments as service;
use actix_web::{delete, get, patch, post, web};
use shared::page::{Page, Paging};
use shared::training::{Enrolled, Enrolment, EnrolmentChanges, NewEnrolment, UnitEnrolmentFilter};
use shared::{EditionId, EnrolmentId};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on enrolments.
pub fn mount(config: &mut ServiceConfig) {
    config
        .service(list_enrolments)
        .service(list_unit_enrolments)
        .service(enrol)
        .service(get_enrolment)
        .service(update_enrolment)
        .service(delete_enrolment);
}

/// Who takes part in an edition, by name. Addresses only for those who run it.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition."), Paging),
    responses((status = 200, description = "A page of them.", body = Page<Enrolment>), ReadProblems),
    security(("bearer" = []), ("program" = ["roster:read"]))
)]
#[get("/editions/{id}/enrolments")]
pub async fn list_enrolments(caller: Caller<Paging>, id: web::Path<EditionId>) -> Result<Reply> {
    let (state, paging, id) = (caller.state(), caller.parameters.clone(), id.into_inner());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, id, &paging)).await?;
    Ok(Reply::some(&page)?.no_store())
}

/// Where the people of a unit and the units under it take part, by name.
#[utoipa::path(
    tag = "training",
    params(UnitEnrolmentFilter),
    responses((status = 200, description = "A page of them.", body = Page<Enrolment>), ReadProblems),
    security(("bearer" = []), ("program" = ["enrolments:read"]))
)]
#[get("/enrolments")]
pub async fn list_unit_enrolments(caller: Caller<UnitEnrolmentFilter>) -> Result<Reply> {
    let (state, filter) = (caller.state(), caller.parameters.clone());
    let page = caller.read(move |conn, actor| service::list_of_unit(conn, actor, &state.keys, &filter)).await?;
    Ok(Reply::some(&page)?.no_store())
}

/// Gives a person a place: an account, or a name and an address, which get an invitation. Its link is answered once.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition.")),
    request_body(content = NewEnrolment, description = "The person to enrol."),
    responses((status = 201, description = "The new place.", body = Enrolled), CreateProblems),
    security(("bearer" = []), ("program" = ["editions:write"]))
)]
#[post("/editions/{id}/enrolments")]
pub async fn enrol(caller: Caller, id: web::Path<EditionId>, new: Checked<NewEnrolment>) -> Result<Reply> {
    let (id, new) = (id.into_inner(), new.0);
    caller
        .write(move |conn, actor| {
            let made = service::enrol(conn, actor, id, &new)?;
            let path = format!("/enrolments/{}", made.enrolment.id);
            let reply = Reply::created(&path, made.enrolment.version, &made)?.no_store();
            reply.on_replay(&Enrolled { link: None, ..made })
        })
        .await
}

/// One person's place in an edition.
#[utoipa::path(
    tag = "training",
    params(("id" = EnrolmentId, Path, description = "The enrolment.")),
    responses((status = 200, description = "One person's place in an edition.", body = Enrolment), ReadProblems),
    security(("bearer" = []), ("program" = ["roster:read"]), ("program" = ["enrolments:read"]))
)]
#[get("/enrolments/{id}")]
pub async fn get_enrolment(caller: Caller, id: web::Path<EnrolmentId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Ok(Reply::one(found.version, &found)?.no_store())
}

/// Puts a person into a group, or out of it.
#[utoipa::path(
    tag = "training",
    params(("id" = EnrolmentId, Path, description = "The enrolment.")),
    request_body(content = EnrolmentChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The place as it is now.", body = Enrolment), ChangeProblems),
    security(("bearer" = []), ("program" = ["editions:write"]))
)]
#[patch("/enrolments/{id}")]
pub async fn update_enrolment(
    caller: Caller,
    id: web::Path<EnrolmentId>,
    expected: IfMatch,
    changes: Merge<EnrolmentChanges>,
) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::update(conn, actor, id, expected, &changes)?;
            Ok(Reply::one(changed.version, &changed)?.no_store())
        })
        .await
}

/// Takes a place away from one who has not answered.
#[utoipa::path(
    tag = "training",
    params(("id" = EnrolmentId, Path, description = "The enrolment.")),
    responses((status = 204, description = "It is gone."), ChangeProblems),
    security(("bearer" = []), ("program" = ["editions:write"]))
)]
#[delete("/enrolments/{id}")]
pub async fn delete_enrolment(caller: Caller, id: web::Path<EnrolmentId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller.write(move |conn, actor| service::delete(conn, actor, id, expected).map(|()| Reply::done())).await
}
