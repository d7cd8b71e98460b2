//! The token endpoint (RFC 6749). It speaks the words of that standard, also when it refuses.

use crate::clients::service::access::{self, Asking};
use crate::clients::service::discovery;
use crate::error::{Error, Result};
use crate::http::caller::Visitor;
use crate::http::checked::Form;
use crate::http::respond::OwnWords;
use crate::identity::service::guessing::Try;
use crate::watch::request::Refused;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, post};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use shared::clients::{AccessToken, TokenError, TokenErrorCode, TokenRequest};
use shared::problem::ProblemCode;

/// Get an access token for a program
///
/// OAuth 2.0 client credentials: id and secret as `Authorization: Basic`, or in the form. The token is good for ten
/// minutes; there is no refresh token, ask again. Too many wrong secrets answer 429.
#[utoipa::path(
    tag = "clients",
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded", description = "`grant_type=client_credentials`, and fewer scopes if so wished."),
    responses(
        (status = 200, description = "The token.", body = AccessToken),
        (status = 400, description = "The request cannot be read, or asks for a scope that the client does not have.", body = TokenError),
        (status = 401, description = "The client is not known, or its secret is wrong, expired or revoked.", body = TokenError),
        (status = 413, description = "The body is larger than 256 KiB.", body = TokenError),
        (status = 415, description = "The body is no form.", body = TokenError),
        (status = 429, description = "Too many tries; `Retry-After` says when to come back.", body = TokenError),
        (status = 503, description = "Busy; `Retry-After` says when to come back.", body = TokenError),
    ),
    security(())
)]
#[post("/oauth/token")]
pub async fn issue_token(visitor: Result<Visitor>, request: HttpRequest, form: Result<Form<TokenRequest>>) -> HttpResponse {
    let outcome = match (visitor, form) {
        (Ok(visitor), Ok(form)) => answer(&visitor, &request, form.0).await,
        (Err(error), _) | (_, Err(error)) => Err(error.into()),
    };
    match outcome {
        Ok(token) => kept_nowhere(StatusCode::OK).json(token),
        Err(refusal) => refusal.respond(),
    }
}

async fn answer(visitor: &Visitor, request: &HttpRequest, form: TokenRequest) -> std::result::Result<AccessToken, Refusal> {
    match form.grant_type.as_str() {
        "" => return Err(Refusal::bad("grant_type is missing: send grant_type=client_credentials.")),
        "client_credentials" => {}
        _ => return Err(Refusal::of(TokenErrorCode::UnsupportedGrantType, "The only grant type is client_credentials.")),
    }
    let (id, secret) = credentials(request, &form)?;
    let asking = Asking {
        tenant: visitor.tenant,
        id: id.parse().ok(),
        attempt: Try::new(&visitor.state.keys, &visitor.net, &id, &secret),
        secret,
        request_id: visitor.request_id.clone(),
        now: visitor.now,
    };
    let Some(known) = visitor.write(move |conn| access::admit(conn, &asking)).await? else {
        let words = "The client is not known, or its secret is wrong, expired or revoked.";
        return Err(Refusal { why: Refused::with(ProblemCode::WrongCredentials), ..Refusal::of(TokenErrorCode::InvalidClient, words) });
    };
    let Some(scopes) = access::narrow(form.scope.as_deref(), &known.scopes) else {
        return Err(Refusal::of(TokenErrorCode::InvalidScope, "The client does not have all of these scopes."));
    };
    let (tenant, state) = (visitor.tenant, visitor.state.clone());
    let issuer = visitor.read(move |conn| discovery::issuer(conn, tenant, &state.settings.public_url)).await?;
    Ok(access::issue(&visitor.state.keys, tenant, &known, scopes, issuer, visitor.now)?)
}

/// Id and secret, from the header or from the form but not from both (RFC 6749, section 2.3).
fn credentials(request: &HttpRequest, form: &TokenRequest) -> std::result::Result<(String, String), Refusal> {
    let given = |member: &Option<String>| member.clone().filter(|text| !text.is_empty());
    let (form_id, form_secret) = (given(&form.client_id), given(&form.client_secret));
    let missing = || Refusal::of(TokenErrorCode::InvalidClient, "Send the client's id and secret as Authorization: Basic, or in the form.");
    let Some(header) = request.headers().get(header::AUTHORIZATION) else {
        return form_id.zip(form_secret).ok_or_else(missing);
    };
    let (id, secret) = header.to_str().ok().and_then(basic).ok_or_else(missing)?;
    if form_secret.is_some() || form_id.is_some_and(|form_id| form_id != id) {
        return Err(Refusal::bad("The client says who it is in the header and in the form: once is enough."));
    }
    Ok((id, secret))
}

/// `Basic` with both parts encoded as in a form (RFC 6749, section 2.3.1).
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    if scheme.eq_ignore_ascii_case("basic") { Some((decoded(id)?, decoded(secret)?)) } else { None }
}

/// One value as it stands in a form.
fn decoded(part: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&format!("value={part}")).ok()?;
    pairs.into_iter().next().map(|(_, value)| value)
}

/// Why no token is given.
struct Refusal {
    status: StatusCode,
    error: TokenErrorCode,
    /// ASCII without quotes and backslashes, as section 5.2 wants it.
    description: &'static str,
    retry_after: Option<u64>,
    /// As it is counted and told to those who watch.
    why: Refused,
}

impl Refusal {
    fn of(error: TokenErrorCode, description: &'static str) -> Self {
        let (status, why) = match error {
            TokenErrorCode::InvalidClient => (StatusCode::UNAUTHORIZED, ProblemCode::Unauthenticated),
            TokenErrorCode::InvalidScope => (StatusCode::BAD_REQUEST, ProblemCode::Forbidden),
            _ => (StatusCode::BAD_REQUEST, ProblemCode::Malformed),
        };
        Self { status, error, description, retry_after: None, why: Refused::with(why) }
    }

    fn bad(description: &'static str) -> Self {
        Self::of(TokenErrorCode::InvalidRequest, description)
    }

    fn respond(&self) -> HttpResponse {
        let mut response = kept_nowhere(self.status);
        if self.status == StatusCode::UNAUTHORIZED {
            response.insert_header((header::WWW_AUTHENTICATE, "Basic realm=\"polku\""));
        }
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        let mut response = response.json(TokenError { error: self.error, error_description: self.description.to_owned() });
        response.extensions_mut().insert(OwnWords(self.why));
        response
    }
}

/// A refusal of what was asked here, as the standard words it, for those who refuse before a handler is reached.
pub fn refused(error: Error) -> HttpResponse {
    Refusal::from(error).respond()
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let refusal = error.refusal();
        let status = StatusCode::from_u16(refusal.code.0.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let (code, description) = match refusal.code.0 {
            ProblemCode::TooManyRequests => (TokenErrorCode::TemporarilyUnavailable, "Too many tries. Retry-After says when to come back."),
            ProblemCode::Unavailable => (TokenErrorCode::TemporarilyUnavailable, "Busy. Retry-After says when to come back."),
            ProblemCode::UnsupportedMediaType => (TokenErrorCode::InvalidRequest, "Send a form: application/x-www-form-urlencoded."),
            _ if status.is_server_error() => {
                tracing::error!(%error, "no token could be given");
                (TokenErrorCode::ServerError, "Something is wrong with the service. Try again later.")
            }
            _ => (TokenErrorCode::InvalidRequest, "The request could not be read. Send each member of the form once."),
        };
        Self { status, error: code, description, retry_after: refusal.retry_after, why: Refused::by(&error) }
    }
}

/// Tokens and what is said of them lie in no cache (RFC 6749, section 5.1).
fn kept_nowhere(status: StatusCode) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CACHE_CONTROL, "no-store")).insert_header((header::PRAGMA, "no-cache"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_parts_of_basic_are_decoded() {
        let header = |text: &str| format!("Basic {}", STANDARD.encode(text));
        assert_eq!(basic(&header("id:secret")), Some(("id".to_owned(), "secret".to_owned())));
        assert_eq!(basic(&header("a%3Ab:c+d%26e")), Some(("a:b".to_owned(), "c d&e".to_owned())));
        assert_eq!(basic(&header("id:a:b=")), Some(("id".to_owned(), "a:b=".to_owned())));
        assert_eq!(basic(&header("nothing")), None);
        assert_eq!(basic("Bearer abc"), None);
        assert_eq!(basic("Basic ???"), None);
    }
}
