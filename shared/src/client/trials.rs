//! Calls about trials, what was measured in them, and which units took a practice up.

use super::{Called, Client};
use crate::page::Paging;
use crate::projects::*;
use crate::{AdoptionId, MeasurementId, Page, ProjectId, TrialId};

impl Client {
    pub async fn list_trials(&self, id: ProjectId, paging: &Paging) -> Called<Page<Trial>> {
        self.list(&format!("/projects/{id}/trials"), paging).await
    }

    pub async fn create_trial(&self, id: ProjectId, new: &NewTrial) -> Called<Trial> {
        self.create(&format!("/projects/{id}/trials"), new).await
    }

    pub async fn get_trial(&self, id: TrialId) -> Called<Trial> {
        self.get(&format!("/trials/{id}")).await
    }

    pub async fn update_trial(&self, id: TrialId, version: i64, changes: &TrialChanges) -> Called<Trial> {
        self.change(&format!("/trials/{id}"), version, changes).await
    }

    pub async fn conclude_trial(&self, id: TrialId, version: i64, conclusion: &TrialConclusion) -> Called<Trial> {
        self.act_on_with(&format!("/trials/{id}/conclude"), version, conclusion).await
    }

    pub async fn reopen_trial(&self, id: TrialId, version: i64) -> Called<Trial> {
        self.act_on(&format!("/trials/{id}/reopen"), version).await
    }

    pub async fn create_measurement(&self, id: TrialId, new: &NewMeasurement) -> Called<Measurement> {
        self.create(&format!("/trials/{id}/measurements"), new).await
    }

    pub async fn get_measurement(&self, id: MeasurementId) -> Called<Measurement> {
        self.get(&format!("/measurements/{id}")).await
    }

    pub async fn update_measurement(&self, id: MeasurementId, version: i64, changes: &MeasurementChanges) -> Called<Measurement> {
        self.change(&format!("/measurements/{id}"), version, changes).await
    }

    pub async fn delete_measurement(&self, id: MeasurementId, version: i64) -> Called<()> {
        self.remove(&format!("/measurements/{id}"), version).await
    }

    pub async fn list_adoptions(&self, id: ProjectId, paging: &Paging) -> Called<Page<Adoption>> {
        self.list(&format!("/projects/{id}/adoptions"), paging).await
    }

    pub async fn create_adoption(&self, id: ProjectId, new: &NewAdoption) -> Called<Adoption> {
        self.create(&format!("/projects/{id}/adoptions"), new).await
    }

    pub async fn get_adoption(&self, id: AdoptionId) -> Called<Adoption> {
        self.get(&format!("/adoptions/{id}")).await
    }

    pub async fn update_adoption(&self, id: AdoptionId, version: i64, changes: &AdoptionChanges) -> Called<Adoption> {
        self.change(&format!("/adoptions/{id}"), version, changes).await
    }

    pub async fn delete_adoption(&self, id: AdoptionId, version: i64) -> Called<()> {
        self.remove(&format!("/adoptions/{id}"), version).await
    }

    pub async fn recheck_adoption(&self, id: AdoptionId, version: i64, found: &NewRecheck) -> Called<Adoption> {
        self.act_on_with(&format!("/adoptions/{id}/rechecks"), version, found).await
    }

    pub async fn get_adoption_rates(&self) -> Called<AdoptionRates> {
        self.get("/adoption-rates").await
    }
}
