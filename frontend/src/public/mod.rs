//! Pages for those who are not signed in.

pub mod accessibility;
pub mod forgot;
pub mod link;
pub mod privacy;
pub mod problem;
pub mod sign_in;
