//! Editions: everyone of the tenant sees them; those who manage editions make them, their facilitators change them.

use super::{require_running, runs};
use crate::audit::{self, Entry, changed_fields};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::checked::Merge;
use crate::http::cursor::{Position, Slice};
use crate::http::preconditions::IfMatch;
use crate::keys::Keys;
use crate::policy::Actor;
use crate::training::store::{editions as store, enrolments, programmes};
use shared::audit::AuditAction;
use shared::page::Page;
use shared::policy::{Permission, Target};
use shared::problem::Fault;
use shared::training::{AssessmentStatus, Edition, EditionChanges, EditionFilter, EditionSummary, NewEdition};
use shared::{EditionId, TenantId, format};

/// Editions, the newest made first.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, filter: &EditionFilter) -> Result<Page<EditionSummary>> {
    actor.require(Permission::ViewTraining, &Target::Tenant)?;
    let status = filter.status.map(|status| status.as_str()).unwrap_or_default();
    let list = format!("editions {:?} {status}", filter.programme_id);
    let slice = Slice::new(keys, actor.tenant, &list, filter.cursor.as_deref(), filter.limit)?;
    let items = store::list(conn, actor.tenant, filter, slice.after.as_ref(), slice.rows())?;
    let page = slice.page(keys, items, |item| Position { key: String::new(), id: item.id.0 })?;
    Ok(Page { items: summaries(conn, actor.tenant, page.items)?, next_cursor: page.next_cursor })
}

/// What a row of the list says, in three queries however many there are.
fn summaries(conn: &mut Conn, tenant: TenantId, editions: Vec<Edition>) -> Result<Vec<EditionSummary>> {
    let ids: Vec<EditionId> = editions.iter().map(|edition| edition.id).collect();
    let programme_ids: Vec<_> = editions.iter().map(|edition| edition.programme_id).collect();
    let names = programmes::names(conn, tenant, &programme_ids)?;
    let counts = store::enrolled_counts(conn, tenant, &ids)?;
    let ranges = store::day_ranges(conn, tenant, &ids)?;
    let summary = |edition: Edition| EditionSummary {
        programme_name: names.get(&edition.programme_id).cloned().unwrap_or_default(),
        enrolled_count: counts.get(&edition.id).copied().unwrap_or(0),
        first_day_on: ranges.get(&edition.id).map(|range| format::day_of(range.0)),
        last_day_on: ranges.get(&edition.id).map(|range| format::day_of(range.1)),
        edition,
    };
    Ok(editions.into_iter().map(summary).collect())
}

/// One edition.
pub fn get(conn: &mut Conn, actor: &Actor, id: EditionId) -> Result<Edition> {
    actor.require(Permission::ViewTraining, &Target::Tenant)?;
    find(conn, actor.tenant, id)
}

/// One edition, whoever asks.
pub fn find(conn: &mut Conn, tenant: TenantId, id: EditionId) -> Result<Edition> {
    store::find(conn, tenant, id)?.ok_or_else(Error::not_found)
}

/// Those of some editions that there are, whoever asks.
pub fn some(conn: &mut Conn, tenant: TenantId, ids: &[EditionId]) -> Result<Vec<Edition>> {
    store::some(conn, tenant, ids)
}

/// One edition for one who runs it.
pub fn find_running(conn: &mut Conn, actor: &Actor, id: EditionId) -> Result<Edition> {
    let edition = find(conn, actor.tenant, id)?;
    require_running(actor, &edition)?;
    Ok(edition)
}

/// Whether the actor runs the edition.
pub fn is_run_by(actor: &Actor, edition: &Edition) -> bool {
    runs(actor, edition)
}

/// Adds an edition of a programme.
pub fn create(conn: &mut Conn, actor: &Actor, new: &NewEdition) -> Result<Edition> {
    actor.require(Permission::ManageEditions, &Target::Programme(new.programme_id))?;
    if programmes::find(conn, actor.tenant, new.programme_id)?.is_none() {
        return Err(Error::fault("/programme_id", "unknown_reference"));
    }
    let edition = fresh(actor, new);
    store::insert(conn, actor.tenant, &edition)?;
    audit::record(conn, actor, Entry::new(AuditAction::Created, "edition", edition.id.0))?;
    Ok(edition)
}

/// A new edition, not yet stored.
pub(super) fn fresh(actor: &Actor, new: &NewEdition) -> Edition {
    Edition {
        id: EditionId::new(),
        version: 1,
        programme_id: new.programme_id,
        number: new.number,
        season: new.season,
        year: new.year,
        places: new.places,
        status: new.status,
        assessment: AssessmentStatus::NotOpen,
        created_at: actor.now,
        updated_at: actor.now,
        published_at: None,
    }
}

/// Changes an edition.
pub fn update(conn: &mut Conn, actor: &Actor, id: EditionId, expected: IfMatch, changes: &Merge<EditionChanges>) -> Result<Edition> {
    let current = find_running(conn, actor, id)?;
    expected.check(current.version)?;
    let before = as_new(&current);
    let after = changes.onto(&before)?;
    refuse_too_few_places(conn, actor.tenant, &current, after.places)?;
    let fields = changed_fields(&before, &after);
    let changed = Edition {
        version: current.version + 1,
        number: after.number,
        season: after.season,
        year: after.year,
        places: after.places,
        status: after.status,
        updated_at: actor.now,
        ..current
    };
    store::update(conn, actor.tenant, &changed)?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "edition", id.0).fields(fields))?;
    Ok(changed)
}

fn as_new(edition: &Edition) -> NewEdition {
    NewEdition {
        programme_id: edition.programme_id,
        number: edition.number,
        season: edition.season,
        year: edition.year,
        places: edition.places,
        status: edition.status,
    }
}

/// There is a place for everyone who takes part.
fn refuse_too_few_places(conn: &mut Conn, tenant: TenantId, edition: &Edition, places: i64) -> Result<()> {
    let enrolled = enrolments::count(conn, tenant, edition.id)?;
    if places >= enrolled {
        return Ok(());
    }
    let bound = format!("{enrolled}\u{2013}1000");
    Err(Error::invalid(vec![Fault::new("/places", "out_of_range", Some(&bound))]))
}
