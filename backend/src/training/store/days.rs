//! Contact days and who leads them, as they lie in the tables.

use crate::db::Conn;
use crate::db::schema::{accounts, contact_day_facilitators as leaders, contact_days};
use crate::db::types::{AsText, At, Json};
use crate::error::Result;
use crate::http::cursor::Position;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::training::{AgendaItem, ContactDay, DayFacilitator, DayPart};
use shared::{AccountId, ContactDayId, EditionId, LocalText, TenantId};
use std::collections::HashMap;

#[derive(Queryable, Selectable)]
#[diesel(table_name = contact_days)]
struct Row {
    id: ContactDayId,
    version: i64,
    edition_id: EditionId,
    part: AsText<DayPart>,
    title: Json<LocalText>,
    starts_at: At,
    ends_at: At,
    place: Option<String>,
    address: Option<String>,
    meeting_url: Option<String>,
    agenda: Json<Vec<AgendaItem>>,
    created_at: At,
    updated_at: At,
}

impl Row {
    fn with(self, facilitators: Vec<DayFacilitator>) -> ContactDay {
        ContactDay {
            id: self.id,
            version: self.version,
            edition_id: self.edition_id,
            part: self.part.0,
            title: self.title.0,
            starts_at: self.starts_at.0,
            ends_at: self.ends_at.0,
            place: self.place,
            address: self.address,
            meeting_url: self.meeting_url,
            facilitators,
            agenda: self.agenda.0,
            created_at: self.created_at.0,
            updated_at: self.updated_at.0,
        }
    }
}

/// One contact day.
pub fn find(conn: &mut Conn, tenant: TenantId, id: ContactDayId) -> Result<Option<ContactDay>> {
    let row = contact_days::table.find((tenant, id)).select(Row::as_select()).first::<Row>(conn).optional()?;
    Ok(with_leaders(conn, tenant, row.into_iter().collect())?.pop())
}

/// Contact days of an edition in order of time, after a position whose key is the start in microseconds.
pub fn list(conn: &mut Conn, tenant: TenantId, edition: EditionId, after: Option<&Position>, rows: i64) -> Result<Vec<ContactDay>> {
    let own = contact_days::table.filter(contact_days::tenant_id.eq(tenant)).filter(contact_days::edition_id.eq(edition));
    let mut query = own.select(Row::as_select()).into_boxed();
    if let Some(after) = after {
        let start = At(after.key.parse().ok().and_then(|micros| Timestamp::from_microsecond(micros).ok()).unwrap_or(Timestamp::MIN));
        query = crate::from_position!(query, contact_days::starts_at > start, contact_days::id > after.raw_id());
    }
    let rows = query.order((contact_days::starts_at.asc(), contact_days::id.asc())).limit(rows).load::<Row>(conn)?;
    with_leaders(conn, tenant, rows)
}

fn with_leaders(conn: &mut Conn, tenant: TenantId, rows: Vec<Row>) -> Result<Vec<ContactDay>> {
    let ids: Vec<ContactDayId> = rows.iter().map(|row| row.id).collect();
    let found = leaders::table
        .inner_join(accounts::table.on(accounts::tenant_id.eq(leaders::tenant_id).and(accounts::id.eq(leaders::account_id))))
        .filter(leaders::tenant_id.eq(tenant))
        .filter(leaders::contact_day_id.eq_any(ids))
        .order((accounts::name_fold.asc(), accounts::id.asc()))
        .select((leaders::contact_day_id, accounts::id, accounts::name))
        .load::<(ContactDayId, AccountId, String)>(conn)?;
    let mut by_day: HashMap<ContactDayId, Vec<DayFacilitator>> = HashMap::new();
    for (day, account_id, name) in found {
        by_day.entry(day).or_default().push(DayFacilitator { account_id, name });
    }
    Ok(rows.into_iter().map(|row| (by_day.remove(&row.id).unwrap_or_default(), row)).map(|(leaders, row)| row.with(leaders)).collect())
}

/// Adds a contact day.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &ContactDay) -> Result<()> {
    diesel::insert_into(contact_days::table)
        .values((
            contact_days::tenant_id.eq(tenant),
            contact_days::id.eq(new.id),
            contact_days::version.eq(new.version),
            contact_days::edition_id.eq(new.edition_id),
            contact_days::part.eq(AsText(new.part)),
            contact_days::title.eq(Json(new.title.clone())),
            contact_days::starts_at.eq(At(new.starts_at)),
            contact_days::ends_at.eq(At(new.ends_at)),
            contact_days::place.eq(new.place.as_ref()),
            contact_days::address.eq(new.address.as_ref()),
            contact_days::meeting_url.eq(new.meeting_url.as_ref()),
            contact_days::agenda.eq(Json(new.agenda.clone())),
            contact_days::created_at.eq(At(new.created_at)),
            contact_days::updated_at.eq(At(new.updated_at)),
        ))
        .execute(conn)?;
    insert_leaders(conn, tenant, new)
}

/// Writes the present state of a contact day.
pub fn update(conn: &mut Conn, tenant: TenantId, changed: &ContactDay) -> Result<()> {
    diesel::update(contact_days::table.find((tenant, changed.id)))
        .set((
            contact_days::version.eq(changed.version),
            contact_days::part.eq(AsText(changed.part)),
            contact_days::title.eq(Json(changed.title.clone())),
            contact_days::starts_at.eq(At(changed.starts_at)),
            contact_days::ends_at.eq(At(changed.ends_at)),
            contact_days::place.eq(changed.place.as_ref()),
            contact_days::address.eq(changed.address.as_ref()),
            contact_days::meeting_url.eq(changed.meeting_url.as_ref()),
            contact_days::agenda.eq(Json(changed.agenda.clone())),
            contact_days::updated_at.eq(At(changed.updated_at)),
        ))
        .execute(conn)?;
    delete_leaders(conn, tenant, changed.id)?;
    insert_leaders(conn, tenant, changed)
}

fn insert_leaders(conn: &mut Conn, tenant: TenantId, day: &ContactDay) -> Result<()> {
    for leader in &day.facilitators {
        diesel::insert_into(leaders::table)
            .values((leaders::tenant_id.eq(tenant), leaders::contact_day_id.eq(day.id), leaders::account_id.eq(leader.account_id)))
            .execute(conn)?;
    }
    Ok(())
}

fn delete_leaders(conn: &mut Conn, tenant: TenantId, id: ContactDayId) -> Result<()> {
    diesel::delete(leaders::table.filter(leaders::tenant_id.eq(tenant)).filter(leaders::contact_day_id.eq(id))).execute(conn)?;
    Ok(())
}

/// Takes a contact day away.
pub fn delete(conn: &mut Conn, tenant: TenantId, id: ContactDayId) -> Result<()> {
    delete_leaders(conn, tenant, id)?;
    diesel::delete(contact_days::table.find((tenant, id))).execute(conn)?;
    Ok(())
}
