//! Tables of the identity slice. Rows stay in here; every function takes the tenant first, but those that forget what
//! is old.

pub mod accounts;
pub mod challenges;
pub mod directory;
pub mod factor;
pub mod grants;
pub mod guesses;
pub mod links;
pub mod me;
pub mod sessions;
pub mod sign_in_policy;
pub mod tenants;
pub mod units;
