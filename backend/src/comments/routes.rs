//! Comments.

use super::service;
use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::{Checked, Merge};
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use actix_web::{delete, get, patch, post, web};
use shared::CommentId;
use shared::comments::{Comment, CommentChanges, CommentFilter, CommentVersion, MentionSearch, NewComment, PersonMatch};
use shared::page::{Page, Paging};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on comments.
pub fn mount(config: &mut ServiceConfig) {
    config
        .service(list_comments)
        .service(create_comment)
        .service(get_comment)
        .service(update_comment)
        .service(delete_comment)
        .service(get_comment_history)
        .service(find_mentions);
}

/// What has been said beside an object, oldest first. One that was deleted is there without its text.
#[utoipa::path(
    tag = "comments",
    params(CommentFilter),
    responses((status = 200, description = "A page of comments.", body = Page<Comment>), ReadProblems),
    security(("bearer" = []))
)]
#[get("/comments")]
pub async fn list_comments(caller: Caller<CommentFilter>) -> Result<Reply> {
    let (state, filter) = (caller.state(), caller.parameters.clone());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, &filter)).await?;
    Reply::some(&page)
}

/// Says something beside an object that the caller may see. People only.
#[utoipa::path(
    tag = "comments",
    request_body(content = NewComment, description = "What to say, and where."),
    responses((status = 201, description = "The new comment.", body = Comment), CreateProblems),
    security(("bearer" = []))
)]
#[post("/comments")]
pub async fn create_comment(caller: Caller, new: Checked<NewComment>) -> Result<Reply> {
    let new = new.0;
    caller
        .write(move |conn, actor| {
            let made = service::create(conn, actor, &new)?;
            Reply::created(&format!("/comments/{}", made.id), made.version, &made)
        })
        .await
}

/// One comment.
#[utoipa::path(
    tag = "comments",
    params(("id" = CommentId, Path, description = "The comment.")),
    responses((status = 200, description = "The comment.", body = Comment), ReadProblems),
    security(("bearer" = []))
)]
#[get("/comments/{id}")]
pub async fn get_comment(caller: Caller, id: web::Path<CommentId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Reply::one(found.version, &found)
}

/// Changes what one has said oneself. What it said before is kept.
#[utoipa::path(
    tag = "comments",
    params(("id" = CommentId, Path, description = "The comment.")),
    request_body(content = CommentChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The comment as it is now.", body = Comment), ChangeProblems),
    security(("bearer" = []))
)]
#[patch("/comments/{id}")]
pub async fn update_comment(caller: Caller, id: web::Path<CommentId>, expected: IfMatch, changes: Merge<CommentChanges>) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::update(conn, actor, id, expected, &changes)?;
            Reply::one(changed.version, &changed)
        })
        .await
}

/// Takes away a comment with all that it said before: for its author, and for those who run the object. That there was
/// one stays.
#[utoipa::path(
    tag = "comments",
    params(("id" = CommentId, Path, description = "The comment.")),
    responses((status = 204, description = "Its text is gone."), ChangeProblems),
    security(("bearer" = []))
)]
#[delete("/comments/{id}")]
pub async fn delete_comment(caller: Caller, id: web::Path<CommentId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller.write(move |conn, actor| service::delete(conn, actor, id, expected).map(|()| Reply::done())).await
}

/// What a comment said before it was changed, newest first.
#[utoipa::path(
    tag = "comments",
    params(("id" = CommentId, Path, description = "The comment."), Paging),
    responses((status = 200, description = "A page of former texts.", body = Page<CommentVersion>), ReadProblems),
    security(("bearer" = []))
)]
#[get("/comments/{id}/history")]
pub async fn get_comment_history(caller: Caller<Paging>, id: web::Path<CommentId>) -> Result<Reply> {
    let (state, paging, id) = (caller.state(), caller.parameters.clone(), id.into_inner());
    let page = caller.read(move |conn, actor| service::history(conn, actor, &state.keys, id, &paging)).await?;
    Reply::some(&page)
}

/// Finds whom to mention beside an object: people who may see it and a part of whose name begins so; eight at most.
#[utoipa::path(
    tag = "comments",
    params(MentionSearch),
    responses((status = 200, description = "Those who fit; never a second page.", body = Page<PersonMatch>), ReadProblems),
    security(("bearer" = []))
)]
#[get("/mention-matches")]
pub async fn find_mentions(caller: Caller<MentionSearch>) -> Result<Reply> {
    let search = caller.parameters.clone();
    let page = caller.read(move |conn, actor| service::find_mentions(conn, actor, &search)).await?;
    Ok(Reply::some(&page)?.no_store())
}
