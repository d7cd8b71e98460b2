//! Feedback about accessibility, which the law (306/2019) wants answered within 14 days.
//!
//! Invariants: anyone may send it without signing in; what was sent is never changed, only marked as answered, once.
//! Not here: the answer itself, which goes by mail from person to person.

pub mod routes;
pub mod service;
mod store;
