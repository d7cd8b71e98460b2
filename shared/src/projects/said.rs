//! What people say of a project: as it is written down, changed, moved and given more time.

use super::{ChecklistItem, Evidence, MOST_LINES, MOST_MEMBERS, NewProjectMember, Process, ProjectStage, WaitingReason};
use crate::rules;
use crate::{GroupId, Lang, ProjectId, UnitId};
use serde::{Deserialize, Serialize};

/// A project as it is written down: it begins as an idea, and its clock with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewProject {
    /// The group that does it, which says in which edition; without one, its members do.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<GroupId>,
    /// The unit that needs it.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
    /// The project that it continues.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continues_id: Option<ProjectId>,
    #[garde(custom(rules::line))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, example = "Hoitotarvikkeiden kotijakelu"))]
    pub title: String,
    #[garde(skip)]
    pub lang: Lang,
    #[garde(custom(rules::free_text))]
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000, example = "Joka kolmas kertoo, että hakeminen on vaikeaa."))]
    pub need: String,
    #[garde(custom(rules::at_most(MOST_LINES)), dive)]
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub evidence: Vec<Evidence>,
    #[garde(custom(rules::free_text))]
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000, example = "Tarvikkeet tulevat kotikäynnin mukana."))]
    pub idea: String,
    #[garde(custom(rules::optional_line))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, example = "Kotiin annettavat palvelut"))]
    pub theme: Option<String>,
    #[garde(custom(rules::optional_line))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, example = "Pitkäaikaissairaat"))]
    pub customer_group: Option<String>,
    #[garde(dive)]
    #[serde(default)]
    pub process: Process,
    #[garde(custom(rules::at_most(MOST_LINES)), inner(custom(rules::line)))]
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub labels: Vec<String>,
    #[garde(custom(rules::at_most(MOST_LINES)), dive)]
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub checklist: Vec<ChecklistItem>,
    /// People beside the group, and those of the group who answer for the next step.
    #[garde(custom(rules::at_most(MOST_MEMBERS)), dive)]
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub members: Vec<NewProjectMember>,
}

/// A merge patch of a project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProjectChanges {
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<GroupId>))]
    pub group_id: Option<Option<GroupId>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<UnitId>))]
    pub unit_id: Option<Option<UnitId>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<ProjectId>))]
    pub continues_id: Option<Option<ProjectId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, nullable = false))]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub lang: Option<Lang>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000, nullable = false))]
    pub need: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_items = 50, nullable = false))]
    pub evidence: Option<Vec<Evidence>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000, nullable = false))]
    pub idea: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, min_length = 1, max_length = 200))]
    pub theme: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, min_length = 1, max_length = 200))]
    pub customer_group: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub process: Option<Process>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_items = 50, nullable = false))]
    pub labels: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_items = 50, nullable = false))]
    pub checklist: Option<Vec<ChecklistItem>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_items = 50, nullable = false))]
    pub members: Option<Vec<NewProjectMember>>,
}

/// To which stage a project is to go, and what that asks to be said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProjectMove {
    #[garde(skip)]
    pub to: ProjectStage,
    /// Why it waits; asked of a move to `waiting`, where `expired` is the clock's alone.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_reason: Option<WaitingReason>,
    /// Why it goes there, in one's own words.
    #[garde(custom(rules::optional_line))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, example = "Tilauslista ei siirry järjestelmään"))]
    pub reason: Option<String>,
    /// What was learnt; asked of a move to `stopped`, and published.
    #[garde(custom(rules::optional_free_text))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000, example = "Torstai sopi kuljetukselle, maanantai ei."))]
    pub learnt: Option<String>,
    /// The project in which it goes on; asked of a move to `continued`.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continued_in_id: Option<ProjectId>,
    /// Whether to go there though the column is full.
    #[garde(skip)]
    #[serde(default)]
    pub over_limit: bool,
}

impl ProjectMove {
    /// A move to a stage, of which nothing more is said.
    pub const fn to_stage(to: ProjectStage) -> Self {
        Self { to, waiting_reason: None, reason: None, learnt: None, continued_in_id: None, over_limit: false }
    }
}

/// More time for the present stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewStageExtension {
    /// Days to add, 1–365.
    #[garde(custom(rules::between(1, super::clock::MOST_DAYS)))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 365, example = 14))]
    pub days: i64,
    #[garde(custom(rules::line))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, example = "Kuljetus alkaa vasta maaliskuussa"))]
    pub reason: String,
}
