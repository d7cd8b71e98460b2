//! One row of `projects`, and the project that it is.

use crate::db::fold;
use crate::db::schema::projects;
use crate::db::types::{AsText, At, Json};
use diesel::prelude::*;
use shared::projects::{ChecklistItem, Evidence, Process, Project, ProjectFacts, ProjectStage, Sponsor, StageClock, WaitingReason};
use shared::{AccountId, EditionId, GroupId, Lang, ProjectId, TenantId, UnitId};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = projects, treat_none_as_default_value = false)]
pub(super) struct Row {
    pub(super) tenant_id: TenantId,
    pub(super) id: ProjectId,
    pub(super) version: i64,
    pub(super) edition_id: Option<EditionId>,
    pub(super) group_id: Option<GroupId>,
    pub(super) unit_id: Option<UnitId>,
    pub(super) title: String,
    pub(super) lang: AsText<Lang>,
    pub(super) stage: AsText<ProjectStage>,
    pub(super) stage_started_at: At,
    pub(super) due_at: Option<At>,
    pub(super) first_due_at: Option<At>,
    pub(super) returns_to: Option<AsText<ProjectStage>>,
    pub(super) waiting_reason: Option<AsText<WaitingReason>>,
    pub(super) need: String,
    pub(super) evidence: Json<Vec<Evidence>>,
    pub(super) idea: String,
    pub(super) theme: Option<String>,
    pub(super) theme_fold: Option<String>,
    pub(super) customer_group: Option<String>,
    pub(super) process: Json<Process>,
    pub(super) labels: Json<Vec<String>>,
    pub(super) checklist: Json<Vec<ChecklistItem>>,
    pub(super) sponsor_id: Option<AccountId>,
    pub(super) sponsored_at: Option<At>,
    pub(super) learnt: Option<String>,
    pub(super) continues_id: Option<ProjectId>,
    pub(super) continued_in_id: Option<ProjectId>,
    pub(super) created_at: At,
    pub(super) updated_at: At,
}

/// Names of what a row refers to: its group, its unit, its sponsor.
pub(super) type Names = (Option<String>, Option<String>, Option<String>);

/// A project as it is stored: without its people, its history, and what follows from other things.
#[derive(Clone, Debug)]
pub struct Stored {
    pub project: Project,
    /// Where it was before it waited, while it does.
    pub returns_to: Option<ProjectStage>,
}

impl Row {
    pub(super) fn of(tenant: TenantId, stored: &Stored) -> Self {
        let project = stored.project.clone();
        Self {
            tenant_id: tenant,
            id: project.id,
            version: project.version,
            edition_id: project.edition_id,
            group_id: project.group_id,
            unit_id: project.unit_id,
            title: project.title,
            lang: AsText(project.lang),
            stage: AsText(project.stage),
            stage_started_at: At(project.clock.started_at),
            due_at: project.clock.due_at.map(At),
            first_due_at: project.clock.first_due_at.map(At),
            returns_to: stored.returns_to.map(AsText),
            waiting_reason: project.waiting_reason.map(AsText),
            need: project.need,
            evidence: Json(project.evidence),
            idea: project.idea,
            theme_fold: project.theme.as_deref().map(fold),
            theme: project.theme,
            customer_group: project.customer_group,
            process: Json(project.process),
            labels: Json(project.labels),
            checklist: Json(project.checklist),
            sponsor_id: project.sponsor.as_ref().map(|sponsor| sponsor.account_id),
            sponsored_at: project.sponsor.as_ref().map(|sponsor| At(sponsor.since)),
            learnt: project.learnt,
            continues_id: project.continues_id,
            continued_in_id: project.continued_in_id,
            created_at: At(project.created_at),
            updated_at: At(project.updated_at),
        }
    }

    pub(super) fn with(self, (group_name, unit_name, sponsor_name): Names) -> Stored {
        let sponsor = self.sponsor_id.zip(self.sponsored_at).map(|(account_id, since)| Sponsor {
            account_id,
            name: sponsor_name.unwrap_or_default(),
            since: since.0,
        });
        let project = Project {
            id: self.id,
            version: self.version,
            edition_id: self.edition_id,
            group_id: self.group_id,
            group_name,
            unit_id: self.unit_id,
            unit_name,
            title: self.title,
            lang: self.lang.0,
            stage: self.stage.0,
            clock: clock(self.stage_started_at, self.due_at, self.first_due_at),
            waiting_reason: self.waiting_reason.map(|reason| reason.0),
            need: self.need,
            evidence: self.evidence.0,
            idea: self.idea,
            theme: self.theme,
            customer_group: self.customer_group,
            process: self.process.0,
            labels: self.labels.0,
            checklist: self.checklist.0,
            sponsor,
            members: Vec::new(),
            learnt: self.learnt,
            continues_id: self.continues_id,
            continued_in_id: self.continued_in_id,
            stages: Vec::new(),
            facts: ProjectFacts::default(),
            lacking: Vec::new(),
            may_work: false,
            may_extend: false,
            may_sponsor: false,
            created_at: self.created_at.0,
            updated_at: self.updated_at.0,
        };
        Stored { project, returns_to: self.returns_to.map(|stage| stage.0) }
    }
}

pub(super) fn clock(started_at: At, due_at: Option<At>, first_due_at: Option<At>) -> StageClock {
    StageClock { started_at: started_at.0, due_at: due_at.map(|at| at.0), first_due_at: first_due_at.map(|at| at.0) }
}
