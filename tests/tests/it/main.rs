//! Every integration test, in one program: a module a capability, then what all operations share. `tests/src` says
//! how a test gets its server.

mod identity;
mod jwt;
mod links;
mod refresh;
