//! Clients: making them, changing what is said of them, taking them out of use for good.

use super::secrets;
use crate::audit::{self, Entry, changed_fields};
use crate::clients::store::clients::{self as store, Row};
use crate::clients::store::secrets as secret_store;
use crate::db::types::{At, Json};
use crate::db::{Conn, fold};
use crate::error::{Error, Result};
use crate::http::checked::Merge;
use crate::http::cursor::{Position, Slice};
use crate::http::preconditions::IfMatch;
use crate::identity::service::directory;
use crate::keys::Keys;
use crate::policy::{self, Actor};
use jiff::Timestamp;
use shared::audit::AuditAction;
use shared::clients::{ApiClient, ApiClientChanges, ApiClientFields, ApiClientStatus, CreatedApiClient, MOST_CLIENTS, NewApiClient};
use shared::page::{Page, Paging};
use shared::policy::{ApiScope, Permission, Target};
use shared::problem::ProblemCode;
use shared::{ApiClientId, OrganisationId, TenantId};
use std::collections::HashMap;

/// How the trail calls a client.
const KIND: &str = "api_client";

/// Clients by name.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, paging: &Paging) -> Result<Page<ApiClient>> {
    require_managing(actor)?;
    let slice = Slice::new(keys, actor.tenant, "api-clients", paging.cursor.as_deref(), paging.limit)?;
    let rows = store::list(conn, actor.tenant, slice.after.as_ref(), slice.rows())?;
    let page = slice.page(keys, rows, |row| Position { key: fold(&row.name), id: row.id.0 })?;
    Ok(Page { items: complete(conn, actor, page.items)?, next_cursor: page.next_cursor })
}

/// One client.
pub fn get(conn: &mut Conn, actor: &Actor, id: ApiClientId) -> Result<ApiClient> {
    require_managing(actor)?;
    let row = find(conn, actor.tenant, id)?;
    one(conn, actor, row)
}

/// Whether any client acts for an organisation, or has done so.
pub fn any_of(conn: &mut Conn, tenant: TenantId, organisation: OrganisationId) -> Result<bool> {
    store::any_of(conn, tenant, organisation)
}

/// The present names of some clients.
pub fn names(conn: &mut Conn, tenant: TenantId, ids: Vec<ApiClientId>) -> Result<HashMap<ApiClientId, String>> {
    store::names(conn, tenant, ids)
}

/// Makes a client with its first secret.
pub fn create(conn: &mut Conn, actor: &Actor, new: &NewApiClient) -> Result<CreatedApiClient> {
    let id = ApiClientId::new();
    let client_secret = secrets::random();
    create_known(conn, actor, new, id, &client_secret)?;
    Ok(CreatedApiClient { client: get(conn, actor, id)?, client_secret: Some(client_secret) })
}

/// As [`create`], with an id and a secret that the caller has thought of.
pub fn create_known(conn: &mut Conn, actor: &Actor, new: &NewApiClient, id: ApiClientId, client_secret: &str) -> Result<()> {
    require_managing(actor)?;
    if directory::find(conn, actor.tenant, new.organisation_id).is_err() {
        return Err(Error::fault("/organisation_id", "unknown_reference"));
    }
    secrets::authorise(actor, &new.scopes, new.organisation_id)?;
    let valid_to = future(actor, new.valid_to)?;
    if store::count_in_use(conn, actor.tenant)? >= MOST_CLIENTS {
        return Err(Error::of(ProblemCode::LimitReached));
    }
    let row = Row {
        id,
        version: 1,
        organisation_id: new.organisation_id,
        name: new.name.clone(),
        purpose: new.purpose.clone(),
        contact_email: new.contact_email.clone(),
        scopes: Json(new.scopes.clone()),
        valid_to: valid_to.map(At),
        deactivated_at: None,
        last_used_at: None,
        created_by: actor.account,
        created_at: At(actor.now),
        updated_at: At(actor.now),
    };
    store::insert(conn, actor.tenant, &row)?;
    audit::record(conn, actor, Entry::new(AuditAction::Created, KIND, id.0))?;
    secrets::add(conn, actor, id, client_secret, None).map(drop)
}

/// Changes what is said of a client and what it may do. Rights that it has already may stay whoever changes it.
pub fn update(conn: &mut Conn, actor: &Actor, id: ApiClientId, expected: IfMatch, changes: &Merge<ApiClientChanges>) -> Result<ApiClient> {
    require_managing(actor)?;
    let current = find(conn, actor.tenant, id)?;
    expected.check(current.version)?;
    require_in_use(actor, &current)?;
    let before = ApiClientFields {
        name: current.name.clone(),
        purpose: current.purpose.clone(),
        contact_email: current.contact_email.clone(),
        scopes: current.scopes.0.clone(),
        valid_to: current.valid_to.map(|at| at.0),
    };
    let after = changes.onto(&before)?;
    let added: Vec<ApiScope> = after.scopes.iter().copied().filter(|scope| !before.scopes.contains(scope)).collect();
    require_own(actor, &added, current.organisation_id)?;
    let valid_to = if after.valid_to == before.valid_to { before.valid_to } else { future(actor, after.valid_to)? };
    let fields = changed_fields(&before, &after);
    let changed = Row {
        version: current.version + 1,
        name: after.name,
        purpose: after.purpose,
        contact_email: after.contact_email,
        scopes: Json(after.scopes),
        valid_to: valid_to.map(At),
        updated_at: At(actor.now),
        ..current
    };
    store::update(conn, actor.tenant, &changed)?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, KIND, id.0).fields(fields))?;
    one(conn, actor, changed)
}

/// Takes a client out of use for good. Its secrets and tokens stop working.
pub fn deactivate(conn: &mut Conn, actor: &Actor, id: ApiClientId, expected: IfMatch) -> Result<ApiClient> {
    require_managing(actor)?;
    let current = find(conn, actor.tenant, id)?;
    expected.check(current.version)?;
    require_in_use(actor, &current)?;
    let changed = Row { version: current.version + 1, deactivated_at: Some(At(actor.now)), updated_at: At(actor.now), ..current };
    store::update(conn, actor.tenant, &changed)?;
    audit::record(conn, actor, Entry::new(AuditAction::Deactivated, KIND, id.0))?;
    one(conn, actor, changed)
}

/// One client as it is stored, whoever asks.
pub(super) fn find(conn: &mut Conn, tenant: TenantId, id: ApiClientId) -> Result<Row> {
    store::find(conn, tenant, id)?.ok_or_else(Error::not_found)
}

/// Refuses those who do not manage clients.
pub(super) fn require_managing(actor: &Actor) -> Result<()> {
    actor.require(Permission::ManageClients, &Target::Tenant)
}

/// Refuses to give a program what the actor does not hold.
pub(super) fn require_own(actor: &Actor, scopes: &[ApiScope], organisation: OrganisationId) -> Result<()> {
    let holds = policy::holds_scopes(&actor.abilities, scopes, organisation);
    if holds { Ok(()) } else { Err(Error::of(ProblemCode::GrantExceedsOwn)) }
}

/// What has been taken out of use stays so.
pub(super) fn require_in_use(actor: &Actor, client: &Row) -> Result<()> {
    let is_gone = client.status(actor.now) == ApiClientStatus::Deactivated;
    if is_gone { Err(Error::of(ProblemCode::Conflict)) } else { Ok(()) }
}

/// An end that is still to come, in whole microseconds as both databases keep them.
fn future(actor: &Actor, end: Option<Timestamp>) -> Result<Option<Timestamp>> {
    match end {
        Some(end) if end <= actor.now => Err(Error::fault("/valid_to", "not_in_future")),
        _ => Ok(end.map(|end| Timestamp::from_microsecond(end.as_microsecond()).unwrap_or(end))),
    }
}

fn one(conn: &mut Conn, actor: &Actor, row: Row) -> Result<ApiClient> {
    complete(conn, actor, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// Clients with their secrets, in two queries however many there are.
fn complete(conn: &mut Conn, actor: &Actor, rows: Vec<Row>) -> Result<Vec<ApiClient>> {
    let secrets = secret_store::unrevoked(conn, actor.tenant, rows.iter().map(|row| row.id).collect())?;
    let client = |row: Row| ApiClient {
        id: row.id,
        version: row.version,
        status: row.status(actor.now),
        secrets: secrets.iter().filter(|secret| secret.client_id == row.id).cloned().map(Into::into).collect(),
        organisation_id: row.organisation_id,
        name: row.name,
        purpose: row.purpose,
        contact_email: row.contact_email,
        scopes: row.scopes.0,
        valid_to: row.valid_to.map(|at| at.0),
        last_used_at: row.last_used_at.map(|at| at.0),
        created_by: row.created_by,
        created_at: row.created_at.0,
        updated_at: row.updated_at.0,
    };
    Ok(rows.into_iter().map(client).collect())
}
