# Självvärdering av målen och resultat.

assessment-title = Självvärdering av målen
assessment-edition = Genomförande
assessment-question = Hur uppfylldes målet för din egen del?
assessment-greeting-title = Vad vill du säga till sist?
assessment-done = Klart
assessment-review = Dina svar
assessment-place = Mål { $at } / { $count }
assessment-place-greeting = Sluthälsning
assessment-place-review = Besvarade { $answered } / { $count }
assessment-back = Tillbaka
assessment-next = Nästa
assessment-note = Du svarar med ditt namn. Andra ser bara sammandraget.
assessment-none = Inget svar
assessment-change = Ändra svaret
assessment-already = Du har redan svarat
assessment-saving = Sparar
assessment-saved = Sparat { $time }
assessment-unsaved = Inte sparat ännu
assessment-offline = Inget nät. Svaren är sparade i det här fönstret.
assessment-retry = Försök nu
assessment-greeting = Sluthälsning
assessment-greeting-hint = Andra ser hälsningen utan ditt namn när resultatet har publicerats, om minst 10 har svarat. Skriv inte om personer.
assessment-greeting-none = Ingen hälsning
assessment-greeting-change = Ändra hälsningen
assessment-missing = { $count ->
    [one] Ett mål saknar ännu svar. Dina svar räknas med när du har svarat på varje mål.
   *[other] { $count } mål saknar ännu svar. Dina svar räknas med när du har svarat på varje mål.
}
assessment-review-unsaved = Allt är inte sparat i tjänsten ännu. Håll fönstret öppet.
assessment-all-saved = Alla dina svar är sparade. Du kan ändra dem tills svarandet avslutas.
assessment-to-edition = Gå till genomförandet
assessment-see-results = Se resultaten
assessment-not-open = Svarandet har inte börjat
assessment-not-open-help = Svara när utbildaren har öppnat svarandet. Resultaten av tidigare genomföranden ser du redan nu.
assessment-published = Svarandet har avslutats
assessment-published-answered = Du svarade. Sammandraget är publicerat och dina svar har raderats.
assessment-published-unanswered = Sammandraget är publicerat och det går inte längre att svara.

results-title-plain = Resultat
results-title = Resultat: { $programme }
results-programme = Utbildning
results-programmes = Utbildningar
results-to-programme = Gå till utbildningen
results-export = Exportera tabellen
results-print = Skriv ut
results-none = Inga resultat ännu
results-none-help = Ett genomförandes resultat visas här när svarandet har avslutats.
results-left-out = { $count ->
    [one] Ett genomförande är inte med i siffrorna, så att ingens svar kan räknas ut.
   *[other] { $count } genomföranden är inte med i siffrorna, så att ingens svar kan räknas ut.
}
results-finding = Målen uppfylldes med medelvärdet { $mean }
results-finding-hidden = Resultaten kan inte visas: det finns färre än 5 svar, eller så svarade nästan alla lika
results-mean = Medelvärde, 1–4
results-answers = Har svarat
results-of-invited = / { $count } deltagare
results-rate = svarsprocent { $rate } %
results-editions = Publicerade genomföranden
results-trend = Medelvärdet per genomförande
results-trend-up = Medelvärdet steg från förra gången: { $old } → { $new }
results-trend-down = Medelvärdet sjönk från förra gången: { $old } → { $new }
results-trend-same = Medelvärdet är oförändrat: { $new }
results-trend-caption = Medelvärdet för alla mål och antalet som svarat (n) per genomförande. Skala 1–4.
results-table = Visa som tabell
results-edition = Genomförande
results-mean-short = medelv.
results-n = n
results-goals = Målen per genomförande
results-goals-caption = Stapeln är medelvärdet för alla genomföranden, strecken är enskilda genomföranden, det senaste mörkast. Skala 1–4.
results-goal = Mål
results-scale = 1–4
results-total = Totalt
results-all-goals = Alla mål
results-not-asked = frågades inte
results-spread = Så här svarade man
results-spread-caption = Antalet svar per steg, medelvärdet och antalet som svarat (n).
results-counts = Antal svar, { $edition }
results-hidden-few = färre än 5 svar
results-hidden-distribution = fördelningen visas när minst 10 har svarat
results-hidden-same = alla eller nästan alla svarade lika
results-hidden-protects = dolt så att det andra inte kan räknas ut
results-greetings = Sluthälsningar
results-greetings-rule = Hälsningarna visas utan namn och i blandad ordning när minst 10 har svarat.
