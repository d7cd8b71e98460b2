//! The thread: typed links between any two objects of a tenant, and the walk along them.
//!
//! Invariants: no link makes a circle; what the viewer may not see is neither shown nor counted, nor what lies behind it
//! alone; a link goes with either of its objects. Not here: what the objects are (`subjects`).

pub mod routes;
pub mod service;
mod store;
