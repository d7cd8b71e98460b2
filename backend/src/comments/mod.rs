//! What people say beside an object of any kind, by its kind and id.
//!
//! Invariants: the rights are the object's (`subjects::find`); only people write, and only its author changes a text;
//! names stand in no text that is kept, so that they are always the present ones; what is deleted leaves a row without
//! text or history. Not here: telling those who are mentioned.

pub mod routes;
pub mod service;
mod store;
