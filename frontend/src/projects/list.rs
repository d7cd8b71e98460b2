//! All projects as a table, with the filters of the board and one by stage.

use super::card::people;
use super::filters::{Asked, Filters, Known, no_match};
use super::places::Places;
use super::time::{age_words, left_view, minutes};
use crate::paths;
use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::table::{Column, more, words_in};
use crate::ui::{Page, empty, icon, load, table};
use crate::words::stage_view;
use jiff::Timestamp;
use leptos::prelude::*;
use shared::projects::ProjectSummary;

const COLUMNS: &[Column] = &[
    words_in("projects-col-title"),
    words_in("projects-stage"),
    words_in("projects-col-time"),
    words_in("projects-col-group"),
    words_in("projects-unit"),
    words_in("projects-col-age"),
    words_in("projects-col-assigned"),
];

/// `/projects/list`
#[component]
pub fn ListPage() -> impl IntoView {
    let session = session();
    let asked = Asked::read();
    let (count, now) = (RwSignal::new(1), minutes());
    let places = LocalResource::new(move || Places::read(session));
    // The choice of themes and the count beside "run out of time" are those of the board with the same filters.
    let board = LocalResource::new(move || {
        let filter = asked.get().of_board();
        session.send(filter, |client, filter| async move { client.get_board(&filter).await })
    });
    let themes = Memo::new(move |_| board.map(|board| board.as_ref().ok().map(|board| board.themes.clone())).flatten().unwrap_or_default());
    let overdue = Memo::new(move |_| board.map(|board| board.as_ref().ok().map(|board| board.overdue_count)).flatten());
    let list = LocalResource::new(move || {
        let (asked, count) = (asked.get(), count.get());
        session.pages(count, move |client, paging| {
            let filter = asked.of_list(paging);
            async move { client.list_projects(&filter).await }
        })
    });
    let actions = view! { <a class="ds-button" href=paths::NEW_PROJECT>{icon("plus")} {tr!("projects-new")}</a> }.into_any();
    view! {
        <Page title=Signal::derive(|| t("projects-title")) actions>
            <Filters asked known=Known { places, themes, overdue } path=paths::PROJECT_LIST />
            {load(list, move |page| {
                let known = places.map(|places| places.as_ref().ok().cloned()).flatten();
                match asked.get() {
                    _ if !page.items.is_empty() => {
                        let rest = more(page.next_cursor.as_ref(), count);
                        let rows = page.items.into_iter().map(|project| row(project, known.as_ref(), now.get_untracked())).collect();
                        view! { {table("projects-title", COLUMNS, rows)} {rest} }.into_any()
                    }
                    asked if asked.any() => no_match(&asked, known.as_ref(), paths::PROJECT_LIST),
                    _ => {
                        let first = view! { <a class="ds-button" href=paths::NEW_PROJECT>{icon("plus")} {tr!("projects-new")}</a> }.into_any();
                        empty("projects-none", "projects-none-help", Some(first))
                    }
                }
            })}
        </Page>
    }
}

fn row(project: ProjectSummary, places: Option<&Places>, now: Timestamp) -> Vec<AnyView> {
    let lang = session().lang.get();
    let edition = project.edition_id.and_then(|id| places.and_then(|places| places.edition(id, lang)));
    let group = [project.group_name.clone(), edition].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let names = project.assigned.join(", ");
    let assigned = (!names.is_empty()).then(|| view! { {people(&project.assigned)} <span class="sr-only">{names}</span> });
    vec![
        view! { <a class="ds-link" href=paths::project(project.id) lang=project.lang.as_str()>{project.title.clone()}</a> }.into_any(),
        stage_view(project.stage),
        left_view(project.stage, &project.clock, now).unwrap_or_else(|| ().into_any()),
        group.into_any(),
        project.unit_name.clone().unwrap_or_default().into_any(),
        tv("projects-age", &[("age", &age_words(project.created_at, now))]).into_any(),
        assigned.into_any(),
    ]
}
