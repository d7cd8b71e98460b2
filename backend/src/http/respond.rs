//! Around every request: its id, its line in the log, the headers of its answer, and errors written as problems in the
//! reader's language. Here alone an error becomes text.

use super::body::Unread;
use super::caller::{self, RequestId};
use super::headers;
use super::pace::Phase;
use super::rates::Standing;
use super::shield::Refusing;
use crate::error::Error;
use crate::watch::figures::UnderWay;
use crate::watch::request::{self as watched, Refused};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError};
use futures_util::FutureExt;
use shared::Lang;
use shared::problem::{Problem, ProblemCode};
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::time::Instant;

/// Left with an answer that words its refusal as another standard wants it: it is no problem document.
pub struct OwnWords(pub Refused);

/// The outermost middleware.
pub async fn around<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started = Instant::now();
    let _under_way = UnderWay::begin();
    let phase = request.conn_data::<Rc<Phase>>().cloned();
    if let Some(phase) = &phase {
        phase.begin();
    }
    let id = uuid::Uuid::now_v7().to_string();
    request.extensions_mut().insert(RequestId(id.clone()));
    // The request may not be cloned before the router has it: it writes the match into it.
    let (method, gave_up) = (request.method().clone(), GaveUp { asked: Asked::by(request.request()), id: id.clone() });
    let outcome = AssertUnwindSafe(async { next.call(request).await }).catch_unwind().await;
    if let Some(phase) = phase {
        phase.end();
    }
    let Ok(outcome) = outcome else {
        watched::gave_up(method.as_str(), &id, started.elapsed());
        return Err(gave_up.into());
    };
    let outcome = outcome?.map_into_boxed_body();
    let refused = refused(&outcome);
    let mut response = as_problem(outcome, &id);
    headers::complete(response.headers_mut(), &gave_up.asked.path, &id);
    let (standing, unread) = {
        let mut left = response.request().extensions_mut();
        (left.remove::<Standing>(), left.remove::<Unread>())
    };
    if let Some(standing) = standing {
        standing.put_into(response.headers_mut());
    }
    let route = watched::route(response.request());
    log(&response, &route, &id, started);
    watched::answered(&response, route, refused, &id, started.elapsed());
    Ok(match unread {
        Some(unread) => response.map_body(|_, body| BoxBody::new(Refusing::new(body, unread))),
        None => response,
    })
}

/// Code of ours gave up in the middle of a request, and took the request with it.
#[derive(Debug)]
struct GaveUp {
    asked: Asked,
    id: String,
}

/// What a problem document repeats of its request.
#[derive(Debug)]
struct Asked {
    path: String,
    lang: Lang,
    /// Whether it brought a token.
    has_token: bool,
}

impl Asked {
    fn by(request: &HttpRequest) -> Self {
        let sent = request.headers().get(header::AUTHORIZATION);
        let has_token = sent.is_some_and(|sent| sent.as_bytes().starts_with(b"Bearer "));
        Self { path: request.path().to_owned(), lang: caller::lang(request), has_token }
    }
}

impl std::fmt::Display for GaveUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("code of ours gave up")
    }
}

impl ResponseError for GaveUp {
    fn error_response(&self) -> HttpResponse {
        let mut response = problem_response(&self.asked, &Error::of(ProblemCode::Internal), &self.id);
        headers::complete(response.headers_mut(), &self.asked.path, &self.id);
        response
    }
}

/// Why the request was refused, if it was.
fn refused(response: &ServiceResponse<BoxBody>) -> Option<Refused> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    if let Some(OwnWords(refused)) = response.response().extensions().get::<OwnWords>() {
        return Some(*refused);
    }
    let error = response.response().error().and_then(|error| error.as_error::<Error>());
    Some(error.map_or_else(|| Refused::with(code_of(status.as_u16())), Refused::by))
}

fn as_problem(response: ServiceResponse<BoxBody>, id: &str) -> ServiceResponse<BoxBody> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let known = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/problem+json"));
    if known || response.response().extensions().contains::<OwnWords>() {
        return response;
    }
    let request = response.request().clone();
    let error = response.response().error().and_then(|error| error.as_error::<Error>());
    if let Some(Error::Internal(_) | Error::Database(_)) = error {
        tracing::error!(request_id = id, error = %error.map(ToString::to_string).unwrap_or_default(), "failed");
    }
    let fallback;
    let error = match error {
        Some(error) => error,
        None => {
            fallback = Error::of(code_of(status.as_u16()));
            &fallback
        }
    };
    let problem = problem_response(&Asked::by(&request), error, id);
    response.into_response(problem)
}

/// The code that best fits a status that some library chose.
fn code_of(status: u16) -> ProblemCode {
    let fitting = ProblemCode::ALL.iter().find(|code| code.status() == status);
    fitting.copied().unwrap_or(if status < 500 { ProblemCode::Malformed } else { ProblemCode::Internal })
}

/// An error as a problem document.
fn problem_response(asked: &Asked, error: &Error, id: &str) -> HttpResponse<BoxBody> {
    let refusal = error.refusal();
    let (code, lang) = (refusal.code.0, asked.lang);
    let key = format!("problem-{}", code.as_str().replace('_', "-"));
    let mut errors = refusal.faults;
    for fault in &mut errors {
        fault.message = fault.sentence(lang);
    }
    let help = lang.text(&format!("{key}-help"));
    let problem = Problem {
        kind: format!("/problems/{}", code.as_str().replace('_', "-")),
        title: lang.text(&key),
        status: code.status(),
        detail: Some(refusal.detail.map_or(help.clone(), |detail| format!("{help} ({detail})"))),
        instance: Some(asked.path.clone()),
        code,
        trace_id: id.to_owned(),
        errors,
        current_etag: refusal.current_etag.clone(),
    };
    let mut response = HttpResponseBuilder::new(actix_web::http::StatusCode::from_u16(code.status()).unwrap_or_default());
    response.content_type("application/problem+json").insert_header((header::CONTENT_LANGUAGE, lang.as_str()));
    response.insert_header((header::VARY, "Accept-Language")).insert_header((header::CACHE_CONTROL, "no-store"));
    if let Some(etag) = refusal.current_etag {
        response.insert_header((header::ETAG, etag));
    }
    if let Some(seconds) = refusal.retry_after {
        response.insert_header((header::RETRY_AFTER, seconds));
    }
    if let Some(allow) = refusal.allow {
        response.insert_header((header::ALLOW, allow));
    }
    if let Some(challenge) = www_authenticate(asked, code) {
        response.insert_header((header::WWW_AUTHENTICATE, challenge));
    }
    response.body(serde_json::to_string(&problem).unwrap_or_default())
}

/// What a 401 asks for (RFC 6750, RFC 9470).
fn www_authenticate(asked: &Asked, code: ProblemCode) -> Option<String> {
    match code {
        ProblemCode::StepUpRequired => Some(format!(
            "Bearer error=\"insufficient_user_authentication\", error_description=\"A more recent authentication is required\", max_age=\"{}\"",
            shared::identity::FRESH_SECONDS
        )),
        // RFC 6750, section 3.1: no error is named to one who sent no token.
        ProblemCode::Unauthenticated if asked.has_token => Some("Bearer error=\"invalid_token\"".to_owned()),
        _ => (code.status() == 401).then(|| "Bearer".to_owned()),
    }
}

/// One line a request: the pattern of the route and no values, so that no personal data reaches the log.
fn log(response: &ServiceResponse<BoxBody>, route: &str, id: &str, started: Instant) {
    let request = response.request();
    let status = response.status().as_u16();
    let ms = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX) as f64 / 1000.0;
    tracing::info!(request_id = id, method = %request.method(), route, status, ms, "request");
}

/// For any address that no operation has: the methods that it takes, if it takes any, else 404.
pub async fn unmatched(request: HttpRequest) -> Error {
    let methods = super::openapi::methods_of(&request);
    if methods.is_empty() { Error::not_found() } else { Error::method_not_allowed(methods.join(", ")) }
}

/// The kinds of problem, as `type` in a problem refers to them.
pub fn describe_problem(slug: &str, lang: Lang) -> Option<String> {
    let code = ProblemCode::ALL.iter().find(|code| code.as_str().replace('_', "-") == slug)?;
    let key = format!("problem-{slug}");
    let (title, help) = (lang.text(&key), lang.text(&format!("{key}-help")));
    Some(format!("{} {}\n\n{title}\n\n{help}\n", code.status(), code))
}
