//! Single-use links and what they change: passwords and addresses.

use super::sessions::confirm_password;
use crate::error::{Error, Result};
use crate::http::caller::{Caller, Visitor};
use crate::http::checked::Checked;
use crate::http::openapi::{CreateProblems, VisitorProblems};
use crate::http::rates;
use crate::http::reply::Reply;
use crate::identity::service::{links, sessions};
use actix_web::post;
use shared::identity::{EmailChange, LinkInfo, LinkRedemption, LinkToken, PasswordChange, ResetRequest};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this file.
pub fn mount(config: &mut ServiceConfig) {
    config.service(request_password_reset).service(inspect_link).service(redeem_link).service(change_password).service(change_email);
}

/// Ask for a link to reset a forgotten password
///
/// Always answers 202, whether or not the address is known. At most three letters an hour to one address, and twenty
/// wishes an hour from one network.
#[utoipa::path(
    tag = "identity",
    request_body(content = ResetRequest, description = "The address to sign in with."),
    responses((status = 202, description = "If the address is known, a letter is on its way."), VisitorProblems),
    security(())
)]
#[post("/links/password-reset")]
pub async fn request_password_reset(visitor: Visitor, body: Checked<ResetRequest>) -> Result<Reply> {
    rates::check(visitor.state.rates.resets.as_ref(), &visitor.net)?;
    let (tenant, lang, now, email) = (visitor.tenant, visitor.lang, visitor.now, body.0.email);
    visitor.write(move |conn| links::request_reset(conn, tenant, &email, lang, now)).await?;
    Ok(Reply::accepted())
}

/// What a link is for, without using it
#[utoipa::path(
    tag = "identity",
    request_body(content = LinkToken, description = "The part of the address after `#`."),
    responses((status = 200, description = "What it is for.", body = LinkInfo), VisitorProblems),
    security(())
)]
#[post("/links/inspect")]
pub async fn inspect_link(visitor: Visitor, body: Checked<LinkToken>) -> Result<Reply> {
    let (tenant, now, token) = (visitor.tenant, visitor.now, body.0.token);
    let info = visitor.read(move |conn| links::inspect(conn, tenant, &token, now)).await?;
    Ok(Reply::some(&info)?.no_store())
}

/// Use a link
///
/// It works once. Of several who use it at the same time one succeeds; the others get 410.
#[utoipa::path(
    tag = "identity",
    request_body(content = LinkRedemption, description = "The secret, with what its purpose needs."),
    responses((status = 204, description = "Done. Sign in next."), (status = 409, description = "The address is in use.", body = shared::Problem, content_type = "application/problem+json"), VisitorProblems),
    security(())
)]
#[post("/links/redeem")]
pub async fn redeem_link(visitor: Visitor, body: Checked<LinkRedemption>) -> Result<Reply> {
    let (tenant, now, request_id) = (visitor.tenant, visitor.now, visitor.request_id.clone());
    let redemption = body.0;
    let checked = redemption.clone();
    visitor.read(move |conn| links::check_password(conn, tenant, &checked, now)).await?;
    let password = match redemption.password.clone() {
        Some(password) => Some(visitor.wait(visitor.state.hashing.enter()?.prepare(password)).await?),
        None => None,
    };
    visitor.write(move |conn| links::redeem(conn, tenant, &redemption, password.as_ref(), &request_id, now)).await?;
    Ok(Reply::done().no_store())
}

/// Change one's own password; ends the other sessions
#[utoipa::path(
    tag = "identity",
    request_body(content = PasswordChange, description = "The password now and the new one."),
    responses((status = 204, description = "Changed."), CreateProblems),
    security(("bearer" = []))
)]
#[post("/me/password")]
pub async fn change_password(caller: Caller, body: Checked<PasswordChange>) -> Result<Reply> {
    let PasswordChange { current_password, new_password } = body.0;
    confirm_password(&caller, current_password, Error::fault("/current_password", "wrong_password")).await?;
    let wished = new_password.clone();
    caller.read(move |conn, actor| sessions::check_new_password(conn, actor, &wished, "/new_password")).await?;
    let new = caller.wait(caller.state().hashing.enter()?.prepare(new_password)).await?;
    caller
        .write_unkept(move |conn, actor| {
            sessions::change_password(conn, actor, &new)?;
            Ok(Reply::done())
        })
        .await
}

/// Ask to change one's own e-mail address
///
/// The new address gets a link; until it is used, nothing changes.
#[utoipa::path(
    tag = "identity",
    request_body(content = EmailChange, description = "The new address."),
    responses((status = 202, description = "A letter is on its way."), CreateProblems),
    security(("bearer" = []))
)]
#[post("/me/email")]
pub async fn change_email(caller: Caller, body: Checked<EmailChange>) -> Result<Reply> {
    let EmailChange { new_email } = body.0;
    caller
        .write_unkept(move |conn, actor| {
            links::request_email_change(conn, actor, &new_email)?;
            Ok(Reply::accepted())
        })
        .await
}
