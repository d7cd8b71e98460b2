//! What a move asks: why a project waits, what was learnt, in which project it goes on, whether a full column may take it;
//! or what is lacking, with the way to where it is mended.

use super::moving::{Mover, Question};
use super::next::steps;
use super::state::stage_words;
use crate::paths;
use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::field::{choices, filled};
use crate::ui::form::FormState;
use crate::ui::{Dialog, Form, Select, TextField, icon};
use leptos::prelude::*;
use shared::problem::Fault;
use shared::projects::stage::lacks;
use shared::projects::{Project, ProjectFilter, ProjectMove, ProjectStage, WaitingReason};

/// What is said of a move.
#[derive(Clone, Copy, Default)]
struct Said {
    waiting: RwSignal<String>,
    reason: RwSignal<String>,
    learnt: RwSignal<String>,
    follow_up: RwSignal<String>,
}

impl Said {
    fn written(self, to: ProjectStage, over_limit: bool) -> Result<ProjectMove, Vec<Fault>> {
        let lacking = |pointer: &str| vec![Fault::new(pointer, "required", None)];
        let mut wanted = ProjectMove { reason: filled(self.reason), over_limit, ..ProjectMove::to_stage(to) };
        match to {
            ProjectStage::Waiting => {
                wanted.waiting_reason = Some(self.waiting.get_untracked().parse().map_err(|_| lacking("/waiting_reason"))?);
            }
            ProjectStage::Stopped => wanted.learnt = Some(filled(self.learnt).ok_or_else(|| lacking("/learnt"))?),
            ProjectStage::Continued => {
                wanted.continued_in_id = Some(self.follow_up.get_untracked().parse().map_err(|_| lacking("/continued_in_id"))?);
            }
            _ => {}
        }
        Ok(wanted)
    }
}

/// The dialog. Stands once on a page that moves projects.
#[component]
pub fn MoveDialog(mover: Mover) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(mover.question.with(Option::is_some)));
    Effect::new(move |before: Option<bool>| {
        let open = open.get();
        if before == Some(true) && !open {
            mover.question.set(None);
        }
        open
    });
    view! {
        <Dialog open title_key="projects-move">
            {move || mover.question.get_untracked().map(|question| match lacks(&question.project, question.to) {
                lacking if lacking.is_empty() => view! { <Asking mover question open /> }.into_any(),
                lacking => closed(&question, &lacking, open),
            })}
        </Dialog>
    }
}

/// Why the stage is not open yet.
fn closed(question: &Question, lacking: &[shared::projects::Requirement], open: RwSignal<bool>) -> AnyView {
    let (title, stage) = (question.project.title.clone(), stage_words(question.to, session()));
    let href = paths::project(question.project.id);
    let words = tv("projects-move-lacks", &[("title", &title), ("stage", &stage)]);
    view! {
        <p class="ds-paragraph">{words}</p>
        {steps(&question.project, lacking)}
        <div class="actions">
            <a class="ds-button" href=href on:click=move |_| open.set(false)>{t("projects-open-project")}</a>
            <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| open.set(false)>{tr!("common-close")}</button>
        </div>
    }
    .into_any()
}

#[component]
fn Asking(mover: Mover, question: Question, open: RwSignal<bool>) -> impl IntoView {
    let (session, form, said) = (mover.session, FormState::default(), Said::default());
    let Question { project, to, full } = question;
    let late = RwSignal::new(None::<Project>);
    let title = project.title.clone();
    let base = StoredValue::new(project);
    let over = RwSignal::new(full);
    let save = Callback::new(move |()| {
        let wanted = match said.written(to, over.get_untracked()) {
            Ok(wanted) => wanted,
            Err(faults) => return form.refuse(faults),
        };
        if !form.check(&wanted) {
            return;
        }
        let (id, version) = base.with_value(|project| (project.id, project.version));
        let call = session.send(wanted, move |client, wanted| async move { client.move_project(id, version, &wanted).await });
        form.send(call, move |after: Project| {
            open.set(false);
            mover.moved(&base.get_value(), after);
        });
    });
    // Changed meanwhile: what is typed stays, and goes again unless somebody else has moved it.
    Effect::new(move |_| {
        if form.stale.get() {
            let id = base.with_value(|project| project.id);
            form.catch_up(session.call(move |client| async move { client.get_project(id).await }), move |now: Project| {
                let moved = now.stage != base.with_value(|project| project.stage);
                base.set_value(now.clone());
                if moved {
                    mover.came_late(&now);
                    late.set(Some(now));
                } else {
                    save.run(());
                }
            });
        }
    });
    let notice = move || {
        late.get().map(|now| {
            let words = tv("projects-question-late", &[("stage", &stage_words(now.stage, session))]);
            view! { <div class="ds-alert" data-color="warning" role="alert"><p class="ds-paragraph">{words}</p></div> }
        })
    };
    let fields = match to {
        ProjectStage::Waiting => {
            let reasons = WaitingReason::ALL.iter().filter(|reason| **reason != WaitingReason::Expired).map(|reason| reason.as_str());
            let known = choices("projects-waiting", reasons);
            let options =
                Signal::derive(move || std::iter::once((String::new(), t("projects-choose"))).chain(known.get()).collect::<Vec<_>>());
            view! { <Select form pointer="/waiting_reason" label="projects-waiting-reason" value=said.waiting options /> }.into_any()
        }
        ProjectStage::Stopped => {
            view! { <TextField form pointer="/learnt" label="projects-learnt" hint="projects-learnt-hint" value=said.learnt tall=true /> }
                .into_any()
        }
        ProjectStage::Continued => follow_up(form, said.follow_up, base),
        _ => ().into_any(),
    };
    let words = tv("projects-move-to", &[("title", &title), ("stage", &stage_words(to, session))]);
    view! {
        <p class="ds-paragraph">{words}</p>
        {full.then(|| view! { <p class="ds-paragraph"><span class="status" data-color="warning">{icon("clock-alert")} " " {tr!("projects-column-full")}</span></p> })}
        {notice}
        <Form form submit="projects-move-do" on_submit=save>
            {fields}
            <TextField form pointer="/reason" label="projects-reason" value=said.reason optional=true />
        </Form>
    }
}

/// The project in which it goes on.
fn follow_up(form: FormState, value: RwSignal<String>, base: StoredValue<Project>) -> AnyView {
    let session = session();
    let own = base.with_value(|project| project.id);
    let known = LocalResource::new(move || {
        session.all(move |client, paging| async move {
            let filter = ProjectFilter { cursor: paging.cursor, limit: paging.limit, ..ProjectFilter::default() };
            client.list_projects(&filter).await
        })
    });
    let options = Signal::derive(move || {
        let projects = known.get().and_then(Result::ok).unwrap_or_default();
        let others = projects.into_iter().filter(|other| other.id != own).map(|other| (other.id.to_string(), other.title));
        std::iter::once((String::new(), t("projects-choose"))).chain(others).collect::<Vec<_>>()
    });
    view! {
        <Select form pointer="/continued_in_id" label="projects-follow-up" value options />
        <p class="hint"><a class="ds-link" href=paths::project_after(own)>{tr!("projects-follow-up-new")}</a></p>
    }
    .into_any()
}
