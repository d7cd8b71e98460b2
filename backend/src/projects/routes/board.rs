//! The board, its bounds, how long stages take, and how far projects come.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::{Checked, Merge};
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::projects::service::{board, statistics, terms};
use actix_web::{get, patch, post, web};
use shared::ProgrammeId;
use shared::projects::statistics::Statistics;
use shared::projects::{Board, BoardFilter, BoardLimit, ClockTerms, ClockTermsChanges};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on the board and its clock.
pub fn mount(config: &mut ServiceConfig) {
    config.service(get_board).service(set_board_limit).service(get_project_statistics).service(get_clock_terms).service(update_clock_terms);
}

/// Projects by stage, at most 50 of each: the overdue and soonest due first.
#[utoipa::path(
    tag = "projects",
    params(BoardFilter),
    responses((status = 200, description = "The board.", body = Board), ReadProblems),
    security(("bearer" = []), ("program" = ["projects:read"]))
)]
#[get("/board")]
pub async fn get_board(caller: Caller<BoardFilter>) -> Result<Reply> {
    let filter = caller.parameters.clone();
    let board = caller.read(move |conn, actor| board::get(conn, actor, &filter)).await?;
    Reply::some(&board)
}

/// Bounds how many projects may be in a stage at once; without `limit` there is no bound. What is in the stage stays.
#[utoipa::path(
    tag = "projects",
    request_body(content = BoardLimit, description = "The stage and its bound."),
    responses((status = 200, description = "The bound as it is now.", body = BoardLimit), CreateProblems),
    security(("bearer" = []))
)]
#[post("/board/limits")]
pub async fn set_board_limit(caller: Caller, new: Checked<BoardLimit>) -> Result<Reply> {
    let new = new.0;
    caller.write(move |conn, actor| Reply::some(&board::set_limit(conn, actor, &new)?)).await
}

/// How far projects come and how long it takes them, by unit and by programme. What fewer than five projects stand behind
/// is hidden.
#[utoipa::path(
    tag = "projects",
    responses((status = 200, description = "The figures.", body = Statistics), ReadProblems),
    security(("bearer" = []), ("program" = ["projects:read"]))
)]
#[get("/project-statistics")]
pub async fn get_project_statistics(caller: Caller) -> Result<Reply> {
    let figures = caller.read(statistics::get).await?;
    Reply::some(&figures)
}

/// How long the stages take in a programme; version 0 where nobody has set it.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProgrammeId, Path, description = "The programme.")),
    responses((status = 200, description = "The terms.", body = ClockTerms), ReadProblems),
    security(("bearer" = []), ("program" = ["projects:read"]))
)]
#[get("/programmes/{id}/clock")]
pub async fn get_clock_terms(caller: Caller, id: web::Path<ProgrammeId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| terms::get(conn, actor, id)).await?;
    Reply::one(found.version, &found)
}

/// Sets how long the stages take in a programme. Clocks that run go on as they were started.
#[utoipa::path(
    tag = "projects",
    params(("id" = ProgrammeId, Path, description = "The programme.")),
    request_body(content = ClockTermsChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The terms as they are now.", body = ClockTerms), ChangeProblems),
    security(("bearer" = []))
)]
#[patch("/programmes/{id}/clock")]
pub async fn update_clock_terms(
    caller: Caller,
    id: web::Path<ProgrammeId>,
    expected: IfMatch,
    changes: Merge<ClockTermsChanges>,
) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = terms::update(conn, actor, id, expected, &changes)?;
            Reply::one(changed.version, &changed)
        })
        .await
}
