start-accounts = Accounts and roles
start-administration = Administration
start-answer = Assess how the goals came true
start-answered = { $answered } / { $enrolled } have answered the goal self-assessment.
start-audit = Audit trail
start-days-left = { $days ->
    [0] today
    [one] tomorrow
   *[other] { $days } days
 }
start-edition = Edition
start-feedback = Accessibility feedback
start-join = Join remotely
start-next-day = The next contact day is { $date }, { $from }–{ $to }.
start-no-editions = You have no training yet
start-no-editions-help = When you are added to an edition, you see it here.
start-no-next-day = No contact days ahead.
start-no-people = Nobody takes part yet
start-no-people-help = When people of your unit are enrolled in a training, they appear here.
start-person = Name
start-results = See results by edition
start-see-programmes = See the trainings
start-title = Welcome, { $name }
start-unit = Unit
start-unit-people = People of my unit
start-units = Organisations and units
