//! Moving a project to another stage, from the board or from its own page: at once where nothing is to be asked, with a
//! question where something is, taken back by a button, and never over what somebody else has done meanwhile.

use super::move_menu::follows;
use super::state::stage_words;
use crate::session::{Session, Undo, session};
use crate::ui::live::Live;
use leptos::prelude::*;
use shared::ProjectId;
use shared::client::CallError;
use shared::problem::ProblemCode;
use shared::projects::stage::lacks;
use shared::projects::{Project, ProjectMove, ProjectStage, WaitingReason};

/// What is asked before a move.
#[derive(Clone, PartialEq)]
pub struct Question {
    pub project: Project,
    pub to: ProjectStage,
    /// The column is full.
    pub full: bool,
}

/// Who moves projects. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Mover {
    pub session: Session,
    pub question: RwSignal<Option<Question>>,
    /// Moves that the server has not answered yet.
    pub pending: RwSignal<Vec<(ProjectId, ProjectStage)>>,
    /// What was done, for those who hear the page.
    pub said: RwSignal<String>,
    /// Whether a column is full.
    full: Callback<ProjectStage, bool>,
    /// Takes the project as it is now, or reads anew what is shown.
    changed: Callback<Option<Project>>,
}

/// Whether a move asks something to be said.
pub const fn asks(to: ProjectStage) -> bool {
    matches!(to, ProjectStage::Waiting | ProjectStage::Stopped | ProjectStage::Continued)
}

impl Mover {
    pub fn new(
        full: impl Fn(ProjectStage) -> bool + Send + Sync + 'static,
        changed: impl Fn(Option<Project>) + Send + Sync + 'static,
    ) -> Self {
        Self {
            session: session(),
            question: RwSignal::new(None),
            pending: RwSignal::default(),
            said: RwSignal::default(),
            full: Callback::new(full),
            changed: Callback::new(changed),
        }
    }

    /// Moves a project that was seen in the stage `from`.
    pub fn begin(self, id: ProjectId, from: ProjectStage, to: ProjectStage) {
        if from == to || self.pending.with_untracked(|pending| pending.iter().any(|(own, _)| *own == id)) {
            return;
        }
        self.pending.update(|pending| pending.push((id, to)));
        leptos::task::spawn_local(async move {
            match self.session.call(move |client| async move { client.get_project(id).await }).await {
                Ok(project) if project.stage != from => self.came_late(&project),
                Ok(project) => self.go_on(project, to).await,
                Err(error) => self.fail(id, &error),
            }
        });
    }

    /// Moves a project as it is now, or asks what is to be said first.
    async fn go_on(self, project: Project, to: ProjectStage) {
        if !project.may_work || !follows(&project, to) {
            let key = if project.may_work { "projects-move-closed" } else { "projects-move-not-yours" };
            self.settle(project.id);
            return self.tell(key, &project, to);
        }
        let full = self.full.run(to);
        if full || asks(to) || !lacks(&project, to).is_empty() {
            self.settle(project.id);
            return self.question.set(Some(Question { project, to, full }));
        }
        self.send(project, to).await;
    }

    async fn send(self, project: Project, to: ProjectStage) {
        let mut before = project;
        // Somebody may change the words of a project while it is moved: that is no reason not to. To move it twice is.
        for _ in 0..2 {
            let (id, version) = (before.id, before.version);
            let wanted = ProjectMove::to_stage(to);
            match self.session.send(wanted, move |client, wanted| async move { client.move_project(id, version, &wanted).await }).await {
                Ok(after) => return self.moved(&before, after),
                Err(error) if error.code() == Some(ProblemCode::Stale) => {
                    match self.session.call(move |client| async move { client.get_project(id).await }).await {
                        Ok(now) if now.stage == before.stage => before = now,
                        Ok(now) => return self.came_late(&now),
                        Err(error) => return self.fail(id, &error),
                    }
                }
                Err(error) if error.code() == Some(ProblemCode::ColumnFull) => {
                    self.settle(id);
                    return self.question.set(Some(Question { project: before, to, full: true }));
                }
                Err(error) => return self.fail(id, &error),
            }
        }
        self.came_late(&before);
    }

    /// The project has been moved: says so, and offers to take it back where that asks nothing.
    pub fn moved(self, before: &Project, after: Project) {
        let to = after.stage;
        let (stage, title) = (stage_words(to, self.session), after.title.clone());
        let said = [("title", title.as_str()), ("stage", stage.as_str())];
        match self.back(before, &after) {
            Some(undo) => self.session.say_undo_with("projects-moved", &said, undo),
            None => self.session.say_with("projects-moved", &said),
        }
        let id = after.id;
        self.changed.run(Some(after));
        self.settle(id);
    }

    /// How to bring a project back to where it was.
    fn back(self, before: &Project, after: &Project) -> Option<Undo> {
        let from = before.stage;
        let again = match from {
            ProjectStage::Continued | ProjectStage::Stopped => return None,
            ProjectStage::Waiting => {
                let waiting_reason = before.waiting_reason.filter(|reason| *reason != WaitingReason::Expired)?;
                let reason = before.stages.last().and_then(|period| period.reason.clone());
                ProjectMove { waiting_reason: Some(waiting_reason), reason, ..ProjectMove::to_stage(from) }
            }
            _ => ProjectMove::to_stage(from),
        };
        let again = ProjectMove { over_limit: true, ..again };
        if !follows(after, from) || !lacks(after, from).is_empty() {
            return None;
        }
        let (session, changed, id, version) = (self.session, self.changed, after.id, after.version);
        let undo = Undo::new("projects-move-undone", move || {
            session.send(again.clone(), move |client, again| async move { client.move_project(id, version, &again).await })
        });
        // The page may be gone when it is taken back.
        Some(undo.then(move || {
            changed.try_run(None);
        }))
    }

    /// Somebody else has moved the project: says who and where to, and shows it there.
    pub fn came_late(self, now: &Project) {
        self.settle(now.id);
        self.changed.run(None);
        let who = now.stages.last().and_then(|period| period.moved_by.clone());
        let (key, name) = who.map_or(("projects-moved-meanwhile", String::new()), |name| ("projects-moved-meanwhile-by", name));
        let stage = stage_words(now.stage, self.session);
        let args = [("title", now.title.as_str()), ("stage", stage.as_str()), ("name", name.as_str())];
        self.said.set(self.session.lang.get_untracked().text_with(key, &args));
        self.session.say_with(key, &args);
    }

    fn tell(self, key: &str, project: &Project, to: ProjectStage) {
        let stage = stage_words(to, self.session);
        self.session.say_with(key, &[("title", project.title.as_str()), ("stage", stage.as_str())]);
    }

    fn fail(self, id: ProjectId, error: &CallError) {
        self.settle(id);
        self.changed.run(None);
        self.session.say_failure(error);
    }

    /// What was shown beforehand is no longer.
    fn settle(self, id: ProjectId) {
        self.pending.try_update(|pending| pending.retain(|(own, _)| *own != id));
    }
}

/// One who moves the project that a page is about.
pub fn mover_of(project: Live<Project>) -> Mover {
    Mover::new(
        |_| false,
        move |now| match now {
            Some(now) => project.put(now),
            None => project.reread(),
        },
    )
}
