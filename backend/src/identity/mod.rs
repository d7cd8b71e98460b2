//! Organisations, units, accounts, grants; signing in, sessions and single-use links.
//!
//! Invariants: nobody grants more than they hold; the last administrator stays; a secret lies in the database only as
//! a hash; an unknown address is answered as a known one. Not here: what a role may do (`policy`).

pub mod routes;
pub mod service;
mod store;
