//! Every integration test, in one program: a module a capability, then what all operations share. `tests/src` says
//! how a test gets its server.

mod api_clients;
mod audit;
mod authorization;
mod cli;
mod concurrency;
mod credentials;
mod directory;
mod durability;
mod enumeration;
mod forge;
mod grants;
mod guessing;
mod housekeeping;
mod http;
mod identity;
mod jwt;
mod keys;
mod layering;
mod lifetimes;
mod links;
mod mail;
mod migrations;
mod passwords;
mod program_scopes;
mod programs;
mod refresh;
mod revalidation;
mod second_factor;
mod sign_in_policy;
mod step_up;
mod suppression;
mod token_endpoint;
mod training;
