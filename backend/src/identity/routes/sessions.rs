//! Signing in, renewing, signing out.

use crate::error::{Error, Result};
use crate::http::caller::{Caller, NoParameters, Visitor};
use crate::http::checked::Checked;
use crate::http::openapi::{CreateProblems, ReadProblems, VisitorProblems};
use crate::http::reply::Reply;
use crate::identity::service::guessing::{self, Try};
use crate::identity::service::passwords::Verdict;
use crate::identity::service::sessions::{self, Occasion, Tokens};
use crate::identity::service::signing_in::{self, Step};
use crate::identity::service::tenants;
use crate::policy::Actor;
use crate::state::State;
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, Responder, get, post, web};
use shared::SessionId;

use shared::identity::{CSRF_HEADER, Credentials, Meta, RefreshRequest, Session, SessionKind, SignInChallenge, SignedIn};
use shared::page::{Page, Paging};
use shared::problem::ProblemCode;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this file.
pub fn mount(config: &mut ServiceConfig) {
    config
        .service(get_meta)
        .service(sign_in)
        .service(refresh)
        .service(sign_out)
        .service(sign_out_everywhere)
        .service(list_sessions)
        .service(revoke_session);
}

/// What a visitor may know of the installation
#[utoipa::path(tag = "identity", responses((status = 200, description = "Name and version.", body = Meta), VisitorProblems), security(()))]
#[get("/meta")]
pub async fn get_meta(visitor: Visitor) -> Result<Reply> {
    let tenant = visitor.tenant;
    Reply::some(&visitor.read(move |conn| tenants::meta(conn, tenant)).await?)
}

/// Sign in
///
/// A browser gets its refresh token as a cookie, a device in the body. An account with a second factor gets a challenge
/// instead, to be answered by `finish_sign_in`. Too many failures answer 429.
#[utoipa::path(
    tag = "identity",
    request_body(content = Credentials, description = "E-mail, password, and what signs in."),
    responses(
        (status = 201, description = "A session.", body = SignedIn),
        (status = 202, description = "The password is right; a code is needed too.", body = SignInChallenge),
        (status = 403, description = "A browser came from another site, or without our header.", body = shared::Problem, content_type = "application/problem+json"),
        VisitorProblems
    ),
    security(())
)]
#[post("/sessions")]
pub async fn sign_in(visitor: Visitor, request: HttpRequest, credentials: Checked<Credentials>) -> Result<HttpResponse> {
    let Credentials { email, password, kind } = credentials.0;
    if kind == SessionKind::Browser {
        refuse_foreign(&request, &visitor.state)?;
    }
    let occasion = occasion(&visitor);
    let (tenant, now) = (visitor.tenant, visitor.now);
    let slot = visitor.state.hashing.enter()?;
    let attempt = Try::new(&visitor.state.keys, &visitor.net, &email, &password);
    let tried = attempt.clone();
    let (counted, candidate) =
        visitor.write(move |conn| Ok((guessing::begin(conn, tenant, &tried, now)?, sessions::candidate(conn, tenant, &email)?))).await?;
    let verdict = visitor.wait(slot.verify(password, candidate.as_ref().and_then(sessions::usable_hash))).await?;
    let account = candidate.as_ref().map(|found| found.id);
    let (Some(candidate), Verdict::Right { renewed }) = (candidate, verdict) else {
        let refuse = move |conn: &mut crate::db::Conn| {
            guessing::was_wrong(conn, tenant, &attempt, counted, account, now)?;
            sessions::record_refusal(conn, &occasion, account)
        };
        visitor.write(refuse).await?;
        return Err(Error::of(ProblemCode::WrongCredentials));
    };
    let state = visitor.state.clone();
    let go_on = move |conn: &mut crate::db::Conn| {
        let step = signing_in::after_password(conn, &state.keys, &occasion, &attempt, &candidate, kind)?;
        if let Some(hash) = &renewed {
            sessions::renew_hash(conn, tenant, candidate.id, hash)?;
        }
        Ok(step)
    };
    match visitor.write(go_on).await? {
        Step::In(tokens) => Ok(answer(&visitor.state, &tokens, 201)),
        Step::Challenge(challenge) => Ok(HttpResponse::Accepted().insert_header((header::CACHE_CONTROL, "no-store")).json(&challenge)),
    }
}

/// Renew the access token
///
/// By the cookie, or by the refresh token in the body. Each works once; for 30 seconds a repeated call gets the same
/// successor. Later reuse ends the session.
#[utoipa::path(
    tag = "identity",
    request_body(content = RefreshRequest, description = "The refresh token of a device; empty for a browser."),
    responses(
        (status = 200, description = "Renewed.", body = SignedIn),
        (status = 403, description = "A browser came from another site, or without our header.", body = shared::Problem, content_type = "application/problem+json"),
        VisitorProblems
    ),
    security(())
)]
#[post("/sessions/refresh")]
pub async fn refresh(visitor: Visitor, request: HttpRequest, body: Checked<RefreshRequest>) -> Result<HttpResponse> {
    let token = match body.0.refresh_token {
        Some(token) => token,
        None => {
            refuse_foreign(&request, &visitor.state)?;
            let cookie = request.cookie(cookie_name(&visitor.state));
            cookie.map(|cookie| cookie.value().to_owned()).ok_or_else(|| Error::of(ProblemCode::Unauthenticated))?
        }
    };
    let (state, occasion) = (visitor.state.clone(), occasion(&visitor));
    let tokens = visitor.write(move |conn| sessions::refresh(conn, &state.keys, &occasion, &token)).await?;
    let tokens = tokens.ok_or_else(Error::token_refused)?;
    Ok(answer(&visitor.state, &tokens, 200))
}

/// End this session
#[utoipa::path(tag = "identity", responses((status = 204, description = "Ended."), CreateProblems), security(("bearer" = [])))]
#[post("/sessions/sign-out")]
pub async fn sign_out(caller: Caller, request: HttpRequest) -> Result<HttpResponse> {
    let state = caller.state();
    let reply = caller
        .write_unkept(|conn, actor| {
            sessions::sign_out(conn, actor)?;
            Ok(Reply::done())
        })
        .await?;
    Ok(farewell(&request, &state, reply))
}

/// End every session of the account, this one too
#[utoipa::path(tag = "identity", responses((status = 204, description = "Ended."), CreateProblems), security(("bearer" = [])))]
#[post("/sessions/sign-out-everywhere")]
pub async fn sign_out_everywhere(caller: Caller, request: HttpRequest) -> Result<HttpResponse> {
    let state = caller.state();
    let reply = caller
        .write_unkept(|conn, actor| {
            sessions::sign_out_everywhere(conn, actor)?;
            Ok(Reply::done())
        })
        .await?;
    Ok(farewell(&request, &state, reply))
}

/// One's own sessions, newest first; ten at most
#[utoipa::path(tag = "identity", params(Paging), responses((status = 200, description = "Sessions.", body = Page<Session>), ReadProblems), security(("bearer" = [])))]
#[get("/sessions")]
pub async fn list_sessions(caller: Caller<Paging>) -> Result<Reply> {
    let (state, paging) = (caller.state(), caller.parameters.clone());
    let page = caller.read(move |conn, actor| sessions::list(conn, actor, &state.keys, &paging)).await?;
    Ok(Reply::some(&page)?.no_store())
}

/// End one of one's own sessions
#[utoipa::path(
    tag = "identity",
    params(("id" = SessionId, Path, description = "The session.")),
    responses((status = 204, description = "Ended."), CreateProblems),
    security(("bearer" = []))
)]
#[post("/sessions/{id}/revoke")]
pub async fn revoke_session(caller: Caller, id: web::Path<SessionId>) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            sessions::revoke(conn, actor, id)?;
            Ok(Reply::done())
        })
        .await
}

pub(super) fn occasion(visitor: &Visitor<NoParameters>) -> Occasion {
    Occasion {
        tenant: visitor.tenant,
        now: visitor.now,
        request_id: visitor.request_id.clone(),
        net: visitor.net.clone(),
        device: visitor.device.clone(),
    }
}

/// `__Host-` binds the cookie to this host and to TLS; on plain-HTTP loopback browsers would not keep it.
fn cookie_name(state: &State) -> &'static str {
    if state.settings.secure_cookies { "__Host-polku_rt" } else { "polku_rt" }
}

fn cookie(state: &State, value: String, life: time::Duration) -> Cookie<'static> {
    Cookie::build(cookie_name(state), value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(state.settings.secure_cookies)
        .max_age(life)
        .finish()
}

pub(super) fn answer(state: &State, tokens: &Tokens, status: u16) -> HttpResponse {
    let status = actix_web::http::StatusCode::from_u16(status).unwrap_or_default();
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    if tokens.kind == SessionKind::Browser {
        let seconds = tokens.signed_in.session_expires_at.duration_since(state.clock.now()).as_secs();
        response.cookie(cookie(state, tokens.refresh_token.clone(), time::Duration::seconds(seconds)));
    }
    response.json(&tokens.signed_in)
}

/// Takes the cookie back, and asks the browser to forget what it holds of us.
fn farewell(request: &HttpRequest, state: &State, reply: Reply) -> HttpResponse {
    let mut response = reply.respond_to(request);
    let _ = response.add_cookie(&cookie(state, String::new(), time::Duration::ZERO));
    if let Ok(value) = header::HeaderValue::from_str("\"cache\", \"storage\"") {
        response.headers_mut().insert(header::HeaderName::from_static("clear-site-data"), value);
    }
    response
}

/// Refuses what another site could have caused: a cookie counts only with our own header, from our own origin.
pub(super) fn refuse_foreign(request: &HttpRequest, state: &State) -> Result<()> {
    // A header that is no text is there all the same, and is nobody's of ours.
    let text = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or_default());
    let own_header = text(CSRF_HEADER).is_some();
    let same_site = text("sec-fetch-site").is_none_or(|site| site == "same-origin");
    let host = text("host").unwrap_or_default();
    let own_origin = text("origin").is_none_or(|origin| {
        let of_host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).is_some_and(|rest| rest == host);
        of_host || state.settings.origins.iter().any(|own| own == origin)
    });
    if own_header && same_site && own_origin { Ok(()) } else { Err(Error::of(ProblemCode::ForeignOrigin)) }
}

/// Refuses, with `wrong`, a password that is not the caller's own. Wrong ones count as they do in signing in: whoever
/// finds a device unlocked must not be able to try passwords on it.
pub async fn confirm_password<P>(caller: &Caller<P>, password: String, wrong: Error) -> Result<()> {
    let state = caller.state();
    let slot = state.hashing.enter()?;
    let own = caller.read(sessions::own_candidate).await?;
    let attempt = Try::new(&state.keys, &caller.net, &own.email, &password);
    let tried = attempt.clone();
    let counted = caller.note(move |conn, actor| guessing::begin(conn, actor.tenant, &tried, actor.now)).await?;
    let right = caller.wait(slot.verify(password, sessions::usable_hash(&own))).await? != Verdict::Wrong;
    let account = own.id;
    let settle = move |conn: &mut crate::db::Conn, actor: &Actor| {
        if right {
            return guessing::was_right(conn, actor.tenant, &attempt, account);
        }
        guessing::was_wrong(conn, actor.tenant, &attempt, counted, Some(account), actor.now)?;
        sessions::record_wrong_password(conn, actor)
    };
    caller.note(settle).await?;
    if right { Ok(()) } else { Err(wrong) }
}
