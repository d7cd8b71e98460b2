//! The goal self-assessment: answering, opening and closing.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::Checked;
use crate::http::openapi::{ChangeProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::training::service::{assessment as service, results};
use actix_web::{get, post, put, web};
use shared::EditionId;
use shared::training::{AssessmentProgress, Edition, NewSelfAssessment, SelfAssessment};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on self-assessments.
pub fn mount(config: &mut ServiceConfig) {
    config
        .service(get_self_assessment)
        .service(save_self_assessment)
        .service(get_assessment_progress)
        .service(open_assessment)
        .service(close_assessment);
}

/// One's own answers in an edition. Version 0 before the first save; nobody else can read them.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition.")),
    responses((status = 200, description = "One's own answers.", body = SelfAssessment), ReadProblems),
    security(("bearer" = []))
)]
#[get("/editions/{id}/self-assessment")]
pub async fn get_self_assessment(caller: Caller, id: web::Path<EditionId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Ok(Reply::one(found.version, &found)?.no_store())
}

/// Saves one's own answers, whole, while the answering is open. `If-Match` of the first save is `"v0"`.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition.")),
    request_body(content = NewSelfAssessment, description = "The answers."),
    responses((status = 200, description = "The answers as they are kept.", body = SelfAssessment), ChangeProblems),
    security(("bearer" = []))
)]
#[put("/editions/{id}/self-assessment")]
pub async fn save_self_assessment(
    caller: Caller,
    id: web::Path<EditionId>,
    expected: IfMatch,
    new: Checked<NewSelfAssessment>,
) -> Result<Reply> {
    let (id, new) = (id.into_inner(), new.0);
    caller
        .write_unkept(move |conn, actor| {
            let saved = service::save(conn, actor, id, expected, &new)?;
            Ok(Reply::one(saved.version, &saved)?.no_store())
        })
        .await
}

/// How many have answered. Until publication this is all that anyone else sees.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition.")),
    responses((status = 200, description = "How far the answering has come.", body = AssessmentProgress), ReadProblems),
    security(("bearer" = []), ("program" = ["training:read"]))
)]
#[get("/editions/{id}/assessment-progress")]
pub async fn get_assessment_progress(caller: Caller, id: web::Path<EditionId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| service::progress(conn, actor, id)).await?;
    Reply::some(&found)
}

/// Opens the answering, once.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition.")),
    responses((status = 200, description = "The edition as it is now.", body = Edition), ChangeProblems),
    security(("bearer" = []))
)]
#[post("/editions/{id}/open-assessment")]
pub async fn open_assessment(caller: Caller, id: web::Path<EditionId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::open(conn, actor, id, expected)?;
            Reply::one(changed.version, &changed)
        })
        .await
}

/// Closes the answering: publishes the result and deletes the answers. For good.
#[utoipa::path(
    tag = "training",
    params(("id" = EditionId, Path, description = "The edition.")),
    responses((status = 200, description = "The edition as it is now.", body = Edition), ChangeProblems),
    security(("bearer" = []))
)]
#[post("/editions/{id}/close-assessment")]
pub async fn close_assessment(caller: Caller, id: web::Path<EditionId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = results::close_assessment(conn, actor, id, expected)?;
            Reply::one(changed.version, &changed)
        })
        .await
}
