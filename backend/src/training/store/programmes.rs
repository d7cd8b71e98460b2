//! Programmes and their goals as they lie in the tables.

use crate::db::schema::{goals, programmes};
use crate::db::types::{At, Json};
use crate::db::{Conn, fold};
use crate::error::{OnUnique, Result};
use crate::http::cursor::Position;
use diesel::prelude::*;
use shared::training::{Goal, Programme};
use shared::{GoalId, LocalText, ProgrammeId, TenantId};
use std::collections::{BTreeSet, HashMap};

#[derive(Queryable, Selectable)]
#[diesel(table_name = programmes)]
struct Row {
    id: ProgrammeId,
    version: i64,
    name: Json<LocalText>,
    description: Json<LocalText>,
    step_words: Json<Vec<LocalText>>,
    created_at: At,
    updated_at: At,
}

impl Row {
    fn with(self, goals: Vec<Goal>) -> Programme {
        Programme {
            id: self.id,
            version: self.version,
            name: self.name.0,
            description: self.description.0,
            step_words: self.step_words.0,
            goals,
            created_at: self.created_at.0,
            updated_at: self.updated_at.0,
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = goals)]
struct GoalRow {
    id: GoalId,
    programme_id: ProgrammeId,
    text: Json<LocalText>,
}

/// One programme with its goals.
pub fn find(conn: &mut Conn, tenant: TenantId, id: ProgrammeId) -> Result<Option<Programme>> {
    let row = programmes::table.find((tenant, id)).select(Row::as_select()).first::<Row>(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(row.with(goals(conn, tenant, id)?)))
}

/// Programmes by name, after a position.
pub fn list(conn: &mut Conn, tenant: TenantId, after: Option<&Position>, rows: i64) -> Result<Vec<Programme>> {
    let mut query = programmes::table.filter(programmes::tenant_id.eq(tenant)).select(Row::as_select()).into_boxed();
    if let Some(after) = after {
        query = crate::from_position!(query, programmes::name_fold > after.key.clone(), programmes::id > after.raw_id());
    }
    let rows = query.order((programmes::name_fold.asc(), programmes::id.asc())).limit(rows).load::<Row>(conn)?;
    let ids: Vec<ProgrammeId> = rows.iter().map(|row| row.id).collect();
    let mut goals = goals_of(conn, tenant, &ids)?;
    Ok(rows.into_iter().map(|row| (goals.remove(&row.id).unwrap_or_default(), row)).map(|(goals, row)| row.with(goals)).collect())
}

/// Names of some programmes.
pub fn names(conn: &mut Conn, tenant: TenantId, ids: &[ProgrammeId]) -> Result<HashMap<ProgrammeId, LocalText>> {
    // Many editions are of few programmes.
    let ids: BTreeSet<ProgrammeId> = ids.iter().copied().collect();
    let rows = programmes::table
        .filter(programmes::tenant_id.eq(tenant))
        .filter(programmes::id.eq_any(ids))
        .select((programmes::id, programmes::name))
        .load::<(ProgrammeId, Json<LocalText>)>(conn)?;
    Ok(rows.into_iter().map(|(id, name)| (id, name.0)).collect())
}

fn goals_of(conn: &mut Conn, tenant: TenantId, ids: &[ProgrammeId]) -> Result<HashMap<ProgrammeId, Vec<Goal>>> {
    let rows = goals::table
        .filter(goals::tenant_id.eq(tenant))
        .filter(goals::programme_id.eq_any(ids.to_vec()))
        .order((goals::programme_id.asc(), goals::position.asc()))
        .select(GoalRow::as_select())
        .load::<GoalRow>(conn)?;
    let mut found: HashMap<ProgrammeId, Vec<Goal>> = HashMap::new();
    for row in rows {
        found.entry(row.programme_id).or_default().push(Goal { id: row.id, text: row.text.0 });
    }
    Ok(found)
}

/// The goals of one programme, in their order: a statement of its own, because one with a list of ids is parsed anew
/// each time.
pub fn goals(conn: &mut Conn, tenant: TenantId, programme: ProgrammeId) -> Result<Vec<Goal>> {
    let own = goals::table.filter(goals::tenant_id.eq(tenant)).filter(goals::programme_id.eq(programme));
    let rows = own.order(goals::position.asc()).select(GoalRow::as_select()).load::<GoalRow>(conn)?;
    Ok(rows.into_iter().map(|row| Goal { id: row.id, text: row.text.0 }).collect())
}

/// Adds a programme with its goals; its Finnish name is not taken.
pub fn insert(conn: &mut Conn, tenant: TenantId, new: &Programme) -> Result<()> {
    diesel::insert_into(programmes::table)
        .values((
            programmes::tenant_id.eq(tenant),
            programmes::id.eq(new.id),
            programmes::version.eq(new.version),
            programmes::name.eq(Json(new.name.clone())),
            programmes::name_fold.eq(fold(&new.name.fi)),
            programmes::description.eq(Json(new.description.clone())),
            programmes::step_words.eq(Json(new.step_words.clone())),
            programmes::created_at.eq(At(new.created_at)),
            programmes::updated_at.eq(At(new.updated_at)),
        ))
        .execute(conn)
        .on_unique("programmes_name_fold", "/name/fi")?;
    insert_goals(conn, tenant, new)
}

/// Writes the present state of a programme and of its goals.
pub fn update(conn: &mut Conn, tenant: TenantId, changed: &Programme) -> Result<()> {
    diesel::update(programmes::table.find((tenant, changed.id)))
        .set((
            programmes::version.eq(changed.version),
            programmes::name.eq(Json(changed.name.clone())),
            programmes::name_fold.eq(fold(&changed.name.fi)),
            programmes::description.eq(Json(changed.description.clone())),
            programmes::step_words.eq(Json(changed.step_words.clone())),
            programmes::updated_at.eq(At(changed.updated_at)),
        ))
        .execute(conn)
        .on_unique("programmes_name_fold", "/name/fi")?;
    diesel::delete(goals::table.filter(goals::tenant_id.eq(tenant)).filter(goals::programme_id.eq(changed.id))).execute(conn)?;
    insert_goals(conn, tenant, changed)
}

fn insert_goals(conn: &mut Conn, tenant: TenantId, programme: &Programme) -> Result<()> {
    for (position, goal) in (0i64..).zip(&programme.goals) {
        diesel::insert_into(goals::table)
            .values((
                goals::tenant_id.eq(tenant),
                goals::id.eq(goal.id),
                goals::programme_id.eq(programme.id),
                goals::position.eq(position),
                goals::text.eq(Json(goal.text.clone())),
            ))
            .execute(conn)?;
    }
    Ok(())
}
