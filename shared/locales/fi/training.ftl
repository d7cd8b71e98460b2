
## Names

training-programmes = Valmennukset
training-programme = Valmennusohjelma
training-edition = Toteutus
training-editions = Toteutukset
training-edition-name = { $season } { $year }
training-goals = Tavoitteet
training-results = Tulokset
training-to-results = Katso tulokset
training-remove = Poista

## Codes

training-season-pilot = pilotti
training-season-spring = kevät
training-season-summer = kesä
training-season-autumn = syksy
training-season-winter = talvi
training-status-planned = Suunnitteilla
training-status-running = Käynnissä
training-status-closed = Päättynyt
training-part-service-design = Palvelumuotoilu
training-part-other = Muu osa
training-kind-opening = Aloitus
training-kind-theory = Teoria
training-kind-practice = Harjoitus
training-kind-group-work = Ryhmätyö
training-kind-reflection = Reflektointi
training-kind-project-gate = Projektin tarkistuspiste
training-kind-break = Tauko

## Programmes

training-add-programme = Lisää valmennusohjelma
training-edit-programme = Muokkaa ohjelmaa
training-programme-saved = Valmennusohjelma tallennettiin.
training-field-programme-name = Ohjelman nimi
training-field-description = Kuvaus
training-goals-hint = Osallistuja arvioi jokaista tavoitetta omalta kohdaltaan. Kysyttyä tavoitetta ei voi poistaa.
training-goal-number = Tavoite { $number }
training-add-goal = Lisää tavoite
training-steps = Arvioinnin portaiden sanat
training-step = Porras { $step }
training-usual-step-1 = ei lainkaan
training-usual-step-2 = jonkin verran
training-usual-step-3 = hyvin
training-usual-step-4 = täysin
training-no-goals = Ei vielä tavoitteita
training-no-goals-help = Tässä näkyy, mihin valmennus tähtää. Osallistujat arvioivat tavoitteiden toteutumista lopuksi.
training-no-programmes = Ei vielä valmennusohjelmia
training-no-programmes-help = Valmennusohjelma kertoo tavoitteet. Sen toteutukset kertovat, milloin ja ketkä.

## Editions

training-add-edition = Lisää toteutus
training-edit-edition = Muokkaa toteutusta
training-copy-edition = Kopioi toteutus
training-copy-help = Lähipäivät ohjelmineen kopioidaan ja siirretään niin, että ensimmäinen osuu antamaasi päivään. Ihmiset, ryhmät ja vastaukset eivät siirry.
training-edition-added = Toteutus lisättiin.
training-edition-saved = Toteutus tallennettiin.
training-edition-copied = Toteutus kopioitiin. Olet nyt uudessa toteutuksessa.
training-field-number = Toteutuksen numero
training-field-number-hint = Monesko toteutus tämä on, ensimmäinen on 1.
training-field-season = Kausi
training-field-year = Vuosi
training-field-places = Paikkoja
training-field-status = Tila
training-field-first-day = Ensimmäinen lähipäivä
training-no-editions = Ei vielä toteutuksia
training-no-editions-help = Toteutuksessa ohjelma pidetään kerran: sillä on lähipäivät ja osallistujat.
training-no-days-set = ei päiviä vielä
training-col-edition = Toteutus
training-col-status = Tila
training-col-days = Lähipäivät
training-col-taken = Osallistujia / paikkoja
training-taken = { $count } / { $places }
training-history = Muutoshistoria
training-print = Tulosta
training-fact-number = { $number }. toteutus.
training-fact-people = Osallistujia { $count } / { $places }.
training-fact-groups = { $count ->
    [one] 1 pienryhmä.
   *[other] { $count } pienryhmää.
    }
training-fact-days = { $count ->
    [one] 1 lähipäivä.
   *[other] { $count } lähipäivää.
    }
training-fact-leaders = Kouluttajat: { $names }.

## Contact days

training-timeline = Toteutuksen kulku
training-views = Toteutuksen näkymät
training-view-overview = Yleiskuva
training-view-groups = Ryhmät ja projektit
training-days = Lähipäivät
training-day-number = { $number }. lähipäivä
training-day-held = pidetty
training-day-next = seuraava
training-day-today = tänään
training-day-ahead = tulossa
training-today = tänään { $day }
training-between = Välitehtävä { $from }–{ $to }
training-no-days = Ei vielä lähipäiviä
training-no-days-help = Tässä näkyvät lähipäivät ja niiden väliset tehtävät ajassa.
training-add-day = Lisää lähipäivä
training-edit-day = Muokkaa päivää
training-day-form = Lähipäivän tiedot
training-remove-day = Poista päivä
training-day-removed = Lähipäivä poistettiin.
training-day-restored = Lähipäivä palautettiin.
training-day-saved = Lähipäivä tallennettiin.
training-field-title = Otsikko
training-field-part = Valmennuksen osa
training-field-date = Päivä
training-field-start = Alkaa
training-field-end = Päättyy
training-field-place = Paikka
training-field-address = Osoite
training-field-meeting = Etäyhteyden linkki
training-field-meeting-hint = Osoite alkaa https://
training-field-minutes = Kesto minuutteina
training-join-meeting = Liity etänä
training-facilitators = Kouluttajat
training-agenda = Päivän ohjelma
training-agenda-item = { $number }. kohta
training-add-agenda-item = Lisää ohjelmaan kohta
training-no-agenda = Päivällä ei ole vielä ohjelmaa.
training-minutes = { $count } min
training-col-time = Aika
training-col-what = Mitä
training-col-kind = Työtapa
training-col-minutes = Kesto

## Goal self-assessment

training-assessment = Tavoitteiden toteutuminen
training-assessment-not-open = Vastaamista ei ole avattu
training-assessment-open = Vastaaminen on auki
training-assessment-done = Tulos on julkaistu
training-answered = Vastanneita { $answered } / { $enrolled }
training-answer = Arvioi tavoitteiden toteutuminen
training-no-goals-to-ask = Kirjoita ohjelmalle tavoitteet, niin vastaamisen voi avata.
training-open-assessment = Avaa vastaaminen
training-open-assessment-text = Toteutuksen { $edition } osallistujat voivat vastata heti, kun vastaaminen on avattu. Ohjelman tavoitteita ei voi lisätä tai poistaa, kun vastaaminen on auki.
training-close-assessment = Sulje vastaaminen ja julkaise
training-close-and-publish = Sulje ja julkaise
training-close-assessment-text = Toteutuksen { $edition } vastaaminen suljetaan ja tulos julkaistaan. Yksittäiset vastaukset poistetaan. Tämä on lopullista: vastaamista ei voi avata uudelleen.
training-assessment-opened = Vastaaminen avattiin.
training-assessment-published = Vastaaminen suljettiin ja tulos julkaistiin.
training-mean = Kaikkien tavoitteiden keskiarvo on { $mean } asteikolla 1–4, n { $n }.
training-mean-hidden = Keskiarvo on piilotettu, jottei kenenkään vastausta voi päätellä.

## People

training-participants = Osallistujat
training-no-people = Ei vielä osallistujia
training-no-people-help = Tässä näkyvät toteutukseen ilmoitetut ihmiset ja heidän ryhmänsä.
training-enrol = Ilmoita osallistuja
training-enrol-help = Kirjoita nimi ja sähköpostiosoite. Uusi ihminen saa kutsun, jonka linkin voit myös kopioida.
training-field-name = Nimi
training-field-email = Sähköpostiosoite
training-enrolled = Osallistuja ilmoitettiin.
training-enrolled-name = { $name } on nyt mukana toteutuksessa.
training-remove-enrolment = Poista toteutuksesta
training-remove-enrolment-named = Poista toteutuksesta: { $name }
training-enrolment-removed = Osallistuja poistettiin toteutuksesta.
training-enrolment-restored = Osallistuja palautettiin toteutukseen.
training-group-of = Ryhmä: { $name }
training-group-chosen = Ryhmä vaihdettiin.
training-group-chosen-back = Osallistuja palautettiin entiseen ryhmään.
training-no-group = ei ryhmää
training-col-name = Nimi
training-col-email = Sähköposti
training-col-unit = Yksikkö
training-col-group = Ryhmä
training-col-actions = Toiminnot

## Groups and projects

training-groups = Pienryhmät
training-no-groups = Ei vielä pienryhmiä
training-no-groups-help = Pienryhmä tekee yhdessä kehittämisprojektin ja valitsee oman nimensä.
training-add-group = Lisää pienryhmä
training-group-form = Pienryhmän nimi
training-rename-group = Vaihda nimi
training-rename-group-named = Vaihda nimi: { $name }
training-remove-group = Poista ryhmä
training-remove-group-named = Poista ryhmä: { $name }
training-group-removed = Pienryhmä poistettiin.
training-group-restored = Pienryhmä palautettiin.
training-group-saved = Pienryhmän nimi tallennettiin.
training-field-group-name = Ryhmän nimi
training-field-lang = Nimen kieli
training-member-count = { $count ->
    [one] 1 jäsen
   *[other] { $count } jäsentä
    }
training-projects = Kehittämisprojektit
training-no-projects = Ei vielä kehittämisprojekteja
training-no-projects-help = Tässä näkyvät ryhmien kehittämisprojektit ja niiden vaiheet.
training-col-project = Projekti
training-col-stage = Vaihe

## Results as CSV (backend/src/training/service/export.rs)

csv-edition = Toteutus
csv-year = Vuosi
csv-season = Kausi
csv-goal = Tavoite
csv-n = Vastanneita
csv-invited = Kutsuttuja
csv-response-rate = Vastausprosentti
csv-mean = Keskiarvo
csv-step = Porras { $step }
csv-hidden = piilotettu
csv-all-goals = Kaikki tavoitteet
csv-all-editions = Kaikki toteutukset
csv-season-pilot = Pilotti
csv-season-spring = Kevät
csv-season-summer = Kesä
csv-season-autumn = Syksy
csv-season-winter = Talvi
