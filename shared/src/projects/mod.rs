//! Development projects: a need becomes an idea, a trial, a practice that spreads, each stage with its own time.
//!
//! Invariants: a project is in one stage at a time and keeps every stage that it was in; how far it may go next follows
//! from what it has ([`stage`]), and how long it may stay from its clock ([`clock`]). An effect is worked out by the server,
//! never typed.

mod board;
pub mod calendar;
pub mod clock;
mod effect;
mod measurement;
mod project;
mod said;
mod spread;
pub mod stage;
pub mod statistics;
mod trial;

pub use board::*;
pub use clock::{ClockTerms, ClockTermsChanges};
pub use effect::*;
pub use measurement::*;
pub use project::*;
pub use said::*;
pub use spread::*;
pub use stage::{ProjectStage, Requirement, WaitingReason};
pub use trial::*;
