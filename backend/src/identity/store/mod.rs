//! Tables of the identity slice. Rows stay in here; every function takes the tenant first.

pub mod accounts;
pub mod directory;
pub mod grants;
pub mod links;
pub mod me;
pub mod sessions;
pub mod tenants;
pub mod units;
