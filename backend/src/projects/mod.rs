//! Development projects: what they are, who is in them, the stages through which they go and the time that each has; how
//! they are tried out, and which units take them up.
//!
//! Invariants: a project is in one stage, and its last period in the history is that stage; it moves only by
//! `service::moving`, which alone writes the history and starts the clock. What follows from trials, units and what people
//! say is joined in one place, `service::facts`. What a trial changed is worked out in one place, `effect`, which alone
//! decides what may be told of it; what was measured leaves only by `service::measurements::get`. Not here: what people
//! say of a project.

mod effect;
pub mod routes;
pub mod service;
mod store;
