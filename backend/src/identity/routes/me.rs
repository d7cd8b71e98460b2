//! One's own account.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::Merge;
use crate::http::openapi::{ChangeProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::identity::service::me as service;
use actix_web::{Responder, get, patch};
use shared::identity::{Account, Me, OwnAccountChanges, OwnData};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on one's own account.
pub fn mount(config: &mut ServiceConfig) {
    config.service(get_me).service(update_me).service(export_me);
}

/// The signed-in account, its roles, its places in editions and everything that it may do. To change the account, send
/// `If-Match: "v<account.version>"`; the ETag of this answer is of the whole.
#[utoipa::path(
    tag = "identity",
    responses((status = 200, description = "The signed-in account.", body = Me), ReadProblems),
    security(("bearer" = []))
)]
#[get("/me")]
pub async fn get_me(caller: Caller) -> Result<Reply> {
    let me = caller.read(service::get).await?;
    Ok(Reply::some(&me)?.no_store())
}

/// Changes one's own name or language. `If-Match` is the account's version, `"v<account.version>"` of `GET /me`.
#[utoipa::path(
    tag = "identity",
    request_body(content = OwnAccountChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The account as it is now.", body = Account), ChangeProblems),
    security(("bearer" = []))
)]
#[patch("/me")]
pub async fn update_me(caller: Caller, expected: IfMatch, changes: Merge<OwnAccountChanges>) -> Result<Reply> {
    caller
        .write(move |conn, actor| {
            let changed = service::update(conn, actor, expected, &changes)?;
            Ok(Reply::one(changed.version, &changed)?.no_store())
        })
        .await
}

/// Everything that is held on oneself, as a file. The trail tells that it was taken out.
#[utoipa::path(
    tag = "identity",
    responses((status = 200, description = "A JSON document to keep.", body = OwnData), ReadProblems),
    security(("bearer" = []))
)]
#[get("/me/export")]
pub async fn export_me(caller: Caller) -> Result<impl Responder> {
    let reply = caller.write_unkept(|conn, actor| Ok(Reply::some(&service::export(conn, actor)?)?.no_store())).await?;
    Ok(reply.customize().insert_header(("Content-Disposition", "attachment; filename=\"polku-own-data.json\"")))
}
