//! For those who take part: what is before the next contact day, one's own answers, one's group and its project.

use super::next::next_day;
use super::works::Works;
use crate::paths;
use crate::session::{Session, session, tv};
use crate::tr;
use crate::ui::{icon, load};
use crate::words::stage_view;
use futures_util::future::{try_join, try_join3};
use leptos::prelude::*;
use shared::client::Called;
use shared::policy::{Permission, Target};
use shared::projects::{ProjectFilter, ProjectSummary};
use shared::training::{AssessmentStatus, ContactDay, EditionSummary, Enrolment, Group, Programme, SelfAssessment};

#[derive(Clone)]
struct Matter {
    days: Vec<ContactDay>,
    /// While the answering is open: how far one's own answers have come.
    own: Option<(Programme, SelfAssessment)>,
    group: Option<Own>,
}

/// One's own group with its people and its project.
#[derive(Clone)]
struct Own {
    group: Group,
    members: Vec<Enrolment>,
    project: Option<ProjectSummary>,
}

async fn read(session: Session, row: EditionSummary) -> Called<Matter> {
    let (id, programme) = (row.edition.id, row.edition.programme_id);
    let days = session.all(move |client, paging| async move { client.list_contact_days(id, &paging).await });
    let open = row.edition.assessment == AssessmentStatus::Open;
    let own = async move {
        if !open {
            return Ok(None);
        }
        let own = session.call(move |client| async move { client.get_self_assessment(id).await });
        let programme = session.call(move |client| async move { client.get_programme(programme).await });
        try_join(programme, own).await.map(Some)
    };
    let target = Target::Edition { programme, edition: id };
    let group = async { if session.may_now(Permission::ViewRoster, &target) { read_group(session, &row).await } else { Ok(None) } };
    // Side by side: on a phone each takes long to come back.
    let (days, own, group) = try_join3(days, own, group).await?;
    Ok(Matter { days, own, group })
}

async fn read_group(session: Session, row: &EditionSummary) -> Called<Option<Own>> {
    let id = row.edition.id;
    let me = session.me.with_untracked(|me| me.as_ref().map(|me| me.account.id));
    let roster = session.all(move |client, paging| async move { client.list_enrolments(id, &paging).await });
    let projects = session.all(move |client, paging| async move { client.list_projects(&ProjectFilter::of_edition(id, &paging)).await });
    let (roster, projects) = try_join(roster, projects).await?;
    let Some(group_id) = roster.iter().find(|place| Some(place.account_id) == me).and_then(|place| place.group_id) else { return Ok(None) };
    let group = session.call(move |client| async move { client.get_group(group_id).await }).await?;
    let members = roster.into_iter().filter(|place| place.group_id == Some(group_id)).collect();
    Ok(Some(Own { group, members, project: projects.into_iter().find(|project| project.group_id == Some(group_id)) }))
}

/// One edition that one takes part in.
#[component]
pub fn TakingPart(row: EditionSummary) -> impl IntoView {
    let session = session();
    let own = row.clone();
    let matter = LocalResource::new(move || read(session, own.clone()));
    let programme = row.edition.programme_id;
    view! {
        <section class="block">
            {load(matter, move |matter| {
                let actions = view! { {matter.own.map(|(programme, own)| answering(&programme, &own))} }.into_any();
                view! {
                    {next_day(&row, &matter.days, actions)}
                    <div class="two">
                        <div>{group(&row, matter.group)}</div>
                        <Works programme every=None />
                    </div>
                }
                .into_any()
            })}
        </section>
    }
}

/// What is left of one's own answers, and the way to them.
fn answering(programme: &Programme, own: &SelfAssessment) -> AnyView {
    let (done, all) = (own.steps.len().to_string(), programme.goals.len().to_string());
    let href = paths::self_assessment(own.edition_id);
    let count = move || tv("start-own-answers", &[("done", &done), ("all", &all)]);
    if own.complete {
        return view! {
            <span class="status" data-color="success">{icon("circle-check")} {tr!("start-own-complete")}</span>
            <a class="ds-button" data-variant="secondary" href=href>{tr!("start-own-change")}</a>
        }
        .into_any();
    }
    view! { <a class="ds-button" href=href>{icon("list-checks")}{tr!("start-answer")}</a> <span class="small">{count}</span> }.into_any()
}

fn group(row: &EditionSummary, own: Option<Own>) -> AnyView {
    let href = paths::edition_view(row.edition.id, "groups");
    let Some(Own { group, members, project }) = own else {
        return view! {
            <h3 class="ds-heading" data-size="xs">{tr!("start-own-group")}</h3>
            <p class="ds-paragraph">{tr!("start-own-group-none")}</p>
        }
        .into_any();
    };
    let names = members.into_iter().map(|member| member.name).collect::<Vec<_>>().join(", ");
    let project = match project {
        Some(project) => {
            view! { <p class="group-project"><a class="ds-link" href=paths::project(project.id) lang=project.lang.as_str()>{project.title}</a> {stage_view(project.stage)}</p> }
                .into_any()
        }
        None => view! { <p class="ds-paragraph small">{tr!("start-own-project-none")}</p> }.into_any(),
    };
    view! {
        <h3 class="ds-heading" data-size="xs">{tr!("start-own-group")}</h3>
        <p class="ds-paragraph"><a class="ds-link" href=href lang=group.lang.as_str()>{group.name}</a> <br /> <span class="small">{names}</span></p>
        {project}
    }
    .into_any()
}
