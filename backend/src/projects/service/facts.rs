//! What other capabilities know of projects. Each is joined here and nowhere else, for all that are asked for at once.

use crate::comments::service as comments;
use crate::db::Conn;
use crate::error::Result;
use crate::projects::store::{adoptions, trials};
use shared::projects::ProjectFacts;
use shared::subjects::SubjectKind;
use shared::{ProjectId, TenantId};
use std::collections::HashMap;

/// What follows from the trials, units and comments of these projects; nothing is told of one that has none.
pub fn of(conn: &mut Conn, tenant: TenantId, projects: &[ProjectId]) -> Result<HashMap<ProjectId, ProjectFacts>> {
    let mut facts = HashMap::<ProjectId, ProjectFacts>::new();
    for (project, worked) in trials::worked_counts(conn, tenant, projects)? {
        facts.entry(project).or_default().worked_trial_count = worked;
    }
    for (project, units) in adoptions::unit_counts(conn, tenant, projects)? {
        let facts = facts.entry(project).or_default();
        (facts.asked_unit_count, facts.in_use_unit_count) = units;
    }
    let ids: Vec<_> = projects.iter().map(|project| project.0).collect();
    for (project, count) in comments::counts(conn, tenant, SubjectKind::Project, &ids)? {
        facts.entry(ProjectId(project)).or_default().comment_count = count;
    }
    Ok(facts)
}
