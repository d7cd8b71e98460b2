//! Trials.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::{Checked, Merge};
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::projects::service::trials as service;
use actix_web::{get, patch, post, web};
use shared::page::{Page, Paging};
use shared::projects::{NewTrial, Trial, TrialChanges, TrialConclusion};
use shared::{ProjectId, TrialId};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on trials.
pub fn mount(config: &mut ServiceConfig) {
    config.service(list_trials).service(create_trial).service(get_trial).service(update_trial);
    config.service(conclude_trial).service(reopen_trial);
}

/// Trials of a project, oldest first, with the effects of what was measured: those that were stopped, too.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path, description = "The project."), Paging),
    responses((status = 200, description = "A page of them.", body = Page<Trial>), ReadProblems),
    security(("bearer" = []), ("program" = ["projects:read"]))
)]
#[get("/projects/{id}/trials")]
pub async fn list_trials(caller: Caller<Paging>, id: web::Path<ProjectId>) -> Result<Reply> {
    let (state, paging, id) = (caller.state(), caller.parameters.clone(), id.into_inner());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, id, &paging)).await?;
    Reply::some(&page)
}

/// Adds a trial to a project, of at most twenty.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path, description = "The project.")),
    request_body(content = NewTrial, description = "The trial to add."),
    responses((status = 201, description = "The new trial.", body = Trial), CreateProblems),
    security(("bearer" = []))
)]
#[post("/projects/{id}/trials")]
pub async fn create_trial(caller: Caller, id: web::Path<ProjectId>, new: Checked<NewTrial>) -> Result<Reply> {
    let (id, new) = (id.into_inner(), new.0);
    caller
        .write(move |conn, actor| {
            let made = service::create(conn, actor, id, &new)?;
            Reply::created(&format!("/trials/{}", made.id), made.version, &made)
        })
        .await
}

/// One trial with the effects of what was measured.
#[utoipa::path(
    tag = "projects",
    params(("id" = TrialId, Path, description = "The trial.")),
    responses((status = 200, description = "One trial.", body = Trial), ReadProblems),
    security(("bearer" = []), ("program" = ["projects:read"]))
)]
#[get("/trials/{id}")]
pub async fn get_trial(caller: Caller, id: web::Path<TrialId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Reply::one(found.version, &found)
}

/// Changes a trial that is not concluded.
#[utoipa::path(
    tag = "projects",
    params(("id" = TrialId, Path, description = "The trial.")),
    request_body(content = TrialChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The trial as it is now.", body = Trial), ChangeProblems),
    security(("bearer" = []))
)]
#[patch("/trials/{id}")]
pub async fn update_trial(caller: Caller, id: web::Path<TrialId>, expected: IfMatch, changes: Merge<TrialChanges>) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::update(conn, actor, id, expected, &changes)?;
            Reply::one(changed.version, &changed)
        })
        .await
}

/// Says how a trial ended and what was learnt. From then on it stays as it is, its measurements too.
#[utoipa::path(
    tag = "projects",
    params(("id" = TrialId, Path, description = "The trial.")),
    request_body(content = TrialConclusion, description = "The result and what was learnt."),
    responses((status = 200, description = "The trial as it is now.", body = Trial), ChangeProblems),
    security(("bearer" = []))
)]
#[post("/trials/{id}/conclude")]
pub async fn conclude_trial(
    caller: Caller,
    id: web::Path<TrialId>,
    expected: IfMatch,
    conclusion: Checked<TrialConclusion>,
) -> Result<Reply> {
    let (id, conclusion) = (id.into_inner(), conclusion.0);
    caller
        .write(move |conn, actor| {
            let changed = service::conclude(conn, actor, id, expected, &conclusion)?;
            Reply::one(changed.version, &changed)
        })
        .await
}

/// Opens a concluded trial again: its result is void, what was learnt stays written.
#[utoipa::path(
    tag = "projects",
    params(("id" = TrialId, Path, description = "The trial.")),
    responses((status = 200, description = "The trial as it is now.", body = Trial), ChangeProblems),
    security(("bearer" = []))
)]
#[post("/trials/{id}/reopen")]
pub async fn reopen_trial(caller: Caller, id: web::Path<TrialId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::reopen(conn, actor, id, expected)?;
            Reply::one(changed.version, &changed)
        })
        .await
}
