//! A POST with an `Idempotency-Key` has one effect however often it is sent. The key is inserted first in the
//! transaction: a twin that runs at the same time waits, breaks on the key, runs again and finds the answer. Only
//! answers of success are kept, seven days (draft-ietf-httpapi-idempotency-key-header; kept long for phones that
//! were offline).

use super::reply::Reply;
use crate::db::schema::idempotency_keys as keys;
use crate::db::types::{At, RawId};
use crate::db::{Conn, types};
use crate::error::{Error, Result};
use crate::policy::Actor;
use actix_web::http::Method;
use actix_web::{HttpMessage, HttpRequest};
use diesel::prelude::*;
use shared::problem::ProblemCode;

/// Days for which an answer is kept.
pub const KEPT_DAYS: i64 = 7;

/// One key of one request.
#[derive(Clone, Debug)]
pub struct Key {
    key: String,
    operation: String,
    /// Filled by the body's extractor, which runs after the caller's.
    body: SharedDigest,
}

type SharedDigest = std::sync::Arc<std::sync::Mutex<Vec<u8>>>;

/// Where the body's extractor leaves its digest for the key.
#[derive(Clone, Debug, Default)]
pub struct Fingerprint(pub SharedDigest);

/// The key of a POST, if it has one: 1–255 visible characters.
pub fn key(request: &HttpRequest) -> Result<Option<Key>> {
    let Some(header) = request.headers().get("idempotency-key") else { return Ok(None) };
    if *request.method() != Method::POST {
        return Ok(None);
    }
    let key = header.to_str().unwrap_or_default().to_owned();
    if key.is_empty() || key.len() > 255 || !key.bytes().all(|byte| (0x21..0x7f).contains(&byte)) {
        return Err(Error::malformed("Idempotency-Key", "1 to 255 visible ASCII characters"));
    }
    let body = request.extensions_mut().get_or_insert_with_fingerprint();
    Ok(Some(Key { key, operation: format!("POST {}", request.path()), body }))
}

trait FingerprintSlot {
    fn get_or_insert_with_fingerprint(&mut self) -> SharedDigest;
}

impl FingerprintSlot for actix_web::dev::Extensions {
    fn get_or_insert_with_fingerprint(&mut self) -> SharedDigest {
        if let Some(found) = self.get::<Fingerprint>() {
            return found.0.clone();
        }
        let fresh = Fingerprint::default();
        let slot = fresh.0.clone();
        self.insert(fresh);
        slot
    }
}

/// Leaves the digest of a body for the key of its request.
pub fn note_body(request: &HttpRequest, bytes: &[u8]) {
    let slot = request.extensions_mut().get_or_insert_with_fingerprint();
    *slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = crate::keys::digest(bytes);
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = keys)]
struct Row {
    fingerprint: Vec<u8>,
    status: Option<i64>,
    etag: Option<String>,
    location: Option<String>,
    body: Option<String>,
    created_at: At,
}

/// Runs `run` under the key: the first time for real, after that from the record.
pub fn once(conn: &mut Conn, actor: &Actor, key: Option<&Key>, run: impl Fn(&mut Conn) -> Result<Reply>) -> Result<Reply> {
    let Some(key) = key else { return run(conn) };
    let fingerprint = key.body.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
    let principal = RawId(actor.principal()?);
    let own = keys::table
        .filter(keys::tenant_id.eq(actor.tenant))
        .filter(keys::principal_id.eq(principal))
        .filter(keys::operation.eq(&key.operation))
        .filter(keys::idempotency_key.eq(&key.key));
    if let Some(known) = own.select(Row::as_select()).first::<Row>(conn).optional()? {
        let age = actor.now.duration_since(known.created_at.0).as_secs();
        if age < KEPT_DAYS * 86_400 {
            return replay(known, &fingerprint);
        }
        diesel::delete(own).execute(conn)?;
    }
    diesel::insert_into(keys::table)
        .values((
            keys::tenant_id.eq(actor.tenant),
            keys::principal_id.eq(principal),
            keys::operation.eq(&key.operation),
            keys::idempotency_key.eq(&key.key),
            keys::fingerprint.eq(&fingerprint),
            keys::created_at.eq(types::At(actor.now)),
        ))
        .execute(conn)?;
    let reply = run(conn)?;
    let kept = reply.body_on_replay.as_ref().or(reply.body.as_ref());
    diesel::update(own)
        .set((
            keys::status.eq(i64::from(reply.status)),
            keys::etag.eq(reply.etag.as_ref()),
            keys::location.eq(reply.location.as_ref()),
            keys::body.eq(kept),
        ))
        .execute(conn)?;
    Ok(reply)
}

fn replay(known: Row, fingerprint: &[u8]) -> Result<Reply> {
    if known.fingerprint != fingerprint {
        return Err(Error::of(ProblemCode::IdempotencyMismatch));
    }
    let status = known.status.and_then(|status| u16::try_from(status).ok()).ok_or_else(|| Error::of(ProblemCode::IdempotencyInProgress))?;
    Ok(Reply { status, etag: known.etag, location: known.location, body: known.body, body_on_replay: None, replayed: true, no_store: true })
}

/// Forgets answers that are no longer kept.
pub fn sweep(conn: &mut Conn, now: jiff::Timestamp) -> Result<usize> {
    let oldest = now - jiff::SignedDuration::from_hours(24 * KEPT_DAYS);
    Ok(diesel::delete(keys::table.filter(keys::created_at.lt(At(oldest)))).execute(conn)?)
}
