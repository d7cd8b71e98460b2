
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
