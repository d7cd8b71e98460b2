start-agenda = Päivän ohjelma
start-all-held = Kaikki lähipäivät on pidetty.
start-all-people = Katso kaikki, myös aiemmat
start-answer = Arvioi tavoitteiden toteutuminen
start-answer-feedback = Vastaa
start-answered = { $answered } / { $enrolled } vastannut
start-answers = Tavoitteiden arviointi
start-anything-odd = Onko jotain poikkeavaa?
start-away = Poissa työstä seuraavaksi
start-choose-groups = Valitse ryhmät
start-days-left = { $days ->
    [0] tänään
    [one] huomenna
   *[other] { $days } päivää
 }
start-does-it-work = Toimiiko valmennus?
start-edition = Toteutus
start-enrol = Ilmoita osallistujia
start-event = Tapahtuma
start-event-actor = Tekijä
start-event-at = Aika
start-event-count = 30 päivässä
start-event-last = Viimeksi
start-event-object = Kohde
start-events = Tapahtumat 30 päivän ajalta
start-feedback-due = Vastaa viimeistään { $day }
start-feedback-open = { $count ->
    [one] Yksi saavutettavuuspalaute odottaa vastausta
   *[other] { $count } saavutettavuuspalautetta odottaa vastausta
 }
start-feedback-overdue = Määräaika ylittyi { $day }
start-figure-ever = Ollut mukana
start-figure-in-use = Kehittämistyötä käytössä
start-figure-now = Mukana nyt
start-figure-waiting = Odottaa
start-first-organisation = Lisää organisaatio
start-first-organisation-help = Kunta, hyvinvointialue tai muu toimija, johon yksiköt kuuluvat.
start-first-people = Kutsu ihmiset
start-first-people-help = Koordinaattori, kouluttajat ja lähijohtajat. Anna heille roolit.
start-first-programme = Lisää valmennusohjelma
start-first-programme-help = Kirjoita tavoitteet ja lisää ensimmäinen toteutus.
start-first-steps = Aloita tästä
start-first-unit = Lisää yksiköt
start-first-unit-help = Yksiköt kertovat, kenen työ muuttuu.
start-invited = { $count ->
    [one] Yksi kutsuttu ei ole vielä kirjautunut
   *[other] { $count } kutsuttua ei ole vielä kirjautunut
 }
start-invited-help = Voit lähettää uuden kutsulinkin henkilön sivulta.
start-join = Liity etänä
start-lag-answers = { $count ->
    [one] Arvio puuttuu yhdeltä
   *[other] Arvio puuttuu { $count } osallistujalta
 }
start-lag-answers-why = { $done } / { $all } on vastannut. Vastaaminen on auki, eikä nimiä näytetä.
start-lag-groupless = { $count ->
    [one] Yksi on ilman ryhmää
   *[other] { $count } on ilman ryhmää
 }
start-lag-places = { $count ->
    [one] Yksi paikka on vapaana
   *[other] { $count } paikkaa on vapaana
 }
start-lag-places-why = { $done } / { $all } on ilmoitettu.
start-lag-projectless = { $count ->
    [one] Yksi ryhmä on ilman kehittämisprojektia
   *[other] { $count } ryhmää on ilman kehittämisprojektia
 }
start-latest = Viimeksi tapahtunutta
start-means = Tavoitteiden toteutuminen, 1–4
start-next = Seuraava lähipäivä
start-next-day = { $number }. lähipäivä on { $date }
start-next-day-label = Seuraava lähipäivä
start-no-days = Lähipäiviä ei ole
start-no-editions = Sinulla ei ole vielä valmennusta
start-no-editions-help = Kun sinut lisätään toteutukseen tai saat roolin, näet sen tässä.
start-no-next-day = Lähipäiviä ei ole tulossa
start-no-people = Kukaan ei ole vielä mukana
start-no-people-help = Kun yksikkösi väkeä ilmoitetaan valmennukseen, he näkyvät tässä.
start-no-results = Tuloksia ei vielä ole. Ne tulevat, kun ensimmäisen toteutuksen vastaaminen suljetaan.
start-nobody-lags = Kaikki on ajan tasalla.
start-nobody-now = Kukaan yksiköstäsi ei ole nyt mukana.
start-none-under-way = Yhtään toteutusta ei ole käynnissä
start-none-under-way-help = Lisää valmennukseen toteutus, niin sen tilanne näkyy tässä.
start-not-open = Ei avattu
start-nothing-changes = Yksikkösi väellä ei ole vielä kehittämisprojekteja.
start-nothing-odd = Ei torjuttuja kirjautumisia eikä väärinkäytettyjä istuntotunnisteita { $days } päivään.
start-nothing-waits = Mikään ei odota sinua.
start-of = { $count } / { $all }
start-open-edition = Avaa toteutus
start-open-trail = Avaa tapahtumaloki
start-over = yli { $count }
start-overall = Kaikki yhteensä { $mean }, vastanneita { $n }.
start-own-answers = Vastattu { $done } / { $all } tavoitteeseen
start-own-change = Katso tai muuta vastauksia
start-own-complete = Olet arvioinut kaikki tavoitteet
start-own-group = Oma ryhmäni
start-own-group-none = Et ole vielä ryhmässä. Ryhmät sovitaan lähipäivänä.
start-own-project-none = Ryhmällä ei ole vielä kehittämisprojektia.
start-people-intro = Ketkä yksiköiden väestä ovat tai ovat olleet mukana missäkin toteutuksessa.
start-person = Nimi
start-project = Kehittämisprojekti
start-project-people = Yksiköstä mukana
start-projects-by-stage = { $count ->
    [one] Yksi kehittämisprojekti
   *[other] { $count } kehittämisprojektia vaiheittain
 }
start-published = Tulos julkaistu
start-results = Katso tulokset toteutuksittain
start-see-groups = Katso ryhmät
start-see-invited = Katso kutsutut
start-see-programmes = Katso valmennukset
start-something-odd = { $count ->
    [one] Yksi poikkeava tapahtuma { $days } päivässä. Tarkista se.
   *[other] { $count } poikkeavaa tapahtumaa { $days } päivässä. Tarkista ne.
 }
start-stage = Vaihe
start-status = Tila
start-step-ahead = tekemättä
start-step-done = tehty
start-step-go = Siirry tähän
start-taken = Osallistujia / paikkoja
start-times = klo { $from }–{ $to }
start-title = Tervetuloa, { $name }
start-under-way = Missä toteutukset menevät?
start-unit = Yksikkö
start-what-changes = Mitä yksikössäni muuttuu?
start-what-waits = Mikä odottaa sinua?
start-when = { $date } klo { $from }–{ $to }
start-who-lags = Kuka on jäljessä?
start-who-takes-part = Ketkä yksiköstäni ovat mukana nyt?
