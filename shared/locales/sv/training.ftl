
## Names

training-programmes = Utbildningar
training-programme = Utbildningsprogram
training-edition = Genomförande
training-editions = Genomföranden
training-edition-name = { $season } { $year }
training-goals = Mål
training-results = Resultat
training-to-results = Se resultaten
training-remove = Ta bort

## Codes

training-season-pilot = piloten
training-season-spring = våren
training-season-summer = sommaren
training-season-autumn = hösten
training-season-winter = vintern
training-status-planned = Planeras
training-status-running = Pågår
training-status-closed = Avslutat
training-part-service-design = Tjänstedesign
training-part-other = Annan del
training-kind-opening = Inledning
training-kind-theory = Teori
training-kind-practice = Övning
training-kind-group-work = Grupparbete
training-kind-reflection = Reflektion
training-kind-project-gate = Projektets kontrollpunkt
training-kind-break = Paus

## Programmes

training-add-programme = Lägg till ett utbildningsprogram
training-edit-programme = Redigera programmet
training-programme-saved = Utbildningsprogrammet sparades.
training-field-programme-name = Programmets namn
training-field-description = Beskrivning
training-goals-hint = Deltagaren bedömer varje mål för egen del. Ett mål som redan har frågats kan inte tas bort.
training-goal-number = Mål { $number }
training-add-goal = Lägg till ett mål
training-steps = Orden för bedömningens steg
training-step = Steg { $step }
training-usual-step-1 = inte alls
training-usual-step-2 = i någon mån
training-usual-step-3 = väl
training-usual-step-4 = helt och hållet
training-no-goals = Inga mål ännu
training-no-goals-help = Här visas vad utbildningen siktar på. Deltagarna bedömer måluppfyllelsen till sist.
training-no-programmes = Inga utbildningsprogram ännu
training-no-programmes-help = Utbildningsprogrammet anger målen. Genomförandena anger när och vilka.

## Editions

training-add-edition = Lägg till ett genomförande
training-edit-edition = Redigera genomförandet
training-copy-edition = Kopiera genomförandet
training-copy-help = Närstudiedagarna kopieras med sina program och flyttas så att den första infaller på dagen du anger. Människor, grupper och svar följer inte med.
training-edition-added = Genomförandet lades till.
training-edition-saved = Genomförandet sparades.
training-edition-copied = Genomförandet kopierades. Du är nu i det nya genomförandet.
training-field-number = Genomförandets nummer
training-field-number-hint = Vilket genomförande i ordningen, det första är 1.
training-field-season = Period
training-field-year = År
training-field-places = Platser
training-field-status = Läge
training-field-first-day = Första närstudiedagen
training-no-editions = Inga genomföranden ännu
training-no-editions-help = I ett genomförande hålls programmet en gång: det har närstudiedagar och deltagare.
training-no-days-set = inga dagar ännu
training-col-edition = Genomförande
training-col-status = Läge
training-col-days = Närstudiedagar
training-col-taken = Deltagare / platser
training-taken = { $count } / { $places }
training-history = Ändringshistorik
training-print = Skriv ut
training-fact-number = Genomförande { $number }.
training-fact-people = Deltagare { $count } / { $places }.
training-fact-groups = { $count ->
    [one] 1 smågrupp.
   *[other] { $count } smågrupper.
    }
training-fact-days = { $count ->
    [one] 1 närstudiedag.
   *[other] { $count } närstudiedagar.
    }
training-fact-leaders = Utbildare: { $names }.

## Contact days

training-timeline = Genomförandets gång
training-views = Genomförandets vyer
training-view-overview = Översikt
training-view-groups = Grupper och projekt
training-days = Närstudiedagar
training-day-number = Närstudiedag { $number }
training-day-held = har hållits
training-day-next = nästa
training-day-today = i dag
training-day-ahead = kommande
training-today = i dag { $day }
training-between = Mellanuppgift { $from }–{ $to }
training-no-days = Inga närstudiedagar ännu
training-no-days-help = Här visas närstudiedagarna och uppgifterna mellan dem i tidsordning.
training-add-day = Lägg till en närstudiedag
training-edit-day = Redigera dagen
training-day-form = Närstudiedagens uppgifter
training-remove-day = Ta bort dagen
training-day-removed = Närstudiedagen togs bort.
training-day-restored = Närstudiedagen återställdes.
training-day-saved = Närstudiedagen sparades.
training-field-title = Rubrik
training-field-part = Del av utbildningen
training-field-date = Dag
training-field-start = Börjar
training-field-end = Slutar
training-field-place = Plats
training-field-address = Adress
training-field-meeting = Länk till distansmötet
training-field-meeting-hint = Adressen börjar med https://
training-field-minutes = Längd i minuter
training-join-meeting = Anslut på distans
training-facilitators = Utbildare
training-agenda = Dagens program
training-agenda-item = Punkt { $number }
training-add-agenda-item = Lägg till en punkt i programmet
training-no-agenda = Dagen har inget program ännu.
training-minutes = { $count } min
training-col-time = Tid
training-col-what = Vad
training-col-kind = Arbetssätt
training-col-minutes = Längd

## Goal self-assessment

training-assessment = Måluppfyllelse
training-assessment-not-open = Svarandet har inte öppnats
training-assessment-open = Svarandet är öppet
training-assessment-done = Resultatet har publicerats
training-answered = Har svarat { $answered } / { $enrolled }
training-answer = Bedöm måluppfyllelsen
training-no-goals-to-ask = Skriv mål för programmet, så kan svarandet öppnas.
training-open-assessment = Öppna svarandet
training-open-assessment-text = Deltagarna i { $edition } kan svara så snart svarandet har öppnats. Programmets mål kan inte läggas till eller tas bort medan svarandet är öppet.
training-close-assessment = Stäng svarandet och publicera
training-close-and-publish = Stäng och publicera
training-close-assessment-text = Svarandet för { $edition } stängs och resultatet publiceras. De enskilda svaren raderas. Detta är slutgiltigt: svarandet kan inte öppnas igen.
training-assessment-opened = Svarandet öppnades.
training-assessment-published = Svarandet stängdes och resultatet publicerades.
training-mean = Medeltalet för alla mål är { $mean } på skalan 1–4, n { $n }.
training-mean-hidden = Medeltalet är dolt så att ingens svar kan räknas ut.

## People

training-participants = Deltagare
training-no-people = Inga deltagare ännu
training-no-people-help = Här visas de som har anmälts till genomförandet och deras grupper.
training-enrol = Anmäl en deltagare
training-enrol-help = Skriv namn och e-postadress. En ny person får en inbjudan, vars länk du också kan kopiera.
training-field-name = Namn
training-field-email = E-postadress
training-enrolled = Deltagaren anmäldes.
training-enrolled-name = { $name } är nu med i genomförandet.
training-remove-enrolment = Ta bort ur genomförandet
training-remove-enrolment-named = Ta bort ur genomförandet: { $name }
training-enrolment-removed = Deltagaren togs bort ur genomförandet.
training-enrolment-restored = Deltagaren återställdes i genomförandet.
training-group-of = Grupp: { $name }
training-group-chosen = Gruppen byttes.
training-group-chosen-back = Deltagaren återfördes till sin tidigare grupp.
training-no-group = ingen grupp
training-col-name = Namn
training-col-email = E-post
training-col-unit = Enhet
training-col-group = Grupp
training-col-actions = Åtgärder

## Groups and projects

training-groups = Smågrupper
training-no-groups = Inga smågrupper ännu
training-no-groups-help = En smågrupp gör ett utvecklingsprojekt tillsammans och väljer sitt eget namn.
training-add-group = Lägg till en smågrupp
training-group-form = Smågruppens namn
training-rename-group = Byt namn
training-rename-group-named = Byt namn: { $name }
training-remove-group = Ta bort gruppen
training-remove-group-named = Ta bort gruppen: { $name }
training-group-removed = Smågruppen togs bort.
training-group-restored = Smågruppen återställdes.
training-group-saved = Smågruppens namn sparades.
training-field-group-name = Gruppens namn
training-field-lang = Namnets språk
training-member-count = { $count ->
    [one] 1 medlem
   *[other] { $count } medlemmar
    }
training-projects = Utvecklingsprojekt
training-no-projects = Inga utvecklingsprojekt ännu
training-no-projects-help = Här visas gruppernas utvecklingsprojekt och deras skeden.
training-col-project = Projekt
training-col-stage = Skede

## Results as CSV (backend/src/training/service/export.rs)

csv-edition = Genomförande
csv-year = År
csv-season = Period
csv-goal = Mål
csv-n = Antal svar
csv-invited = Inbjudna
csv-response-rate = Svarsprocent
csv-mean = Medeltal
csv-step = Steg { $step }
csv-hidden = dolt
csv-all-goals = Alla mål
csv-all-editions = Alla genomföranden
csv-season-pilot = Pilot
csv-season-spring = Vår
csv-season-summer = Sommar
csv-season-autumn = Höst
csv-season-winter = Vinter
