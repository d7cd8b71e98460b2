//! Calls about development projects and their board.

use super::{Called, Client};
use crate::projects::*;
use crate::{Page, ProgrammeId, ProjectId};

impl Client {
    pub async fn list_projects(&self, filter: &ProjectFilter) -> Called<Page<ProjectSummary>> {
        self.list("/projects", filter).await
    }

    pub async fn get_board(&self, filter: &BoardFilter) -> Called<Board> {
        self.list("/board", filter).await
    }

    /// How many projects may be in a stage at once, for the whole tenant.
    pub async fn set_board_limit(&self, limit: &BoardLimit) -> Called<BoardLimit> {
        self.create("/board/limits", limit).await
    }

    /// How far projects come, and how long it takes them.
    pub async fn get_project_statistics(&self) -> Called<statistics::Statistics> {
        self.get("/project-statistics").await
    }

    pub async fn get_project(&self, id: ProjectId) -> Called<Project> {
        self.get(&format!("/projects/{id}")).await
    }

    pub async fn create_project(&self, new: &NewProject) -> Called<Project> {
        self.create("/projects", new).await
    }

    pub async fn update_project(&self, id: ProjectId, version: i64, changes: &ProjectChanges) -> Called<Project> {
        self.change(&format!("/projects/{id}"), version, changes).await
    }

    /// Takes away a project that is still an idea.
    pub async fn delete_project(&self, id: ProjectId, version: i64) -> Called<()> {
        self.remove(&format!("/projects/{id}"), version).await
    }

    pub async fn move_project(&self, id: ProjectId, version: i64, to: &ProjectMove) -> Called<Project> {
        self.act_on_with(&format!("/projects/{id}/move"), version, to).await
    }

    pub async fn extend_project(&self, id: ProjectId, version: i64, extension: &NewStageExtension) -> Called<Project> {
        self.act_on_with(&format!("/projects/{id}/extend"), version, extension).await
    }

    /// Stands behind the project as the manager of the unit that needs it.
    pub async fn sponsor_project(&self, id: ProjectId, version: i64) -> Called<Project> {
        self.act_on(&format!("/projects/{id}/sponsor"), version).await
    }

    pub async fn unsponsor_project(&self, id: ProjectId, version: i64) -> Called<Project> {
        self.act_on(&format!("/projects/{id}/unsponsor"), version).await
    }

    /// How long the stages take in a programme.
    pub async fn get_clock_terms(&self, id: ProgrammeId) -> Called<ClockTerms> {
        self.get(&format!("/programmes/{id}/clock")).await
    }

    pub async fn update_clock_terms(&self, id: ProgrammeId, version: i64, changes: &ClockTermsChanges) -> Called<ClockTerms> {
        self.change(&format!("/programmes/{id}/clock"), version, changes).await
    }
}
