//! The 23 projects and the groups that did them: eight topics of the real trainings, fifteen invented ones.

use super::at;
use super::editions::Held;
use crate::db::Conn;
use crate::error::Result;
use crate::policy::Actor;
use crate::projects::service::{moving, projects};
use jiff::Span;
use jiff::civil::Date;
use shared::projects::ProjectStage::{self, Continued, InUse, Waiting};
use shared::projects::{NewProject, Project, ProjectMove, WaitingReason};
use shared::{GroupId, Lang, UnitId};

/// A group and its project, with the stage to which that has come.
pub struct Work {
    pub group: &'static str,
    title: &'static str,
    stage: ProjectStage,
    theme: &'static str,
    need: &'static str,
    idea: &'static str,
}

/// The groups of the four closed editions, in order.
pub const CLOSED: [&[Work]; 4] = [
    &[
        Work {
            group: "Ketterät kehittäjät",
            title: "Palveluverkon malli näkyväksi",
            stage: InUse,
            theme: "Palveluverkko",
            need: "Asukkaat eivät tiedä, mistä mikin palvelu löytyy.",
            idea: "Yksi kuva palveluverkosta, jota kaikki yksiköt käyttävät.",
        },
        Work {
            group: "Kompassi",
            title: "Hoitotarvikkeiden kotijakelu",
            stage: InUse,
            theme: "Kotiin annettavat palvelut",
            need: "Joka kolmas kertoo, että tarvikkeiden hakeminen on vaikeaa.",
            idea: "Tarvikkeet tulevat kotikäynnin mukana.",
        },
        Work {
            group: "Siltojen rakentajat",
            title: "Pitkäaikaissairaiden palvelupolku",
            stage: Waiting,
            theme: "Palvelupolut",
            need: "Sama asia kerrotaan monta kertaa eri vastaanotoilla.",
            idea: "Yksi nimetty yhteyshenkilö koko polun ajan.",
        },
        Work {
            group: "Aamuvirkut",
            title: "Ensikäynnin muistilista",
            stage: InUse,
            theme: "Vastaanotto",
            need: "Ensikäynnillä unohtuu kysyä asioita, joita tarvitaan myöhemmin.",
            idea: "Lyhyt muistilista, joka käydään läpi yhdessä.",
        },
        Work {
            group: "Kuuntelijat",
            title: "Selkokielinen odotusaikakirje",
            stage: InUse,
            theme: "Viestintä",
            need: "Kirjeistä soitetaan, koska niitä ei ymmärretä.",
            idea: "Kirje kirjoitetaan selkokielellä asiakkaiden kanssa.",
        },
        Work {
            group: "Polunraivaajat",
            title: "Nuorten ajat ilman lähetettä",
            stage: Continued,
            theme: "Nuoret",
            need: "Nuori jää ilman apua, kun lähetettä ei saa ajoissa.",
            idea: "Nuori varaa ensimmäisen ajan itse.",
        },
    ],
    &[
        Work {
            group: "Kysyvät ei eksy",
            title: "Suun terveydenhuollon ajanvaraus",
            stage: InUse,
            theme: "Ajanvaraus",
            need: "Puhelinjono on aamuisin yli tunnin.",
            idea: "Takaisinsoitto samana päivänä.",
        },
        Work {
            group: "Yhteinen ovi",
            title: "Lasten toimintaterapian lähetteet",
            stage: InUse,
            theme: "Lapset ja perheet",
            need: "Lähete palautuu puuttuvien tietojen vuoksi.",
            idea: "Yksi lomake, jossa kysytään vain tarvittava.",
        },
        Work {
            group: "Puikkelehtijat",
            title: "Yhden puhelun periaate",
            stage: InUse,
            theme: "Ajanvaraus",
            need: "Asiakasta siirretään puhelimessa numerosta toiseen.",
            idea: "Se, joka vastaa, hoitaa asian loppuun.",
        },
        Work {
            group: "Viides pyörä",
            title: "Kylätalojen kiertävä neuvonta",
            stage: Waiting,
            theme: "Kotiin annettavat palvelut",
            need: "Kylistä on pitkä matka lähimpään neuvontaan.",
            idea: "Neuvoja on kylätalolla kerran kuussa.",
        },
        Work {
            group: "Lankakerä",
            title: "Kotiutuksen tarkistuslista",
            stage: InUse,
            theme: "Palvelupolut",
            need: "Kotiutuksessa jää sopimatta, kuka auttaa ensimmäisenä päivänä.",
            idea: "Lista, jonka osasto ja kotihoito täyttävät yhdessä.",
        },
        Work {
            group: "Tuumasta toimeen",
            title: "Palveluohjaajien työparipäivä",
            stage: Continued,
            theme: "Osaaminen",
            need: "Palveluohjaaja on usein yksin vaikean asian kanssa.",
            idea: "Päivä kuussa työparin mukana.",
        },
    ],
    &[
        Work {
            group: "Nappi",
            title: "Sähköinen asiointi tutuksi",
            stage: InUse,
            theme: "Viestintä",
            need: "Sähköistä asiointia ei osata tai uskalleta käyttää.",
            idea: "Vertaisopastus odotustilassa.",
        },
        Work {
            group: "Liikuttajat",
            title: "Fysioterapian ajanvaraus",
            stage: InUse,
            theme: "Ajanvaraus",
            need: "Peruutettuja aikoja jää käyttämättä.",
            idea: "Peruutusaika tarjotaan tekstiviestillä seuraavalle.",
        },
        Work {
            group: "Kahvihetki",
            title: "Omaisten ilta kerran kuussa",
            stage: Waiting,
            theme: "Läheiset",
            need: "Omaiset kysyvät samoja asioita yksitellen.",
            idea: "Avoin ilta, jossa kysymyksiin vastataan yhdessä.",
        },
        Work {
            group: "Pysäkki",
            title: "Sosiaaliohjaaja terveysasemalla",
            stage: InUse,
            theme: "Vastaanotto",
            need: "Vastaanotolla tulee esiin asioita, joihin ei ole vastausta.",
            idea: "Sosiaaliohjaaja on asemalla kahtena päivänä viikossa.",
        },
        Work {
            group: "Suuntima",
            title: "Asukkaan palvelukartta",
            stage: Waiting,
            theme: "Palveluverkko",
            need: "Palvelut on kuvattu organisaation eikä asukkaan näkökulmasta.",
            idea: "Kartta, joka alkaa elämäntilanteesta.",
        },
        Work {
            group: "Valonheitin",
            title: "Palautteen yhteinen purku",
            stage: Continued,
            theme: "Osaaminen",
            need: "Palaute luetaan, mutta siitä ei puhuta.",
            idea: "Tiimi käy palautteet läpi viikoittain.",
        },
    ],
    &[
        Work {
            group: "Yksi suunnitelma",
            title: "Sähköinen monialainen asiakassuunnitelma",
            stage: Continued,
            theme: "Palvelupolut",
            need: "Samalla asiakkaalla on monta suunnitelmaa.",
            idea: "Yksi yhteinen suunnitelma, jonka asiakas näkee.",
        },
        Work {
            group: "Tulkkaamo",
            title: "Tulkin tilaus yhdestä paikasta",
            stage: InUse,
            theme: "Ajanvaraus",
            need: "Tulkki jää tilaamatta, kun tilaustapoja on monta.",
            idea: "Yksi tilauslomake kaikille yksiköille.",
        },
        Work {
            group: "Uudet tuulet",
            title: "Yhteinen perehdytyspäivä",
            stage: InUse,
            theme: "Osaaminen",
            need: "Uusi työntekijä tuntee vain oman yksikkönsä.",
            idea: "Perehdytyspäivä, johon kaikki yksiköt osallistuvat.",
        },
        Work {
            group: "Pilleripurkki",
            title: "Lääkelistan tarkistus kotikäynnillä",
            stage: Waiting,
            theme: "Kotiin annettavat palvelut",
            need: "Lääkelista ei vastaa sitä, mitä kotona otetaan.",
            idea: "Lista tarkistetaan kotikäynnillä yhdessä.",
        },
        Work {
            group: "Hengähdys",
            title: "Mielen ensiapu vastaanotolla",
            stage: Waiting,
            theme: "Vastaanotto",
            need: "Huoli mielen voinnista jää vastaanotolla puheeksi ottamatta.",
            idea: "Kolme kysymystä ja sovittu jatko.",
        },
    ],
];

/// The groups of the running edition; their projects are still to be chosen.
pub const RUNNING: [&str; 5] = ["Aallonharja", "Kanervat", "Kolmas kerros", "Rohkeat kysyjät", "Tienviitta"];

/// Days from the idea to each stage: the trial the next day, its three weeks, and the fifteen weeks of spreading.
const TRIED_AFTER: i64 = 1;
const SPREAD_AFTER: i64 = 22;
const USED_AFTER: i64 = 120;
const EXPIRED_AFTER: i64 = 128;

/// The groups write their projects down, with the stage that each has come to since.
pub fn begin<'a>(
    conn: &mut Conn,
    held: &Held,
    day: Date,
    works: &'a [Work],
    places: &[(GroupId, UnitId)],
) -> Result<Vec<(&'a Work, Project)>> {
    let actor = held.facilitator.at(at(day, 14)?);
    let mut make = |(work, (group, unit)): (&'a Work, &(GroupId, UnitId))| {
        let new = NewProject {
            group_id: Some(*group),
            unit_id: Some(*unit),
            continues_id: None,
            title: work.title.to_owned(),
            lang: Lang::Fi,
            need: work.need.to_owned(),
            evidence: Vec::new(),
            idea: work.idea.to_owned(),
            theme: Some(work.theme.to_owned()),
            customer_group: None,
            process: Default::default(),
            labels: Vec::new(),
            checklist: Vec::new(),
            members: Vec::new(),
        };
        Ok((work, projects::create(conn, &actor, &new)?))
    };
    works.iter().zip(places).map(&mut make).collect()
}

/// What became of them.
pub fn retell(conn: &mut Conn, held: &Held, day: Date, made: &[(&Work, Project)]) -> Result<()> {
    for (place, (work, project)) in made.iter().enumerate() {
        for (stage, days, waiting_reason) in way(work.stage, place) {
            let now = at(day + Span::new().days(days), 14)?;
            let facilitator = held.facilitator.at(now);
            // Nobody moves what runs out of time.
            let expired = waiting_reason == Some(WaitingReason::Expired);
            let actor = if expired { Actor::system(facilitator.tenant, now) } else { facilitator };
            let step = ProjectMove { to: stage, waiting_reason, reason: None, learnt: None, continued_in_id: None, over_limit: false };
            moving::retell(conn, &actor, project.id, &step)?;
        }
    }
    Ok(())
}

/// The stages on the way to the last one, each so many days after the idea.
fn way(to: ProjectStage, place: usize) -> Vec<(ProjectStage, i64, Option<WaitingReason>)> {
    use ProjectStage::{Spread, Trial};
    let reasons = [WaitingReason::Expired, WaitingReason::Resources, WaitingReason::Obstacle, WaitingReason::Decision];
    let reason = reasons[place % reasons.len()];
    let waited = if reason == WaitingReason::Expired { EXPIRED_AFTER } else { USED_AFTER - 30 };
    let last = match to {
        Waiting => (Waiting, waited, Some(reason)),
        other => (other, USED_AFTER - place as i64, None),
    };
    vec![(Trial, TRIED_AFTER, None), (Spread, SPREAD_AFTER, None), last]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_23_projects_13_are_in_use_6_wait_and_4_go_on_elsewhere() {
        let all: Vec<&Work> = CLOSED.iter().flat_map(|works| works.iter()).collect();
        let count = |stage| all.iter().filter(|work| work.stage == stage).count();
        assert_eq!((all.len(), count(InUse), count(Waiting), count(Continued)), (23, 13, 6, 4));
    }
}
