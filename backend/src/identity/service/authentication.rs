//! Access tokens: EdDSA only, ten minutes, no roles inside. Who the bearer is and what they may do is looked up, so
//! that a revoked session or a changed grant bites at once (RFC 8725, RFC 9068).

use super::{grants, tenants};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::revalidate::Told;
use crate::identity::store;
use crate::keys::Keys;
use crate::policy::{self, Actor};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize};
use shared::problem::ProblemCode;
use shared::{AccountId, Lang, SessionId, TenantId};
use std::sync::Arc;

/// How long an access token is good for.
pub const ACCESS_LIFE: SignedDuration = SignedDuration::from_mins(10);
/// Clock skew between nodes that is forgiven.
const LEEWAY: i64 = 5;

const ISSUER: &str = "polku";
const AUDIENCE: &str = "polku-api";
const TYPE: &str = "at+jwt";

/// What a token says. Every claim is required and typed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: AccountId,
    tid: TenantId,
    sid: SessionId,
    jti: uuid::Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// Who a verified token stands for.
#[derive(Debug)]
pub struct Principal {
    pub actor: Actor,
    expires_at: Timestamp,
    /// What the bearer was told while this is believed.
    pub told: Told,
}

impl Principal {
    /// The token may have expired since it was verified.
    pub fn check(&self, now: Timestamp) -> Result<()> {
        if now < self.expires_at { Ok(()) } else { Err(refused()) }
    }
}

fn refused() -> Error {
    Error::of(ProblemCode::Unauthenticated)
}

/// A verified token whose bearer has not been looked up yet.
#[derive(Debug)]
pub struct Verified(Claims);

/// A new access token and when it ends.
pub fn issue(keys: &Keys, tenant: TenantId, account: AccountId, session: SessionId, now: Timestamp) -> Result<(String, Timestamp)> {
    let expires_at = now + ACCESS_LIFE;
    let claims = Claims {
        iss: ISSUER.to_owned(),
        aud: AUDIENCE.to_owned(),
        sub: account,
        tid: tenant,
        sid: session,
        jti: uuid::Uuid::new_v4(),
        iat: now.as_second(),
        nbf: now.as_second(),
        exp: expires_at.as_second(),
    };
    let header = Header { typ: Some(TYPE.to_owned()), kid: Some(keys.kid.clone()), ..Header::new(Algorithm::EdDSA) };
    let token = jsonwebtoken::encode(&header, &claims, &keys.signing).map_err(|error| Error::Internal(format!("token: {error}")))?;
    Ok((token, expires_at))
}

/// Checks signature, header, claims and times. One refusal for every fault.
pub fn verify(keys: &Keys, token: &str, now: Timestamp) -> Result<Verified> {
    let header = jsonwebtoken::decode_header(token).map_err(|_| refused())?;
    let plain = header.jku.is_none() && header.jwk.is_none() && header.x5u.is_none() && header.x5c.is_none();
    if !plain || header.alg != Algorithm::EdDSA || header.typ.as_deref() != Some(TYPE) || header.kid.as_deref() != Some(keys.kid.as_str()) {
        return Err(refused());
    }
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
    // Times are checked below, by our own clock.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    let claims = jsonwebtoken::decode::<Claims>(token, &keys.verifying, &validation).map_err(|_| refused())?.claims;
    let now = now.as_second();
    let longest = ACCESS_LIFE.as_secs();
    let in_time = claims.nbf <= now + LEEWAY && claims.iat <= now + LEEWAY && now < claims.exp && claims.exp - claims.iat <= longest;
    if in_time { Ok(Verified(claims)) } else { Err(refused()) }
}

/// Looks up the bearer: the session must be alive and the account in use.
pub fn load(conn: &mut Conn, verified: &Verified, now: Timestamp) -> Result<Arc<Principal>> {
    let claims = &verified.0;
    let session = store::sessions::find(conn, claims.tid, claims.sid)?.ok_or_else(refused)?;
    if !session.is_alive(now) || session.account_id != claims.sub || !store::sessions::account_is_active(conn, claims.tid, claims.sub)? {
        return Err(refused());
    }
    let granted = grants::in_force(conn, claims.tid, claims.sub, now)?;
    let enrolments = store::me::enrolments(conn, claims.tid, claims.sub)?;
    let enrolments: Vec<_> = enrolments.into_iter().map(|own| (own.id, own.edition_id)).collect();
    let abilities =
        policy::abilities(granted.iter().map(|grant| (grant.role, grant.scope)), enrolments.iter().map(|(_, edition)| *edition));
    let expires_at = Timestamp::from_second(claims.exp).map_err(|_| refused())?;
    let actor = Actor {
        tenant: claims.tid,
        account: Some(claims.sub),
        session: Some(claims.sid),
        abilities: Arc::new(abilities),
        enrolments: Arc::new(enrolments),
        now,
        request_id: String::new(),
        lang: Lang::Fi,
    };
    Ok(Arc::new(Principal { actor, expires_at, told: Told::default() }))
}

/// The tenant that a visitor's host name leads to.
pub fn tenant_of_host(conn: &mut Conn, host: &str) -> Result<TenantId> {
    tenants::of_host(conn, host)
}
