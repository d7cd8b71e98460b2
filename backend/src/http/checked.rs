//! Bodies. [`Checked`] is two steps: the shape by serde (400 with one pointer), then the rules by garde, all faults at
//! once (422). [`Merge`] is a merge patch (RFC 7396), laid over the current state and then checked whole.

use super::{idempotency, introduction, json};
use crate::config::limits::Json;
use crate::error::{Error, Result};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::problem::ProblemCode;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

/// A body that has the right shape and breaks no rule.
pub struct Checked<T>(pub T);

/// A form, where a standard wants one instead of JSON. What is in it is for the standard to say.
pub struct Form<T>(pub T);

/// A merge patch of the shape `C`.
pub struct Merge<C> {
    patch: Value,
    shape: PhantomData<C>,
}

type Extraction<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

impl<T> FromRequest for Checked<T>
where
    T: Serialize + DeserializeOwned + garde::Validate + 'static,
    T::Context: Default,
{
    type Error = Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read_json(request, payload, "application/json");
        Box::pin(async move {
            let (value, _): (T, _) = shape(body.await?)?;
            refuse_faults(&value)?;
            Ok(Self(value))
        })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read_body(request, payload, "application/x-www-form-urlencoded");
        Box::pin(async move {
            let bytes = body.await?;
            serde_urlencoded::from_bytes(&bytes).map(Self).map_err(|error| Error::malformed("", error.to_string()))
        })
    }
}

impl<C: Serialize + DeserializeOwned + 'static> FromRequest for Merge<C> {
    type Error = Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read_json(request, payload, "application/merge-patch+json");
        Box::pin(async move {
            let (_, patch) = shape::<C>(body.await?)?;
            Ok(Self { patch, shape: PhantomData })
        })
    }
}

impl<C> Merge<C> {
    /// The state after the patch, checked as a new one would be.
    pub fn onto<T>(&self, current: &T) -> Result<T>
    where
        T: Serialize + DeserializeOwned + garde::Validate,
        T::Context: Default,
    {
        let mut state = serde_json::to_value(current)?;
        merge(&mut state, &self.patch);
        let merged: T = serde_path_to_error::deserialize(state).map_err(|error| misshapen(&error))?;
        refuse_faults(&merged)?;
        Ok(merged)
    }
}

/// RFC 7396, section 2.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    let Value::Object(target) = target else { return };
    for (name, value) in patch {
        if value.is_null() {
            target.remove(name);
        } else {
            merge(target.entry(name.clone()).or_insert(Value::Null), value);
        }
    }
}

fn refuse_faults<T>(value: &T) -> Result<()>
where
    T: garde::Validate,
    T::Context: Default,
{
    let faults = shared::rules::faults(value);
    if faults.is_empty() { Ok(()) } else { Err(Error::invalid(faults)) }
}

/// The value, with the document that it was read from.
fn shape<T: Serialize + DeserializeOwned>(document: Value) -> Result<(T, Value)> {
    if !document.is_object() {
        return Err(Error::malformed("", "a JSON object"));
    }
    let value: T = serde_path_to_error::deserialize(&document).map_err(|error| misshapen(&error))?;
    match json::array_for_object(&document, &serde_json::to_value(&value)?) {
        Some(pointer) => Err(Error::malformed(&pointer, "invalid type: sequence, expected an object")),
        None => Ok((value, document)),
    }
}

fn misshapen(error: &serde_path_to_error::Error<serde_json::Error>) -> Error {
    Error::malformed(&pointer(error.path()), json::plain(&error.inner().to_string()))
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

fn read_json(request: &HttpRequest, payload: &mut Payload, expected: &'static str) -> impl Future<Output = Result<Value>> + 'static {
    let body = read_body(request, payload, expected);
    // Tests that call services without a server have no state.
    let bounds = super::caller::state(request).map_or_else(|_| Json::default(), |state| state.settings.limits.json);
    async move { json::parse(&body.await?, &bounds) }
}

fn read_body(request: &HttpRequest, payload: &mut Payload, expected: &'static str) -> impl Future<Output = Result<Bytes>> + 'static {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let right_kind = kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(expected));
    let bytes = Bytes::from_request(request, payload);
    let request = request.clone();
    async move {
        introduction::over(&request).await;
        if !right_kind {
            return Err(Error::of(ProblemCode::UnsupportedMediaType));
        }
        let bytes = bytes.await.map_err(|error| {
            let too_large = error.as_response_error().status_code() == actix_web::http::StatusCode::PAYLOAD_TOO_LARGE;
            if too_large { Error::of(ProblemCode::TooLarge) } else { Error::malformed("", "the body broke off") }
        })?;
        idempotency::note_body(&request, &bytes);
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_patch_changes_removes_and_adds() {
        let mut state = json!({"a": "b", "c": {"d": "e", "f": "g"}});
        merge(&mut state, &json!({"a": "z", "c": {"f": null, "h": 1}}));
        assert_eq!(state, json!({"a": "z", "c": {"d": "e", "h": 1}}));
    }
}
