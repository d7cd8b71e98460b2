//! A1, A2, A9: every operation of the document × every kind of caller × the id of every kind of thing, in every place
//! where an id stands. Requests are made from the document; what should come of them, from the table of permissions.

mod lists;
mod references;
mod roles;

use serde_json::Value;
use shared::identity::{NewAccount, NewOrganisation, NewUnit, OrganisationKind, Sector};
use shared::projects::NewProject;
use shared::training::{NewEnrolment, NewGroup};
use shared::{GroupId, Lang};
use std::collections::BTreeMap;
use tests::actors::Actor;
use tests::database::{lines, literal, postgres_url};
use tests::matrix::{Ids, Place, Request, Spot};
use tests::operations::{Operation, World, new_day, new_project};
use tests::raw::{header, send};
use tests::schemas::Schemas;
use tests::{Person, TestApp};

/// Stands in every text of the other tenant and nowhere else.
const MARK: &str = " vierasmerkki";
/// Of no version that anything has.
const STALE: &str = "\"v999\"";

/// End the session by which they are called.
const ENDING: &[&str] = &["sign_out", "sign_out_everywhere"];
/// Cost a password's hash: asked with a body that is refused after the caller is known and before anything is hashed.
const HASHING: &[&str] = &["change_password", "confirm_session"];

/// Ids outside the path that say over what the permission is asked.
const DECIDING: &[&str] = &[
    "create_comment /subject_id",
    "create_edition /programme_id",
    "create_grant /scope/id",
    "create_link /subject_id",
    "create_unit /organisation_id",
    "find_mentions ?subject_id",
    "list_comments ?subject_id",
    "list_thread ?subject_id",
    "list_unit_enrolments ?unit_id",
];
/// References that must lie under the same parent: not those of another unit's world either.
const BOUND: &[&str] = &[
    "create_programme /goals/0/id",
    "create_unit /parent_id",
    "enrol /group_id",
    "save_self_assessment /steps/0/goal_id",
    "update_enrolment /group_id",
    "update_programme /goals/0/id",
    "update_unit /parent_id",
];

/// Whose thing an id is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    /// What the roles are over.
    Own,
    /// Of another organisation and another programme of the tenant.
    OtherUnit,
    OtherTenant,
    /// Was there once.
    Deleted,
    /// Never was.
    Random,
}

/// A tenant with two worlds beside each other, and another tenant.
struct Ground {
    app: TestApp,
    administrator: Person,
    own: World,
    other_unit: World,
    others: BTreeMap<Whose, Ids>,
    /// What would tell of the other tenant.
    marks: Vec<String>,
    schemas: Schemas,
}

impl Ground {
    async fn make() -> Self {
        let mut app = TestApp::start().await;
        app.change_sides();
        let other_tenant = World::marked(&app, MARK).await;
        let marks = marks(&app);
        app.change_sides();
        let (own, other_unit) = (World::make(&app).await, World::make(&app).await);
        let administrator = app.administrator();
        let others = BTreeMap::from([
            (Whose::OtherUnit, other_unit.ids()),
            (Whose::OtherTenant, other_tenant.ids()),
            (Whose::Deleted, deleted(&administrator, &own).await),
            (Whose::Random, own.ids().into_keys().map(|kind| (kind, uuid::Uuid::now_v7())).collect()),
        ]);
        Self { app, administrator, own, other_unit, others, marks, schemas: Schemas::default() }
    }

    fn requests<'a>(&self, operation: &'a Operation) -> Vec<Request<'a>> {
        let mut requests = self.own.requests(&self.schemas, operation);
        if HASHING.contains(&operation.id.as_str()) {
            requests.iter_mut().for_each(|request| request.body = Some(serde_json::json!({})));
        }
        requests
    }

    fn spots<'a>(&self, request: &Request<'a>) -> Vec<Spot<'a>> {
        request.spots(&self.own.ids())
    }

    /// The version of what a request is about, as the one who asks, or else the administrator, reads it.
    async fn version(&self, request: &Request<'_>, actor: Option<&str>) -> String {
        let administrator = self.administrator.token();
        // An action lies under the thing on which it is done.
        let thing = request.path.rsplit_once('/').map_or("", |(thing, _)| thing);
        for token in actor.into_iter().chain([administrator.as_str()]) {
            for path in [request.path.as_str(), thing] {
                let response = send(self.app.request(reqwest::Method::GET, path).bearer_auth(token)).await;
                if response.status() == 200 {
                    return header(&response, "etag");
                }
            }
        }
        STALE.to_owned()
    }

    async fn ask(&self, request: &Request<'_>, actor: &Actor, if_match: &str) -> Answer {
        let fresh = actor.person.as_ref().filter(|_| ENDING.contains(&request.operation.id.as_str()));
        let fresh = fresh.map(|person| self.app.sign_in(&self.app.own, person.account.clone()).token());
        let response = send(request.build(&self.app, fresh.as_deref().or(actor.token.as_deref()), if_match)).await;
        Answer { status: response.status().as_u16(), text: response.text().await.expect("a body") }
    }
}

/// Ids, names and addresses of the app's own tenant, and the mark.
fn marks(app: &TestApp) -> Vec<String> {
    let tenant = literal(&app.db, app.own.id.0);
    let id = if postgres_url().is_some() { "replace(id::text, '-', '')" } else { "lower(hex(id))" };
    let tables = ["organisations", "units", "accounts", "grants", "sessions", "programmes", "goals", "editions", "contact_days"];
    let more = [
        "edition_groups",
        "enrolments",
        "projects",
        "accessibility_feedback",
        "audit_events",
        "api_clients",
        "api_client_secrets",
        "comments",
        "links",
    ];
    let tried = ["trials", "measurements", "adoptions"];
    let of_table = |table: &&str| lines(&app.db, &format!("SELECT {id} AS line FROM {table} WHERE tenant_id = {tenant}"));
    let ids = tables.iter().chain(&more).chain(&tried).flat_map(of_table).map(|id| uuid::Uuid::parse_str(&id).expect("an id").to_string());
    let of_accounts = |column: &str| lines(&app.db, &format!("SELECT {column} AS line FROM accounts WHERE tenant_id = {tenant}"));
    let mut marks: Vec<String> = ids.chain(of_accounts("name")).chain(of_accounts("email")).collect();
    marks.push(MARK.trim().to_owned());
    assert!(marks.len() > 30, "{marks:?}");
    marks
}

/// One thing of each kind that can be deleted, deleted.
async fn deleted(administrator: &Person, world: &World) -> Ids {
    let organisation = NewOrganisation { name: "Entinen kunta".to_owned(), kind: OrganisationKind::Municipality };
    let organisation = administrator.create_organisation(&organisation).await.expect("made");
    let unit = NewUnit {
        organisation_id: organisation.id,
        parent_id: None,
        name: "Entinen".to_owned(),
        sector: Sector::Health,
        municipality: "Muurame".to_owned(),
    };
    let unit = administrator.create_unit(&unit).await.expect("made");
    let group = NewGroup { name: "Entinen".to_owned(), lang: Lang::Fi };
    let group = administrator.create_group(world.edition, &group).await.expect("made");
    let day = administrator.create_contact_day(world.edition, &new_day()).await.expect("made");
    let person = NewAccount { name: "Entinen Jäsen".to_owned(), email: "entinen@example.fi".to_owned(), lang: Lang::Fi, unit_id: None };
    let person = administrator.invite_account(&person).await.expect("invited").account;
    let place = NewEnrolment { account_id: Some(person.id), name: None, email: None, group_id: None };
    let place = administrator.enrol(world.edition, &place).await.expect("made").enrolment;
    let project = NewProject { group_id: None, ..new_project(GroupId(world.group), world.unit, world.member.id()) };
    let project = administrator.create_project(&project).await.expect("made");
    administrator.delete_project(project.id, project.version).await.expect("deleted");
    administrator.delete_unit(unit.id, unit.version).await.expect("deleted");
    administrator.delete_organisation(organisation.id, organisation.version).await.expect("deleted");
    administrator.delete_group(group.id, group.version).await.expect("deleted");
    administrator.delete_contact_day(day.id, day.version).await.expect("deleted");
    administrator.delete_enrolment(place.id, place.version).await.expect("deleted");
    let ids = [("organisation", organisation.id.0), ("unit", unit.id.0), ("group", group.id.0), ("contact_day", day.id.0)];
    ids.into_iter().chain([("enrolment", place.id.0), ("project", project.id.0)]).collect()
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Answer {
    status: u16,
    text: String,
}

impl Answer {
    /// Without what tells one request from another: its id, and the id that was asked for.
    fn normal(&self, id: &str) -> Self {
        let text = match serde_json::from_str::<Value>(&self.text) {
            Ok(mut value) => {
                value.as_object_mut().map(|members| members.remove("trace_id"));
                value.to_string()
            }
            Err(_) => self.text.clone(),
        };
        Self { status: self.status, text: text.replace(id, "ID") }
    }
}

/// What was asked and what came otherwise than it should.
#[derive(Default)]
struct Found {
    answers: usize,
    deviations: Vec<String>,
}

impl Found {
    /// Takes an answer in: never a fault of the server, never a word of another tenant.
    fn take(&mut self, ground: &Ground, actor: &Actor, what: &str, answer: &Answer, asked_for: &str) {
        self.answers += 1;
        let told = answer.text.replace(asked_for, "");
        if let Some(mark) = ground.marks.iter().find(|mark| told.contains(*mark)) {
            self.deviations.push(format!("{}: {what} tells of another tenant ({mark}): {told}", actor.name));
        }
        self.expect(answer.status < 500, actor, what, "no fault of the server", answer);
    }

    fn expect(&mut self, good: bool, actor: &Actor, what: &str, wanted: &str, answer: &Answer) {
        if !good {
            self.deviations.push(format!("{}: {what}: wanted {wanted}, got {} {}", actor.name, answer.status, answer.text));
        }
    }
}

/// Whether the id only narrows a list.
fn narrows(spot: &Spot<'_>) -> bool {
    matches!(spot.place, Place::Query(_)) && !DECIDING.contains(&spot.name().as_str())
}
