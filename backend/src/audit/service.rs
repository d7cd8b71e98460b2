//! Writing lines of the trail, and reading them for those who may.

use super::store;
use crate::clients::service::clients;
use crate::db::Conn;
use crate::error::Result;
use crate::http::cursor::{Position, Slice};
use crate::identity::service::{accounts, tenants};
use crate::keys::Keys;
use crate::live::{self, hub::Change};
use crate::policy::Actor;
use crate::watch::events::{self, Kind};
use jiff::Timestamp;
use shared::audit::{AuditAction, AuditEvent, AuditFilter};
use shared::identity::Account;
use shared::page::Page;
use shared::policy::{Permission, Target};
use shared::subjects::SubjectRef;
use shared::{AccountId, ApiClientId, AuditEventId, TenantId, rules};
use std::collections::BTreeSet;

/// What is to be told.
pub struct Entry<'a> {
    pub action: AuditAction,
    /// Singular, as in the API's paths.
    pub kind: &'a str,
    pub object: Option<uuid::Uuid>,
    /// Names of the fields that changed.
    pub fields: Vec<String>,
    /// The objects beside which the thing hangs, or of which it is a part: who follows one of them is told.
    pub beside: Vec<SubjectRef>,
}

impl<'a> Entry<'a> {
    /// A line about one thing.
    pub fn new(action: AuditAction, kind: &'a str, object: uuid::Uuid) -> Self {
        Self { action, kind, object: Some(object), fields: Vec::new(), beside: Vec::new() }
    }

    /// With the names of the fields that changed.
    pub fn fields(mut self, fields: Vec<String>) -> Self {
        self.fields = fields;
        self
    }

    /// With an object beside which the thing hangs, or of which it is a part.
    pub fn beside(mut self, subject: impl Into<SubjectRef>) -> Self {
        self.beside.push(subject.into());
        self
    }
}

/// Adds a line for what the actor did.
pub fn record(conn: &mut Conn, actor: &Actor, entry: Entry<'_>) -> Result<()> {
    insert(conn, actor.tenant, (actor.account, actor.client), actor.now, &actor.request_id, entry)
}

/// Adds a line where there is no actor yet: sign-ins and links.
pub fn record_for(
    conn: &mut Conn,
    tenant: TenantId,
    account: Option<AccountId>,
    now: Timestamp,
    request_id: &str,
    entry: Entry<'_>,
) -> Result<()> {
    insert(conn, tenant, (account, None), now, request_id, entry)
}

fn insert(
    conn: &mut Conn,
    tenant: TenantId,
    who: (Option<AccountId>, Option<ApiClientId>),
    now: Timestamp,
    request_id: &str,
    entry: Entry<'_>,
) -> Result<()> {
    if let Some(kind) = Kind::of_action(entry.action, entry.kind) {
        let object = entry.object.map(|id| (entry.kind.to_owned(), id));
        events::raise(events::Event { tenant: Some(tenant), actor: who.0, client: who.1, object, ..events::Event::new(kind, request_id) });
    }
    live::touched(&entry).into_iter().for_each(|at| events::raise_change(Change { tenant, at }));
    let event = AuditEvent {
        id: AuditEventId::new(),
        at: now,
        actor_id: who.0,
        client_id: who.1,
        actor_name: None,
        action: entry.action,
        object_kind: entry.kind.to_owned(),
        object_id: entry.object,
        fields: entry.fields,
        request_id: request_id.to_owned(),
    };
    store::insert(conn, tenant, &event)
}

/// Adds a line of nobody's, to see whether lines can be added; for a transaction that is taken back. Where there is no
/// tenant yet there is nothing to tell of.
pub fn probe(conn: &mut Conn) -> Result<()> {
    let Some(tenant) = tenants::any(conn)? else { return Ok(()) };
    let entry = Entry { action: AuditAction::Changed, kind: "probe", object: None, fields: Vec::new(), beside: Vec::new() };
    record_for(conn, tenant, None, Timestamp::UNIX_EPOCH, "probe", entry)
}

/// Names of the members that differ between two states of a thing.
pub fn changed_fields<T: serde::Serialize>(before: &T, after: &T) -> Vec<String> {
    let (Ok(before), Ok(after)) = (serde_json::to_value(before), serde_json::to_value(after)) else { return Vec::new() };
    let empty = serde_json::Map::new();
    let (before, after) = (before.as_object().unwrap_or(&empty), after.as_object().unwrap_or(&empty));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).filter(|name| before.get(*name) != after.get(*name)).collect();
    names.into_iter().cloned().collect()
}

/// Lines of the trail, newest first, with the actors' present names.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, filter: &AuditFilter) -> Result<Page<AuditEvent>> {
    actor.require(Permission::ViewAudit, &Target::Tenant)?;
    // PostgreSQL knows no instants that are far beyond.
    let (from, before) = (filter.from.map(rules::within_years), filter.before.map(rules::within_years));
    let filter = &AuditFilter { from, before, ..filter.clone() };
    let unpaged = AuditFilter { cursor: None, limit: None, ..filter.clone() };
    let name = format!("audit {}", serde_json::to_string(&unpaged)?);
    let slice = Slice::new(keys, actor.tenant, &name, filter.cursor.as_deref(), filter.limit)?;
    let mut items = store::list(conn, actor.tenant, filter, slice.after.as_ref(), slice.rows())?;
    let actors: BTreeSet<AccountId> = items.iter().filter_map(|event| event.actor_id).collect();
    let people = accounts::names(conn, actor.tenant, actors.into_iter().collect())?;
    let programs: BTreeSet<ApiClientId> = items.iter().filter_map(|event| event.client_id).collect();
    let programs = clients::names(conn, actor.tenant, programs.into_iter().collect())?;
    for event in &mut items {
        let person = event.actor_id.and_then(|id| people.get(&id));
        event.actor_name = person.or_else(|| event.client_id.and_then(|id| programs.get(&id))).cloned();
    }
    slice.page(keys, items, |event| Position { key: String::new(), id: event.id.0 })
}

/// What an account did, and what was done to it or to `objects`, for its owner. Others are not named.
pub fn by_or_about(conn: &mut Conn, tenant: TenantId, account: &Account, objects: Vec<uuid::Uuid>) -> Result<Vec<AuditEvent>> {
    let mut events = store::by_or_about(conn, tenant, account.id, objects)?;
    for event in events.iter_mut().filter(|event| event.actor_id == Some(account.id)) {
        event.actor_name = Some(account.name.clone());
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_the_names_of_what_differs_are_told() {
        let before = json!({"name": "Kyllö", "kind": "county", "parent_id": "x"});
        let after = json!({"name": "Kyllö", "kind": "other", "sector": "health"});
        assert_eq!(changed_fields(&before, &after), ["kind", "parent_id", "sector"]);
        assert!(changed_fields(&before, &before).is_empty());
    }
}
