//! Projects as lists show them: the columns that a card needs and no others.

use super::row::clock;
use crate::db::schema::{edition_groups as groups, projects, units};
use crate::db::types::{AsText, At, Json};
use crate::db::{Conn, fold};
use crate::error::Result;
use crate::http::cursor::Position;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::projects::{BoardFilter, ChecklistItem, ProjectFacts, ProjectFilter, ProjectStage, ProjectSummary, WaitingReason};
use shared::{EditionId, GroupId, Lang, ProjectId, TenantId, UnitId};
use std::collections::HashMap;

#[derive(Queryable, Selectable)]
#[diesel(table_name = projects)]
struct Row {
    id: ProjectId,
    version: i64,
    edition_id: Option<EditionId>,
    group_id: Option<GroupId>,
    unit_id: Option<UnitId>,
    title: String,
    lang: AsText<Lang>,
    stage: AsText<ProjectStage>,
    stage_started_at: At,
    due_at: Option<At>,
    first_due_at: Option<At>,
    waiting_reason: Option<AsText<WaitingReason>>,
    theme: Option<String>,
    labels: Json<Vec<String>>,
    checklist: Json<Vec<ChecklistItem>>,
    created_at: At,
    updated_at: At,
}

type Joined = (Row, Option<String>, Option<String>);

fn summary((row, group_name, unit_name): Joined) -> ProjectSummary {
    let lines = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    ProjectSummary {
        id: row.id,
        version: row.version,
        edition_id: row.edition_id,
        group_id: row.group_id,
        group_name,
        unit_id: row.unit_id,
        unit_name,
        title: row.title,
        lang: row.lang.0,
        stage: row.stage.0,
        clock: clock(row.stage_started_at, row.due_at, row.first_due_at),
        waiting_reason: row.waiting_reason.map(|reason| reason.0),
        theme: row.theme,
        labels: row.labels.0,
        done_count: lines(row.checklist.0.iter().filter(|line| line.done).count()),
        line_count: lines(row.checklist.0.len()),
        assigned: Vec::new(),
        facts: ProjectFacts::default(),
        created_at: row.created_at.0,
        updated_at: row.updated_at.0,
    }
}

/// The projects of a tenant with the names of their groups and units.
macro_rules! joined {
    ($tenant:expr) => {
        projects::table
            .left_join(groups::table.on(groups::tenant_id.eq(projects::tenant_id).and(groups::id.nullable().eq(projects::group_id))))
            .left_join(units::table.on(units::tenant_id.eq(projects::tenant_id).and(units::id.nullable().eq(projects::unit_id))))
            .filter(projects::tenant_id.eq($tenant))
            .select((Row::as_select(), groups::name.nullable(), units::name.nullable()))
            .into_boxed()
    };
}

/// What of a filter bounds any query of projects.
macro_rules! narrowed {
    ($query:expr, $filter:expr, $now:expr) => {{
        let (mut query, filter) = ($query, $filter);
        if let Some(edition) = filter.edition_id {
            query = query.filter(projects::edition_id.eq(edition));
        }
        if let Some(unit) = filter.unit_id {
            query = query.filter(projects::unit_id.eq(unit));
        }
        if let Some(theme) = &filter.theme {
            query = query.filter(projects::theme_fold.eq(fold(theme)));
        }
        match filter.overdue {
            Some(true) => query.filter(projects::due_at.le(At($now))),
            Some(false) => query.filter(projects::due_at.is_null().or(projects::due_at.gt(At($now)))),
            None => query,
        }
    }};
}

/// Projects, the first made first, after a position.
pub fn list(
    conn: &mut Conn,
    tenant: TenantId,
    filter: &ProjectFilter,
    now: Timestamp,
    after: Option<&Position>,
    rows: i64,
) -> Result<Vec<ProjectSummary>> {
    let mut query = narrowed!(joined!(tenant), filter, now);
    if let Some(group) = filter.group_id {
        query = query.filter(projects::group_id.eq(group));
    }
    if let Some(stage) = filter.stage {
        query = query.filter(projects::stage.eq(AsText(stage)));
    }
    if let Some(after) = after {
        query = query.filter(projects::id.gt(after.raw_id()));
    }
    let rows = query.order(projects::id.asc()).limit(rows).load::<Joined>(conn)?;
    Ok(rows.into_iter().map(summary).collect())
}

/// The first projects of a column: the overdue and soonest due, then those that came to it last.
pub fn column(
    conn: &mut Conn,
    tenant: TenantId,
    stage: ProjectStage,
    filter: &BoardFilter,
    now: Timestamp,
    rows: i64,
) -> Result<Vec<ProjectSummary>> {
    let query = narrowed!(joined!(tenant), filter, now).filter(projects::stage.eq(AsText(stage)));
    let order = (projects::due_at.is_null().asc(), projects::due_at.asc(), projects::stage_started_at.desc(), projects::id.asc());
    let rows = query.order(order).limit(rows).load::<Joined>(conn)?;
    Ok(rows.into_iter().map(summary).collect())
}

/// How many projects of a filter are in each stage.
pub fn counts(conn: &mut Conn, tenant: TenantId, filter: &BoardFilter, now: Timestamp) -> Result<HashMap<ProjectStage, i64>> {
    let own = projects::table.group_by(projects::stage).filter(projects::tenant_id.eq(tenant));
    let query = narrowed!(own.select((projects::stage, diesel::dsl::count_star())).into_boxed(), filter, now);
    let rows = query.load::<(AsText<ProjectStage>, i64)>(conn)?;
    Ok(rows.into_iter().map(|(stage, count)| (stage.0, count)).collect())
}

/// How many projects of a filter have run out of time.
pub fn overdue(conn: &mut Conn, tenant: TenantId, filter: &BoardFilter, now: Timestamp) -> Result<i64> {
    let own = projects::table.filter(projects::tenant_id.eq(tenant)).filter(projects::due_at.le(At(now)));
    let query = narrowed!(own.select(diesel::dsl::count_star()).into_boxed(), filter, now);
    Ok(query.first::<i64>(conn)?)
}

/// Most themes for the filter.
const THEMES: i64 = 500;

/// Themes in use, by name; of one that is written in several ways, one of them.
pub fn themes(conn: &mut Conn, tenant: TenantId) -> Result<Vec<String>> {
    let own = projects::table.filter(projects::tenant_id.eq(tenant)).filter(projects::theme_fold.is_not_null());
    let query = own.group_by(projects::theme_fold).select(diesel::dsl::min(projects::theme)).order(projects::theme_fold.asc());
    Ok(query.limit(THEMES).load::<Option<String>>(conn)?.into_iter().flatten().collect())
}
