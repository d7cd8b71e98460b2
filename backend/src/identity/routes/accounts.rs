//! Accounts.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::{Checked, Merge};
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::identity::service::accounts as service;
use actix_web::{get, patch, post, web};
use shared::AccountId;
use shared::identity::{Account, AccountChanges, AccountFilter, AccountMatch, AccountSearch, InvitedAccount, NewAccount, OneTimeLink};
use shared::page::Page;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on accounts.
pub fn mount(config: &mut ServiceConfig) {
    config
        .service(list_accounts)
        .service(find_accounts)
        .service(get_account)
        .service(invite_account)
        .service(update_account)
        .service(deactivate_account)
        .service(reactivate_account)
        .service(make_account_link)
        .service(end_account_sessions);
}

/// Accounts of the tenant, by name.
#[utoipa::path(
    tag = "identity",
    params(AccountFilter),
    responses((status = 200, description = "A page of accounts.", body = Page<Account>), ReadProblems),
    security(("bearer" = []))
)]
#[get("/accounts")]
pub async fn list_accounts(caller: Caller<AccountFilter>) -> Result<Reply> {
    let (state, filter) = (caller.state(), caller.parameters.clone());
    let page = caller.read(move |conn, actor| service::list(conn, actor, &state.keys, &filter)).await?;
    Ok(Reply::some(&page)?.no_store())
}

/// Finds the accounts of people to give a role to: at most ten, by name. For whoever gives roles, over whatever.
#[utoipa::path(
    tag = "identity",
    params(AccountSearch),
    responses((status = 200, description = "Those who fit; never a second page.", body = Page<AccountMatch>), ReadProblems),
    security(("bearer" = []))
)]
#[get("/account-matches")]
pub async fn find_accounts(caller: Caller<AccountSearch>) -> Result<Reply> {
    let search = caller.parameters.clone();
    let page = caller.read(move |conn, actor| service::search(conn, actor, &search)).await?;
    Ok(Reply::some(&page)?.no_store())
}

/// One account.
#[utoipa::path(
    tag = "identity",
    params(("id" = AccountId, Path, description = "The account.")),
    responses((status = 200, description = "The account.", body = Account), ReadProblems),
    security(("bearer" = []))
)]
#[get("/accounts/{id}")]
pub async fn get_account(caller: Caller, id: web::Path<AccountId>) -> Result<Reply> {
    let id = id.into_inner();
    let account = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Ok(Reply::one(account.version, &account)?.no_store())
}

/// Invites a person. The invitation is mailed; its link is answered once, so that it can be copied.
#[utoipa::path(
    tag = "identity",
    request_body(content = NewAccount, description = "The person to invite."),
    responses((status = 201, description = "The new account, with the link of its invitation.", body = InvitedAccount), CreateProblems),
    security(("bearer" = []))
)]
#[post("/accounts")]
pub async fn invite_account(caller: Caller, new: Checked<NewAccount>) -> Result<Reply> {
    let new = new.0;
    caller
        .write(move |conn, actor| {
            let invited = service::invite(conn, actor, &new)?;
            let without_link = InvitedAccount { account: invited.account.clone(), link: None };
            let path = format!("/accounts/{}", invited.account.id);
            Ok(Reply::created(&path, invited.account.version, &invited)?.on_replay(&without_link)?.no_store())
        })
        .await
}

/// Changes name, language or unit of an account.
#[utoipa::path(
    tag = "identity",
    params(("id" = AccountId, Path, description = "The account.")),
    request_body(content = AccountChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The account as it is now.", body = Account), ChangeProblems),
    security(("bearer" = []))
)]
#[patch("/accounts/{id}")]
pub async fn update_account(caller: Caller, id: web::Path<AccountId>, expected: IfMatch, changes: Merge<AccountChanges>) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::update(conn, actor, id, expected, &changes)?;
            Ok(Reply::one(changed.version, &changed)?.no_store())
        })
        .await
}

/// Takes an account out of use. Its sessions and links end at once; the last administrator stays.
#[utoipa::path(
    tag = "identity",
    params(("id" = AccountId, Path, description = "The account.")),
    responses((status = 200, description = "The account as it is now.", body = Account), ChangeProblems),
    security(("bearer" = []))
)]
#[post("/accounts/{id}/deactivate")]
pub async fn deactivate_account(caller: Caller, id: web::Path<AccountId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::deactivate(conn, actor, id, expected)?;
            Ok(Reply::one(changed.version, &changed)?.no_store())
        })
        .await
}

/// Takes an account back into use: active when it has a password, else invited.
#[utoipa::path(
    tag = "identity",
    params(("id" = AccountId, Path, description = "The account.")),
    responses((status = 200, description = "The account as it is now.", body = Account), ChangeProblems),
    security(("bearer" = []))
)]
#[post("/accounts/{id}/reactivate")]
pub async fn reactivate_account(caller: Caller, id: web::Path<AccountId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::reactivate(conn, actor, id, expected)?;
            Ok(Reply::one(changed.version, &changed)?.no_store())
        })
        .await
}

/// Makes a new single-use link: an invitation for one who has not come yet, a password reset for others. It is mailed
/// and answered; earlier ones stop working. The answer is not kept: repeating the request makes another link.
#[utoipa::path(
    tag = "identity",
    params(("id" = AccountId, Path, description = "The account.")),
    responses((status = 200, description = "The link, shown this once.", body = OneTimeLink), CreateProblems),
    security(("bearer" = []))
)]
#[post("/accounts/{id}/link")]
pub async fn make_account_link(caller: Caller, id: web::Path<AccountId>) -> Result<Reply> {
    let id = id.into_inner();
    caller.write_unkept(move |conn, actor| Ok(Reply::some(&service::make_link(conn, actor, id)?)?.no_store())).await
}

/// Ends every session of an account, as when a device has been stolen. Ending twice is the same as once.
#[utoipa::path(
    tag = "identity",
    params(("id" = AccountId, Path, description = "The account.")),
    responses((status = 204, description = "Ended."), CreateProblems),
    security(("bearer" = []))
)]
#[post("/accounts/{id}/end-sessions")]
pub async fn end_account_sessions(caller: Caller, id: web::Path<AccountId>) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            service::end_sessions(conn, actor, id)?;
            Ok(Reply::done())
        })
        .await
}
