//! Clients and their secrets in the tables.

pub mod clients;
pub mod secrets;
