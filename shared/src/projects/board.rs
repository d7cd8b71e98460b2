//! Projects in lists and on the board.

use super::{ProjectStage, ProjectSummary};
use crate::page::Paging;
use crate::{EditionId, GroupId, UnitId, rules};
use serde::{Deserialize, Serialize};

crate::filter! {
    /// Which projects to list.
    #[derive(Default)]
    ProjectFilter {
        /// Only this edition's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub edition_id: Option<EditionId>,
        /// Only this group's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub group_id: Option<GroupId>,
        /// Only this unit's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub unit_id: Option<UnitId>,
        /// Only those in this stage.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub stage: Option<ProjectStage>,
        /// Only those of this theme, whole, in any case.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(pattern = r"^[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*$"))]
        pub theme: Option<String>,
        /// Only those whose time has run out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub overdue: Option<bool>,
    }
}

impl ProjectFilter {
    /// An edition's projects, from where a list goes on.
    pub fn of_edition(edition: EditionId, paging: &Paging) -> Self {
        Self { edition_id: Some(edition), cursor: paging.cursor.clone(), limit: paging.limit, ..Self::default() }
    }
}

/// One column of the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardColumn {
    pub stage: ProjectStage,
    /// How many projects of the filter are in it.
    pub count: i64,
    /// How many may be in it at once in the tenant; absent where there is no bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
    /// Those shown: the overdue and soonest due first, at most 50.
    pub items: Vec<ProjectSummary>,
}

/// Projects by stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Board {
    pub columns: Vec<BoardColumn>,
    /// Themes in use, by name, for the filter.
    pub themes: Vec<String>,
    /// How many projects of the filter have run out of time.
    pub overdue_count: i64,
    /// Whether the asker may change the bounds of the columns.
    pub may_set_limits: bool,
}

/// Which projects the board shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct BoardFilter {
    /// Only this edition's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition_id: Option<EditionId>,
    /// Only this unit's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
    /// Only those of this theme, whole, in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(pattern = r"^[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*$"))]
    pub theme: Option<String>,
    /// Only those whose time has run out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue: Option<bool>,
}

/// How many projects may be in a stage at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardLimit {
    #[garde(skip)]
    pub stage: ProjectStage,
    /// 1–10 000; without it there is no bound.
    #[garde(inner(custom(rules::between(1, 10_000))))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 10000, example = 5))]
    pub limit: Option<i64>,
}
