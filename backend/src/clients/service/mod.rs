//! Rules of the clients slice.

pub mod access;
pub mod clients;
pub mod discovery;
pub mod secrets;
