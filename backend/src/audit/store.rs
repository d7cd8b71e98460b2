//! Lines of the trail as they lie in the tables.

use crate::db::Conn;
use crate::db::schema::audit_events;
use crate::db::types::{AsText, At, Json, RawId};
use crate::error::Result;
use crate::http::cursor::Position;
use diesel::prelude::*;
use shared::audit::{AuditAction, AuditEvent, AuditFilter};
use shared::{AccountId, ApiClientId, AuditEventId, TenantId};

crate::sql_ids!(AuditEventId);

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_events)]
struct Row {
    id: AuditEventId,
    at: At,
    actor_id: Option<AccountId>,
    client_id: Option<ApiClientId>,
    action: AsText<AuditAction>,
    object_kind: String,
    object_id: Option<RawId>,
    fields: Json<Vec<String>>,
    request_id: String,
}

impl From<Row> for AuditEvent {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            at: row.at.0,
            actor_id: row.actor_id,
            client_id: row.client_id,
            actor_name: None,
            action: row.action.0,
            object_kind: row.object_kind,
            object_id: row.object_id.map(|id| id.0),
            fields: row.fields.0,
            request_id: row.request_id,
        }
    }
}

/// Adds a line.
pub fn insert(conn: &mut Conn, tenant: TenantId, event: &AuditEvent) -> Result<()> {
    diesel::insert_into(audit_events::table)
        .values((
            audit_events::tenant_id.eq(tenant),
            audit_events::id.eq(event.id),
            audit_events::at.eq(At(event.at)),
            audit_events::actor_id.eq(event.actor_id),
            audit_events::client_id.eq(event.client_id),
            audit_events::action.eq(AsText(event.action)),
            audit_events::object_kind.eq(&event.object_kind),
            audit_events::object_id.eq(event.object_id.map(RawId)),
            audit_events::fields.eq(Json(event.fields.clone())),
            audit_events::request_id.eq(&event.request_id),
        ))
        .execute(conn)?;
    Ok(())
}

/// Lines, newest first, after a position. Ids are made in the order of time.
pub fn list(conn: &mut Conn, tenant: TenantId, filter: &AuditFilter, after: Option<&Position>, rows: i64) -> Result<Vec<AuditEvent>> {
    let mut query = audit_events::table.filter(audit_events::tenant_id.eq(tenant)).select(Row::as_select()).into_boxed();
    if let Some(actor) = filter.actor_id {
        query = query.filter(audit_events::actor_id.eq(actor));
    }
    if let Some(client) = filter.client_id {
        query = query.filter(audit_events::client_id.eq(client));
    }
    if let Some(action) = filter.action {
        query = query.filter(audit_events::action.eq(AsText(action)));
    }
    if let Some(kind) = &filter.object_kind {
        query = query.filter(audit_events::object_kind.eq(kind.clone()));
    }
    if let Some(object) = filter.object_id {
        query = query.filter(audit_events::object_id.eq(RawId(object)));
    }
    if let Some(from) = filter.from {
        query = query.filter(audit_events::at.ge(At(from)));
    }
    if let Some(before) = filter.before {
        query = query.filter(audit_events::at.lt(At(before)));
    }
    if let Some(after) = after {
        query = query.filter(audit_events::id.lt(after.raw_id()));
    }
    let rows = query.order(audit_events::id.desc()).limit(rows).load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Every line of what an account did or that tells of one of `objects`, newest first.
pub fn by_or_about(conn: &mut Conn, tenant: TenantId, account: AccountId, objects: Vec<uuid::Uuid>) -> Result<Vec<AuditEvent>> {
    let objects: Vec<RawId> = objects.into_iter().map(RawId).collect();
    let by = audit_events::actor_id.is_not_null().and(audit_events::actor_id.assume_not_null().eq(account));
    let about = audit_events::object_id.is_not_null().and(audit_events::object_id.assume_not_null().eq_any(objects));
    let rows = audit_events::table
        .filter(audit_events::tenant_id.eq(tenant))
        .filter(by.or(about))
        .select(Row::as_select())
        .order(audit_events::id.desc())
        .load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}
