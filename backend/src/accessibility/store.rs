//! Feedback as it lies in the tables.

use crate::db::Conn;
use crate::db::schema::accessibility_feedback as feedback;
use crate::db::types::{AsText, At};
use crate::error::Result;
use crate::http::cursor::Position;
use diesel::prelude::*;
use jiff::Timestamp;
use jiff::civil::Date;
use shared::accessibility::AccessibilityFeedback;
use shared::{AccessibilityFeedbackId, Lang, TenantId};

crate::sql_ids!(AccessibilityFeedbackId);

#[derive(Queryable, Selectable)]
#[diesel(table_name = feedback)]
struct Row {
    id: AccessibilityFeedbackId,
    version: i64,
    message: String,
    email: Option<String>,
    lang: AsText<Lang>,
    created_at: At,
    answer_due_on: AsText<Date>,
    answered_at: Option<At>,
}

impl From<Row> for AccessibilityFeedback {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            version: row.version,
            message: row.message,
            email: row.email,
            lang: row.lang.0,
            created_at: row.created_at.0,
            answer_due_on: row.answer_due_on.0,
            answered_at: row.answered_at.map(|at| at.0),
        }
    }
}

/// One message.
pub fn find(conn: &mut Conn, tenant: TenantId, id: AccessibilityFeedbackId) -> Result<Option<AccessibilityFeedback>> {
    let row = feedback::table.find((tenant, id)).select(Row::as_select()).first::<Row>(conn).optional()?;
    Ok(row.map(Into::into))
}

/// Messages, newest first, after a position.
pub fn list(conn: &mut Conn, tenant: TenantId, after: Option<&Position>, rows: i64) -> Result<Vec<AccessibilityFeedback>> {
    let mut query = feedback::table.filter(feedback::tenant_id.eq(tenant)).select(Row::as_select()).into_boxed();
    if let Some(after) = after {
        query = query.filter(feedback::id.lt(after.raw_id()));
    }
    let rows = query.order(feedback::id.desc()).limit(rows).load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Adds a message.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &AccessibilityFeedback) -> Result<()> {
    diesel::insert_into(feedback::table)
        .values((
            feedback::tenant_id.eq(tenant),
            feedback::id.eq(new.id),
            feedback::version.eq(new.version),
            feedback::message.eq(&new.message),
            feedback::email.eq(new.email.as_ref()),
            feedback::lang.eq(AsText(new.lang)),
            feedback::created_at.eq(At(new.created_at)),
            feedback::answer_due_on.eq(AsText(new.answer_due_on)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Marks a message as answered.
pub fn mark_answered(conn: &mut Conn, tenant: TenantId, id: AccessibilityFeedbackId, version: i64, at: Timestamp) -> Result<()> {
    diesel::update(feedback::table.find((tenant, id)))
        .set((feedback::version.eq(version), feedback::answered_at.eq(At(at))))
        .execute(conn)?;
    Ok(())
}
