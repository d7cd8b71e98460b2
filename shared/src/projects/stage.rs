//! The stages of a project, and what each asks before a project may come to it.

use super::Project;

crate::code_enum! {
    /// How far a development project has come.
    ProjectStage {
        /// Being thought up, within a day.
        Idea = "idea",
        /// Tried out for three weeks.
        Trial = "trial",
        /// Taken up by other units, within fifteen weeks.
        Spread = "spread",
        /// The way of working now.
        InUse = "in_use",
        /// Stands still until something outside it changes, or its time ran out.
        Waiting = "waiting",
        /// Goes on as another project.
        Continued = "continued",
        /// Ended; what was learnt is published.
        Stopped = "stopped",
    }
}

crate::code_enum! {
    /// Why a project waits.
    WaitingReason {
        /// Its time ran out.
        Expired = "expired",
        /// Something stops it that it cannot solve itself.
        Obstacle = "obstacle",
        /// It waits for somebody's decision.
        Decision = "decision",
        /// Whoever does it has no time for it now.
        Resources = "resources",
    }
}

crate::code_enum! {
    /// What a project lacks before it may come to a stage.
    Requirement {
        /// The need is written down.
        Need = "need",
        /// The idea is written down.
        Idea = "idea",
        /// The unit that needs it is named.
        Unit = "unit",
        /// The unit's manager stands behind it.
        Sponsor = "sponsor",
        /// A trial has its result, and it is not "stop".
        TrialResult = "trial_result",
        /// At least one unit has it in use.
        Adoption = "adoption",
        /// Why it waits.
        Reason = "reason",
        /// What was learnt.
        Learnt = "learnt",
        /// The project in which it goes on.
        FollowUp = "follow_up",
    }
}

impl ProjectStage {
    /// Whether the stage has a time of its own.
    pub const fn is_timed(self) -> bool {
        matches!(self, Self::Idea | Self::Trial | Self::Spread)
    }

    /// Where a project may go from here, in the order in which people are shown it. A project that waits goes back to
    /// where it was, or on as if it had never waited.
    pub const fn next(self) -> &'static [Self] {
        use ProjectStage::*;
        match self {
            Idea => &[Trial, Waiting, Continued, Stopped],
            Trial => &[Idea, Spread, Waiting, Continued, Stopped],
            Spread => &[Trial, InUse, Waiting, Continued, Stopped],
            InUse => &[Spread, Waiting, Continued, Stopped],
            Waiting => &[Idea, Trial, Spread, InUse, Continued, Stopped],
            Continued | Stopped => &[Waiting],
        }
    }

    /// Whether a project may go from here to there, if it has what that asks.
    pub fn leads_to(self, to: Self) -> bool {
        self.next().contains(&to)
    }
}

/// What a project still lacks to come to a stage, beside what the move itself says (reason, what was learnt).
pub fn lacks(project: &Project, to: ProjectStage) -> Vec<Requirement> {
    let checks: &[(Requirement, bool)] = &[
        (Requirement::Need, !project.need.trim().is_empty()),
        (Requirement::Idea, !project.idea.trim().is_empty()),
        (Requirement::Unit, project.unit_id.is_some()),
        (Requirement::Sponsor, project.sponsor.is_some()),
        (Requirement::TrialResult, project.facts.worked_trial_count > 0),
        (Requirement::Adoption, project.facts.in_use_unit_count > 0),
    ];
    let asked = match to {
        ProjectStage::Trial => 4,
        ProjectStage::Spread => 5,
        ProjectStage::InUse => 6,
        _ => 0,
    };
    checks.iter().take(asked).filter(|(_, has)| !has).map(|(requirement, _)| *requirement).collect()
}
