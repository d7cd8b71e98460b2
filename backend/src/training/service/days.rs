//! Contact days of an edition.

use super::editions::{find, find_running};
use crate::audit::{self, Entry, changed_fields};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::checked::Merge;
use crate::http::cursor::{Position, Slice};
use crate::http::preconditions::IfMatch;
use crate::keys::Keys;
use crate::policy::Actor;
use crate::training::store::{days as store, enrolments};
use jiff::Timestamp;
use shared::audit::AuditAction;
use shared::page::{Page, Paging};
use shared::policy::{Permission, Target};
use shared::training::{ContactDay, ContactDayChanges, DayFacilitator, NewContactDay};
use shared::{AccountId, ContactDayId, EditionId, TenantId};

/// Contact days of an edition, in order of time.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, edition: EditionId, paging: &Paging) -> Result<Page<ContactDay>> {
    actor.require(Permission::ViewTraining, &Target::Tenant)?;
    find(conn, actor.tenant, edition)?;
    let slice = Slice::new(keys, actor.tenant, &format!("contact-days {edition}"), paging.cursor.as_deref(), paging.limit)?;
    let items = store::list(conn, actor.tenant, edition, slice.after.as_ref(), slice.rows())?;
    slice.page(keys, items, |item| Position { key: item.starts_at.as_microsecond().to_string(), id: item.id.0 })
}

/// One contact day.
pub fn get(conn: &mut Conn, actor: &Actor, id: ContactDayId) -> Result<ContactDay> {
    actor.require(Permission::ViewTraining, &Target::Tenant)?;
    store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)
}

/// Adds a contact day to an edition.
pub fn create(conn: &mut Conn, actor: &Actor, edition: EditionId, new: &NewContactDay) -> Result<ContactDay> {
    find_running(conn, actor, edition)?;
    let facilitators = facilitators(conn, actor.tenant, &new.facilitator_ids, &[])?;
    let blank = ContactDay {
        id: ContactDayId::new(),
        version: 1,
        edition_id: edition,
        part: new.part,
        title: new.title.clone(),
        starts_at: new.starts_at,
        ends_at: new.ends_at,
        place: None,
        address: None,
        meeting_url: None,
        facilitators: Vec::new(),
        agenda: Vec::new(),
        created_at: actor.now,
        updated_at: actor.now,
    };
    let day = with(blank, new.clone(), facilitators);
    store::insert(conn, actor.tenant, &day)?;
    audit::record(conn, actor, Entry::new(AuditAction::Created, "contact_day", day.id.0))?;
    Ok(day)
}

/// Changes a contact day.
pub fn update(
    conn: &mut Conn,
    actor: &Actor,
    id: ContactDayId,
    expected: IfMatch,
    changes: &Merge<ContactDayChanges>,
) -> Result<ContactDay> {
    let current = store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?;
    find_running(conn, actor, current.edition_id)?;
    expected.check(current.version)?;
    let before = as_new(&current);
    let after = changes.onto(&before)?;
    let facilitators = facilitators(conn, actor.tenant, &after.facilitator_ids, &before.facilitator_ids)?;
    let fields = changed_fields(&before, &after);
    let next = ContactDay { version: current.version + 1, updated_at: actor.now, ..current };
    let changed = with(next, after, facilitators);
    store::update(conn, actor.tenant, &changed)?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "contact_day", id.0).fields(fields))?;
    Ok(changed)
}

/// Takes a contact day away.
pub fn delete(conn: &mut Conn, actor: &Actor, id: ContactDayId, expected: IfMatch) -> Result<()> {
    let current = store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?;
    find_running(conn, actor, current.edition_id)?;
    expected.check(current.version)?;
    store::delete(conn, actor.tenant, id)?;
    audit::record(conn, actor, Entry::new(AuditAction::Deleted, "contact_day", id.0))
}

fn as_new(day: &ContactDay) -> NewContactDay {
    NewContactDay {
        part: day.part,
        title: day.title.clone(),
        starts_at: day.starts_at,
        ends_at: day.ends_at,
        place: day.place.clone(),
        address: day.address.clone(),
        meeting_url: day.meeting_url.clone(),
        facilitator_ids: day.facilitators.iter().map(|leader| leader.account_id).collect(),
        agenda: day.agenda.clone(),
    }
}

fn with(day: ContactDay, new: NewContactDay, facilitators: Vec<DayFacilitator>) -> ContactDay {
    ContactDay {
        part: new.part,
        title: new.title,
        starts_at: whole(new.starts_at),
        ends_at: whole(new.ends_at),
        place: new.place,
        address: new.address,
        meeting_url: new.meeting_url,
        facilitators,
        agenda: new.agenda,
        ..day
    }
}

/// An instant as the database keeps it, so that what is answered is what is read later.
fn whole(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// The people who lead a day, by name. Each is an account of the tenant that can be used, or led the day before.
fn facilitators(conn: &mut Conn, tenant: TenantId, ids: &[AccountId], known: &[AccountId]) -> Result<Vec<DayFacilitator>> {
    let people = enrolments::people(conn, tenant, ids)?;
    let mut found: Vec<DayFacilitator> = Vec::new();
    for (position, id) in ids.iter().enumerate() {
        let pointer = format!("/facilitator_ids/{position}");
        if ids[..position].contains(id) {
            return Err(Error::fault(&pointer, "duplicate"));
        }
        match people.iter().find(|person| person.id == *id) {
            Some(person) if !person.deactivated || known.contains(id) => {
                found.push(DayFacilitator { account_id: *id, name: person.name.clone() });
            }
            _ => return Err(Error::fault(&pointer, "unknown_reference")),
        }
    }
    found.sort_by_key(|leader| (crate::db::fold(&leader.name), leader.account_id));
    Ok(found)
}
