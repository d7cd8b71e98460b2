//! Organisations, units, accounts, how they sign in, API clients, the audit trail and accessibility feedback on screen.

pub mod account;
mod account_form;
pub mod accounts;
pub mod audit;
mod audit_filter;
pub mod client;
mod client_form;
mod client_secrets;
pub mod clients;
pub mod feedback;
mod grant_form;
mod grants;
pub mod index;
mod invite;
mod organisation_form;
pub mod organisations;
mod places;
pub mod roles;
pub mod sign_in_policy;
mod unit_form;
pub mod units;
