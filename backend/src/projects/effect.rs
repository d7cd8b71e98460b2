//! What a trial changed, worked out from what was measured before and after, each with a 95 % interval.
//!
//! * Means of different people: Welch, B. L. (1947), "The generalization of 'Student's' problem when several different
//!   population variances are involved", Biometrika 34, 28–35; degrees of freedom by Satterthwaite, F. E. (1946), "An
//!   approximate distribution of estimates of variance components", Biometrics Bulletin 2, 110–114.
//! * Means of the same people: Student (1908), "The probable error of a mean", Biometrika 6, 1–25, of the differences.
//! * Proportions: Newcombe, R. G. (1998), "Interval estimation for the difference between independent proportions:
//!   comparison of eleven methods", Statistics in Medicine 17, 873–890, method 10, which joins the score intervals of
//!   Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference", JASA 22, 209–212.
//!
//! Below five people on either side no figure leaves here, nor a mean where all on a side gave the same.

use shared::projects::{Better, Design, Effect, EffectFigures, EffectKind, MIN_FOR_EFFECT, Proportion, Sample, SampleForm, Verdict};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// The upper 2.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;
/// The probability below the upper end of a two-sided 95 % interval.
const UPPER: f64 = 0.975;
/// Degrees of freedom from which on Student's t is worked out from the normal distribution.
const MANY: f64 = 10_000.0;
/// A spread this small beside the values is what rounding left of none.
const NO_SPREAD: f64 = 1e-12;

/// The effect of a measurement; none of one that breaks the rules of [`shared::projects::NewMeasurement`].
pub fn of(design: Design, better: Better, before: &Sample, after: &Sample) -> Option<Effect> {
    let (before, after) = (before.form()?, after.form()?);
    let (kind, figures) = match (design, before, after) {
        (Design::Paired, SampleForm::Values(before), SampleForm::Values(after)) if before.len() == after.len() => {
            (EffectKind::Paired, paired(before, after))
        }
        (Design::Independent, SampleForm::Proportion(before), SampleForm::Proportion(after)) => {
            (EffectKind::Proportions, Some(proportions(before, after)))
        }
        (Design::Independent, before, after) => (EffectKind::Means, means(Moments::of(before)?, Moments::of(after)?)),
        (Design::Paired, ..) => return None,
    };
    if before.people() < MIN_FOR_EFFECT || after.people() < MIN_FOR_EFFECT {
        return Some(Effect::hidden(kind, Verdict::TooFew));
    }
    Some(match figures {
        Some(figures) => Effect { kind, verdict: figures.verdict(better), figures: Some(figures) },
        None => Effect::hidden(kind, Verdict::NoSpread),
    })
}

/// Mean and variance of a sample (n − 1 under the line).
#[derive(Clone, Copy, Debug)]
struct Moments {
    mean: f64,
    variance: f64,
    n: i64,
    /// The largest value, whatever its sign, to tell a spread from a rounding error.
    size: f64,
}

impl Moments {
    /// None of a proportion.
    fn of(form: SampleForm<'_>) -> Option<Self> {
        match form {
            SampleForm::Values(values) => Some(Self::of_values(values)),
            SampleForm::Summary(one) => {
                Some(Self { mean: one.mean, variance: one.standard_deviation.powi(2), n: one.n, size: one.mean.abs() })
            }
            SampleForm::Proportion(_) => None,
        }
    }

    /// In two passes, which loses no digits where the mean is large beside the spread.
    fn of_values(values: &[f64]) -> Self {
        let n = count(values.len());
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let size = values.iter().fold(0.0, |size: f64, value| size.max(value.abs()));
        Self { mean, variance: squares / (n - 1.0).max(1.0), n: i64::try_from(values.len()).unwrap_or(i64::MAX), size }
    }

    /// The square of the standard error of the mean.
    fn error(&self) -> f64 {
        self.variance / self.people()
    }

    #[allow(clippy::cast_precision_loss)]
    fn people(&self) -> f64 {
        self.n as f64
    }

    fn has_spread(&self) -> bool {
        self.variance.sqrt() > NO_SPREAD * self.size.max(1.0)
    }
}

#[allow(clippy::cast_precision_loss)]
fn count(length: usize) -> f64 {
    length as f64
}

/// The upper end of a two-sided 95 % interval of Student's t. With many degrees of freedom, where the library loses digits,
/// by the first terms of its expansion about the normal one (Abramowitz and Stegun 1964, 26.7.5).
fn t(freedom: f64) -> Option<f64> {
    if freedom > MANY {
        return Some(Z + (Z.powi(3) + Z) / (4.0 * freedom));
    }
    StudentsT::new(0.0, 1.0, freedom).ok().map(|distribution| distribution.inverse_cdf(UPPER))
}

/// Welch's interval of the difference of two means. None where a side has no spread: its mean would be what each one gave.
fn means(before: Moments, after: Moments) -> Option<EffectFigures> {
    if !before.has_spread() || !after.has_spread() {
        return None;
    }
    let (one, other) = (before.error(), after.error());
    let freedom = (one + other).powi(2) / (one.powi(2) / (before.people() - 1.0) + other.powi(2) / (after.people() - 1.0));
    let margin = t(freedom)? * (one + other).sqrt();
    Some(around(before.mean, after.mean, [before.n, after.n], [margin, margin]))
}

/// Student's interval of the mean of the differences of pairs. None where all differ by the same, or a side has no spread.
fn paired(before: &[f64], after: &[f64]) -> Option<EffectFigures> {
    let differences: Vec<f64> = before.iter().zip(after).map(|(before, after)| after - before).collect();
    let (before, after) = (Moments::of_values(before), Moments::of_values(after));
    let change = Moments { size: before.size.max(after.size), ..Moments::of_values(&differences) };
    if ![before, after, change].iter().all(Moments::has_spread) {
        return None;
    }
    let margin = t(change.people() - 1.0)? * change.error().sqrt();
    Some(around(before.mean, after.mean, [before.n, after.n], [margin, margin]))
}

/// Newcombe's interval of the difference of two proportions, from the score interval of each (his equations for method 10).
fn proportions(before: Proportion, after: Proportion) -> EffectFigures {
    let ((p1, l1, u1), (p2, l2, u2)) = (wilson(after), wilson(before));
    let below = (p1 - l1).hypot(u2 - p2);
    let above = (u1 - p1).hypot(p2 - l2);
    around(p2, p1, [before.n, after.n], [below, above])
}

/// A proportion with the ends of Wilson's score interval.
#[allow(clippy::cast_precision_loss)]
fn wilson(sample: Proportion) -> (f64, f64, f64) {
    let (successes, n) = (sample.successes as f64, sample.n as f64);
    let p = successes / n;
    let middle = 2.0 * successes + Z * Z;
    let half = Z * (Z * Z + 4.0 * successes * (1.0 - p)).sqrt();
    let under = 2.0 * (n + Z * Z);
    // At none and at all an end is the proportion itself, which rounding would move.
    let low = if sample.successes == 0 { 0.0 } else { (middle - half) / under };
    let high = if sample.successes == sample.n { 1.0 } else { (middle + half) / under };
    (p, low, high)
}

fn around(before: f64, after: f64, [n_before, n_after]: [i64; 2], [below, above]: [f64; 2]) -> EffectFigures {
    let difference = after - before;
    EffectFigures { before, after, n_before, n_after, difference, low: difference - below, high: difference + above }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn effect(design: Design, before: &Sample, after: &Sample) -> Effect {
        of(design, Better::Higher, before, after).expect("it keeps the rules")
    }

    fn figures(design: Design, before: &Sample, after: &Sample) -> EffectFigures {
        effect(design, before, after).figures.expect("figures")
    }

    fn is_near(found: f64, published: f64, tolerance: f64) {
        assert!((found - published).abs() <= tolerance, "{found} is not {published}");
    }

    /// Additional hours of sleep with two drugs (Student 1908, table of section IX), the same ten patients.
    const SLEEP: [[f64; 10]; 2] =
        [[0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]];

    #[test]
    fn the_same_people_as_student_published_it() {
        // Mean difference 1.58; 95 % interval 0.70…2.46, as in the examples of R's `t.test`.
        let found = figures(Design::Paired, &Sample::of_values(SLEEP[0]), &Sample::of_values(SLEEP[1]));
        is_near(found.difference, 1.58, 1e-12);
        is_near(found.low, 0.700_114_2, 1e-6);
        is_near(found.high, 2.459_885_8, 1e-6);
        assert_eq!((found.n_before, found.n_after), (10, 10));
    }

    #[test]
    fn different_people_as_published_for_welch() {
        // The same figures as if of different people: R's example of `t.test`, t = −1.8608 with 17.776 degrees of freedom.
        let found = figures(Design::Independent, &Sample::of_values(SLEEP[0]), &Sample::of_values(SLEEP[1]));
        is_near(found.before, 0.75, 1e-12);
        is_near(found.after, 2.33, 1e-12);
        is_near(found.low, -0.205_483_2, 1e-6);
        is_near(found.high, 3.365_483_2, 1e-6);
        // Miles a gallon by gearbox (Motor Trend 1974): t = 3.7671 with 18.332 degrees of freedom, 3.209684…11.280194.
        let (automatic, manual) = (Sample::of_summary(17.147_368, 3.833_966, 19), Sample::of_summary(24.392_308, 6.166_504, 13));
        let found = figures(Design::Independent, &automatic, &manual);
        is_near(found.low, 3.209_684, 1e-5);
        is_near(found.high, 11.280_194, 1e-5);
    }

    #[test]
    fn proportions_as_newcombe_published_them() {
        // Table II of the paper, method 10, p1 − p2.
        let table = [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((0, 10), (0, 10), -0.2775, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0000),
            ((10, 10), (0, 10), 0.6075, 1.0000),
        ];
        for ((successes, n), (fewer, of), low, high) in table {
            let found = figures(Design::Independent, &Sample::of_proportion(fewer, of), &Sample::of_proportion(successes, n));
            is_near(found.low, low, 5e-5);
            is_near(found.high, high, 5e-5);
        }
    }

    #[test]
    fn the_quantiles_of_students_t_are_those_of_the_tables() {
        for (freedom, published) in
            [(4.0, 2.776_445), (9.0, 2.262_157), (30.0, 2.042_272), (120.0, 1.979_930), (1_000.0, 1.962_339), (2e6, 1.959_965)]
        {
            is_near(t(freedom).expect("a quantile"), published, 2e-6);
        }
        is_near(t(MANY).expect("a quantile"), t(MANY + 1.0).expect("a quantile"), 1e-6);
    }

    #[test]
    fn below_five_on_either_side_there_is_no_figure() {
        let (four, five) = (Sample::of_values([1.0, 2.0, 3.0, 4.0]), Sample::of_values([1.0, 2.0, 3.0, 4.0, 5.0]));
        let mean = |n: i64| Sample::of_summary(3.0, 1.0, n);
        let share = |n: i64| Sample::of_proportion(1, n);
        for (before, after) in [(&four, &five), (&five, &four), (&mean(4), &mean(99)), (&mean(99), &mean(1)), (&share(4), &share(9))] {
            let found = effect(Design::Independent, before, after);
            assert_eq!((found.verdict, found.figures), (Verdict::TooFew, None), "{before:?} {after:?}");
        }
        assert_eq!(effect(Design::Paired, &four, &Sample::of_values([2.0, 2.0, 3.0, 9.0])).verdict, Verdict::TooFew);
        assert!(effect(Design::Independent, &five, &five).figures.is_some());
        assert!(effect(Design::Independent, &share(5), &share(5)).figures.is_some());
    }

    #[test]
    fn where_all_gave_the_same_there_is_no_figure() {
        let all = |value: f64| Sample::of_values(vec![value; 7]);
        let exact = Sample::of_summary(4.0, 0.0, 30);
        for (design, before, after) in [
            (Design::Independent, all(0.1), all(0.3)),
            (Design::Independent, exact.clone(), exact.clone()),
            // One side alone would tell what each one there gave.
            (Design::Independent, all(3.0), Sample::of_values([1.0, 2.0, 3.0, 4.0, 5.0])),
            (Design::Independent, Sample::of_summary(3.0, 1.0, 30), exact.clone()),
            (Design::Paired, Sample::of_values([1.0, 2.0, 3.0, 4.0, 4.0]), Sample::of_values([5.0; 5])),
            (Design::Paired, all(3.0), all(4.0)),
            // All rose by 0.1, up to rounding.
            (Design::Paired, Sample::of_values([1.1, 2.2, 3.3, 4.4, 5.5]), Sample::of_values([1.2, 2.3, 3.4, 4.5, 5.6])),
        ] {
            let found = effect(design, &before, &after);
            assert_eq!((found.verdict, found.figures), (Verdict::NoSpread, None), "{before:?} {after:?}");
        }
    }

    #[test]
    fn what_breaks_the_rules_has_no_effect() {
        let values = Sample::of_values([1.0; 5]);
        assert_eq!(of(Design::Paired, Better::Higher, &values, &Sample::of_values([1.0; 6])), None);
        assert_eq!(of(Design::Independent, Better::Higher, &values, &Sample::of_proportion(1, 9)), None);
        assert_eq!(of(Design::Independent, Better::Higher, &values, &Sample::default()), None);
    }

    fn sample() -> impl Strategy<Value = Vec<f64>> {
        proptest::collection::vec(-1e3..1e3f64, 5..40)
    }

    fn share() -> impl Strategy<Value = Sample> {
        (5i64..500).prop_flat_map(|n| (0..=n).prop_map(move |successes| Sample::of_proportion(successes, n)))
    }

    /// Both sides of one kind, in a design that they allow.
    fn pair() -> impl Strategy<Value = (Design, Sample, Sample)> {
        let means = (sample(), sample()).prop_map(|(one, other)| (Design::Independent, Sample::of_values(one), Sample::of_values(other)));
        let same = proptest::collection::vec((-1e3..1e3f64, -1e3..1e3f64), 5..40).prop_map(|pairs| {
            let (before, after): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            (Design::Paired, Sample::of_values(before), Sample::of_values(after))
        });
        let shares = (share(), share()).prop_map(|(one, other)| (Design::Independent, one, other));
        prop_oneof![means, same, shares]
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_estimate((design, before, after) in pair()) {
            let found = figures(design, &before, &after);
            prop_assert!(found.low <= found.difference && found.difference <= found.high, "{found:?}");
            prop_assert!((found.after - found.before - found.difference).abs() < 1e-9);
        }

        #[test]
        fn the_other_way_round_it_is_the_opposite((design, before, after) in pair()) {
            let (there, back) = (figures(design, &before, &after), figures(design, &after, &before));
            prop_assert!((there.difference + back.difference).abs() < 1e-9);
            prop_assert!((there.low + back.high).abs() < 1e-9 && (there.high + back.low).abs() < 1e-9, "{there:?} {back:?}");
        }

        #[test]
        fn the_order_of_the_values_does_not_matter((design, before, after) in pair()) {
            let turned = |sample: &Sample| Sample { values: sample.values.clone().map(|mut values| { values.reverse(); values }), ..sample.clone() };
            let (one, other) = (figures(design, &before, &after), figures(design, &turned(&before), &turned(&after)));
            prop_assert!((one.low - other.low).abs() < 1e-9 && (one.high - other.high).abs() < 1e-9, "{one:?} {other:?}");
        }

        #[test]
        fn proportions_stay_within_what_can_be((before, after) in (share(), share())) {
            let found = figures(Design::Independent, &before, &after);
            prop_assert!(found.low >= -1.0 - 1e-12 && found.high <= 1.0 + 1e-12, "{found:?}");
        }
    }
}
