//! Where programs find the token endpoint and the key.

use crate::clients::service::discovery as service;
use crate::error::Result;
use crate::http::caller::Visitor;
use crate::http::openapi::VisitorProblems;
use crate::http::reply::Reply;
use actix_web::get;
use shared::clients::{AuthorizationServer, KeySet};
use utoipa_actix_web::service_config::ServiceConfig;

/// The well-known addresses.
pub fn mount(config: &mut ServiceConfig) {
    config.service(get_authorization_server).service(get_key_set);
}

/// Where programs get an access token, and by what (RFC 8414).
#[utoipa::path(
    tag = "clients",
    responses((status = 200, description = "The metadata.", body = AuthorizationServer), VisitorProblems),
    security(())
)]
#[get("/.well-known/oauth-authorization-server")]
pub async fn get_authorization_server(visitor: Visitor) -> Result<Reply> {
    let (tenant, state) = (visitor.tenant, visitor.state.clone());
    Reply::some(&visitor.read(move |conn| service::metadata(conn, tenant, &state.settings.public_url)).await?)
}

/// The keys that access tokens are signed with (RFC 7517).
#[utoipa::path(
    tag = "clients",
    responses((status = 200, description = "Ed25519 keys: one, or two after a rotation.", body = KeySet), VisitorProblems),
    security(())
)]
#[get("/.well-known/jwks.json")]
pub async fn get_key_set(visitor: Visitor) -> Result<Reply> {
    Reply::some(&service::key_set(&visitor.state.keys, visitor.now))
}
