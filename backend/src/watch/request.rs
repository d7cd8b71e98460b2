//! What a request leaves behind: its figures, and the event of its refusal.

use super::events::{Event, Kind};
use super::figures::figures;
use crate::error::Error;
use crate::http::caller::{self, Who};
use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::{HttpMessage, HttpRequest};
use shared::problem::ProblemCode;
use std::time::Duration;

/// Stands for the route of an address that no operation has: the page's own addresses, and nonsense.
const NO_ROUTE: &str = "-";

/// Why a request was refused.
#[derive(Clone, Copy, Debug)]
pub struct Refused {
    code: ProblemCode,
    kind: Option<Kind>,
}

impl Refused {
    /// From the error that a handler gave.
    pub fn by(error: &Error) -> Self {
        let refusal = error.refusal();
        Self { code: refusal.code.0, kind: refusal.event.or(Kind::of_refusal(refusal.code.0)) }
    }

    /// From the code that fits a status which some library chose.
    pub const fn with(code: ProblemCode) -> Self {
        Self { code, kind: Kind::of_refusal(code) }
    }
}

/// The pattern of the route, without values.
pub fn route(request: &HttpRequest) -> String {
    request.match_pattern().unwrap_or_else(|| NO_ROUTE.to_owned())
}

/// A request has its answer.
pub fn answered(response: &ServiceResponse<BoxBody>, route: String, refused: Option<Refused>, request_id: &str, took: Duration) {
    let request = response.request();
    figures().answered(request.method().as_str(), route.clone(), response.status().as_u16(), took);
    let Some(Refused { code, kind }) = refused else { return };
    figures().refused(code);
    let Some(kind) = kind else { return };
    let who = request.extensions().get::<Who>().copied();
    if kind == Kind::SignInFailed && who.is_some_and(|who| who.actor.is_some()) {
        // Somebody who is in gave a wrong password as their own: the line of the trail tells of it.
        return;
    }
    let event = Event {
        tenant: who.map(|who| who.tenant),
        actor: who.and_then(|who| who.actor),
        client: who.and_then(|who| who.client),
        net: Some(caller::net(request)),
        route: Some(route),
        ..Event::new(kind, request_id)
    };
    event.tell();
}

/// A request met code that gave up. Its route went with it.
pub fn gave_up(method: &str, request_id: &str, took: Duration) {
    figures().answered(method, NO_ROUTE.to_owned(), 500, took);
    figures().refused(ProblemCode::Internal);
    Event::new(Kind::Panicked, request_id).tell();
}
