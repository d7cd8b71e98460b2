//! What is to be done: ticked at once, added by a line.

use super::page::Ctx;
use crate::session::{t, tv};
use crate::tr;
use crate::ui::field::{filled, tick};
use crate::ui::icon;
use leptos::prelude::*;
use shared::projects::{ChecklistItem, MOST_LINES, Project, ProjectChanges};
use shared::rules::LINE;

/// A change of the lines, by what they say: somebody else may have changed their order.
fn changed(project: &Project, change: impl Fn(&mut Vec<ChecklistItem>)) -> Option<ProjectChanges> {
    let mut lines = project.checklist.clone();
    change(&mut lines);
    (lines != project.checklist).then(|| ProjectChanges { checklist: Some(lines), ..ProjectChanges::default() })
}

/// The list.
#[component]
pub fn Checklist(ctx: Ctx) -> impl IntoView {
    let seen = ctx.project.part(|project| project.checklist.clone());
    let lines = move || {
        let lines = seen.get().unwrap_or_default();
        if lines.is_empty() {
            return view! { <p class="ds-paragraph small">{t("projects-checklist-blank")}</p> }.into_any();
        }
        let works = ctx.works.get();
        view! { <ul class="checklist">{lines.into_iter().enumerate().map(|(position, item)| line(ctx, position, item, works)).collect_view()}</ul> }.into_any()
    };
    let count = move || {
        let lines = seen.get().unwrap_or_default();
        let done = lines.iter().filter(|line| line.done).count();
        (!lines.is_empty()).then(|| tv("projects-lines-done", &[("done", &done.to_string()), ("all", &lines.len().to_string())]))
    };
    view! {
        <section class="side-part" id="checklist">
            <h2 class="ds-heading" data-size="2xs">{tr!("projects-checklist")} " " <span class="small">{count}</span></h2>
            {lines}
            {move || ctx.works.get().then(|| view! { <AddLine ctx /> })}
        </section>
    }
}

fn line(ctx: Ctx, position: usize, item: ChecklistItem, works: bool) -> AnyView {
    let ChecklistItem { text, done } = item;
    if !works {
        let (picture, key) = if done { ("circle-check", "projects-line-done") } else { ("circle", "projects-line-open") };
        return view! { <li>{icon(picture)} " " <span class="sr-only">{t(key)}</span> " " {text}</li> }.into_any();
    }
    let (own, gone) = (text.clone(), text.clone());
    let toggle = Callback::new(move |on: bool| {
        let own = own.clone();
        ctx.change(move |project| {
            changed(project, |lines| lines.iter_mut().filter(|line| line.text == own).for_each(|line| line.done = on))
        });
    });
    let remove = move |_| {
        let gone = gone.clone();
        ctx.change(move |project| changed(project, |lines| lines.retain(|line| line.text != gone)));
    };
    let named = tv("projects-line-remove", &[("text", &text)]);
    view! {
        <li>
            {tick(format!("line-{position}"), Signal::stored(text), Signal::stored(done), toggle)}
            <button class="ds-button icon-button" data-variant="tertiary" data-size="sm" type="button" aria-label=named on:click=remove>{icon("x")}</button>
        </li>
    }
    .into_any()
}

#[component]
fn AddLine(ctx: Ctx) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(new) = filled(text) else { return };
        text.set(String::new());
        ctx.change(move |project| {
            changed(project, |lines| {
                if lines.len() < MOST_LINES && lines.iter().all(|line| line.text != new) {
                    lines.push(ChecklistItem { text: new.clone(), done: false });
                }
            })
        });
    };
    view! {
        <form class="add-line" on:submit=add>
            <label class="sr-only" for="new-line">{tr!("projects-line-new")}</label>
            <input class="ds-input" id="new-line" autocomplete="off" maxlength=LINE.to_string() placeholder=tr!("projects-line-new")
                prop:value=move || text.get() on:input:target=move |event| text.set(event.target().value()) />
            <button class="ds-button" data-variant="secondary" type="submit" aria-label=tr!("projects-line-add")>{icon("plus")}</button>
        </form>
    }
}
