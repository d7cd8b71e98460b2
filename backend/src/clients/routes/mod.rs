//! Addresses of the clients slice: extract, call one service, answer.

mod clients;
mod discovery;
mod token;

pub use token::refused as token_refused;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on clients, under `/api/v1`.
pub fn mount(config: &mut ServiceConfig) {
    clients::mount(config);
}

/// The addresses that OAuth wants where its clients look for them.
pub fn mount_root(config: &mut ServiceConfig) {
    config.service(token::issue_token);
    discovery::mount(config);
}
