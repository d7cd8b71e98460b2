//! The person behind a verified token.

use super::{grants, tenants};
use crate::db::Conn;
use crate::error::Result;
use crate::identity::store;
use crate::policy::{self, Actor};
use crate::tokens;
use jiff::Timestamp;
use shared::{AccountId, Lang, SessionId, TenantId};
use std::sync::Arc;

/// Looks up the bearer: the session must be alive and the account in use.
pub fn load(conn: &mut Conn, tenant: TenantId, account: AccountId, session: SessionId, now: Timestamp) -> Result<Actor> {
    let found = store::sessions::find(conn, tenant, session)?.ok_or_else(tokens::refused)?;
    if !found.is_alive(now) || found.account_id != account || !store::sessions::account_is_active(conn, tenant, account)? {
        return Err(tokens::refused());
    }
    let granted = grants::in_force(conn, tenant, account, now)?;
    let enrolments = store::me::enrolments(conn, tenant, account)?;
    let enrolments: Vec<_> = enrolments.into_iter().map(|own| (own.id, own.edition_id)).collect();
    let abilities =
        policy::abilities(granted.iter().map(|grant| (grant.role, grant.scope)), enrolments.iter().map(|(_, edition)| *edition));
    Ok(Actor {
        tenant,
        account: Some(account),
        session: Some(session),
        client: None,
        abilities: Arc::new(abilities),
        enrolments: Arc::new(enrolments),
        now,
        request_id: String::new(),
        lang: Lang::Fi,
    })
}

/// The tenant that a visitor's host name leads to.
pub fn tenant_of_host(conn: &mut Conn, host: &str) -> Result<TenantId> {
    tenants::of_host(conn, host)
}
