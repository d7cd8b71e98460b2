# Self-assessment of the goals, and results.

assessment-title = Self-assessment of the goals
assessment-edition = Edition
assessment-question = How far was the goal reached for your own part?
assessment-greeting-title = What would you like to say at the end?
assessment-done = Done
assessment-review = Your answers
assessment-place = Goal { $at } / { $count }
assessment-place-greeting = Final greeting
assessment-place-review = Answered { $answered } / { $count }
assessment-back = Back
assessment-next = Next
assessment-note = You answer under your own name. Others see only the summary.
assessment-none = No answer
assessment-change = Change the answer
assessment-already = You have answered
assessment-saving = Saving
assessment-saved = Saved { $time }
assessment-unsaved = Not saved yet
assessment-offline = No connection. Your answers are kept in this window.
assessment-retry = Try now
assessment-greeting = Final greeting
assessment-greeting-hint = Others see the greeting without your name once the results are published, if at least 10 people have answered. Do not write about individuals.
assessment-greeting-none = No greeting
assessment-greeting-change = Change the greeting
assessment-missing = { $count ->
    [one] One goal has no answer yet. Your answers are counted once every goal has one.
   *[other] { $count } goals have no answer yet. Your answers are counted once every goal has one.
}
assessment-review-unsaved = Not everything has been saved to the service yet. Keep this window open.
assessment-all-saved = All your answers are saved. You can change them until answering is closed.
assessment-to-edition = Go to the edition
assessment-see-results = See the results
assessment-not-open = Answering has not begun
assessment-not-open-help = Answer when the facilitator has opened the self-assessment. The results of earlier editions can be seen now.
assessment-published = Answering has closed
assessment-published-answered = You answered. The summary is published, and your answers have been deleted.
assessment-published-unanswered = The summary is published, and answers can no longer be given.

results-title-plain = Results
results-title = Results: { $programme }
results-programme = Programme
results-programmes = Programmes
results-to-programme = Go to the programme
results-export = Export the table
results-print = Print
results-none = No results yet
results-none-help = The result of an edition appears here when its answering has been closed.
results-left-out = { $count ->
    [one] One edition is left out of the figures, so that nobody's answer can be worked out.
   *[other] { $count } editions are left out of the figures, so that nobody's answer can be worked out.
}
results-finding = The goals were reached with a mean of { $mean }
results-finding-hidden = The results cannot be shown: there are fewer than 5 answers, or nearly everyone answered the same
results-mean = Mean, 1–4
results-answers = Answered
results-of-invited = / { $count } participants
results-rate = response rate { $rate }%
results-editions = Published editions
results-trend = Mean by edition
results-trend-up = The mean rose from the previous edition: { $old } → { $new }
results-trend-down = The mean fell from the previous edition: { $old } → { $new }
results-trend-same = The mean stayed the same: { $new }
results-trend-caption = Mean of all goals and number of people who answered (n), by edition. Scale 1–4.
results-table = Show as a table
results-edition = Edition
results-mean-short = mean
results-n = n
results-goals = Goals by edition
results-goals-caption = The bar is the mean of all editions, the ticks are single editions, the latest darkest. Scale 1–4.
results-goal = Goal
results-scale = 1–4
results-total = Total
results-all-goals = All goals
results-not-asked = not asked
results-spread = How people answered
results-spread-caption = Number of answers at each step, mean, and people who answered (n).
results-counts = Number of answers, { $edition }
results-hidden-few = fewer than 5 answers
results-hidden-distribution = the distribution is shown when at least 10 have answered
results-hidden-same = everyone or nearly everyone answered the same
results-hidden-protects = hidden so the other cannot be worked out
results-greetings = Final greetings
results-greetings-rule = Greetings are shown without names and in mixed order when at least 10 people have answered.
