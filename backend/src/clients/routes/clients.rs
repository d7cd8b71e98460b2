//! Clients and their secrets.

use crate::clients::service::{clients as service, secrets};
use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::{Checked, Merge};
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use actix_web::{get, patch, post, web};
use shared::clients::{ApiClient, ApiClientChanges, CreatedApiClient, CreatedApiClientSecret, NewApiClient, NewApiClientSecret};
use shared::page::{Page, Paging};
use shared::{ApiClientId, ApiClientSecretId};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on clients.
pub fn mount(config: &mut ServiceConfig) {
    config
        .service(list_api_clients)
        .service(get_api_client)
        .service(create_api_client)
        .service(update_api_client)
        .service(deactivate_api_client)
        .service(create_api_client_secret)
        .service(revoke_api_client_secret);
}

/// Programs that may call the API, by name.
#[utoipa::path(
    tag = "clients",
    params(Paging),
    responses((status = 200, description = "A page of clients.", body = Page<ApiClient>), ReadProblems),
    security(("bearer" = []))
)]
#[get("/api-clients")]
pub async fn list_api_clients(caller: Caller<Paging>) -> Result<Reply> {
    let (state, paging) = (caller.state(), caller.parameters.clone());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, &paging)).await?;
    Ok(Reply::some(&page)?.no_store())
}

/// One client, with when it was last used. To change it, send `If-Match: "v<version>"`; the ETag of this answer is of the
/// whole.
#[utoipa::path(
    tag = "clients",
    params(("id" = ApiClientId, Path, description = "The client.")),
    responses((status = 200, description = "The client.", body = ApiClient), ReadProblems),
    security(("bearer" = []))
)]
#[get("/api-clients/{id}")]
pub async fn get_api_client(caller: Caller, id: web::Path<ApiClientId>) -> Result<Reply> {
    let id = id.into_inner();
    let client = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Ok(Reply::some(&client)?.no_store())
}

/// Makes a client with its first secret, which is answered once. At most 20 of a tenant are in use.
#[utoipa::path(
    tag = "clients",
    request_body(content = NewApiClient, description = "The client to make."),
    responses((status = 201, description = "The new client, with its secret.", body = CreatedApiClient), CreateProblems),
    security(("bearer" = []))
)]
#[post("/api-clients")]
pub async fn create_api_client(caller: Caller, new: Checked<NewApiClient>) -> Result<Reply> {
    let new = new.0;
    caller
        .write(move |conn, actor| {
            let made = service::create(conn, actor, &new)?;
            let without_secret = CreatedApiClient { client: made.client.clone(), client_secret: None };
            let path = format!("/api-clients/{}", made.client.id);
            Ok(Reply::created(&path, made.client.version, &made)?.on_replay(&without_secret)?.no_store())
        })
        .await
}

/// Changes what is said of a client, what it may do, or its end. It bites within a second, for tokens given out, too.
#[utoipa::path(
    tag = "clients",
    params(("id" = ApiClientId, Path, description = "The client.")),
    request_body(content = ApiClientChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The client as it is now.", body = ApiClient), ChangeProblems),
    security(("bearer" = []))
)]
#[patch("/api-clients/{id}")]
pub async fn update_api_client(
    caller: Caller,
    id: web::Path<ApiClientId>,
    expected: IfMatch,
    changes: Merge<ApiClientChanges>,
) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::update(conn, actor, id, expected, &changes)?;
            Ok(Reply::one(changed.version, &changed)?.no_store())
        })
        .await
}

/// Takes a client out of use for good. Its tokens stop working within a second.
#[utoipa::path(
    tag = "clients",
    params(("id" = ApiClientId, Path, description = "The client.")),
    responses((status = 200, description = "The client as it is now.", body = ApiClient), ChangeProblems),
    security(("bearer" = []))
)]
#[post("/api-clients/{id}/deactivate")]
pub async fn deactivate_api_client(caller: Caller, id: web::Path<ApiClientId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::deactivate(conn, actor, id, expected)?;
            Ok(Reply::one(changed.version, &changed)?.no_store())
        })
        .await
}

/// Makes a further secret, answered once. Two work at the same time, so that the old one is revoked when the new one is in
/// use.
#[utoipa::path(
    tag = "clients",
    params(("id" = ApiClientId, Path, description = "The client.")),
    request_body(content = NewApiClientSecret, description = "How long it is to work."),
    responses((status = 201, description = "The new secret.", body = CreatedApiClientSecret), CreateProblems),
    security(("bearer" = []))
)]
#[post("/api-clients/{id}/secrets")]
pub async fn create_api_client_secret(caller: Caller, id: web::Path<ApiClientId>, new: Checked<NewApiClientSecret>) -> Result<Reply> {
    let (id, new) = (id.into_inner(), new.0);
    caller
        .write(move |conn, actor| {
            let made = secrets::create(conn, actor, id, &new)?;
            let without_secret = CreatedApiClientSecret { secret: made.secret.clone(), client_secret: None };
            Ok(Reply::created(&format!("/api-clients/{id}"), 1, &made)?.on_replay(&without_secret)?.no_store())
        })
        .await
}

/// Ends a secret. Tokens that were got with it stop working within a second.
#[utoipa::path(
    tag = "clients",
    params(("id" = ApiClientSecretId, Path, description = "The secret.")),
    responses((status = 204, description = "It works no more."), CreateProblems),
    security(("bearer" = []))
)]
#[post("/api-client-secrets/{id}/revoke")]
pub async fn revoke_api_client_secret(caller: Caller, id: web::Path<ApiClientSecretId>) -> Result<Reply> {
    let id = id.into_inner();
    caller.write(move |conn, actor| secrets::revoke(conn, actor, id).map(|()| Reply::done())).await
}
