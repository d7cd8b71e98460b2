//! The words of the training: seasons, stages, parts and kinds, each from the catalogue by its code.

use crate::session::session;
use crate::ui::icon;
use leptos::prelude::*;
use shared::training::{AgendaKind, DayPart, EditionStatus, ProjectStage, Season};
use shared::{Lang, format};

fn of(group: &str, code: &str, lang: Lang) -> String {
    lang.text(&format!("training-{group}-{}", code.replace('_', "-")))
}

/// `kevät 2019`, `våren 2019`, `spring 2019`.
pub fn edition_name(season: Season, year: i64, lang: Lang) -> String {
    lang.text_with("training-edition-name", &[("season", &season_words(season, lang)), ("year", &year.to_string())])
}

/// The season inside a name.
pub fn season_words(season: Season, lang: Lang) -> String {
    of("season", season.as_str(), lang)
}

/// How far an edition has come.
pub fn status_words(status: EditionStatus, lang: Lang) -> String {
    of("status", status.as_str(), lang)
}

/// How far a project has come.
pub fn stage_words(stage: ProjectStage, lang: Lang) -> String {
    of("stage", stage.as_str(), lang)
}

/// The part of the training that a day belongs to.
pub fn part_words(part: DayPart, lang: Lang) -> String {
    of("part", part.as_str(), lang)
}

/// What is done during a part of a day.
pub fn kind_words(kind: AgendaKind, lang: Lang) -> String {
    of("kind", kind.as_str(), lang)
}

/// The icon and colour of a stage.
pub const fn stage_look(stage: ProjectStage) -> (&'static str, &'static str) {
    match stage {
        ProjectStage::Idea => ("lightbulb", "neutral"),
        ProjectStage::Trial => ("circle-dot", "info"),
        ProjectStage::Spread => ("git-branch", "info"),
        ProjectStage::InUse => ("circle-check", "success"),
        ProjectStage::Waiting => ("circle-pause", "neutral"),
        ProjectStage::Continued => ("arrow-right", "neutral"),
        ProjectStage::Stopped => ("circle-slash", "neutral"),
    }
}

/// An edition's status with its icon.
pub fn status_view(status: EditionStatus) -> impl IntoView {
    let (name, color) = match status {
        EditionStatus::Planned => ("circle-dashed", "neutral"),
        EditionStatus::Running => ("circle-dot", "info"),
        EditionStatus::Closed => ("circle-check", "success"),
    };
    view! { <span class="status" data-color=color>{icon(name)} {move || status_words(status, session().lang.get())}</span> }
}

/// `22.1.–16.4.2019`, or the words for no days yet.
pub fn span_words(first: Option<jiff::civil::Date>, last: Option<jiff::civil::Date>, lang: Lang) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => format::date(first, lang),
        (Some(first), Some(last)) if first.year() == last.year() => {
            format!("{}\u{2013}{}", format::short_date(first, lang), format::date(last, lang))
        }
        (Some(first), Some(last)) => format!("{}\u{2013}{}", format::date(first, lang), format::date(last, lang)),
        _ => lang.text("training-no-days-set"),
    }
}

/// Codes with their words, for a select.
pub fn season_options() -> Signal<Vec<(String, String)>> {
    Signal::derive(|| {
        let lang = session().lang.get();
        Season::ALL.iter().map(|season| (season.to_string(), season_words(*season, lang))).collect()
    })
}

/// Codes with their words, for a select.
pub fn status_options() -> Signal<Vec<(String, String)>> {
    Signal::derive(|| {
        let lang = session().lang.get();
        EditionStatus::ALL.iter().map(|status| (status.to_string(), status_words(*status, lang))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_are_named_as_people_say_them() {
        assert_eq!(edition_name(Season::Spring, 2019, Lang::Fi), "kevät 2019");
        assert_eq!(edition_name(Season::Pilot, 2017, Lang::Fi), "pilotti 2017");
        assert_eq!(edition_name(Season::Spring, 2019, Lang::Sv), "våren 2019");
        assert_eq!(edition_name(Season::Spring, 2019, Lang::En), "spring 2019");
    }

    #[test]
    fn every_code_has_its_words() {
        for lang in Lang::ALL.iter().copied() {
            let stages = ProjectStage::ALL.iter().map(|code| stage_words(*code, lang));
            let kinds = AgendaKind::ALL.iter().map(|code| kind_words(*code, lang));
            let parts = DayPart::ALL.iter().map(|code| part_words(*code, lang));
            let states = EditionStatus::ALL.iter().map(|code| status_words(*code, lang));
            let seasons = Season::ALL.iter().map(|code| season_words(*code, lang));
            for words in stages.chain(kinds).chain(parts).chain(states).chain(seasons) {
                assert!(!words.starts_with("training-"), "{lang}: {words}");
            }
        }
    }
}
