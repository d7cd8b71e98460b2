//! The page of one project: its clock, then need, idea, process, trial and spread in one calm column; beside it who does
//! it, what is to be done, and what has been.

use super::checklist::Checklist;
use super::clock::Clock;
use super::head::{Actions, Chips};
use super::history::{History, Lineage};
use super::moving::{Mover, mover_of};
use super::need::{Basics, Idea, Need};
use super::next::steps;
use super::people::People;
use super::places::Places;
use super::process::Process;
use super::question::MoveDialog;
use super::sponsor::Sponsor;
use super::spread::Spread as Units;
use super::time::minutes;
use super::trial::Trials;
use crate::beside::comments::Comments;
use crate::beside::thread::Thread;
use crate::paths;
use crate::session::{Session, session, t, tv, word};
use crate::tr;
use crate::ui::problem::{not_found, unless_lacking};
use crate::ui::{Crumb, Live, Page, icon, live};
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::ProjectId;
use shared::client::{CallError, Called};
use shared::problem::ProblemCode;
use shared::projects::{Project, ProjectChanges, ProjectStage, Requirement};
use shared::subjects::SubjectKind;

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub struct Ctx {
    pub session: Session,
    pub id: ProjectId,
    pub project: Live<Project>,
    pub mover: Mover,
    pub places: LocalResource<Called<Places>>,
    pub now: RwSignal<Timestamp>,
    /// Whether the account works on the project.
    pub works: Memo<bool>,
}

impl Ctx {
    fn new(id: ProjectId) -> Self {
        let session = session();
        let project = live((SubjectKind::Project, id.0), move || id, |client, id| async move { client.get_project(id).await });
        let works = Memo::new(move |_| project.of(|project| project.may_work).unwrap_or_default());
        let places = LocalResource::new(move || Places::read(session));
        Self { session, id, project, mover: mover_of(project), places, now: minutes(), works }
    }

    /// Changes the project from what it is now; over what somebody else has changed meanwhile, once more from that.
    pub fn change(self, make: impl Fn(&Project) -> Option<ProjectChanges> + 'static) {
        leptos::task::spawn_local(async move {
            let Some(mut now) = untrack(|| self.project.of(Project::clone)) else { return };
            for again in [true, false] {
                let Some(changes) = make(&now) else { return self.project.put(now) };
                let (id, version) = (now.id, now.version);
                match self
                    .session
                    .send(changes, move |client, changes| async move { client.update_project(id, version, &changes).await })
                    .await
                {
                    Ok(project) => return self.project.put(project),
                    Err(error) if again && error.code() == Some(ProblemCode::Stale) => {
                        match self.session.call(move |client| async move { client.get_project(id).await }).await {
                            Ok(project) => now = project,
                            Err(error) => return self.failed(&error),
                        }
                    }
                    Err(error) => return self.failed(&error),
                }
            }
        });
    }

    fn failed(self, error: &CallError) {
        self.session.say_failure(error);
        self.project.reread();
    }
}

/// `/projects/{id}`
#[component]
pub fn ProjectPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<ProjectId>().ok()));
    move || match id.get() {
        Some(id) => view! { <OneProject id /> }.into_any(),
        None => not_found(),
    }
}

#[component]
fn OneProject(id: ProjectId) -> impl IntoView {
    let ctx = Ctx::new(id);
    unless_lacking(ctx.project.refused(), move || {
        let title = Signal::derive(move || ctx.project.of(|project| project.title.clone()).unwrap_or_else(|| t("projects-project")));
        let crumbs = vec![Crumb::key("common-projects", paths::PROJECTS)];
        let actions = view! { <Actions ctx /> }.into_any();
        view! {
            <Page title crumbs actions>
                {ctx.project.once_here(move || body(ctx))}
                <MoveDialog mover=ctx.mover />
                <p class="sr-only" aria-live="polite">{move || ctx.mover.said.get()}</p>
            </Page>
        }
        .into_any()
    })
}

fn body(ctx: Ctx) -> AnyView {
    view! {
        <Chips ctx />
        <Clock ctx />
        <Next ctx />
        <div class="project">
            <div class="project-main">
                <Need ctx />
                <Idea ctx />
                <Process ctx />
                <Trial ctx />
                <Spread ctx />
                <Learnt ctx />
                <Basics ctx />
                <Comments kind=SubjectKind::Project id=ctx.id.0 />
            </div>
            <div class="project-side">
                <Lineage ctx />
                <Thread kind=SubjectKind::Project id=ctx.id.0 />
                <Checklist ctx />
                <People ctx />
                <Sponsor ctx />
                <History ctx />
            </div>
        </div>
    }
    .into_any()
}

/// What is lacking before the project can go on.
#[component]
fn Next(ctx: Ctx) -> impl IntoView {
    let whole = ctx.project.part(|project| {
        let follows = match project.stage {
            ProjectStage::Idea | ProjectStage::Waiting => ProjectStage::Trial,
            ProjectStage::Trial => ProjectStage::Spread,
            _ => ProjectStage::InUse,
        };
        // Where nothing follows by itself, nothing is lacking.
        let ended = matches!(project.stage, ProjectStage::InUse | ProjectStage::Continued | ProjectStage::Stopped);
        (!ended && !project.lacking.is_empty()).then(|| (follows, project.clone()))
    });
    let seen = Memo::new(move |_| {
        whole.get().flatten().map(|(stage, project)| (stage, project.lacking.clone(), project.unit_name, project.may_work))
    });
    move || {
        seen.get().map(|(stage, lacking, _, _): (ProjectStage, Vec<Requirement>, _, _)| {
            let heading = tv("projects-before", &[("stage", &word("projects-stage", stage.as_str()))]);
            let list = untrack(|| ctx.project.of(|project| steps(project, &lacking)));
            view! { <section class="next-steps"><h2 class="ds-heading" data-size="xs">{heading}</h2> {list}</section> }
        })
    }
}

/// What has been tried.
#[component]
fn Trial(ctx: Ctx) -> impl IntoView {
    view! {
        <section class="project-part" id="trial">
            <div class="part-name"><h2 class="ds-heading" data-size="2xs">{move || word("projects-stage", "trial")}</h2></div>
            <div class="part-body">{move || view! { <Trials project_id=ctx.id may_work=ctx.works.get() /> }}</div>
        </section>
    }
}

/// Who has taken it into use.
#[component]
fn Spread(ctx: Ctx) -> impl IntoView {
    view! {
        <section class="project-part" id="spread">
            <div class="part-name"><h2 class="ds-heading" data-size="2xs">{move || word("projects-stage", "spread")}</h2></div>
            <div class="part-body">{move || view! { <Units project_id=ctx.id may_work=ctx.works.get() /> }}</div>
        </section>
    }
}

/// What was learnt, of a project that has ended.
#[component]
fn Learnt(ctx: Ctx) -> impl IntoView {
    let learnt = ctx.project.part(|project| project.learnt.clone().map(|learnt| (learnt, project.lang)));
    move || {
        learnt.get().flatten().map(|(learnt, lang)| {
            view! {
                <section class="project-part" id="learnt">
                    <div class="part-name"><h2 class="ds-heading" data-size="2xs">{icon("lightbulb")} {tr!("projects-learnt")}</h2></div>
                    <div class="part-body"><p class="ds-paragraph written" lang=lang.as_str()>{learnt}</p></div>
                </section>
            }
        })
    }
}
