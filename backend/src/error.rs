//! Why something was not done, and how the API says it. One table (`shared::problem`) maps each code to its status;
//! sentences come from the catalogues when the reader's language is known (`http::respond`).

use crate::db;
use crate::watch::events::Kind;
use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use shared::problem::{Fault, ProblemCode};

/// The outcome of everything that can be refused or fail.
pub type Result<T> = std::result::Result<T, Error>;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule says no; the reader is told which.
    #[error("refused: {}", .0.code)]
    Refused(Box<Refusal>),
    /// The database said no in a way that no rule foresaw.
    #[error("database: {0}")]
    Database(#[from] diesel::result::Error),
    /// A fault of ours. The text goes to the log, never to the reader.
    #[error("internal: {0}")]
    Internal(String),
}

/// A refusal as the reader is told of it.
#[derive(Debug, Default)]
pub struct Refusal {
    pub code: Code,
    pub faults: Vec<Fault>,
    pub current_etag: Option<String>,
    /// Seconds after which another try may do better.
    pub retry_after: Option<u64>,
    /// Methods that the address takes.
    pub allow: Option<String>,
    /// The parser's words, for 400.
    pub detail: Option<String>,
    /// The security event that this is, where the code alone does not say it.
    pub event: Option<Kind>,
}

/// [`ProblemCode`] with a default, so that a refusal can be built field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code(pub ProblemCode);

impl Default for Code {
    fn default() -> Self {
        Self(ProblemCode::Internal)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Error {
    fn refused(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }

    /// A refusal by its code alone.
    pub fn of(code: ProblemCode) -> Self {
        Self::refused(Refusal { code: Code(code), ..Refusal::default() })
    }

    /// The thing is not there, or the caller may not know that it is.
    pub fn not_found() -> Self {
        Self::of(ProblemCode::NotFound)
    }

    /// Whether it says that the thing is not there.
    pub fn is_not_found(&self) -> bool {
        self.refusal().code.0 == ProblemCode::NotFound
    }

    /// The caller may know of it but not do this.
    pub fn forbidden() -> Self {
        Self::of(ProblemCode::Forbidden)
    }

    /// The token that was shown is not, or no longer, good. Not for a call without any.
    pub fn token_refused() -> Self {
        let code = Code(ProblemCode::Unauthenticated);
        Self::refused(Refusal { code, event: Some(Kind::TokenRefused), ..Refusal::default() })
    }

    /// Too many wrong passwords; come back after so many seconds.
    pub fn locked(retry_after: u64) -> Self {
        let code = Code(ProblemCode::TooManyRequests);
        Self::refused(Refusal { code, retry_after: Some(retry_after), event: Some(Kind::SignInLocked), ..Refusal::default() })
    }

    /// Values break rules.
    pub fn invalid(faults: Vec<Fault>) -> Self {
        Self::refused(Refusal { code: Code(ProblemCode::Invalid), faults, ..Refusal::default() })
    }

    /// A refusal by its code, with the one value that is at fault.
    pub fn at(code: ProblemCode, pointer: &str, fault: &str) -> Self {
        let faults = vec![Fault::new(pointer, fault, None)];
        Self::refused(Refusal { code: Code(code), faults, ..Refusal::default() })
    }

    /// One value breaks a rule.
    pub fn fault(pointer: &str, code: &str) -> Self {
        Self::invalid(vec![Fault::new(pointer, code, None)])
    }

    /// Something like it exists; `pointer` names the field.
    pub fn duplicate(pointer: &str) -> Self {
        Self::at(ProblemCode::Duplicate, pointer, "duplicate")
    }

    /// The request cannot be read.
    pub fn malformed(pointer: &str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let faults = vec![Fault::new(pointer, "malformed", None)];
        Self::refused(Refusal { code: Code(ProblemCode::Malformed), faults, detail: Some(detail), ..Refusal::default() })
    }

    /// Somebody else has changed it: `version` is the current one.
    pub fn stale(version: i64) -> Self {
        let current_etag = Some(format!("\"v{version}\""));
        Self::refused(Refusal { code: Code(ProblemCode::Stale), current_etag, ..Refusal::default() })
    }

    /// Too many tries; come back after so many seconds.
    pub fn too_many(retry_after: u64) -> Self {
        Self::refused(Refusal { code: Code(ProblemCode::TooManyRequests), retry_after: Some(retry_after), ..Refusal::default() })
    }

    /// Busy; come back after so many seconds.
    pub fn unavailable(retry_after: u64) -> Self {
        Self::refused(Refusal { code: Code(ProblemCode::Unavailable), retry_after: Some(retry_after), ..Refusal::default() })
    }

    /// The address takes only these methods.
    pub fn method_not_allowed(allow: String) -> Self {
        Self::refused(Refusal { code: Code(ProblemCode::MethodNotAllowed), allow: Some(allow), ..Refusal::default() })
    }

    /// The same once more, for somebody else whom it met: a refusal as it is, anything else as busy, since a fault of the
    /// database is told once, in the log.
    pub fn again(&self) -> Self {
        match self {
            Self::Refused(_) => Self::refused(self.refusal()),
            Self::Database(_) | Self::Internal(_) => Self::unavailable(2),
        }
    }

    /// Whether running the transaction again may succeed.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Database(error) => {
                db::error::is_transient(error)
                    || db::error::broken_uniqueness(error).is_some_and(|key| key == "idempotency_keys_idempotency_key")
            }
            _ => false,
        }
    }

    /// The refusal that the reader is told of; a fault of ours tells nothing.
    pub fn refusal(&self) -> Refusal {
        match self {
            Self::Refused(refusal) => Refusal {
                code: refusal.code,
                faults: refusal.faults.clone(),
                current_etag: refusal.current_etag.clone(),
                retry_after: refusal.retry_after,
                allow: refusal.allow.clone(),
                detail: refusal.detail.clone(),
                event: refusal.event,
            },
            Self::Database(diesel::result::Error::NotFound) => Refusal { code: Code(ProblemCode::NotFound), ..Refusal::default() },
            Self::Database(error) if db::error::is_unavailable(error) => {
                Refusal { code: Code(ProblemCode::Unavailable), retry_after: Some(2), ..Refusal::default() }
            }
            Self::Database(error) if db::error::broken_uniqueness(error).is_some() => {
                Refusal { code: Code(ProblemCode::Duplicate), ..Refusal::default() }
            }
            Self::Database(_) | Self::Internal(_) => Refusal::default(),
        }
    }
}

/// Turns a broken uniqueness into a fault of a field, at the call that knows which.
pub trait OnUnique<T> {
    /// `key` is `table_column` as `db::error::broken_uniqueness` gives it.
    fn on_unique(self, key: &str, pointer: &str) -> Result<T>;
}

impl<T> OnUnique<T> for diesel::QueryResult<T> {
    fn on_unique(self, key: &str, pointer: &str) -> Result<T> {
        self.map_err(|error| match db::error::broken_uniqueness(&error) {
            Some(broken) if broken == key => Error::duplicate(pointer),
            _ => error.into(),
        })
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(format!("json: {error}"))
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.refusal().code.0.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Only the status: `http::respond` writes the problem, knowing the request.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}
