//! Programmes and editions for tests.

use crate::{Person, TestApp};
use backend::training::service::{assessment, editions, programmes};
use shared::client::Called;
use shared::training::{
    Edition, EditionStatus, GoalStep, NewEdition, NewGoal, NewProgramme, NewSelfAssessment, Programme, Season, SelfAssessment,
};
use shared::{EditionId, Lang, LocalText, ProgrammeId};

/// An edition with the people who take part.
pub struct Course {
    pub programme: Programme,
    pub edition: Edition,
    pub participants: Vec<Person>,
}

/// A programme with so many goals, as it is written.
pub fn new_programme(goals: usize) -> NewProgramme {
    let goal = |position: usize| NewGoal { id: None, text: LocalText::fi(format!("Tavoite {position}")) };
    NewProgramme {
        name: LocalText::fi(format!("Valmennus {}", uuid::Uuid::new_v4().simple())),
        description: LocalText::fi("Kuvaus"),
        step_words: ["Ei lainkaan", "Vähän", "Melko hyvin", "Hyvin"].into_iter().map(LocalText::fi).collect(),
        goals: (0..goals).map(goal).collect(),
    }
}

/// An edition as it is written.
pub fn new_edition(programme: ProgrammeId, number: i64) -> NewEdition {
    NewEdition { programme_id: programme, number, season: Season::Spring, year: 2027, places: 30, status: EditionStatus::Running }
}

/// A whole set of answers: the same step for every goal unless told.
pub fn answers(programme: &Programme, steps: &[u8]) -> NewSelfAssessment {
    let step = |(position, goal): (usize, &shared::training::Goal)| GoalStep { goal_id: goal.id, step: steps[position % steps.len()] };
    NewSelfAssessment { steps: programme.goals.iter().enumerate().map(step).collect(), greeting: String::new(), lang: Lang::Fi }
}

impl TestApp {
    /// A programme with so many goals.
    pub fn programme(&self, goals: usize) -> Programme {
        let (system, new) = (self.system(), new_programme(goals));
        self.db.write(|conn| programmes::create(conn, &system, &new)).expect("a programme")
    }

    /// An edition of a programme, running.
    pub fn edition(&self, programme: ProgrammeId, number: i64) -> Edition {
        let (system, new) = (self.system(), new_edition(programme, number));
        self.db.write(|conn| editions::create(conn, &system, &new)).expect("an edition")
    }

    /// An edition of a new programme of three goals, with so many participants.
    pub fn edition_with(&self, participants: usize) -> Course {
        let programme = self.programme(3);
        let edition = self.edition(programme.id, 1);
        let participants = (0..participants).map(|_| self.participant(edition.id)).collect();
        Course { programme, edition, participants }
    }

    /// As [`TestApp::edition_with`], open for answering.
    pub fn open_edition_with(&self, participants: usize) -> Course {
        let course = self.edition_with(participants);
        let edition = self.open(course.edition);
        Course { edition, ..course }
    }

    /// Opens the answering.
    pub fn open(&self, edition: Edition) -> Edition {
        let system = self.system();
        self.db.write(|conn| assessment::start(conn, &system, edition.clone())).expect("opened")
    }

    /// Closes the answering and publishes.
    pub fn close(&self, edition: EditionId) -> Edition {
        let system = self.system();
        let close = |conn: &mut backend::db::Conn| {
            let current = editions::find(conn, system.tenant, edition)?;
            backend::training::service::results::finish(conn, &system, current)
        };
        self.db.write(close).expect("closed")
    }
}

impl Course {
    /// One answers, for the first time, with these steps.
    pub async fn answer(&self, who: usize, steps: &[u8]) -> Called<SelfAssessment> {
        self.participants[who].save_self_assessment(self.edition.id, 0, &answers(&self.programme, steps)).await
    }
}
