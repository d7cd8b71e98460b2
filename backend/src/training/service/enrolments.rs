//! Who takes part. Those who run an edition see and change its roster, its participants see it, a unit manager sees
//! where the unit's people take part. Whether somebody has answered is in none of it.

use super::editions::{find, find_running, is_run_by};
use super::target;
use crate::audit::{self, Entry, changed_fields};
use crate::db::{Conn, fold};
use crate::error::{Error, Result};
use crate::http::checked::Merge;
use crate::http::cursor::{Position, Slice};
use crate::http::preconditions::IfMatch;
use crate::identity::service::{accounts, units};
use crate::keys::Keys;
use crate::policy::Actor;
use crate::training::store::enrolments::{self as store, Person};
use crate::training::store::{assessment, groups};
use shared::audit::AuditAction;
use shared::identity::{NewAccount, OneTimeLink};
use shared::page::{Page, Paging};
use shared::policy::{Permission, Target};
use shared::problem::ProblemCode;
use shared::training::{Edition, Enrolled, Enrolment, EnrolmentChanges, EnrolmentFields, NewEnrolment, UnitEnrolmentFilter};
use shared::{EditionId, EnrolmentId, GroupId, TenantId};

/// Who takes part in an edition, by name. Addresses only for those who run it.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, edition: EditionId, paging: &Paging) -> Result<Page<Enrolment>> {
    let edition = find(conn, actor.tenant, edition)?;
    actor.require(Permission::ViewRoster, &target(&edition))?;
    let slice = Slice::new(keys, actor.tenant, &format!("enrolments {}", edition.id), paging.cursor.as_deref(), paging.limit)?;
    let items = store::list(conn, actor.tenant, edition.id, slice.after.as_ref(), slice.rows())?;
    let page = slice.page(keys, items, position)?;
    let shown = is_run_by(actor, &edition);
    Ok(Page { items: page.items.into_iter().map(|item| with_address(item, shown)).collect(), next_cursor: page.next_cursor })
}

/// Where the people of a unit take part, by name. Addresses only for those who manage every edition.
pub fn list_of_unit(conn: &mut Conn, actor: &Actor, keys: &Keys, filter: &UnitEnrolmentFilter) -> Result<Page<Enrolment>> {
    let unit = units::target(conn, actor.tenant, filter.unit_id)?;
    actor.require(Permission::ViewUnitEnrolments, &unit)?;
    let list = format!("unit enrolments {}", filter.unit_id);
    let slice = Slice::new(keys, actor.tenant, &list, filter.cursor.as_deref(), filter.limit)?;
    let of = units::subtree(conn, actor.tenant, filter.unit_id)?;
    let items = store::list_of_units(conn, actor.tenant, &of, slice.after.as_ref(), slice.rows())?;
    let page = slice.page(keys, items, position)?;
    let shown = actor.may(Permission::ManageEditions, &Target::Tenant);
    Ok(Page { items: page.items.into_iter().map(|item| with_address(item, shown)).collect(), next_cursor: page.next_cursor })
}

fn position(item: &Enrolment) -> Position {
    Position { key: fold(&item.name), id: item.id.0 }
}

fn with_address(enrolment: Enrolment, shown: bool) -> Enrolment {
    Enrolment { email: enrolment.email.filter(|_| shown), ..enrolment }
}

/// One enrolment.
pub fn get(conn: &mut Conn, actor: &Actor, id: EnrolmentId) -> Result<Enrolment> {
    let (enrolment, edition) = find_with_edition(conn, actor.tenant, id)?;
    if !actor.may(Permission::ViewRoster, &target(&edition)) {
        let unit = enrolment.unit_id.ok_or_else(Error::forbidden)?;
        let unit = units::target(conn, actor.tenant, unit)?;
        actor.require(Permission::ViewUnitEnrolments, &unit)?;
    }
    Ok(with_address(enrolment, is_run_by(actor, &edition)))
}

fn find_with_edition(conn: &mut Conn, tenant: TenantId, id: EnrolmentId) -> Result<(Enrolment, Edition)> {
    let enrolment = store::find(conn, tenant, id)?.ok_or_else(Error::not_found)?;
    let edition = find(conn, tenant, enrolment.edition_id)?;
    Ok((enrolment, edition))
}

/// Gives a person a place: an account of the tenant, or a name and an address, which get an invitation.
pub fn enrol(conn: &mut Conn, actor: &Actor, edition: EditionId, new: &NewEnrolment) -> Result<Enrolled> {
    let edition = find_running(conn, actor, edition)?;
    if store::count(conn, actor.tenant, edition.id)? >= edition.places {
        return Err(Error::of(ProblemCode::EditionFull));
    }
    refuse_other_group(conn, actor.tenant, edition.id, new.group_id)?;
    let (person, link) = person(conn, actor, new)?;
    let id = EnrolmentId::new();
    if store::of_account(conn, actor.tenant, edition.id, person.id)?.is_some() {
        return Err(Error::duplicate(if new.account_id.is_some() { "/account_id" } else { "/email" }));
    }
    let enrolment = Enrolment {
        id,
        version: 1,
        edition_id: edition.id,
        account_id: person.id,
        name: person.name,
        email: None,
        unit_id: None,
        unit_name: None,
        group_id: new.group_id,
        created_at: actor.now,
    };
    store::insert(conn, actor.tenant, &enrolment)?;
    audit::record(conn, actor, Entry::new(AuditAction::Enrolled, "enrolment", id.0))?;
    let enrolment = store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?;
    // Whoever holds the link can become the person. A program is no person to hand it over: the letter has it.
    Ok(Enrolled { enrolment, link: link.filter(|_| actor.client.is_none()) })
}

/// The person to enrol, and the link of the invitation when there was no account yet.
fn person(conn: &mut Conn, actor: &Actor, new: &NewEnrolment) -> Result<(Person, Option<OneTimeLink>)> {
    if let Some(account) = new.account_id {
        return match store::people(conn, actor.tenant, &[account])?.pop() {
            None => Err(Error::fault("/account_id", "unknown_reference")),
            Some(person) if person.deactivated => Err(Error::fault("/account_id", "deactivated")),
            Some(person) => Ok((person, None)),
        };
    }
    let (Some(name), Some(email)) = (&new.name, &new.email) else { return Err(Error::fault("/account_id", "required")) };
    match store::person_at(conn, actor.tenant, email)? {
        Some(person) if person.deactivated => Err(Error::fault("/email", "deactivated")),
        Some(person) => Ok((person, None)),
        None => {
            let account = NewAccount { name: name.clone(), email: email.clone(), lang: actor.lang, unit_id: None };
            let invited = accounts::invite_for_enrolment(conn, actor, &account)?;
            Ok((Person { id: invited.account.id, name: invited.account.name, deactivated: false }, invited.link))
        }
    }
}

fn refuse_other_group(conn: &mut Conn, tenant: TenantId, edition: EditionId, group: Option<GroupId>) -> Result<()> {
    let Some(group) = group else { return Ok(()) };
    match groups::find(conn, tenant, group)? {
        Some(group) if group.edition_id == edition => Ok(()),
        _ => Err(Error::fault("/group_id", "unknown_reference")),
    }
}

/// Puts a person into a group, or out of it.
pub fn update(conn: &mut Conn, actor: &Actor, id: EnrolmentId, expected: IfMatch, changes: &Merge<EnrolmentChanges>) -> Result<Enrolment> {
    let current = store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?;
    find_running(conn, actor, current.edition_id)?;
    expected.check(current.version)?;
    let before = EnrolmentFields { group_id: current.group_id };
    let after = changes.onto(&before)?;
    refuse_other_group(conn, actor.tenant, current.edition_id, after.group_id)?;
    let fields = changed_fields(&before, &after);
    let changed = Enrolment { version: current.version + 1, group_id: after.group_id, ..current };
    store::update(conn, actor.tenant, &changed)?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "enrolment", id.0).fields(fields))?;
    Ok(changed)
}

/// Takes a place away from one who has not answered; what has been answered stays with its edition.
pub fn delete(conn: &mut Conn, actor: &Actor, id: EnrolmentId, expected: IfMatch) -> Result<()> {
    let current = store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?;
    find_running(conn, actor, current.edition_id)?;
    expected.check(current.version)?;
    let answered = store::answered(conn, actor.tenant, id)?.unwrap_or_default();
    if answered || assessment::find(conn, actor.tenant, id)?.is_some() {
        return Err(Error::of(ProblemCode::InUse));
    }
    store::delete(conn, actor.tenant, id)?;
    audit::record(conn, actor, Entry::new(AuditAction::Deleted, "enrolment", id.0))
}
