## Stages

projects-stage-idea = Idea
projects-stage-trial = Kokeilu
projects-stage-spread = Levittäminen
projects-stage-in-use = Käytössä
projects-stage-waiting = Odottaa
projects-stage-continued = Jatkuu muualla
projects-stage-stopped = Päättynyt
projects-waiting-expired = aika loppui
projects-waiting-obstacle = este
projects-waiting-decision = päätös puuttuu
projects-waiting-resources = ei ehditä nyt
projects-kind-member = tekijä
projects-kind-guest = vieras

## Board and list

projects-title = Kehittämisprojektit
projects-project = Kehittämisprojekti
projects-board = Taulu
projects-list = Luettelo
projects-views = Näkymä
projects-board-named = Projektit vaiheittain
projects-filters = Rajaa projekteja
projects-all = Kaikki
projects-edition = Toteutus
projects-unit = Yksikkö
projects-theme = Teema
projects-stage = Vaihe
projects-overdue = Aika ylittynyt
projects-overdue-count = Aika ylittynyt { $count }
projects-overdue-off = Näytä kaikki
projects-clear-filters = Poista rajaus
projects-no-match = Yhtään projektia ei löytynyt
projects-no-match-help = Rajaus: { $filter }. Poista rajaus, niin näet kaikki projektit.
projects-none = Ei vielä kehittämisprojekteja
projects-none-help = Projekti alkaa tarpeesta: joku kertoo, mikä ei toimi. Esimerkiksi: "Hoitotarvikkeiden hakeminen on vaikeaa."
projects-new = Uusi idea
projects-more = Näytä { $count } muuta
projects-full = Täynnä
projects-column-count = { $count ->
    [one] yksi projekti
   *[other] { $count } projektia
    }
projects-column-count-of = { $count } projektia, enintään { $limit }
projects-column-about-idea = yleensä 24 tuntia
projects-column-about-trial = yleensä 21 päivää
projects-column-about-spread = yleensä 105 päivää
projects-column-about-in-use = uusi tapa toimia
projects-column-about-waiting = syy kirjattu
projects-column-about-continued = toisessa projektissa
projects-column-about-stopped = oppi julkaistu
projects-column-empty-trial = Ei kokeiluja nyt.
projects-column-empty-spread = Mitään ei levitetä nyt.
projects-column-empty-in-use = Tähän tulee, mikä jää tavaksi.
projects-column-empty-waiting = Mikään ei odota.
projects-column-empty-continued = Mikään ei jatku muualla.
projects-column-empty-stopped = Päättynyt kokeilu on tulos. Kirjaa, mitä opitte.
projects-col-title = Projekti
projects-col-time = Aikaa
projects-col-group = Ryhmä
projects-col-age = Ikä
projects-col-assigned = Vastaa
projects-limits = Sarakkeiden rajat
projects-limits-help = Montako projektia vaiheessa voi olla yhtä aikaa. Tyhjä tarkoittaa, ettei rajaa ole.
projects-limits-saved = Rajat tallennettiin.

## Time

projects-left-hours = { $count } h jäljellä
projects-left-days = { $count ->
    [0] Viimeinen päivä
    [one] 1 päivä jäljellä
   *[other] { $count } päivää jäljellä
    }
projects-left-days-short = { $count ->
    [0] viimeinen päivä
   *[other] { $count } pv jäljellä
    }
projects-over-hours = { $count ->
    [0] Aika ylittyi juuri
    [one] Ylittyi tunti sitten
   *[other] Ylittyi { $count } tuntia sitten
    }
projects-over-hours-short = { $count ->
    [0] Ylittyi juuri
   *[other] Ylittyi { $count } h
    }
projects-over-days = { $count ->
    [one] Ylittyi eilen
   *[other] Ylittyi { $count } päivää sitten
    }
projects-over-days-short = Ylittyi { $count } pv
projects-extended = { $left }, jatkettu
projects-age = ikä { $age }
projects-age-hours = { $count } h
projects-age-days = { $count } pv
projects-waited = odottanut { $age }
projects-units = Käytössä: { $used } / { $asked } yksikköä
projects-lines-done = { $done } / { $all } tehty
projects-comments = { $count ->
    [one] yksi kommentti
   *[other] { $count } kommenttia
    }
projects-assigned-to = Vastaa: { $names }
projects-clock = Projektin aika
projects-ends-at = { $stage } päättyy { $at }
projects-ends-on = { $stage } päättyy { $day }
projects-since = { $day } alkaen
projects-waits-for = Odottaa: { $reason }
projects-today = tänään { $day }
projects-today-number = tänään { $day }, { $number }. päivä
projects-plan-hours = { $count } tuntia
projects-plan-days = { $count } päivää
projects-gone-hours = { $gone } / { $all } h · { $range }
projects-gone-days = { $gone } / { $all } päivää · { $range }
projects-free-days = Viikonloput ja pyhät kuuluvat aikaan.
projects-holidays = Pyhiä: { $names }.
projects-extend = Jatka aikaa
projects-extend-days = Montako päivää lisää
projects-extend-reason = Miksi aikaa tarvitaan lisää
projects-extend-late = Projekti siirtyi sillä välin toiseen vaiheeseen, jolla on oma aikansa. Tarkista, tarvitaanko jatkoa.
projects-extended-said = Aikaa jatkettiin.

## Moving

projects-move = Siirrä vaihetta
projects-move-named = Siirrä vaihetta: { $title }
projects-move-do = Siirrä
projects-move-to = { $title } siirtyy vaiheeseen { $stage }.
projects-move-lacks = { $title } ei voi vielä siirtyä vaiheeseen { $stage }. Siihen tarvitaan:
projects-move-closed = Vaihe { $stage } ei ole avoinna projektille { $title }.
projects-move-not-yours = Et voi siirtää projektia { $title }. Pyydä ryhmää tai kouluttajaa siirtämään se.
projects-moved = { $title }: { $stage }
projects-move-undone = Siirto kumottiin.
projects-moved-meanwhile = Joku siirsi sen sillä välin. { $title } on nyt vaiheessa { $stage }.
projects-moved-meanwhile-by = { $name } siirsi sen sillä välin. { $title } on nyt vaiheessa { $stage }.
projects-question-late = Joku siirsi projektin sillä välin vaiheeseen { $stage }. Kirjoittamasi on tallessa. Siirrä, jos se on vielä oikein.
projects-column-full = Vaihe on täynnä. Voit siirtää silti.
projects-reason = Miksi juuri nyt
projects-waiting-reason = Mitä odotetaan
projects-learnt = Mitä opitte
projects-learnt-hint = Tämä julkaistaan, jotta muut oppivat samasta.
projects-follow-up = Missä projektissa se jatkuu
projects-follow-up-new = Kirjaa uusi idea jatkoksi
projects-choose = Valitse
projects-asks-waiting = kirjaa syy
projects-asks-continued = valitse projekti
projects-asks-stopped = kirjaa, mitä opittiin
projects-needs-need = vaatii tarpeen
projects-needs-idea = vaatii idean
projects-needs-sponsor = vaatii lähijohtajan
projects-needs-unit = vaatii yksikön
projects-needs-trial-result = vaatii kokeilun tuloksen
projects-needs-adoption = vaatii yhden käyttöönoton
projects-open-project = Avaa projekti
projects-lacks-need = Kirjaa tarve
projects-lacks-idea = Kirjaa idea
projects-lacks-unit = Valitse yksikkö, joka tarvitsee tätä
projects-lacks-sponsor = Lähijohtaja mukaan
projects-lacks-trial-result = Kirjaa kokeilun tulos
projects-lacks-adoption = Yksi yksikkö ottaa käyttöön
projects-lacks-reason = Kirjaa syy
projects-lacks-learnt = Kirjaa, mitä opittiin
projects-lacks-follow-up = Valitse jatkoprojekti
projects-who-you = Voit tehdä sen tällä sivulla.
projects-who-group = Sen tekevät projektin tekijät.
projects-who-unit-first = Valitkaa ensin yksikkö. Sen lähijohtaja voi sitten lähteä mukaan.
projects-who-sponsor = Yksikön { $unit } lähijohtaja avaa tämän sivun ja lähtee mukaan. Lähetä hänelle linkki.
projects-who-trial = Kirjaa tulos, kun kokeilu on tehty.
projects-who-adoption = Yksikkö kertoo itse, kun se on ottanut tavan käyttöön.
projects-before = Ennen vaihetta { $stage }

## Keys

projects-keys = Näppäimet
projects-keys-on = Käytä näppäimiä taululla
projects-key-card = edellinen ja seuraava kortti
projects-key-column = viereinen sarake
projects-key-open = avaa projekti
projects-key-menu = avaa siirtovalikko
projects-key-digit = valitse sarake valikosta
projects-key-hold = nosta kortti, siirrä nuolilla, pudota
projects-key-cancel = peru
projects-key-new = uusi idea
projects-key-help = nämä näppäimet
projects-key-card-short = kortti
projects-key-column-short = sarake
projects-key-menu-short = siirrä
projects-held = { $title } on nostettu. Vaihe { $stage }. Siirrä nuolilla, pudota välilyönnillä, peru Esc-näppäimellä.
projects-put-back = { $title } jäi paikalleen.
projects-over-own = { $stage }: oma sarake.
projects-over-open = { $stage }.
projects-over-full = { $stage }: täynnä.
projects-over-closed = { $stage }: ei avoinna tästä vaiheesta.

## Project page

projects-edit = Muokkaa
projects-edit-named = Muokkaa: { $part }
projects-saved = Muutokset tallennettiin.
projects-not-said = ei kirjattu
projects-print = Tulosta
projects-trail = Muutosloki
projects-remove = Poista idea
projects-remove-text = Idea { $title } poistetaan. Tätä ei voi perua.
projects-removed = Idea poistettiin.
projects-need = Tarve
projects-need-hint = Kuka tarvitsee, mitä ja miksi?
projects-need-blank = Tarvetta ei ole vielä kirjattu.
projects-evidence = Mistä sen tietää
projects-evidence-number = { $number }. havainto
projects-evidence-add = Lisää havainto
projects-evidence-remove = Poista { $number }. havainto
projects-url = Linkki
projects-url-hint = Osoite alkaa https://
projects-idea = Idea
projects-idea-hint = Mitä kokeilette?
projects-idea-blank = Ideaa ei ole vielä kirjattu.
projects-process = Työn kulku
projects-process-from = Nyt
projects-process-to = Uudella tavalla
projects-process-hint = Yksi vaihe riville.
projects-process-blank = Kirjaa työn vaiheet nyt ja uudella tavalla, niin näette, mikä jää pois.
projects-steps = { $count ->
    [one] yksi vaihe
   *[other] { $count } vaihetta
    }
projects-steps-saved = { $count ->
    [0] Vaiheita on yhtä monta.
    [one] Yksi vaihe jää pois.
   *[other] { $count } vaihetta jää pois.
    }
projects-steps-added = { $count ->
    [one] Yksi vaihe tulee lisää.
   *[other] { $count } vaihetta tulee lisää.
    }
projects-basics = Perustiedot
projects-field-title = Nimi
projects-field-lang = Kieli, jolla kirjoitatte
projects-field-group = Pienryhmä
projects-no-group = ei ryhmää
projects-no-unit = ei vielä valittu
projects-theme-hint = Esimerkiksi: kotiin annettavat palvelut
projects-customers = Kenelle
projects-labels = Tunnisteet
projects-labels-hint = Erota pilkulla.
projects-checklist = Tehtävät
projects-checklist-blank = Ei vielä tehtäviä.
projects-line-new = Uusi tehtävä
projects-line-add = Lisää tehtävä
projects-line-remove = Poista tehtävä: { $text }
projects-line-done = Tehty:
projects-line-open = Tekemättä:
projects-people = Tekijät
projects-people-blank = Projektilla ei ole vielä tekijöitä.
projects-of-group = ryhmästä
projects-answers = vastaa seuraavasta
projects-assign-named = Vastaamaan seuraavasta: { $name }
projects-unassign-named = Ei enää vastaa: { $name }
projects-person = Kuka
projects-person-kind = Millä tavalla mukana
projects-person-add = Lisää tekijä
projects-person-remove-named = Poista projektista: { $name }
projects-sponsor-heading = Lähijohtaja
projects-sponsor = Lähden mukaan lähijohtajana
projects-unsponsor = En ole enää mukana
projects-sponsor-is = Lähijohtaja mukana: { $name }
projects-sponsor-missing = Lähijohtaja ei vielä mukana
projects-sponsor-since = { $name } on ollut mukana { $day } alkaen.
projects-sponsor-none = Lähijohtajaa ei ole mukana.
projects-sponsored = Olet nyt mukana lähijohtajana.
projects-unsponsored = Et ole enää mukana lähijohtajana.
projects-copy-link = Kopioi linkki
projects-link-copied = Linkki kopioitiin
projects-history = Historia
projects-history-began = { $day } alkoi: { $stage }
projects-history-moved = { $day } { $stage }, siirsi { $name }
projects-history-expired = { $day } { $stage }, kun aika loppui
projects-history-extended = { $day } aikaa jatkettiin { $days } pv, myönsi { $name }:
projects-system = järjestelmä
projects-lineage = Mistä tämä tuli, mihin jatkui
projects-continues = Jatkaa projektia
projects-continued-in = Jatkuu projektissa

## New idea

projects-new-help = Kirjaa nimi, tarve ja idea. Loput voitte täydentää projektin sivulla.
projects-make = Kirjaa idea
projects-made = Idea on kirjattu. Seuraavat askeleet näkyvät sivulla.
