start-agenda = Dagens program
start-all-held = Alla närstudiedagar har hållits.
start-all-people = Se alla, också tidigare
start-answer = Bedöm måluppfyllelsen
start-answer-feedback = Svara
start-answered = { $answered } / { $enrolled } har svarat
start-answers = Bedömning av målen
start-anything-odd = Finns det något avvikande?
start-away = Borta från arbetet härnäst
start-choose-groups = Välj grupper
start-days-left = { $days ->
    [0] i dag
    [one] i morgon
   *[other] { $days } dagar
 }
start-does-it-work = Fungerar utbildningen?
start-edition = Genomförande
start-enrol = Anmäl deltagare
start-event = Händelse
start-event-actor = Vem
start-event-at = Tid
start-event-count = På 30 dagar
start-event-last = Senast
start-event-object = Objekt
start-events = Händelser under 30 dagar
start-feedback-due = Svara senast { $day }
start-feedback-open = { $count ->
    [one] En tillgänglighetsrespons väntar på svar
   *[other] { $count } tillgänglighetsresponser väntar på svar
 }
start-feedback-overdue = Tidsfristen gick ut { $day }
start-figure-ever = Har deltagit
start-figure-in-use = Utvecklingsarbeten i bruk
start-figure-now = Med nu
start-figure-waiting = Väntar
start-first-organisation = Lägg till en organisation
start-first-organisation-help = Kommun, välfärdsområde eller annan aktör som enheterna hör till.
start-first-people = Bjud in personerna
start-first-people-help = Koordinatorn, utbildarna och närcheferna. Ge dem roller.
start-first-programme = Lägg till ett utbildningsprogram
start-first-programme-help = Skriv målen och lägg till det första genomförandet.
start-first-steps = Börja här
start-first-unit = Lägg till enheterna
start-first-unit-help = Enheterna visar vems arbete förändras.
start-invited = { $count ->
    [one] En inbjuden har inte loggat in ännu
   *[other] { $count } inbjudna har inte loggat in ännu
 }
start-invited-help = Du kan skicka en ny inbjudningslänk från personens sida.
start-join = Delta på distans
start-lag-answers = { $count ->
    [one] En har inte bedömt målen
   *[other] { $count } deltagare har inte bedömt målen
 }
start-lag-answers-why = { $done } / { $all } har svarat. Det går att svara, och namnen visas inte.
start-lag-groupless = { $count ->
    [one] En är utan grupp
   *[other] { $count } är utan grupp
 }
start-lag-places = { $count ->
    [one] En plats är ledig
   *[other] { $count } platser är lediga
 }
start-lag-places-why = { $done } / { $all } är anmälda.
start-lag-projectless = { $count ->
    [one] En grupp är utan utvecklingsprojekt
   *[other] { $count } grupper är utan utvecklingsprojekt
 }
start-latest = Senast inträffat
start-means = Måluppfyllelse, 1–4
start-next = Nästa närstudiedag
start-next-day = Närstudiedag { $number } är { $date }
start-next-day-label = Nästa närstudiedag
start-no-days = Närstudiedagar saknas
start-no-editions = Du har ingen utbildning ännu
start-no-editions-help = När du läggs till i ett genomförande eller får en roll ser du det här.
start-no-next-day = Inga närstudiedagar på kommande
start-no-people = Ingen är med ännu
start-no-people-help = När din enhets personal anmäls till en utbildning syns de här.
start-no-results = Det finns inga resultat ännu. De kommer när svarandet i det första genomförandet stängs.
start-nobody-lags = Allt är i fas.
start-nobody-now = Ingen från din enhet är med nu.
start-none-under-way = Inget genomförande pågår
start-none-under-way-help = Lägg till ett genomförande i utbildningen så syns dess läge här.
start-not-open = Inte öppnad
start-nothing-changes = Din enhets personal har inga utvecklingsprojekt ännu.
start-nothing-odd = Inga avvisade inloggningar eller missbrukade sessionskoder på { $days } dagar.
start-nothing-waits = Ingenting väntar på dig.
start-of = { $count } / { $all }
start-open-edition = Öppna genomförandet
start-open-trail = Öppna händelseloggen
start-over = över { $count }
start-overall = Alla sammanlagt { $mean }, { $n } svarande.
start-own-answers = Besvarat { $done } / { $all } mål
start-own-change = Se eller ändra svaren
start-own-complete = Du har bedömt alla mål
start-own-group = Min grupp
start-own-group-none = Du är inte med i någon grupp ännu. Grupperna bestäms på en närstudiedag.
start-own-project-none = Gruppen har inget utvecklingsprojekt ännu.
start-people-intro = Vilka av enheternas personal som deltar eller har deltagit i vilket genomförande.
start-person = Namn
start-project = Utvecklingsprojekt
start-project-people = Från enheten
start-projects-by-stage = { $count ->
    [one] Ett utvecklingsprojekt
   *[other] { $count } utvecklingsprojekt per skede
 }
start-published = Resultatet publicerat
start-results = Se resultaten per genomförande
start-see-groups = Se grupperna
start-see-invited = Se de inbjudna
start-see-programmes = Se utbildningarna
start-something-odd = { $count ->
    [one] En avvikande händelse på { $days } dagar. Kontrollera den.
   *[other] { $count } avvikande händelser på { $days } dagar. Kontrollera dem.
 }
start-stage = Skede
start-status = Läge
start-step-ahead = ogjort
start-step-done = gjort
start-step-go = Gå hit
start-taken = Deltagare / platser
start-times = kl. { $from }–{ $to }
start-title = Välkommen, { $name }
start-under-way = Hur går genomförandena?
start-unit = Enhet
start-what-changes = Vad förändras i min enhet?
start-what-waits = Vad väntar på dig?
start-when = { $date } kl. { $from }–{ $to }
start-who-lags = Vem är efter?
start-who-takes-part = Vilka från min enhet är med nu?
