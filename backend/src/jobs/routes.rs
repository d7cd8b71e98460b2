//! Work that is to be done at a time, for the administrator.

use super::service;
use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::openapi::{CreateProblems, ReadProblems};
use crate::http::reply::Reply;
use actix_web::{get, post, web};
use shared::JobId;
use shared::jobs::{Job, JobFilter};
use shared::page::Page;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on jobs.
pub fn mount(config: &mut ServiceConfig) {
    config.service(list_jobs).service(retry_job);
}

/// Jobs that are to be done or have died, the first made first. What is done is gone.
#[utoipa::path(
    tag = "jobs",
    params(JobFilter),
    responses((status = 200, description = "A page of jobs.", body = Page<Job>), ReadProblems),
    security(("bearer" = []))
)]
#[get("/jobs")]
pub async fn list_jobs(caller: Caller<JobFilter>) -> Result<Reply> {
    let (state, filter) = (caller.state(), caller.parameters.clone());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, &filter)).await?;
    Reply::some(&page)
}

/// Lets a dead job try again, from the beginning and at once.
#[utoipa::path(
    tag = "jobs",
    params(("id" = JobId, Path, description = "The job.")),
    responses((status = 200, description = "The job as it is now.", body = Job), CreateProblems),
    security(("bearer" = []))
)]
#[post("/jobs/{id}/retry")]
pub async fn retry_job(caller: Caller, id: web::Path<JobId>) -> Result<Reply> {
    let id = id.into_inner();
    caller.write(move |conn, actor| Reply::some(&service::retry(conn, actor, id)?)).await
}
