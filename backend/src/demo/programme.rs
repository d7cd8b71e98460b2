//! The programme *Palveluohjaajien valmennus*, and the days of which an edition consists.

use crate::db::Conn;
use crate::error::Result;
use crate::policy::Actor;
use crate::training::service::programmes;
use shared::LocalText;
use shared::training::{AgendaItem, AgendaKind, NewGoal, NewProgramme, Programme};

type Words = (&'static str, &'static str, &'static str);

const GOALS: [Words; 5] = [
    ("Työskentelen asiakaslähtöisesti", "Jag arbetar klientorienterat", "I work from the client's point of view"),
    ("Käytän palvelumuotoilun menetelmiä", "Jag använder tjänstedesignens metoder", "I use the methods of service design"),
    (
        "Ymmärrän, miksi palveluohjaus on tärkeää",
        "Jag förstår varför servicehandledning är viktig",
        "I understand why service guidance matters",
    ),
    ("Tunnen muiden yksiköiden palvelut", "Jag känner till de andra enheternas tjänster", "I know the services of other units"),
    ("Kehitän omaa työtäni", "Jag utvecklar mitt eget arbete", "I develop my own work"),
];

const STEPS: [Words; 4] = [
    ("ei lainkaan", "inte alls", "not at all"),
    ("vähän", "lite", "a little"),
    ("melko hyvin", "ganska bra", "fairly well"),
    ("täysin", "helt", "fully"),
];

const DESCRIPTION: Words = (
    "Valmennus niille, jotka ohjaavat asiakkaita palveluihin. Lähipäivinä opitaan palvelumuotoilua, päivien välissä pienryhmä kokeilee muutosta omassa työssään.",
    "En utbildning för dem som handleder klienter till tjänster. Under närstudiedagarna lär man sig tjänstedesign, mellan dem prövar smågruppen en ändring i sitt arbete.",
    "Training for those who guide clients to services. Contact days teach service design; between them a small group tries out a change in its own work.",
);

fn text((fi, sv, en): Words) -> LocalText {
    LocalText::all(fi, sv, en)
}

/// Adds the programme.
pub fn build(conn: &mut Conn, actor: &Actor) -> Result<Programme> {
    let new = NewProgramme {
        name: LocalText::all("Palveluohjaajien valmennus", "Utbildning för servicehandledare", "Service advisors' training"),
        description: text(DESCRIPTION),
        step_words: STEPS.into_iter().map(text).collect(),
        goals: GOALS.into_iter().map(|goal| NewGoal { id: None, text: text(goal) }).collect(),
    };
    programmes::create(conn, actor, &new)
}

/// One of the four days: its title and what is done.
pub struct DayPlan {
    title: Words,
    agenda: &'static [(AgendaKind, Words, i64)],
}

impl DayPlan {
    /// Title of the day.
    pub fn title(&self) -> LocalText {
        text(self.title)
    }

    /// What is done, from nine to three.
    pub fn agenda(&self) -> Vec<AgendaItem> {
        self.agenda.iter().map(|(kind, title, minutes)| AgendaItem { kind: *kind, title: text(*title), minutes: *minutes }).collect()
    }
}

const COFFEE: Words = ("Kahvi", "Kaffe", "Coffee");
const LUNCH: Words = ("Lounas", "Lunch", "Lunch");

/// The four contact days of the service-design part.
pub const DAYS: [DayPlan; 4] = [
    DayPlan {
        title: ("Asiakas keskiöön", "Klienten i centrum", "The client at the centre"),
        agenda: &[
            (
                AgendaKind::Opening,
                ("Keitä olemme ja mitä odotamme", "Vilka vi är och vad vi väntar oss", "Who we are and what we expect"),
                45,
            ),
            (AgendaKind::Theory, ("Mitä palveluohjaus on", "Vad servicehandledning är", "What service guidance is"), 60),
            (AgendaKind::Break, COFFEE, 15),
            (
                AgendaKind::Practice,
                ("Havainnointi asiakkaan silmin", "Observation med klientens ögon", "Observing with the client's eyes"),
                60,
            ),
            (AgendaKind::Break, LUNCH, 45),
            (AgendaKind::GroupWork, ("Pienryhmät ja niiden nimet", "Smågrupperna och deras namn", "Small groups and their names"), 90),
            (AgendaKind::Reflection, ("Mitä vien työhöni", "Vad jag tar med till mitt arbete", "What I take to my work"), 45),
        ],
    },
    DayPlan {
        title: ("Tarpeesta ideaan", "Från behov till idé", "From a need to an idea"),
        agenda: &[
            (AgendaKind::Opening, ("Välitehtävien satoa", "Mellanuppgifternas skörd", "What the work between days gave"), 30),
            (
                AgendaKind::Theory,
                ("Asiakasymmärrys ja ideointi", "Klientförståelse och idéarbete", "Understanding clients, finding ideas"),
                60,
            ),
            (AgendaKind::Break, COFFEE, 15),
            (AgendaKind::Practice, ("Asiakaspolku paperille", "Klientstigen på papper", "The client's path on paper"), 75),
            (AgendaKind::Break, LUNCH, 45),
            (
                AgendaKind::GroupWork,
                ("Ryhmän kehittämistyö valitaan", "Gruppens utvecklingsarbete väljs", "The group chooses its project"),
                90,
            ),
            (AgendaKind::ProjectGate, ("Idea esiin", "Idén fram", "The idea is shown"), 45),
        ],
    },
    DayPlan {
        title: ("Kokeilusta palveluksi", "Från försök till tjänst", "From a trial to a service"),
        agenda: &[
            (AgendaKind::Opening, ("Kokeilujen kuulumiset", "Nytt från försöken", "News of the trials"), 45),
            (AgendaKind::Theory, ("Palvelun mallintaminen", "Att modellera en tjänst", "Modelling a service"), 60),
            (AgendaKind::Break, COFFEE, 15),
            (
                AgendaKind::Practice,
                ("Toisten yksiköiden palvelut tutuiksi", "Bekanta med andra enheters tjänster", "Getting to know other units' services"),
                60,
            ),
            (AgendaKind::Break, LUNCH, 45),
            (AgendaKind::GroupWork, ("Kokeilu eteenpäin", "Försöket vidare", "Taking the trial further"), 105),
            (AgendaKind::Reflection, ("Mikä muuttui", "Vad som ändrades", "What changed"), 30),
        ],
    },
    DayPlan {
        title: ("Kehittämistyöt esiin", "Utvecklingsarbetena fram", "Showing the projects"),
        agenda: &[
            (AgendaKind::Opening, ("Matka tähän", "Resan hit", "The way here"), 30),
            (AgendaKind::ProjectGate, ("Ryhmien kehittämistyöt", "Gruppernas utvecklingsarbeten", "The groups' projects"), 120),
            (AgendaKind::Break, LUNCH, 45),
            (AgendaKind::Theory, ("Miten uusi tapa juurtuu", "Hur ett nytt sätt slår rot", "How a new way takes root"), 45),
            (AgendaKind::GroupWork, ("Kuka jatkaa ja miten", "Vem fortsätter och hur", "Who carries on, and how"), 60),
            (AgendaKind::Reflection, ("Tavoitteiden toteutuminen", "Hur målen uppfylldes", "How the goals came true"), 60),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_day_lasts_from_nine_to_three() {
        for day in &DAYS {
            assert_eq!(day.agenda().iter().map(|item| item.minutes).sum::<i64>(), 360, "{}", day.title().fi);
        }
    }
}
