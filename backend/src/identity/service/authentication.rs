//! The person behind a verified token.

use super::{grants, sessions, sign_in_policy, tenants};
use crate::db::Conn;
use crate::error::Result;
use crate::identity::store;
use crate::policy::{self, Actor};
use crate::tokens;
use jiff::Timestamp;
use shared::{AccountId, Lang, SessionId, TenantId};
use std::sync::Arc;

/// Notes that the session is in use.
pub fn note_use(conn: &mut Conn, actor: &Actor, now: Timestamp) -> Result<()> {
    match actor.session {
        Some(session) => store::sessions::touch(conn, actor.tenant, session, now),
        None => Ok(()),
    }
}

/// Looks up the bearer, and when the session was last used: it must be alive and the account in use.
pub fn load(conn: &mut Conn, tenant: TenantId, account: AccountId, session: SessionId, now: Timestamp) -> Result<(Actor, Timestamp)> {
    let found = store::sessions::find(conn, tenant, session)?.ok_or_else(tokens::refused)?;
    let bearer = store::sessions::candidate_by_id(conn, tenant, account)?.filter(sessions::is_active).ok_or_else(tokens::refused)?;
    let granted = grants::in_force(conn, tenant, account, now)?;
    if found.account_id != account || !sessions::is_alive(&found, !granted.is_empty(), now) {
        return Err(tokens::refused());
    }
    let lacks_second_factor =
        !granted.is_empty() && bearer.factor_since.is_none() && sign_in_policy::requires_second_factor(conn, tenant, now)?;
    let enrolments = store::me::enrolments(conn, tenant, account)?;
    let enrolments: Vec<_> = enrolments.into_iter().map(|own| (own.id, own.edition_id)).collect();
    let abilities =
        policy::abilities(granted.iter().map(|grant| (grant.role, grant.scope)), enrolments.iter().map(|(_, edition)| *edition));
    let actor = Actor {
        tenant,
        account: Some(account),
        session: Some(session),
        client: None,
        abilities: Arc::new(abilities),
        enrolments: Arc::new(enrolments),
        confirmed_at: found.confirmed_at.map(|at| at.0),
        lacks_second_factor,
        now,
        request_id: String::new(),
        lang: Lang::Fi,
    };
    Ok((actor, found.last_seen_at.0))
}

/// The tenant that a visitor's host name leads to.
pub fn tenant_of_host(conn: &mut Conn, host: &str) -> Result<TenantId> {
    tenants::of_host(conn, host)
}
