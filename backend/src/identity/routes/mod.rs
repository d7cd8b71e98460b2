//! Addresses of the identity slice: extract, call one service, answer.

pub mod accounts;
pub mod directory;
pub mod factor;
pub mod grants;
pub mod links;
pub mod me;
pub mod second_step;
pub mod sessions;
pub mod sign_in_policy;
pub mod units;

use utoipa_actix_web::service_config::ServiceConfig;

/// Every operation of the slice.
pub fn mount(config: &mut ServiceConfig) {
    sessions::mount(config);
    second_step::mount(config);
    links::mount(config);
    me::mount(config);
    factor::mount(config);
    directory::mount(config);
    units::mount(config);
    accounts::mount(config);
    grants::mount(config);
    sign_in_policy::mount(config);
}
