//! Organisations, units, accounts, what they are trusted with, and signing in.

mod account;
mod directory;
mod factor;
mod own;
mod session;

pub use account::*;
pub use directory::*;
pub use factor::*;
pub use own::*;
pub use session::*;

use serde::{Deserialize, Serialize};

/// Header that a browser must send with what its cookie pays for; another site cannot.
pub const CSRF_HEADER: &str = "X-Polku-Client";

/// Minutes without any use after which the session of one who holds a role ends.
pub const IDLE_MINUTES: i64 = 30;

crate::code_enum! {
    /// What kind of organisation it is.
    OrganisationKind {
        Municipality = "municipality", County = "county", PrivateProvider = "private_provider",
        Association = "association", Foundation = "foundation", Other = "other",
    }
}

crate::code_enum! {
    /// The sector that a unit works in.
    Sector {
        Health = "health", Social = "social", Education = "education", Property = "property",
        Administration = "administration", Other = "other",
    }
}

crate::code_enum! {
    /// Whether an account can be used.
    AccountStatus { Invited = "invited", Active = "active", Deactivated = "deactivated" }
}

crate::code_enum! {
    /// What a single-use link does.
    LinkPurpose { Invitation = "invitation", PasswordReset = "password_reset", EmailChange = "email_change", FirstAdministrator = "first_administrator" }
}

crate::code_enum! {
    /// How the refresh token is kept: in a cookie by a browser, in the body by a phone or a program.
    SessionKind { Browser = "browser", Device = "device" }
}

/// What a visitor may know of the installation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Meta {
    /// Name of the tenant that this host name leads to.
    pub tenant_name: String,
    /// Version of the program.
    #[cfg_attr(feature = "openapi", schema(example = "0.1.0"))]
    pub version: String,
    /// Whether the data is the invented demo world.
    pub demo: bool,
}
