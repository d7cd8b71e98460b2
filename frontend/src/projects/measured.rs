//! What was measured: the effect as a sentence, and as a picture that says no more than the sentence does.

use crate::session::{session, tv};
use leptos::prelude::*;
use shared::projects::{Effect, EffectFigures, EffectKind, Measurement, Scale};
use shared::{Lang, format::decimal};

/// Where the picture is drawn, in its own units.
const WIDTH: f64 = 480.0;
const LEFT: f64 = 90.0;
const RIGHT: f64 = 390.0;

/// One measurement with its effect.
pub fn measured(one: Measurement) -> AnyView {
    let Measurement { name, unit, lang, effect, scale, .. } = one;
    let sentences = {
        let effect = effect.clone();
        move || effect.sentences(session().lang.get()).into_iter().map(|sentence| view! { <span>{sentence} " "</span> }).collect_view()
    };
    let unit = unit.map(|unit| view! { <span class="small" lang=lang.as_str()>" (" {unit} ")"</span> });
    view! {
        <h3 class="ds-heading" data-size="2xs"><span lang=lang.as_str()>{name}</span> {unit}</h3>
        {move || picture(&effect, scale, session().lang.get())}
        <p class="ds-paragraph">{sentences}</p>
    }
    .into_any()
}

fn picture(effect: &Effect, scale: Option<Scale>, lang: Lang) -> Option<AnyView> {
    let figures = effect.figures.map(|figures| if effect.kind == EffectKind::Proportions { figures.in_percent() } else { figures })?;
    let scale = if effect.kind == EffectKind::Proportions { Some(Scale { min: 0.0, max: 100.0 }) } else { scale };
    let decimals = figures.decimals().max(usize::from(scale.is_some_and(|scale| scale.max - scale.min < 20.0)));
    let said = |value: f64| decimal(value, decimals, lang);
    let [before, after, low, high] = [figures.before, figures.after, figures.before + figures.low, figures.before + figures.high]
        .map(|value| at(value, &figures, scale));
    let count = |key: &str, n: i64| tv(key, &[("n", &n.to_string())]);
    let label = format!(
        "{} {}, {} {}",
        count("trials-before-n", figures.n_before),
        said(figures.before),
        count("trials-after-n", figures.n_after),
        said(figures.after)
    );
    Some(
        view! {
            <div class="before-after">
                <p><span class="figure">{said(figures.before)}</span> <span class="small">{count("trials-before-n", figures.n_before)}</span></p>
                <p aria-hidden="true">"→"</p>
                <p><span class="figure now">{said(figures.after)}</span> <span class="small">{count("trials-after-n", figures.n_after)}</span></p>
                <svg class="chart-change" role="img" aria-label=label viewBox=format!("0 0 {WIDTH} 64") width="100%">
                    <line class="chart-grid" x1=LEFT.to_string() x2=RIGHT.to_string() y1="32" y2="32" />
                    <circle class="chart-dot" cx=before.clone() cy="16" r="6" />
                    <line class="chart-line" x1=low x2=high y1="46" y2="46" />
                    <circle class="chart-dot-now" cx=after.clone() cy="46" r="7" />
                </svg>
            </div>
        }
        .into_any(),
    )
}

/// Where a value lies on the scale; without one, on a scale just wide enough for all that is drawn.
fn at(value: f64, figures: &EffectFigures, scale: Option<Scale>) -> String {
    let drawn = [figures.before, figures.after, figures.before + figures.low, figures.before + figures.high];
    let (least, most) = match scale {
        Some(scale) => (scale.min, scale.max),
        None => (drawn.into_iter().fold(f64::INFINITY, f64::min), drawn.into_iter().fold(f64::NEG_INFINITY, f64::max)),
    };
    let share = if most > least { ((value - least) / (most - least)).clamp(0.0, 1.0) } else { 0.5 };
    format!("{:.1}", LEFT + share * (RIGHT - LEFT))
}
