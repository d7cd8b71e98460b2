//! What a project lacks before it may go on, as the next steps: what to do, and who can.

use crate::paths;
use crate::session::{t, tv, word};
use crate::ui::icon;
use leptos::prelude::*;
use shared::projects::{Project, Requirement};

/// The part of the project's page where something is mended.
const fn part(requirement: Requirement) -> &'static str {
    match requirement {
        Requirement::Need => "need",
        Requirement::Idea => "idea",
        Requirement::Unit => "basics",
        Requirement::Sponsor => "sponsor",
        Requirement::TrialResult => "trial",
        Requirement::Adoption => "spread",
        Requirement::Reason | Requirement::Learnt | Requirement::FollowUp => "clock",
    }
}

/// The steps, in the order in which they are taken. Reactive by language.
pub fn steps(project: &Project, lacking: &[Requirement]) -> AnyView {
    let unit = project.unit_name.clone().unwrap_or_default();
    let one = |requirement: &Requirement| {
        let href = format!("{}#{}", paths::project(project.id), part(*requirement));
        let who = match requirement {
            Requirement::Sponsor if unit.is_empty() => t("projects-who-unit-first"),
            Requirement::Sponsor => tv("projects-who-sponsor", &[("unit", &unit)]),
            Requirement::Need | Requirement::Idea | Requirement::Unit if project.may_work => t("projects-who-you"),
            Requirement::TrialResult if project.may_work => t("projects-who-trial"),
            Requirement::Adoption => t("projects-who-adoption"),
            _ => t("projects-who-group"),
        };
        let words = word("projects-lacks", requirement.as_str());
        view! { <li>{icon("circle-dashed")} <span><a class="ds-link" href=href>{words}</a> <span class="small">{who}</span></span></li> }
    };
    view! { <ul class="steps-ahead">{lacking.iter().map(one).collect_view()}</ul> }.into_any()
}
