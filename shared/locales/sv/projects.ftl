## Stages

projects-stage-idea = Idé
projects-stage-trial = Försök
projects-stage-spread = Spridning
projects-stage-in-use = I bruk
projects-stage-waiting = Väntar
projects-stage-continued = Fortsätter på annat håll
projects-stage-stopped = Avslutat
projects-waiting-expired = tiden gick ut
projects-waiting-obstacle = hinder
projects-waiting-decision = beslut saknas
projects-waiting-resources = ingen tid just nu
projects-kind-member = medarbetare
projects-kind-guest = gäst

## Board and list

projects-title = Utvecklingsprojekt
projects-project = Utvecklingsprojekt
projects-board = Tavla
projects-list = Lista
projects-views = Vy
projects-board-named = Projekten enligt skede
projects-filters = Avgränsa projekten
projects-all = Alla
projects-edition = Omgång
projects-unit = Enhet
projects-theme = Tema
projects-stage = Skede
projects-overdue = Tiden har gått ut
projects-overdue-count = Tiden har gått ut { $count }
projects-overdue-off = Visa alla
projects-clear-filters = Ta bort avgränsningen
projects-no-match = Inga projekt hittades
projects-no-match-help = Avgränsning: { $filter }. Ta bort den för att se alla projekt.
projects-none = Inga utvecklingsprojekt ännu
projects-none-help = Ett projekt börjar med ett behov: någon berättar vad som inte fungerar. Till exempel: "Det är svårt att hämta vårdartiklar."
projects-new = Ny idé
projects-more = Visa { $count } till
projects-full = Fullt
projects-column-count = { $count ->
    [one] ett projekt
   *[other] { $count } projekt
    }
projects-column-count-of = { $count } projekt, högst { $limit }
projects-column-about-idea = vanligen 24 timmar
projects-column-about-trial = vanligen 21 dagar
projects-column-about-spread = vanligen 105 dagar
projects-column-about-in-use = det nya arbetssättet
projects-column-about-waiting = orsaken antecknad
projects-column-about-continued = i ett annat projekt
projects-column-about-stopped = lärdomen publicerad
projects-column-empty-trial = Inga försök just nu.
projects-column-empty-spread = Inget sprids just nu.
projects-column-empty-in-use = Hit kommer det som blir vana.
projects-column-empty-waiting = Inget väntar.
projects-column-empty-continued = Inget fortsätter på annat håll.
projects-column-empty-stopped = Ett avslutat försök är ett resultat. Skriv vad ni lärde er.
projects-col-title = Projekt
projects-col-time = Tid kvar
projects-col-group = Grupp
projects-col-age = Ålder
projects-col-assigned = Ansvarar
projects-limits = Kolumnernas gränser
projects-limits-help = Hur många projekt ett skede får ha samtidigt. Tomt betyder att ingen gräns finns.
projects-limits-saved = Gränserna sparades.

## Time

projects-left-hours = { $count } h kvar
projects-left-days = { $count ->
    [0] Sista dagen
    [one] 1 dag kvar
   *[other] { $count } dagar kvar
    }
projects-left-days-short = { $count ->
    [0] sista dagen
   *[other] { $count } d kvar
    }
projects-over-hours = { $count ->
    [0] Tiden gick just ut
    [one] Tiden gick ut för en timme sedan
   *[other] Tiden gick ut för { $count } timmar sedan
    }
projects-over-hours-short = { $count ->
    [0] Gick just ut
   *[other] Gick ut för { $count } h sedan
    }
projects-over-days = { $count ->
    [one] Tiden gick ut i går
   *[other] Tiden gick ut för { $count } dagar sedan
    }
projects-over-days-short = Gick ut för { $count } d sedan
projects-extended = { $left }, förlängt
projects-age = ålder { $age }
projects-age-hours = { $count } h
projects-age-days = { $count } d
projects-waited = väntat { $age }
projects-units = I bruk: { $used } / { $asked } enheter
projects-lines-done = { $done } / { $all } gjort
projects-comments = { $count ->
    [one] en kommentar
   *[other] { $count } kommentarer
    }
projects-assigned-to = Ansvarar: { $names }
projects-clock = Projektets tid
projects-ends-at = { $stage } slutar { $at }
projects-ends-on = { $stage } slutar { $day }
projects-since = sedan { $day }
projects-waits-for = Väntar: { $reason }
projects-today = i dag { $day }
projects-today-number = i dag { $day }, dag { $number }
projects-plan-hours = { $count } timmar
projects-plan-days = { $count } dagar
projects-gone-hours = { $gone } / { $all } h · { $range }
projects-gone-days = { $gone } / { $all } dagar · { $range }
projects-free-days = Veckoslut och helger räknas med.
projects-holidays = Helgdagar: { $names }.
projects-extend = Förläng tiden
projects-extend-days = Hur många dagar till
projects-extend-reason = Varför mer tid behövs
projects-extend-late = Projektet flyttades under tiden till ett annat skede med egen tid. Kontrollera om förlängning behövs.
projects-extended-said = Tiden förlängdes.

## Moving

projects-move = Flytta till ett annat skede
projects-move-named = Flytta till ett annat skede: { $title }
projects-move-do = Flytta
projects-move-to = { $title } flyttas till skedet { $stage }.
projects-move-lacks = { $title } kan inte ännu flyttas till skedet { $stage }. Det som behövs:
projects-move-closed = Skedet { $stage } är inte öppet för { $title }.
projects-move-not-yours = Du kan inte flytta { $title }. Be gruppen eller utbildaren göra det.
projects-moved = { $title }: { $stage }
projects-move-undone = Flyttningen ångrades.
projects-moved-meanwhile = Någon flyttade det under tiden. { $title } är nu i skedet { $stage }.
projects-moved-meanwhile-by = { $name } flyttade det under tiden. { $title } är nu i skedet { $stage }.
projects-question-late = Någon flyttade under tiden projektet till skedet { $stage }. Det du skrivit finns kvar. Flytta om det ännu är rätt.
projects-column-full = Skedet är fullt. Du kan flytta ändå.
projects-reason = Varför just nu
projects-waiting-reason = Vad väntar det på
projects-learnt = Vad ni lärde er
projects-learnt-hint = Det här publiceras så att andra lär sig av det.
projects-follow-up = I vilket projekt det fortsätter
projects-follow-up-new = Skriv en ny idé som fortsättning
projects-choose = Välj
projects-asks-waiting = anteckna orsaken
projects-asks-continued = välj projektet
projects-asks-stopped = skriv vad ni lärde er
projects-needs-need = kräver behovet
projects-needs-idea = kräver idén
projects-needs-sponsor = kräver närchefen
projects-needs-unit = kräver en enhet
projects-needs-trial-result = kräver försökets resultat
projects-needs-adoption = kräver att en enhet tagit det i bruk
projects-open-project = Öppna projektet
projects-lacks-need = Skriv behovet
projects-lacks-idea = Skriv idén
projects-lacks-unit = Välj enheten som behöver detta
projects-lacks-sponsor = Närchefen med
projects-lacks-trial-result = Anteckna försökets resultat
projects-lacks-adoption = En enhet tar det i bruk
projects-lacks-reason = Anteckna orsaken
projects-lacks-learnt = Skriv vad ni lärde er
projects-lacks-follow-up = Välj fortsättningsprojektet
projects-who-you = Du kan göra det på den här sidan.
projects-who-group = Det gör de som arbetar med projektet.
projects-who-unit-first = Välj först enheten. Dess närchef kan sedan komma med.
projects-who-sponsor = Närchefen för { $unit } öppnar den här sidan och kommer med. Skicka länken.
projects-who-trial = Anteckna resultatet när försöket är gjort.
projects-who-adoption = Enheten berättar själv när den tagit det i bruk.
projects-before = Före skedet { $stage }

## Keys

projects-keys = Tangenter
projects-keys-on = Använd tangenterna på tavlan
projects-key-card = föregående och nästa kort
projects-key-column = kolumnen bredvid
projects-key-open = öppna projektet
projects-key-menu = öppna flyttmenyn
projects-key-digit = välj kolumn i menyn
projects-key-hold = lyft kortet, flytta med pilarna, släpp
projects-key-cancel = avbryt
projects-key-new = ny idé
projects-key-help = dessa tangenter
projects-key-card-short = kort
projects-key-column-short = kolumn
projects-key-menu-short = flytta
projects-held = { $title } är lyft. Skedet { $stage }. Flytta med pilarna, släpp med mellanslag, avbryt med Esc.
projects-put-back = { $title } är kvar på sin plats.
projects-over-own = { $stage }: egen kolumn.
projects-over-open = { $stage }.
projects-over-full = { $stage }: fullt.
projects-over-closed = { $stage }: inte öppet från detta skede.

## Project page

projects-edit = Redigera
projects-edit-named = Redigera: { $part }
projects-saved = Ändringarna sparades.
projects-not-said = inte antecknat
projects-print = Skriv ut
projects-trail = Ändringslogg
projects-remove = Ta bort idén
projects-remove-text = Idén { $title } tas bort. Det kan inte ångras.
projects-removed = Idén togs bort.
projects-need = Behov
projects-need-hint = Vem behöver, vad och varför?
projects-need-blank = Behovet är inte antecknat ännu.
projects-evidence = Hur vi vet det
projects-evidence-number = Iakttagelse { $number }
projects-evidence-add = Lägg till en iakttagelse
projects-evidence-remove = Ta bort iakttagelse { $number }
projects-url = Länk
projects-url-hint = Adressen börjar med https://
projects-idea = Idé
projects-idea-hint = Vad prövar ni?
projects-idea-blank = Idén är inte antecknad ännu.
projects-process = Arbetsgången
projects-process-from = Nu
projects-process-to = På det nya sättet
projects-process-hint = Ett steg per rad.
projects-process-blank = Skriv stegen nu och på det nya sättet, så ser ni vad som faller bort.
projects-steps = { $count ->
    [one] ett steg
   *[other] { $count } steg
    }
projects-steps-saved = { $count ->
    [0] Stegen är lika många.
    [one] Ett steg faller bort.
   *[other] { $count } steg faller bort.
    }
projects-steps-added = { $count ->
    [one] Ett steg till.
   *[other] { $count } steg till.
    }
projects-basics = Grunduppgifter
projects-field-title = Namn
projects-field-lang = Språket ni skriver på
projects-field-group = Smågrupp
projects-no-group = ingen grupp
projects-no-unit = inte valt ännu
projects-theme-hint = Till exempel: tjänster som ges hemma
projects-customers = För vem
projects-labels = Etiketter
projects-labels-hint = Skilj åt med kommatecken.
projects-checklist = Uppgifter
projects-checklist-blank = Inga uppgifter ännu.
projects-line-new = Ny uppgift
projects-line-add = Lägg till uppgiften
projects-line-remove = Ta bort uppgiften: { $text }
projects-line-done = Gjort:
projects-line-open = Ogjort:
projects-people = Personer
projects-people-blank = Projektet har inga personer ännu.
projects-of-group = i gruppen
projects-answers = ansvarar för nästa
projects-assign-named = Ansvara för nästa: { $name }
projects-unassign-named = Ansvarar inte längre: { $name }
projects-person = Vem
projects-person-kind = På vilket sätt med
projects-person-add = Lägg till en person
projects-person-remove-named = Ta bort från projektet: { $name }
projects-sponsor-heading = Närchef
projects-sponsor = Jag kommer med som närchef
projects-unsponsor = Jag är inte längre med
projects-sponsor-is = Närchefen med: { $name }
projects-sponsor-missing = Närchefen inte med ännu
projects-sponsor-since = { $name } har varit med sedan { $day }.
projects-sponsor-none = Ingen närchef är med.
projects-sponsored = Du är nu med som närchef.
projects-unsponsored = Du är inte längre med som närchef.
projects-copy-link = Kopiera länken
projects-link-copied = Länken kopierades
projects-history = Historia
projects-history-began = { $day } började: { $stage }
projects-history-moved = { $day } { $stage }, flyttades av { $name }
projects-history-expired = { $day } { $stage }, när tiden gick ut
projects-history-extended = { $day } tiden förlängdes { $days } d, beviljades av { $name }:
projects-system = systemet
projects-lineage = Varifrån och vart
projects-continues = Fortsätter projektet
projects-continued-in = Fortsätter i projektet

## New idea

projects-new-help = Skriv namn, behov och idé. Resten kan ni fylla i på projektets sida.
projects-make = Anteckna idén
projects-made = Idén är antecknad. Nästa steg syns på sidan.
