//! Tables of the identity slice. Rows stay in here; every function takes the tenant first, but those that forget what
//! is old.

pub mod accounts;
pub mod directory;
pub mod grants;
pub mod guesses;
pub mod links;
pub mod me;
pub mod sessions;
pub mod tenants;
pub mod units;
