//! Programs that call the API in their own name, each for one organisation of its tenant (OAuth 2.0 client credentials).
//!
//! Invariants: a program may do at most what its scopes say, and nobody gives it more than they hold; a secret is shown
//! once and lies in the database only as a hash; a revoked secret or a deactivated client ends its tokens within a second.
//! Not here: which permissions a scope holds (`policy`), how a token is signed (`tokens`).

pub mod routes;
pub mod service;
mod store;
