# Tavoitteiden itsearviointi ja tulokset. Sanaa nimetön ei käytetä: vastaus kuuluu vastaajalle, kunnes tulos julkaistaan.

assessment-title = Tavoitteiden itsearviointi
assessment-edition = Toteutus
assessment-question = Miten tavoite toteutui omalta kohdaltasi?
assessment-greeting-title = Mitä haluat sanoa lopuksi?
assessment-done = Valmis
assessment-review = Vastauksesi
assessment-place = Tavoite { $at } / { $count }
assessment-place-greeting = Loppuviesti
assessment-place-review = Vastattu { $answered } / { $count }
assessment-back = Takaisin
assessment-next = Seuraava
assessment-note = Vastaat nimelläsi. Muut näkevät vain yhteenvedon.
assessment-none = Ei vastausta
assessment-change = Muuta vastausta
assessment-already = Vastasit jo
assessment-saving = Tallennetaan
assessment-saved = Tallennettu { $time }
assessment-unsaved = Ei vielä tallennettu
assessment-offline = Ei verkkoa. Vastaukset ovat tallessa tässä ikkunassa.
assessment-retry = Yritä nyt
assessment-greeting = Loppuviesti
assessment-greeting-hint = Muut näkevät viestin ilman nimeäsi tulosten julkaisun jälkeen, jos vastaajia on vähintään 10. Älä kirjoita henkilöistä.
assessment-greeting-none = Ei viestiä
assessment-greeting-change = Muuta viestiä
assessment-missing = { $count ->
    [one] Yksi tavoite on vielä ilman vastausta. Vastauksesi lasketaan mukaan, kun olet vastannut jokaiseen tavoitteeseen.
   *[other] { $count } tavoitetta on vielä ilman vastausta. Vastauksesi lasketaan mukaan, kun olet vastannut jokaiseen tavoitteeseen.
}
assessment-review-unsaved = Kaikki ei ole vielä tallessa palvelussa. Pidä ikkuna auki.
assessment-all-saved = Kaikki vastauksesi on tallennettu. Voit muuttaa niitä, kunnes vastaaminen päätetään.
assessment-to-edition = Siirry toteutukseen
assessment-see-results = Katso tuloksia
assessment-not-open = Vastaaminen ei ole alkanut
assessment-not-open-help = Vastaa sitten, kun kouluttaja on avannut vastaamisen. Aiempien toteutusten tulokset näet jo nyt.
assessment-published = Vastaaminen on päättynyt
assessment-published-answered = Vastasit. Yhteenveto on julkaistu, ja vastauksesi on poistettu.
assessment-published-unanswered = Yhteenveto on julkaistu, eikä vastauksia voi enää antaa.

results-title-plain = Tulokset
results-title = Tulokset: { $programme }
results-programme = Valmennus
results-programmes = Valmennukset
results-to-programme = Siirry valmennukseen
results-export = Vie taulukko
results-print = Tulosta
results-none = Ei vielä tuloksia
results-none-help = Toteutuksen tulos näkyy täällä, kun sen vastaaminen on päätetty.
results-left-out = { $count ->
    [one] Luvuista puuttuu yksi toteutus, jotta kenenkään vastausta ei voi päätellä.
   *[other] Luvuista puuttuu { $count } toteutusta, jotta kenenkään vastausta ei voi päätellä.
}
results-finding = Tavoitteet toteutuivat keskiarvolla { $mean }
results-finding-hidden = Tuloksia ei voi näyttää: vastauksia on alle 5 tai lähes kaikki vastasivat samoin
results-mean = Keskiarvo, 1–4
results-answers = Vastanneita
results-of-invited = / { $count } osallistujaa
results-rate = vastausprosentti { $rate } %
results-editions = Julkaistuja toteutuksia
results-trend = Keskiarvo toteutuksittain
results-trend-up = Keskiarvo nousi edellisestä: { $old } → { $new }
results-trend-down = Keskiarvo laski edellisestä: { $old } → { $new }
results-trend-same = Keskiarvo pysyi samana: { $new }
results-trend-caption = Kaikkien tavoitteiden keskiarvo ja vastanneiden määrä (n) toteutuksittain. Asteikko 1–4.
results-table = Näytä taulukkona
results-edition = Toteutus
results-mean-short = ka.
results-n = n
results-goals = Tavoitteet toteutuksittain
results-goals-caption = Palkki on kaikkien toteutusten keskiarvo, viivat yksittäiset toteutukset, viimeisin tummin. Asteikko 1–4.
results-goal = Tavoite
results-scale = 1–4
results-total = Yhteensä
results-all-goals = Kaikki tavoitteet
results-not-asked = ei kysytty
results-spread = Miten vastattiin
results-spread-caption = Vastausten määrä portaittain, keskiarvo ja vastanneet (n).
results-counts = Vastausten määrä, { $edition }
results-hidden-few = alle 5 vastausta
results-hidden-distribution = jakauma näytetään, kun vastaajia on vähintään 10
results-hidden-same = kaikki tai lähes kaikki vastasivat samoin
results-hidden-protects = piilotettu, ettei toista voi laskea
results-greetings = Loppuviestit
results-greetings-rule = Viestit näytetään ilman nimiä ja sekoitetussa järjestyksessä, kun vastaajia on vähintään 10.
