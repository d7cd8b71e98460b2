//! Taking feedback in from anyone, and marking it answered.

use super::store;
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::cursor::{Position, Slice};
use crate::http::preconditions::IfMatch;
use crate::keys::Keys;
use crate::policy::Actor;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use shared::accessibility::{ANSWER_DAYS, AccessibilityFeedback, AccessibilityReceipt, NewAccessibilityFeedback};
use shared::audit::AuditAction;
use shared::page::{Page, Paging};
use shared::policy::{Permission, Target};
use shared::problem::ProblemCode;
use shared::{AccessibilityFeedbackId, TenantId};

/// Takes a message in, and says when it is answered at the latest.
pub fn send(
    conn: &mut Conn,
    tenant: TenantId,
    now: Timestamp,
    request_id: &str,
    new: &NewAccessibilityFeedback,
) -> Result<AccessibilityReceipt> {
    let message = AccessibilityFeedback {
        id: AccessibilityFeedbackId::new(),
        version: 1,
        message: new.message.clone(),
        email: new.email.clone(),
        lang: new.lang,
        created_at: now,
        answer_due_on: due_on(now)?,
        answered_at: None,
    };
    store::insert(conn, tenant, &message)?;
    audit::record_for(conn, tenant, None, now, request_id, Entry::new(AuditAction::Created, "accessibility_feedback", message.id.0))?;
    Ok(AccessibilityReceipt { id: message.id, answer_due_on: message.answer_due_on })
}

/// The last day for the answer, in Finland.
fn due_on(sent: Timestamp) -> Result<Date> {
    let day = shared::format::day_of(sent).checked_add(ANSWER_DAYS.days());
    day.map_err(|error| Error::Internal(format!("the day of the answer: {error}")))
}

/// Messages, newest first.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, paging: &Paging) -> Result<Page<AccessibilityFeedback>> {
    actor.require(Permission::ManageAccessibilityFeedback, &Target::Tenant)?;
    let slice = Slice::new(keys, actor.tenant, "accessibility-feedback", paging.cursor.as_deref(), paging.limit)?;
    let items = store::list(conn, actor.tenant, slice.after.as_ref(), slice.rows())?;
    slice.page(keys, items, |item| Position { key: String::new(), id: item.id.0 })
}

/// One message.
pub fn get(conn: &mut Conn, actor: &Actor, id: AccessibilityFeedbackId) -> Result<AccessibilityFeedback> {
    actor.require(Permission::ManageAccessibilityFeedback, &Target::Tenant)?;
    store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)
}

/// Marks a message as answered; the answer itself has gone by mail.
pub fn answer(conn: &mut Conn, actor: &Actor, id: AccessibilityFeedbackId, expected: IfMatch) -> Result<AccessibilityFeedback> {
    let current = get(conn, actor, id)?;
    expected.check(current.version)?;
    if current.answered_at.is_some() {
        return Err(Error::of(ProblemCode::Conflict));
    }
    let answered = AccessibilityFeedback { version: current.version + 1, answered_at: Some(actor.now), ..current };
    store::mark_answered(conn, actor.tenant, id, answered.version, actor.now)?;
    audit::record(conn, actor, Entry::new(AuditAction::Answered, "accessibility_feedback", id.0).fields(vec!["answered_at".to_owned()]))?;
    Ok(answered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_answer_is_due_fourteen_finnish_days_later() {
        // 22.30 UTC is already the next day in Finland; the clock change in between does not matter.
        let sent: Timestamp = "2026-03-20T22:30:00Z".parse().expect("an instant");
        assert_eq!(due_on(sent).ok(), Some(date(2026, 4, 4)));
    }
}
