//! Grants: who is trusted with what, over what, from when to when.
//!
//! Nobody gives or takes away more than they hold over the same scope, and the last administrator stays. A grant is
//! never removed or rewritten: revoking ends it, and its line stays.

use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::cursor::{Position, Slice};
use crate::http::preconditions::IfMatch;
use crate::identity::service::units;
use crate::identity::store::{accounts as account_store, directory, grants as store, units as unit_store};
use crate::keys::Keys;
use crate::policy::{self, Actor};
use jiff::Timestamp;
use shared::audit::AuditAction;
use shared::identity::{AccountStatus, Grant, GrantFilter, NewGrant};
use shared::page::Page;
use shared::policy::{Ability, Permission, Role, Scope, Target, scopes};
use shared::problem::ProblemCode;
use shared::{AccountId, GrantId, TenantId};

/// Grants as they were made. One's own are always to be seen; others' by those who may see accounts, or give roles
/// over what the grant is over.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, filter: &GrantFilter) -> Result<Page<Grant>> {
    let sight = if sees_all(actor) { None } else { Some(sight(conn, actor)?) };
    let only_own = filter.account_id.is_some() && filter.account_id == actor.account;
    if !only_own && sight.is_some() && !gives_any(actor) {
        return Err(Error::forbidden());
    }
    let name = format!("grants {:?} {}", filter.account_id, sight.is_some());
    let slice = Slice::new(keys, actor.tenant, &name, filter.cursor.as_deref(), filter.limit)?;
    let items = store::list(conn, actor.tenant, filter.account_id, sight, &slice)?;
    slice.page(keys, items, |item| Position { key: String::new(), id: item.id.0 })
}

/// One grant, to whom it may be listed.
pub fn get(conn: &mut Conn, actor: &Actor, id: GrantId) -> Result<Grant> {
    let grant = find(conn, actor.tenant, id)?;
    if Some(grant.account_id) == actor.account || sees_all(actor) {
        return Ok(grant);
    }
    let target = scope_target(conn, actor.tenant, grant.scope)?.unwrap_or(Target::Tenant);
    actor.require(Permission::ManageGrants, &target)?;
    Ok(grant)
}

fn find(conn: &mut Conn, tenant: TenantId, id: GrantId) -> Result<Grant> {
    store::find(conn, tenant, id)?.ok_or_else(Error::not_found)
}

/// The grants of an account that count at an instant.
pub fn in_force(conn: &mut Conn, tenant: TenantId, account: AccountId, now: Timestamp) -> Result<Vec<Grant>> {
    let mut grants = store::of_account(conn, tenant, account)?;
    grants.retain(|grant| is_in_force(grant, now));
    Ok(grants)
}

/// Every grant that an account has or had, for its owner's export.
pub fn of_account(conn: &mut Conn, tenant: TenantId, account: AccountId) -> Result<Vec<Grant>> {
    store::of_account(conn, tenant, account)
}

fn is_in_force(grant: &Grant, now: Timestamp) -> bool {
    grant.valid_from <= now && grant.valid_to.is_none_or(|end| now < end)
}

/// Gives a role.
pub fn create(conn: &mut Conn, actor: &Actor, new: &NewGrant) -> Result<Grant> {
    if !gives_any(actor) {
        return Err(Error::forbidden());
    }
    let valid_from = new.valid_from.map_or(actor.now, whole_micros);
    let valid_to = new.valid_to.map(whole_micros);
    check_values(new.role, new.scope, valid_from, valid_to)?;
    let Some(target) = scope_target(conn, actor.tenant, new.scope)? else {
        return Err(Error::fault("/scope", "unknown_reference"));
    };
    require_giving(actor, new.role, &target)?;
    match account_store::find(conn, actor.tenant, new.account_id)?.map(|account| account.status) {
        None => return Err(Error::fault("/account_id", "unknown_reference")),
        Some(AccountStatus::Deactivated) => return Err(Error::fault("/account_id", "deactivated")),
        Some(_) => {}
    }
    let grant = Grant {
        id: GrantId::new(),
        version: 1,
        account_id: new.account_id,
        role: new.role,
        scope: new.scope,
        valid_from,
        valid_to,
        granted_by: actor.account,
        created_at: actor.now,
    };
    store::insert(conn, actor.tenant, &grant)?;
    audit::record(conn, actor, Entry::new(AuditAction::Granted, "grant", grant.id.0))?;
    Ok(grant)
}

/// Ends a grant now. Its line stays.
pub fn revoke(conn: &mut Conn, actor: &Actor, id: GrantId, expected: IfMatch) -> Result<()> {
    let grant = find(conn, actor.tenant, id)?;
    let target = scope_target(conn, actor.tenant, grant.scope)?.unwrap_or(Target::Tenant);
    require_giving(actor, grant.role, &target)?;
    expected.check(grant.version)?;
    if grant.valid_to.is_some_and(|end| end <= actor.now) {
        return Err(Error::of(ProblemCode::Conflict));
    }
    keep_an_administrator(conn, actor, Leaving::Grant(id))?;
    store::end(conn, actor.tenant, id, grant.version + 1, actor.now)?;
    audit::record(conn, actor, Entry::new(AuditAction::Revoked, "grant", id.0).fields(vec!["valid_to".to_owned()]))
}

/// What is about to stop counting.
#[derive(Clone, Copy, Debug)]
pub enum Leaving {
    /// One grant.
    Grant(GrantId),
    /// Every grant of an account.
    Account(AccountId),
}

/// Refuses what would leave the tenant without an administrator in force. One whose trust has an end does not stand in
/// for the last one whose trust has none: the tenant would lose both.
pub fn keep_an_administrator(conn: &mut Conn, actor: &Actor, leaving: Leaving) -> Result<()> {
    let administrators = that_count(store::administrators(conn, actor.tenant, actor.now)?);
    if leaves_none(&administrators, leaving) { Err(Error::of(ProblemCode::LastAdministrator)) } else { Ok(()) }
}

/// Those whose trust has no end; where nobody's lasts, all.
fn that_count(in_force: Vec<(GrantId, AccountId, bool)>) -> Vec<(GrantId, AccountId)> {
    let lasting = in_force.iter().any(|(_, _, lasts)| *lasts);
    in_force.into_iter().filter(|(_, _, lasts)| *lasts || !lasting).map(|(grant, account, _)| (grant, account)).collect()
}

fn leaves_none(administrators: &[(GrantId, AccountId)], leaving: Leaving) -> bool {
    let leaves = |grant: GrantId, account: AccountId| match leaving {
        Leaving::Grant(id) => id == grant,
        Leaving::Account(id) => id == account,
    };
    !administrators.is_empty() && administrators.iter().all(|(grant, account)| leaves(*grant, *account))
}

/// Refuses what would let the actor become an account that is trusted with more than they are.
pub fn require_no_more_than_own(conn: &mut Conn, actor: &Actor, account: AccountId) -> Result<()> {
    let exceeds = exceeds(conn, actor.tenant, account, &actor.abilities, actor.now)?;
    if exceeds { Err(Error::of(ProblemCode::GrantExceedsOwn)) } else { Ok(()) }
}

/// Whether an account is trusted with no more than another one holds now.
pub fn is_within(conn: &mut Conn, tenant: TenantId, account: AccountId, other: AccountId, now: Timestamp) -> Result<bool> {
    let in_use = account_store::find(conn, tenant, other)?.is_some_and(|other| other.status == AccountStatus::Active);
    let held = if in_use { in_force(conn, tenant, other, now)? } else { Vec::new() };
    let abilities = policy::abilities(held.iter().map(|grant| (grant.role, grant.scope)), []);
    Ok(!exceeds(conn, tenant, account, &abilities, now)?)
}

/// Whether an account has a role, in force or to come, that gives more than these abilities.
fn exceeds(conn: &mut Conn, tenant: TenantId, account: AccountId, abilities: &[Ability], now: Timestamp) -> Result<bool> {
    for grant in store::of_account(conn, tenant, account)? {
        if grant.valid_to.is_some_and(|end| end <= now) {
            continue;
        }
        let target = scope_target(conn, tenant, grant.scope)?.unwrap_or(Target::Tenant);
        if !policy::holds_all(abilities, grant.role, &target) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a grant over this scope is about; none when the tenant has no such thing.
pub fn scope_target(conn: &mut Conn, tenant: TenantId, scope: Scope) -> Result<Option<Target>> {
    Ok(match scope {
        Scope::Tenant => Some(Target::Tenant),
        Scope::Organisation(id) => directory::find(conn, tenant, id)?.map(|_| Target::Organisation(id)),
        Scope::Unit(id) => match unit_store::find(conn, tenant, id)? {
            Some(_) => Some(units::target(conn, tenant, id)?),
            None => None,
        },
        Scope::Programme(id) => store::has_programme(conn, tenant, id)?.then_some(Target::Programme(id)),
        Scope::Edition(id) => store::programme_of(conn, tenant, id)?.map(|programme| Target::Edition { programme, edition: id }),
    })
}

fn check_values(role: Role, scope: Scope, valid_from: Timestamp, valid_to: Option<Timestamp>) -> Result<()> {
    let mut faults = Vec::new();
    let mut fault = |pointer: &str, code: &str| faults.push(shared::problem::Fault::new(pointer, code, None));
    if scopes(role).is_empty() {
        fault("/role", "never_granted");
    } else if !scopes(role).contains(&scope.kind()) {
        fault("/scope", "not_a_scope_of_role");
    }
    if valid_to.is_some_and(|end| end <= valid_from) {
        fault("/valid_to", "ends_before_start");
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::invalid(faults)) }
}

/// Both checks of giving and taking: to be allowed to give roles there, and to hold all that the role gives.
fn require_giving(actor: &Actor, role: Role, target: &Target) -> Result<()> {
    actor.require(Permission::ManageGrants, target)?;
    if policy::holds_all(&actor.abilities, role, target) { Ok(()) } else { Err(Error::of(ProblemCode::GrantExceedsOwn)) }
}

fn sees_all(actor: &Actor) -> bool {
    actor.may(Permission::ViewAccounts, &Target::Tenant) || actor.may(Permission::ManageGrants, &Target::Tenant)
}

fn gives_any(actor: &Actor) -> bool {
    actor.abilities.iter().any(|ability| ability.permission == Permission::ManageGrants)
}

/// One's own, and what lies under the scopes over which one gives roles.
fn sight(conn: &mut Conn, actor: &Actor) -> Result<store::Sight> {
    let mut scopes = Vec::new();
    for ability in actor.abilities.iter().filter(|ability| ability.permission == Permission::ManageGrants) {
        scopes.extend(ability.scope.id());
        match ability.scope {
            Scope::Programme(id) => scopes.extend(store::editions_of(conn, actor.tenant, id)?),
            Scope::Organisation(id) => scopes.extend(units::of_organisation(conn, actor.tenant, id)?.into_iter().map(|unit| unit.0)),
            Scope::Unit(id) => scopes.extend(units::subtree(conn, actor.tenant, id)?.into_iter().map(|unit| unit.0)),
            Scope::Tenant | Scope::Edition(_) => {}
        }
    }
    Ok(store::Sight { account: actor.account()?, scopes })
}

/// Instants as both databases keep them.
fn whole_micros(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{EditionId, UnitId};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    fn grant(from: i64, to: Option<i64>) -> Grant {
        Grant {
            id: GrantId::new(),
            version: 1,
            account_id: AccountId::new(),
            role: Role::Auditor,
            scope: Scope::Tenant,
            valid_from: at(from),
            valid_to: to.map(at),
            granted_by: None,
            created_at: at(from),
        }
    }

    #[test]
    fn one_whose_trust_ends_does_not_stand_in_for_the_last_lasting_one() {
        let (lasting, ending) = ((GrantId::new(), AccountId::new(), true), (GrantId::new(), AccountId::new(), false));
        assert!(leaves_none(&that_count(vec![lasting, ending]), Leaving::Grant(lasting.0)));
        assert!(!leaves_none(&that_count(vec![lasting, ending]), Leaving::Account(ending.1)));
        assert!(leaves_none(&that_count(vec![ending]), Leaving::Account(ending.1)));
    }

    #[test]
    fn a_grant_counts_from_its_start_until_just_before_its_end() {
        let grant = grant(10, Some(20));
        assert_eq!([9, 10, 19, 20].map(|second| is_in_force(&grant, at(second))), [false, true, true, false]);
        assert!(is_in_force(&self::grant(10, None), at(1_000_000)));
    }

    #[test]
    fn the_last_administrator_stays() {
        let (one, other) = ((GrantId::new(), AccountId::new()), (GrantId::new(), AccountId::new()));
        assert!(leaves_none(&[one], Leaving::Grant(one.0)));
        assert!(leaves_none(&[one], Leaving::Account(one.1)));
        assert!(!leaves_none(&[one, other], Leaving::Grant(one.0)));
        assert!(!leaves_none(&[one], Leaving::Account(other.1)));
        let twice = (GrantId::new(), one.1);
        assert!(!leaves_none(&[one, twice], Leaving::Grant(one.0)), "the other grant of the same account still counts");
        assert!(leaves_none(&[one, twice], Leaving::Account(one.1)));
    }

    #[test]
    fn a_role_is_given_only_over_its_own_kinds_of_scope() {
        assert!(check_values(Role::Participant, Scope::Tenant, at(0), None).is_err());
        assert!(check_values(Role::Administrator, Scope::Unit(UnitId::new()), at(0), None).is_err());
        assert!(check_values(Role::Facilitator, Scope::Edition(EditionId::new()), at(0), None).is_ok());
        assert!(check_values(Role::Auditor, Scope::Tenant, at(5), Some(at(5))).is_err());
    }
}
