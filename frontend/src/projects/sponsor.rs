//! The manager who stands behind the project, without whom there is no trial.

use super::page::Ctx;
use super::places::own_account;
use crate::paths;
use crate::session::{t, tv};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::link::copy_button;
use crate::ui::{Act, icon};
use leptos::prelude::*;
use shared::format;
use shared::projects::{Project, ProjectStage};

/// Who it is, or who it can be.
#[component]
pub fn Sponsor(ctx: Ctx) -> impl IntoView {
    let act = Act::new(move || ctx.project.reread());
    let seen = ctx.project.part(|project| (project.sponsor.clone(), project.unit_name.clone(), project.stage, project.may_sponsor));
    let run = move |stand: bool| {
        let Some((id, version)) = untrack(|| ctx.project.of(|project: &Project| (project.id, project.version))) else { return };
        let session = ctx.session;
        let (call, said) = match stand {
            true => (session.call(move |client| async move { client.sponsor_project(id, version).await }), "projects-sponsored"),
            false => (session.call(move |client| async move { client.unsponsor_project(id, version).await }), "projects-unsponsored"),
        };
        act.run(call, said);
    };
    let body = move || {
        let (sponsor, unit, stage, may) = seen.get()?;
        let own = sponsor.as_ref().map(|sponsor| sponsor.account_id) == own_account();
        let words = match &sponsor {
            Some(sponsor) => {
                let since = format::date(format::day_of(sponsor.since), ctx.session.lang.get());
                tv("projects-sponsor-since", &[("name", &sponsor.name), ("day", &since)])
            }
            None if stage != ProjectStage::Idea && stage != ProjectStage::Waiting => t("projects-sponsor-none"),
            None => match &unit {
                Some(unit) => tv("projects-who-sponsor", &[("unit", unit)]),
                None => t("projects-who-unit-first"),
            },
        };
        let button = match (&sponsor, may) {
            (None, true) => Some(view! { <button class="ds-button" type="button" on:click=move |_| run(true)>{icon("user-check")} {t("projects-sponsor")}</button> }.into_any()),
            (Some(_), true) if own => {
                Some(view! { <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" on:click=move |_| run(false)>{t("projects-unsponsor")}</button> }.into_any())
            }
            (None, false) if unit.is_some() => {
                let address = format!("{}{}", window().location().origin().unwrap_or_default(), paths::project(ctx.id));
                Some(copy_button(address, "projects-copy-link", "projects-link-copied").into_any())
            }
            _ => None,
        };
        Some(view! { <p class="ds-paragraph">{words}</p> {button} })
    };
    view! {
        <section class="side-part" id="sponsor">
            <h2 class="ds-heading" data-size="2xs">{tr!("projects-sponsor-heading")}</h2>
            <Summary form=act.form />
            {body}
        </section>
    }
}
