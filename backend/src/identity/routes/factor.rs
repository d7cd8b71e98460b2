//! One's own second factor, and taking somebody's off.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::Checked;
use crate::http::openapi::{CreateProblems, ReadProblems};
use crate::http::reply::Reply;
use crate::identity::service::factor as service;
use actix_web::{get, post, web};
use shared::AccountId;
use shared::identity::{RecoveryCodes, SecondFactor, SecondFactorCode, SecondFactorSetUp};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on second factors.
pub fn mount(config: &mut ServiceConfig) {
    config
        .service(get_second_factor)
        .service(start_second_factor)
        .service(confirm_second_factor)
        .service(make_recovery_codes)
        .service(turn_off_second_factor)
        .service(reset_second_factor);
}

/// One's own second factor: whether it is on, and whether it must be
#[utoipa::path(
    tag = "identity",
    responses((status = 200, description = "The second factor.", body = SecondFactor), ReadProblems),
    security(("bearer" = []))
)]
#[get("/me/second-factor")]
pub async fn get_second_factor(caller: Caller) -> Result<Reply> {
    Ok(Reply::some(&caller.read(service::get).await?)?.no_store())
}

/// Begin to set up a second factor
///
/// Gives a secret for an authenticator app. It counts for nothing until a code of it is confirmed; one that is on stays
/// on until then. The answer is not kept: repeating the request makes another secret.
#[utoipa::path(
    tag = "identity",
    responses((status = 200, description = "The secret, shown this once.", body = SecondFactorSetUp), CreateProblems),
    security(("bearer" = []))
)]
#[post("/me/second-factor/start")]
pub async fn start_second_factor(caller: Caller) -> Result<Reply> {
    let state = caller.state();
    caller.write_unkept(move |conn, actor| Ok(Reply::some(&service::start(conn, actor, &state.keys)?)?.no_store())).await
}

/// Turn the second factor on
///
/// By a code of the secret that `start_second_factor` gave. Ends the other sessions, and answers ten recovery codes,
/// which are never shown again.
#[utoipa::path(
    tag = "identity",
    request_body(content = SecondFactorCode, description = "The code that the app shows."),
    responses((status = 200, description = "On. The recovery codes.", body = RecoveryCodes), CreateProblems),
    security(("bearer" = []))
)]
#[post("/me/second-factor/confirm")]
pub async fn confirm_second_factor(caller: Caller, body: Checked<SecondFactorCode>) -> Result<Reply> {
    let (state, code) = (caller.state(), body.0.code);
    caller.write_unkept(move |conn, actor| Ok(Reply::some(&service::confirm(conn, actor, &state.keys, &code)?)?.no_store())).await
}

/// Make new recovery codes
///
/// The earlier ones no longer work, and the other sessions end. The answer is not kept.
#[utoipa::path(
    tag = "identity",
    responses((status = 200, description = "The recovery codes, shown this once.", body = RecoveryCodes), CreateProblems),
    security(("bearer" = []))
)]
#[post("/me/second-factor/recovery-codes")]
pub async fn make_recovery_codes(caller: Caller) -> Result<Reply> {
    caller.write_unkept(|conn, actor| Ok(Reply::some(&service::make_recovery_codes(conn, actor)?)?.no_store())).await
}

/// Turn the second factor off
///
/// Not where the organisation requires it, nor while the password is too short to stand alone. Ends the other sessions.
#[utoipa::path(tag = "identity", responses((status = 204, description = "Off."), CreateProblems), security(("bearer" = [])))]
#[post("/me/second-factor/turn-off")]
pub async fn turn_off_second_factor(caller: Caller) -> Result<Reply> {
    caller
        .write_unkept(|conn, actor| {
            service::turn_off(conn, actor)?;
            Ok(Reply::done())
        })
        .await
}

/// Take off the second factor of somebody who has lost theirs
///
/// Ends all their sessions; they are told by mail. A password too short to stand alone goes with it, and a link to set
/// another is mailed.
#[utoipa::path(
    tag = "identity",
    params(("id" = AccountId, Path, description = "The account.")),
    responses((status = 204, description = "Taken off."), CreateProblems),
    security(("bearer" = []))
)]
#[post("/accounts/{id}/reset-second-factor")]
pub async fn reset_second_factor(caller: Caller, id: web::Path<AccountId>) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            service::reset(conn, actor, id)?;
            Ok(Reply::done())
        })
        .await
}
