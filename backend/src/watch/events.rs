//! What those who guard the server want to know at once: lines in the log with the member `event`, whatever level the
//! log is set to, and a figure by kind.
//!
//! They come from two places. What was done follows from the line of the audit trail that tells of it, and is told after
//! the commit; what was refused follows from the problem that answers it. Both are a `match` without a rest, so that a
//! new action or a new refusal must be thought of here.

use super::figures::figures;
use crate::label_enum;
use crate::live::hub::Change;
use shared::audit::AuditAction;
use shared::problem::ProblemCode;
use shared::{AccountId, ApiClientId, TenantId};
use std::cell::RefCell;
use uuid::Uuid;

/// Under this name they stand in the log.
pub const TARGET: &str = "security";

label_enum! {
    /// What happened.
    Kind {
        SignedIn = "signed_in",
        /// A wrong password, or an account that cannot sign in.
        SignInFailed = "sign_in_failed",
        /// Too many wrong passwords: further ones wait.
        SignInLocked = "sign_in_locked",
        SignedOut = "signed_out",
        /// All sessions of an account, by its owner.
        SessionsEnded = "sessions_ended",
        /// A spent refresh token came again: somebody has stolen it. The session has been ended.
        RefreshReused = "refresh_reused",
        /// An access or refresh token that is not, or no longer, good.
        TokenRefused = "token_refused",
        /// Known, but not allowed.
        AccessRefused = "access_refused",
        /// A call by a browser that another site caused.
        ForeignOrigin = "foreign_origin",
        /// A limit of calls was hit.
        LimitHit = "limit_hit",
        LinkMade = "link_made",
        LinkUsed = "link_used",
        /// A link that was used, has expired or never was.
        LinkRefused = "link_refused",
        PasswordChanged = "password_changed",
        PasswordReset = "password_reset",
        /// Somebody who is signed in gave a wrong password as their own.
        PasswordRefused = "password_refused",
        EmailChanged = "email_changed",
        /// A second factor was turned on, turned off or taken off, or its recovery codes were made anew.
        SecondFactorChanged = "second_factor_changed",
        RecoveryCodeUsed = "recovery_code_used",
        /// A wrong code, in signing in or in proving anew who one is.
        CodeRefused = "code_refused",
        /// Somebody proved anew who they are.
        Confirmed = "confirmed",
        /// Who needs a second factor, and from when.
        SignInPolicyChanged = "sign_in_policy_changed",
        /// A role was given or taken.
        GrantChanged = "grant_changed",
        AccountCreated = "account_created",
        AccountDeactivated = "account_deactivated",
        AccountReactivated = "account_reactivated",
        /// A program that calls the API, or one of its secrets, was made, changed or ended.
        ClientChanged = "client_changed",
        /// Somebody took out everything that is held on them.
        PersonalDataExported = "personal_data_exported",
        /// A fault of ours: the answer was 500.
        Failed = "failed",
        /// Code of ours gave up; the request was answered with 500 and the process lives.
        Panicked = "panicked",
    }
}

impl Kind {
    /// How it ended, for whoever filters by it.
    const fn outcome(self) -> &'static str {
        match self {
            Self::SignInFailed
            | Self::PasswordRefused
            | Self::CodeRefused
            | Self::SignInLocked
            | Self::TokenRefused
            | Self::RefreshReused
            | Self::AccessRefused
            | Self::ForeignOrigin
            | Self::LimitHit
            | Self::LinkRefused => "refused",
            Self::Failed | Self::Panicked => "failed",
            _ => "done",
        }
    }

    /// The event behind a line of the trail; none where the refusal that is answered tells of it, or where nobody who
    /// guards the server needs to look.
    pub fn of_action(action: AuditAction, object_kind: &str) -> Option<Self> {
        let (on_account, on_client) = (object_kind == "account", object_kind.starts_with("api_client"));
        match action {
            AuditAction::Created | AuditAction::Changed | AuditAction::Deactivated if on_client => Some(Self::ClientChanged),
            AuditAction::SignedIn => Some(Self::SignedIn),
            AuditAction::SignedOut => Some(Self::SignedOut),
            AuditAction::SessionsRevoked => Some(Self::SessionsEnded),
            AuditAction::TokenReused => Some(Self::RefreshReused),
            AuditAction::PasswordChanged => Some(Self::PasswordChanged),
            AuditAction::PasswordReset => Some(Self::PasswordReset),
            AuditAction::EmailChanged => Some(Self::EmailChanged),
            AuditAction::SecondFactorOn
            | AuditAction::SecondFactorOff
            | AuditAction::SecondFactorReset
            | AuditAction::RecoveryCodesMade => Some(Self::SecondFactorChanged),
            AuditAction::RecoveryCodeUsed => Some(Self::RecoveryCodeUsed),
            AuditAction::Confirmed => Some(Self::Confirmed),
            AuditAction::Changed if object_kind == "sign_in_policy" => Some(Self::SignInPolicyChanged),
            AuditAction::LinkMade => Some(Self::LinkMade),
            AuditAction::LinkRedeemed => Some(Self::LinkUsed),
            AuditAction::Deactivated if on_account => Some(Self::AccountDeactivated),
            AuditAction::Reactivated if on_account => Some(Self::AccountReactivated),
            AuditAction::Granted | AuditAction::Revoked => Some(Self::GrantChanged),
            AuditAction::Created if on_account => Some(Self::AccountCreated),
            AuditAction::Exported if on_account => Some(Self::PersonalDataExported),
            AuditAction::PasswordRefused => Some(Self::PasswordRefused),
            AuditAction::SignInRefused
            | AuditAction::CodeRefused
            | AuditAction::Created
            | AuditAction::Deactivated
            | AuditAction::Reactivated
            | AuditAction::Exported
            | AuditAction::Changed
            | AuditAction::Deleted
            | AuditAction::Enrolled
            | AuditAction::AnswerGiven
            | AuditAction::AssessmentOpened
            | AuditAction::AssessmentClosed
            | AuditAction::Copied
            | AuditAction::Answered => None,
        }
    }

    /// The event behind a refusal, where its code alone says it.
    pub const fn of_refusal(code: ProblemCode) -> Option<Self> {
        match code {
            ProblemCode::WrongCredentials | ProblemCode::ChallengeSpent => Some(Self::SignInFailed),
            ProblemCode::WrongCode => Some(Self::CodeRefused),
            ProblemCode::Forbidden | ProblemCode::GrantExceedsOwn => Some(Self::AccessRefused),
            ProblemCode::ForeignOrigin => Some(Self::ForeignOrigin),
            ProblemCode::LinkSpent => Some(Self::LinkRefused),
            ProblemCode::TooManyRequests => Some(Self::LimitHit),
            ProblemCode::Internal => Some(Self::Failed),
            // Without a token at all nobody has tried anything; one that is refused says so itself.
            ProblemCode::Unauthenticated
            | ProblemCode::Malformed
            | ProblemCode::NotFound
            | ProblemCode::MethodNotAllowed
            | ProblemCode::NotAcceptable
            | ProblemCode::Conflict
            | ProblemCode::Duplicate
            | ProblemCode::InUse
            | ProblemCode::AssessmentClosed
            | ProblemCode::AssessmentNotOpen
            | ProblemCode::LastAdministrator
            | ProblemCode::StageNotReady
            | ProblemCode::ColumnFull
            | ProblemCode::EditionFull
            | ProblemCode::TrialConcluded
            | ProblemCode::LimitReached
            | ProblemCode::StepUpRequired
            | ProblemCode::SecondFactorRequired
            | ProblemCode::ShortPassword
            | ProblemCode::IdempotencyInProgress
            | ProblemCode::Stale
            | ProblemCode::TooLarge
            | ProblemCode::UriTooLong
            | ProblemCode::HeadersTooLarge
            | ProblemCode::RequestTimeout
            | ProblemCode::UnsupportedMediaType
            | ProblemCode::Invalid
            | ProblemCode::IdempotencyMismatch
            | ProblemCode::PreconditionRequired
            | ProblemCode::Unavailable => None,
        }
    }
}

/// One event. Ids only; `net` is the prefix of a network, never an address.
#[derive(Clone, Debug)]
pub struct Event {
    pub kind: Kind,
    pub request_id: String,
    pub tenant: Option<TenantId>,
    /// Whose doing it is, where that is known.
    pub actor: Option<AccountId>,
    /// Which program's, where it is no person's.
    pub client: Option<ApiClientId>,
    /// What it was done to.
    pub object: Option<(String, Uuid)>,
    pub net: Option<String>,
    /// The pattern of the route, without values.
    pub route: Option<String>,
}

impl Event {
    /// An event of a request.
    pub fn new(kind: Kind, request_id: &str) -> Self {
        Self { kind, request_id: request_id.to_owned(), tenant: None, actor: None, client: None, object: None, net: None, route: None }
    }

    /// Tells it.
    pub fn tell(self) {
        figures().happened(self.kind);
        let (event, outcome, request_id) = (self.kind.as_str(), self.kind.outcome(), self.request_id.as_str());
        let tenant = self.tenant.map(|id| id.to_string());
        let actor = self.actor.map(|id| id.to_string());
        let client = self.client.map(|id| id.to_string());
        let (object_kind, object) = self.object.map_or((None, None), |(kind, id)| (Some(kind), Some(id.to_string())));
        let (net, route) = (self.net, self.route);
        macro_rules! line {
            ($level:ident) => {
                tracing::$level!(target: TARGET, event, outcome, request_id, tenant, actor, client, object_kind, object, net, route)
            };
        }
        match outcome {
            "done" => line!(info),
            "refused" => line!(warn),
            _ => line!(error),
        }
    }
}

/// What is told once a transaction is committed.
enum Raised {
    Event(Box<Event>),
    Change(Change),
}

thread_local! {
    /// Of the transaction that runs on this thread.
    static RAISED: RefCell<Vec<Raised>> = const { RefCell::new(Vec::new()) };
    /// What the last ones have changed, for those who follow it.
    static CHANGED: RefCell<Vec<Change>> = const { RefCell::new(Vec::new()) };
}

/// A transaction begins: what an earlier try of it raised is void.
pub fn begin() {
    RAISED.with_borrow_mut(Vec::clear);
}

/// To be told if the transaction on this thread is committed.
pub fn raise(event: Event) {
    RAISED.with_borrow_mut(|raised| raised.push(Raised::Event(Box::new(event))));
}

/// As [`raise`], of an object that somebody may follow.
pub fn raise_change(change: Change) {
    RAISED.with_borrow_mut(|raised| raised.push(Raised::Change(change)));
}

/// Where in a transaction a part of it begins.
#[derive(Clone, Copy, Debug)]
pub struct Mark(usize);

/// A part of the transaction begins, which may be taken back alone.
pub fn mark() -> Mark {
    RAISED.with_borrow(|raised| Mark(raised.len()))
}

/// A part of the transaction is taken back: what it raised is void.
pub fn back_to(mark: Mark) {
    RAISED.with_borrow_mut(|raised| raised.truncate(mark.0));
}

/// The transaction is committed: tells what it raised. What it changed is kept for [`changed`].
pub fn committed() {
    for raised in RAISED.take() {
        match raised {
            Raised::Event(event) => event.tell(),
            Raised::Change(change) => CHANGED.with_borrow_mut(|changed| changed.push(change)),
        }
    }
}

/// What has been changed on this thread since this was last asked.
pub fn changed() -> Vec<Change> {
    CHANGED.take()
}
