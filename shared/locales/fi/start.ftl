start-accounts = Käyttäjät ja roolit
start-administration = Hallinta
start-answer = Arvioi tavoitteiden toteutuminen
start-answered = Tavoitteiden arvioon vastanneita { $answered } / { $enrolled }.
start-audit = Tapahtumaloki
start-days-left = { $days ->
    [0] tänään
    [one] huomenna
   *[other] { $days } päivää
 }
start-edition = Toteutus
start-feedback = Saavutettavuuspalaute
start-join = Liity etänä
start-next-day = Seuraava lähipäivä on { $date } klo { $from }–{ $to }.
start-no-editions = Sinulla ei ole vielä valmennusta
start-no-editions-help = Kun sinut lisätään toteutukseen, näet sen tässä.
start-no-next-day = Lähipäiviä ei ole tulossa.
start-no-people = Kukaan ei ole vielä mukana
start-no-people-help = Kun yksikkösi väkeä ilmoitetaan valmennukseen, he näkyvät tässä.
start-person = Nimi
start-results = Katso tulokset toteutuksittain
start-see-programmes = Katso valmennukset
start-title = Tervetuloa, { $name }
start-unit = Yksikkö
start-unit-people = Yksikköni osallistujat
start-units = Organisaatiot ja yksiköt
