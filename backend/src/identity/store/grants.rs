//! Grants as they lie in the tables, and whether what they are over is there.

use crate::db::Conn;
use crate::db::schema::{accounts, editions, grants, programmes};
use crate::db::types::{AsText, At, RawId};
use crate::error::{Error, Result};
use crate::http::cursor::Slice;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::identity::{AccountStatus, Grant};
use shared::policy::{Role, Scope};
use shared::{AccountId, EditionId, GrantId, ProgrammeId, TenantId};

crate::sql_ids!(GrantId);

#[derive(Queryable, Selectable)]
#[diesel(table_name = grants)]
struct Row {
    id: GrantId,
    version: i64,
    account_id: AccountId,
    role: AsText<Role>,
    scope_kind: String,
    scope_id: Option<RawId>,
    valid_from: At,
    valid_to: Option<At>,
    granted_by: Option<AccountId>,
    created_at: At,
}

impl TryFrom<Row> for Grant {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let scope = Scope::from_parts(&row.scope_kind, row.scope_id.map(|id| id.0));
        Ok(Self {
            id: row.id,
            version: row.version,
            account_id: row.account_id,
            role: row.role.0,
            scope: scope.ok_or_else(|| Error::Internal(format!("grant {} over {}", row.id, row.scope_kind)))?,
            valid_from: row.valid_from.0,
            valid_to: row.valid_to.map(|at| at.0),
            granted_by: row.granted_by,
            created_at: row.created_at.0,
        })
    }
}

/// One grant.
pub fn find(conn: &mut Conn, tenant: TenantId, id: GrantId) -> Result<Option<Grant>> {
    let row = grants::table.find((tenant, id)).select(Row::as_select()).first::<Row>(conn).optional()?;
    row.map(TryInto::try_into).transpose()
}

/// Which grants a reader may see, when not all.
pub struct Sight {
    /// One's own.
    pub account: AccountId,
    /// Those over these organisations, units, programmes and editions.
    pub scopes: Vec<uuid::Uuid>,
}

/// Grants as they were made, after a position; of one account when told.
pub fn list(conn: &mut Conn, tenant: TenantId, account: Option<AccountId>, sight: Option<Sight>, slice: &Slice) -> Result<Vec<Grant>> {
    let mut query = grants::table.filter(grants::tenant_id.eq(tenant)).select(Row::as_select()).into_boxed();
    if let Some(account) = account {
        query = query.filter(grants::account_id.eq(account));
    }
    if let Some(sight) = sight {
        let scopes: Vec<RawId> = sight.scopes.into_iter().map(RawId).collect();
        let over_these = grants::scope_id.is_not_null().and(grants::scope_id.assume_not_null().eq_any(scopes));
        query = query.filter(grants::account_id.eq(sight.account).or(over_these));
    }
    if let Some(after) = &slice.after {
        query = query.filter(grants::id.gt(after.raw_id()));
    }
    let rows = query.order(grants::id.asc()).limit(slice.rows()).load::<Row>(conn)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Every grant that an account has or had.
pub fn of_account(conn: &mut Conn, tenant: TenantId, account: AccountId) -> Result<Vec<Grant>> {
    let own = grants::table.filter(grants::tenant_id.eq(tenant)).filter(grants::account_id.eq(account));
    let rows = own.select(Row::as_select()).order(grants::id.asc()).load::<Row>(conn)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Adds a grant.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Grant) -> Result<()> {
    diesel::insert_into(grants::table)
        .values((
            grants::tenant_id.eq(tenant),
            grants::id.eq(new.id),
            grants::version.eq(new.version),
            grants::account_id.eq(new.account_id),
            grants::role.eq(AsText(new.role)),
            grants::scope_kind.eq(new.scope.kind()),
            grants::scope_id.eq(new.scope.id().map(RawId)),
            grants::valid_from.eq(At(new.valid_from)),
            grants::valid_to.eq(new.valid_to.map(At)),
            grants::granted_by.eq(new.granted_by),
            grants::created_at.eq(At(new.created_at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends a grant.
pub fn end(conn: &mut Conn, tenant: TenantId, id: GrantId, version: i64, at: Timestamp) -> Result<()> {
    diesel::update(grants::table.find((tenant, id))).set((grants::version.eq(version), grants::valid_to.eq(At(at)))).execute(conn)?;
    Ok(())
}

/// Whether any grant over this scope is in force or will be.
pub fn any_open(conn: &mut Conn, tenant: TenantId, scope: Scope, now: Timestamp) -> Result<bool> {
    let over_it = grants::table.filter(grants::tenant_id.eq(tenant)).filter(grants::scope_id.eq(scope.id().map(RawId)));
    let open = over_it.filter(grants::valid_to.is_null().or(grants::valid_to.gt(At(now))));
    Ok(open.select(grants::version).first::<i64>(conn).optional()?.is_some())
}

/// The grants that make somebody an administrator now, with whom.
pub fn administrators(conn: &mut Conn, tenant: TenantId, now: Timestamp) -> Result<Vec<(GrantId, AccountId, bool)>> {
    let same_account = accounts::tenant_id.eq(grants::tenant_id).and(accounts::id.eq(grants::account_id));
    let rows = grants::table
        .inner_join(accounts::table.on(same_account))
        .filter(grants::tenant_id.eq(tenant))
        .filter(grants::role.eq(AsText(Role::Administrator)))
        .filter(grants::scope_kind.eq("tenant"))
        .filter(grants::valid_from.le(At(now)))
        .filter(grants::valid_to.is_null().or(grants::valid_to.gt(At(now))))
        .filter(accounts::status.eq(AsText(AccountStatus::Active)))
        .select((grants::id, grants::account_id, grants::valid_to))
        .load::<(GrantId, AccountId, Option<At>)>(conn)?;
    Ok(rows.into_iter().map(|(grant, account, end)| (grant, account, end.is_none())).collect())
}

/// Whether the tenant has this programme.
pub fn has_programme(conn: &mut Conn, tenant: TenantId, id: ProgrammeId) -> Result<bool> {
    let found = programmes::table.find((tenant, RawId(id.0))).select(programmes::version).first::<i64>(conn).optional()?;
    Ok(found.is_some())
}

/// The programme of an edition of the tenant.
pub fn programme_of(conn: &mut Conn, tenant: TenantId, id: EditionId) -> Result<Option<ProgrammeId>> {
    let found = editions::table.find((tenant, RawId(id.0))).select(editions::programme_id).first::<RawId>(conn).optional()?;
    Ok(found.map(|id| ProgrammeId(id.0)))
}

/// The editions of a programme.
pub fn editions_of(conn: &mut Conn, tenant: TenantId, id: ProgrammeId) -> Result<Vec<uuid::Uuid>> {
    let of_programme = editions::table.filter(editions::tenant_id.eq(tenant)).filter(editions::programme_id.eq(RawId(id.0)));
    Ok(of_programme.select(editions::id).load::<RawId>(conn)?.into_iter().map(|id| id.0).collect())
}
