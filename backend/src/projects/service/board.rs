//! The board: projects by stage, and how many may be in each.

use super::projects;
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::policy::Actor;
use crate::projects::store::{limits, summaries};
use shared::audit::AuditAction;
use shared::policy::{Permission, Target};
use shared::problem::ProblemCode;
use shared::projects::{Board, BoardColumn, BoardFilter, BoardLimit, ProjectStage, ProjectSummary};
use std::collections::HashMap;

/// Most cards of a column.
const CARDS: i64 = 50;

/// The projects of a filter by stage. It takes as many queries whatever there is.
pub fn get(conn: &mut Conn, actor: &Actor, filter: &BoardFilter) -> Result<Board> {
    actor.require(Permission::ViewProjects, &Target::Tenant)?;
    let counts = summaries::counts(conn, actor.tenant, filter, actor.now)?;
    let limits = limits::all(conn, actor.tenant)?;
    let mut cards = Vec::new();
    for stage in ProjectStage::ALL {
        cards.extend(summaries::column(conn, actor.tenant, *stage, filter, actor.now, CARDS)?);
    }
    let mut by_stage: HashMap<ProjectStage, Vec<ProjectSummary>> = HashMap::new();
    for card in projects::complete(conn, actor.tenant, cards)? {
        by_stage.entry(card.stage).or_default().push(card);
    }
    let column = |stage: &ProjectStage| BoardColumn {
        stage: *stage,
        count: counts.get(stage).copied().unwrap_or(0),
        limit: limits.get(stage).copied(),
        items: by_stage.remove(stage).unwrap_or_default(),
    };
    Ok(Board {
        columns: ProjectStage::ALL.iter().map(column).collect(),
        themes: summaries::themes(conn, actor.tenant)?,
        overdue_count: summaries::overdue(conn, actor.tenant, filter, actor.now)?,
        may_set_limits: actor.may(Permission::ManageProjects, &Target::Tenant),
    })
}

/// Bounds how many projects may be in a stage at once, or takes the bound away. What is in it stays.
pub fn set_limit(conn: &mut Conn, actor: &Actor, new: &BoardLimit) -> Result<BoardLimit> {
    actor.require(Permission::ManageProjects, &Target::Tenant)?;
    limits::set(conn, actor.tenant, new.stage, new.limit)?;
    let fields = vec![new.stage.as_str().to_owned()];
    audit::record(conn, actor, Entry { action: AuditAction::Changed, kind: "board", object: None, fields, beside: Vec::new() })?;
    Ok(new.clone())
}

/// Refuses one more project in a stage in which there are as many as may be.
pub(super) fn refuse_full(conn: &mut Conn, actor: &Actor, stage: ProjectStage) -> Result<()> {
    let Some(most) = limits::all(conn, actor.tenant)?.get(&stage).copied() else { return Ok(()) };
    if limits::count(conn, actor.tenant, stage)? < most {
        Ok(())
    } else {
        Err(Error::at(ProblemCode::ColumnFull, "/over_limit", "column_full"))
    }
}
