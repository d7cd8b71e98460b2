//! The head of a project's page: how far it has come, whose it is, and what can be done to it as a whole.

use super::move_menu::{Movable, choices};
use super::page::Ctx;
use crate::paths;
use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::menu::Menu;
use crate::ui::{Confirm, icon};
use crate::words::stage_view;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::policy::{Permission, Target};
use shared::projects::{Project, ProjectStage};
use wasm_bindgen::JsCast;

/// What the project is, in one line.
#[component]
pub fn Chips(ctx: Ctx) -> impl IntoView {
    let seen = ctx.project.part(|project| {
        let Project { stage, group_name, edition_id, unit_name, sponsor, theme, .. } = project.clone();
        (stage, group_name, edition_id, unit_name, sponsor.map(|sponsor| sponsor.name), theme)
    });
    move || {
        let (stage, group, edition, unit, sponsor, theme) = seen.get()?;
        let lang = session().lang.get();
        let name =
            edition.and_then(|id| ctx.places.map(|places| places.as_ref().ok().and_then(|places| places.edition(id, lang))).flatten());
        let whose = [group, name].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let whose = (!whose.is_empty()).then(|| match edition {
            Some(id) => view! { <li>{icon("users")} <a class="ds-link" href=paths::edition_view(id, "groups")>{whose}</a></li> }.into_any(),
            None => view! { <li>{icon("users")} {whose}</li> }.into_any(),
        });
        let sponsored = match sponsor {
            Some(name) => tv("projects-sponsor-is", &[("name", &name)]),
            None => t("projects-sponsor-missing"),
        };
        Some(view! {
            <ul class="chips">
                <li class="chip">{stage_view(stage)}</li>
                {whose}
                {unit.map(|unit| view! { <li>{icon("building-2")} {unit}</li> })}
                <li>{icon("user-check")} {sponsored}</li>
                {theme.map(|theme| view! { <li>{icon("flag")} {theme}</li> })}
            </ul>
        })
    }
}

/// Moving, printing, reading the trail, and taking away what is still an idea.
#[component]
pub fn Actions(ctx: Ctx) -> impl IntoView {
    let at = RwSignal::new_local(None::<web_sys::HtmlElement>);
    let open = move |event: leptos::ev::MouseEvent| {
        at.set(event.current_target().and_then(|target| target.dyn_into().ok()));
    };
    let movable = ctx.project.part(Movable::of);
    let take = Callback::new(move |to: ProjectStage| {
        if let Some(of) = movable.get_untracked() {
            ctx.mover.begin(of.id, of.stage, to);
        }
    });
    let lines = Signal::derive(move || movable.get().map(|of| choices(&of, ctx.mover, |_| false, take)).unwrap_or_default());
    let moving = move || {
        ctx.works.get().then(|| view! { <button class="ds-button" data-variant="secondary" type="button" aria-haspopup="menu" on:click=open>{icon("arrow-right")} {tr!("projects-move")}</button> })
    };
    let history = move || {
        session().may(Permission::ViewAudit, &Target::Tenant).then(|| {
            view! { <a class="ds-button" data-variant="tertiary" href=paths::audit_of(ctx.id.0)>{icon("history")} {tr!("projects-trail")}</a> }
        })
    };
    let print = move |_| {
        let _ = window().print();
    };
    view! {
        {moving}
        <button class="ds-button" data-variant="tertiary" type="button" on:click=print>{icon("printer")} {tr!("projects-print")}</button>
        {history}
        <Remove ctx />
        <Menu at title=tr!("projects-move") choices=lines />
    }
}

/// Takes the project away, while it is an idea.
#[component]
fn Remove(ctx: Ctx) -> impl IntoView {
    let session = ctx.session;
    let asking = RwSignal::new(false);
    let may = Memo::new(move |_| ctx.project.of(|project| project.may_work && project.stage == ProjectStage::Idea).unwrap_or_default());
    let navigate = use_navigate();
    let text = Signal::derive(move || {
        let title = ctx.project.of(|project| project.title.clone()).unwrap_or_default();
        tv("projects-remove-text", &[("title", &title)])
    });
    let remove = Callback::new(move |()| {
        let Some((id, version)) = untrack(|| ctx.project.of(|project| (project.id, project.version))) else { return };
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            match session.call(move |client| async move { client.delete_project(id, version).await }).await {
                Ok(()) => {
                    session.say("projects-removed");
                    navigate(paths::PROJECTS, Default::default());
                }
                Err(error) => {
                    session.say_failure(&error);
                    ctx.project.reread();
                }
            }
        });
    });
    view! {
        {move || may.get().then(|| view! { <button class="ds-button" data-variant="tertiary" data-color="danger" type="button" on:click=move |_| asking.set(true)>{icon("trash-2")} {tr!("projects-remove")}</button> })}
        <Confirm open=asking title_key="projects-remove" text yes="projects-remove" on_yes=remove />
    }
}
