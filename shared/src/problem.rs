//! Errors as the API says them (RFC 9457), and the one table from code to status. Titles are in the catalogues,
//! under `problem-<code>`, so that a status, a code and a sentence can never disagree.

use serde::{Deserialize, Serialize};

macro_rules! problem_codes {
    ($($(#[$doc:meta])* $variant:ident = $word:literal, $status:literal;)+) => {
        $crate::code_enum! {
            /// What went wrong, for a program to decide by.
            ProblemCode { $($(#[$doc])* $variant = $word),+ }
        }
        impl ProblemCode {
            /// The HTTP status that always goes with this code.
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status),+ }
            }
        }
    };
}

problem_codes! {
    /// The request could not be read: bad JSON, an unknown field or parameter, a bad header.
    Malformed = "malformed", 400;
    /// No valid access token.
    Unauthenticated = "unauthenticated", 401;
    /// E-mail and password do not match, or the account cannot sign in.
    WrongCredentials = "wrong_credentials", 401;
    /// The code is wrong or has been used.
    WrongCode = "wrong_code", 401;
    /// The caller must prove anew who they are: the last proof is older than five minutes.
    StepUpRequired = "step_up_required", 401;
    /// The caller may know of the thing but not do this.
    Forbidden = "forbidden", 403;
    /// A browser's cookie counts only with the service's own header, from the service's own pages.
    ForeignOrigin = "foreign_origin", 403;
    /// There is no such thing, or the caller may not know that there is.
    NotFound = "not_found", 404;
    /// The address exists but not for this method.
    MethodNotAllowed = "method_not_allowed", 405;
    /// None of the forms asked for can be given.
    NotAcceptable = "not_acceptable", 406;
    /// The state of the thing does not allow this.
    Conflict = "conflict", 409;
    /// Something of this name or address exists already.
    Duplicate = "duplicate", 409;
    /// The thing is used by others and cannot go.
    InUse = "in_use", 409;
    /// The answering is closed.
    AssessmentClosed = "assessment_closed", 409;
    /// The answering has not been opened.
    AssessmentNotOpen = "assessment_not_open", 409;
    /// The last administrator cannot be removed.
    LastAdministrator = "last_administrator", 409;
    /// Nobody grants more than they hold.
    GrantExceedsOwn = "grant_exceeds_own", 403;
    /// As many as there may be are in use.
    LimitReached = "limit_reached", 409;
    /// The organisation requires a second factor of this account; nothing else works until it is set up.
    SecondFactorRequired = "second_factor_required", 403;
    /// The password is too short to stand alone.
    ShortPassword = "short_password", 409;
    /// The project lacks something before it may come to the stage; `errors` says what, each by its code.
    StageNotReady = "stage_not_ready", 409;
    /// As many projects as may be are in the stage.
    ColumnFull = "column_full", 409;
    /// The trial is concluded; it can be opened again.
    TrialConcluded = "trial_concluded", 409;
    /// The edition is full.
    EditionFull = "edition_full", 409;
    /// The same key is being worked on right now.
    IdempotencyInProgress = "idempotency_in_progress", 409;
    /// The body did not come in time.
    RequestTimeout = "request_timeout", 408;
    /// The link has been used, has expired or never was.
    LinkSpent = "link_spent", 410;
    /// The sign-in took too long or the code was wrong too often: it starts again with the password.
    ChallengeSpent = "challenge_spent", 410;
    /// `If-Match` does not match: somebody else changed it.
    Stale = "stale", 412;
    /// The body is too large.
    TooLarge = "too_large", 413;
    /// The address is too long.
    UriTooLong = "uri_too_long", 414;
    /// The content type is not one that this operation reads.
    UnsupportedMediaType = "unsupported_media_type", 415;
    /// The values break a rule; `errors` says which.
    Invalid = "invalid", 422;
    /// The key was used for another request.
    IdempotencyMismatch = "idempotency_mismatch", 422;
    /// `If-Match` is missing.
    PreconditionRequired = "precondition_required", 428;
    /// The header fields are too many or too long.
    HeadersTooLarge = "headers_too_large", 431;
    /// Too many tries; `Retry-After` says when.
    TooManyRequests = "too_many_requests", 429;
    /// Our fault.
    Internal = "internal", 500;
    /// Busy or restarting; `Retry-After` says when.
    Unavailable = "unavailable", 503;
}

/// One fault in what was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fault {
    /// Where in the body (JSON pointer, RFC 6901), or the parameter's name.
    #[cfg_attr(feature = "openapi", schema(example = "/name/fi"))]
    pub pointer: String,
    /// What is wrong, for a program.
    #[cfg_attr(feature = "openapi", schema(example = "too_long"))]
    pub code: String,
    /// The bound that was broken, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "200"))]
    pub bound: Option<String>,
    /// What is wrong, for a person, in the language asked for.
    #[cfg_attr(feature = "openapi", schema(example = "Use at most 200 characters."))]
    pub message: String,
}

impl Fault {
    /// A fault whose sentence is filled in later, when the reader's language is known.
    pub fn new(pointer: impl Into<String>, code: &str, bound: Option<&str>) -> Self {
        Self { pointer: pointer.into(), code: code.to_owned(), bound: bound.map(str::to_owned), message: String::new() }
    }

    /// The sentence for this fault, from the catalogue's `fault-<code>`.
    pub fn sentence(&self, lang: crate::Lang) -> String {
        let key = format!("fault-{}", self.code.replace('_', "-"));
        lang.text_with(&key, &[("bound", self.bound.as_deref().unwrap_or_default())])
    }
}

/// An error as `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Address of this kind of problem.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", schema(example = "/problems/invalid"))]
    pub kind: String,
    /// The kind in words, in the language asked for.
    pub title: String,
    /// The HTTP status.
    #[cfg_attr(feature = "openapi", schema(example = 422))]
    pub status: u16,
    /// What to do about it, where more can be said than the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The address that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// The kind, for a program.
    pub code: ProblemCode,
    /// The request's id, also in `X-Request-Id` and in the log.
    pub trace_id: String,
    /// Every fault found in what was sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Fault>,
    /// With `stale`: the current strong ETag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_etag: Option<String>,
}
