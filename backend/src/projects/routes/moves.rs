//! What is done with a project as a whole: moved, given more time, stood behind.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::Checked;
use crate::http::openapi::ChangeProblems;
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::projects::service::{extending, moving, sponsors};
use actix_web::{post, web};
use shared::ProjectId;
use shared::projects::{NewStageExtension, Project, ProjectMove};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on a project as a whole.
pub fn mount(config: &mut ServiceConfig) {
    config.service(move_project).service(extend_project).service(sponsor_project).service(unsponsor_project);
}

/// Moves a project to another stage and starts that one's clock. What it lacks is named in `errors` of `stage_not_ready`;
/// a full column is `column_full` unless `over_limit` says to go there all the same.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path, description = "The project.")),
    request_body(content = ProjectMove, description = "Where to, and what that asks to be said."),
    responses((status = 200, description = "The project as it is now.", body = Project), ChangeProblems),
    security(("bearer" = []))
)]
#[post("/projects/{id}/move")]
pub async fn move_project(caller: Caller, id: web::Path<ProjectId>, expected: IfMatch, step: Checked<ProjectMove>) -> Result<Reply> {
    let (id, step) = (id.into_inner(), step.0);
    caller
        .write(move |conn, actor| {
            let moved = moving::go(conn, actor, id, expected, &step)?;
            Reply::one(moved.version, &moved)
        })
        .await
}

/// Gives the present stage more time, and keeps who did and why.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path, description = "The project.")),
    request_body(content = NewStageExtension, description = "How many days, and why."),
    responses((status = 200, description = "The project as it is now.", body = Project), ChangeProblems),
    security(("bearer" = []))
)]
#[post("/projects/{id}/extend")]
pub async fn extend_project(caller: Caller, id: web::Path<ProjectId>, expected: IfMatch, new: Checked<NewStageExtension>) -> Result<Reply> {
    let (id, new) = (id.into_inner(), new.0);
    caller
        .write(move |conn, actor| {
            let extended = extending::extend(conn, actor, id, expected, &new)?;
            Reply::one(extended.version, &extended)
        })
        .await
}

/// Stands behind a project as the manager of the unit that needs it.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path, description = "The project.")),
    responses((status = 200, description = "The project as it is now.", body = Project), ChangeProblems),
    security(("bearer" = []))
)]
#[post("/projects/{id}/sponsor")]
pub async fn sponsor_project(caller: Caller, id: web::Path<ProjectId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let sponsored = sponsors::sponsor(conn, actor, id, expected)?;
            Reply::one(sponsored.version, &sponsored)
        })
        .await
}

/// Stands behind a project no longer.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path, description = "The project.")),
    responses((status = 200, description = "The project as it is now.", body = Project), ChangeProblems),
    security(("bearer" = []))
)]
#[post("/projects/{id}/unsponsor")]
pub async fn unsponsor_project(caller: Caller, id: web::Path<ProjectId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let left = sponsors::unsponsor(conn, actor, id, expected)?;
            Reply::one(left.version, &left)
        })
        .await
}
