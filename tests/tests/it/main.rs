//! Every integration test, in one program: a module a capability, then what all operations share. `tests/src` says
//! how a test gets its server.

mod audit;
mod authorization;
mod cli;
mod concurrency;
mod directory;
mod durability;
mod grants;
mod guessing;
mod housekeeping;
mod http;
mod identity;
mod jwt;
mod layering;
mod links;
mod mail;
mod migrations;
mod refresh;
mod revalidation;
mod suppression;
mod training;
