//! What a trial changed: figures worked out by the server, and the plain sentence that says them.

use super::Better;
use crate::{Lang, format};
use serde::{Deserialize, Serialize};

/// Fewest people on either side of a shown effect.
pub const MIN_FOR_EFFECT: i64 = 5;

crate::code_enum! {
    /// How an effect was worked out.
    EffectKind {
        /// Difference of two means, by Welch.
        Means = "means",
        /// Mean of the differences of the same people.
        Paired = "paired",
        /// Difference of two proportions, by Newcombe.
        Proportions = "proportions",
    }
}

crate::code_enum! {
    /// What can be said of an effect.
    Verdict {
        /// All of the interval lies on the better side.
        Better = "better",
        /// All of it lies on the worse side.
        Worse = "worse",
        /// No change lies within it.
        Unclear = "unclear",
        /// Fewer than five on either side: no figure is shown.
        TooFew = "too_few",
        /// All on a side gave the same, or all changed as much: figures would tell what each one gave.
        NoSpread = "no_spread",
    }
}

/// The effect of a trial on one thing that was measured. Figures are absent where the verdict says that none is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Effect {
    pub kind: EffectKind,
    pub verdict: Verdict,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figures: Option<EffectFigures>,
}

/// The figures of an effect. Proportions are from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EffectFigures {
    /// Mean or proportion before.
    #[cfg_attr(feature = "openapi", schema(example = 3.1))]
    pub before: f64,
    /// Mean or proportion after.
    #[cfg_attr(feature = "openapi", schema(example = 3.6))]
    pub after: f64,
    /// People behind it before.
    #[cfg_attr(feature = "openapi", schema(example = 92))]
    pub n_before: i64,
    /// People behind it after.
    #[cfg_attr(feature = "openapi", schema(example = 97))]
    pub n_after: i64,
    /// After less before.
    #[cfg_attr(feature = "openapi", schema(example = 0.5))]
    pub difference: f64,
    /// Lower end of the 95 % interval of the difference.
    #[cfg_attr(feature = "openapi", schema(example = 0.3))]
    pub low: f64,
    /// Upper end of it.
    #[cfg_attr(feature = "openapi", schema(example = 0.7))]
    pub high: f64,
}

impl EffectFigures {
    /// What the interval says.
    pub fn verdict(&self, better: Better) -> Verdict {
        let (up, down) = (self.low > 0.0, self.high < 0.0);
        match better {
            Better::Higher if up => Verdict::Better,
            Better::Lower if down => Verdict::Better,
            _ if up || down => Verdict::Worse,
            _ => Verdict::Unclear,
        }
    }

    /// Decimals that tell the ends of the interval apart and no more: 0.1…0.7, 12…41.
    pub fn decimals(&self) -> usize {
        let width = (self.high - self.low) / 3.0;
        (0..6).find(|decimals| width * 10f64.powi(*decimals) >= 1.0).map_or(6, |decimals| usize::try_from(decimals).unwrap_or(0))
    }
}

impl Effect {
    /// An effect of which no figure is shown.
    pub const fn hidden(kind: EffectKind, verdict: Verdict) -> Self {
        Self { kind, verdict, figures: None }
    }

    /// The plain sentences: what changed and how sure that is, and what cannot be known without others to compare with.
    pub fn sentences(&self, lang: Lang) -> Vec<String> {
        let Some(figures) = self.figures else {
            let key = if self.verdict == Verdict::TooFew { "trials-effect-too-few" } else { "trials-effect-no-spread" };
            return vec![lang.text(key)];
        };
        vec![self.change(&figures, lang), self.certainty(lang), lang.text("trials-effect-no-comparison")]
    }

    /// `Keskiarvo nousi 0,4; 18 vastauksella muutos voi olla mitä tahansa 0,1:n ja 0,7:n väliltä.`
    fn change(&self, figures: &EffectFigures, lang: Lang) -> String {
        let share = self.kind == EffectKind::Proportions;
        let shown = if share { figures.in_percent() } else { *figures };
        let decimals = shown.decimals();
        let text = |value: f64| format::decimal(if rounds_to_none(value, decimals) { 0.0 } else { value }, decimals, lang);
        let size = text(shown.difference.abs());
        let way = match shown.difference {
            none if rounds_to_none(none, decimals) => "same",
            up if up > 0.0 => "rose",
            _ => "fell",
        };
        let what = if share { "share" } else { "mean" };
        let head = lang.text_with(&format!("trials-effect-{what}-{way}"), &[("size", &size)]);
        let answers = if self.kind == EffectKind::Paired || figures.n_before == figures.n_after {
            lang.text_with("trials-effect-answers", &[("n", &figures.n_after.to_string())])
        } else {
            let [before, after] = [figures.n_before, figures.n_after].map(|n| n.to_string());
            lang.text_with("trials-effect-answers-each", &[("before", &before), ("after", &after)])
        };
        let key = if share { "trials-effect-range-share" } else { "trials-effect-range" };
        lang.text_with(key, &[("head", &head), ("answers", &answers), ("low", &text(shown.low)), ("high", &text(shown.high))])
    }

    fn certainty(&self, lang: Lang) -> String {
        match self.verdict {
            Verdict::Better => lang.text("trials-effect-better"),
            Verdict::Worse => lang.text("trials-effect-worse"),
            _ => lang.text("trials-effect-unclear"),
        }
    }
}

impl EffectFigures {
    /// Proportions as hundredths.
    pub fn in_percent(&self) -> Self {
        let [before, after, difference, low, high] =
            [self.before, self.after, self.difference, self.low, self.high].map(|share| share * 100.0);
        Self { before, after, difference, low, high, ..*self }
    }
}

/// Whether a value would be written as zero, which has no sign.
fn rounds_to_none(value: f64, decimals: usize) -> bool {
    format!("{:.decimals$}", value.abs()).chars().all(|c| matches!(c, '0' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effect(kind: EffectKind, difference: f64, low: f64, high: f64, n: [i64; 2]) -> Effect {
        let figures = EffectFigures { before: 0.2, after: 0.2 + difference, n_before: n[0], n_after: n[1], difference, low, high };
        Effect { kind, verdict: figures.verdict(Better::Higher), figures: Some(figures) }
    }

    #[test]
    fn the_sentence_says_the_change_its_bounds_and_what_it_cannot_prove() {
        let paired = effect(EffectKind::Paired, 0.4, 0.1, 0.7, [18, 18]);
        assert_eq!(
            paired.sentences(Lang::Fi),
            [
                "Keskiarvo nousi 0,4; 18 vastauksella muutos voi olla mitä tahansa 0,1:n ja 0,7:n väliltä.",
                "Muutos parempaan tuskin on sattumaa.",
                "Vertailuryhmää ei ollut, joten muukin on voinut vaikuttaa.",
            ]
        );
        assert_eq!(
            paired.sentences(Lang::En)[0],
            "The mean rose by 0.4; with 18 answers the change could be anything between 0.1 and 0.7."
        );
        assert_eq!(
            paired.sentences(Lang::Sv)[0],
            "Medelvärdet steg med 0,4; med 18 svar kan förändringen vara vad som helst mellan 0,1 och 0,7."
        );
        let fell = effect(EffectKind::Means, -23.0, -29.4, -16.2, [92, 97]);
        assert_eq!(
            fell.sentences(Lang::Fi)[0],
            "Keskiarvo laski 23; 92 + 97 vastauksella muutos voi olla mitä tahansa \u{2212}29:n ja \u{2212}16:n väliltä."
        );
        let share = effect(EffectKind::Proportions, 0.2, 0.0524, 0.3339, [80, 70]);
        assert_eq!(
            share.sentences(Lang::Fi)[0],
            "Osuus nousi 20 prosenttiyksikköä; 80 + 70 vastauksella muutos voi olla mitä tahansa 5:n ja 33 prosenttiyksikön väliltä."
        );
        let same = effect(EffectKind::Means, 0.01, -0.3, 0.3, [20, 20]);
        assert_eq!(
            same.sentences(Lang::Fi)[..2],
            [
                "Keskiarvo pysyi samana; 20 vastauksella muutos voi olla mitä tahansa \u{2212}0,3:n ja 0,3:n väliltä.".to_owned(),
                "Muutos voi olla myös sattumaa.".to_owned()
            ]
        );
    }

    #[test]
    fn what_is_hidden_is_said_without_a_figure() {
        for lang in Lang::ALL {
            for verdict in [Verdict::TooFew, Verdict::NoSpread] {
                let sentences = Effect::hidden(EffectKind::Means, verdict).sentences(*lang);
                assert_eq!(sentences.len(), 1);
                assert!(!sentences[0].starts_with("trials-") && !sentences[0].contains(|c: char| c.is_ascii_digit()), "{sentences:?}");
            }
        }
    }

    #[test]
    fn better_is_what_the_measure_says() {
        let rise = effect(EffectKind::Means, 2.0, 1.0, 3.0, [9, 9]).figures.expect("figures");
        let fall = effect(EffectKind::Means, -2.0, -3.0, -1.0, [9, 9]).figures.expect("figures");
        let touching = effect(EffectKind::Means, 2.0, 0.0, 4.0, [9, 9]).figures.expect("figures");
        assert_eq!((rise.verdict(Better::Higher), rise.verdict(Better::Lower)), (Verdict::Better, Verdict::Worse));
        assert_eq!((fall.verdict(Better::Higher), fall.verdict(Better::Lower)), (Verdict::Worse, Verdict::Better));
        assert_eq!((touching.verdict(Better::Higher), touching.verdict(Better::Lower)), (Verdict::Unclear, Verdict::Unclear));
    }

    #[test]
    fn as_many_decimals_as_tell_the_ends_apart() {
        for (width, decimals) in [(0.6, 1), (0.4, 1), (1.76, 1), (4.9, 0), (300.0, 0), (0.28, 2), (0.0, 6)] {
            let figures = effect(EffectKind::Means, 1.0, 1.0 - width / 2.0, 1.0 + width / 2.0, [9, 9]).figures.expect("figures");
            assert_eq!(figures.decimals(), decimals, "{width}");
        }
    }
}
