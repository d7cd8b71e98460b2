//! Projects.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::{Checked, Merge};
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::projects::service::{self, projects};
use actix_web::{delete, get, patch, post, web};
use shared::ProjectId;
use shared::page::Page;
use shared::projects::{NewProject, Project, ProjectChanges, ProjectFilter, ProjectSummary};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on projects.
pub fn mount(config: &mut ServiceConfig) {
    config.service(list_projects).service(create_project).service(get_project).service(update_project).service(delete_project);
}

/// Projects, the first made first.
#[utoipa::path(
    tag = "projects",
    params(ProjectFilter),
    responses((status = 200, description = "A page of them.", body = Page<ProjectSummary>), ReadProblems),
    security(("bearer" = []), ("program" = ["projects:read"]))
)]
#[get("/projects")]
pub async fn list_projects(caller: Caller<ProjectFilter>) -> Result<Reply> {
    let (state, filter) = (caller.state(), caller.parameters.clone());
    let page = caller.read(move |conn, actor| projects::list(conn, actor, &state.keys, &filter)).await?;
    Reply::some(&page)
}

/// Writes a project down: it begins as an idea, and its clock with it. Without a group whoever writes it down is in it.
#[utoipa::path(
    tag = "projects",
    request_body(content = NewProject, description = "What it is about."),
    responses((status = 201, description = "The new project.", body = Project), CreateProblems),
    security(("bearer" = []))
)]
#[post("/projects")]
pub async fn create_project(caller: Caller, new: Checked<NewProject>) -> Result<Reply> {
    let new = new.0;
    caller
        .write(move |conn, actor| {
            let made = projects::create(conn, actor, &new)?;
            Reply::created(&format!("/projects/{}", made.id), made.version, &made)
        })
        .await
}

/// One project with its people, its history, and what the asker may do with it.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path, description = "The project.")),
    responses((status = 200, description = "One project.", body = Project), ReadProblems),
    security(("bearer" = []), ("program" = ["projects:read"]))
)]
#[get("/projects/{id}")]
pub async fn get_project(caller: Caller, id: web::Path<ProjectId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| service::find(conn, actor, id)).await?;
    Reply::told(found.version, &found)
}

/// Changes what is said of a project. With another unit it has no sponsor until that unit's manager stands behind it.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path, description = "The project.")),
    request_body(content = ProjectChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The project as it is now.", body = Project), ChangeProblems),
    security(("bearer" = []))
)]
#[patch("/projects/{id}")]
pub async fn update_project(caller: Caller, id: web::Path<ProjectId>, expected: IfMatch, changes: Merge<ProjectChanges>) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = projects::update(conn, actor, id, expected, &changes)?;
            Reply::one(changed.version, &changed)
        })
        .await
}

/// Removes a project that is still an idea and that no other one continues.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProjectId, Path, description = "The project.")),
    responses((status = 204, description = "It is gone."), ChangeProblems),
    security(("bearer" = []))
)]
#[delete("/projects/{id}")]
pub async fn delete_project(caller: Caller, id: web::Path<ProjectId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller.write(move |conn, actor| projects::delete(conn, actor, id, expected).map(|()| Reply::done())).await
}
