
## Results as CSV (backend/src/training/service/export.rs)

csv-edition = Edition
csv-year = Year
csv-season = Season
csv-goal = Goal
csv-n = Answers
csv-invited = Invited
csv-response-rate = Response rate, %
csv-mean = Mean
csv-step = Step { $step }
csv-hidden = hidden
csv-all-goals = All goals
csv-all-editions = All editions
csv-season-pilot = Pilot
csv-season-spring = Spring
csv-season-summer = Summer
csv-season-autumn = Autumn
csv-season-winter = Winter
