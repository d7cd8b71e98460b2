//! How long the stages take in a programme. Those who manage the programme's projects say it; clocks that run go on.

use crate::audit::{self, Entry, changed_fields};
use crate::db::Conn;
use crate::error::Result;
use crate::http::checked::Merge;
use crate::http::preconditions::IfMatch;
use crate::policy::Actor;
use crate::projects::store::terms as store;
use crate::training::service::programmes;
use shared::audit::AuditAction;
use shared::policy::{Permission, Target};
use shared::projects::clock::ClockTermsFields;
use shared::projects::{ClockTerms, ClockTermsChanges};
use shared::{EditionId, ProgrammeId, TenantId};

/// The terms of an edition's programme; the common ones where nobody has set any, or there is no edition.
pub fn of_edition(conn: &mut Conn, tenant: TenantId, edition: Option<EditionId>) -> Result<ClockTerms> {
    let set = edition.map(|edition| store::of_edition(conn, tenant, edition)).transpose()?.flatten();
    Ok(set.unwrap_or_default())
}

/// The terms of a programme.
pub fn get(conn: &mut Conn, actor: &Actor, id: ProgrammeId) -> Result<ClockTerms> {
    actor.require(Permission::ViewProjects, &Target::Tenant)?;
    find(conn, actor.tenant, id)
}

fn find(conn: &mut Conn, tenant: TenantId, id: ProgrammeId) -> Result<ClockTerms> {
    programmes::find(conn, tenant, id)?;
    Ok(store::find(conn, tenant, id)?.unwrap_or_default())
}

/// Sets the terms of a programme.
pub fn update(
    conn: &mut Conn,
    actor: &Actor,
    id: ProgrammeId,
    expected: IfMatch,
    changes: &Merge<ClockTermsChanges>,
) -> Result<ClockTerms> {
    let current = find(conn, actor.tenant, id)?;
    actor.require(Permission::ManageProjects, &Target::Programme(id))?;
    expected.check(current.version)?;
    let before = ClockTermsFields { idea_hours: current.idea_hours, trial_days: current.trial_days, spread_days: current.spread_days };
    let after = changes.onto(&before)?;
    let fields = changed_fields(&before, &after);
    let ClockTermsFields { idea_hours, trial_days, spread_days } = after;
    let changed = ClockTerms { version: current.version + 1, idea_hours, trial_days, spread_days };
    store::set(conn, actor.tenant, id, &changed)?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "programme", id.0).fields(fields))?;
    Ok(changed)
}
