//! Places in editions as they lie in the tables, with the names of the people who hold them.

use crate::db::schema::{accounts, enrolments, units};
use crate::db::types::{AsText, At};
use crate::db::{Conn, fold};
use crate::error::{OnUnique, Result};
use crate::http::cursor::Position;
use diesel::prelude::*;
use shared::identity::AccountStatus;
use shared::training::Enrolment;
use shared::{AccountId, EditionId, EnrolmentId, GroupId, TenantId, UnitId};

#[derive(Queryable, Selectable)]
#[diesel(table_name = enrolments)]
struct Row {
    id: EnrolmentId,
    version: i64,
    edition_id: EditionId,
    account_id: AccountId,
    group_id: Option<GroupId>,
    created_at: At,
}

type Joined = (Row, String, String, Option<UnitId>, Option<String>);

fn enrolment((row, name, email, unit_id, unit_name): Joined) -> Enrolment {
    Enrolment {
        id: row.id,
        version: row.version,
        edition_id: row.edition_id,
        account_id: row.account_id,
        name,
        email: Some(email),
        unit_id,
        unit_name,
        group_id: row.group_id,
        created_at: row.created_at.0,
    }
}

/// The enrolments of a tenant with their accounts and units.
macro_rules! joined {
    ($tenant:expr) => {
        enrolments::table
            .inner_join(accounts::table.on(accounts::tenant_id.eq(enrolments::tenant_id).and(accounts::id.eq(enrolments::account_id))))
            .left_join(units::table.on(units::tenant_id.eq(accounts::tenant_id).and(units::id.nullable().eq(accounts::unit_id))))
            .filter(enrolments::tenant_id.eq($tenant))
            .select((Row::as_select(), accounts::name, accounts::email, accounts::unit_id, units::name.nullable()))
    };
}

/// One page of a joined query, by name.
macro_rules! page {
    ($conn:expr, $query:expr, $after:expr, $rows:expr) => {{
        let mut query = $query.into_boxed();
        if let Some(after) = $after {
            query = crate::from_position!(query, accounts::name_fold > after.key.clone(), enrolments::id > after.raw_id());
        }
        let rows = query.order((accounts::name_fold.asc(), enrolments::id.asc())).limit($rows).load::<Joined>($conn)?;
        Ok(rows.into_iter().map(enrolment).collect())
    }};
}

/// One enrolment.
pub fn find(conn: &mut Conn, tenant: TenantId, id: EnrolmentId) -> Result<Option<Enrolment>> {
    let row = joined!(tenant).filter(enrolments::id.eq(id)).first::<Joined>(conn).optional()?;
    Ok(row.map(enrolment))
}

/// Enrolments of an edition by name, after a position.
pub fn list(conn: &mut Conn, tenant: TenantId, edition: EditionId, after: Option<&Position>, rows: i64) -> Result<Vec<Enrolment>> {
    page!(conn, joined!(tenant).filter(enrolments::edition_id.eq(edition)), after, rows)
}

/// Enrolments of the people of some units by name, after a position.
pub fn list_of_units(conn: &mut Conn, tenant: TenantId, of: &[UnitId], after: Option<&Position>, rows: i64) -> Result<Vec<Enrolment>> {
    page!(conn, joined!(tenant).filter(accounts::unit_id.assume_not_null().eq_any(of.to_vec())), after, rows)
}

/// The place of an account in an edition.
pub fn of_account(conn: &mut Conn, tenant: TenantId, edition: EditionId, account: AccountId) -> Result<Option<EnrolmentId>> {
    let id = enrolments::table
        .filter(enrolments::tenant_id.eq(tenant))
        .filter(enrolments::edition_id.eq(edition))
        .filter(enrolments::account_id.eq(account))
        .select(enrolments::id)
        .first::<EnrolmentId>(conn)
        .optional()?;
    Ok(id)
}

/// How many take part in an edition.
pub fn count(conn: &mut Conn, tenant: TenantId, edition: EditionId) -> Result<i64> {
    let own = enrolments::table.filter(enrolments::tenant_id.eq(tenant)).filter(enrolments::edition_id.eq(edition));
    Ok(own.count().get_result(conn)?)
}

/// How many of an edition have given a complete answer.
pub fn count_answered(conn: &mut Conn, tenant: TenantId, edition: EditionId) -> Result<i64> {
    let own = enrolments::table.filter(enrolments::tenant_id.eq(tenant)).filter(enrolments::edition_id.eq(edition));
    Ok(own.filter(enrolments::answered.eq(true)).count().get_result(conn)?)
}

/// Whether the person has given a complete answer; none when the enrolment is gone.
pub fn answered(conn: &mut Conn, tenant: TenantId, id: EnrolmentId) -> Result<Option<bool>> {
    Ok(enrolments::table.find((tenant, id)).select(enrolments::answered).first::<bool>(conn).optional()?)
}

/// Keeps whether the person has given a complete answer. The version stays, so that nobody can tell from it.
pub fn set_answered(conn: &mut Conn, tenant: TenantId, id: EnrolmentId, answered: bool) -> Result<()> {
    diesel::update(enrolments::table.find((tenant, id))).set(enrolments::answered.eq(answered)).execute(conn)?;
    Ok(())
}

/// Adds an enrolment; the account is not in the edition yet.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Enrolment) -> Result<()> {
    diesel::insert_into(enrolments::table)
        .values((
            enrolments::tenant_id.eq(tenant),
            enrolments::id.eq(new.id),
            enrolments::version.eq(new.version),
            enrolments::edition_id.eq(new.edition_id),
            enrolments::account_id.eq(new.account_id),
            enrolments::group_id.eq(new.group_id),
            enrolments::answered.eq(false),
            enrolments::created_at.eq(At(new.created_at)),
        ))
        .execute(conn)
        .on_unique("enrolments_account_id", "/account_id")?;
    Ok(())
}

/// Writes the present group of an enrolment.
pub fn update(conn: &mut Conn, tenant: TenantId, changed: &Enrolment) -> Result<()> {
    diesel::update(enrolments::table.find((tenant, changed.id)))
        .set((enrolments::version.eq(changed.version), enrolments::group_id.eq(changed.group_id)))
        .execute(conn)?;
    Ok(())
}

/// Takes an enrolment away.
pub fn delete(conn: &mut Conn, tenant: TenantId, id: EnrolmentId) -> Result<()> {
    diesel::delete(enrolments::table.find((tenant, id))).execute(conn)?;
    Ok(())
}

/// A person who can be enrolled or lead a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: AccountId,
    pub name: String,
    pub deactivated: bool,
}

type PersonRow = (AccountId, String, AsText<AccountStatus>);

fn person((id, name, status): PersonRow) -> Person {
    Person { id, name, deactivated: status.0 == AccountStatus::Deactivated }
}

/// The people behind some accounts.
pub fn people(conn: &mut Conn, tenant: TenantId, ids: &[AccountId]) -> Result<Vec<Person>> {
    let rows = accounts::table
        .filter(accounts::tenant_id.eq(tenant))
        .filter(accounts::id.eq_any(ids.to_vec()))
        .select((accounts::id, accounts::name, accounts::status))
        .load::<PersonRow>(conn)?;
    Ok(rows.into_iter().map(person).collect())
}

/// The person with an address.
pub fn person_at(conn: &mut Conn, tenant: TenantId, email: &str) -> Result<Option<Person>> {
    let row = accounts::table
        .filter(accounts::tenant_id.eq(tenant))
        .filter(accounts::email_fold.eq(fold(email)))
        .select((accounts::id, accounts::name, accounts::status))
        .first::<PersonRow>(conn)
        .optional()?;
    Ok(row.map(person))
}
