//! 304 without the database: what a bearer was told within the last second, and nothing has been written since.
//!
//! What was told is kept with the verified token, so it lives as long as that is believed (0.9 s) and never outlives a
//! change of grants by more. Every transaction of this node ends it at once; one of another node after 0.9 s.

use super::caller;
use crate::state::State;
use crate::tokens::Principal;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, web};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How much is remembered of one bearer: what a page asks for in a second.
const MOST: usize = 64;

/// What one bearer was told: address and language → ETag, and how many transactions there had been before.
#[derive(Debug, Default)]
pub struct Told(Mutex<HashMap<String, (String, u64)>>);

impl Told {
    fn etag(&self, what: &str, written: u64) -> Option<String> {
        let told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.get(what).filter(|(_, before)| *before == written).map(|(etag, _)| etag.clone())
    }

    fn remember(&self, what: String, etag: String, written: u64) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() < MOST || told.contains_key(&what) {
            told.insert(what, (etag, written));
        }
    }
}

/// Answers 304 from what was told, else lets the handler answer and remembers it.
pub async fn around<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(asked) = Asked::of(&request) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    // Before the handler reads, so that a transaction beside it is never overlooked.
    let written = asked.state.store.written();
    let told = asked.principal().and_then(|principal| principal.told.etag(&asked.what, written));
    if let Some(etag) = told.filter(|etag| is_known(&request, etag)) {
        let counted = asked.principal().map_or(Ok(()), |principal| asked.state.rates.check_bearer(principal.actor(), request.request()));
        if let Err(error) = counted {
            return Ok(request.error_response(error));
        }
        let mut answer = HttpResponse::build(StatusCode::NOT_MODIFIED);
        answer.insert_header((header::ETAG, etag)).insert_header((header::CACHE_CONTROL, super::reply::REVALIDATED));
        return Ok(request.into_response(answer.finish()));
    }
    let response = next.call(request).await?.map_into_boxed_body();
    if let Some((etag, principal)) = etag_of(&response).zip(asked.principal()) {
        principal.told.remember(asked.what, etag, written);
    }
    Ok(response)
}

/// Whether the caller holds this version already (RFC 9110, 13.1.2).
pub fn holds(if_none_match: Option<&header::HeaderValue>, etag: &str) -> bool {
    let list = if_none_match.and_then(|value| value.to_str().ok());
    list.is_some_and(|list| list.split(',').any(|known| known.trim() == etag || known.trim() == "*"))
}

fn is_known(request: &ServiceRequest, etag: &str) -> bool {
    holds(request.headers().get(header::IF_NONE_MATCH), etag)
}

/// The ETag of an answer that may lie in a cache and must be asked about again.
fn etag_of(response: &ServiceResponse<BoxBody>) -> Option<String> {
    let headers = response.headers();
    let kept = headers.get(header::CACHE_CONTROL).is_some_and(|value| value == super::reply::REVALIDATED);
    let told = matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED);
    if kept && told { headers.get(header::ETAG)?.to_str().ok().map(str::to_owned) } else { None }
}

/// A signed-in GET of the API.
struct Asked {
    state: web::Data<State>,
    token: String,
    what: String,
}

impl Asked {
    fn of(request: &ServiceRequest) -> Option<Self> {
        if *request.method() != Method::GET || !request.path().starts_with("/api/") {
            return None;
        }
        let token = caller::bearer(request.request()).ok()?;
        let state = request.app_data::<web::Data<State>>()?.clone();
        Some(Self { state, token, what: format!("{} {}", caller::lang(request.request()), request.uri()) })
    }

    /// Whom the token stands for, if that was looked up within the last second and holds still.
    fn principal(&self) -> Option<Arc<Principal>> {
        let principal = self.state.principals.get(&self.token)?;
        principal.check(self.state.clock.now()).ok().map(|()| principal)
    }
}
