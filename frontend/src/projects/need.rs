//! The words of a project: what is needed and what shows it, the idea, and what it is called and filed under.

use super::draft::{EvidenceDraft, Part, ProjectDraft, edit_part};
use super::page::Ctx;
use super::places::{OwnGroup, own_groups};
use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::field::{Line, languages};
use crate::ui::{Editing, Form, FormState, Select, TextField, icon};
use leptos::html::Button;
use leptos::prelude::*;
use shared::format;
use shared::projects::{Evidence, Project};

/// A part of the project that is shown, and written where it stands. `view` and `form` are made anew when one takes the
/// other's place.
pub fn part(
    ctx: Ctx,
    id: &'static str,
    name: &'static str,
    note: impl Fn() -> AnyView + Send + 'static,
    view: impl Fn() -> AnyView + Send + 'static,
    form: impl Fn(RwSignal<bool>) -> AnyView + Send + 'static,
) -> AnyView {
    let editing = RwSignal::new(false);
    let button = NodeRef::<Button>::new();
    Effect::new(move |before: Option<bool>| {
        let now = editing.get();
        if let (Some(true), false, Some(button)) = (before, now, button.get_untracked()) {
            let _ = button.focus();
        }
        now
    });
    let edit = move || {
        ctx.works.get().then(|| {
            let named = move || tv("projects-edit-named", &[("part", &t(name))]);
            view! {
                <button class="ds-button part-edit" data-variant="tertiary" data-size="sm" type="button" node_ref=button aria-label=named aria-expanded=move || editing.get().to_string()
                    on:click=move |_| editing.update(|editing| *editing = !*editing)>{icon("pencil")} {tr!("projects-edit")}</button>
            }
        })
    };
    view! {
        <section class="project-part" id=id>
            <div class="part-name"><h2 class="ds-heading" data-size="2xs">{tr!(name)}</h2> {note} {edit}</div>
            <div class="part-body">{move || if editing.get() { form(editing) } else { view() }}</div>
        </section>
    }
    .into_any()
}

/// The form of a part, around its fields.
pub fn part_form(ctx: Ctx, part: Part, editing: RwSignal<bool>, fields: impl FnOnce(FormState, ProjectDraft) -> AnyView) -> AnyView {
    let form = FormState::default();
    let Some((draft, Editing { save, conflict })) = edit_part(ctx, form, part, editing) else { return ().into_any() };
    let fields = fields(form, draft);
    let cancel = view! { <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| editing.set(false)>{tr!("common-cancel")}</button> };
    view! { <Form form submit="common-save" on_submit=save others=cancel.into_any()>{fields}</Form> {conflict} }.into_any()
}

/// Words as they were written, in their language; or what is to be written there.
fn written(text: &str, lang: &'static str, blank: &'static str) -> AnyView {
    if text.is_empty() {
        return view! { <p class="ds-paragraph small">{t(blank)}</p> }.into_any();
    }
    view! { <p class="ds-paragraph written lead-text" lang=lang>{text.to_owned()}</p> }.into_any()
}

/// What is needed, with what shows it.
#[component]
pub fn Need(ctx: Ctx) -> impl IntoView {
    let seen = ctx.project.part(|project| (project.need.clone(), project.evidence.clone(), project.lang.as_str()));
    let shown = move || {
        let Some((need, evidence, lang)) = seen.get() else { return ().into_any() };
        let lines = evidence.iter().map(|one| evidence_line(one, lang)).collect_view();
        let list = (!evidence.is_empty()).then(|| view! { <ul class="evidence" aria-label=t("projects-evidence")>{lines}</ul> });
        view! { {written(&need, lang, "projects-need-blank")} {list} }.into_any()
    };
    let form = move |editing| {
        part_form(ctx, Part::Need, editing, |form, draft| {
            view! {
                <TextField form pointer="/need" label="projects-need" hint="projects-need-hint" value=draft.need tall=true optional=true />
                {evidence_fields(form, draft.evidence)}
            }
            .into_any()
        })
    };
    part(ctx, "need", "projects-need", || ().into_any(), shown, form)
}

fn evidence_line(evidence: &Evidence, lang: &'static str) -> AnyView {
    let Evidence { text, url } = evidence.clone();
    let words = match url {
        Some(url) => view! { <a class="ds-link" rel="external noopener noreferrer" target="_blank" href=url lang=lang>{text} {icon("external-link")}</a> }.into_any(),
        None => view! { <span lang=lang>{text}</span> }.into_any(),
    };
    view! { <li>{icon("message-square-text")} {words}</li> }.into_any()
}

fn evidence_fields(form: FormState, evidence: RwSignal<Vec<EvidenceDraft>>) -> impl IntoView {
    let one = move |position: usize, draft: EvidenceDraft| {
        let number = (position + 1).to_string();
        let named = number.clone();
        let label = Signal::derive(move || tv("projects-evidence-number", &[("number", &number)]));
        let remove = move |_| {
            evidence.update(|evidence| {
                evidence.remove(position);
            });
        };
        let remove_words = move || tv("projects-evidence-remove", &[("number", &named)]);
        view! {
            <li class="evidence-fields">
                {Line::new(form, format!("/evidence/{position}/text"), label, draft.text).view()}
                {Line { optional: true, hint: "projects-url-hint", kind: "url", ..Line::new(form, format!("/evidence/{position}/url"), tr!("projects-url"), draft.url) }.view()}
                <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" on:click=remove>{icon("trash-2")} {remove_words}</button>
            </li>
        }
    };
    let add = move |_| evidence.update(|evidence| evidence.push(EvidenceDraft::default()));
    view! {
        <fieldset class="ds-fieldset">
            <legend class="ds-label" data-weight="medium">{tr!("projects-evidence")}</legend>
            <ul class="plain">{move || evidence.get().into_iter().enumerate().map(|(position, draft)| one(position, draft)).collect_view()}</ul>
            <button class="ds-button" data-variant="secondary" data-size="sm" type="button" on:click=add>{icon("plus")} {tr!("projects-evidence-add")}</button>
        </fieldset>
    }
}

/// The idea.
#[component]
pub fn Idea(ctx: Ctx) -> impl IntoView {
    let seen = ctx.project.part(|project| (project.idea.clone(), project.lang.as_str()));
    let at = ctx.project.part(|project| project.created_at);
    let note = move || {
        let words = move || at.get().map(|at| format::date_time(at, session().lang.get()));
        view! { <p class="small">{words}</p> }.into_any()
    };
    let shown = move || seen.get().map_or_else(|| ().into_any(), |(idea, lang)| written(&idea, lang, "projects-idea-blank"));
    let form = move |editing| {
        part_form(ctx, Part::Idea, editing, |form, draft| {
            view! { <TextField form pointer="/idea" label="projects-idea" hint="projects-idea-hint" value=draft.idea tall=true optional=true /> }.into_any()
        })
    };
    part(ctx, "idea", "projects-idea", note, shown, form)
}

/// What it is called, whose it is, what it is filed under.
#[component]
pub fn Basics(ctx: Ctx) -> impl IntoView {
    let seen = ctx.project.part(Project::clone);
    let facts = Memo::new(move |_| {
        seen.get().map(|project| {
            let Project { group_name, unit_name, theme, customer_group, labels, .. } = project;
            let labels = Some(labels.join(", ")).filter(|labels| !labels.is_empty());
            [
                ("projects-field-group", group_name),
                ("projects-unit", unit_name),
                ("projects-theme", theme),
                ("projects-customers", customer_group),
                ("projects-labels", labels),
            ]
        })
    });
    let shown = move || {
        let lines = facts.get().into_iter().flatten().map(|(key, value)| {
            let value = value.unwrap_or_else(|| t("projects-not-said"));
            view! { <div><dt>{t(key)}</dt> <dd>{value}</dd></div> }
        });
        view! { <dl class="facts">{lines.collect_view()}</dl> }.into_any()
    };
    let form = move |editing| {
        part_form(ctx, Part::Basics, editing, |form, draft| {
            view! {
                <TextField form pointer="/title" label="projects-field-title" value=draft.title />
                <Select form pointer="/lang" label="projects-field-lang" value=draft.lang options=languages() />
                {place_fields(ctx, form, draft)}
                <TextField form pointer="/theme" label="projects-theme" hint="projects-theme-hint" value=draft.theme optional=true />
                <TextField form pointer="/customer_group" label="projects-customers" value=draft.customers optional=true />
                <TextField form pointer="/labels" label="projects-labels" hint="projects-labels-hint" value=draft.labels optional=true />
            }
            .into_any()
        })
    };
    part(ctx, "basics", "projects-basics", || ().into_any(), shown, form)
}

/// Group and unit. The group that the project has can be kept by anybody who may work on it.
fn place_fields(ctx: Ctx, form: FormState, draft: ProjectDraft) -> AnyView {
    let kept =
        untrack(|| ctx.project.of(|project| project.group_id.map(|id| (id.to_string(), project.group_name.clone().unwrap_or_default()))))
            .flatten();
    let session = ctx.session;
    let groups = LocalResource::new(move || {
        let places = ctx.places.get();
        async move {
            match places {
                Some(Ok(places)) => own_groups(session, &places).await,
                _ => Ok(Vec::new()),
            }
        }
    });
    let options = Signal::derive(move || {
        let own = group_choices(&groups.get().and_then(Result::ok).unwrap_or_default());
        let kept = kept.clone().filter(|(id, _)| own.iter().all(|(known, _)| known != id));
        std::iter::once((String::new(), t("projects-no-group"))).chain(kept).chain(own).collect::<Vec<_>>()
    });
    let units = Signal::derive(move || {
        let known = ctx.places.get().and_then(Result::ok).map(|places| places.unit_choices()).unwrap_or_default();
        std::iter::once((String::new(), t("projects-no-unit"))).chain(known).collect::<Vec<_>>()
    });
    view! {
        <Select form pointer="/group_id" label="projects-field-group" value=draft.group options />
        <Select form pointer="/unit_id" label="projects-unit" value=draft.unit options=units />
    }
    .into_any()
}

/// Groups with the editions in which they are. Reactive by language.
pub fn group_choices(groups: &[OwnGroup]) -> Vec<(String, String)> {
    let lang = session().lang.get();
    groups.iter().map(|own| (own.group.id.to_string(), format!("{} · {}", own.group.name, own.edition.edition.name(lang)))).collect()
}
