//! One's own account: what it may do, the name and language that one chooses, and everything that is held on one.

use super::{accounts, factor, grants, sessions, tenants};
use crate::audit::{self, Entry, changed_fields};
use crate::comments::service as comments;
use crate::db::Conn;
use crate::error::Result;
use crate::http::checked::Merge;
use crate::http::preconditions::IfMatch;
use crate::identity::store::me as store;
use crate::policy::Actor;
use shared::audit::AuditAction;
use shared::identity::{Account, Me, OwnAccountChanges, OwnAccountFields, OwnData};

/// The signed-in account, with what it may do.
pub fn get(conn: &mut Conn, actor: &Actor) -> Result<Me> {
    let id = actor.account()?;
    let account = accounts::find(conn, actor.tenant, id)?;
    let second_factor_due_on = if account.second_factor_since.is_none() { factor::required_on(conn, actor)? } else { None };
    Ok(Me {
        account,
        second_factor_due_on,
        tenant_name: tenants::name(conn, actor.tenant)?,
        grants: grants::in_force(conn, actor.tenant, id, actor.now)?,
        enrolments: store::enrolments(conn, actor.tenant, id)?,
        abilities: actor.abilities.to_vec(),
    })
}

/// Changes one's own name or language.
pub fn update(conn: &mut Conn, actor: &Actor, expected: IfMatch, changes: &Merge<OwnAccountChanges>) -> Result<Account> {
    let current = accounts::find(conn, actor.tenant, actor.account()?)?;
    expected.check(current.version)?;
    let before = OwnAccountFields { name: current.name.clone(), lang: current.lang };
    let after = changes.onto(&before)?;
    let fields = changed_fields(&before, &after);
    accounts::save(conn, actor, Account { name: after.name, lang: after.lang, ..current }, AuditAction::Changed, fields)
}

/// Everything that is held on oneself. That it was taken out is told in the trail, and stands in it already.
pub fn export(conn: &mut Conn, actor: &Actor) -> Result<OwnData> {
    let id = actor.account()?;
    audit::record(conn, actor, Entry::new(AuditAction::Exported, "account", id.0))?;
    let account = accounts::find(conn, actor.tenant, id)?;
    let grants = grants::of_account(conn, actor.tenant, id)?;
    let enrolments = store::enrolments(conn, actor.tenant, id)?;
    let own = std::iter::once(id.0).chain(grants.iter().map(|grant| grant.id.0)).chain(enrolments.iter().map(|own| own.id.0));
    let audit_events = audit::by_or_about(conn, actor.tenant, &account, own.collect())?;
    Ok(OwnData {
        exported_at: actor.now,
        tenant_name: tenants::name(conn, actor.tenant)?,
        self_assessments: store::answers(conn, actor.tenant, id)?,
        led_contact_day_ids: store::led_days(conn, actor.tenant, id)?,
        project_ids: store::projects(conn, actor.tenant, id)?,
        comments: comments::by_author(conn, actor, id)?,
        recovery_code_count: factor::recovery_code_count(conn, actor.tenant, id)?,
        sessions: sessions::all(conn, actor)?,
        account,
        grants,
        enrolments,
        audit_events,
    })
}
