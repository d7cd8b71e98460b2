//! One edition: its days as a path, its people, its groups and their projects, and how its goals came true.

mod actions;
mod agenda_form;
mod assessment;
mod day_form;
mod days;
pub mod draft;
mod groups;
mod leaders;
mod people;
mod timeline;
mod views;

use crate::paths;
use crate::session::{Session, local, session, t, tv};
use crate::ui::{Crumb, Page, load, problem};
use crate::words::status_view;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::EditionId;
use shared::client::Called;
use shared::policy::{Permission, Target};
use shared::projects::{ProjectFilter, ProjectSummary};
use shared::training::{AssessmentProgress, AssessmentStatus, ContactDay, Edition as Held, Enrolment, Figures, Group, Programme};
use std::collections::BTreeSet;

/// The edition with what its first lines say.
#[derive(Clone)]
pub struct Whole {
    pub edition: Held,
    pub programme: Programme,
    pub progress: AssessmentProgress,
    /// All goals together, once published.
    pub overall: Option<Figures>,
}

impl Whole {
    fn target(&self) -> Target {
        Target::Edition { programme: self.edition.programme_id, edition: self.edition.id }
    }

    /// Reactive.
    fn full_name(&self) -> String {
        self.edition.full_name(&self.programme.name, session().lang.get())
    }
}

/// Who takes part. The roster is there for those who may see it.
#[derive(Clone)]
pub struct People {
    pub roster: Option<Vec<Enrolment>>,
    pub groups: Vec<Group>,
    pub projects: Vec<ProjectSummary>,
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub struct Ctx {
    pub session: Session,
    pub id: EditionId,
    pub whole: LocalResource<Called<Whole>>,
    pub days: LocalResource<Called<Vec<ContactDay>>>,
    pub people: LocalResource<Called<People>>,
    /// Id of the control to focus when the people have been read anew.
    pub focus: RwSignal<Option<String>>,
}

impl Ctx {
    fn new(id: EditionId) -> Self {
        let session = session();
        Self {
            session,
            id,
            whole: LocalResource::new(move || read_whole(session, id)),
            days: LocalResource::new(move || session.all(move |client, paging| async move { client.list_contact_days(id, &paging).await })),
            people: LocalResource::new(move || read_people(session, id)),
            focus: RwSignal::new(None),
        }
    }

    /// Reads anew who takes part, and the counts of them.
    pub fn reread_people(self) {
        self.people.refetch();
        self.whole.refetch();
    }

    /// A part of the edition as read, or nothing yet. Reactive.
    pub fn of<T>(self, pick: impl FnOnce(&Whole) -> T) -> Option<T> {
        self.whole.map(|outcome| outcome.as_ref().ok().map(pick)).flatten()
    }

    /// Whether the account may do this to the edition. Reactive.
    pub fn may(self, permission: Permission) -> bool {
        self.of(Whole::target).is_some_and(|target| self.session.may(permission, &target))
    }

    /// As [`Ctx::may`], telling only when the answer changes: what hangs on it stays while the edition is read anew.
    pub fn can(self, permission: Permission) -> Memo<bool> {
        Memo::new(move |_| self.may(permission))
    }

    /// Whether the account may manage the programme's editions.
    pub fn can_manage(self) -> Memo<bool> {
        Memo::new(move |_| {
            let programme = self.of(|whole| Target::Programme(whole.programme.id));
            programme.is_some_and(|target| self.session.may(Permission::ManageEditions, &target))
        })
    }
}

async fn read_whole(session: Session, id: EditionId) -> Called<Whole> {
    let edition = session.call(move |client| async move { client.get_edition(id).await }).await?;
    let programme_id = edition.programme_id;
    let programme = session.call(move |client| async move { client.get_programme(programme_id).await }).await?;
    let progress = session.call(move |client| async move { client.get_assessment_progress(id).await }).await?;
    let overall = match edition.assessment {
        AssessmentStatus::Published => Some(session.call(move |client| async move { client.get_edition_results(id).await }).await?.overall),
        _ => None,
    };
    Ok(Whole { edition, programme, progress, overall })
}

async fn read_people(session: Session, id: EditionId) -> Called<People> {
    let edition = session.call(move |client| async move { client.get_edition(id).await }).await?;
    let target = Target::Edition { programme: edition.programme_id, edition: id };
    let roster = match session.may_now(Permission::ViewRoster, &target) {
        true => Some(session.all(move |client, paging| async move { client.list_enrolments(id, &paging).await }).await?),
        false => None,
    };
    let groups = session.all(move |client, paging| async move { client.list_groups(id, &paging).await }).await?;
    let projects =
        session.all(move |client, paging| async move { client.list_projects(&ProjectFilter::of_edition(id, &paging)).await }).await?;
    Ok(People { roster, groups, projects })
}

/// The page of one edition.
#[component]
pub fn Edition() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<EditionId>().ok()));
    move || match id.get() {
        Some(id) => view! { <EditionPage id /> }.into_any(),
        None => problem::not_found(),
    }
}

#[component]
fn EditionPage(id: EditionId) -> impl IntoView {
    let ctx = Ctx::new(id);
    problem::about(ctx.whole, move || {
        let title = Signal::derive(move || ctx.of(Whole::full_name).unwrap_or_else(|| t("training-edition")));
        let programme = Signal::derive(move || ctx.of(|whole| local(&whole.programme.name)).unwrap_or_else(|| t("training-programme")));
        let above = move || ctx.of(|whole| paths::programme(whole.programme.id)).unwrap_or_else(|| paths::PROGRAMMES.to_owned());
        let crumbs = vec![Crumb::key("training-programmes", paths::PROGRAMMES), Crumb::text(programme, Signal::derive(above))];
        let actions = view! { <actions::Actions ctx /> }.into_any();
        view! {
            <Page title crumbs actions>
                {load(ctx.whole, move |whole| facts(ctx, &whole).into_any())}
                <views::Views ctx />
            </Page>
        }
        .into_any()
    })
}

fn facts(ctx: Ctx, whole: &Whole) -> impl IntoView + use<> {
    let (number, places, enrolled, status) =
        (whole.edition.number, whole.edition.places, whole.progress.enrolled_count, whole.edition.status);
    let counted = move |key: &'static str, count: usize| tv(key, &[("count", &count.to_string())]);
    let groups = move || ctx.people.map(|people| people.as_ref().ok().map(|people| people.groups.len())).flatten();
    let days = move || ctx.days.map(|days| days.as_ref().ok().map(Vec::len)).flatten();
    let leaders = move || {
        let names = ctx
            .days
            .map(|days| days.iter().flatten().flat_map(|day| &day.facilitators).map(|leader| leader.name.clone()).collect::<BTreeSet<_>>());
        let names = names.unwrap_or_default().into_iter().collect::<Vec<_>>().join(", ");
        (!names.is_empty()).then(|| tv("training-fact-leaders", &[("names", &names)]))
    };
    view! {
        <p class="facts">
            <span>{move || tv("training-fact-number", &[("number", &number.to_string())])}</span> " "
            <span>{move || tv("training-fact-people", &[("count", &enrolled.to_string()), ("places", &places.to_string())])}</span> " "
            <span>{move || groups().map(|count| counted("training-fact-groups", count))}</span> " "
            <span>{move || days().map(|count| counted("training-fact-days", count))}</span> " "
            <span>{leaders}</span> " "
            {status_view(status)}
        </p>
    }
}
