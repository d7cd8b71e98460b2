//! One thing of each kind, for what is called about all of them.

use crate::precondition::{if_match, patch};
use crate::training::{answers, new_programme};
use crate::trials::{new_adoption, new_measurement, new_trial};
use crate::{Person, TestApp};
use backend::accessibility::service as feedback;
use backend::db::Conn;
use backend::identity::service::{accounts, directory, grants, units};
use backend::jobs::service as jobs;
use backend::projects::service::{adoptions, measurements, projects, terms, trials};
use backend::training::service::{days, groups, programmes};
use jiff::civil::date;
use shared::accessibility::NewAccessibilityFeedback;
use shared::comments::NewComment;
use shared::identity::{GrantFilter, NewOrganisation, NewUnit, OrganisationKind, Sector};
use shared::jobs::{Job, JobFilter};
use shared::policy::{ApiScope, Role, Scope};
use shared::projects::{
    ChecklistItem, ClockTermsChanges, Decision, Evidence, MemberKind, NewAdoption, NewMeasurement, NewProject, NewProjectMember, NewTrial,
    Process, Sample,
};
use shared::subjects::SubjectKind;
use shared::thread::{LinkKind, NewThreadLink};
use shared::training::{DayPart, NewContactDay, NewGroup, NewSelfAssessment, Programme};
use shared::{AccountId, ApiClientId, EditionId, GroupId, Lang, LocalText, OrganisationId, ProgrammeId, ProjectId, UnitId};
use uuid::Uuid;

/// One thing of each kind in the own tenant.
pub struct World {
    pub organisation: OrganisationId,
    pub unit: UnitId,
    /// Works in the unit, takes part in the edition, is in the group and has a role.
    pub member: Person,
    pub grant: Uuid,
    pub session: Uuid,
    pub programme: ProgrammeId,
    pub goal: Uuid,
    /// Open for answering.
    pub edition: EditionId,
    pub day: Uuid,
    pub enrolment: Uuid,
    pub group: Uuid,
    /// An idea of the group for the unit; the member is in it.
    pub project: ProjectId,
    /// What is due when the project's time is over.
    pub job: Uuid,
    /// Of the project, not concluded.
    pub trial: Uuid,
    pub measurement: Uuid,
    /// Of the project by the unit, long in use; the member guides.
    pub adoption: Uuid,
    pub feedback: Uuid,
    /// Of the organisation, with one scope and one secret.
    pub api_client: ApiClientId,
    pub api_client_secret: Uuid,
    /// By the member, beside the group.
    pub comment: Uuid,
    /// From the edition to the group.
    pub link: Uuid,
}

impl World {
    /// Makes one thing of each kind.
    pub async fn make(app: &TestApp) -> Self {
        Self::marked(app, "").await
    }

    /// One thing of each kind in each tenant; the own one's.
    pub async fn make_in_both(app: &mut TestApp) -> Self {
        app.change_sides();
        Self::make(app).await;
        app.change_sides();
        Self::make(app).await
    }

    /// As [`World::make`]; every text that is written about a thing ends with the mark.
    pub async fn marked(app: &TestApp, mark: &str) -> Self {
        let system = app.system();
        let named = |name: &str| format!("{name}{mark}");
        let organisation = NewOrganisation { name: named(&format!("Kunta {}", Uuid::new_v4())), kind: OrganisationKind::Municipality };
        let organisation = app.db.write(|conn| directory::create(conn, &system, &organisation)).expect("an organisation").id;
        let unit = NewUnit {
            organisation_id: organisation,
            parent_id: None,
            name: named("Terveysasema"),
            sector: Sector::Health,
            municipality: named("Jyväskylä"),
        };
        let unit = app.db.write(|conn| units::create(conn, &system, &unit)).expect("a unit").id;
        let account = app.account_of(&app.own, &[(Role::Auditor, Scope::Tenant)], Some(unit));
        let programme = marked_programme(app, mark);
        let edition = app.open(app.edition(programme.id, 1)).id;
        app.close(app.open(app.edition(programme.id, 2)).id);
        let enrolment = app.enrol(edition, account.id);
        let new_group = NewGroup { name: named("Ryhmä"), lang: Lang::Fi };
        let group = app.db.write(|conn| groups::create(conn, &system, edition, &new_group)).expect("a group").id;
        let project = NewProject { title: named("Hanke"), ..new_project(group, unit, account.id) };
        let project = app.db.write(|conn| projects::create(conn, &system, &project)).expect("a project").id;
        app.db.write(|conn| terms::update(conn, &system, programme.id, if_match(0), &patch(&ClockTermsChanges::default()))).expect("terms");
        let job = app.job_about(project.0);
        let (trial, measurement, adoption) = tried_and_spread(app, project, unit, account.id, mark);
        let day = NewContactDay {
            facilitator_ids: vec![account.id],
            title: LocalText::fi(named("Aloitus")),
            place: Some(named("Kirjasto")),
            ..new_day()
        };
        let day = app.db.write(|conn| days::create(conn, &system, edition, &day)).expect("a day").id;
        let filter = GrantFilter { account_id: Some(account.id), ..GrantFilter::default() };
        let grant = app.db.read(|conn| grants::list(conn, &system, &app.state.keys, &filter)).expect("grants").items[0].id;
        app.db.write(|conn| accounts::make_link(conn, &system, account.id)).expect("a link");
        let member = app.sign_in(&app.own, account);
        let session = member.list_sessions(&Default::default()).await.expect("sessions").items[0].id;
        let greeting = NewSelfAssessment { greeting: named("Kiitos"), ..answers(&programme, &[3]) };
        member.save_self_assessment(edition, 0, &greeting).await.expect("saved");
        let new = NewAccessibilityFeedback { message: named("Ei toimi"), email: None, lang: Lang::Fi };
        // Not by the API, which takes few of them from one network.
        let sent = app.db.write(|conn| feedback::send(conn, app.own.id, app.clock.now(), "test", &new));
        let feedback = sent.expect("taken in").id;
        let comment = NewComment { subject: SubjectKind::Group, subject_id: group.0, text: named("Sopii."), lang: Lang::Fi };
        let comment = member.create_comment(&comment).await.expect("said").id;
        let link = NewThreadLink {
            kind: LinkKind::CausedBy,
            subject: SubjectKind::Group,
            subject_id: group.0,
            other: SubjectKind::Edition,
            other_id: edition.0,
        };
        let link = app.db.write(|conn| backend::thread::service::create(conn, &system, &link)).expect("a link").id;
        let program = app.program(organisation, &[ApiScope::TrainingRead]);
        Self {
            organisation,
            unit,
            member,
            grant: grant.0,
            session: session.0,
            programme: programme.id,
            goal: programme.goals[0].id.0,
            edition,
            day: day.0,
            enrolment: enrolment.id.0,
            group: group.0,
            project,
            job: job.id.0,
            trial,
            measurement,
            adoption,
            feedback: feedback.0,
            api_client: program.id(),
            api_client_secret: program.api_client.secrets[0].id.0,
            comment: comment.0,
            link: link.0,
        }
    }
}

impl TestApp {
    /// The job that is about something.
    pub fn job_about(&self, subject: Uuid) -> Job {
        let all = self
            .db
            .read(|conn| jobs::list(conn, &self.system(), &self.state.keys, &JobFilter { limit: Some(200), ..JobFilter::default() }));
        all.expect("jobs").items.into_iter().find(|job| job.subject_id == subject).expect("a job about it")
    }
}

/// A trial of a project, what was measured in it, and what a unit made of the project.
fn tried_and_spread(app: &TestApp, project: ProjectId, unit: UnitId, guide: AccountId, mark: &str) -> (Uuid, Uuid, Uuid) {
    let (system, named) = (app.system(), |text: &str| format!("{text}{mark}"));
    let trial = NewTrial { hypothesis: named("Oletus"), measure: named("Mittari"), participants: named("Asiakkaat"), ..new_trial() };
    let values = Sample::of_values([1.0, 2.0, 3.0, 4.0, 5.0, 4.0]);
    let measured = NewMeasurement { name: named("Helppous"), ..new_measurement(values, Sample::of_summary(4.0, 1.0, 30)) };
    let adoption = NewAdoption {
        decision: Decision::Adopted,
        note: named("Otettu sellaisenaan"),
        guide_id: Some(guide),
        from_on: Some(date(2020, 1, 15)),
        ..new_adoption(unit)
    };
    let make = |conn: &mut Conn| {
        let trial = trials::create(conn, &system, project, &trial)?.id;
        let measurement = measurements::create(conn, &system, trial, &measured)?.id;
        Ok((trial.0, measurement.0, adoptions::create(conn, &system, project, &adoption)?.id.0))
    };
    app.db.write(make).expect("a trial, a measurement and an adoption")
}

fn marked_programme(app: &TestApp, mark: &str) -> Programme {
    let (system, mut new) = (app.system(), new_programme(2));
    let texts =
        [&mut new.name, &mut new.description].into_iter().chain(&mut new.step_words).chain(new.goals.iter_mut().map(|goal| &mut goal.text));
    texts.for_each(|text| text.fi.push_str(mark));
    app.db.write(|conn| programmes::create(conn, &system, &new)).expect("a programme")
}

/// A project as it is written, with something of all that can be said of one.
pub fn new_project(group: GroupId, unit: UnitId, member: AccountId) -> NewProject {
    let lines = |all: &[&str]| all.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    NewProject {
        group_id: Some(group),
        unit_id: Some(unit),
        continues_id: None,
        title: "Hanke".to_owned(),
        lang: Lang::Fi,
        need: "Hakeminen on vaikeaa.".to_owned(),
        evidence: vec![Evidence { text: "14 vastausta".to_owned(), url: Some("https://example.fi/kysely".to_owned()) }],
        idea: "Tarvikkeet tulevat kotiin.".to_owned(),
        theme: Some("Koti".to_owned()),
        customer_group: Some("Pitkäaikaissairaat".to_owned()),
        process: Process { from: lines(&["Tilaa", "Hae"]), to: lines(&["Tilaa"]) },
        labels: lines(&["jakelu"]),
        checklist: vec![ChecklistItem { text: "Sovi päivä".to_owned(), done: true }],
        members: vec![NewProjectMember { account_id: member, kind: MemberKind::Member, assigned: true }],
    }
}

/// A contact day as it is written.
pub fn new_day() -> NewContactDay {
    NewContactDay {
        part: DayPart::ServiceDesign,
        title: LocalText::fi("Aloitus"),
        starts_at: "2027-03-02T07:00:00Z".parse().expect("an instant"),
        ends_at: "2027-03-02T13:00:00Z".parse().expect("an instant"),
        place: Some("Kirjasto".to_owned()),
        address: None,
        meeting_url: None,
        facilitator_ids: Vec::new(),
        agenda: Vec::new(),
    }
}
