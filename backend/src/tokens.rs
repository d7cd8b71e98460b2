//! Access tokens: EdDSA only, ten minutes, no rights of persons inside (RFC 8725, RFC 9068). There are two kinds, and
//! neither passes for the other: a person's names the session that it belongs to and is for one audience, a program's
//! names the secret that it was got with and is for another. Who the bearer is and what they may do is looked up, so that
//! a revoked session, secret or grant bites at once.

use crate::error::{Error, Result};
use crate::http::revalidate::Told;
use crate::keys::Keys;
use crate::policy::Actor;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize};
use shared::policy::ApiScope;
use shared::{AccountId, ApiClientId, ApiClientSecretId, SessionId, TenantId};

/// How long an access token is good for.
pub const LIFE: SignedDuration = SignedDuration::from_mins(10);
/// Clock skew between nodes that is forgiven, in seconds.
pub const LEEWAY: i64 = 5;
/// How exactly it is known when a session was last used.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(1);

const TYPE: &str = "at+jwt";
const ISSUER: &str = "polku";
const AUDIENCE: &str = "polku-api";

/// The bearer as the token names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A person by one of their sessions.
    Person { account: AccountId, session: SessionId },
    /// A program by one of its secrets, for some of its scopes.
    Program { client: ApiClientId, secret: ApiClientSecretId, scopes: Vec<ApiScope>, issuer: String },
}

/// A verified token whose bearer has not been looked up yet.
#[derive(Debug)]
pub struct Verified {
    pub tenant: TenantId,
    pub subject: Subject,
    pub expires_at: Timestamp,
}

/// Who a verified token stands for.
#[derive(Debug)]
pub struct Principal {
    actor: Actor,
    expires_at: Timestamp,
    /// When the session was last used; none for a program.
    last_seen_at: Option<Timestamp>,
    /// What the bearer was told while this is believed.
    pub told: Told,
}

impl Principal {
    /// The bearer of a token, looked up.
    pub fn new(actor: Actor, verified: &Verified, last_seen_at: Option<Timestamp>) -> Self {
        Self { actor, expires_at: verified.expires_at, last_seen_at, told: Told::default() }
    }

    /// The bearer, whatever they may do just now.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The token may have expired since it was verified.
    pub fn check(&self, now: Timestamp) -> Result<()> {
        if now < self.expires_at { Ok(()) } else { Err(refused()) }
    }

    /// The actor of one request, unless the operation asks for more than they have.
    pub fn admit(&self, operation: &str, now: Timestamp) -> Result<Actor> {
        self.check(now)?;
        let actor = Actor { now, ..self.actor.clone() };
        actor.admit(operation)?;
        Ok(actor)
    }

    /// Whether the last use that is known of the session lies back far enough to note this one.
    pub fn is_to_be_noted(&self, now: Timestamp) -> bool {
        self.last_seen_at.is_some_and(|at| now.duration_since(at) >= NOTED_EVERY)
    }
}

/// The one refusal for every fault of a token.
pub fn refused() -> Error {
    Error::token_refused()
}

/// What a person's token says. Every claim is required and typed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfPerson {
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

/// What a program's token says (RFC 9068, section 2.2), with its tenant and the secret that it was got with.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfProgram {
    iss: String,
    aud: String,
    sub: ApiClientId,
    client_id: ApiClientId,
    tid: TenantId,
    secret_id: ApiClientSecretId,
    scope: String,
    jti: uuid::Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Claims {
    Person(OfPerson),
    Program(OfProgram),
}

/// The audience of an issuer's programs: the address of the API.
fn audience(issuer: &str) -> String {
    format!("{issuer}/api/v1")
}

/// A new access token and when it ends.
pub fn issue(keys: &Keys, tenant: TenantId, subject: Subject, now: Timestamp) -> Result<(String, Timestamp)> {
    let expires_at = now + LIFE;
    let (jti, iat, nbf, exp) = (uuid::Uuid::new_v4(), now.as_second(), now.as_second(), expires_at.as_second());
    let claims = match subject {
        Subject::Person { account: sub, session: sid } => {
            let (iss, aud) = (ISSUER.to_owned(), AUDIENCE.to_owned());
            Claims::Person(OfPerson { iss, aud, sub, tid: tenant, sid, jti, iat, nbf, exp })
        }
        Subject::Program { client, secret: secret_id, scopes, issuer: iss } => {
            let (aud, scope) = (audience(&iss), ApiScope::join(&scopes));
            Claims::Program(OfProgram { iss, aud, sub: client, client_id: client, tid: tenant, secret_id, scope, jti, iat, nbf, exp })
        }
    };
    let key = keys.signer(now);
    let header = Header { typ: Some(TYPE.to_owned()), kid: Some(key.kid.clone()), ..Header::new(Algorithm::EdDSA) };
    let token = jsonwebtoken::encode(&header, &claims, &key.signing).map_err(|error| Error::Internal(format!("token: {error}")))?;
    Ok((token, expires_at))
}

/// Checks signature, header, claims and times. One refusal for every fault.
pub fn verify(keys: &Keys, token: &str, now: Timestamp) -> Result<Verified> {
    let header = jsonwebtoken::decode_header(token).map_err(|_| refused())?;
    let plain = header.jku.is_none() && header.jwk.is_none() && header.x5u.is_none() && header.x5c.is_none();
    if !plain || header.alg != Algorithm::EdDSA || header.typ.as_deref() != Some(TYPE) {
        return Err(refused());
    }
    let key = header.kid.and_then(|kid| keys.verifier(&kid, now)).ok_or_else(refused)?;
    let mut validation = Validation::new(Algorithm::EdDSA);
    // Audience, issuer and times are checked below: they differ by kind, and the clock is our own.
    validation.validate_aud = false;
    validation.validate_exp = false;
    validation.validate_nbf = false;
    let claims = jsonwebtoken::decode::<Claims>(token, &key.verifying, &validation).map_err(|_| refused())?.claims;
    let (iat, nbf, exp) = match &claims {
        Claims::Person(claims) => (claims.iat, claims.nbf, claims.exp),
        Claims::Program(claims) => (claims.iat, claims.nbf, claims.exp),
    };
    let second = now.as_second();
    let in_time = nbf <= second + LEEWAY && iat <= second + LEEWAY && second < exp && exp - iat <= LIFE.as_secs();
    if !in_time {
        return Err(refused());
    }
    let expires_at = Timestamp::from_second(exp).map_err(|_| refused())?;
    let (tenant, subject) = subject(claims).ok_or_else(refused)?;
    Ok(Verified { tenant, subject, expires_at })
}

/// The bearer, when the token is for the audience of its kind.
fn subject(claims: Claims) -> Option<(TenantId, Subject)> {
    match claims {
        Claims::Person(claims) => (claims.iss == ISSUER && claims.aud == AUDIENCE)
            .then_some((claims.tid, Subject::Person { account: claims.sub, session: claims.sid })),
        Claims::Program(claims) => {
            let scopes = ApiScope::parse_list(&claims.scope)?;
            let fits = claims.aud == audience(&claims.iss) && claims.sub == claims.client_id;
            let program = Subject::Program { client: claims.sub, secret: claims.secret_id, scopes, issuer: claims.iss };
            fits.then_some((claims.tid, program))
        }
    }
}
