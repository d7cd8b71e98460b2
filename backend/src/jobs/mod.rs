//! Work that is due at a time: what the clock does, once, though several nodes run and any of them may die in the middle.
//!
//! Invariants: there is one job of a kind about a thing; what it does and that it is done are one transaction, so that it
//! takes effect once; a worker holds a job by a lease that it renews while it works, and another takes it over when the
//! lease runs out. A job that fails again and again is dead until an administrator lets it try once more. Not here: what
//! the kinds do, which is their capability's `service`.

pub mod routes;
pub mod service;
mod store;
pub mod work;
