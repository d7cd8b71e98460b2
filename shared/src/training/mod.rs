//! Programmes, their editions, and how their goals came true.
//!
//! Invariants: an answer belongs to an enrolment until the answering is closed, and to nobody after; what is
//! published is a snapshot that is never changed. Not here: assignments and attendance.

mod assessment;
mod edition;
mod people;
mod programme;
pub mod results;

pub use assessment::*;
pub use edition::*;
pub use people::*;
pub use programme::*;
pub use results::{EditionResults, Figures, GoalFigures, ProgrammeResults};
