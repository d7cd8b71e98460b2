//! Feedback about accessibility.

use super::service;
use crate::error::Result;
use crate::http::caller::{Caller, Visitor};
use crate::http::checked::Checked;
use crate::http::openapi::{ChangeProblems, ReadProblems, VisitorProblems};
use crate::http::preconditions::IfMatch;
use crate::http::rates;
use crate::http::reply::Reply;
use actix_web::{get, post, web};
use shared::AccessibilityFeedbackId;
use shared::accessibility::{AccessibilityFeedback, AccessibilityReceipt, NewAccessibilityFeedback};
use shared::page::{Page, Paging};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on accessibility feedback.
pub fn mount(config: &mut ServiceConfig) {
    config
        .service(send_accessibility_feedback)
        .service(list_accessibility_feedback)
        .service(get_accessibility_feedback)
        .service(answer_accessibility_feedback);
}

/// Takes feedback in from anyone, signed in or not, and says by when it is answered. Ten a minute from one network.
#[utoipa::path(
    tag = "accessibility",
    request_body(content = NewAccessibilityFeedback, description = "What does not work."),
    responses((status = 201, description = "It was taken in.", body = AccessibilityReceipt), VisitorProblems),
    security(())
)]
#[post("/accessibility-feedback")]
pub async fn send_accessibility_feedback(visitor: Visitor, new: Checked<NewAccessibilityFeedback>) -> Result<Reply> {
    rates::check(visitor.state.rates.feedback.as_ref(), &visitor.net)?;
    let (tenant, now, request_id, new) = (visitor.tenant, visitor.now, visitor.request_id.clone(), new.0);
    let receipt = visitor.write(move |conn| service::send(conn, tenant, now, &request_id, &new)).await?;
    Ok(Reply::created(&format!("/accessibility-feedback/{}", receipt.id), 1, &receipt)?.no_store())
}

/// Feedback, newest first.
#[utoipa::path(
    tag = "accessibility",
    params(Paging),
    responses((status = 200, description = "A page of feedback.", body = Page<AccessibilityFeedback>), ReadProblems),
    security(("bearer" = []))
)]
#[get("/accessibility-feedback")]
pub async fn list_accessibility_feedback(caller: Caller<Paging>) -> Result<Reply> {
    let (state, paging) = (caller.state(), caller.parameters.clone());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, &paging)).await?;
    Ok(Reply::some(&page)?.no_store())
}

/// One message.
#[utoipa::path(
    tag = "accessibility",
    params(("id" = AccessibilityFeedbackId, Path, description = "The message.")),
    responses((status = 200, description = "The message.", body = AccessibilityFeedback), ReadProblems),
    security(("bearer" = []))
)]
#[get("/accessibility-feedback/{id}")]
pub async fn get_accessibility_feedback(caller: Caller, id: web::Path<AccessibilityFeedbackId>) -> Result<Reply> {
    let id = id.into_inner();
    let message = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Ok(Reply::one(message.version, &message)?.no_store())
}

/// Marks a message as answered. The answer itself goes by mail.
#[utoipa::path(
    tag = "accessibility",
    params(("id" = AccessibilityFeedbackId, Path, description = "The message.")),
    responses((status = 200, description = "The message as it is now.", body = AccessibilityFeedback), ChangeProblems),
    security(("bearer" = []))
)]
#[post("/accessibility-feedback/{id}/answer")]
pub async fn answer_accessibility_feedback(caller: Caller, id: web::Path<AccessibilityFeedbackId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let answered = service::answer(conn, actor, id, expected)?;
            Ok(Reply::one(answered.version, &answered)?.no_store())
        })
        .await
}
