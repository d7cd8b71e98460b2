//! What lies in the tables about one person, read for that person alone.

use crate::db::Conn;
use crate::db::schema::{
    contact_day_facilitators, enrolments, project_members, project_stages, projects, self_assessments, stage_extensions,
};
use crate::db::types::{AsText, At, Json};
use crate::error::Result;
use diesel::prelude::*;
use shared::identity::{OwnAnswers, OwnEnrolment};
use shared::training::GoalStep;
use shared::{AccountId, ContactDayId, EditionId, EnrolmentId, Lang, ProjectId, TenantId};
use std::collections::BTreeSet;

/// Places in editions, in the order in which they were given.
pub fn enrolments(conn: &mut Conn, tenant: TenantId, account: AccountId) -> Result<Vec<OwnEnrolment>> {
    let own = enrolments::table.filter(enrolments::tenant_id.eq(tenant)).filter(enrolments::account_id.eq(account));
    let rows = own.select((enrolments::id, enrolments::edition_id)).order(enrolments::id.asc()).load::<(EnrolmentId, EditionId)>(conn)?;
    Ok(rows.into_iter().map(|(id, edition_id)| OwnEnrolment { id, edition_id }).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = self_assessments)]
struct Answers {
    edition_id: EditionId,
    steps: Json<Vec<GoalStep>>,
    greeting: String,
    lang: AsText<Lang>,
    saved_at: At,
}

/// Answers that have not been published.
pub fn answers(conn: &mut Conn, tenant: TenantId, account: AccountId) -> Result<Vec<OwnAnswers>> {
    let own_place = enrolments::tenant_id.eq(self_assessments::tenant_id).and(enrolments::id.eq(self_assessments::enrolment_id));
    let rows = self_assessments::table
        .inner_join(enrolments::table.on(own_place))
        .filter(self_assessments::tenant_id.eq(tenant))
        .filter(enrolments::account_id.eq(account))
        .select(Answers::as_select())
        .load::<Answers>(conn)?;
    let answers = rows.into_iter().map(|row| OwnAnswers {
        edition_id: row.edition_id,
        steps: row.steps.0,
        greeting: row.greeting,
        lang: row.lang.0,
        saved_at: row.saved_at.0,
    });
    Ok(answers.collect())
}

/// Contact days that the account leads.
pub fn led_days(conn: &mut Conn, tenant: TenantId, account: AccountId) -> Result<Vec<ContactDayId>> {
    let own = contact_day_facilitators::table
        .filter(contact_day_facilitators::tenant_id.eq(tenant))
        .filter(contact_day_facilitators::account_id.eq(account));
    Ok(own.select(contact_day_facilitators::contact_day_id).load::<ContactDayId>(conn)?)
}

/// Projects in which the account is named: as one of their people or their sponsor, or in their history.
pub fn projects(conn: &mut Conn, tenant: TenantId, account: AccountId) -> Result<Vec<ProjectId>> {
    let member = project_members::table.filter(project_members::tenant_id.eq(tenant)).filter(project_members::account_id.eq(account));
    let sponsor = projects::table.filter(projects::tenant_id.eq(tenant)).filter(projects::sponsor_id.eq(account));
    let moved = project_stages::table.filter(project_stages::tenant_id.eq(tenant)).filter(project_stages::moved_by.eq(account));
    let extended = stage_extensions::table.filter(stage_extensions::tenant_id.eq(tenant)).filter(stage_extensions::granted_by.eq(account));
    let mut found = member.select(project_members::project_id).load::<ProjectId>(conn)?;
    found.extend(sponsor.select(projects::id).load::<ProjectId>(conn)?);
    found.extend(moved.select(project_stages::project_id).load::<ProjectId>(conn)?);
    found.extend(extended.select(stage_extensions::project_id).load::<ProjectId>(conn)?);
    // In the order in which they were made.
    Ok(found.into_iter().map(|id| id.0).collect::<BTreeSet<_>>().into_iter().map(ProjectId).collect())
}
