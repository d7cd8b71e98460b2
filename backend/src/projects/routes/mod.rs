//! Addresses of projects: extract, call one service, answer.

mod adoptions;
pub mod board;
mod measurements;
pub mod moves;
pub mod projects;
mod trials;

use utoipa_actix_web::service_config::ServiceConfig;

/// Every operation of the slice.
pub fn mount(config: &mut ServiceConfig) {
    board::mount(config);
    projects::mount(config);
    moves::mount(config);
    trials::mount(config);
    measurements::mount(config);
    adoptions::mount(config);
}
