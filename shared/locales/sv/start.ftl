start-accounts = Användare och roller
start-administration = Förvaltning
start-answer = Bedöm måluppfyllelsen
start-answered = { $answered } / { $enrolled } har svarat på måluppfyllelsen.
start-audit = Händelselogg
start-days-left = { $days ->
    [0] i dag
    [one] i morgon
   *[other] { $days } dagar
 }
start-edition = Genomförande
start-feedback = Tillgänglighetsrespons
start-join = Delta på distans
start-next-day = Nästa närstudiedag är { $date } kl. { $from }–{ $to }.
start-no-editions = Du har ingen utbildning ännu
start-no-editions-help = När du läggs till i ett genomförande ser du det här.
start-no-next-day = Inga närstudiedagar på kommande.
start-no-people = Ingen är med ännu
start-no-people-help = När din enhets personal anmäls till en utbildning syns de här.
start-person = Namn
start-results = Se resultaten per genomförande
start-see-programmes = Se utbildningarna
start-title = Välkommen, { $name }
start-unit = Enhet
start-unit-people = Min enhets deltagare
start-units = Organisationer och enheter
