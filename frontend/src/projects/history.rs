//! What has been: the stages with their reasons and the time they were given, and the projects before and after.

use super::page::Ctx;
use crate::paths;
use crate::session::{session, t, tv, word};
use crate::tr;
use leptos::prelude::*;
use shared::ProjectId;
use shared::client::Called;
use shared::format;
use shared::projects::{StageExtension, StagePeriod};

/// The stages, the last one first.
#[component]
pub fn History(ctx: Ctx) -> impl IntoView {
    let seen = ctx.project.part(|project| project.stages.clone());
    let lines = move || seen.get().unwrap_or_default().iter().rev().map(period).collect_view();
    view! {
        <section class="side-part" id="history">
            <h2 class="ds-heading" data-size="2xs">{tr!("projects-history")}</h2>
            <ol class="history">{lines}</ol>
        </section>
    }
}

fn day(at: jiff::Timestamp) -> String {
    format::date(format::day_of(at), session().lang.get())
}

fn period(period: &StagePeriod) -> AnyView {
    let stage = word("projects-stage", period.stage.as_str());
    let words = match (&period.moved_by, period.number) {
        (_, 1) => tv("projects-history-began", &[("day", &day(period.started_at)), ("stage", &stage)]),
        (Some(name), _) => tv("projects-history-moved", &[("day", &day(period.started_at)), ("stage", &stage), ("name", name)]),
        (None, _) => tv("projects-history-expired", &[("day", &day(period.started_at)), ("stage", &stage)]),
    };
    let extensions = period.extensions.iter().map(extension).collect_view();
    view! { <li><p>{words}</p> {period.reason.clone().map(|reason| view! { <p class="small written">{reason}</p> })} {extensions}</li> }
        .into_any()
}

fn extension(extension: &StageExtension) -> AnyView {
    let days = extension.days.to_string();
    let name = extension.granted_by.clone().unwrap_or_else(|| t("projects-system"));
    let words = tv("projects-history-extended", &[("day", &day(extension.granted_at)), ("days", &days), ("name", &name)]);
    view! { <p class="small">{words} " " <span class="written">{extension.reason.clone()}</span></p> }.into_any()
}

/// The projects that this one continues, and in which it goes on.
#[component]
pub fn Lineage(ctx: Ctx) -> impl IntoView {
    let session = ctx.session;
    let kin = ctx.project.part(|project| (project.continues_id, project.continued_in_id));
    let read = LocalResource::new(move || {
        let (before, after) = kin.get().unwrap_or_default();
        async move {
            let title = |id: Option<ProjectId>| async move {
                let Some(id) = id else { return Called::Ok(None) };
                session
                    .call(move |client| async move { client.get_project(id).await })
                    .await
                    .map(|project| Some((id, project.title, project.lang)))
            };
            Called::Ok((title(before).await?, title(after).await?))
        }
    });
    move || {
        let (before, after) = read.get().and_then(Result::ok).unwrap_or_default();
        if before.is_none() && after.is_none() {
            return None;
        }
        let one = |key: &'static str, kin: Option<(ProjectId, String, shared::Lang)>| {
            kin.map(|(id, title, lang)| view! { <li><span class="small">{t(key)}</span> <br /> <a class="ds-link" href=paths::project(id) lang=lang.as_str()>{title}</a></li> })
        };
        Some(view! {
            <section class="side-part">
                <h2 class="ds-heading" data-size="2xs">{t("projects-lineage")}</h2>
                <ul class="plain">{one("projects-continues", before)} {one("projects-continued-in", after)}</ul>
            </section>
        })
    }
}
