//! More time for the stage in which a project is, with a reason.

use super::page::Ctx;
use crate::session::t;
use crate::tr;
use crate::ui::field::number;
use crate::ui::{Dialog, Form, FormState, TextField, icon};
use leptos::prelude::*;
use shared::projects::{NewStageExtension, Project};

/// What is proposed first.
const USUAL_DAYS: &str = "14";

/// The button with its dialog, for those who may.
#[component]
pub fn Extend(ctx: Ctx) -> impl IntoView {
    let open = RwSignal::new(false);
    let may = Memo::new(move |_| ctx.project.of(|project| project.may_extend && project.clock.due_at.is_some()).unwrap_or_default());
    view! {
        {move || may.get().then(|| view! { <button class="ds-button" data-variant="tertiary" type="button" on:click=move |_| open.set(true)>{icon("calendar-plus")} {tr!("projects-extend")}</button> })}
        <Dialog open title_key="projects-extend"><ExtendForm ctx open /></Dialog>
    }
}

#[component]
fn ExtendForm(ctx: Ctx, open: RwSignal<bool>) -> impl IntoView {
    let (session, form) = (ctx.session, FormState::default());
    let (days, reason) = (RwSignal::new(USUAL_DAYS.to_owned()), RwSignal::new(String::new()));
    let stage = untrack(|| ctx.project.of(|project| project.stage));
    let late = RwSignal::new(false);
    let save = Callback::new(move |()| {
        let Some((id, version)) = untrack(|| ctx.project.of(|project| (project.id, project.version))) else { return };
        let new = NewStageExtension { days: number(days), reason: reason.get_untracked().trim().to_owned() };
        if form.check(&new) {
            let call = session.send(new, move |client, new| async move { client.extend_project(id, version, &new).await });
            form.send(call, move |project: Project| {
                open.set(false);
                session.say("projects-extended-said");
                ctx.project.put(project);
            });
        }
    });
    Effect::new(move |_| {
        if form.stale.get() {
            let id = ctx.id;
            form.catch_up(session.call(move |client| async move { client.get_project(id).await }), move |now: Project| {
                let same = Some(now.stage) == stage;
                ctx.project.put(now);
                // The time of another stage is another question.
                if same { save.run(()) } else { late.set(true) }
            });
        }
    });
    view! {
        {move || late.get().then(|| view! { <div class="ds-alert" data-color="warning" role="alert"><p class="ds-paragraph">{t("projects-extend-late")}</p></div> })}
        <Form form submit="projects-extend" on_submit=save>
            <TextField form pointer="/days" label="projects-extend-days" kind="number" value=days />
            <TextField form pointer="/reason" label="projects-extend-reason" value=reason />
        </Form>
    }
}
