//! Projects of an edition as they lie in the tables.

use crate::db::Conn;
use crate::db::schema::projects;
use crate::db::types::{AsText, At};
use crate::error::Result;
use crate::http::cursor::Position;
use diesel::prelude::*;
use shared::training::{Project, ProjectStage};
use shared::{EditionId, GroupId, Lang, ProjectId, TenantId};

#[derive(Queryable, Selectable)]
#[diesel(table_name = projects)]
struct Row {
    id: ProjectId,
    version: i64,
    edition_id: EditionId,
    group_id: Option<GroupId>,
    title: String,
    lang: AsText<Lang>,
    stage: AsText<ProjectStage>,
    created_at: At,
    updated_at: At,
}

impl From<Row> for Project {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            version: row.version,
            edition_id: row.edition_id,
            group_id: row.group_id,
            title: row.title,
            lang: row.lang.0,
            stage: row.stage.0,
            created_at: row.created_at.0,
            updated_at: row.updated_at.0,
        }
    }
}

/// Projects of an edition, oldest first, after a position.
pub fn list(conn: &mut Conn, tenant: TenantId, edition: EditionId, after: Option<&Position>, rows: i64) -> Result<Vec<Project>> {
    let own = projects::table.filter(projects::tenant_id.eq(tenant)).filter(projects::edition_id.eq(edition));
    let mut query = own.select(Row::as_select()).into_boxed();
    if let Some(after) = after {
        query = query.filter(projects::id.gt(after.raw_id()));
    }
    let rows = query.order(projects::id.asc()).limit(rows).load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Adds a project.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Project) -> Result<()> {
    diesel::insert_into(projects::table)
        .values((
            projects::tenant_id.eq(tenant),
            projects::id.eq(new.id),
            projects::version.eq(new.version),
            projects::edition_id.eq(new.edition_id),
            projects::group_id.eq(new.group_id),
            projects::title.eq(&new.title),
            projects::lang.eq(AsText(new.lang)),
            projects::stage.eq(AsText(new.stage)),
            projects::created_at.eq(At(new.created_at)),
            projects::updated_at.eq(At(new.updated_at)),
        ))
        .execute(conn)?;
    Ok(())
}
