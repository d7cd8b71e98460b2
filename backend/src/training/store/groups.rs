//! Groups as they lie in the tables.

use crate::db::schema::{edition_groups as groups, enrolments, projects};
use crate::db::types::{AsText, At};
use crate::db::{Conn, fold};
use crate::error::{OnUnique, Result};
use crate::http::cursor::Position;
use diesel::prelude::*;
use shared::training::Group;
use shared::{EditionId, GroupId, Lang, TenantId};

#[derive(Queryable, Selectable)]
#[diesel(table_name = groups)]
struct Row {
    id: GroupId,
    version: i64,
    edition_id: EditionId,
    name: String,
    lang: AsText<Lang>,
    created_at: At,
    updated_at: At,
}

impl From<Row> for Group {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            version: row.version,
            edition_id: row.edition_id,
            name: row.name,
            lang: row.lang.0,
            created_at: row.created_at.0,
            updated_at: row.updated_at.0,
        }
    }
}

/// One group.
pub fn find(conn: &mut Conn, tenant: TenantId, id: GroupId) -> Result<Option<Group>> {
    let row = groups::table.find((tenant, id)).select(Row::as_select()).first::<Row>(conn).optional()?;
    Ok(row.map(Into::into))
}

/// Those of some groups that there are.
pub fn some(conn: &mut Conn, tenant: TenantId, ids: &[GroupId]) -> Result<Vec<Group>> {
    let own = groups::table.filter(groups::tenant_id.eq(tenant)).filter(groups::id.eq_any(ids.to_vec()));
    Ok(own.select(Row::as_select()).load::<Row>(conn)?.into_iter().map(Into::into).collect())
}

/// Groups of an edition by name, after a position.
pub fn list(conn: &mut Conn, tenant: TenantId, edition: EditionId, after: Option<&Position>, rows: i64) -> Result<Vec<Group>> {
    let own = groups::table.filter(groups::tenant_id.eq(tenant)).filter(groups::edition_id.eq(edition));
    let mut query = own.select(Row::as_select()).into_boxed();
    if let Some(after) = after {
        query = crate::from_position!(query, groups::name_fold > after.key.clone(), groups::id > after.raw_id());
    }
    let rows = query.order((groups::name_fold.asc(), groups::id.asc())).limit(rows).load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Adds a group; its name is free in the edition.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Group) -> Result<()> {
    diesel::insert_into(groups::table)
        .values((
            groups::tenant_id.eq(tenant),
            groups::id.eq(new.id),
            groups::version.eq(new.version),
            groups::edition_id.eq(new.edition_id),
            groups::name.eq(&new.name),
            groups::name_fold.eq(fold(&new.name)),
            groups::lang.eq(AsText(new.lang)),
            groups::created_at.eq(At(new.created_at)),
            groups::updated_at.eq(At(new.updated_at)),
        ))
        .execute(conn)
        .on_unique("edition_groups_name_fold", "/name")?;
    Ok(())
}

/// Writes the present state of a group.
pub fn update(conn: &mut Conn, tenant: TenantId, changed: &Group) -> Result<()> {
    diesel::update(groups::table.find((tenant, changed.id)))
        .set((
            groups::version.eq(changed.version),
            groups::name.eq(&changed.name),
            groups::name_fold.eq(fold(&changed.name)),
            groups::lang.eq(AsText(changed.lang)),
            groups::updated_at.eq(At(changed.updated_at)),
        ))
        .execute(conn)
        .on_unique("edition_groups_name_fold", "/name")?;
    Ok(())
}

/// Whether anyone is in the group, or a project is the group's.
pub fn is_used(conn: &mut Conn, tenant: TenantId, id: GroupId) -> Result<bool> {
    let members = enrolments::table.filter(enrolments::tenant_id.eq(tenant)).filter(enrolments::group_id.eq(id));
    let own = projects::table.filter(projects::tenant_id.eq(tenant)).filter(projects::group_id.eq(id));
    Ok(members.count().get_result::<i64>(conn)? > 0 || own.count().get_result::<i64>(conn)? > 0)
}

/// Takes a group away.
pub fn delete(conn: &mut Conn, tenant: TenantId, id: GroupId) -> Result<()> {
    diesel::delete(groups::table.find((tenant, id))).execute(conn)?;
    Ok(())
}
