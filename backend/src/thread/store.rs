//! Links as they lie in the tables, and the walk along them.

use crate::db::Conn;
use crate::db::schema::links;
use crate::db::types::{AsText, At, Instant, RawId, Uuid};
use crate::error::{OnUnique, Result};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use jiff::Timestamp;
use shared::subjects::{SubjectKind, SubjectRef};
use shared::thread::{LINKS_MAX, LinkKind};
use shared::{AccountId, TenantId, ThreadLinkId};

crate::sql_ids!(ThreadLinkId);

/// Steps in one direction.
const FARTHEST: i64 = 32;

/// A link as it is kept: which of the two comes first follows from the kind.
#[derive(Clone, Debug)]
pub struct Stored {
    pub id: ThreadLinkId,
    pub kind: LinkKind,
    pub earlier: SubjectRef,
    pub later: SubjectRef,
    pub created_at: Timestamp,
}

#[derive(Queryable, Selectable, QueryableByName)]
#[diesel(table_name = links)]
struct Row {
    #[diesel(sql_type = Uuid)]
    id: ThreadLinkId,
    #[diesel(sql_type = Text)]
    kind: AsText<LinkKind>,
    #[diesel(sql_type = Text)]
    earlier: AsText<SubjectKind>,
    #[diesel(sql_type = Uuid)]
    earlier_id: RawId,
    #[diesel(sql_type = Text)]
    later: AsText<SubjectKind>,
    #[diesel(sql_type = Uuid)]
    later_id: RawId,
    #[diesel(sql_type = Instant)]
    created_at: At,
}

impl From<Row> for Stored {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            kind: row.kind.0,
            earlier: SubjectRef::new(row.earlier.0, row.earlier_id.0),
            later: SubjectRef::new(row.later.0, row.later_id.0),
            created_at: row.created_at.0,
        }
    }
}

/// Every link on a way from the object back, and on a way on from it: one query. The steps are counted, so that it ends
/// whatever lies in the table.
const AROUND: &str = "
WITH RECURSIVE
back (kind, id, steps) AS (
    SELECT earlier, earlier_id, 1 FROM links WHERE tenant_id = $1 AND later = $2 AND later_id = $3
    UNION
    SELECT l.earlier, l.earlier_id, b.steps + 1 FROM links l
    JOIN back b ON l.later = b.kind AND l.later_id = b.id WHERE l.tenant_id = $1 AND b.steps < $4
),
onward (kind, id, steps) AS (
    SELECT later, later_id, 1 FROM links WHERE tenant_id = $1 AND earlier = $2 AND earlier_id = $3
    UNION
    SELECT l.later, l.later_id, o.steps + 1 FROM links l
    JOIN onward o ON l.earlier = o.kind AND l.earlier_id = o.id WHERE l.tenant_id = $1 AND o.steps < $4
)
SELECT id, kind, earlier, earlier_id, later, later_id, created_at FROM links l
WHERE l.tenant_id = $1 AND (
    (l.later = $2 AND l.later_id = $3) OR (l.earlier = $2 AND l.earlier_id = $3)
    OR EXISTS (SELECT 1 FROM back b WHERE b.kind = l.later AND b.id = l.later_id)
    OR EXISTS (SELECT 1 FROM onward o WHERE o.kind = l.earlier AND o.id = l.earlier_id)
)
ORDER BY l.id LIMIT $5";

/// The links of an object's thread, oldest first.
pub fn around(conn: &mut Conn, tenant: TenantId, at: SubjectRef) -> Result<Vec<Stored>> {
    let query = diesel::sql_query(AROUND)
        .bind::<Uuid, _>(tenant)
        .bind::<Text, _>(at.kind.as_str())
        .bind::<Uuid, _>(RawId(at.id))
        .bind::<BigInt, _>(FARTHEST)
        .bind::<BigInt, _>(LINKS_MAX as i64);
    Ok(query.load::<Row>(conn)?.into_iter().map(Into::into).collect())
}

/// Whether one object comes before another one, by whatever way.
pub fn is_before(conn: &mut Conn, tenant: TenantId, first: SubjectRef, second: SubjectRef) -> Result<bool> {
    // As far as there are links: a circle is refused however long it would be.
    let query = diesel::sql_query(
        "WITH RECURSIVE onward (kind, id) AS (
            SELECT later, later_id FROM links WHERE tenant_id = $1 AND earlier = $2 AND earlier_id = $3
            UNION
            SELECT l.later, l.later_id FROM links l
            JOIN onward o ON l.earlier = o.kind AND l.earlier_id = o.id WHERE l.tenant_id = $1
        ) SELECT COUNT(*) AS count FROM onward WHERE kind = $4 AND id = $5",
    );
    let query = query
        .bind::<Uuid, _>(tenant)
        .bind::<Text, _>(first.kind.as_str())
        .bind::<Uuid, _>(RawId(first.id))
        .bind::<Text, _>(second.kind.as_str())
        .bind::<Uuid, _>(RawId(second.id));
    Ok(query.get_result::<Count>(conn)?.count > 0)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// One link.
pub fn find(conn: &mut Conn, tenant: TenantId, id: ThreadLinkId) -> Result<Option<Stored>> {
    let row = links::table.find((tenant, id)).select(Row::as_select()).first::<Row>(conn).optional()?;
    Ok(row.map(Into::into))
}

/// Adds a link; there is no other of its kind between the two.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Stored, by: Option<AccountId>) -> Result<()> {
    diesel::insert_into(links::table)
        .values((
            links::tenant_id.eq(tenant),
            links::id.eq(new.id),
            links::kind.eq(AsText(new.kind)),
            links::earlier.eq(AsText(new.earlier.kind)),
            links::earlier_id.eq(RawId(new.earlier.id)),
            links::later.eq(AsText(new.later.kind)),
            links::later_id.eq(RawId(new.later.id)),
            links::created_by.eq(by),
            links::created_at.eq(At(new.created_at)),
        ))
        .execute(conn)
        .on_unique("links_kind", "/other_id")?;
    Ok(())
}

/// Takes a link away.
pub fn delete(conn: &mut Conn, tenant: TenantId, id: ThreadLinkId) -> Result<()> {
    diesel::delete(links::table.find((tenant, id))).execute(conn)?;
    Ok(())
}

/// Takes every link of an object away.
pub fn forget(conn: &mut Conn, tenant: TenantId, at: SubjectRef) -> Result<()> {
    let (kind, id) = (AsText(at.kind), RawId(at.id));
    let own = links::table.filter(links::tenant_id.eq(tenant));
    diesel::delete(own.filter(links::earlier.eq(kind)).filter(links::earlier_id.eq(id))).execute(conn)?;
    diesel::delete(own.filter(links::later.eq(kind)).filter(links::later_id.eq(id))).execute(conn)?;
    Ok(())
}
