//! Answers as they lie in the table until the answering closes.

use super::editions::Row as EditionRow;
use crate::db::Conn;
use crate::db::schema::{editions, enrolments, self_assessments as answers};
use crate::db::types::{AsText, At, Json};
use crate::error::Result;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::training::{Edition, GoalStep};
use shared::{EditionId, EnrolmentId, Lang, TenantId};

/// One person's saved answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub enrolment_id: EnrolmentId,
    pub edition_id: EditionId,
    pub version: i64,
    pub steps: Vec<GoalStep>,
    pub greeting: String,
    pub lang: Lang,
    pub saved_at: Timestamp,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = answers)]
struct Row {
    enrolment_id: EnrolmentId,
    edition_id: EditionId,
    version: i64,
    steps: Json<Vec<GoalStep>>,
    greeting: String,
    lang: AsText<Lang>,
    saved_at: At,
}

impl From<Row> for Answer {
    fn from(row: Row) -> Self {
        Self {
            enrolment_id: row.enrolment_id,
            edition_id: row.edition_id,
            version: row.version,
            steps: row.steps.0,
            greeting: row.greeting,
            lang: row.lang.0,
            saved_at: row.saved_at.0,
        }
    }
}

/// The answers of one enrolment.
pub fn find(conn: &mut Conn, tenant: TenantId, enrolment: EnrolmentId) -> Result<Option<Answer>> {
    let row = answers::table.find((tenant, enrolment)).select(Row::as_select()).first::<Row>(conn).optional()?;
    Ok(row.map(Into::into))
}

/// An edition as one who may answer in it meets it.
pub struct Asked {
    pub edition: Edition,
    /// Whether the person has given a complete answer; none when they have no place in the edition.
    pub answered: Option<bool>,
    /// The version of what they have saved, 0 before the first.
    pub version: i64,
}

/// All that saving asks first, in one query.
pub fn asked(conn: &mut Conn, tenant: TenantId, edition: EditionId, enrolment: Option<EnrolmentId>) -> Result<Option<Asked>> {
    let place = enrolments::tenant_id.eq(editions::tenant_id).and(enrolments::edition_id.eq(editions::id));
    let own = answers::tenant_id.eq(enrolments::tenant_id).and(answers::enrolment_id.eq(enrolments::id));
    let found = editions::table
        .find((tenant, edition))
        .left_join(enrolments::table.on(place.and(enrolments::id.nullable().eq(enrolment))))
        .left_join(answers::table.on(own))
        .select((EditionRow::as_select(), enrolments::answered.nullable(), answers::version.nullable()))
        .first::<(EditionRow, Option<bool>, Option<i64>)>(conn)
        .optional()?;
    Ok(found.map(|(row, answered, version)| Asked { edition: row.into(), answered, version: version.unwrap_or(0) }))
}

/// All answers of an edition, for publishing.
pub fn of_edition(conn: &mut Conn, tenant: TenantId, edition: EditionId) -> Result<Vec<Answer>> {
    let own = answers::table.filter(answers::tenant_id.eq(tenant)).filter(answers::edition_id.eq(edition));
    let rows = own.select(Row::as_select()).load::<Row>(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Keeps answers: the first version is added, later ones replace it.
pub fn save(conn: &mut Conn, tenant: TenantId, answer: &Answer) -> Result<()> {
    let content = (
        answers::version.eq(answer.version),
        answers::steps.eq(Json(answer.steps.clone())),
        answers::greeting.eq(&answer.greeting),
        answers::lang.eq(AsText(answer.lang)),
        answers::saved_at.eq(At(answer.saved_at)),
    );
    if answer.version > 1 {
        diesel::update(answers::table.find((tenant, answer.enrolment_id))).set(content).execute(conn)?;
    } else {
        let key = (answers::tenant_id.eq(tenant), answers::enrolment_id.eq(answer.enrolment_id), answers::edition_id.eq(answer.edition_id));
        diesel::insert_into(answers::table).values((key, content)).execute(conn)?;
    }
    Ok(())
}

/// Forgets every answer of an edition.
pub fn delete_of_edition(conn: &mut Conn, tenant: TenantId, edition: EditionId) -> Result<()> {
    diesel::delete(answers::table.filter(answers::tenant_id.eq(tenant)).filter(answers::edition_id.eq(edition))).execute(conn)?;
    Ok(())
}
