//! Spread: which units take a project's practice up, as it is or adapted, and whether they still use it later.

use crate::training::Season;
use crate::{AccountId, AdoptionId, EditionId, LocalText, ProjectId, UnitId, rules};
use jiff::{Span, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Months after the start at which it is looked at again.
pub const RECHECK_MONTHS: [i64; 3] = [3, 6, 12];

crate::code_enum! {
    /// What a unit has decided about a project.
    Decision {
        /// It has been asked.
        Asked = "asked",
        /// It thinks about it.
        Considering = "considering",
        /// It will take it up.
        Agreed = "agreed",
        /// It has taken it up as it is.
        Adopted = "adopted",
        /// It has taken it up in its own way.
        Adapted = "adapted",
        /// It does not take it up.
        Declined = "declined",
    }
}

impl Decision {
    /// Whether the unit has taken it up.
    pub const fn is_taken_up(self) -> bool {
        matches!(self, Self::Adopted | Self::Adapted)
    }
}

crate::code_enum! {
    /// What was found when it was looked at again.
    RecheckState { InUse = "in_use", Partly = "partly", Ended = "ended" }
}

/// A look at whether a unit still uses what it took up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recheck {
    /// Months after the start: 3, 6 or 12.
    #[cfg_attr(feature = "openapi", schema(example = 3))]
    pub month: i64,
    pub state: RecheckState,
    /// What was found; may be empty.
    pub note: String,
    pub checked_at: Timestamp,
}

/// When an adoption is to be looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecheckDue {
    /// Months after the start: 3, 6 or 12.
    #[cfg_attr(feature = "openapi", schema(example = 6))]
    pub month: i64,
    pub due_on: Date,
}

/// What one unit has decided about one project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Adoption {
    pub id: AdoptionId,
    /// Goes up with every change and with every look at it.
    pub version: i64,
    pub project_id: ProjectId,
    pub unit_id: UnitId,
    pub unit_name: String,
    pub decision: Decision,
    /// Why, and what the unit does otherwise; may be empty.
    pub note: String,
    /// Account of whoever shows the example.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide_id: Option<AccountId>,
    /// Name of whoever shows the example, with an account or without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide_name: Option<String>,
    /// The first day of use, behind or ahead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_on: Option<Date>,
    /// By when the unit is to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_due_on: Option<Date>,
    /// In order of months.
    pub rechecks: Vec<Recheck>,
    /// Absent when nothing is left to look at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_recheck: Option<RecheckDue>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What can be said of an adoption.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAdoption {
    /// Fixed once made; once in each project.
    #[garde(skip)]
    pub unit_id: UnitId,
    #[garde(skip)]
    pub decision: Decision,
    #[garde(custom(rules::free_text))]
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    pub note: String,
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide_id: Option<AccountId>,
    /// Instead of an account.
    #[garde(custom(rules::optional_line), custom(|name: &Option<String>, _: &()| one_guide(self.guide_id, name)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub guide_name: Option<String>,
    /// Needed once the unit has taken it up.
    #[garde(custom(rules::optional_day), custom(|day: &Option<Date>, _: &()| has_started(self.decision, *day)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_on: Option<Date>,
    #[garde(custom(rules::optional_day))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_due_on: Option<Date>,
}

fn one_guide(account: Option<AccountId>, name: &Option<String>) -> garde::Result {
    if account.is_some() && name.is_some() { Err(garde::Error::new("account_or_name")) } else { Ok(()) }
}

fn has_started(decision: Decision, day: Option<Date>) -> garde::Result {
    if decision.is_taken_up() && day.is_none() { Err(garde::Error::new("required")) } else { Ok(()) }
}

/// A merge patch of an adoption.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdoptionChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub decision: Option<Decision>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000, nullable = false))]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<AccountId>))]
    pub guide_id: Option<Option<AccountId>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, value_type = Option<String>))]
    pub guide_name: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Date>))]
    pub from_on: Option<Option<Date>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Date>))]
    pub answer_due_on: Option<Option<Date>>,
}

/// What was found when an adoption was looked at again. A second look at the same month takes the place of the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewRecheck {
    /// 3, 6 or 12, when so many months have gone by since the start.
    #[garde(custom(|month: &i64, _: &()| is_recheck_month(*month)))]
    #[cfg_attr(feature = "openapi", schema(minimum = 3, maximum = 12, example = 3))]
    pub month: i64,
    #[garde(skip)]
    pub state: RecheckState,
    #[garde(custom(rules::free_text))]
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    pub note: String,
}

fn is_recheck_month(month: i64) -> garde::Result {
    if RECHECK_MONTHS.contains(&month) { Ok(()) } else { Err(garde::Error::new("not_a_recheck_month")) }
}

/// The day so many calendar months after a start: the same day of the month, or its last one.
pub fn recheck_due_on(from_on: Date, month: i64) -> Option<Date> {
    from_on.checked_add(Span::new().try_months(month).ok()?).ok()
}

/// When an adoption is to be looked at again: at the first of the months after the last look, and no more once the use
/// has ended or the unit has decided otherwise.
pub fn next_recheck(decision: Decision, from_on: Option<Date>, done: &[Recheck]) -> Option<RecheckDue> {
    let last = done.iter().max_by_key(|recheck| recheck.month);
    if !decision.is_taken_up() || last.is_some_and(|last| last.state == RecheckState::Ended) {
        return None;
    }
    let month = RECHECK_MONTHS.into_iter().find(|month| last.is_none_or(|last| *month > last.month))?;
    Some(RecheckDue { month, due_on: recheck_due_on(from_on?, month)? })
}

/// How many projects there are and how far they have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProjectCounts {
    #[cfg_attr(feature = "openapi", schema(example = 23))]
    pub projects: i64,
    /// An idea, on trial or spreading.
    pub underway: i64,
    #[cfg_attr(feature = "openapi", schema(example = 13))]
    pub in_use: i64,
    pub waiting: i64,
    pub continued: i64,
    pub stopped: i64,
}

/// What became of the projects of one edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EditionRates {
    pub edition_id: EditionId,
    pub programme_name: LocalText,
    pub season: Season,
    #[cfg_attr(feature = "openapi", schema(example = 2019))]
    pub year: i64,
    pub counts: ProjectCounts,
}

/// What became of the projects that one unit was asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitRates {
    pub unit_id: UnitId,
    pub unit_name: String,
    /// Projects that the unit was asked about, or decided on.
    pub projects: i64,
    /// Taken up, the first day of use has come, and at the last look not ended.
    pub in_use: i64,
    /// Agreed, or taken up from a day that has not come yet.
    pub agreed: i64,
    /// Asked or considering.
    pub waiting: i64,
    pub declined: i64,
    /// Taken up and ended since.
    pub ended: i64,
}

/// How much of what was developed is in use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdoptionRates {
    /// All projects of all editions.
    pub total: ProjectCounts,
    /// Editions with a project, the newest first.
    pub editions: Vec<EditionRates>,
    /// Units that were asked about a project, by name.
    pub units: Vec<UnitRates>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn done(month: i64, state: RecheckState) -> Recheck {
        Recheck { month, state, note: String::new(), checked_at: Timestamp::UNIX_EPOCH }
    }

    #[test]
    fn it_is_looked_at_after_three_six_and_twelve_calendar_months() {
        let from = Some(date(2025, 11, 30));
        let due = |checks: &[Recheck]| next_recheck(Decision::Adopted, from, checks).map(|due| (due.month, due.due_on));
        assert_eq!(due(&[]), Some((3, date(2026, 2, 28))), "February has no thirtieth");
        assert_eq!(due(&[done(3, RecheckState::InUse)]), Some((6, date(2026, 5, 30))));
        assert_eq!(due(&[done(6, RecheckState::Partly)]), Some((12, date(2026, 11, 30))), "what was missed is not made up for");
        assert_eq!(due(&[done(12, RecheckState::InUse)]), None);
        assert_eq!(due(&[done(3, RecheckState::Ended)]), None);
        for decision in Decision::ALL {
            assert_eq!(next_recheck(*decision, from, &[]).is_some(), decision.is_taken_up(), "{decision}");
        }
        assert_eq!(next_recheck(Decision::Adapted, None, &[]), None);
    }

    #[test]
    fn what_is_in_use_has_a_first_day_and_one_guide() {
        let new = |decision: Decision, from_on: Option<Date>| NewAdoption {
            unit_id: UnitId::new(),
            decision,
            note: String::new(),
            guide_id: None,
            guide_name: None,
            from_on,
            answer_due_on: None,
        };
        let told = |new: &NewAdoption| rules::faults(new).into_iter().map(|fault| (fault.pointer, fault.code)).collect::<Vec<_>>();
        assert_eq!(told(&new(Decision::Asked, None)), []);
        assert_eq!(told(&new(Decision::Adapted, None)), [("/from_on".to_owned(), "required".to_owned())]);
        let two = NewAdoption { guide_id: Some(AccountId::new()), guide_name: Some("Aino".to_owned()), ..new(Decision::Asked, None) };
        assert_eq!(told(&two), [("/guide_name".to_owned(), "account_or_name".to_owned())]);
    }

    proptest! {
        #[test]
        fn a_look_comes_so_many_months_later_or_at_the_end_of_that_month(day in 0i64..80_000, which in 0usize..3) {
            let from = date(1950, 1, 1).checked_add(Span::new().days(day)).expect("in range");
            let month = RECHECK_MONTHS[which];
            let due = recheck_due_on(from, month).expect("in range");
            let months = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
            prop_assert_eq!(months(due) - months(from), month);
            prop_assert!(due.day() == from.day() || (due.day() < from.day() && due.day() == due.days_in_month()));
        }
    }
}
