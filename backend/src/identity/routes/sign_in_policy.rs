//! How people sign in to the organisation.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::Merge;
use crate::http::openapi::{ChangeProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::identity::service::sign_in_policy as service;
use actix_web::{get, patch};
use shared::identity::{SignInPolicy, SignInPolicyChanges};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on the policy.
pub fn mount(config: &mut ServiceConfig) {
    config.service(get_sign_in_policy).service(update_sign_in_policy);
}

/// How people sign in to the organisation, and how many of its staff have no second factor
///
/// To change it, send `If-Match: "v<version>"`; the ETag of this answer is of the whole.
#[utoipa::path(
    tag = "identity",
    responses((status = 200, description = "The policy.", body = SignInPolicy), ReadProblems),
    security(("bearer" = []))
)]
#[get("/sign-in-policy")]
pub async fn get_sign_in_policy(caller: Caller) -> Result<Reply> {
    let policy = caller.read(service::get).await?;
    Ok(Reply::some(&policy)?.no_store())
}

/// Change how people sign in
///
/// From the day named, whoever has a granted role and no second factor gets 403 `second_factor_required` until it is
/// set up. Those who only take part are never asked for one.
#[utoipa::path(
    tag = "identity",
    request_body(content = SignInPolicyChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The policy as it is now.", body = SignInPolicy), ChangeProblems),
    security(("bearer" = []))
)]
#[patch("/sign-in-policy")]
pub async fn update_sign_in_policy(caller: Caller, expected: IfMatch, changes: Merge<SignInPolicyChanges>) -> Result<Reply> {
    caller
        .write(move |conn, actor| {
            let changed = service::update(conn, actor, expected, &changes)?;
            Ok(Reply::one(changed.version, &changed)?.no_store())
        })
        .await
}
