//! Accounts: inviting people, changing what is said of them, taking them out of use and back.

use crate::audit::{self, Entry, changed_fields};
use crate::db::{Conn, fold};
use crate::error::{Error, Result};
use crate::http::checked::Merge;
use crate::http::cursor::{Position, Slice};
use crate::http::preconditions::IfMatch;
use crate::identity::service::{grants, links, sessions};
use crate::identity::store::{accounts as store, units};
use crate::keys::Keys;
use crate::policy::Actor;
use shared::audit::AuditAction;
use shared::comments::PersonMatch;
use shared::identity::{
    Account, AccountChanges, AccountFields, AccountFilter, AccountMatch, AccountSearch, AccountStatus, InvitedAccount, LinkPurpose,
    MATCHES_MAX, NewAccount, OneTimeLink, SEARCH_MIN,
};
use shared::page::Page;
use shared::policy::{Permission, Target};
use shared::problem::ProblemCode;
use shared::rules::EMAIL;
use shared::{AccountId, TenantId, UnitId};
use std::collections::HashMap;

/// Accounts by name.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, filter: &AccountFilter) -> Result<Page<Account>> {
    actor.require(Permission::ViewAccounts, &Target::Tenant)?;
    let name = format!("accounts {:?} {:?}", filter.q, filter.status);
    let slice = Slice::new(keys, actor.tenant, &name, filter.cursor.as_deref(), filter.limit)?;
    let items = store::list(conn, actor.tenant, filter, slice.after.as_ref(), slice.rows())?;
    slice.page(keys, items, |item| Position { key: fold(&item.name), id: item.id.0 })
}

/// Accounts in use that fit a search, for whoever gives roles anywhere; ten at most, by name.
pub fn search(conn: &mut Conn, actor: &Actor, search: &AccountSearch) -> Result<Page<AccountMatch>> {
    if !actor.abilities.iter().any(|ability| ability.permission == Permission::FindAccounts) {
        return Err(Error::forbidden());
    }
    let q = search.q.trim();
    if !(SEARCH_MIN..=EMAIL).contains(&q.chars().count()) {
        return Err(Error::malformed("q", format!("{SEARCH_MIN} to {EMAIL} characters")));
    }
    let items = store::matches(conn, actor.tenant, q, MATCHES_MAX as i64)?;
    Ok(Page { items: items.into_iter().map(found).collect(), next_cursor: None })
}

fn found(account: Account) -> AccountMatch {
    AccountMatch { id: account.id, name: account.name, email: account.email, unit_id: account.unit_id }
}

/// One account.
pub fn get(conn: &mut Conn, actor: &Actor, id: AccountId) -> Result<Account> {
    actor.require(Permission::ViewAccounts, &Target::Tenant)?;
    find(conn, actor.tenant, id)
}

/// One account, whoever asks.
pub fn find(conn: &mut Conn, tenant: TenantId, id: AccountId) -> Result<Account> {
    store::find(conn, tenant, id)?.ok_or_else(Error::not_found)
}

/// The account of an address, whoever asks and however the address is written.
pub fn by_email(conn: &mut Conn, tenant: TenantId, email: &str) -> Result<Option<Account>> {
    store::by_email(conn, tenant, email)
}

/// The present names of some accounts.
pub fn names(conn: &mut Conn, tenant: TenantId, ids: Vec<AccountId>) -> Result<HashMap<AccountId, String>> {
    store::names(conn, tenant, ids)
}

/// People in use a part of whose name begins so, with their units, by name. The caller has made sure that the actor may
/// mention them.
pub fn by_beginning(conn: &mut Conn, tenant: TenantId, q: &str, rows: i64) -> Result<Vec<PersonMatch>> {
    store::by_beginning(conn, tenant, q, rows)
}

/// How many of some accounts are there and in use.
pub fn in_use(conn: &mut Conn, tenant: TenantId, ids: &[AccountId]) -> Result<usize> {
    store::in_use(conn, tenant, ids)
}

/// Invites a person: an account that waits for its password, and a link to give it one.
pub fn invite(conn: &mut Conn, actor: &Actor, new: &NewAccount) -> Result<InvitedAccount> {
    actor.require(Permission::ManageAccounts, &Target::Tenant)?;
    invite_for_enrolment(conn, actor, new)
}

/// As [`invite`], for a caller that has made sure that the actor may bring this person in.
pub fn invite_for_enrolment(conn: &mut Conn, actor: &Actor, new: &NewAccount) -> Result<InvitedAccount> {
    let account = create_silent(conn, actor, new)?;
    let link = issue(conn, actor, &account, LinkPurpose::Invitation)?;
    Ok(InvitedAccount { account, link: Some(link) })
}

/// An account that waits for its password, without a letter to its owner; the caller has made sure that it may be.
pub fn create_silent(conn: &mut Conn, actor: &Actor, new: &NewAccount) -> Result<Account> {
    insert(conn, actor, new, AccountStatus::Invited, None)
}

/// An account that can sign in at once, for the command line and the demo world.
pub fn create_active(conn: &mut Conn, actor: &Actor, new: &NewAccount, password_hash: String) -> Result<Account> {
    insert(conn, actor, new, AccountStatus::Active, Some(&password_hash))
}

fn insert(conn: &mut Conn, actor: &Actor, new: &NewAccount, status: AccountStatus, password_hash: Option<&str>) -> Result<Account> {
    check_unit(conn, actor.tenant, new.unit_id)?;
    let account = Account {
        id: AccountId::new(),
        version: 1,
        name: new.name.clone(),
        email: new.email.clone(),
        lang: new.lang,
        unit_id: new.unit_id,
        status,
        second_factor_since: None,
        created_at: actor.now,
        updated_at: actor.now,
    };
    store::insert(conn, actor.tenant, &account, password_hash)?;
    audit::record(conn, actor, Entry::new(AuditAction::Created, "account", account.id.0))?;
    Ok(account)
}

/// Changes what is said of a person.
pub fn update(conn: &mut Conn, actor: &Actor, id: AccountId, expected: IfMatch, changes: &Merge<AccountChanges>) -> Result<Account> {
    let current = find(conn, actor.tenant, id)?;
    actor.require(Permission::ManageAccounts, &Target::Tenant)?;
    expected.check(current.version)?;
    let before = AccountFields { name: current.name.clone(), lang: current.lang, unit_id: current.unit_id };
    let after = changes.onto(&before)?;
    if after.unit_id != before.unit_id {
        check_unit(conn, actor.tenant, after.unit_id)?;
    }
    let fields = changed_fields(&before, &after);
    save(conn, actor, Account { name: after.name, lang: after.lang, unit_id: after.unit_id, ..current }, AuditAction::Changed, fields)
}

/// Takes an account out of use: its sessions and links end at once. Its roles stay written but count for nothing.
pub fn deactivate(conn: &mut Conn, actor: &Actor, id: AccountId, expected: IfMatch) -> Result<Account> {
    let current = find(conn, actor.tenant, id)?;
    actor.require(Permission::ManageAccounts, &Target::Tenant)?;
    expected.check(current.version)?;
    if current.status == AccountStatus::Deactivated {
        return Err(Error::of(ProblemCode::Conflict));
    }
    grants::keep_an_administrator(conn, actor, grants::Leaving::Account(id))?;
    sessions::end_all(conn, actor.tenant, id, None, actor.now)?;
    links::end_open(conn, actor.tenant, id, actor.now)?;
    save(conn, actor, Account { status: AccountStatus::Deactivated, ..current }, AuditAction::Deactivated, Vec::new())
}

/// Takes an account back into use: as active when it has a password, else as invited.
pub fn reactivate(conn: &mut Conn, actor: &Actor, id: AccountId, expected: IfMatch) -> Result<Account> {
    let current = find(conn, actor.tenant, id)?;
    actor.require(Permission::ManageAccounts, &Target::Tenant)?;
    expected.check(current.version)?;
    if current.status != AccountStatus::Deactivated {
        return Err(Error::of(ProblemCode::Conflict));
    }
    grants::require_no_more_than_own(conn, actor, id)?;
    let status = if store::has_password(conn, actor.tenant, id)? { AccountStatus::Active } else { AccountStatus::Invited };
    save(conn, actor, Account { status, ..current }, AuditAction::Reactivated, Vec::new())
}

/// Makes a new link: an invitation for one who has not come yet, a password reset for one who has. Whoever holds it
/// can become the account, so it is only for accounts that are trusted with no more than the actor is.
pub fn make_link(conn: &mut Conn, actor: &Actor, id: AccountId) -> Result<OneTimeLink> {
    let account = find(conn, actor.tenant, id)?;
    actor.require(Permission::ManageAccounts, &Target::Tenant)?;
    let purpose = match account.status {
        AccountStatus::Invited => LinkPurpose::Invitation,
        AccountStatus::Active => LinkPurpose::PasswordReset,
        AccountStatus::Deactivated => return Err(Error::of(ProblemCode::Conflict)),
    };
    grants::require_no_more_than_own(conn, actor, id)?;
    issue(conn, actor, &account, purpose)
}

/// Ends every session of somebody else, who need not be told why.
pub fn end_sessions(conn: &mut Conn, actor: &Actor, id: AccountId) -> Result<()> {
    find(conn, actor.tenant, id)?;
    actor.require(Permission::ManageAccounts, &Target::Tenant)?;
    sessions::end_all(conn, actor.tenant, id, None, actor.now)?;
    audit::record(conn, actor, Entry::new(AuditAction::SessionsRevoked, "account", id.0))
}

fn issue(conn: &mut Conn, actor: &Actor, account: &Account, purpose: LinkPurpose) -> Result<OneTimeLink> {
    let to = links::Recipient { account: account.id, name: &account.name, email: &account.email, lang: account.lang };
    let link = links::issue_shown(conn, actor.tenant, actor.now, purpose, &to, actor.account)?;
    audit::record(conn, actor, Entry::new(AuditAction::LinkMade, "account", account.id.0))?;
    Ok(link)
}

/// Writes the next version of an account and its line in the trail.
pub(super) fn save(conn: &mut Conn, actor: &Actor, mut account: Account, action: AuditAction, fields: Vec<String>) -> Result<Account> {
    account.version += 1;
    account.updated_at = actor.now;
    store::update(conn, actor.tenant, &account)?;
    audit::record(conn, actor, Entry::new(action, "account", account.id.0).fields(fields))?;
    Ok(account)
}

fn check_unit(conn: &mut Conn, tenant: TenantId, unit: Option<UnitId>) -> Result<()> {
    match unit {
        Some(unit) if units::find(conn, tenant, unit)?.is_none() => Err(Error::fault("/unit_id", "unknown_reference")),
        _ => Ok(()),
    }
}
