//! Adoptions and the looks at them, as they lie in the tables.

use crate::db::Conn;
use crate::db::schema::{accounts, adoption_rechecks as rechecks, adoptions, units};
use crate::db::types::{AsText, At};
use crate::error::{OnUnique, Result};
use crate::http::cursor::Position;
use diesel::dsl::count_star;
use diesel::prelude::*;
use jiff::civil::Date;
use shared::identity::AccountStatus;
use shared::projects::{Adoption, Decision, Recheck, RecheckState, next_recheck};
use shared::{AccountId, AdoptionId, ProjectId, TenantId, UnitId};
use std::collections::HashMap;

crate::sql_ids!(AdoptionId);

#[derive(Queryable, Selectable)]
#[diesel(table_name = adoptions)]
struct Row {
    id: AdoptionId,
    version: i64,
    project_id: ProjectId,
    unit_id: UnitId,
    decision: AsText<Decision>,
    note: String,
    guide_id: Option<AccountId>,
    guide_name: Option<String>,
    from_on: Option<AsText<Date>>,
    answer_due_on: Option<AsText<Date>>,
    created_at: At,
    updated_at: At,
}

/// A row with the name of its unit and that of the account of its guide.
type Named = (Row, String, Option<String>);

fn adoption((row, unit_name, guide): Named, rechecks: Vec<Recheck>) -> Adoption {
    let (decision, from_on) = (row.decision.0, row.from_on.map(|day| day.0));
    Adoption {
        id: row.id,
        version: row.version,
        project_id: row.project_id,
        unit_id: row.unit_id,
        unit_name,
        decision,
        note: row.note,
        guide_id: row.guide_id,
        guide_name: guide.or(row.guide_name),
        from_on,
        answer_due_on: row.answer_due_on.map(|day| day.0),
        next_recheck: next_recheck(decision, from_on, &rechecks),
        rechecks,
        created_at: row.created_at.0,
        updated_at: row.updated_at.0,
    }
}

/// Adoptions with the names of units and guides.
macro_rules! named {
    () => {
        adoptions::table
            .inner_join(units::table.on(units::tenant_id.eq(adoptions::tenant_id).and(units::id.eq(adoptions::unit_id))))
            .left_join(
                accounts::table.on(accounts::tenant_id.eq(adoptions::tenant_id).and(accounts::id.nullable().eq(adoptions::guide_id))),
            )
    };
}

/// One adoption.
pub fn find(conn: &mut Conn, tenant: TenantId, id: AdoptionId) -> Result<Option<Adoption>> {
    let row = named!()
        .filter(adoptions::tenant_id.eq(tenant))
        .filter(adoptions::id.eq(id))
        .select((Row::as_select(), units::name, accounts::name.nullable()))
        .first::<Named>(conn)
        .optional()?;
    Ok(with_rechecks(conn, tenant, row.into_iter().collect())?.pop())
}

/// Adoptions of a project by name of the unit, after a position.
pub fn list(conn: &mut Conn, tenant: TenantId, project: ProjectId, after: Option<&Position>, rows: i64) -> Result<Vec<Adoption>> {
    let own = named!().filter(adoptions::tenant_id.eq(tenant)).filter(adoptions::project_id.eq(project));
    let mut query = own.select((Row::as_select(), units::name, accounts::name.nullable())).into_boxed();
    if let Some(after) = after {
        query = crate::from_position!(query, units::name_fold > after.key.clone(), adoptions::id > after.raw_id());
    }
    let rows = query.order((units::name_fold.asc(), adoptions::id.asc())).limit(rows).load::<Named>(conn)?;
    with_rechecks(conn, tenant, rows)
}

fn with_rechecks(conn: &mut Conn, tenant: TenantId, rows: Vec<Named>) -> Result<Vec<Adoption>> {
    let ids: Vec<AdoptionId> = rows.iter().map(|(row, ..)| row.id).collect();
    let found = rechecks::table
        .filter(rechecks::tenant_id.eq(tenant))
        .filter(rechecks::adoption_id.eq_any(ids))
        .order((rechecks::adoption_id.asc(), rechecks::month.asc()))
        .select((rechecks::adoption_id, rechecks::month, rechecks::state, rechecks::note, rechecks::checked_at))
        .load::<(AdoptionId, i64, AsText<RecheckState>, String, At)>(conn)?;
    let mut by_adoption: HashMap<AdoptionId, Vec<Recheck>> = HashMap::new();
    for (id, month, state, note, checked_at) in found {
        by_adoption.entry(id).or_default().push(Recheck { month, state: state.0, note, checked_at: checked_at.0 });
    }
    Ok(rows
        .into_iter()
        .map(|row| (by_adoption.remove(&row.0.id).unwrap_or_default(), row))
        .map(|(done, row)| adoption(row, done))
        .collect())
}

/// How many units were asked about each of these projects, and how many of them have taken it up.
pub fn unit_counts(conn: &mut Conn, tenant: TenantId, projects: &[ProjectId]) -> Result<HashMap<ProjectId, (i64, i64)>> {
    let rows = adoptions::table
        .filter(adoptions::tenant_id.eq(tenant))
        .filter(adoptions::project_id.eq_any(projects.to_vec()))
        .group_by((adoptions::project_id, adoptions::decision))
        .select((adoptions::project_id, adoptions::decision, count_star()))
        .load::<(ProjectId, AsText<Decision>, i64)>(conn)?;
    let mut counts: HashMap<ProjectId, (i64, i64)> = HashMap::new();
    for (project, decision, count) in rows {
        let (asked, taken_up) = counts.entry(project).or_default();
        *asked += count;
        *taken_up += if decision.0.is_taken_up() { count } else { 0 };
    }
    Ok(counts)
}

/// The name and the status of an account that may guide.
pub fn guide(conn: &mut Conn, tenant: TenantId, account: AccountId) -> Result<Option<(String, AccountStatus)>> {
    let found = accounts::table.find((tenant, account)).select((accounts::name, accounts::status));
    let row = found.first::<(String, AsText<AccountStatus>)>(conn).optional()?;
    Ok(row.map(|(name, status)| (name, status.0)))
}

/// Adds an adoption; the unit has none of this project.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Adoption) -> Result<()> {
    diesel::insert_into(adoptions::table)
        .values((
            adoptions::tenant_id.eq(tenant),
            adoptions::id.eq(new.id),
            adoptions::version.eq(new.version),
            adoptions::project_id.eq(new.project_id),
            adoptions::unit_id.eq(new.unit_id),
            adoptions::decision.eq(AsText(new.decision)),
            adoptions::note.eq(&new.note),
            adoptions::guide_id.eq(new.guide_id),
            adoptions::guide_name.eq(own_guide_name(new)),
            adoptions::from_on.eq(new.from_on.map(AsText)),
            adoptions::answer_due_on.eq(new.answer_due_on.map(AsText)),
            adoptions::created_at.eq(At(new.created_at)),
            adoptions::updated_at.eq(At(new.updated_at)),
        ))
        .execute(conn)
        .on_unique("adoptions_unit_id", "/unit_id")?;
    Ok(())
}

/// The name of a guide without an account: an account's is kept with it.
fn own_guide_name(adoption: &Adoption) -> Option<&String> {
    adoption.guide_name.as_ref().filter(|_| adoption.guide_id.is_none())
}

/// Writes the present state of an adoption, without the looks at it.
pub fn update(conn: &mut Conn, tenant: TenantId, changed: &Adoption) -> Result<()> {
    diesel::update(adoptions::table.find((tenant, changed.id)))
        .set((
            adoptions::version.eq(changed.version),
            adoptions::decision.eq(AsText(changed.decision)),
            adoptions::note.eq(&changed.note),
            adoptions::guide_id.eq(changed.guide_id),
            adoptions::guide_name.eq(own_guide_name(changed)),
            adoptions::from_on.eq(changed.from_on.map(AsText)),
            adoptions::answer_due_on.eq(changed.answer_due_on.map(AsText)),
            adoptions::updated_at.eq(At(changed.updated_at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Keeps what was found at one look, in the place of an earlier one at the same month.
pub fn keep_recheck(conn: &mut Conn, tenant: TenantId, id: AdoptionId, found: &Recheck) -> Result<()> {
    diesel::delete(rechecks::table.find((tenant, id, found.month))).execute(conn)?;
    diesel::insert_into(rechecks::table)
        .values((
            rechecks::tenant_id.eq(tenant),
            rechecks::adoption_id.eq(id),
            rechecks::month.eq(found.month),
            rechecks::state.eq(AsText(found.state)),
            rechecks::note.eq(&found.note),
            rechecks::checked_at.eq(At(found.checked_at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes an adoption away, with the looks at it.
pub fn delete(conn: &mut Conn, tenant: TenantId, id: AdoptionId) -> Result<()> {
    let own = rechecks::table.filter(rechecks::tenant_id.eq(tenant)).filter(rechecks::adoption_id.eq(id));
    diesel::delete(own).execute(conn)?;
    diesel::delete(adoptions::table.find((tenant, id))).execute(conn)?;
    Ok(())
}

/// Whether any unit was asked about a project.
pub fn any(conn: &mut Conn, tenant: TenantId, project: ProjectId) -> Result<bool> {
    let own = adoptions::table.filter(adoptions::tenant_id.eq(tenant)).filter(adoptions::project_id.eq(project));
    Ok(own.select(adoptions::version).first::<i64>(conn).optional()?.is_some())
}
