//! A project as it is read, and what it is made of.

use super::stage::Requirement;
use super::{ProjectStage, WaitingReason};
use crate::rules;
use crate::{AccountId, EditionId, GroupId, Lang, ProjectId, UnitId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Most pieces of evidence for a need, steps of a process, labels, or lines of a checklist.
pub const MOST_LINES: usize = 50;
/// Most people beside the group.
pub const MOST_MEMBERS: usize = 50;

/// Something that shows the need: in words, and where it can be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// What it says, in one line.
    #[garde(custom(rules::line))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, example = "14 avointa vastausta: matka ja kantaminen"))]
    pub text: String,
    /// Where it can be read: `https://…`.
    #[garde(custom(rules::optional_url))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 2000, example = "https://example.fi/kysely"))]
    pub url: Option<String>,
}

/// How a process goes now and how it will: the steps, in order. Those that it saves are counted, never typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Process {
    /// Steps as they are.
    #[garde(custom(rules::at_most(MOST_LINES)), inner(custom(rules::line)))]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub from: Vec<String>,
    /// Steps as they will be.
    #[garde(custom(rules::at_most(MOST_LINES)), inner(custom(rules::line)))]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub to: Vec<String>,
}

impl Process {
    /// How many steps it saves; less than none where it adds some. None until both are written down.
    pub fn saved(&self) -> Option<i64> {
        let count = |steps: &[String]| i64::try_from(steps.len()).unwrap_or(i64::MAX);
        (!self.from.is_empty() && !self.to.is_empty()).then(|| count(&self.from) - count(&self.to))
    }
}

/// One line of what is to be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChecklistItem {
    #[garde(custom(rules::line))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, example = "Sovi kuljetuspäivä"))]
    pub text: String,
    #[garde(skip)]
    pub done: bool,
}

crate::code_enum! {
    /// What somebody is in a project beside its group.
    MemberKind {
        /// Works on it.
        Member = "member",
        /// A colleague who looks on, comments and tries it out.
        Guest = "guest",
    }
}

/// Somebody who is in a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProjectMember {
    pub account_id: AccountId,
    #[cfg_attr(feature = "openapi", schema(example = "Aino Salmela"))]
    pub name: String,
    pub kind: MemberKind,
    /// Whether they are of the project's group, which is changed in the edition.
    pub of_group: bool,
    /// Whether they answer for the next step.
    pub assigned: bool,
}

/// Who is to be in a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewProjectMember {
    #[garde(skip)]
    pub account_id: AccountId,
    #[garde(skip)]
    pub kind: MemberKind,
    /// Whether they answer for the next step.
    #[garde(skip)]
    pub assigned: bool,
}

/// The manager who stands behind a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sponsor {
    pub account_id: AccountId,
    #[cfg_attr(feature = "openapi", schema(example = "Outi Harjanne"))]
    pub name: String,
    /// Since when.
    pub since: Timestamp,
}

/// The time of the stage in which a project is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StageClock {
    pub started_at: Timestamp,
    /// When its time ends; absent where the stage has no time of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// When it would have ended without extensions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_due_at: Option<Timestamp>,
}

/// One extension of a stage's time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StageExtension {
    /// Days added.
    pub days: i64,
    #[cfg_attr(feature = "openapi", schema(example = "Kuljetus alkaa vasta maaliskuussa"))]
    pub reason: String,
    pub granted_at: Timestamp,
    /// Who granted it, by name; absent for the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_by: Option<String>,
}

/// One stage that a project is or was in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StagePeriod {
    /// 1 for the first.
    pub number: i64,
    pub stage: ProjectStage,
    pub started_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// Absent of the one in which it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// Why it came to this stage, in its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who moved it, by name; absent when its time ran out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_by: Option<String>,
    pub extensions: Vec<StageExtension>,
}

/// What follows from a project's trials, units and people: counted, never typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProjectFacts {
    /// Trials that worked, as they were or adapted.
    pub worked_trial_count: i64,
    /// Units that have it in use, as it is or adapted.
    pub in_use_unit_count: i64,
    /// Units that were asked.
    pub asked_unit_count: i64,
    pub comment_count: i64,
}

/// A change that a group works on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Project {
    pub id: ProjectId,
    pub version: i64,
    /// The edition in which it is done, where it is done in a training.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition_id: Option<EditionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<GroupId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Kotiovella"))]
    pub group_name: Option<String>,
    /// The unit that needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Kyllön terveysasema"))]
    pub unit_name: Option<String>,
    #[cfg_attr(feature = "openapi", schema(example = "Hoitotarvikkeiden kotijakelu"))]
    pub title: String,
    /// The language in which it is written.
    pub lang: Lang,
    pub stage: ProjectStage,
    pub clock: StageClock,
    /// Why it waits, while it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_reason: Option<WaitingReason>,
    /// What is needed, and by whom.
    pub need: String,
    pub evidence: Vec<Evidence>,
    pub idea: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Kotiin annettavat palvelut"))]
    pub theme: Option<String>,
    /// Whom it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Pitkäaikaissairaat"))]
    pub customer_group: Option<String>,
    pub process: Process,
    pub labels: Vec<String>,
    pub checklist: Vec<ChecklistItem>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sponsor: Option<Sponsor>,
    /// The group's people and those beside it, by name.
    pub members: Vec<ProjectMember>,
    /// What was learnt, of a project that has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learnt: Option<String>,
    /// The project that it continues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continues_id: Option<ProjectId>,
    /// The project in which it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continued_in_id: Option<ProjectId>,
    /// Every stage that it was in, the first one first.
    pub stages: Vec<StagePeriod>,
    pub facts: ProjectFacts,
    /// What it lacks for the stage that follows by itself: idea, trial, spread, in use.
    pub lacking: Vec<Requirement>,
    /// Whether the asker may work on it.
    pub may_work: bool,
    /// Whether the asker may extend its time.
    pub may_extend: bool,
    /// Whether the asker may stand behind it as the unit's manager.
    pub may_sponsor: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A project as a list and the board show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProjectSummary {
    pub id: ProjectId,
    pub version: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition_id: Option<EditionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<GroupId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Kotiovella"))]
    pub group_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Kyllön terveysasema"))]
    pub unit_name: Option<String>,
    #[cfg_attr(feature = "openapi", schema(example = "Hoitotarvikkeiden kotijakelu"))]
    pub title: String,
    /// The language of the title.
    pub lang: Lang,
    pub stage: ProjectStage,
    pub clock: StageClock,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_reason: Option<WaitingReason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    pub labels: Vec<String>,
    /// Lines of the checklist that are done.
    pub done_count: i64,
    /// Lines of the checklist.
    pub line_count: i64,
    /// Who answers for the next step, by name.
    pub assigned: Vec<String>,
    pub facts: ProjectFacts,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}
