//! The audit trail: one line in the transaction of what it tells of, so that neither is there without the other.
//!
//! Invariants: it names the fields that changed, never what they hold; lines are only ever added (the tables refuse
//! anything else). Not here: what is worth a line; each slice tells of its own doings.

pub mod routes;
pub mod service;
mod store;

pub use service::{Entry, by_or_about, changed_fields, probe, record, record_for};
