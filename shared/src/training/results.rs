//! What may be said of the answers. One place decides it, `publish`, and what it lets through is a snapshot that
//! every screen, call and file reads.
//!
//! k counts the people behind a published group: mean, n and response rate from n ≥ 5; the distribution from
//! n ≥ 10; greetings from n ≥ 10, shuffled. Totals are built from published parts alone, so nothing hidden can be
//! worked out from them by subtraction.
//!
//! A group that agrees gives each of its members away, whatever its size. So of a goal on which all, or all but one,
//! chose the same, n alone is shown. All but one, because figures that were missing only where all agree would tell
//! just that. Where the distribution is not shown anyway (n from 5 to 9), it is enough that the mean does not tell it:
//! means of which only one distribution can be the cause are hidden, those at either end of the scale.

use super::{STEP_MAX, STEP_MIN, Season};
use crate::{EditionId, GoalId, Lang, LocalText, ProgrammeId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Fewest people behind a published mean.
pub const MIN_FOR_MEAN: i64 = 5;
/// Fewest people behind a published distribution, and behind published greetings.
pub const MIN_FOR_DISTRIBUTION: i64 = 10;

const STEPS: usize = (STEP_MAX - STEP_MIN) as usize + 1;

/// One complete set of answers: a step for each goal, in the order of the goals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerSet {
    pub steps: Vec<u8>,
}

/// The figures of one group of answers. What is hidden is absent, and `hidden` says why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figures {
    /// People behind the figures. Absent when fewer than five.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = 19))]
    pub n: Option<i64>,
    /// Sum of the steps chosen; mean = sum ÷ answers. Kept so that totals are exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sum: Option<i64>,
    /// Steps counted: n for one goal, n × goals for all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<i64>,
    /// Mean step, 1–4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = 3.7))]
    pub mean: Option<f64>,
    /// How many chose step 1, 2, 3 and 4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = json!([0, 1, 5, 13])))]
    pub distribution: Option<Vec<i64>>,
    /// Why something is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<Hidden>,
}

crate::code_enum! {
    /// Why a figure is not shown.
    Hidden {
        /// Fewer than five people answered: nothing is shown.
        FewAnswers = "few_answers",
        /// Fewer than ten answered: the distribution is not shown.
        FewForDistribution = "few_for_distribution",
        /// All, or all but one, chose the same: mean and distribution would tell each one's answer.
        AllTheSame = "all_the_same",
        /// Shown, it would give away another figure that is hidden.
        ProtectsAnother = "protects_another",
    }
}

impl Figures {
    /// Nothing to show, for the reason that another has.
    fn hidden_like(other: &Self) -> Self {
        Self { hidden: other.hidden, ..Self::hidden() }
    }

    /// Nothing to show.
    pub const fn hidden() -> Self {
        Self { n: None, sum: None, answers: None, mean: None, distribution: None, hidden: Some(Hidden::FewAnswers) }
    }

    /// Figures of counts per step from `n` people, as far as they may be shown.
    fn of(counts: [i64; STEPS], n: i64) -> Self {
        if n < MIN_FOR_MEAN {
            return Self::hidden();
        }
        let answers: i64 = counts.iter().sum();
        let sum: i64 = counts.iter().zip(i64::from(STEP_MIN)..).map(|(count, step)| count * step).sum();
        let few = n < MIN_FOR_DISTRIBUTION;
        let agree = if few { tells_all(sum, answers) } else { counts.iter().any(|count| *count >= answers - 1) };
        if agree {
            return Self { n: Some(n), hidden: Some(Hidden::AllTheSame), ..Self::hidden() };
        }
        Self {
            n: Some(n),
            sum: Some(sum),
            answers: Some(answers),
            mean: mean(sum, answers),
            distribution: (!few).then(|| counts.to_vec()),
            hidden: few.then_some(Hidden::FewForDistribution),
        }
    }

    fn without_distribution(mut self, reason: Hidden) -> Self {
        if self.distribution.take().is_some() {
            self.hidden = Some(reason);
        }
        self
    }

    /// n alone, where more was shown.
    fn without_mean(self, reason: Hidden) -> Self {
        if self.mean.is_none() { self } else { Self { n: self.n, hidden: Some(reason), ..Self::hidden() } }
    }

    /// The total of several groups, from what is published of them; those without a mean are left out.
    fn total<'a>(parts: impl Iterator<Item = &'a Figures>) -> Self {
        let parts: Vec<&Figures> = parts.collect();
        let shown: Vec<&Figures> = parts.iter().filter(|part| part.mean.is_some()).copied().collect();
        if shown.is_empty() {
            return parts.into_iter().find(|part| part.n.is_some()).map_or_else(Self::hidden, Self::hidden_like);
        }
        let add = |pick: fn(&Figures) -> Option<i64>| shown.iter().filter_map(|part| pick(part)).sum::<i64>();
        let (n, sum, answers) = (add(|f| f.n), add(|f| f.sum), add(|f| f.answers));
        let counts: Option<Vec<i64>> = shown.iter().map(|part| part.distribution.as_ref()).try_fold(vec![0; STEPS], |mut counts, part| {
            counts.iter_mut().zip(part?).for_each(|(count, own)| *count += own);
            Some(counts)
        });
        let hidden = counts.is_none().then_some(Hidden::ProtectsAnother);
        Self { n: Some(n), sum: Some(sum), answers: Some(answers), mean: mean(sum, answers), distribution: counts, hidden }
    }
}

/// Whether so many answers can have this sum in one way only.
fn tells_all(sum: i64, answers: i64) -> bool {
    let (least, most) = (answers * i64::from(STEP_MIN), answers * i64::from(STEP_MAX));
    sum <= least + 1 || sum >= most - 1
}

#[allow(clippy::cast_precision_loss)]
fn mean(sum: i64, answers: i64) -> Option<f64> {
    (answers > 0).then(|| sum as f64 / answers as f64)
}

/// The figures of one goal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GoalFigures {
    pub goal_id: GoalId,
    /// The goal as it was worded when the answering closed.
    pub text: LocalText,
    pub figures: Figures,
}

/// A final greeting, with the language it was written in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Greeting {
    pub text: String,
    pub lang: Lang,
}

/// The published result of one edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EditionResults {
    pub edition_id: EditionId,
    pub programme_id: ProgrammeId,
    #[cfg_attr(feature = "openapi", schema(example = 4))]
    pub number: i64,
    pub season: Season,
    #[cfg_attr(feature = "openapi", schema(example = 2019))]
    pub year: i64,
    pub published_at: Timestamp,
    /// How many could have answered.
    pub enrolled_count: i64,
    /// All goals together.
    pub overall: Figures,
    pub goals: Vec<GoalFigures>,
    /// Words for steps 1–4.
    pub step_words: Vec<LocalText>,
    /// In no telling order; empty below ten answers.
    pub greetings: Vec<Greeting>,
}

/// The published results of a programme: its editions in order, and their total.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProgrammeResults {
    pub programme_id: ProgrammeId,
    /// By number of the edition.
    pub editions: Vec<EditionResults>,
    /// All shown editions and all goals together.
    pub overall: Figures,
    /// Each goal over the editions that show it.
    pub goals: Vec<GoalFigures>,
    /// How many published editions are left out of the total of all because it must not be told how they answered.
    pub hidden_edition_count: i64,
}

/// The figures of an edition from its complete answer sets: all goals together, and each goal.
///
/// What is hidden of any goal is hidden of all goals together: the difference would give it away.
pub fn publish(goals: &[(GoalId, LocalText)], sets: &[AnswerSet]) -> (Figures, Vec<GoalFigures>) {
    let n = i64::try_from(sets.len()).unwrap_or(i64::MAX);
    let mut all = [0i64; STEPS];
    let goals: Vec<GoalFigures> = goals
        .iter()
        .enumerate()
        .map(|(position, (goal_id, text))| {
            let mut counts = [0i64; STEPS];
            for step in sets.iter().filter_map(|set| set.steps.get(position)) {
                let index = usize::from(step.clamp(&STEP_MIN, &STEP_MAX) - STEP_MIN);
                counts[index] += 1;
                all[index] += 1;
            }
            GoalFigures { goal_id: *goal_id, text: text.clone(), figures: Figures::of(counts, n) }
        })
        .collect();
    let mut overall = Figures::of(all, n);
    if goals.iter().any(|goal| goal.figures.mean.is_none()) {
        overall = overall.without_mean(Hidden::ProtectsAnother);
    } else if goals.iter().any(|goal| goal.figures.distribution.is_none()) {
        overall = overall.without_distribution(Hidden::ProtectsAnother);
    }
    (overall, goals)
}

/// The results of a programme from the published ones of its editions.
pub fn sum_up(programme_id: ProgrammeId, mut editions: Vec<EditionResults>) -> ProgrammeResults {
    editions.sort_by_key(|edition| edition.number);
    let mut goals: Vec<GoalFigures> = Vec::new();
    for goal in editions.iter().flat_map(|edition| &edition.goals) {
        // The newest wording stands for the goal.
        match goals.iter_mut().find(|known| known.goal_id == goal.goal_id) {
            Some(known) => known.text = goal.text.clone(),
            None => goals.push(GoalFigures { figures: Figures::hidden(), ..goal.clone() }),
        }
    }
    for goal in &mut goals {
        let own = editions.iter().flat_map(|edition| &edition.goals).filter(|part| part.goal_id == goal.goal_id);
        goal.figures = Figures::total(own.map(|part| &part.figures));
    }
    let overall = Figures::total(editions.iter().map(|edition| &edition.overall));
    let hidden = editions.iter().filter(|edition| edition.overall.mean.is_none()).count();
    ProgrammeResults { programme_id, overall, goals, hidden_edition_count: i64::try_from(hidden).unwrap_or(i64::MAX), editions }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn goals(count: usize) -> Vec<(GoalId, LocalText)> {
        (0..count).map(|position| (GoalId::new(), LocalText::fi(format!("tavoite {position}")))).collect()
    }

    fn sets(n: usize, step: u8) -> Vec<AnswerSet> {
        (0..n).map(|_| AnswerSet { steps: vec![step, step] }).collect()
    }

    #[test]
    fn four_people_show_nothing_and_five_show_a_mean() {
        let (overall, parts) = publish(&goals(2), &sets(4, 3));
        assert_eq!(overall, Figures::hidden());
        assert!(parts.iter().all(|part| part.figures == Figures::hidden()));
        let (overall, _) = publish(&goals(2), &sets(5, 3));
        assert_eq!((overall.n, overall.mean, overall.distribution), (Some(5), Some(3.0), None));
    }

    /// One goal's figures of so many people on steps 1–4.
    fn one(counts: [usize; STEPS]) -> Figures {
        let steps = (1u8..).zip(counts).flat_map(|(step, count)| std::iter::repeat_n(AnswerSet { steps: vec![step] }, count));
        publish(&goals(1), &steps.collect::<Vec<_>>()).1.remove(0).figures
    }

    #[test]
    fn who_agrees_is_not_given_away() {
        let agree = [[0, 0, 0, 5], [5, 0, 0, 0], [0, 0, 1, 8], [6, 1, 0, 0], [0, 0, 10, 0], [0, 0, 1, 9], [1, 0, 0, 19], [12, 0, 0, 0]];
        for counts in agree {
            let figures = one(counts);
            let n = counts.iter().sum::<usize>() as i64;
            assert_eq!(figures, Figures { n: Some(n), hidden: Some(Hidden::AllTheSame), ..Figures::hidden() }, "{counts:?}");
        }
        for counts in
            [[0, 0, 0, 5], [0, 1, 0, 4], [0, 0, 2, 3], [0, 0, 5, 0], [2, 7, 0, 0], [0, 0, 2, 8], [1, 1, 0, 10]].into_iter().skip(1)
        {
            assert!(one(counts).mean.is_some(), "{counts:?}");
        }
    }

    #[test]
    fn a_shown_mean_without_its_distribution_has_more_than_one_cause() {
        for n in MIN_FOR_MEAN..MIN_FOR_DISTRIBUTION {
            for sum in n..=4 * n {
                let ways = (0..=n).flat_map(|a| (0..=n - a).flat_map(move |b| (0..=n - a - b).map(move |c| [a, b, c, n - a - b - c])));
                let ways = ways.filter(|[a, b, c, d]| a + 2 * b + 3 * c + 4 * d == sum).count();
                assert_eq!(tells_all(sum, n), ways == 1, "{sum} of {n}: {ways} ways");
            }
        }
    }

    #[test]
    fn a_goal_on_which_people_agree_is_in_no_total() {
        let goals = goals(2);
        let edition = |number: i64, sets: &[AnswerSet]| {
            let (overall, goals) = publish(&goals, sets);
            let (edition_id, programme_id) = (EditionId::new(), ProgrammeId::new());
            let (published_at, season) = (Timestamp::UNIX_EPOCH, Season::Spring);
            let (step_words, greetings) = (Vec::new(), Vec::new());
            EditionResults {
                edition_id,
                programme_id,
                number,
                season,
                year: 2027,
                published_at,
                enrolled_count: 20,
                overall,
                goals,
                step_words,
                greetings,
            }
        };
        let mixed: Vec<AnswerSet> = (0..12).map(|who| AnswerSet { steps: vec![1 + who % 4, 2 + who % 3] }).collect();
        let agreeing: Vec<AnswerSet> = (0..12).map(|who| AnswerSet { steps: vec![1 + who % 4, 4] }).collect();
        let all = sum_up(ProgrammeId::new(), vec![edition(1, &mixed), edition(2, &agreeing)]);
        assert_eq!(all.editions[1].overall.hidden, Some(Hidden::ProtectsAnother));
        assert_eq!((all.editions[1].overall.n, all.editions[1].overall.mean), (Some(12), None));
        assert_eq!(all.overall, all.editions[0].overall);
        assert_eq!((all.goals[0].figures.n, all.goals[1].figures.n), (Some(24), Some(12)));
        assert_eq!(all.hidden_edition_count, 1);
        let alone = sum_up(ProgrammeId::new(), vec![edition(2, &agreeing)]);
        assert_eq!(alone.goals[1].figures, Figures { hidden: Some(Hidden::AllTheSame), ..Figures::hidden() });
    }

    #[test]
    fn ten_people_show_a_distribution_unless_all_chose_the_same() {
        let goals = goals(2);
        let mut mixed = sets(10, 3);
        (mixed[0].steps, mixed[1].steps) = (vec![4, 4], vec![4, 4]);
        assert_eq!(publish(&goals, &mixed).0.distribution, Some(vec![0, 0, 16, 4]));
        (mixed[0].steps, mixed[1].steps) = (vec![4, 3], vec![4, 3]);
        let (overall, parts) = publish(&goals, &mixed);
        assert_eq!(parts[1].figures.hidden, Some(Hidden::AllTheSame));
        assert_eq!(parts[0].figures.distribution, Some(vec![0, 0, 8, 2]));
        assert_eq!((overall.n, overall.mean, overall.hidden), (Some(10), None, Some(Hidden::ProtectsAnother)));
    }

    proptest! {
        #[test]
        fn the_mean_of_all_where_shown_is_the_mean_of_every_answer(sets in proptest::collection::vec((1u8..=4, 1u8..=4, 1u8..=4), 5..60)) {
            let steps: Vec<i64> = sets.iter().flat_map(|s| [s.0, s.1, s.2]).map(i64::from).collect();
            let sets: Vec<_> = sets.iter().map(|s| AnswerSet { steps: vec![s.0, s.1, s.2] }).collect();
            let (overall, parts) = publish(&goals(3), &sets);
            prop_assert_eq!(overall.mean.is_some(), parts.iter().all(|part| part.figures.mean.is_some()));
            if overall.mean.is_some() {
                prop_assert_eq!(overall.sum, Some(steps.iter().sum::<i64>()));
                prop_assert_eq!(overall.answers, i64::try_from(steps.len()).ok());
            }
        }
    }
}
