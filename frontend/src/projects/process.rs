//! How the process goes now and how it will: the steps side by side, and how many are saved.

use super::draft::Part;
use super::need::{part, part_form};
use super::page::Ctx;
use crate::session::{t, tv};
use crate::tr;
use crate::ui::{TextField, icon};
use leptos::prelude::*;

/// The process.
#[component]
pub fn Process(ctx: Ctx) -> impl IntoView {
    let seen = ctx.project.part(|project| (project.process.clone(), project.lang.as_str()));
    let shown = move || {
        let Some((process, lang)) = seen.get() else { return ().into_any() };
        if process.from.is_empty() && process.to.is_empty() {
            return view! { <p class="ds-paragraph small">{t("projects-process-blank")}</p> }.into_any();
        }
        let list = |key: &'static str, steps: &[String]| {
            let lines = steps.iter().map(|step| view! { <li>{step.clone()}</li> }).collect_view();
            view! {
                <div>
                    <h3 class="ds-heading" data-size="2xs">{t(key)} " " <span class="small">{tv("projects-steps", &[("count", &steps.len().to_string())])}</span></h3>
                    <ol class="process-steps" lang=lang>{lines}</ol>
                </div>
            }
        };
        let saved = process.saved().map(|saved| {
            let (key, color, count) = if saved >= 0 { ("projects-steps-saved", "success", saved) } else { ("projects-steps-added", "warning", -saved) };
            view! { <p class="ds-paragraph"><span class="status" data-color=color>{icon("list-checks")} " " {tv(key, &[("count", &count.to_string())])}</span></p> }
        });
        view! { <div class="process">{list("projects-process-from", &process.from)} {list("projects-process-to", &process.to)}</div> {saved} }.into_any()
    };
    let form = move |editing| {
        part_form(ctx, Part::Process, editing, |form, draft| {
            view! {
                <p class="hint">{tr!("projects-process-hint")}</p>
                <TextField form pointer="/process/from" label="projects-process-from" value=draft.from tall=true optional=true />
                <TextField form pointer="/process/to" label="projects-process-to" value=draft.to tall=true optional=true />
            }
            .into_any()
        })
    };
    part(ctx, "process", "projects-process", || ().into_any(), shown, form)
}
