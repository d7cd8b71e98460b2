//! Clients as they lie in the tables.

use crate::db::schema::api_clients;
use crate::db::types::{At, Json};
use crate::db::{Conn, fold};
use crate::error::{OnUnique, Result};
use crate::http::cursor::Position;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::clients::ApiClientStatus;
use shared::policy::ApiScope;
use shared::{AccountId, ApiClientId, OrganisationId, TenantId};
use std::collections::HashMap;

crate::sql_ids!(ApiClientId);

/// A client as it is stored.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = api_clients)]
pub struct Row {
    pub id: ApiClientId,
    pub version: i64,
    pub organisation_id: OrganisationId,
    pub name: String,
    pub purpose: String,
    pub contact_email: String,
    pub scopes: Json<Vec<ApiScope>>,
    pub valid_to: Option<At>,
    pub deactivated_at: Option<At>,
    pub last_used_at: Option<At>,
    pub created_by: Option<AccountId>,
    pub created_at: At,
    pub updated_at: At,
}

impl Row {
    /// Whether it can be used at an instant.
    pub fn status(&self, now: Timestamp) -> ApiClientStatus {
        match self.valid_to {
            _ if self.deactivated_at.is_some() => ApiClientStatus::Deactivated,
            Some(end) if end.0 <= now => ApiClientStatus::Expired,
            _ => ApiClientStatus::Active,
        }
    }
}

/// One client.
pub fn find(conn: &mut Conn, tenant: TenantId, id: ApiClientId) -> Result<Option<Row>> {
    Ok(api_clients::table.find((tenant, id)).select(Row::as_select()).first(conn).optional()?)
}

/// Clients by name, after a position.
pub fn list(conn: &mut Conn, tenant: TenantId, after: Option<&Position>, rows: i64) -> Result<Vec<Row>> {
    let mut query = api_clients::table.filter(api_clients::tenant_id.eq(tenant)).select(Row::as_select()).into_boxed();
    if let Some(after) = after {
        query = crate::from_position!(query, api_clients::name_fold > after.key.clone(), api_clients::id > after.raw_id());
    }
    Ok(query.order((api_clients::name_fold.asc(), api_clients::id.asc())).limit(rows).load(conn)?)
}

/// How many clients have not been taken out of use.
pub fn count_in_use(conn: &mut Conn, tenant: TenantId) -> Result<i64> {
    let in_use = api_clients::table.filter(api_clients::tenant_id.eq(tenant)).filter(api_clients::deactivated_at.is_null());
    Ok(in_use.count().get_result(conn)?)
}

/// Whether any client acts, or has acted, for an organisation.
pub fn any_of(conn: &mut Conn, tenant: TenantId, organisation: OrganisationId) -> Result<bool> {
    let own = api_clients::table.filter(api_clients::tenant_id.eq(tenant)).filter(api_clients::organisation_id.eq(organisation));
    Ok(own.select(api_clients::version).first::<i64>(conn).optional()?.is_some())
}

/// The names of some clients.
pub fn names(conn: &mut Conn, tenant: TenantId, ids: Vec<ApiClientId>) -> Result<HashMap<ApiClientId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let named = api_clients::table.filter(api_clients::tenant_id.eq(tenant)).filter(api_clients::id.eq_any(ids));
    Ok(named.select((api_clients::id, api_clients::name)).load::<(ApiClientId, String)>(conn)?.into_iter().collect())
}

/// Adds a client; its name is not taken.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Row) -> Result<()> {
    diesel::insert_into(api_clients::table)
        .values((
            api_clients::tenant_id.eq(tenant),
            api_clients::id.eq(new.id),
            api_clients::version.eq(new.version),
            api_clients::organisation_id.eq(new.organisation_id),
            api_clients::name.eq(&new.name),
            api_clients::name_fold.eq(fold(&new.name)),
            api_clients::purpose.eq(&new.purpose),
            api_clients::contact_email.eq(&new.contact_email),
            api_clients::scopes.eq(&new.scopes),
            api_clients::valid_to.eq(new.valid_to),
            api_clients::created_by.eq(new.created_by),
            api_clients::created_at.eq(new.created_at),
            api_clients::updated_at.eq(new.updated_at),
        ))
        .execute(conn)
        .on_unique("api_clients_name_fold", "/name")?;
    Ok(())
}

/// Writes the present state of a client, all but when it was used.
pub fn update(conn: &mut Conn, tenant: TenantId, changed: &Row) -> Result<()> {
    diesel::update(api_clients::table.find((tenant, changed.id)))
        .set((
            api_clients::version.eq(changed.version),
            api_clients::name.eq(&changed.name),
            api_clients::name_fold.eq(fold(&changed.name)),
            api_clients::purpose.eq(&changed.purpose),
            api_clients::contact_email.eq(&changed.contact_email),
            api_clients::scopes.eq(&changed.scopes),
            api_clients::valid_to.eq(changed.valid_to),
            api_clients::deactivated_at.eq(changed.deactivated_at),
            api_clients::updated_at.eq(changed.updated_at),
        ))
        .execute(conn)
        .on_unique("api_clients_name_fold", "/name")?;
    Ok(())
}

/// Remembers that it was used.
pub fn touch(conn: &mut Conn, tenant: TenantId, id: ApiClientId, now: Timestamp) -> Result<()> {
    diesel::update(api_clients::table.find((tenant, id))).set(api_clients::last_used_at.eq(At(now))).execute(conn)?;
    Ok(())
}
