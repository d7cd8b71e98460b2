//! For those who run an edition: who is behind, and is it working?

use super::next::next_day;
use super::works::Works;
use crate::paths;
use crate::session::{Session, session, t, tv};
use crate::tr;
use crate::ui::{icon, load};
use futures_util::future::try_join5;
use leptos::prelude::*;
use shared::EditionId;
use shared::client::Called;
use shared::projects::{ProjectFilter, ProjectSummary};
use shared::training::{AssessmentProgress, AssessmentStatus, ContactDay, EditionSummary, Enrolment, Group};

#[derive(Clone)]
struct Matter {
    days: Vec<ContactDay>,
    progress: AssessmentProgress,
    roster: Vec<Enrolment>,
    groups: Vec<Group>,
    projects: Vec<ProjectSummary>,
}

async fn read(session: Session, id: EditionId) -> Called<Matter> {
    let days = session.all(move |client, paging| async move { client.list_contact_days(id, &paging).await });
    let progress = session.call(move |client| async move { client.get_assessment_progress(id).await });
    let roster = session.all(move |client, paging| async move { client.list_enrolments(id, &paging).await });
    let groups = session.all(move |client, paging| async move { client.list_groups(id, &paging).await });
    let projects = session.all(move |client, paging| async move { client.list_projects(&ProjectFilter::of_edition(id, &paging)).await });
    let (days, progress, roster, groups, projects) = try_join5(days, progress, roster, groups, projects).await?;
    Ok(Matter { days, progress, roster, groups, projects })
}

/// One edition that one runs.
#[component]
pub fn Running(row: EditionSummary, every: StoredValue<Vec<EditionSummary>>) -> impl IntoView {
    let session = session();
    let (id, programme) = (row.edition.id, row.edition.programme_id);
    let matter = LocalResource::new(move || read(session, id));
    view! {
        <section class="block">
            {load(matter, move |matter| {
                let open = view! { <a class="ds-button" href=paths::edition(id)>{icon("list-checks")}{tr!("start-open-edition")}</a> }.into_any();
                let (lagging, shown) = (lagging(&row, &matter), matter);
                view! {
                    {next_day(&row, &shown.days, open)}
                    <div class="two">
                        <div>
                            <h2 class="ds-heading" data-size="sm">{tr!("start-who-lags")}</h2>
                            {list(lagging)}
                        </div>
                        <Works programme every=Some(every) />
                    </div>
                }
                .into_any()
            })}
        </section>
    }
}

/// Something that is behind: key of what, with how many; who or why; where to go on, with the key of the link's words.
struct Lag {
    what: &'static str,
    count: usize,
    detail: Detail,
    way: Option<(&'static str, String)>,
}

/// Who or why.
enum Detail {
    Names(String),
    Key(&'static str, String, String),
}

fn lagging(row: &EditionSummary, matter: &Matter) -> Vec<Lag> {
    let id = row.edition.id;
    let mut lags = Vec::new();
    let mut add = |what, count: usize, detail, way| {
        if count > 0 {
            lags.push(Lag { what, count, detail, way });
        }
    };
    let progress = &matter.progress;
    if let (AssessmentStatus::Open, Some(answered)) = (progress.status, progress.answered_count) {
        let missing = usize::try_from(progress.enrolled_count - answered).unwrap_or_default();
        let detail = Detail::Key("start-lag-answers-why", answered.to_string(), progress.enrolled_count.to_string());
        add("start-lag-answers", missing, detail, None);
    }
    let alone: Vec<_> = matter.roster.iter().filter(|place| place.group_id.is_none()).map(|place| place.name.clone()).collect();
    add(
        "start-lag-groupless",
        alone.len(),
        Detail::Names(alone.join(", ")),
        Some(("start-choose-groups", paths::edition_view(id, "people"))),
    );
    let has_project = |group: &&Group| matter.projects.iter().any(|project| project.group_id == Some(group.id));
    let idle: Vec<_> = matter.groups.iter().filter(|group| !has_project(group)).map(|group| group.name.clone()).collect();
    add("start-lag-projectless", idle.len(), Detail::Names(idle.join(", ")), Some(("start-see-groups", paths::edition_view(id, "groups"))));
    let free = usize::try_from(row.edition.places - row.enrolled_count).unwrap_or_default();
    let taken = Detail::Key("start-lag-places-why", row.enrolled_count.to_string(), row.edition.places.to_string());
    add("start-lag-places", free, taken, Some(("start-enrol", paths::edition_view(id, "people"))));
    lags
}

fn list(lags: Vec<Lag>) -> AnyView {
    if lags.is_empty() {
        return view! { <p class="ds-paragraph"><span class="status" data-color="success">{icon("circle-check")} {tr!("start-nobody-lags")}</span></p> }.into_any();
    }
    let lines = lags
        .into_iter()
        .map(|Lag { what, count, detail, way }| {
            let words = move || tv(what, &[("count", &count.to_string())]);
            let detail = match detail {
                Detail::Names(names) => names.into_any(),
                Detail::Key(key, done, all) => (move || tv(key, &[("done", &done), ("all", &all)])).into_any(),
            };
            let way = way
                .map(|(key, href)| view! { <a class="ds-button" data-variant="secondary" data-size="sm" href=href>{move || t(key)}</a> });
            view! { <li><div><strong>{words}</strong> <span class="small">{detail}</span></div> {way}</li> }
        })
        .collect_view();
    view! { <ul class="lags">{lines}</ul> }.into_any()
}
