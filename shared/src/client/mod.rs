//! Typed calls of the API: one method per operation, named as the operation is.
//!
//! Every write carries an `Idempotency-Key`, every change and removal an `If-Match`. An expired access token is
//! renewed once, silently, when the client holds the means; the caller sees a 401 only when that fails.

mod clients;
mod comments;
mod identity;
mod jobs;
mod live;
#[cfg(not(target_arch = "wasm32"))]
mod program;
mod projects;
mod thread;
mod training;
mod trials;

#[cfg(not(target_arch = "wasm32"))]
pub use program::{ClientCredentials, NoToken};

use crate::identity::CSRF_HEADER;
use crate::problem::ProblemCode;
use crate::{Lang, Problem};
use reqwest::{Method, header};
use serde::{Serialize, de::DeserializeOwned};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Path under which the API lies.
pub const BASE: &str = "/api/v1";

/// Why a call gave no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum CallError {
    /// The server answered with an error.
    Problem(Box<Problem>),
    /// The server could not be reached, or did not answer in time.
    Network(String),
    /// The answer was not what this client reads.
    Unreadable(String),
}

impl CallError {
    /// The problem's code, when the server gave one.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            CallError::Problem(problem) => Some(problem.code),
            _ => None,
        }
    }
}

impl std::fmt::Display for CallError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CallError::Problem(problem) => write!(f, "{} {}", problem.status, problem.code),
            CallError::Network(text) | CallError::Unreadable(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for CallError {}

/// The outcome of a call.
pub type Called<T> = Result<T, CallError>;

#[derive(Default)]
struct Tokens {
    access: Option<String>,
    refresh: Option<String>,
    #[cfg(not(target_arch = "wasm32"))]
    credentials: Option<ClientCredentials>,
}

/// Asked when a call is refused for want of what its caller can give: a new sign-in (`unauthenticated`), a fresh proof
/// (`step_up_required`), a second factor (`second_factor_required`). Says whether to send the call anew.
type Refused = Arc<dyn Fn(ProblemCode) -> Pin<Box<dyn Future<Output = bool> + Send>> + Send + Sync>;

/// A caller of the API. Cheap to clone; clones share their tokens.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    origin: String,
    tokens: Arc<Mutex<Tokens>>,
    lang: Arc<Mutex<Lang>>,
    browser: bool,
    refused: Option<Refused>,
}

impl Client {
    /// A client of the server at `origin` (`https://polku.example.fi`). `browser` lets the cookie carry the refresh token.
    pub fn new(origin: impl Into<String>, browser: bool) -> Self {
        Self::with_http(reqwest::Client::new(), origin, browser)
    }

    /// As [`Client::new`], over a transport that the caller has set up.
    pub fn with_http(http: reqwest::Client, origin: impl Into<String>, browser: bool) -> Self {
        Self {
            http,
            origin: origin.into().trim_end_matches('/').to_owned(),
            tokens: Arc::default(),
            lang: Arc::new(Mutex::new(Lang::Fi)),
            browser,
            refused: None,
        }
    }

    /// This client, which asks `refused` when a call wants something that its caller can give, and sends the call anew if
    /// that says so.
    pub fn when_refused(
        mut self,
        refused: impl Fn(ProblemCode) -> Pin<Box<dyn Future<Output = bool> + Send>> + Send + Sync + 'static,
    ) -> Self {
        self.refused = Some(Arc::new(refused));
        self
    }

    /// The language in which problems are to be worded.
    pub fn set_lang(&self, lang: Lang) {
        *self.lang.lock().unwrap_or_else(PoisonError::into_inner) = lang;
    }

    /// Sets or forgets the access token.
    pub fn set_access_token(&self, token: Option<String>) {
        self.tokens().access = token;
    }

    /// Sets or forgets a device's refresh token.
    pub fn set_refresh_token(&self, token: Option<String>) {
        self.tokens().refresh = token;
    }

    /// The access token held now.
    pub fn access_token(&self) -> Option<String> {
        self.tokens().access.clone()
    }

    /// The device's refresh token held now.
    pub fn refresh_token(&self) -> Option<String> {
        self.tokens().refresh.clone()
    }

    /// The full address of an API path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{BASE}{path}", self.origin)
    }

    fn tokens(&self) -> MutexGuard<'_, Tokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Called<T> {
        self.answer(Call::new(Method::GET, path)).await
    }

    async fn list<Q: Serialize, T: DeserializeOwned>(&self, path: &str, query: &Q) -> Called<T> {
        let query = serde_json::to_value(query).map_err(|e| CallError::Unreadable(e.to_string()))?;
        self.answer(Call::new(Method::GET, path).query(&query)).await
    }

    /// A file, as text.
    async fn text(&self, path: &str) -> Called<String> {
        let body = self.send(Call::new(Method::GET, path)).await?;
        String::from_utf8(body).map_err(|e| CallError::Unreadable(e.to_string()))
    }

    async fn create<B: Serialize, T: DeserializeOwned>(&self, path: &str, body: &B) -> Called<T> {
        self.answer(Call::new(Method::POST, path).body(body)?).await
    }

    /// A POST with no body and nothing to read but that it was done.
    async fn act(&self, path: &str) -> Called<()> {
        self.send(Call::new(Method::POST, path)).await.map(drop)
    }

    /// An action that answers with what came of it.
    async fn act_for<T: DeserializeOwned>(&self, path: &str) -> Called<T> {
        self.answer(Call::new(Method::POST, path)).await
    }

    /// An action on one version of a thing.
    async fn act_on<T: DeserializeOwned>(&self, path: &str, version: i64) -> Called<T> {
        self.answer(Call::new(Method::POST, path).version(version)).await
    }

    /// As [`Client::act_on`], of which something is said.
    async fn act_on_with<B: Serialize, T: DeserializeOwned>(&self, path: &str, version: i64, body: &B) -> Called<T> {
        self.answer(Call::new(Method::POST, path).version(version).body(body)?).await
    }

    async fn change<B: Serialize, T: DeserializeOwned>(&self, path: &str, version: i64, body: &B) -> Called<T> {
        self.answer(Call::new(Method::PATCH, path).version(version).body(body)?).await
    }

    async fn put<B: Serialize, T: DeserializeOwned>(&self, path: &str, version: i64, body: &B) -> Called<T> {
        self.answer(Call::new(Method::PUT, path).version(version).body(body)?).await
    }

    async fn remove(&self, path: &str, version: i64) -> Called<()> {
        self.send(Call::new(Method::DELETE, path).version(version)).await.map(drop)
    }

    /// Sends, and reads what is answered.
    async fn answer<T: DeserializeOwned>(&self, call: Call) -> Called<T> {
        parsed(&self.send(call).await?)
    }

    /// Sends, and gives the body of a good answer. Knows no types: what is the same for every call is compiled once.
    async fn send(&self, call: Call) -> Called<Vec<u8>> {
        #[cfg(not(target_arch = "wasm32"))]
        if call.renewable {
            self.arrive().await;
        }
        let mut renewed = false;
        loop {
            let outcome = body(self.send_once(&call).await?).await;
            let code = outcome.as_ref().err().and_then(CallError::code).filter(|_| call.renewable);
            let expired = code == Some(ProblemCode::Unauthenticated);
            if expired && !renewed && self.access_token().is_some() && self.renew().await {
                renewed = true;
                continue;
            }
            match code {
                Some(code) if self.is_mended(code).await => renewed = false,
                _ => return outcome,
            }
        }
    }

    #[cfg(target_arch = "wasm32")]
    async fn renew(&self) -> bool {
        self.refresh().await.is_ok()
    }

    /// Whether what a call wanted has been given since.
    async fn is_mended(&self, code: ProblemCode) -> bool {
        use ProblemCode::{SecondFactorRequired, StepUpRequired, Unauthenticated};
        match &self.refused {
            Some(refused) if matches!(code, Unauthenticated | StepUpRequired | SecondFactorRequired) => refused(code).await,
            _ => false,
        }
    }

    async fn send_once(&self, call: &Call) -> Called<reqwest::Response> {
        let lang = *self.lang.lock().unwrap_or_else(PoisonError::into_inner);
        let mut request = self
            .http
            .request(call.method.clone(), self.url(&call.path))
            .timeout(Duration::from_secs(20))
            .header(header::ACCEPT_LANGUAGE, lang.as_str())
            .header(CSRF_HEADER, "web");
        if !call.query.is_empty() {
            request = request.query(&call.query);
        }
        if let Some(token) = self.access_token() {
            request = request.bearer_auth(token);
        }
        if call.method != Method::GET {
            request = request.header("Idempotency-Key", &call.key);
        }
        if let Some(version) = call.version {
            request = request.header(header::IF_MATCH, etag(version));
        }
        if let Some(body) = &call.body {
            let kind = if call.method == Method::PATCH { "application/merge-patch+json" } else { "application/json" };
            request = request.header(header::CONTENT_TYPE, kind).body(body.clone());
        }
        #[cfg(target_arch = "wasm32")]
        let request = request.fetch_credentials_same_origin();
        request.send().await.map_err(|e| CallError::Network(e.to_string()))
    }
}

/// The strong ETag of a version.
pub fn etag(version: i64) -> String {
    format!("\"v{version}\"")
}

struct Call {
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    body: Option<String>,
    version: Option<i64>,
    key: String,
    /// Whether a 401 may be answered by renewing the access token.
    renewable: bool,
}

impl Call {
    fn new(method: Method, path: &str) -> Self {
        let key = uuid::Uuid::new_v4().to_string();
        Self { method, path: path.to_owned(), query: Vec::new(), body: None, version: None, key, renewable: true }
    }

    /// Asks for the fields of an object.
    fn query(mut self, fields: &serde_json::Value) -> Self {
        for (name, value) in fields.as_object().into_iter().flatten() {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            self.query.push((name.clone(), text));
        }
        self
    }

    fn body<B: Serialize>(mut self, body: &B) -> Called<Self> {
        self.body = Some(serde_json::to_string(body).map_err(|e| CallError::Unreadable(e.to_string()))?);
        Ok(self)
    }

    fn version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }

    fn not_renewable(mut self) -> Self {
        self.renewable = false;
        self
    }
}

fn parsed<T: DeserializeOwned>(body: &[u8]) -> Called<T> {
    serde_json::from_slice(body).map_err(|e| CallError::Unreadable(e.to_string()))
}

/// The body of a good answer, or the problem.
async fn body(response: reqwest::Response) -> Called<Vec<u8>> {
    let status = response.status();
    let body = response.bytes().await.map_err(|e| CallError::Network(e.to_string()))?;
    if status.is_success() {
        return Ok(body.into());
    }
    match serde_json::from_slice::<Problem>(&body) {
        Ok(problem) => Err(CallError::Problem(Box::new(problem))),
        Err(_) => Err(CallError::Unreadable(format!("status {status} without a problem"))),
    }
}
