//! The stages to which a project can be moved, as the lines of a menu: what each asks, or why it is not open.

use super::moving::{Mover, asks};
use crate::session::{t, word};
use crate::ui::menu::Choice;
use leptos::prelude::*;
use shared::ProjectId;
use shared::projects::stage::lacks;
use shared::projects::{Project, ProjectFacts, ProjectStage, ProjectSummary, Requirement};

/// The number of a stage's column.
pub fn digit(stage: ProjectStage) -> char {
    let position = ProjectStage::ALL.iter().position(|known| *known == stage).and_then(|position| u32::try_from(position).ok());
    position.and_then(|position| char::from_digit(position + 1, 10)).unwrap_or('0')
}

/// The stage of a column's number.
pub fn stage_of(digit: &str) -> Option<ProjectStage> {
    let number: usize = digit.parse().ok().filter(|_| digit.len() == 1)?;
    ProjectStage::ALL.get(number.checked_sub(1)?).copied()
}

const fn picture(from: ProjectStage, to: ProjectStage) -> &'static str {
    match to {
        ProjectStage::Waiting => "circle-pause",
        ProjectStage::Continued => "git-branch",
        ProjectStage::Stopped => "flag",
        _ if (to as u8) < (from as u8) && !matches!(from, ProjectStage::Waiting) => "arrow-left",
        _ => "arrow-right",
    }
}

/// What is known to be lacking without reading the whole project.
fn known_lack(facts: &ProjectFacts, has_unit: bool, to: ProjectStage) -> Option<Requirement> {
    match to {
        ProjectStage::Trial if !has_unit => Some(Requirement::Unit),
        ProjectStage::Spread | ProjectStage::InUse if facts.worked_trial_count == 0 => Some(Requirement::TrialResult),
        ProjectStage::InUse if facts.in_use_unit_count == 0 => Some(Requirement::Adoption),
        _ => None,
    }
}

/// Whether a project may go to a stage. One that waits goes back to where it was, or on as if it had never waited.
pub fn follows(project: &Project, to: ProjectStage) -> bool {
    use ProjectStage::{Idea, InUse, Spread, Trial, Waiting};
    let mut places = project.stages.iter().rev().map(|period| period.stage);
    let before = places.find(|stage| matches!(stage, Idea | Trial | Spread | InUse)).filter(|_| project.stage == Waiting);
    project.stage.leads_to(to) && before.is_none_or(|before| to == before || before.leads_to(to))
}

/// What is to be moved, as far as the menu must know.
#[derive(Clone, PartialEq)]
pub struct Movable {
    pub id: ProjectId,
    pub stage: ProjectStage,
    /// Where it may go, with the first thing that it lacks for that.
    ways: Vec<(ProjectStage, Option<Requirement>)>,
}

impl Movable {
    /// From what a card knows.
    pub fn of_card(card: &ProjectSummary) -> Self {
        let way = |to: &ProjectStage| (*to, known_lack(&card.facts, card.unit_id.is_some(), *to));
        Self { id: card.id, stage: card.stage, ways: card.stage.next().iter().map(way).collect() }
    }

    /// From the whole project.
    pub fn of(project: &Project) -> Self {
        let open = project.stage.next().iter().filter(|to| follows(project, **to));
        let ways = open.map(|to| (*to, lacks(project, *to).first().copied())).collect();
        Self { id: project.id, stage: project.stage, ways }
    }
}

/// The lines of the menu. `full` says which columns can take no more. Reactive by language.
pub fn choices(of: &Movable, mover: Mover, full: impl Fn(ProjectStage) -> bool, take: Callback<ProjectStage>) -> Vec<Choice> {
    let one = |(to, lack): &(ProjectStage, Option<Requirement>)| {
        let (to, lack) = (*to, *lack);
        let note = match lack {
            Some(requirement) => word("projects-needs", requirement.as_str()),
            None if asks(to) => word("projects-asks", to.as_str()),
            None if full(to) => t("projects-full"),
            None => String::new(),
        };
        Choice {
            picture: picture(of.stage, to),
            words: word("projects-stage", to.as_str()),
            note,
            key: digit(to),
            // One that lacks something is open: choosing it says how that is mended.
            open: mover.pending.with(|pending| !pending.iter().any(|(id, _)| *id == of.id)),
            act: Callback::new(move |()| take.run(to)),
        }
    };
    of.ways.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_its_digit() {
        for (position, stage) in ProjectStage::ALL.iter().enumerate() {
            assert_eq!(digit(*stage).to_string(), (position + 1).to_string());
            assert_eq!(stage_of(&digit(*stage).to_string()), Some(*stage));
        }
        for other in ["0", "8", "11", "m", ""] {
            assert_eq!(stage_of(other), None);
        }
    }

    #[test]
    fn a_spread_needs_a_trial_that_worked() {
        let facts = ProjectFacts::default();
        assert_eq!(known_lack(&facts, true, ProjectStage::Spread), Some(Requirement::TrialResult));
        assert_eq!(known_lack(&facts, false, ProjectStage::Trial), Some(Requirement::Unit));
        assert_eq!(known_lack(&facts, true, ProjectStage::Trial), None);
        let tried = ProjectFacts { worked_trial_count: 1, ..facts };
        assert_eq!(known_lack(&tried, true, ProjectStage::Spread), None);
        assert_eq!(known_lack(&tried, true, ProjectStage::InUse), Some(Requirement::Adoption));
    }
}
