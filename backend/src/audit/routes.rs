//! Reading the trail.

use super::service;
use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::openapi::ReadProblems;
use crate::http::reply::Reply;
use actix_web::get;
use shared::audit::{AuditEvent, AuditFilter};
use shared::page::Page;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on the trail.
pub fn mount(config: &mut ServiceConfig) {
    config.service(list_audit_events);
}

/// Who did what to what, newest first. Lines name the fields that changed, never what they hold.
#[utoipa::path(
    tag = "audit",
    params(AuditFilter),
    responses((status = 200, description = "A page of the trail.", body = Page<AuditEvent>), ReadProblems),
    security(("bearer" = []), ("program" = ["audit:read"]))
)]
#[get("/audit-events")]
pub async fn list_audit_events(caller: Caller<AuditFilter>) -> Result<Reply> {
    let (state, filter) = (caller.state(), caller.parameters.clone());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, &filter)).await?;
    Ok(Reply::some(&page)?.no_store())
}
