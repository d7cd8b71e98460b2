//! Everything between the socket and a service: who calls, what is asked, how it is answered.
//!
//! Invariant: without a [`caller::Caller`] or the deliberately named [`caller::Visitor`] a handler has no database.

pub mod body;
pub mod caller;
pub mod checked;
pub mod cursor;
pub mod headers;
pub mod health;
pub mod idempotency;
pub mod introduction;
pub mod json;
pub mod openapi;
pub mod pace;
pub mod preconditions;
pub mod rates;
pub mod reply;
pub mod respond;
pub mod revalidate;
pub mod shed;
pub mod shield;
pub mod spa;
pub mod well_known;
