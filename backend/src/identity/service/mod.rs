//! Rules of the identity slice.

pub mod accounts;
pub mod authentication;
pub mod directory;
pub mod grants;
pub mod guessing;
pub mod links;
pub mod me;
pub mod passwords;
pub mod sessions;
pub mod tenants;
pub mod units;
