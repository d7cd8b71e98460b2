//! Which units take a project's practice up.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::{Checked, Merge};
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::projects::service::{adoptions as service, rates};
use actix_web::{delete, get, patch, post, web};
use shared::page::{Page, Paging};
use shared::projects::{Adoption, AdoptionChanges, AdoptionRates, NewAdoption, NewRecheck};
use shared::{AdoptionId, ProjectId};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on adoptions.
pub fn mount(config: &mut ServiceConfig) {
    config.service(list_adoptions).service(create_adoption).service(get_adoption).service(update_adoption);
    config.service(delete_adoption).service(recheck_adoption).service(get_adoption_rates);
}

/// What units have decided about a project, by name of the unit.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path, description = "The project."), Paging),
    responses((status = 200, description = "A page of them.", body = Page<Adoption>), ReadProblems),
    security(("bearer" = []), ("program" = ["projects:read"]))
)]
#[get("/projects/{id}/adoptions")]
pub async fn list_adoptions(caller: Caller<Paging>, id: web::Path<ProjectId>) -> Result<Reply> {
    let (state, paging, id) = (caller.state(), caller.parameters.clone(), id.into_inner());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, id, &paging)).await?;
    Reply::some(&page)
}

/// Asks a unit about a project, or notes what it has decided: once for each unit.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path, description = "The project.")),
    request_body(content = NewAdoption, description = "The unit, and what it has decided so far."),
    responses((status = 201, description = "The new adoption.", body = Adoption), CreateProblems),
    security(("bearer" = []))
)]
#[post("/projects/{id}/adoptions")]
pub async fn create_adoption(caller: Caller, id: web::Path<ProjectId>, new: Checked<NewAdoption>) -> Result<Reply> {
    let (id, new) = (id.into_inner(), new.0);
    caller
        .write(move |conn, actor| {
            let made = service::create(conn, actor, id, &new)?;
            Reply::created(&format!("/adoptions/{}", made.id), made.version, &made)
        })
        .await
}

/// What one unit has decided about one project.
#[utoipa::path(
    tag = "projects",
    params(("id" = AdoptionId, Path, description = "The adoption.")),
    responses((status = 200, description = "One adoption.", body = Adoption), ReadProblems),
    security(("bearer" = []), ("program" = ["projects:read"]))
)]
#[get("/adoptions/{id}")]
pub async fn get_adoption(caller: Caller, id: web::Path<AdoptionId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Reply::one(found.version, &found)
}

/// Changes what a unit has decided: its manager may, and those who work on the project.
#[utoipa::path(
    tag = "projects",
    params(("id" = AdoptionId, Path, description = "The adoption.")),
    request_body(content = AdoptionChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The adoption as it is now.", body = Adoption), ChangeProblems),
    security(("bearer" = []))
)]
#[patch("/adoptions/{id}")]
pub async fn update_adoption(
    caller: Caller,
    id: web::Path<AdoptionId>,
    expected: IfMatch,
    changes: Merge<AdoptionChanges>,
) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::update(conn, actor, id, expected, &changes)?;
            Reply::one(changed.version, &changed)
        })
        .await
}

/// Takes away what was noted of a unit.
#[utoipa::path(
    tag = "projects",
    params(("id" = AdoptionId, Path, description = "The adoption.")),
    responses((status = 204, description = "It is gone."), ChangeProblems),
    security(("bearer" = []))
)]
#[delete("/adoptions/{id}")]
pub async fn delete_adoption(caller: Caller, id: web::Path<AdoptionId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller.write(move |conn, actor| service::delete(conn, actor, id, expected).map(|()| Reply::done())).await
}

/// Notes whether a unit still uses what it took up, 3, 6 and 12 months after the start. The same month again replaces
/// what was noted.
#[utoipa::path(
    tag = "projects",
    params(("id" = AdoptionId, Path, description = "The adoption.")),
    request_body(content = NewRecheck, description = "What was found."),
    responses((status = 200, description = "The adoption as it is now.", body = Adoption), ChangeProblems),
    security(("bearer" = []))
)]
#[post("/adoptions/{id}/rechecks")]
pub async fn recheck_adoption(caller: Caller, id: web::Path<AdoptionId>, expected: IfMatch, new: Checked<NewRecheck>) -> Result<Reply> {
    let (id, new) = (id.into_inner(), new.0);
    caller
        .write(move |conn, actor| {
            let changed = service::recheck(conn, actor, id, expected, &new)?;
            Reply::one(changed.version, &changed)
        })
        .await
}

/// How much of what was developed is in use, by edition and by unit.
#[utoipa::path(
    tag = "projects",
    responses((status = 200, description = "The rates.", body = AdoptionRates), ReadProblems),
    security(("bearer" = []), ("program" = ["projects:read"]))
)]
#[get("/adoption-rates")]
pub async fn get_adoption_rates(caller: Caller) -> Result<Reply> {
    let rates = caller.read(rates::get).await?;
    Reply::some(&rates)
}
