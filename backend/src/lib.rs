//! Polku's server: the API, the page, and the commands around them.
//!
//! `mount` is the whole API, slice by slice. A slice is one folder: `routes` → `service` → `store`, never back; across
//! slices only `other::service`.

// Tests may give up; what answers people may not.
#![cfg_attr(not(test), warn(clippy::expect_used, clippy::panic, clippy::unreachable))]

pub mod accessibility;
pub mod audit;
pub mod backup;
pub mod cli;
pub mod clients;
pub mod clock;
pub mod comments;
pub mod config;
pub mod db;
pub mod demo;
pub mod disk;
pub mod doctor;
pub mod error;
pub mod housekeeping;
pub mod http;
pub mod identity;
pub mod jobs;
pub mod keys;
pub mod live;
pub mod operations;
pub mod outbox;
pub mod policy;
pub mod projects;
pub mod server;
pub mod startup;
pub mod state;
pub mod subjects;
pub mod thread;
pub mod tokens;
pub mod training;
pub mod watch;

use utoipa_actix_web::service_config::ServiceConfig;

/// The API, under `/api/v1`.
pub fn mount(config: &mut ServiceConfig) {
    identity::routes::mount(config);
    training::routes::mount(config);
    projects::routes::mount(config);
    audit::routes::mount(config);
    accessibility::routes::mount(config);
    clients::routes::mount(config);
    jobs::routes::mount(config);
    comments::routes::mount(config);
    live::routes::mount(config);
    thread::routes::mount(config);
}

/// What standards want to find outside `/api/v1`.
pub fn mount_root(config: &mut ServiceConfig) {
    clients::routes::mount_root(config);
}
