//! Answers to the goal self-assessment, the same each time. The mean over the four closed editions is what the answers
//! give; a test says that it is the reported 3.7.

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use shared::Lang;
use shared::training::{Goal, GoalStep, NewSelfAssessment};

/// How many chose steps 1, 2, 3 and 4 for each of the five goals, edition by edition; the last is the running one.
const CHOICES: [[[usize; 4]; 5]; 5] = [
    [[0, 0, 5, 13], [0, 1, 6, 11], [0, 0, 4, 14], [1, 1, 5, 11], [0, 1, 5, 12]],
    [[0, 0, 5, 14], [0, 1, 5, 13], [0, 0, 3, 16], [0, 2, 5, 12], [0, 1, 4, 14]],
    [[0, 0, 5, 15], [0, 0, 6, 14], [0, 0, 3, 17], [0, 1, 6, 13], [0, 1, 4, 15]],
    [[0, 0, 3, 14], [0, 0, 4, 13], [0, 0, 2, 15], [0, 1, 4, 12], [0, 0, 4, 13]],
    [[0, 0, 5, 14], [0, 1, 4, 14], [0, 0, 3, 16], [0, 1, 6, 12], [0, 0, 6, 13]],
];

const GREETINGS: [(Lang, &str); 10] = [
    (Lang::Fi, "Tämä valmennus pitäisi järjestää koko henkilöstölle."),
    (Lang::Fi, "Toivon, että jokainen työkaverini pääsee mukaan seuraavalla kerralla."),
    (Lang::Fi, "Suosittelen kaikille, jotka kohtaavat asiakkaita."),
    (Lang::Fi, "Olisin tarvinnut tämän jo vuosia sitten. Ottakaa kaikki mukaan."),
    (Lang::Fi, "Parasta oli tutustua muiden yksiköiden väkeen."),
    (Lang::Fi, "Kehittämiselle on harvoin aikaa, nyt sitä oli. Samaa muillekin."),
    (Lang::Fi, "Koko tiimimme pitäisi käydä tämä yhdessä, lähijohtajat myös."),
    (Lang::Fi, "Menetelmät jäivät käyttöön. Toivottavasti valmennus jatkuu."),
    (Lang::Sv, "Jag önskar att hela personalen får gå utbildningen."),
    (Lang::Fi, "Välitehtäviin olisi saanut olla enemmän työaikaa."),
];

/// The answers of an edition, 0–4, person by person.
pub fn of_edition(edition: usize, goals: &[Goal]) -> Vec<NewSelfAssessment> {
    let steps = steps(edition);
    let people = steps.first().map_or(0, Vec::len);
    let answer = |person: usize| {
        let chosen = goals.iter().zip(&steps).map(|(goal, steps)| GoalStep { goal_id: goal.id, step: steps[person] });
        // More than half leave a greeting.
        let greeting = GREETINGS.get((person * 3 + edition) % 17);
        NewSelfAssessment {
            steps: chosen.collect(),
            greeting: greeting.map(|(_, text)| (*text).to_owned()).unwrap_or_default(),
            lang: greeting.map_or(Lang::Fi, |(lang, _)| *lang),
        }
    };
    (0..people).map(answer).collect()
}

/// The steps chosen for each goal, person by person.
fn steps(edition: usize) -> Vec<Vec<u8>> {
    let mut random = StdRng::seed_from_u64(2017 + edition as u64);
    let shuffled = |counts: &[usize; 4]| {
        let mut steps: Vec<u8> = (1u8..).zip(counts).flat_map(|(step, count)| std::iter::repeat_n(step, *count)).collect();
        steps.shuffle(&mut random);
        steps
    };
    CHOICES[edition].iter().map(shuffled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(edition: usize) -> Vec<u8> {
        steps(edition).concat()
    }

    #[test]
    fn the_mean_of_every_closed_answer_is_the_reported_one() {
        let answers: Vec<u8> = (0..4).flat_map(all).collect();
        let sum: usize = answers.iter().map(|step| usize::from(*step)).sum();
        let hundredths = (sum * 100 + answers.len() / 2) / answers.len();
        assert_eq!(hundredths, 370);
    }

    #[test]
    fn every_goal_is_answered_by_the_same_people_and_editions_differ() {
        let mut means = Vec::new();
        for edition in 0..5 {
            let steps = steps(edition);
            assert!(steps.iter().all(|goal| goal.len() == steps[0].len()), "edition {edition}");
            assert!((17..=20).contains(&steps[0].len()));
            means.push(all(edition).iter().map(|step| f64::from(*step)).sum::<f64>() / all(edition).len() as f64);
        }
        assert!(means[..4].windows(2).all(|pair| pair[0] < pair[1]), "{means:?}");
        assert_eq!(steps(4)[0].len(), 19);
    }
}
