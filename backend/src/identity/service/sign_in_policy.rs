//! What a tenant asks of those who sign in to it: from which day everyone with a granted role needs a second factor.

use crate::audit::{self, Entry, changed_fields};
use crate::db::Conn;
use crate::error::Result;
use crate::http::checked::Merge;
use crate::http::preconditions::IfMatch;
use crate::identity::store::sign_in_policy as store;
use crate::policy::Actor;
use jiff::Timestamp;
use jiff::civil::Date;
use shared::TenantId;
use shared::audit::AuditAction;
use shared::format;
use shared::identity::{SignInPolicy, SignInPolicyChanges, SignInPolicyFields};
use shared::policy::{Permission, Target};

/// The day from which a role needs a second factor, if the tenant has named one.
pub fn required_on(conn: &mut Conn, tenant: TenantId) -> Result<Option<Date>> {
    Ok(store::find(conn, tenant)?.and_then(|(_, day)| day))
}

/// Whether a role needs a second factor by now: from the first moment of the day in Finland.
pub fn requires_second_factor(conn: &mut Conn, tenant: TenantId, now: Timestamp) -> Result<bool> {
    Ok(required_on(conn, tenant)?.is_some_and(|day| day <= format::day_of(now)))
}

/// The policy, with how many of the staff it would stop today.
pub fn get(conn: &mut Conn, actor: &Actor) -> Result<SignInPolicy> {
    actor.require(Permission::ManageSignIn, &Target::Tenant)?;
    let (version, second_factor_required_on) = store::find(conn, actor.tenant)?.unwrap_or_default();
    let staff = store::staff(conn, actor.tenant, actor.now)?;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok(SignInPolicy {
        version,
        second_factor_required_on,
        staff_count: count(staff.len()),
        without_second_factor_count: count(staff.values().filter(|has| !**has).count()),
    })
}

/// Changes the policy.
pub fn update(conn: &mut Conn, actor: &Actor, expected: IfMatch, changes: &Merge<SignInPolicyChanges>) -> Result<SignInPolicy> {
    let current = get(conn, actor)?;
    expected.check(current.version)?;
    let before = SignInPolicyFields { second_factor_required_on: current.second_factor_required_on };
    let after = changes.onto(&before)?;
    store::save(conn, actor.tenant, current.version + 1, after.second_factor_required_on)?;
    let fields = changed_fields(&before, &after);
    let entry = Entry { action: AuditAction::Changed, kind: "sign_in_policy", object: None, fields, beside: Vec::new() };
    audit::record(conn, actor, entry)?;
    get(conn, actor)
}
