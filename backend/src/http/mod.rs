//! Everything between the socket and a service: who calls, what is asked, how it is answered.
//!
//! Invariant: without a [`caller::Caller`] or the deliberately named [`caller::Visitor`] a handler has no database.

pub mod caller;
pub mod checked;
pub mod cursor;
pub mod headers;
pub mod health;
pub mod idempotency;
pub mod limits;
pub mod openapi;
pub mod preconditions;
pub mod rates;
pub mod reply;
pub mod respond;
pub mod revalidate;
pub mod spa;
