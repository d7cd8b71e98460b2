//! Addresses of the training slice: extract, call one service, answer.

pub mod assessment;
pub mod days;
pub mod editions;
pub mod enrolments;
pub mod groups;
pub mod programmes;
pub mod results;

use utoipa_actix_web::service_config::ServiceConfig;

/// Every operation of the slice.
pub fn mount(config: &mut ServiceConfig) {
    programmes::mount(config);
    editions::mount(config);
    assessment::mount(config);
    results::mount(config);
    days::mount(config);
    enrolments::mount(config);
    groups::mount(config);
}
