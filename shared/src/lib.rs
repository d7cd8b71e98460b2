//! The contract: what the API reads and answers, and the pure rules that page and server must agree on.
//!
//! Invariants: builds for wasm32; no tables, no HTTP server, no widgets; every rule here needs no I/O.
//! One file per capability, named as the capability is in `backend` and `frontend`.

pub mod accessibility;
pub mod audit;
#[cfg(feature = "client")]
pub mod client;
pub mod clients;
pub mod codes;
pub mod comments;
pub mod format;
pub mod id;
pub mod identity;
pub mod jobs;
pub mod lang;
pub mod live;
pub mod markdown;
pub mod page;
pub mod policy;
pub mod problem;
pub mod projects;
pub mod rules;
pub mod subjects;
pub mod text;
pub mod thread;
pub mod training;

pub use id::*;
pub use lang::Lang;
pub use page::Page;
pub use problem::Problem;
pub use text::LocalText;
