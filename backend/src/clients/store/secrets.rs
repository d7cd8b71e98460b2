//! Secrets as they lie in the tables: as hashes.

use crate::db::Conn;
use crate::db::schema::api_client_secrets as secrets;
use crate::db::types::At;
use crate::error::Result;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::clients::ApiClientSecret;
use shared::{ApiClientId, ApiClientSecretId, TenantId};

crate::sql_ids!(ApiClientSecretId);

/// A secret as it is stored.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = secrets)]
pub struct Row {
    pub id: ApiClientSecretId,
    pub client_id: ApiClientId,
    pub secret_hash: Vec<u8>,
    pub created_at: At,
    pub expires_at: At,
    pub last_used_at: Option<At>,
    pub revoked_at: Option<At>,
}

impl Row {
    /// Neither revoked nor expired.
    pub fn is_alive(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at.0
    }
}

impl From<Row> for ApiClientSecret {
    fn from(row: Row) -> Self {
        Self { id: row.id, created_at: row.created_at.0, expires_at: row.expires_at.0, last_used_at: row.last_used_at.map(|at| at.0) }
    }
}

/// One secret.
pub fn find(conn: &mut Conn, tenant: TenantId, id: ApiClientSecretId) -> Result<Option<Row>> {
    Ok(secrets::table.find((tenant, id)).select(Row::as_select()).first(conn).optional()?)
}

/// The secret with this hash.
pub fn by_hash(conn: &mut Conn, tenant: TenantId, hash: &[u8]) -> Result<Option<Row>> {
    let own = secrets::table.filter(secrets::tenant_id.eq(tenant)).filter(secrets::secret_hash.eq(hash));
    Ok(own.select(Row::as_select()).first(conn).optional()?)
}

/// The secrets of some clients that have not been revoked, newest first.
pub fn unrevoked(conn: &mut Conn, tenant: TenantId, clients: Vec<ApiClientId>) -> Result<Vec<Row>> {
    let own = secrets::table.filter(secrets::tenant_id.eq(tenant)).filter(secrets::client_id.eq_any(clients));
    Ok(own.filter(secrets::revoked_at.is_null()).order(secrets::id.desc()).select(Row::as_select()).load(conn)?)
}

/// Adds a secret.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Row) -> Result<()> {
    diesel::insert_into(secrets::table)
        .values((
            secrets::tenant_id.eq(tenant),
            secrets::id.eq(new.id),
            secrets::client_id.eq(new.client_id),
            secrets::secret_hash.eq(&new.secret_hash),
            secrets::created_at.eq(new.created_at),
            secrets::expires_at.eq(new.expires_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends a secret.
pub fn revoke(conn: &mut Conn, tenant: TenantId, id: ApiClientSecretId, now: Timestamp) -> Result<()> {
    diesel::update(secrets::table.find((tenant, id))).set(secrets::revoked_at.eq(At(now))).execute(conn)?;
    Ok(())
}

/// Remembers that it was used.
pub fn touch(conn: &mut Conn, tenant: TenantId, id: ApiClientSecretId, now: Timestamp) -> Result<()> {
    diesel::update(secrets::table.find((tenant, id))).set(secrets::last_used_at.eq(At(now))).execute(conn)?;
    Ok(())
}
