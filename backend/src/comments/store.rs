//! Comments as they lie in the tables.

use crate::db::Conn;
use crate::db::schema::{comment_versions as versions, comments};
use crate::db::types::{AsText, At, RawId};
use crate::error::Result;
use crate::http::cursor::Position;
use diesel::dsl::count_star;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::comments::CommentVersion;
use shared::subjects::{SubjectKind, SubjectRef};
use shared::{AccountId, CommentId, Lang, TenantId};
use std::collections::HashMap;
use uuid::Uuid;

crate::sql_ids!(CommentId);

/// A comment as it is kept: without names.
#[derive(Clone, Debug)]
pub struct Stored {
    pub id: CommentId,
    pub version: i64,
    pub at: SubjectRef,
    pub author_id: AccountId,
    pub text: Option<String>,
    pub lang: Lang,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub deleted_at: Option<Timestamp>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = comments)]
struct Row {
    id: CommentId,
    version: i64,
    subject: AsText<SubjectKind>,
    subject_id: RawId,
    author_id: AccountId,
    text: Option<String>,
    lang: AsText<Lang>,
    created_at: At,
    edited_at: Option<At>,
    deleted_at: Option<At>,
}

impl From<Row> for Stored {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            version: row.version,
            at: SubjectRef::new(row.subject.0, row.subject_id.0),
            author_id: row.author_id,
            text: row.text,
            lang: row.lang.0,
            created_at: row.created_at.0,
            edited_at: row.edited_at.map(|at| at.0),
            deleted_at: row.deleted_at.map(|at| at.0),
        }
    }
}

/// One comment.
pub fn find(conn: &mut Conn, tenant: TenantId, id: CommentId) -> Result<Option<Stored>> {
    let row = comments::table.find((tenant, id)).select(Row::as_select()).first::<Row>(conn).optional()?;
    Ok(row.map(Into::into))
}

/// Comments beside an object, oldest first, after a position.
pub fn list(conn: &mut Conn, tenant: TenantId, at: SubjectRef, after: Option<&Position>, rows: i64) -> Result<Vec<Stored>> {
    let own = comments::table
        .filter(comments::tenant_id.eq(tenant))
        .filter(comments::subject.eq(AsText(at.kind)))
        .filter(comments::subject_id.eq(RawId(at.id)));
    let mut query = own.select(Row::as_select()).into_boxed();
    if let Some(after) = after {
        query = query.filter(comments::id.gt(after.raw_id()));
    }
    let rows = query.order(comments::id.asc()).limit(rows).load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Everything by one author, oldest first.
pub fn by_author(conn: &mut Conn, tenant: TenantId, author: AccountId) -> Result<Vec<Stored>> {
    let own = comments::table.filter(comments::tenant_id.eq(tenant)).filter(comments::author_id.eq(author));
    let rows = own.select(Row::as_select()).order(comments::id.asc()).load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// How many that still say something stand beside each of some objects.
pub fn counts(conn: &mut Conn, tenant: TenantId, kind: SubjectKind, ids: &[Uuid]) -> Result<HashMap<Uuid, i64>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let of_objects = comments::table
        .filter(comments::tenant_id.eq(tenant))
        .filter(comments::subject.eq(AsText(kind)))
        .filter(comments::subject_id.eq_any(ids.iter().copied().map(RawId).collect::<Vec<_>>()))
        .filter(comments::deleted_at.is_null());
    let rows = of_objects.group_by(comments::subject_id).select((comments::subject_id, count_star())).load::<(RawId, i64)>(conn)?;
    Ok(rows.into_iter().map(|(id, count)| (id.0, count)).collect())
}

/// Adds a comment.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Stored) -> Result<()> {
    diesel::insert_into(comments::table)
        .values((
            comments::tenant_id.eq(tenant),
            comments::id.eq(new.id),
            comments::version.eq(new.version),
            comments::subject.eq(AsText(new.at.kind)),
            comments::subject_id.eq(RawId(new.at.id)),
            comments::author_id.eq(new.author_id),
            comments::text.eq(new.text.as_ref()),
            comments::lang.eq(AsText(new.lang)),
            comments::created_at.eq(At(new.created_at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes the present state of a comment.
pub fn update(conn: &mut Conn, tenant: TenantId, changed: &Stored) -> Result<()> {
    diesel::update(comments::table.find((tenant, changed.id)))
        .set((
            comments::version.eq(changed.version),
            comments::text.eq(changed.text.as_ref()),
            comments::lang.eq(AsText(changed.lang)),
            comments::edited_at.eq(changed.edited_at.map(At)),
            comments::deleted_at.eq(changed.deleted_at.map(At)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Keeps what a comment said.
pub fn keep(conn: &mut Conn, tenant: TenantId, id: CommentId, former: &CommentVersion) -> Result<()> {
    diesel::insert_into(versions::table)
        .values((
            versions::tenant_id.eq(tenant),
            versions::comment_id.eq(id),
            versions::version.eq(former.version),
            versions::text.eq(&former.text),
            versions::lang.eq(AsText(former.lang)),
            versions::written_at.eq(At(former.written_at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// What a comment said before a version, newest first.
pub fn versions(conn: &mut Conn, tenant: TenantId, id: CommentId, before: Option<i64>, rows: i64) -> Result<Vec<CommentVersion>> {
    let own = versions::table
        .filter(versions::tenant_id.eq(tenant))
        .filter(versions::comment_id.eq(id))
        .filter(versions::version.lt(before.unwrap_or(i64::MAX)));
    let columns = (versions::version, versions::text, versions::lang, versions::written_at);
    let rows = own.order(versions::version.desc()).limit(rows).select(columns).load::<(i64, String, AsText<Lang>, At)>(conn)?;
    let version =
        |(version, text, lang, at): (i64, String, AsText<Lang>, At)| CommentVersion { version, text, lang: lang.0, written_at: at.0 };
    Ok(rows.into_iter().map(version).collect())
}

/// Forgets what comments said before.
pub fn forget_versions(conn: &mut Conn, tenant: TenantId, ids: &[CommentId]) -> Result<()> {
    let own = versions::table.filter(versions::tenant_id.eq(tenant)).filter(versions::comment_id.eq_any(ids.to_vec()));
    diesel::delete(own).execute(conn)?;
    Ok(())
}

/// Forgets all comments beside an object.
pub fn forget(conn: &mut Conn, tenant: TenantId, at: SubjectRef) -> Result<()> {
    let own = comments::table
        .filter(comments::tenant_id.eq(tenant))
        .filter(comments::subject.eq(AsText(at.kind)))
        .filter(comments::subject_id.eq(RawId(at.id)));
    let ids = own.select(comments::id).load::<CommentId>(conn)?;
    // A statement takes only so many values.
    for ids in ids.chunks(500) {
        forget_versions(conn, tenant, ids)?;
    }
    diesel::delete(own).execute(conn)?;
    Ok(())
}
