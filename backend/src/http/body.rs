//! Bodies are read whole before anything is done with a request: within a time, at a least pace, up to a size, and all of
//! a node together within its memory.

use crate::config::limits::Limits;
use crate::error::{Error, Result};
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::{Bytes, BytesMut};
use futures_core::Stream;
use shared::problem::ProblemCode;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

/// A body, with its share of the node's memory.
pub struct Body {
    pub bytes: Bytes,
    _memory: Vec<OwnedSemaphorePermit>,
}

/// The rest of a body that was refused: kept until the refusal is sent, so that the connection is closed after it and
/// not drained for as long as the sender likes.
pub struct Unread(pub Payload);

/// Reads the body of a request. `memory` is counted in KiB.
pub async fn read(request: &ServiceRequest, payload: &mut Payload, limits: &Limits, memory: &Arc<Semaphore>) -> Result<Body> {
    refuse_encoded(request)?;
    let headers = request.headers();
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|length| length > limits.body as u64) {
        return Err(Error::of(ProblemCode::TooLarge));
    }
    let (begun, times) = (Instant::now(), &limits.times);
    let mut bytes = BytesMut::new();
    let mut own = Vec::new();
    loop {
        let pace = begun + times.for_bytes(bytes.len() as u64);
        let next = poll_fn(|cx| Pin::new(&mut *payload).poll_next(cx));
        let chunk = match timeout_at(pace.min(begun + times.body), next).await {
            Err(_) => return Err(Error::of(ProblemCode::RequestTimeout)),
            Ok(None) => return Ok(Body { bytes: bytes.freeze(), _memory: own }),
            Ok(Some(chunk)) => chunk.map_err(|error| broken(&error))?,
        };
        if bytes.len() + chunk.len() > limits.body {
            return Err(Error::of(ProblemCode::TooLarge));
        }
        let kib = u32::try_from(chunk.len().div_ceil(1024)).unwrap_or(u32::MAX);
        own.push(memory.clone().try_acquire_many_owned(kib).map_err(|_| Error::unavailable(2))?);
        bytes.extend_from_slice(&chunk);
    }
}

/// Nothing is unpacked, so nothing can unpack to more than was sent.
fn refuse_encoded(request: &ServiceRequest) -> Result<()> {
    let plain = |value: &header::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    if request.headers().get_all(header::CONTENT_ENCODING).all(plain) { Ok(()) } else { Err(Error::of(ProblemCode::UnsupportedMediaType)) }
}

fn broken(error: &PayloadError) -> Error {
    match error {
        PayloadError::Overflow => Error::of(ProblemCode::TooLarge),
        _ => Error::malformed("", "the body broke off"),
    }
}
