//! Every integration test, in one program: a module a capability, then what all operations share. `tests/src` says
//! how a test gets its server.

mod api_clients;
mod audit;
mod authorization;
mod cli;
mod concurrency;
mod directory;
mod durability;
mod forge;
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
mod program_scopes;
mod programs;
mod refresh;
mod revalidation;
mod suppression;
mod token_endpoint;
mod training;
