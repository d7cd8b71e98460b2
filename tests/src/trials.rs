//! Trials, measurements and adoptions as they are written.

use jiff::civil::date;
use shared::projects::{Better, Decision, Design, NewAdoption, NewMeasurement, NewTrial, Sample};
use shared::{Lang, UnitId};

/// A trial.
pub fn new_trial() -> NewTrial {
    NewTrial {
        lang: Lang::Fi,
        hypothesis: "Kotiin tuotuna tarvikkeiden saaminen tuntuu helpommalta.".to_owned(),
        measure: "Saaminen oli helppoa (1–5).".to_owned(),
        participants: "Kotihoidon asiakkaat".to_owned(),
        participant_count: Some(211),
        starts_on: Some(date(2019, 2, 6)),
        ends_on: Some(date(2019, 2, 27)),
    }
}

/// What was measured of different people.
pub fn new_measurement(before: Sample, after: Sample) -> NewMeasurement {
    NewMeasurement {
        name: "Saaminen oli helppoa".to_owned(),
        unit: None,
        lang: Lang::Fi,
        design: Design::Independent,
        better: Better::Higher,
        scale: None,
        before,
        after,
    }
}

/// A unit that has been asked.
pub fn new_adoption(unit: UnitId) -> NewAdoption {
    NewAdoption {
        unit_id: unit,
        decision: Decision::Asked,
        note: String::new(),
        guide_id: None,
        guide_name: None,
        from_on: None,
        answer_due_on: None,
    }
}
