//! The second step of a sign-in, and proving anew who one is.

use super::sessions::{answer, confirm_password, occasion, refuse_foreign};
use crate::error::{Error, Result};
use crate::http::caller::{Caller, Visitor};
use crate::http::checked::Checked;
use crate::http::openapi::{CreateProblems, VisitorProblems};
use crate::http::reply::Reply;
use crate::identity::service::signing_in::{self, Proof};
use actix_web::{HttpRequest, HttpResponse, post};
use shared::identity::{Confirmation, SecondStep, SignedIn};
use shared::problem::ProblemCode;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this file.
pub fn mount(config: &mut ServiceConfig) {
    config.service(finish_sign_in).service(confirm_session);
}

/// Finish a sign-in by a code
///
/// The challenge is good for five minutes, five wrong codes and this operation alone. Each code works once.
#[utoipa::path(
    tag = "identity",
    request_body(content = SecondStep, description = "The challenge, with a code or a recovery code."),
    responses((status = 201, description = "A session.", body = SignedIn), VisitorProblems),
    security(())
)]
#[post("/sessions/second-step")]
pub async fn finish_sign_in(visitor: Visitor, request: HttpRequest, step: Checked<SecondStep>) -> Result<HttpResponse> {
    let SecondStep { challenge_token, code, recovery_code } = step.0;
    let proof = Proof::of(code, recovery_code)?;
    let from_own_page = refuse_foreign(&request, &visitor.state).is_ok();
    let (state, occasion, shown) = (visitor.state.clone(), occasion(&visitor), proof.clone());
    let finish =
        move |conn: &mut crate::db::Conn| signing_in::second_step(conn, &state.keys, &occasion, from_own_page, &challenge_token, &shown);
    let tokens = visitor.write(finish).await?.ok_or_else(|| proof.refusal())?;
    Ok(answer(&visitor.state, &tokens, 201))
}

/// Prove anew who one is
///
/// By a code or a recovery code where the account has a second factor, else by the password. For the next five minutes
/// the session may then call what asks for it (`x-step-up-seconds`). Wrong proofs count as failed sign-ins do.
#[utoipa::path(
    tag = "identity",
    request_body(content = Confirmation, description = "The password, a code or a recovery code."),
    responses(
        (status = 204, description = "Proved."),
        CreateProblems,
        (status = 429, description = "Too many tries; `Retry-After` says when to come back.", body = shared::Problem, content_type = "application/problem+json")
    ),
    security(("bearer" = []))
)]
#[post("/sessions/current/confirm")]
pub async fn confirm_session(caller: Caller, body: Checked<Confirmation>) -> Result<Reply> {
    let Confirmation { password, code, recovery_code } = body.0;
    let Some(password) = password else { return confirm_by_factor(caller, Proof::of(code, recovery_code)?).await };
    let wrong = Error::at(ProblemCode::WrongCredentials, "/password", "wrong_password");
    confirm_password(&caller, password, wrong).await?;
    caller
        .write_unkept(|conn, actor| {
            signing_in::confirm_by_password(conn, actor)?;
            Ok(Reply::done())
        })
        .await
}

async fn confirm_by_factor(caller: Caller, proof: Proof) -> Result<Reply> {
    let (state, net, shown) = (caller.state(), caller.net.clone(), proof.clone());
    let right = caller.note(move |conn, actor| signing_in::confirm_by_factor(conn, actor, &state.keys, &net, &shown)).await?;
    if right { Ok(Reply::done()) } else { Err(proof.refusal()) }
}
