//! How the things of the training are called and marked, the same in every slice.

use crate::session::{local, session, t, word};
use crate::ui::icon;
use leptos::prelude::*;
use shared::projects::ProjectStage;
use shared::training::{EditionStatus, Season};
use shared::{Lang, LocalText, format};

/// A text of the organisation, marked with the language that it is really in.
pub fn in_lang(text: &LocalText) -> AnyView {
    let (own, shown) = (text.clone(), text.clone());
    view! { <span lang=move || own.get(session().lang.get()).1.as_str()>{move || local(&shown)}</span> }.into_any()
}

/// What an edition is called within its programme. Reactive.
pub fn edition_words(season: Season, year: i64) -> String {
    shared::training::edition_name(season, year, session().lang.get())
}

/// The icon and colour of a stage.
const fn stage_look(stage: ProjectStage) -> (&'static str, &'static str) {
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

/// How far a project has come, with its icon.
pub fn stage_view(stage: ProjectStage) -> AnyView {
    let (name, color) = stage_look(stage);
    view! { <span class="status" data-color=color>{icon(name)} " " {move || word("projects-stage", stage.as_str())}</span> }.into_any()
}

/// An edition's status with its icon.
pub fn status_view(status: EditionStatus) -> AnyView {
    let (name, color) = match status {
        EditionStatus::Planned => ("circle-dashed", "neutral"),
        EditionStatus::Running => ("circle-dot", "info"),
        EditionStatus::Closed => ("circle-check", "success"),
    };
    view! { <span class="status" data-color=color>{icon(name)} " " {move || word("training-status", status.as_str())}</span> }.into_any()
}

/// `22.1.–16.4.2019`, or the words for no days yet. Reactive.
pub fn span_words(first: Option<jiff::civil::Date>, last: Option<jiff::civil::Date>) -> String {
    let lang = session().lang.get();
    match (first, last) {
        (Some(first), Some(last)) => span(first, last, lang),
        _ => t("training-no-days-set"),
    }
}

fn span(first: jiff::civil::Date, last: jiff::civil::Date, lang: Lang) -> String {
    match () {
        () if first == last => format::date(last, lang),
        () if first.year() == last.year() => format!("{}\u{2013}{}", format::short_date(first, lang), format::date(last, lang)),
        () => format!("{}\u{2013}{}", format::date(first, lang), format::date(last, lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use shared::projects::{MemberKind, Requirement, WaitingReason};
    use shared::training::{AgendaKind, DayPart};

    #[test]
    fn a_span_says_the_year_once_where_it_is_one() {
        assert_eq!(span(date(2019, 1, 22), date(2019, 4, 16), Lang::Fi), "22.1.\u{2013}16.4.2019");
        assert_eq!(span(date(2018, 12, 1), date(2019, 1, 16), Lang::Fi), "1.12.2018\u{2013}16.1.2019");
        assert_eq!(span(date(2019, 1, 22), date(2019, 1, 22), Lang::Fi), "22.1.2019");
    }

    #[test]
    fn every_code_has_its_words() {
        let stages = || ProjectStage::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>();
        let groups = [
            ("training-kind", AgendaKind::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>()),
            ("training-part", DayPart::ALL.iter().map(|code| code.as_str()).collect()),
            ("training-status", EditionStatus::ALL.iter().map(|code| code.as_str()).collect()),
            ("training-season", Season::ALL.iter().map(|code| code.as_str()).collect()),
            ("projects-stage", stages()),
            ("projects-column-about", stages()),
            ("projects-kind", MemberKind::ALL.iter().map(|code| code.as_str()).collect()),
            ("projects-lacks", Requirement::ALL.iter().map(|code| code.as_str()).collect()),
            ("projects-waiting", WaitingReason::ALL.iter().map(|code| code.as_str()).collect()),
        ];
        for lang in Lang::ALL.iter().copied() {
            for (group, codes) in &groups {
                for code in codes {
                    let key = format!("{group}-{}", code.replace('_', "-"));
                    assert_ne!(lang.text(&key), key, "{lang}");
                }
            }
        }
    }
}
