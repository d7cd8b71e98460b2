//! What was tried and measured. The figures are invented; the effects that follow from them are worked out by the server.

use super::{Someone, at};
use crate::db::Conn;
use crate::error::Result;
use crate::http::preconditions::IfMatch;
use crate::projects::service::{measurements, trials};
use jiff::civil::Date;
use shared::projects::TrialResult::{self, Adapt, Stop, Works};
use shared::projects::{Better, Design, NewMeasurement, NewTrial, Sample, Scale, TrialConclusion};
use shared::{Lang, ProjectId, TrialId};

/// One side of what was measured.
enum Side {
    Values(&'static [f64]),
    Summary(f64, f64, i64),
    Share(i64, i64),
}

/// What was measured.
struct Measured {
    name: &'static str,
    unit: Option<&'static str>,
    better: Better,
    design: Design,
    scale: Option<Scale>,
    before: Side,
    after: Side,
}

/// A trial, by the title of its project.
pub struct Tried {
    pub title: &'static str,
    hypothesis: &'static str,
    measure: &'static str,
    participants: &'static str,
    count: i64,
    /// None while it runs.
    end: Option<(TrialResult, &'static str)>,
    measured: &'static [Measured],
}

impl Tried {
    /// What was learnt, once it is over.
    pub fn learnt(&self) -> Option<String> {
        self.end.map(|(_, learnt)| learnt.to_owned())
    }
}

const AGREE: Option<Scale> = Some(Scale { min: 1.0, max: 5.0 });

/// The trials of the demo world.
pub const TRIED: [Tried; 11] = [
    Tried {
        title: "Hoitotarvikkeiden kotijakelu",
        hypothesis: "Kun tarvikkeet tulevat kotikäynnin mukana, ne on helppo saada eikä kukaan jää ilman.",
        measure: "Sama kysymys samoilta asiakkailta ennen kokeilua ja sen jälkeen, sekä toimitusten kirjanpito.",
        participants: "Kahden kotihoidon tiimin asiakkaat",
        count: 18,
        end: Some((Works, "Jakelu kannattaa sopia asiakkaan viikkorytmiin; perjantai oli huonoin päivä.")),
        measured: &[
            Measured {
                name: "Tarvikkeiden saaminen oli helppoa",
                unit: None,
                better: Better::Higher,
                design: Design::Paired,
                scale: AGREE,
                before: Side::Values(&[3., 2., 4., 3., 3., 4., 2., 3., 3., 4., 3., 2., 4., 3., 3., 3., 4., 2.]),
                after: Side::Values(&[4., 3., 4., 4., 3., 4., 3., 3., 4., 3., 4., 3., 4., 3., 4., 3., 4., 3.]),
            },
            Measured {
                name: "Tarvikkeet tulivat sovittuna päivänä",
                unit: None,
                better: Better::Higher,
                design: Design::Independent,
                scale: None,
                before: Side::Share(41, 60),
                after: Side::Share(56, 60),
            },
        ],
    },
    Tried {
        title: "Suun terveydenhuollon ajanvaraus",
        hypothesis: "Takaisinsoitto samana päivänä purkaa aamun jonon.",
        measure: "Jonotusaika puhelimessa kello 8–10.",
        participants: "Ajanvarauksen soittajat kahden viikon ajan",
        count: 78,
        end: Some((Works, "Takaisinsoitolle on varattava oma työntekijä, muuten jono siirtyy iltapäivään.")),
        measured: &[Measured {
            name: "Jonotusaika aamulla",
            unit: Some("minuuttia"),
            better: Better::Lower,
            design: Design::Independent,
            scale: None,
            before: Side::Summary(64.0, 21.0, 40),
            after: Side::Summary(18.0, 12.0, 38),
        }],
    },
    Tried {
        title: "Selkokielinen odotusaikakirje",
        hypothesis: "Selkokielinen kirje ymmärretään kerralla, ja puheluita tulee vähemmän.",
        measure: "Kysymys kirjeen saaneille: ymmärsitkö kirjeen ensimmäisellä lukemalla?",
        participants: "Kirjeen saaneet asiakkaat",
        count: 100,
        end: Some((Works, "Asiakkaat poistivat kirjeestä puolet. Lyhyys auttoi enemmän kuin sanojen vaihtaminen.")),
        measured: &[Measured {
            name: "Kirje ymmärrettiin ensimmäisellä lukemalla",
            unit: None,
            better: Better::Higher,
            design: Design::Independent,
            scale: None,
            before: Side::Share(22, 50),
            after: Side::Share(41, 50),
        }],
    },
    Tried {
        title: "Ensikäynnin muistilista",
        hypothesis: "Yhdessä läpi käyty lista vähentää asioita, jotka joudutaan kysymään uudelleen.",
        measure: "Jälkikäteen kysyttyjen asioiden määrä ensikäyntiä kohti.",
        participants: "Ensikäynnit kolmen viikon ajalta",
        count: 61,
        end: Some((Works, "Lista toimii, kun asiakas saa sen jo ennen käyntiä.")),
        measured: &[Measured {
            name: "Jälkikäteen kysytyt asiat",
            unit: Some("asiaa käyntiä kohti"),
            better: Better::Lower,
            design: Design::Independent,
            scale: None,
            before: Side::Summary(1.8, 1.1, 30),
            after: Side::Summary(0.7, 0.8, 31),
        }],
    },
    Tried {
        title: "Fysioterapian ajanvaraus",
        hypothesis: "Peruutusaika täyttyy, kun se tarjotaan heti tekstiviestillä jonon seuraavalle.",
        measure: "Käyttämättä jääneiden peruutusaikojen osuus.",
        participants: "Peruutetut ajat kuukauden ajalta",
        count: 238,
        end: Some((Works, "Viesti on lähetettävä tunnin sisällä peruutuksesta.")),
        measured: &[Measured {
            name: "Peruutusaika jäi käyttämättä",
            unit: None,
            better: Better::Lower,
            design: Design::Independent,
            scale: None,
            before: Side::Share(34, 120),
            after: Side::Share(15, 118),
        }],
    },
    Tried {
        title: "Kotiutuksen tarkistuslista",
        hypothesis: "Yhteinen lista saa osaston ja kotihoidon sopimaan ensimmäisestä päivästä.",
        measure: "Kotihoidon arvio siitä, oliko ensimmäinen päivä sovittu (1–5).",
        participants: "Kolme kotiutusta",
        count: 3,
        end: Some((Works, "Aineisto jäi pieneksi, mutta jokainen kotiutus sujui. Mitataan uudelleen keväällä.")),
        measured: &[Measured {
            name: "Ensimmäinen päivä oli sovittu",
            unit: None,
            better: Better::Higher,
            design: Design::Independent,
            scale: AGREE,
            before: Side::Values(&[2., 3., 3.]),
            after: Side::Values(&[4., 4., 5.]),
        }],
    },
    Tried {
        title: "Lääkelistan tarkistus kotikäynnillä",
        hypothesis: "Kun lista tarkistetaan yhdessä, se vastaa sitä, mitä kotona otetaan.",
        measure: "Niiden käyntien osuus, joilla lista täsmäsi.",
        participants: "Kotikäynnit kahdessa tiimissä",
        count: 50,
        end: Some((Adapt, "Muutos voi olla sattumaa. Listan päivittämiselle tarvitaan aika, jota käynnillä ei ole.")),
        measured: &[Measured {
            name: "Lääkelista vastasi todellisuutta",
            unit: None,
            better: Better::Higher,
            design: Design::Independent,
            scale: None,
            before: Side::Share(12, 25),
            after: Side::Share(17, 25),
        }],
    },
    Tried {
        title: "Työparipäivä kaikissa yksiköissä",
        hypothesis: "Kun työparipäivä on kalenterissa valmiina, se pidetään.",
        measure: "Sama kysymys samoilta palveluohjaajilta: saan tukea vaikeassa asiassa (1–5).",
        participants: "Palveluohjaajat kuudesta yksiköstä",
        count: 12,
        end: Some((Works, "Päivä toteutui, kun lähijohtaja varasi sen. Itse varattuna se jäi pitämättä.")),
        measured: &[Measured {
            name: "Saan tukea vaikeassa asiassa",
            unit: None,
            better: Better::Higher,
            design: Design::Paired,
            scale: AGREE,
            before: Side::Values(&[2., 3., 3., 2., 4., 3., 2., 3., 4., 2., 3., 3.]),
            after: Side::Values(&[4., 4., 3., 3., 4., 4., 4., 3., 5., 3., 4., 3.]),
        }],
    },
    Tried {
        title: "Palaute puretaan asiakkaan kanssa",
        hypothesis: "Kun asiakas on mukana purussa, palautteesta seuraa teko.",
        measure: "Niiden palautteiden osuus, joista sovittiin teko.",
        participants: "Kolmen viikon palautteet",
        count: 40,
        end: None,
        measured: &[],
    },
    Tried {
        title: "Asiakas kirjoittaa suunnitelmaansa",
        hypothesis: "Oma kirjaus tekee suunnitelmasta asiakkaan oman, ja tapaaminen lyhenee.",
        measure: "Asiakkaan arvio: suunnitelma on minun (1–5), sekä tapaamisen kesto.",
        participants: "Kymmenen asiakasta ja heidän työntekijänsä",
        count: 10,
        end: None,
        measured: &[],
    },
    Tried {
        title: "Nuorten ensimmäinen aika chatista",
        hypothesis: "Chatissa nuori uskaltaa varata ensimmäisen ajan itse.",
        measure: "Niiden yhteydenottojen osuus, joista syntyi varattu aika.",
        participants: "Iltachatin kävijät",
        count: 58,
        end: Some((
            Stop,
            "Chat ei lisännyt varauksia: nuoret halusivat tietää, kuka vastaa. Sama aika kannattaa käyttää koululla näkyvään kasvoon.",
        )),
        measured: &[Measured {
            name: "Yhteydenotosta syntyi varattu aika",
            unit: None,
            better: Better::Higher,
            design: Design::Independent,
            scale: None,
            before: Side::Share(14, 30),
            after: Side::Share(12, 28),
        }],
    },
];

/// A trial from its first day to its last, or as far as it has come.
pub fn tell(conn: &mut Conn, facilitator: &Someone, project: ProjectId, card: &Tried, first: Date, last: Date) -> Result<()> {
    let new = NewTrial {
        lang: Lang::Fi,
        hypothesis: card.hypothesis.to_owned(),
        measure: card.measure.to_owned(),
        participants: card.participants.to_owned(),
        participant_count: Some(card.count),
        starts_on: Some(first),
        ends_on: Some(last),
    };
    let trial = trials::create(conn, &facilitator.at(at(first, 15)?), project, &new)?;
    let Some((result, learnt)) = card.end else { return Ok(()) };
    measure(conn, facilitator, trial.id, card, last)?;
    let now = facilitator.at(at(last, 12)?);
    let version = trials::get(conn, &now, trial.id)?.version;
    trials::conclude(conn, &now, trial.id, IfMatch::of(version), &TrialConclusion { result, learnt: learnt.to_owned() })?;
    Ok(())
}

fn measure(conn: &mut Conn, facilitator: &Someone, trial: TrialId, card: &Tried, day: Date) -> Result<()> {
    for measured in card.measured {
        let new = NewMeasurement {
            name: measured.name.to_owned(),
            unit: measured.unit.map(str::to_owned),
            lang: Lang::Fi,
            design: measured.design,
            better: measured.better,
            scale: measured.scale,
            before: sample(&measured.before),
            after: sample(&measured.after),
        };
        measurements::create(conn, &facilitator.at(at(day, 11)?), trial, &new)?;
    }
    Ok(())
}

fn sample(side: &Side) -> Sample {
    match *side {
        Side::Values(values) => Sample::of_values(values),
        Side::Summary(mean, deviation, n) => Sample::of_summary(mean, deviation, n),
        Side::Share(successes, n) => Sample::of_proportion(successes, n),
    }
}

#[cfg(test)]
mod tests {
    use super::super::works;
    use super::*;

    #[test]
    fn every_trial_is_of_a_project() {
        let titles: Vec<&str> = works::CLOSED.iter().flat_map(|works| works.iter()).chain(&works::RUNNING).map(|work| work.title).collect();
        assert!(TRIED.iter().all(|card| titles.contains(&card.title)));
    }
}
