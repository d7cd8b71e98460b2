//! Answers: status, strong ETag, `Location`, body. A GET whose `If-None-Match` matches answers 304 without one.

use super::revalidate;
use crate::error::Result;
use actix_web::body::BoxBody;
use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;

/// How an answer is kept: by the one who asked, who asks again each time.
pub const REVALIDATED: &str = "private, no-cache";

/// What is answered when it went well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub etag: Option<String>,
    pub location: Option<String>,
    pub body: Option<String>,
    /// The body to answer to a repeated request, where it differs: a secret is shown only once.
    pub body_on_replay: Option<String>,
    /// Whether this was answered from the record of an earlier request.
    pub replayed: bool,
    /// `no-store` for what must not lie in a cache, `private, no-cache` for the rest.
    pub no_store: bool,
}

impl Reply {
    fn of(status: u16, body: Option<String>) -> Self {
        Self { status, etag: None, location: None, body, body_on_replay: None, replayed: false, no_store: false }
    }

    /// 200 with one version of a thing.
    pub fn one(version: i64, thing: &impl Serialize) -> Result<Self> {
        Ok(Self { etag: Some(shared_etag(version)), ..Self::of(200, Some(serde_json::to_string(thing)?)) })
    }

    /// 200 with one version of a thing of which more is told than has a version: what follows from other things, and what
    /// the asker may do with it. Its ETag names the version and what is told; `If-Match` goes by the version alone.
    pub fn told(version: i64, thing: &impl Serialize) -> Result<Self> {
        let reply = Self::some(thing)?;
        let digest = reply.etag.as_deref().unwrap_or_default().trim_matches('"').to_owned();
        Ok(Self { etag: Some(format!("\"v{version}.{digest}\"")), ..reply })
    }

    /// 200 with something that has no version: a list, a sum. Its ETag is made from its bytes.
    pub fn some(thing: &impl Serialize) -> Result<Self> {
        let body = serde_json::to_string(thing)?;
        let digest = crate::keys::digest(body.as_bytes());
        let etag = digest[..12].iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        Ok(Self { etag: Some(format!("\"{etag}\"")), ..Self::of(200, Some(body)) })
    }

    /// 201 with the new thing and where it lies (path under `/api/v1`).
    pub fn created(path: &str, version: i64, thing: &impl Serialize) -> Result<Self> {
        let body = Some(serde_json::to_string(thing)?);
        Ok(Self { etag: Some(shared_etag(version)), location: Some(format!("/api/v1{path}")), ..Self::of(201, body) })
    }

    /// 204: done, nothing to say.
    pub fn done() -> Self {
        Self::of(204, None)
    }

    /// 202: taken in; what comes of it is not told.
    pub fn accepted() -> Self {
        Self::of(202, None)
    }

    /// Keeps it out of every cache.
    pub fn no_store(mut self) -> Self {
        self.no_store = true;
        self
    }

    /// What a repeated request is answered instead, without the secret.
    pub fn on_replay(mut self, thing: &impl Serialize) -> Result<Self> {
        self.body_on_replay = Some(serde_json::to_string(thing)?);
        Ok(self)
    }
}

fn shared_etag(version: i64) -> String {
    format!("\"v{version}\"")
}

impl Responder for Reply {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = HttpResponse::build(status);
        response.insert_header((header::CACHE_CONTROL, if self.no_store { "no-store" } else { REVALIDATED }));
        if let Some(etag) = &self.etag {
            response.insert_header((header::ETAG, etag.clone()));
            if *request.method() == Method::GET && revalidate::holds(request.headers().get(header::IF_NONE_MATCH), etag) {
                return response.status(StatusCode::NOT_MODIFIED).finish();
            }
        }
        if let Some(location) = self.location {
            response.insert_header((header::LOCATION, location));
        }
        if self.replayed {
            response.insert_header(("Idempotency-Replayed", "true"));
        }
        match self.body {
            Some(body) => response.content_type("application/json").body(body),
            None => response.finish(),
        }
    }
}
