//! F5: nothing that is hidden can be worked out from all that is published, by exact elimination.
//!
//! The unknowns are the counts: how many of each edition chose each step for each goal. Whatever is published
//! of means, sums and distributions is an equation on them. Hidden is protected when no unknown of it, and no sum of
//! steps of a hidden edition, follows from the equations.

use proptest::prelude::*;
use shared::training::results::{AnswerSet, Figures, MIN_FOR_MEAN, publish, sum_up};
use shared::training::{EditionResults, ProgrammeResults, Season};
use shared::{EditionId, GoalId, LocalText, ProgrammeId};
use tests::TestApp;
use tests::rational::Knowledge;
use tests::training::answers;

const STEPS: usize = 4;

/// What the tester knows and nobody else: the answers themselves, edition by edition.
type World = Vec<Vec<Vec<u8>>>;

/// One goal's or all goals' figures of one edition or all.
struct Cell<'a> {
    figures: &'a Figures,
    /// The unknowns behind it: (edition, goal).
    behind: Vec<(usize, usize)>,
}

struct Published<'a> {
    goals: usize,
    /// People behind each edition; what an outsider also knows where it is published.
    people: Vec<i64>,
    cells: Vec<Cell<'a>>,
}

fn unknown(goals: usize, edition: usize, goal: usize, step: usize) -> usize {
    (edition * goals + goal) * STEPS + step
}

/// Every figure that the API gives for a programme, with what it is made of.
fn cells<'a>(results: &'a ProgrammeResults, world: &World, ids: &[GoalId]) -> Published<'a> {
    let goals = ids.len();
    let position = |id: GoalId| ids.iter().position(|own| *own == id).expect("a goal of the programme");
    let mut cells = Vec::new();
    for (edition, own) in results.editions.iter().enumerate() {
        cells.push(Cell { figures: &own.overall, behind: (0..goals).map(|goal| (edition, goal)).collect() });
        for goal in &own.goals {
            cells.push(Cell { figures: &goal.figures, behind: vec![(edition, position(goal.goal_id))] });
        }
    }
    // The totals are told to be of the editions that show their part of it.
    let with = |shows: &dyn Fn(&EditionResults) -> bool| -> Vec<usize> {
        results.editions.iter().enumerate().filter(|(_, own)| shows(own)).map(|(edition, _)| edition).collect()
    };
    let whole = with(&|own| own.overall.mean.is_some());
    let behind = whole.iter().flat_map(|edition| (0..goals).map(|goal| (*edition, goal))).collect();
    cells.push(Cell { figures: &results.overall, behind });
    for goal in &results.goals {
        let asked = with(&|own| own.goals.iter().any(|part| part.goal_id == goal.goal_id && part.figures.mean.is_some()));
        let behind = asked.into_iter().map(|edition| (edition, position(goal.goal_id))).collect();
        cells.push(Cell { figures: &goal.figures, behind });
    }
    Published { goals, people: world.iter().map(|edition| edition.len() as i64).collect(), cells }
}

/// All that follows from what is published, the way an attacker would set it up.
fn learn(published: &Published<'_>) -> Knowledge {
    let mut known = Knowledge::of(published.people.len() * published.goals * STEPS);
    for Cell { figures, behind } in &published.cells {
        let terms = |weight: fn(usize) -> i64| {
            let of = move |(edition, goal): &(usize, usize)| {
                let (edition, goal) = (*edition, *goal);
                (0..STEPS).map(move |step| (unknown(published.goals, edition, goal, step), weight(step)))
            };
            behind.iter().flat_map(of).collect::<Vec<_>>()
        };
        if figures.n.is_some() {
            known.learn(&terms(|_| 1));
        }
        // The mean with n gives the sum, even where the sum were not said.
        if figures.sum.is_some() || figures.mean.is_some() {
            known.learn(&terms(|step| step as i64 + 1));
        }
        if figures.distribution.is_some() {
            for step in 0..STEPS {
                known.learn(&behind.iter().map(|(edition, goal)| (unknown(published.goals, *edition, *goal, step), 1)).collect::<Vec<_>>());
            }
        }
        // Who knows n of an edition knows it for each of its goals: a set is complete or not counted.
        if let (Some(_), [(edition, _)]) = (figures.n, behind.as_slice()) {
            for goal in 0..published.goals {
                known.learn(&(0..STEPS).map(|step| (unknown(published.goals, *edition, goal, step), 1)).collect::<Vec<_>>());
            }
        }
    }
    known
}

/// What is hidden and yet follows.
fn given_away(results: &ProgrammeResults, world: &World, ids: &[GoalId]) -> Vec<String> {
    let published = cells(results, world, ids);
    let known = learn(&published);
    let mut found = Vec::new();
    for (edition, own) in results.editions.iter().enumerate() {
        for (goal, id) in ids.iter().enumerate().take(published.goals) {
            let figures = &own.goals.iter().find(|figures| figures.goal_id == *id).expect("a goal").figures;
            let of = |weight: fn(usize) -> i64| {
                (0..STEPS).map(|step| (unknown(published.goals, edition, goal, step), weight(step))).collect::<Vec<_>>()
            };
            if published.people[edition] < MIN_FOR_MEAN && (known.determines(&of(|_| 1)) || known.determines(&of(|step| step as i64 + 1))) {
                found.push(format!("n or sum of goal {goal} of edition {edition}, with {} people", published.people[edition]));
            }
            if figures.mean.is_none() && known.determines(&of(|step| step as i64 + 1)) {
                found.push(format!("the mean of goal {goal} of edition {edition}"));
            }
            let hidden = figures.distribution.is_none();
            for step in (0..STEPS).filter(|_| hidden) {
                if known.determines(&[(unknown(published.goals, edition, goal, step), 1)]) {
                    found.push(format!("the count of step {} of goal {goal} of edition {edition}", step + 1));
                }
            }
        }
        let whole = |weight: fn(usize) -> i64| {
            let of = |goal| (0..STEPS).map(move |step| (unknown(published.goals, edition, goal, step), weight(step)));
            (0..published.goals).flat_map(of).collect::<Vec<_>>()
        };
        let too_much = own.overall.n.is_none() && known.determines(&whole(|_| 1));
        if too_much || own.overall.mean.is_none() && known.determines(&whole(|step| step as i64 + 1)) {
            found.push(format!("the whole of edition {edition}"));
        }
    }
    found
}

fn results(world: &World, ids: &[GoalId]) -> ProgrammeResults {
    let goals: Vec<_> = ids.iter().map(|id| (*id, LocalText::fi("tavoite"))).collect();
    let programme = ProgrammeId::new();
    let edition = |(position, sets): (usize, &Vec<Vec<u8>>)| {
        let sets: Vec<AnswerSet> = sets.iter().map(|steps| AnswerSet { steps: steps.clone() }).collect();
        let (overall, goals) = publish(&goals, &sets);
        EditionResults {
            edition_id: EditionId::new(),
            programme_id: programme,
            number: position as i64 + 1,
            season: Season::Spring,
            year: 2027,
            published_at: jiff::Timestamp::UNIX_EPOCH,
            enrolled_count: 25,
            overall,
            goals,
            step_words: Vec::new(),
            greetings: Vec::new(),
        }
    };
    sum_up(programme, world.iter().enumerate().map(edition).collect())
}

/// Editions of every size around the bounds; people who often agree, so that goals are often unanimous.
fn worlds() -> impl Strategy<Value = (usize, World)> {
    (1usize..=3).prop_flat_map(|goals| {
        let set = prop_oneof![3 => prop::collection::vec(1u8..=4, goals), 5 => Just(vec![3; goals]), 2 => Just((0..goals).map(|goal| if goal == 0 { 4 } else { 3 }).collect())];
        let size = prop_oneof![0usize..=5, 4usize..=10, 9usize..=25];
        let edition = size.prop_flat_map(move |size| prop::collection::vec(set.clone(), size));
        (Just(goals), prop::collection::vec(edition, 1..=5))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, max_shrink_iters: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_hidden_follows_from_what_is_published((goals, world) in worlds()) {
        let ids: Vec<GoalId> = (0..goals).map(|_| GoalId::new()).collect();
        let found = given_away(&results(&world, &ids), &world, &ids);
        prop_assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn the_search_finds_what_a_careless_total_would_give_away() {
    // Goal 1 is unanimous among ten, so its distribution is hidden; that of both goals together is, because the
    // difference would tell it. With it published after all, the search must say so.
    let ids = [GoalId::new(), GoalId::new()];
    let world: World = vec![(0..10).map(|who| vec![if who == 0 { 4 } else { 3 }, 3]).collect()];
    let mut careless = results(&world, &ids);
    assert!(given_away(&careless, &world, &ids).is_empty());
    careless.editions[0].overall.distribution = Some(vec![0, 0, 19, 1]);
    assert!(!given_away(&careless, &world, &ids).is_empty());

    // The other goal's mean and the mean of both tell the mean that is hidden.
    let world: World = vec![(0..10).map(|who| vec![1 + who % 4, 3]).collect()];
    let mut careless = results(&world, &ids);
    assert!(given_away(&careless, &world, &ids).is_empty());
    careless.editions[0].overall.sum = Some(24 + 30);
    assert!(!given_away(&careless, &world, &ids).is_empty());

    // Three people beside ten: a programme total that counted them would give the three away.
    let world: World = vec![(0..10).map(|who| vec![1 + who % 4, 3]).collect(), vec![vec![1, 2], vec![2, 2], vec![4, 4]]];
    let mut careless = results(&world, &ids);
    assert!(given_away(&careless, &world, &ids).is_empty());
    careless.editions[1].overall = Figures { n: Some(3), sum: Some(15), ..Figures::hidden() };
    assert!(!given_away(&careless, &world, &ids).is_empty());
}

/// The same through the API: what it answers, and what its file says.
#[tokio::test]
async fn what_the_api_publishes_gives_nothing_hidden_away() {
    let app = TestApp::start().await;
    let coordinator = app.coordinator();
    let programme = app.programme(2);
    let ids: Vec<GoalId> = programme.goals.iter().map(|goal| goal.id).collect();
    let mut world: World = Vec::new();
    for (number, size) in (1..).zip([3usize, 5, 9, 10, 12]) {
        let edition = app.open(app.edition(programme.id, number));
        let mut sets = Vec::new();
        for who in 0..size {
            // The last edition is unanimous on its second goal.
            let steps = vec![1 + (who as u8) % 4, if size == 12 { 3 } else { 1 + (who as u8 / 2) % 4 }];
            app.participant(edition.id).save_self_assessment(edition.id, 0, &answers(&programme, &steps)).await.expect("saved");
            sets.push(steps);
        }
        app.close(edition.id);
        world.push(sets);
    }
    let published = coordinator.get_programme_results(programme.id).await.expect("results");
    assert_eq!(published.hidden_edition_count, 2, "one with too few, one whose second goal all agreed on");
    let found = given_away(&published, &world, &ids);
    assert!(found.is_empty(), "{found:?}");
    for (edition, own) in published.editions.iter().enumerate() {
        let alone = coordinator.get_edition_results(own.edition_id).await.expect("results");
        assert_eq!(&alone, own, "edition {edition} says the same alone and in its programme");
    }
    the_file_says_no_more(&coordinator.export_programme_results(programme.id).await.expect("a file"), &published);
}

/// Every number of the file is one that the API shows too.
fn the_file_says_no_more(text: &str, published: &ProgrammeResults) {
    let hidden = shared::Lang::Fi.text("csv-hidden");
    let figures = published.editions.iter().flat_map(|own| std::iter::once(&own.overall).chain(own.goals.iter().map(|goal| &goal.figures)));
    let totals = std::iter::once(&published.overall).chain(published.goals.iter().map(|goal| &goal.figures));
    let lines: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(';').collect()).collect();
    let expected: Vec<&Figures> = figures.chain(totals).collect();
    assert_eq!(lines.len(), expected.len(), "{text}");
    for (line, figures) in lines.iter().zip(expected) {
        assert_eq!(line[4] == hidden, figures.n.is_none(), "{line:?}");
        assert_eq!(line[7] == hidden, figures.mean.is_none(), "{line:?}");
        let counts: Vec<String> =
            figures.distribution.clone().map_or(vec![hidden.clone(); STEPS], |counts| counts.iter().map(ToString::to_string).collect());
        assert_eq!(line[8..], counts, "{line:?}");
    }
}
