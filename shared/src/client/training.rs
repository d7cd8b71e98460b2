//! Calls about programmes, editions, people in them, self-assessment and results.

use super::{Called, Client};
use crate::page::Paging;
use crate::training::*;
use crate::{ContactDayId, EditionId, EnrolmentId, GroupId, Page, ProgrammeId};

impl Client {
    pub async fn list_programmes(&self, paging: &Paging) -> Called<Page<Programme>> {
        self.list("/programmes", paging).await
    }

    pub async fn get_programme(&self, id: ProgrammeId) -> Called<Programme> {
        self.get(&format!("/programmes/{id}")).await
    }

    pub async fn create_programme(&self, new: &NewProgramme) -> Called<Programme> {
        self.create("/programmes", new).await
    }

    pub async fn update_programme(&self, id: ProgrammeId, version: i64, changes: &ProgrammeChanges) -> Called<Programme> {
        self.change(&format!("/programmes/{id}"), version, changes).await
    }

    pub async fn get_programme_results(&self, id: ProgrammeId) -> Called<ProgrammeResults> {
        self.get(&format!("/programmes/{id}/results")).await
    }

    /// The published results as CSV: UTF-8 with BOM, `;`, a line per edition and goal.
    pub async fn export_programme_results(&self, id: ProgrammeId) -> Called<String> {
        self.text(&format!("/programmes/{id}/results/export")).await
    }

    pub async fn list_editions(&self, filter: &EditionFilter) -> Called<Page<EditionSummary>> {
        self.list("/editions", filter).await
    }

    pub async fn get_edition(&self, id: EditionId) -> Called<Edition> {
        self.get(&format!("/editions/{id}")).await
    }

    pub async fn create_edition(&self, new: &NewEdition) -> Called<Edition> {
        self.create("/editions", new).await
    }

    pub async fn update_edition(&self, id: EditionId, version: i64, changes: &EditionChanges) -> Called<Edition> {
        self.change(&format!("/editions/{id}"), version, changes).await
    }

    pub async fn copy_edition(&self, id: EditionId, copy: &EditionCopy) -> Called<Edition> {
        self.create(&format!("/editions/{id}/copy"), copy).await
    }

    pub async fn open_assessment(&self, id: EditionId, version: i64) -> Called<Edition> {
        self.act_on(&format!("/editions/{id}/open-assessment"), version).await
    }

    /// Publishes the result and deletes the answers. For good.
    pub async fn close_assessment(&self, id: EditionId, version: i64) -> Called<Edition> {
        self.act_on(&format!("/editions/{id}/close-assessment"), version).await
    }

    pub async fn get_assessment_progress(&self, id: EditionId) -> Called<AssessmentProgress> {
        self.get(&format!("/editions/{id}/assessment-progress")).await
    }

    pub async fn get_self_assessment(&self, id: EditionId) -> Called<SelfAssessment> {
        self.get(&format!("/editions/{id}/self-assessment")).await
    }

    pub async fn save_self_assessment(&self, id: EditionId, version: i64, new: &NewSelfAssessment) -> Called<SelfAssessment> {
        self.put(&format!("/editions/{id}/self-assessment"), version, new).await
    }

    pub async fn get_edition_results(&self, id: EditionId) -> Called<EditionResults> {
        self.get(&format!("/editions/{id}/results")).await
    }

    pub async fn list_contact_days(&self, id: EditionId, paging: &Paging) -> Called<Page<ContactDay>> {
        self.list(&format!("/editions/{id}/contact-days"), paging).await
    }

    pub async fn create_contact_day(&self, id: EditionId, new: &NewContactDay) -> Called<ContactDay> {
        self.create(&format!("/editions/{id}/contact-days"), new).await
    }

    pub async fn get_contact_day(&self, id: ContactDayId) -> Called<ContactDay> {
        self.get(&format!("/contact-days/{id}")).await
    }

    pub async fn update_contact_day(&self, id: ContactDayId, version: i64, changes: &ContactDayChanges) -> Called<ContactDay> {
        self.change(&format!("/contact-days/{id}"), version, changes).await
    }

    pub async fn delete_contact_day(&self, id: ContactDayId, version: i64) -> Called<()> {
        self.remove(&format!("/contact-days/{id}"), version).await
    }

    pub async fn list_enrolments(&self, id: EditionId, paging: &Paging) -> Called<Page<Enrolment>> {
        self.list(&format!("/editions/{id}/enrolments"), paging).await
    }

    /// Places held by the people of a unit, over all editions.
    pub async fn list_unit_enrolments(&self, filter: &UnitEnrolmentFilter) -> Called<Page<Enrolment>> {
        self.list("/enrolments", filter).await
    }

    pub async fn enrol(&self, id: EditionId, new: &NewEnrolment) -> Called<Enrolled> {
        self.create(&format!("/editions/{id}/enrolments"), new).await
    }

    pub async fn get_enrolment(&self, id: EnrolmentId) -> Called<Enrolment> {
        self.get(&format!("/enrolments/{id}")).await
    }

    pub async fn update_enrolment(&self, id: EnrolmentId, version: i64, changes: &EnrolmentChanges) -> Called<Enrolment> {
        self.change(&format!("/enrolments/{id}"), version, changes).await
    }

    pub async fn delete_enrolment(&self, id: EnrolmentId, version: i64) -> Called<()> {
        self.remove(&format!("/enrolments/{id}"), version).await
    }

    pub async fn list_groups(&self, id: EditionId, paging: &Paging) -> Called<Page<Group>> {
        self.list(&format!("/editions/{id}/groups"), paging).await
    }

    pub async fn create_group(&self, id: EditionId, new: &NewGroup) -> Called<Group> {
        self.create(&format!("/editions/{id}/groups"), new).await
    }

    pub async fn get_group(&self, id: GroupId) -> Called<Group> {
        self.get(&format!("/groups/{id}")).await
    }

    pub async fn update_group(&self, id: GroupId, version: i64, changes: &GroupChanges) -> Called<Group> {
        self.change(&format!("/groups/{id}"), version, changes).await
    }

    pub async fn delete_group(&self, id: GroupId, version: i64) -> Called<()> {
        self.remove(&format!("/groups/{id}"), version).await
    }
}
