//! The 23 projects and the groups that did them: eight topics of the real trainings, fifteen invented ones.

use shared::training::ProjectStage::{self, Continued, InUse, Waiting};

/// A group's name, its project and the project's stage.
pub type Work = (&'static str, &'static str, ProjectStage);

/// The groups of the four closed editions, in order.
pub const CLOSED: [&[Work]; 4] = [
    &[
        ("Ketterät kehittäjät", "Palveluverkon malli näkyväksi", InUse),
        ("Kompassi", "Hoitotarvikkeiden kotijakelu", InUse),
        ("Siltojen rakentajat", "Pitkäaikaissairaiden palvelupolku", Waiting),
        ("Aamuvirkut", "Ensikäynnin muistilista", InUse),
        ("Kuuntelijat", "Selkokielinen odotusaikakirje", InUse),
        ("Polunraivaajat", "Nuorten ajat ilman lähetettä", Continued),
    ],
    &[
        ("Kysyvät ei eksy", "Suun terveydenhuollon ajanvaraus", InUse),
        ("Yhteinen ovi", "Lasten toimintaterapian lähetteet", InUse),
        ("Puikkelehtijat", "Yhden puhelun periaate", InUse),
        ("Viides pyörä", "Kylätalojen kiertävä neuvonta", Waiting),
        ("Lankakerä", "Kotiutuksen tarkistuslista", InUse),
        ("Tuumasta toimeen", "Palveluohjaajien työparipäivä", Continued),
    ],
    &[
        ("Nappi", "Sähköinen asiointi tutuksi", InUse),
        ("Liikuttajat", "Fysioterapian ajanvaraus", InUse),
        ("Kahvihetki", "Omaisten ilta kerran kuussa", Waiting),
        ("Pysäkki", "Sosiaaliohjaaja terveysasemalla", InUse),
        ("Suuntima", "Asukkaan palvelukartta", Waiting),
        ("Valonheitin", "Palautteen yhteinen purku", Continued),
    ],
    &[
        ("Yksi suunnitelma", "Sähköinen monialainen asiakassuunnitelma", Continued),
        ("Tulkkaamo", "Tulkin tilaus yhdestä paikasta", InUse),
        ("Uudet tuulet", "Yhteinen perehdytyspäivä", InUse),
        ("Pilleripurkki", "Lääkelistan tarkistus kotikäynnillä", Waiting),
        ("Hengähdys", "Mielen ensiapu vastaanotolla", Waiting),
    ],
];

/// The groups of the running edition; their projects are still to be chosen.
pub const RUNNING: [&str; 5] = ["Aallonharja", "Kanervat", "Kolmas kerros", "Rohkeat kysyjät", "Tienviitta"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_23_projects_13_are_in_use_6_wait_and_4_go_on_elsewhere() {
        let all: Vec<&Work> = CLOSED.iter().flat_map(|works| works.iter()).collect();
        let count = |stage| all.iter().filter(|work| work.2 == stage).count();
        assert_eq!((all.len(), count(InUse), count(Waiting), count(Continued)), (23, 13, 6, 4));
    }
}
