//! Calls about work that the service does by itself.

use super::{Called, Client};
use crate::jobs::{Job, JobFilter};
use crate::{JobId, Page};

impl Client {
    pub async fn list_jobs(&self, filter: &JobFilter) -> Called<Page<Job>> {
        self.list("/jobs", filter).await
    }

    /// Lets a dead job try again.
    pub async fn retry_job(&self, id: JobId) -> Called<Job> {
        self.act_for(&format!("/jobs/{id}/retry")).await
    }
}
