//! Who calls. A [`Caller`] is signed in; a [`Visitor`] is not and says so in the handler's signature. Both carry the
//! only way from a handler to the database, and the query parameters: `Caller<Filter>` reads them as `Filter`, plain
//! `Caller` refuses any.

mod standing;

use super::idempotency::{self, Key};
use super::introduction::Introducing;
use super::rates;
use super::reply::Reply;
use super::shed::Place;
use crate::clients::service::access;
pub use crate::db::block;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::identity::service::authentication;
use crate::policy::Actor;
use crate::state::State;
use crate::tokens::{self, Principal, Subject, Verified};
use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use shared::rules::is_hidden;
use shared::{AccountId, ApiClientId, Lang, TenantId, problem::ProblemCode};
pub use standing::Standing;
use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use tokio::time::{Instant, timeout_at};

/// The database as handlers have it: not at all, except through a caller.
pub struct Store(Db);

impl Store {
    /// Puts the database behind the callers.
    pub const fn new(db: Db) -> Self {
        Self(db)
    }

    /// How many transactions this process has committed.
    pub fn written(&self) -> u64 {
        self.0.written()
    }
}

/// No query parameters.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoParameters {}

/// The request's id, the same in answer, log and audit trail.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// When the handler must be done.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(pub Instant);

impl Deadline {
    fn of(request: &HttpRequest, state: &State) -> Self {
        request.extensions().get::<Self>().copied().unwrap_or_else(|| Self(Instant::now() + state.settings.limits.times.handler))
    }

    /// Waits no longer than this for what a request needs. What was begun may still be done: whoever repeats the request
    /// with its key gets the one outcome.
    async fn wait<T>(self, outcome: impl Future<Output = Result<T>>) -> Result<T> {
        timeout_at(self.0, outcome).await.unwrap_or_else(|_| Err(Error::unavailable(5)))
    }
}

/// Who was found to call, left with the request for the log.
#[derive(Clone, Copy, Debug)]
pub struct Who {
    pub tenant: TenantId,
    pub actor: Option<AccountId>,
    pub client: Option<ApiClientId>,
}

impl Who {
    const fn of(actor: &Actor) -> Self {
        Self { tenant: actor.tenant, actor: actor.account, client: actor.client }
    }
}

/// A signed-in person, or a program with an access token of its own.
pub struct Caller<P = NoParameters> {
    pub actor: Actor,
    /// The caller's network: a /24 of IPv4, a /64 of IPv6.
    pub net: String,
    pub parameters: P,
    state: web::Data<State>,
    key: Option<Key>,
    deadline: Deadline,
    /// Held until the caller is answered.
    _room: Place,
}

/// Somebody who is not signed in, or is just about to be.
pub struct Visitor<P = NoParameters> {
    pub tenant: TenantId,
    pub now: Timestamp,
    pub request_id: String,
    pub lang: Lang,
    /// The caller's network: a /24 of IPv4, a /64 of IPv6.
    pub net: String,
    /// The browser or program in a few words.
    pub device: String,
    pub parameters: P,
    pub state: web::Data<State>,
    deadline: Deadline,
}

type Extraction<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

impl<P: DeserializeOwned + 'static> FromRequest for Caller<P> {
    type Error = Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (request, introducing) = (request.clone(), Introducing::begin(request));
        Box::pin(async move {
            let _introducing = introducing;
            let state = state(&request)?;
            let deadline = Deadline::of(&request, &state);
            let now = state.clock.now();
            // What the document does not have is on no list of exceptions.
            let operation = super::openapi::operation_of(&request).unwrap_or_default();
            let principal = match principal(&request, &state, deadline, operation, now).await {
                Ok(principal) => principal,
                Err(refused) => {
                    rates::check_and_tell(state.rates.address.as_ref(), &address(&request), &request)?;
                    return Err(refused);
                }
            };
            state.rates.check_bearer(principal.actor(), &request)?;
            let room = state.shed.admit_bearer(principal.actor().principal()?, principal.actor().tenant.0)?;
            request.extensions_mut().insert(Who::of(principal.actor()));
            let actor = Actor { request_id: request_id(&request), lang: lang(&request), ..principal.admit(operation, now)? };
            let (parameters, key) = (parameters(&request)?, idempotency::key(&request)?);
            Ok(Self { actor, net: net(&request), parameters, key, state, deadline, _room: room })
        })
    }
}

/// Whom the request's token stands for. A principal known for a moment already is not believed when it would be refused:
/// what it lacked may have been given since.
async fn principal(
    request: &HttpRequest,
    state: &web::Data<State>,
    deadline: Deadline,
    operation: &str,
    now: Timestamp,
) -> Result<Arc<Principal>> {
    let token = bearer(request)?;
    if let Some(known) = state.principals.get(&token)
        && known.admit(operation, now).is_ok()
    {
        return Ok(known);
    }
    let blocking = state.clone();
    let verified = tokens::verify(&state.keys, &token, now)?;
    let found = deadline.wait(block(move || blocking.store.0.read(|conn| load(conn, &blocking, &verified, now)))).await?;
    state.principals.insert(token, found.clone());
    if found.is_to_be_noted(now) {
        note_use(state.clone(), found.clone(), now);
    }
    found.check(now).map(|()| found)
}

/// Whoever a verified token stands for.
fn load(conn: &mut Conn, state: &State, verified: &Verified, now: Timestamp) -> Result<Arc<Principal>> {
    let (actor, last_seen_at) = match &verified.subject {
        Subject::Person { account, session } => {
            let (actor, last_seen_at) = authentication::load(conn, verified.tenant, *account, *session, now)?;
            (actor, Some(last_seen_at))
        }
        Subject::Program { client, secret, scopes, issuer } => {
            let token = access::Token { client: *client, secret: *secret, scopes, issuer };
            (access::load(conn, &state.settings.public_url, verified.tenant, &token, now)?, None)
        }
    };
    Ok(Arc::new(Principal::new(actor, verified, last_seen_at)))
}

/// Writes down that the session is in use, beside the request.
fn note_use(state: web::Data<State>, principal: Arc<Principal>, now: Timestamp) {
    actix_web::rt::spawn(async move {
        let noted = block(move || state.store.0.append(|conn| authentication::note_use(conn, principal.actor(), now))).await;
        if let Err(error) = noted {
            tracing::warn!(%error, "the use of a session could not be noted");
        }
    });
}

impl<P> Caller<P> {
    /// Runs queries that change nothing.
    pub async fn read<T: Send + 'static>(&self, run: impl FnOnce(&mut Conn, &Actor) -> Result<T> + Send + 'static) -> Result<T> {
        let (state, actor) = (self.state.clone(), self.actor.clone());
        self.deadline.wait(block(move || state.store.0.read(|conn| run(conn, &actor)))).await
    }

    /// Runs one transaction and answers from it. A POST with an `Idempotency-Key` happens once however often it is sent.
    pub async fn write(self, run: impl Fn(&mut Conn, &Actor) -> Result<Reply> + Send + 'static) -> Result<Reply> {
        let key = self.key;
        let actor = self.actor;
        let once = move |conn: &mut Conn| idempotency::once(conn, &actor, key.as_ref(), |conn| run(conn, &actor));
        self.deadline.wait(self.state.store.0.write_together(once)).await
    }

    /// As [`Caller::write`], for what answers with a secret: nothing of it is kept, a repeated call acts again.
    pub async fn write_unkept(self, run: impl Fn(&mut Conn, &Actor) -> Result<Reply> + Send + 'static) -> Result<Reply> {
        let actor = self.actor;
        self.deadline.wait(self.state.store.0.write_together(move |conn| run(conn, &actor))).await
    }

    /// Runs a transaction that stands whatever becomes of the request.
    pub async fn note<T: Send + 'static>(&self, run: impl Fn(&mut Conn, &Actor) -> Result<T> + Send + 'static) -> Result<T> {
        let actor = self.actor.clone();
        self.deadline.wait(self.state.store.0.write_together(move |conn| run(conn, &actor))).await
    }

    /// Waits for something else, no longer than the handler may take.
    pub async fn wait<T>(&self, outcome: impl Future<Output = Result<T>>) -> Result<T> {
        self.deadline.wait(outcome).await
    }

    /// Keys, clock and settings.
    pub fn state(&self) -> web::Data<State> {
        self.state.clone()
    }
}

impl<P: DeserializeOwned + 'static> FromRequest for Visitor<P> {
    type Error = Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (request, introducing) = (request.clone(), Introducing::begin(request));
        Box::pin(async move {
            let _introducing = introducing;
            let state = state(&request)?;
            let deadline = Deadline::of(&request, &state);
            rates::check_and_tell(state.rates.address.as_ref(), &address(&request), &request)?;
            let host = request.connection_info().host().split(':').next().unwrap_or_default().to_owned();
            let blocking = state.clone();
            let tenant = block(move || blocking.store.0.read(|conn| authentication::tenant_of_host(conn, &host)));
            let tenant = deadline.wait(tenant).await?;
            request.extensions_mut().insert(Who { tenant, actor: None, client: None });
            Ok(Self {
                tenant,
                now: state.clock.now(),
                request_id: request_id(&request),
                lang: lang(&request),
                net: net(&request),
                device: device(&request),
                parameters: parameters(&request)?,
                state,
                deadline,
            })
        })
    }
}

impl<P> Visitor<P> {
    /// Runs queries that change nothing.
    pub async fn read<T: Send + 'static>(&self, run: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static) -> Result<T> {
        let state = self.state.clone();
        self.deadline.wait(block(move || state.store.0.read(run))).await
    }

    /// Runs one transaction.
    pub async fn write<T: Send + 'static>(&self, run: impl Fn(&mut Conn) -> Result<T> + Send + 'static) -> Result<T> {
        self.deadline.wait(self.state.store.0.write_together(run)).await
    }

    /// Waits for something else, no longer than the handler may take.
    pub async fn wait<T>(&self, outcome: impl Future<Output = Result<T>>) -> Result<T> {
        self.deadline.wait(outcome).await
    }
}

/// What every worker shares.
pub fn state(request: &HttpRequest) -> Result<web::Data<State>> {
    request.app_data::<web::Data<State>>().cloned().ok_or_else(|| Error::Internal("no state".to_owned()))
}

/// The request's id as the middleware gave it.
pub fn request_id(request: &HttpRequest) -> String {
    request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
}

/// The language asked for.
pub fn lang(request: &HttpRequest) -> Lang {
    let header = request.headers().get("accept-language").and_then(|value| value.to_str().ok());
    header.map_or(Lang::Fi, Lang::negotiate)
}

/// The token that the request carries.
pub fn bearer(request: &HttpRequest) -> Result<String> {
    let refused = || Error::of(ProblemCode::Unauthenticated);
    let header = request.headers().get("authorization").and_then(|value| value.to_str().ok()).ok_or_else(refused)?;
    let token = header.strip_prefix("Bearer ").ok_or_else(refused)?;
    if token.len() > 4_096 { Err(refused()) } else { Ok(token.to_owned()) }
}

/// Query parameters; unknown ones are refused, and hidden characters in any.
fn parameters<P: DeserializeOwned>(request: &HttpRequest) -> Result<P> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    if let Some((name, _)) = pairs.iter().find(|(name, value)| name.chars().chain(value.chars()).any(is_hidden)) {
        return Err(Error::malformed(name, "a hidden character"));
    }
    serde_urlencoded::from_str(request.query_string()).map_err(|error| {
        let text = error.to_string();
        let name = text.split('`').nth(1).unwrap_or_default().to_owned();
        Error::malformed(&name, text)
    })
}

/// The address of the one who asks. Forwarded headers are believed only from a proxy on this machine when told so.
fn client(request: &HttpRequest) -> Option<IpAddr> {
    let peer = request.peer_addr().map(|peer| peer.ip());
    let trusted = state(request).is_ok_and(|state| state.settings.trust_proxy) && peer.is_some_and(|ip| ip.is_loopback());
    let forwarded = || request.headers().get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next()?.trim().parse::<IpAddr>().ok();
    let ip = if trusted { forwarded().or(peer) } else { peer };
    ip.map(|ip| ip.to_canonical())
}

/// The network of the one who asks.
pub fn net(request: &HttpRequest) -> String {
    match client(request) {
        Some(IpAddr::V4(ip)) => format!("{}.{}.{}", ip.octets()[0], ip.octets()[1], ip.octets()[2]),
        Some(IpAddr::V6(ip)) => ip.segments()[..4].iter().map(|part| format!("{part:x}")).collect::<Vec<_>>().join(":"),
        None => String::new(),
    }
}

/// What counts as one caller among strangers: an address of IPv4, a /64 of IPv6, which is what one customer gets.
pub fn address(request: &HttpRequest) -> String {
    match client(request) {
        Some(IpAddr::V4(ip)) => ip.to_string(),
        _ => net(request),
    }
}

/// `Firefox, Linux`: enough for a person to know the device again, too little to follow one.
fn device(request: &HttpRequest) -> String {
    let agent = request.headers().get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let find = |names: &[(&str, &str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| (*name).to_owned());
    let browser =
        find(&[("Firefox", "Firefox"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl", "curl")]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => "?".to_owned(),
    }
}

/// Whether the request may change anything.
pub fn is_safe(request: &HttpRequest) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
}
