//! What the groups did: of the closed editions the 23 projects, eight topics of the real trainings and fifteen invented ones.

use shared::projects::ProjectStage::{self, Continued, Idea, InUse, Spread, Stopped, Trial, Waiting};

/// A group and its project, with the stage to which that has come.
pub struct Work {
    pub group: &'static str,
    pub title: &'static str,
    pub stage: ProjectStage,
    pub theme: &'static str,
    pub need: &'static str,
    pub idea: &'static str,
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

/// The groups of the running edition. The first four go on with what earlier groups could not finish, in their order.
pub const RUNNING: [Work; 5] = [
    Work {
        group: "Aallonharja",
        title: "Nuorten ensimmäinen aika chatista",
        stage: Stopped,
        theme: "Nuoret",
        need: "Nuori ei soita, vaikka aika olisi vapaana.",
        idea: "Ensimmäinen aika sovitaan iltachatissa.",
    },
    Work {
        group: "Kanervat",
        title: "Työparipäivä kaikissa yksiköissä",
        stage: Spread,
        theme: "Osaaminen",
        need: "Palveluohjaaja on yksin vaikean asian kanssa, ja hyvä tapa jäi yhteen yksikköön.",
        idea: "Lähijohtaja varaa työparipäivän kalenteriin puoleksi vuodeksi.",
    },
    Work {
        group: "Kolmas kerros",
        title: "Palaute puretaan asiakkaan kanssa",
        stage: Trial,
        theme: "Osaaminen",
        need: "Palautteesta puhutaan tiimissä, mutta asiakas ei kuule, mitä siitä seurasi.",
        idea: "Asiakas kutsutaan purkuun kerran kuussa.",
    },
    Work {
        group: "Tienviitta",
        title: "Asiakas kirjoittaa suunnitelmaansa",
        stage: Trial,
        theme: "Palvelupolut",
        need: "Suunnitelma on ammattilaisen teksti, jota asiakas ei tunnista omakseen.",
        idea: "Asiakas kirjoittaa tavoitteensa itse, ammattilainen täydentää.",
    },
    Work {
        group: "Rohkeat kysyjät",
        title: "Kysymyskortti kotikäynnille",
        stage: Idea,
        theme: "Kotiin annettavat palvelut",
        need: "Käynnin jälkeen jää kysymättä se, mikä asiakasta eniten vaivaa.",
        idea: "Kortti, jonka asiakas täyttää ennen käyntiä.",
    },
];

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
