
## Results as CSV (backend/src/training/service/export.rs)

csv-edition = Toteutus
csv-year = Vuosi
csv-season = Kausi
csv-goal = Tavoite
csv-n = Vastanneita
csv-invited = Kutsuttuja
csv-response-rate = Vastausprosentti
csv-mean = Keskiarvo
csv-step = Porras { $step }
csv-hidden = piilotettu
csv-all-goals = Kaikki tavoitteet
csv-all-editions = Kaikki toteutukset
csv-season-pilot = Pilotti
csv-season-spring = Kevät
csv-season-summer = Kesä
csv-season-autumn = Syksy
csv-season-winter = Talvi
