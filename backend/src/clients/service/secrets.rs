//! Secrets of clients: 256 random bits, shown once, two at a time so that one can be exchanged without a break.

use super::clients;
use crate::audit::{self, Entry};
use crate::clients::store::secrets::{self as store, Row};
use crate::db::Conn;
use crate::db::types::At;
use crate::error::{Error, Result};
use crate::keys;
use crate::policy::Actor;
use jiff::SignedDuration;
use shared::audit::AuditAction;
use shared::clients::{ApiClientSecret, CreatedApiClientSecret, MOST_SECRETS, NewApiClientSecret, SECRET_DAYS};
use shared::policy::ApiScope;
use shared::problem::ProblemCode;
use shared::{ApiClientId, ApiClientSecretId, OrganisationId};

/// How the trail calls a secret.
const KIND: &str = "api_client_secret";

/// A new secret. Its beginning lets scanners of source code know one that was left there.
pub fn random() -> String {
    format!("polku_{}", keys::random_token())
}

/// Makes a further secret of a client.
pub fn create(conn: &mut Conn, actor: &Actor, client: ApiClientId, new: &NewApiClientSecret) -> Result<CreatedApiClientSecret> {
    clients::require_managing(actor)?;
    let found = clients::find(conn, actor.tenant, client)?;
    clients::require_in_use(actor, &found)?;
    authorise(actor, &found.scopes.0, found.organisation_id)?;
    let alive = store::unrevoked(conn, actor.tenant, vec![client])?.into_iter().filter(|secret| secret.is_alive(actor.now));
    if alive.count() >= MOST_SECRETS {
        return Err(Error::of(ProblemCode::LimitReached));
    }
    let client_secret = random();
    let secret = add(conn, actor, client, &client_secret, new.valid_days)?;
    Ok(CreatedApiClientSecret { secret, client_secret: Some(client_secret) })
}

/// What it takes to be shown a secret. Whoever sees one can do all that the program can, so one must hold that oneself.
pub(super) fn authorise(actor: &Actor, scopes: &[ApiScope], organisation: OrganisationId) -> Result<()> {
    clients::require_own(actor, scopes, organisation)
}

/// Ends a secret. Ending it twice is the same as once.
pub fn revoke(conn: &mut Conn, actor: &Actor, id: ApiClientSecretId) -> Result<()> {
    clients::require_managing(actor)?;
    let secret = store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?;
    if secret.revoked_at.is_some() {
        return Ok(());
    }
    store::revoke(conn, actor.tenant, id, actor.now)?;
    audit::record(conn, actor, Entry::new(AuditAction::Deactivated, KIND, id.0))
}

/// Writes a secret of a client that may have it.
pub(super) fn add(
    conn: &mut Conn,
    actor: &Actor,
    client_id: ApiClientId,
    client_secret: &str,
    valid_days: Option<i64>,
) -> Result<ApiClientSecret> {
    let row = Row {
        id: ApiClientSecretId::new(),
        client_id,
        secret_hash: keys::digest(client_secret.as_bytes()),
        created_at: At(actor.now),
        expires_at: At(actor.now + SignedDuration::from_hours(24 * valid_days.unwrap_or(SECRET_DAYS))),
        last_used_at: None,
        revoked_at: None,
    };
    store::insert(conn, actor.tenant, &row)?;
    audit::record(conn, actor, Entry::new(AuditAction::Created, KIND, row.id.0))?;
    Ok(row.into())
}
