//! Rules of the identity slice.

pub mod accounts;
pub mod authentication;
pub mod challenges;
pub mod directory;
pub mod factor;
pub mod grants;
pub mod guessing;
pub mod links;
pub mod me;
pub mod notices;
pub mod passwords;
pub mod sessions;
pub mod sign_in_policy;
pub mod signing_in;
pub mod tenants;
mod totp;
pub mod units;
