//! How far projects come and how long it takes them.

use super::{ClockTerms, ProjectStage};
use crate::{LocalText, ProgrammeId, UnitId};
use serde::{Deserialize, Serialize};

/// Behind a rate or a median stand at least so many projects, or it is not told.
pub const LEAST: usize = 5;

/// Whether too few projects stand behind a figure to tell it.
pub const fn is_hidden(count: usize) -> bool {
    count < LEAST
}

/// How many projects are in a stage now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StageCount {
    pub stage: ProjectStage,
    pub count: i64,
}

/// Which part of the projects that came to a stage came to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rate {
    pub from: ProjectStage,
    pub to: ProjectStage,
    /// Projects that came to the first of the two.
    pub count: i64,
    /// 0–1; absent where it is hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1, example = 0.62))]
    pub rate: Option<f64>,
    /// Whether fewer than five projects stand behind it.
    pub hidden: bool,
}

/// How long projects were in a stage that they have left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StageDays {
    pub stage: ProjectStage,
    /// Projects that were in it and have left it.
    pub count: i64,
    /// Median of their days; absent where it is hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = 18.5))]
    pub median_days: Option<f64>,
    /// Days that the stage has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = 21.0))]
    pub term_days: Option<f64>,
    /// Whether fewer than five projects stand behind it.
    pub hidden: bool,
}

/// The figures of some projects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ProjectFigures))]
pub struct Figures {
    /// How many there are.
    pub count: i64,
    /// By the stage in which they are, every stage.
    pub stages: Vec<StageCount>,
    /// Idea to trial, trial to spread, spread to use.
    pub rates: Vec<Rate>,
    /// Of the stages that have a time of their own.
    pub days: Vec<StageDays>,
}

/// The figures of the projects that a unit needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitFigures {
    pub unit_id: UnitId,
    #[cfg_attr(feature = "openapi", schema(example = "Kyllön terveysasema"))]
    pub unit_name: String,
    pub figures: Figures,
}

/// The figures of the projects done in the editions of a programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProgrammeFigures {
    pub programme_id: ProgrammeId,
    pub programme_name: LocalText,
    pub figures: Figures,
}

/// How far the projects of a tenant come, and how long it takes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ProjectStatistics))]
pub struct Statistics {
    pub all: Figures,
    /// By unit, by name; units without a project are left out.
    pub units: Vec<UnitFigures>,
    /// By programme; programmes without a project are left out.
    pub programmes: Vec<ProgrammeFigures>,
}

impl ClockTerms {
    /// Days that a stage has; none where it has no time of its own.
    pub fn days(&self, stage: ProjectStage) -> Option<f64> {
        match stage {
            ProjectStage::Idea => Some(self.idea_hours as f64 / 24.0),
            ProjectStage::Trial => Some(self.trial_days as f64),
            ProjectStage::Spread => Some(self.spread_days as f64),
            _ => None,
        }
    }
}
