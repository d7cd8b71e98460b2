//! Before anything is done with a request: is it small enough, does it come quickly enough, is there room for it.

use super::body::{self, Unread};
use super::caller::Deadline;
use crate::clients::routes;
use crate::config::limits::Limits;
use crate::error::{Error, Result};
use crate::state::State;
use actix_web::HttpMessage;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::{self, Bytes};
use shared::clients::TOKEN_PATH;
use shared::problem::ProblemCode;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

/// What a request holds while it is worked on.
struct Admitted {
    _room: Option<OwnedSemaphorePermit>,
    _body: Option<body::Body>,
}

/// The middleware.
pub async fn around<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let mut payload = request.take_payload();
    match admit(&request, &mut payload).await {
        Ok(admitted) => {
            let bytes = admitted._body.as_ref().map(|body| body.bytes.clone()).unwrap_or_default();
            request.set_payload(whole(bytes));
            let response = next.call(request).await?.map_into_boxed_body();
            drop(admitted);
            Ok(response)
        }
        Err(error) => {
            let response = if request.path() == TOKEN_PATH {
                let response = routes::token_refused(error);
                request.into_response(response)
            } else {
                request.error_response(error)
            };
            response.request().extensions_mut().insert(Unread(payload));
            Ok(response)
        }
    }
}

async fn admit(request: &ServiceRequest, payload: &mut Payload) -> Result<Admitted> {
    let state = request.app_data::<web::Data<State>>().ok_or_else(|| Error::Internal("no state".to_owned()))?;
    let limits = &state.settings.limits;
    check_head(request, limits)?;
    let body = match payload {
        Payload::None => None,
        _ => Some(body::read(request, payload, limits, &state.bodies).await?),
    };
    let room = state.shed.admit(request.method(), request.path())?;
    request.extensions_mut().insert(Deadline(Instant::now() + limits.times.handler));
    Ok(Admitted { _room: room, _body: body })
}

fn check_head(request: &ServiceRequest, limits: &Limits) -> Result<()> {
    if request.uri().to_string().len() > limits.address {
        return Err(Error::of(ProblemCode::UriTooLong));
    }
    let headers = request.headers();
    // As on the wire: name, colon, space, value, line end.
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    if headers.len() > limits.fields as usize || bytes > limits.field_bytes { Err(Error::of(ProblemCode::HeadersTooLarge)) } else { Ok(()) }
}

/// A body that has been read, for the extractors.
fn whole(bytes: Bytes) -> Payload {
    let (_, mut payload) = actix_http::h1::Payload::create(true);
    payload.unread_data(bytes);
    Payload::from(payload)
}

/// A refusal that keeps the rest of the refused body until it is sent.
pub struct Refusing {
    inner: BoxBody,
    _unread: Unread,
}

impl Refusing {
    /// Puts them together.
    pub fn new(inner: BoxBody, unread: Unread) -> Self {
        Self { inner, _unread: unread }
    }
}

impl MessageBody for Refusing {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.inner.size()
    }

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<std::result::Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.get_mut().inner).poll_next(cx)
    }
}
