//! Programmes, editions, self-assessment and results on screen.

pub mod assessment;
pub mod edition;
pub mod programme;
pub mod programmes;
pub mod results;
