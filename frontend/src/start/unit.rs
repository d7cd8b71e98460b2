//! For those who lead units: who is away when, and what is changing in the unit.

use super::next::{next_of, when};
use super::people::{Units, people_of, units_of};
use crate::paths;
use crate::session::{Session, session, t};
use crate::tr;
use crate::ui::table::{Column, words_in};
use crate::ui::{icon, load, table};
use crate::words::{edition_words, stage_view};
use leptos::prelude::*;
use shared::EditionId;
use shared::client::Called;
use shared::projects::{ProjectFilter, ProjectStage, ProjectSummary};
use shared::training::{ContactDay, EditionStatus, EditionSummary, Enrolment};
use std::collections::{BTreeMap, BTreeSet};

const PEOPLE: &[Column] = &[words_in("start-person"), words_in("start-unit"), words_in("start-edition"), words_in("start-away")];
const PROJECTS: &[Column] =
    &[words_in("start-project"), words_in("start-project-people"), words_in("start-edition"), words_in("start-stage")];

/// Everything that touches the units.
#[derive(Clone)]
struct Matter {
    units: Units,
    people: Vec<Enrolment>,
    editions: Vec<EditionSummary>,
    /// The next contact day of each edition under way.
    next: BTreeMap<EditionId, ContactDay>,
    /// Projects of the groups in which somebody of the units is, those that wait first.
    projects: Vec<ProjectSummary>,
}

async fn read(session: Session, every: Vec<EditionSummary>) -> Called<Matter> {
    let units = units_of(session).await?;
    let people = people_of(session, &units).await?;
    let groups: BTreeSet<_> = people.iter().filter_map(|person| person.group_id).collect();
    let ids: BTreeSet<EditionId> = people.iter().map(|person| person.edition_id).collect();
    let editions: Vec<_> = every.into_iter().filter(|row| ids.contains(&row.edition.id)).collect();
    let (mut next, mut projects) = (BTreeMap::new(), Vec::new());
    for edition in editions.iter().map(|row| &row.edition) {
        let id = edition.id;
        if edition.status != EditionStatus::Closed {
            let days = session.all(move |client, paging| async move { client.list_contact_days(id, &paging).await }).await?;
            next.extend(next_of(&days).map(|(_, day)| (id, day)));
        }
        let all =
            session.all(move |client, paging| async move { client.list_projects(&ProjectFilter::of_edition(id, &paging)).await }).await?;
        projects.extend(all.into_iter().filter(|project| project.group_id.is_some_and(|group| groups.contains(&group))));
    }
    let place = |stage: ProjectStage| ProjectStage::ALL.iter().position(|known| *known == stage);
    projects.sort_by_key(|project| (project.stage != ProjectStage::Waiting, place(project.stage), project.title.to_lowercase()));
    Ok(Matter { units, people, editions, next, projects })
}

/// The part of the page.
#[component]
pub fn UnitNews(every: StoredValue<Vec<EditionSummary>>) -> impl IntoView {
    let session = session();
    let matter = LocalResource::new(move || read(session, every.get_value()));
    view! { <section class="block">{load(matter, news)}</section> }
}

fn news(matter: Matter) -> AnyView {
    let under_way: BTreeSet<EditionId> =
        matter.editions.iter().filter(|row| row.edition.status != EditionStatus::Closed).map(|row| row.edition.id).collect();
    let now: Vec<_> = matter.people.iter().filter(|person| under_way.contains(&person.edition_id)).cloned().collect();
    let ever = matter.people.iter().map(|person| person.account_id).collect::<BTreeSet<_>>().len();
    let in_use = matter.projects.iter().filter(|project| project.stage == ProjectStage::InUse).count();
    let waiting = matter.projects.iter().filter(|project| project.stage == ProjectStage::Waiting).count();
    let names = matter.units.names().join(", ");
    let figure =
        |key: &'static str, count: usize| view! { <div><dt>{tr!(key)}</dt><dd><span class="figure">{count.to_string()}</span></dd></div> };
    let people = if now.is_empty() {
        view! { <p class="ds-paragraph">{tr!("start-nobody-now")}</p> }.into_any()
    } else {
        table("start-who-takes-part", PEOPLE, now.iter().map(|person| person_row(person, &matter)).collect())
    };
    let projects = if matter.projects.is_empty() {
        view! { <p class="ds-paragraph">{tr!("start-nothing-changes")}</p> }.into_any()
    } else {
        table("start-what-changes", PROJECTS, matter.projects.iter().map(|project| project_row(project, &matter)).collect())
    };
    view! {
        <p class="eyebrow">{names}</p>
        <dl class="results-figures">
            {figure("start-figure-now", now.len())} {figure("start-figure-ever", ever)}
            {figure("start-figure-in-use", in_use)} {figure("start-figure-waiting", waiting)}
        </dl>
        <h2 class="ds-heading" data-size="sm">{tr!("start-who-takes-part")}</h2>
        {people}
        <p class="ds-paragraph"><a class="ds-link" href=paths::UNIT_PEOPLE>{tr!("start-all-people")}</a></p>
        <h2 class="ds-heading" data-size="sm">{tr!("start-what-changes")}</h2>
        {projects}
    }
    .into_any()
}

fn edition_link(id: EditionId, editions: &[EditionSummary]) -> AnyView {
    let known = editions.iter().find(|row| row.edition.id == id).map(|row| (row.edition.season, row.edition.year));
    let words = move || known.map(|(season, year)| edition_words(season, year));
    view! { <a class="ds-link" href=paths::edition(id)>{words}</a> }.into_any()
}

fn person_row(person: &Enrolment, matter: &Matter) -> Vec<AnyView> {
    let away = match matter.next.get(&person.edition_id).cloned() {
        Some(day) => view! { <span class="status" data-color="info">{icon("calendar")} {move || when(&day)}</span> }.into_any(),
        None => (move || t("start-all-held")).into_any(),
    };
    vec![person.name.clone().into_any(), person.unit_name.clone().into_any(), edition_link(person.edition_id, &matter.editions), away]
}

fn project_row(project: &ProjectSummary, matter: &Matter) -> Vec<AnyView> {
    let of_group = |person: &&Enrolment| person.group_id.is_some() && person.group_id == project.group_id;
    let names = matter.people.iter().filter(of_group).map(|person| person.name.clone()).collect::<Vec<_>>().join(", ");
    vec![
        view! { <a class="ds-link" href=paths::project(project.id) lang=project.lang.as_str()>{project.title.clone()}</a> }.into_any(),
        names.into_any(),
        project.edition_id.map(|id| edition_link(id, &matter.editions)).into_any(),
        stage_view(project.stage),
    ]
}
