//! A project as it is written: as a new idea, or one part of it on its page.

use super::page::Ctx;
use crate::session::word;
use crate::ui::field::{chosen, filled};
use crate::ui::{Draft, Editing, Field, FormState, edit};
use leptos::prelude::*;
use shared::problem::Fault;
use shared::projects::{Evidence, MOST_LINES, NewProject, Process, Project, ProjectChanges};
use shared::rules::LINE;
use shared::{Lang, ProjectId};

/// What is written at once.
#[derive(Clone, Copy, PartialEq)]
pub enum Part {
    /// A new idea.
    New,
    Basics,
    Need,
    Idea,
    Process,
}

/// One piece of evidence while it is written.
#[derive(Clone, Copy, Default)]
pub struct EvidenceDraft {
    pub text: RwSignal<String>,
    pub url: RwSignal<String>,
}

impl EvidenceDraft {
    fn new(evidence: &Evidence) -> Self {
        Self { text: RwSignal::new(evidence.text.clone()), url: RwSignal::new(evidence.url.clone().unwrap_or_default()) }
    }
}

/// The fields.
#[derive(Clone, Copy)]
pub struct ProjectDraft {
    part: Part,
    pub title: RwSignal<String>,
    pub lang: RwSignal<String>,
    pub group: RwSignal<String>,
    pub unit: RwSignal<String>,
    pub theme: RwSignal<String>,
    pub customers: RwSignal<String>,
    /// Parted by commas.
    pub labels: RwSignal<String>,
    pub need: RwSignal<String>,
    pub idea: RwSignal<String>,
    pub evidence: RwSignal<Vec<EvidenceDraft>>,
    /// A step a line.
    pub from: RwSignal<String>,
    pub to: RwSignal<String>,
    continues: StoredValue<Option<ProjectId>>,
}

fn joined(evidence: &[Evidence]) -> String {
    evidence
        .iter()
        .map(|one| format!("{} {}", one.text, one.url.as_deref().unwrap_or_default()).trim().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

/// What is written, parted; the fault stands at the one field in which all of it is.
fn parted(value: RwSignal<String>, mark: char, pointer: &str) -> Result<Vec<String>, Vec<Fault>> {
    let text = value.get_untracked();
    let parts: Vec<String> = text.split(mark).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    if parts.len() > MOST_LINES {
        return Err(vec![Fault::new(pointer, "too_many", Some(&MOST_LINES.to_string()))]);
    }
    if parts.iter().any(|part| part.chars().count() > LINE) {
        return Err(vec![Fault::new(pointer, "too_long", Some(&LINE.to_string()))]);
    }
    Ok(parts)
}

impl ProjectDraft {
    pub fn new(part: Part, lang: Lang, continues: Option<ProjectId>) -> Self {
        let text = RwSignal::<String>::default;
        Self {
            part,
            title: text(),
            lang: RwSignal::new(lang.to_string()),
            group: text(),
            unit: text(),
            theme: text(),
            customers: text(),
            labels: text(),
            need: text(),
            idea: text(),
            evidence: RwSignal::default(),
            from: text(),
            to: text(),
            continues: StoredValue::new(continues),
        }
    }

    fn all_evidence(self) -> Vec<Evidence> {
        let one = |draft: &EvidenceDraft| Evidence { text: draft.text.get_untracked().trim().to_owned(), url: filled(draft.url) };
        let whole = |evidence: &Evidence| !evidence.text.is_empty() || evidence.url.is_some();
        self.evidence.with_untracked(|all| all.iter().map(one).filter(whole).collect())
    }

    fn set_evidence(self, evidence: &[Evidence]) {
        self.evidence.set(evidence.iter().map(EvidenceDraft::new).collect());
    }

    /// What of the project is changed.
    pub fn changes(self, new: NewProject) -> ProjectChanges {
        let none = ProjectChanges::default();
        match self.part {
            Part::New | Part::Basics => ProjectChanges {
                group_id: Some(new.group_id),
                unit_id: Some(new.unit_id),
                title: Some(new.title),
                lang: Some(new.lang),
                theme: Some(new.theme),
                customer_group: Some(new.customer_group),
                labels: Some(new.labels),
                ..none
            },
            Part::Need => ProjectChanges { need: Some(new.need), evidence: Some(new.evidence), ..none },
            Part::Idea => ProjectChanges { idea: Some(new.idea), ..none },
            Part::Process => ProjectChanges { process: Some(new.process), ..none },
        }
    }
}

fn id_text(id: Option<impl ToString>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

impl Draft for ProjectDraft {
    type Thing = Project;
    type New = NewProject;

    fn written(self) -> Result<NewProject, Vec<Fault>> {
        let text = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        Ok(NewProject {
            group_id: self.group.get_untracked().parse().ok(),
            unit_id: self.unit.get_untracked().parse().ok(),
            continues_id: self.continues.get_value(),
            title: text(self.title),
            lang: chosen(self.lang, Lang::Fi),
            need: text(self.need),
            evidence: self.all_evidence(),
            idea: text(self.idea),
            theme: filled(self.theme),
            customer_group: filled(self.customers),
            process: Process { from: parted(self.from, '\n', "/process/from")?, to: parted(self.to, '\n', "/process/to")? },
            labels: parted(self.labels, ',', "/labels")?,
            checklist: Vec::new(),
            members: Vec::new(),
        })
    }

    fn fields(self, project: &Project) -> Vec<Field> {
        match self.part {
            Part::New | Part::Basics => vec![
                Field::text("projects-field-title", self.title, &project.title),
                Field::code("projects-field-lang", self.lang, project.lang.as_str(), |code| word("common-lang", code)),
                Field::text("projects-field-group", self.group, id_text(project.group_id)),
                Field::text("projects-unit", self.unit, id_text(project.unit_id)),
                Field::text("projects-theme", self.theme, project.theme.clone().unwrap_or_default()),
                Field::text("projects-customers", self.customers, project.customer_group.clone().unwrap_or_default()),
                Field::text("projects-labels", self.labels, project.labels.join(", ")),
            ],
            Part::Need => {
                let theirs = project.evidence.clone();
                let mine = joined(&self.all_evidence());
                vec![
                    Field::text("projects-need", self.need, &project.need),
                    Field::new("projects-evidence", mine, joined(&theirs), move || self.set_evidence(&theirs)),
                ]
            }
            Part::Idea => vec![Field::text("projects-idea", self.idea, &project.idea)],
            Part::Process => vec![
                Field::text("projects-process-from", self.from, project.process.from.join("\n")),
                Field::text("projects-process-to", self.to, project.process.to.join("\n")),
            ],
        }
    }

    /// Everything, whichever part is written: what is sent must be whole.
    fn show(self, project: &Project) {
        self.title.set(project.title.clone());
        self.lang.set(project.lang.to_string());
        self.group.set(id_text(project.group_id));
        self.unit.set(id_text(project.unit_id));
        self.theme.set(project.theme.clone().unwrap_or_default());
        self.customers.set(project.customer_group.clone().unwrap_or_default());
        self.labels.set(project.labels.join(", "));
        self.need.set(project.need.clone());
        self.idea.set(project.idea.clone());
        self.from.set(project.process.from.join("\n"));
        self.to.set(project.process.to.join("\n"));
        self.set_evidence(&project.evidence);
    }
}

/// Makes a form edit one part of the project that the page is about; `editing` ends when it is saved.
pub fn edit_part(ctx: Ctx, form: FormState, part: Part, editing: RwSignal<bool>) -> Option<(ProjectDraft, Editing)> {
    let session = ctx.session;
    let old = untrack(|| ctx.project.of(Project::clone))?;
    let draft = ProjectDraft::new(part, old.lang, old.continues_id);
    let write = move |new: NewProject, old: Option<&Project>| {
        let (id, version) = (ctx.id, old.map_or(0, |old| old.version));
        session.send(draft.changes(new), move |client, changes| async move { client.update_project(id, version, &changes).await })
    };
    let read = move |_: &Project| {
        let id = ctx.id;
        session.call(move |client| async move { client.get_project(id).await })
    };
    let editing = edit(form, draft, Some(old), write, read, move |saved: &Project| {
        ctx.project.put(saved.clone());
        editing.set(false);
        session.say("projects-saved");
    });
    Some((draft, editing))
}
