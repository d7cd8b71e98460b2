//! What was measured, as it is written down: before and after, in one of three forms.

use super::trial::Ctx;
use super::trial_form::read;
use crate::session::t;
use crate::ui::field::{Line, choices, chosen as chosen_in, field_id, filled};
use crate::ui::{Form, FormState, Select, TextField};
use leptos::prelude::*;
use shared::Lang;
use shared::problem::Fault;
use shared::projects::{Better, Design, NewMeasurement, Proportion, Sample, SampleSummary, Scale, Trial};

/// How a side is written down.
const KINDS: [&str; 3] = ["values", "summary", "proportion"];

/// The fields of one side.
#[derive(Clone, Copy, Default)]
struct Side {
    values: RwSignal<String>,
    mean: RwSignal<String>,
    deviation: RwSignal<String>,
    successes: RwSignal<String>,
    n: RwSignal<String>,
}

/// A number as people write it, with a comma or a point.
fn number(text: &str) -> Option<f64> {
    text.trim().replace(',', ".").replace('\u{2212}', "-").parse().ok().filter(|number: &f64| number.is_finite())
}

/// Numbers on lines of their own, or set apart by semicolons or spaces: a comma belongs to a number.
fn numbers(text: &str) -> Option<Vec<f64>> {
    text.split([';', '\n', ' ', '\t']).filter(|part| !part.trim().is_empty()).map(number).collect()
}

/// The number of a field; the fault when it is none.
fn figure(value: RwSignal<String>, pointer: String) -> Result<f64, Vec<Fault>> {
    let text = filled(value).ok_or_else(|| vec![Fault::new(pointer.clone(), "required", None)])?;
    number(&text).ok_or_else(|| vec![Fault::new(pointer, "malformed", None)])
}

impl Side {
    fn sample(self, kind: &str, side: &str) -> Result<Sample, Vec<Fault>> {
        let count = |value: RwSignal<String>, name: &str| {
            let pointer = format!("/{side}/{name}");
            read::<i64>(value, &pointer)?.ok_or_else(|| vec![Fault::new(pointer, "required", None)])
        };
        Ok(match kind {
            "summary" => {
                let (mean, deviation) = (format!("/{side}/summary/mean"), format!("/{side}/summary/standard_deviation"));
                let (mean, standard_deviation) = (figure(self.mean, mean)?, figure(self.deviation, deviation)?);
                Sample { summary: Some(SampleSummary { mean, standard_deviation, n: count(self.n, "summary/n")? }), ..Sample::default() }
            }
            "proportion" => {
                let (successes, n) = (count(self.successes, "proportion/successes")?, count(self.n, "proportion/n")?);
                Sample { proportion: Some(Proportion { successes, n }), ..Sample::default() }
            }
            _ => {
                let pointer = format!("/{side}/values");
                let values = numbers(&self.values.get_untracked()).ok_or_else(|| vec![Fault::new(pointer, "malformed", None)])?;
                Sample::of_values(values)
            }
        })
    }
}

/// The form of a new measurement of the chosen trial.
#[component]
pub fn MeasurementForm(ctx: Ctx, open: RwSignal<bool>, chosen: RwSignal<Option<Trial>>) -> impl IntoView {
    let (session, form, text) = (ctx.session, FormState::default(), RwSignal::<String>::default);
    let (name, unit, min, max) = (text(), text(), text(), text());
    let design = RwSignal::new(Design::Independent.to_string());
    let better = RwSignal::new(Better::Higher.to_string());
    let kind = RwSignal::new(KINDS[0].to_owned());
    let (before, after) = (Side::default(), Side::default());
    let written = move |lang: Lang| -> Result<NewMeasurement, Vec<Fault>> {
        let kind = kind.get_untracked();
        let scale = match (filled(min), filled(max)) {
            (None, None) => None,
            _ => Some(Scale { min: figure(min, "/scale/min".to_owned())?, max: figure(max, "/scale/max".to_owned())? }),
        };
        Ok(NewMeasurement {
            name: name.get_untracked().trim().to_owned(),
            unit: filled(unit),
            lang,
            design: chosen_in(design, Design::Independent),
            better: chosen_in(better, Better::Higher),
            scale,
            before: before.sample(&kind, "before")?,
            after: after.sample(&kind, "after")?,
        })
    };
    let save = Callback::new(move |()| {
        let Some(Trial { id, lang, .. }) = chosen.get_untracked() else { return };
        let new = match written(lang) {
            Ok(new) => new,
            Err(faults) => return form.refuse(faults),
        };
        if form.check(&new) {
            form.send(session.send(new, move |client, new| async move { client.create_measurement(id, &new).await }), move |_| {
                open.set(false);
                session.say("trials-measurement-saved");
                ctx.trials.refetch();
            });
        }
    });
    let sides = move || {
        let kind = kind.get();
        [("before", "trials-before", before), ("after", "trials-after", after)]
            .map(|(side, title, fields)| one_side(form, &kind, side, title, fields))
            .collect_view()
    };
    view! {
        <Form form submit="common-save" on_submit=save>
            <TextField form pointer="/name" label="trials-measurement-name" hint="trials-measurement-name-hint" value=name />
            <TextField form pointer="/unit" label="trials-measurement-unit" value=unit optional=true />
            <Select form pointer="/design" label="trials-design" value=design options=choices("trials-design", Design::ALL.iter().map(|code| code.as_str())) />
            <Select form pointer="/better" label="trials-better" value=better options=choices("trials-better", Better::ALL.iter().map(|code| code.as_str())) />
            <TextField form pointer="/scale/min" label="trials-scale-min" value=min optional=true />
            <TextField form pointer="/scale/max" label="trials-scale-max" value=max optional=true />
            <Select form pointer="/kind" label="trials-sample" value=kind options=choices("trials-sample", KINDS) />
            {sides}
        </Form>
    }
}

fn one_side(form: FormState, kind: &str, side: &'static str, title: &'static str, fields: Side) -> AnyView {
    let line = |name: &str, label: &'static str, value: RwSignal<String>| {
        Line::new(form, format!("/{side}/{name}"), Signal::derive(move || t(label)), value)
    };
    let inputs = match kind {
        "summary" => vec![
            line("summary/mean", "trials-sample-mean", fields.mean).view(),
            line("summary/standard_deviation", "trials-sample-deviation", fields.deviation).view(),
            line("summary/n", "trials-sample-n", fields.n).view(),
        ],
        "proportion" => vec![
            line("proportion/successes", "trials-sample-successes", fields.successes).view(),
            line("proportion/n", "trials-sample-n", fields.n).view(),
        ],
        _ => vec![Line { tall: true, hint: "trials-sample-values-hint", ..line("values", "trials-sample-values", fields.values) }.view()],
    };
    let id = field_id(&format!("/{side}"));
    view! { <fieldset class="ds-fieldset" id=id tabindex="-1"><legend class="ds-label" data-weight="medium">{move || t(title)}</legend>{inputs}</fieldset> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(numbers("3,1; 4\n5.5  \u{2212}2"), Some(vec![3.1, 4.0, 5.5, -2.0]));
        assert_eq!(numbers(" \n"), Some(Vec::new()));
        assert_eq!(numbers("3; kolme"), None);
    }
}
