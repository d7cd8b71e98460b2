//! Programmes, their editions, the days and people of an edition, the goal self-assessment and its published results.
//!
//! Invariants: an answer belongs to an enrolment while the answering is open and to nobody after; only its answerer
//! reads it, everyone else sees how many have answered; closing publishes one snapshot, once and for good, and every
//! result is read from snapshots. Not here: assignments and attendance, the groups' projects.

pub mod routes;
pub mod service;
mod store;
