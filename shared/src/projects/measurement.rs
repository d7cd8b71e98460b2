//! What was measured in a trial, before and after. The effect is worked out from it by the server, never typed.

use super::Effect;
use crate::{Lang, MeasurementId, TrialId, rules};
use garde::Error;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Most values on one side of a measurement.
pub const VALUES_MAX: usize = 1_000;
/// Largest and, negative, smallest value.
pub const VALUE_MAX: f64 = 1e9;
/// Most people behind one side of a measurement.
pub const PEOPLE_MAX: i64 = 1_000_000;
/// Most measurements of one trial.
pub const MEASUREMENTS_MAX: i64 = 10;

crate::code_enum! {
    /// Whether those measured after are those measured before.
    Design {
        /// Others, or nobody knows.
        Independent = "independent",
        /// The same, in the same order.
        Paired = "paired",
    }
}

crate::code_enum! {
    /// Which way is for the better.
    Better { Higher = "higher", Lower = "lower" }
}

/// The ends of the scale on which was measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Scale {
    #[garde(custom(number))]
    #[cfg_attr(feature = "openapi", schema(minimum = -1e9, maximum = 1e9, example = 1.0))]
    pub min: f64,
    /// Over the least.
    #[garde(custom(number), custom(|max: &f64, _: &()| above(self.min, *max)))]
    #[cfg_attr(feature = "openapi", schema(minimum = -1e9, maximum = 1e9, example = 5.0))]
    pub max: f64,
}

/// Mean and standard deviation of so many.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SampleSummary {
    #[garde(custom(number))]
    #[cfg_attr(feature = "openapi", schema(minimum = -1e9, maximum = 1e9, example = 3.1))]
    pub mean: f64,
    /// Of the sample, with n − 1 under the line.
    #[garde(custom(not_negative))]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1e9, example = 0.9))]
    pub standard_deviation: f64,
    #[garde(custom(rules::between(1, PEOPLE_MAX)))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 1000000, example = 92))]
    pub n: i64,
}

/// Of how many it was so.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proportion {
    /// At most n.
    #[garde(custom(rules::between(0, self.n)))]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1000000, example = 56))]
    pub successes: i64,
    #[garde(custom(rules::between(1, PEOPLE_MAX)))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 1000000, example = 70))]
    pub n: i64,
}

/// One side of a measurement, in one of three forms: exactly one member is there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sample {
    /// What each one gave.
    #[garde(custom(optional_values))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 1000))]
    pub values: Option<Vec<f64>>,
    #[garde(dive)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<SampleSummary>,
    #[garde(dive)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proportion: Option<Proportion>,
}

/// A [`Sample`] as what it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SampleForm<'a> {
    Values(&'a [f64]),
    Summary(SampleSummary),
    Proportion(Proportion),
}

impl Sample {
    /// The one form that it has; none when it has no form, or several.
    pub fn form(&self) -> Option<SampleForm<'_>> {
        match (&self.values, self.summary, self.proportion) {
            (Some(values), None, None) => Some(SampleForm::Values(values)),
            (None, Some(summary), None) => Some(SampleForm::Summary(summary)),
            (None, None, Some(proportion)) => Some(SampleForm::Proportion(proportion)),
            _ => None,
        }
    }

    /// The values of one side.
    pub fn of_values(values: impl Into<Vec<f64>>) -> Self {
        Self { values: Some(values.into()), ..Self::default() }
    }

    /// Mean, standard deviation and n of one side.
    pub fn of_summary(mean: f64, standard_deviation: f64, n: i64) -> Self {
        Self { summary: Some(SampleSummary { mean, standard_deviation, n }), ..Self::default() }
    }

    /// Successes of n of one side.
    pub fn of_proportion(successes: i64, n: i64) -> Self {
        Self { proportion: Some(Proportion { successes, n }), ..Self::default() }
    }
}

impl SampleForm<'_> {
    /// How many people are behind it.
    pub fn people(&self) -> i64 {
        match self {
            Self::Values(values) => i64::try_from(values.len()).unwrap_or(i64::MAX),
            Self::Summary(summary) => summary.n,
            Self::Proportion(proportion) => proportion.n,
        }
    }

    /// Whether an effect can be worked out of both.
    fn is_like(&self, other: &Self) -> bool {
        let share = |form: &Self| matches!(form, Self::Proportion(_));
        share(self) == share(other)
    }

    /// Whether everything lies on a scale.
    fn is_within(&self, scale: Scale) -> bool {
        let within = |value: &f64| (scale.min..=scale.max).contains(value);
        match self {
            Self::Values(values) => values.iter().all(within),
            Self::Summary(summary) => within(&summary.mean),
            Self::Proportion(_) => true,
        }
    }
}

/// One thing that was measured in a trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Measurement {
    pub id: MeasurementId,
    pub version: i64,
    pub trial_id: TrialId,
    #[cfg_attr(feature = "openapi", schema(example = "Hoitotarvikkeiden saaminen oli helppoa"))]
    pub name: String,
    /// What is counted, where it has a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "noutoa viikossa"))]
    pub unit: Option<String>,
    /// The language of the name and of the unit.
    pub lang: Lang,
    pub design: Design,
    pub better: Better,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// Worked out anew at each reading.
    pub effect: Effect,
    /// What was measured before: only where the measurement alone is read, by those who may work on the project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Sample>,
    /// What was measured after, shown as `before` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Sample>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What can be said of a measurement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewMeasurement {
    #[garde(custom(rules::line))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub name: String,
    #[garde(custom(rules::optional_line))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub unit: Option<String>,
    #[garde(skip)]
    pub lang: Lang,
    #[garde(skip)]
    pub design: Design,
    #[garde(skip)]
    pub better: Better,
    #[garde(dive)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    #[garde(dive, custom(|sample: &Sample, _: &()| has_one_form(sample)), custom(|sample: &Sample, _: &()| is_on(self.scale, sample)))]
    pub before: Sample,
    /// Of the same kind as before; where the same were measured, as many values in the same order.
    #[garde(
        dive,
        custom(|sample: &Sample, _: &()| has_one_form(sample)),
        custom(|sample: &Sample, _: &()| is_on(self.scale, sample)),
        custom(|sample: &Sample, _: &()| goes_with(self.design, &self.before, sample))
    )]
    pub after: Sample,
}

/// One side of a measurement in a merge patch. Who changes its form gives the old one as null.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SampleChanges {
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 1000, value_type = Option<Vec<f64>>))]
    pub values: Option<Option<Vec<f64>>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<SampleSummary>))]
    pub summary: Option<Option<SampleSummary>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Proportion>))]
    pub proportion: Option<Option<Proportion>>,
}

impl From<Sample> for SampleChanges {
    /// The patch that makes any side this one.
    fn from(sample: Sample) -> Self {
        Self { values: Some(sample.values), summary: Some(sample.summary), proportion: Some(sample.proportion) }
    }
}

/// A merge patch of a measurement.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasurementChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, nullable = false))]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, value_type = Option<String>))]
    pub unit: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub lang: Option<Lang>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub design: Option<Design>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub better: Option<Better>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Scale>))]
    pub scale: Option<Option<Scale>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub before: Option<SampleChanges>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub after: Option<SampleChanges>,
}

fn number<C>(value: &f64, _: &C) -> garde::Result {
    if value.is_finite() && value.abs() <= VALUE_MAX { Ok(()) } else { Err(Error::new("number_too_large")) }
}

fn not_negative<C>(value: &f64, context: &C) -> garde::Result {
    if *value < 0.0 { Err(Error::new("negative")) } else { number(value, context) }
}

fn above(min: f64, max: f64) -> garde::Result {
    if max > min { Ok(()) } else { Err(Error::new("scale_ends_before_start")) }
}

fn optional_values<C>(values: &Option<Vec<f64>>, context: &C) -> garde::Result {
    let Some(values) = values else { return Ok(()) };
    if values.is_empty() {
        return Err(Error::new("required"));
    }
    rules::at_most(VALUES_MAX)(values, context)?;
    values.iter().try_for_each(|value| number(value, context))
}

fn has_one_form(sample: &Sample) -> garde::Result {
    if sample.form().is_some() { Ok(()) } else { Err(Error::new("one_form")) }
}

fn is_on(scale: Option<Scale>, sample: &Sample) -> garde::Result {
    match (scale, sample.form()) {
        (Some(scale), Some(form)) if !form.is_within(scale) => Err(Error::new(format!("not_on_scale:{}\u{2013}{}", scale.min, scale.max))),
        _ => Ok(()),
    }
}

fn goes_with(design: Design, before: &Sample, after: &Sample) -> garde::Result {
    let (Some(before), Some(after)) = (before.form(), after.form()) else { return Ok(()) };
    match (design, before, after) {
        (Design::Paired, SampleForm::Values(before), SampleForm::Values(after)) if before.len() == after.len() => Ok(()),
        (Design::Paired, SampleForm::Values(_), SampleForm::Values(_)) => Err(Error::new("pairs_differ_in_number")),
        (Design::Paired, ..) => Err(Error::new("pairs_need_values")),
        (Design::Independent, before, after) if before.is_like(&after) => Ok(()),
        (Design::Independent, ..) => Err(Error::new("other_kind")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measurement(design: Design, before: Sample, after: Sample) -> NewMeasurement {
        let scale = Some(Scale { min: 1.0, max: 5.0 });
        NewMeasurement { name: "Helppous".to_owned(), unit: None, lang: Lang::Fi, design, better: Better::Higher, scale, before, after }
    }

    fn told(measurement: &NewMeasurement) -> Vec<(String, String)> {
        rules::faults(measurement).into_iter().map(|fault| (fault.pointer, fault.code)).collect()
    }

    fn only(pointer: &str, code: &str) -> Vec<(String, String)> {
        vec![(pointer.to_owned(), code.to_owned())]
    }

    #[test]
    fn both_sides_are_of_one_kind_and_pairs_have_as_many_values() {
        use Design::{Independent, Paired};
        let (three, two) = (Sample::of_values([1.0, 2.0, 3.0]), Sample::of_values([1.0, 2.0]));
        let (mean, share) = (Sample::of_summary(3.0, 1.0, 9), Sample::of_proportion(3, 9));
        assert_eq!(told(&measurement(Independent, three.clone(), two.clone())), []);
        assert_eq!(told(&measurement(Independent, three.clone(), mean.clone())), [], "both are means");
        assert_eq!(told(&measurement(Paired, three.clone(), three.clone())), []);
        assert_eq!(told(&measurement(Paired, three.clone(), two)), only("/after", "pairs_differ_in_number"));
        assert_eq!(told(&measurement(Paired, mean.clone(), mean.clone())), only("/after", "pairs_need_values"));
        assert_eq!(told(&measurement(Independent, mean.clone(), share)), only("/after", "other_kind"));
        let both = Sample { summary: mean.summary, ..three.clone() };
        assert_eq!(told(&measurement(Independent, both, three.clone())), only("/before", "one_form"));
        assert_eq!(told(&measurement(Independent, three, Sample::default())), only("/after", "one_form"));
    }

    #[test]
    fn figures_that_cannot_be_are_named() {
        let good = Sample::of_summary(3.0, 1.0, 9);
        let with = |before: Sample| told(&measurement(Design::Independent, before, good.clone()));
        assert_eq!(with(Sample::of_values([])), only("/before/values", "required"));
        assert_eq!(with(Sample::of_values(vec![1.0; VALUES_MAX + 1])), only("/before/values", "too_many"));
        assert_eq!(with(Sample::of_values([6.0])), only("/before", "not_on_scale"));
        assert_eq!(with(Sample::of_summary(3.0, -0.1, 9)), only("/before/summary/standard_deviation", "negative"));
        assert_eq!(with(Sample::of_summary(3.0, 1.0, 0)), only("/before/summary/n", "out_of_range"));
        let wide = NewMeasurement { scale: None, ..measurement(Design::Independent, Sample::of_values([2e9]), good.clone()) };
        assert_eq!(told(&wide), only("/before/values", "number_too_large"));
        let more = measurement(Design::Independent, Sample::of_proportion(10, 9), Sample::of_proportion(1, 9));
        assert_eq!(told(&more), only("/before/proportion/successes", "out_of_range"));
        let turned = NewMeasurement { scale: Some(Scale { min: 5.0, max: 5.0 }), ..measurement(Design::Independent, good.clone(), good) };
        assert!(told(&turned).contains(&("/scale/max".to_owned(), "scale_ends_before_start".to_owned())));
    }
}
