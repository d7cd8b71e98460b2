//! Which projects are shown, on the board as on the list: chosen above them, kept in the address.

use super::places::Places;
use crate::paths;
use crate::session::{session, t, tv, word};
use crate::tr;
use crate::ui::{FormState, Select, icon, query};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use shared::client::Called;
use shared::page::Paging;
use shared::projects::{BoardFilter, ProjectFilter, ProjectStage};

/// The filters as the address has them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    pub edition: String,
    pub unit: String,
    pub theme: String,
    /// Only what has run out of time.
    pub overdue: bool,
    /// On the list alone.
    pub stage: String,
}

impl Asked {
    /// Reads the address. Reactive.
    pub fn read() -> Memo<Self> {
        let query = use_query_map();
        Memo::new(move |_| {
            query.with(|query| {
                let get = |name: &str| query.get(name).unwrap_or_default();
                let (edition, unit, theme, stage) = (get("edition"), get("unit"), get("theme"), get("stage"));
                Self { edition, unit, theme, overdue: get("overdue") == "true", stage }
            })
        })
    }

    /// As the board asks the server.
    pub fn of_board(&self) -> BoardFilter {
        let theme = Some(self.theme.clone()).filter(|theme| !theme.is_empty());
        BoardFilter { edition_id: self.edition.parse().ok(), unit_id: self.unit.parse().ok(), theme, overdue: self.overdue.then_some(true) }
    }

    /// As the list asks the server.
    pub fn of_list(&self, paging: Paging) -> ProjectFilter {
        let BoardFilter { edition_id, unit_id, theme, overdue } = self.of_board();
        let stage = self.stage.parse().ok();
        ProjectFilter { edition_id, group_id: None, unit_id, stage, theme, overdue, cursor: paging.cursor, limit: paging.limit }
    }

    /// Whether anything is left out.
    pub fn any(&self) -> bool {
        *self != Self::default()
    }

    /// An address with these filters.
    pub fn address(&self, path: &str) -> String {
        query::with_query(path, &self.pairs())
    }

    fn pairs(&self) -> [(&'static str, String); 5] {
        let Self { edition, unit, theme, overdue, stage } = self.clone();
        let overdue = if overdue { "true".to_owned() } else { String::new() };
        [("edition", edition), ("unit", unit), ("theme", theme), ("overdue", overdue), ("stage", stage)]
    }

    /// The filters in words. Reactive.
    pub fn words(&self, places: Option<&Places>) -> String {
        let lang = session().lang.get();
        let edition = places.and_then(|places| self.edition.parse().ok().and_then(|id| places.edition(id, lang)));
        let unit = places.and_then(|places| places.unit_choices().into_iter().find(|(id, _)| *id == self.unit)).map(|(_, name)| name);
        let theme = Some(self.theme.clone()).filter(|theme| !theme.is_empty());
        let stage = self.stage.parse::<ProjectStage>().ok().map(|stage| word("projects-stage", stage.as_str()));
        let overdue = self.overdue.then(|| t("projects-overdue"));
        [edition, unit, theme, stage, overdue].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// What there is to choose among.
#[derive(Clone, Copy)]
pub struct Known {
    pub places: LocalResource<Called<Places>>,
    pub themes: Memo<Vec<String>>,
    /// How many projects have run out of time.
    pub overdue: Memo<Option<i64>>,
}

/// The filters above the projects, and the way between board and list. `path` is the one of the two that is shown.
#[component]
pub fn Filters(asked: Memo<Asked>, known: Known, path: &'static str) -> impl IntoView {
    let navigate = use_navigate();
    let form = FormState::default();
    let (edition, unit, theme, stage) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move |_| {
        let now = asked.get();
        edition.set(now.edition);
        unit.set(now.unit);
        theme.set(now.theme);
        stage.set(now.stage);
    });
    // A choice takes effect at once. What the address has is put into the fields above and changes nothing.
    Effect::new(move |before: Option<()>| {
        let chosen = (edition.get(), unit.get(), theme.get(), stage.get());
        let was = asked.get_untracked();
        if before.is_some() && chosen != (was.edition.clone(), was.unit.clone(), was.theme.clone(), was.stage.clone()) {
            let (edition, unit, theme, stage) = chosen;
            query::put_query(&navigate, path, &Asked { edition, unit, theme, stage, ..was }.pairs());
        }
    });
    let with_any = |known: Signal<Vec<(String, String)>>| {
        Signal::derive(move || std::iter::once((String::new(), t("projects-all"))).chain(known.get()).collect::<Vec<_>>())
    };
    let places = move || known.places.get().and_then(Result::ok).unwrap_or_default();
    let editions = with_any(Signal::derive(move || places().edition_choices(session().lang.get())));
    let units = with_any(Signal::derive(move || places().unit_choices()));
    let themes = with_any(Signal::derive(move || {
        let mut themes = known.themes.get();
        // One that nothing has any more is still what is asked for.
        let asked = theme.get();
        if !asked.is_empty() && !themes.contains(&asked) {
            themes.push(asked);
        }
        themes.into_iter().map(|theme| (theme.clone(), theme)).collect()
    }));
    let stages = with_any(crate::ui::field::choices("projects-stage", ProjectStage::ALL.iter().map(|stage| stage.as_str())));
    let listed = path == paths::PROJECT_LIST;
    view! {
        <div class="filters board-filters" role="search" aria-label=tr!("projects-filters")>
            <Select form pointer="/edition" label="projects-edition" value=edition options=editions />
            <Select form pointer="/unit" label="projects-unit" value=unit options=units />
            <Select form pointer="/theme" label="projects-theme" value=theme options=themes />
            {listed.then(|| view! { <Select form pointer="/stage" label="projects-stage" value=stage options=stages /> })}
            {move || overdue(&asked.get(), known.overdue.get(), path)}
            {switch(asked, path)}
        </div>
    }
}

/// Only what has run out of time, or everything again.
fn overdue(asked: &Asked, count: Option<i64>, path: &'static str) -> AnyView {
    let href = Asked { overdue: !asked.overdue, ..asked.clone() }.address(path);
    let words = match count {
        Some(count) if !asked.overdue => tv("projects-overdue-count", &[("count", &count.to_string())]),
        _ => t("projects-overdue"),
    };
    let pressed = asked.overdue.then_some("true");
    view! {
        <a class="ds-button overdue-filter" data-variant="secondary" data-color="danger" href=href data-noscroll="" aria-current=pressed>
            {icon("triangle-alert")} {words} {asked.overdue.then(|| view! { <span class="sr-only">{t("projects-overdue-off")}</span> {icon("x")} })}
        </a>
    }
    .into_any()
}

/// Board or list, with the same filters.
fn switch(asked: Memo<Asked>, path: &'static str) -> AnyView {
    let one = move |to: &'static str, key: &'static str, picture: &'static str| {
        // The board has no filter by stage: its columns are the stages.
        let href = move || {
            let now = asked.get();
            let stage = if to == paths::PROJECTS { String::new() } else { now.stage.clone() };
            Asked { stage, ..now }.address(to)
        };
        view! { <a class="ds-button" data-variant="secondary" href=href aria-current=(to == path).then_some("page")>{icon(picture)} {tr!(key)}</a> }
    };
    view! {
        <nav class="switch" aria-label=tr!("projects-views")>
            {one(paths::PROJECTS, "projects-board", "columns-3")} {one(paths::PROJECT_LIST, "projects-list", "list")}
        </nav>
    }
    .into_any()
}

/// What stands where the filters leave nothing: them again, and the way out.
pub fn no_match(asked: &Asked, places: Option<&Places>, path: &'static str) -> AnyView {
    let words = asked.words(places);
    view! {
        <div class="empty">
            <p class="empty-title">{t("projects-no-match")}</p>
            <p class="ds-paragraph">{tv("projects-no-match-help", &[("filter", &words)])}</p>
            <a class="ds-button" data-variant="secondary" href=path>{icon("x")} {t("projects-clear-filters")}</a>
        </div>
    }
    .into_any()
}
