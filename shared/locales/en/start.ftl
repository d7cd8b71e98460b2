start-agenda = Agenda of the day
start-all-held = All contact days have been held.
start-all-people = See everybody, earlier ones too
start-answer = Assess how the goals came true
start-answer-feedback = Answer
start-answered = { $answered } / { $enrolled } answered
start-answers = Goal self-assessment
start-anything-odd = Is anything out of the ordinary?
start-away = Away from work next
start-choose-groups = Choose groups
start-days-left = { $days ->
    [0] today
    [one] tomorrow
   *[other] { $days } days
 }
start-does-it-work = Does the training work?
start-edition = Edition
start-enrol = Enrol participants
start-event = Event
start-event-actor = Who
start-event-at = Time
start-event-count = In 30 days
start-event-last = Last
start-event-object = Object
start-events = Events of the last 30 days
start-feedback-due = Answer by { $day }
start-feedback-open = { $count ->
    [one] One piece of accessibility feedback waits for an answer
   *[other] { $count } pieces of accessibility feedback wait for an answer
 }
start-feedback-overdue = Overdue since { $day }
start-figure-ever = Have taken part
start-figure-in-use = Changes in use
start-figure-now = Taking part now
start-figure-waiting = Waiting
start-first-organisation = Add an organisation
start-first-organisation-help = The municipality, county or other body that the units belong to.
start-first-people = Invite people
start-first-people-help = The coordinator, the facilitators and the unit managers. Give them roles.
start-first-programme = Add a training programme
start-first-programme-help = Write the goals and add the first edition.
start-first-steps = Start here
start-first-unit = Add the units
start-first-unit-help = The units tell whose work changes.
start-invited = { $count ->
    [one] One invited person has not signed in yet
   *[other] { $count } invited people have not signed in yet
 }
start-invited-help = You can send a new invitation link from the person’s page.
start-join = Join remotely
start-lag-answers = { $count ->
    [one] One participant has not assessed the goals
   *[other] { $count } participants have not assessed the goals
 }
start-lag-answers-why = { $done } / { $all } have answered. Answering is open, and names are not shown.
start-lag-groupless = { $count ->
    [one] One is without a group
   *[other] { $count } are without a group
 }
start-lag-places = { $count ->
    [one] One place is free
   *[other] { $count } places are free
 }
start-lag-places-why = { $done } / { $all } are enrolled.
start-lag-projectless = { $count ->
    [one] One group is without a development project
   *[other] { $count } groups are without a development project
 }
start-latest = Latest events
start-means = How the goals came true, 1–4
start-next = Next contact day
start-next-day = Contact day { $number } is { $date }
start-next-day-label = Next contact day
start-no-days = No contact days
start-no-editions = You have no training yet
start-no-editions-help = When you are added to an edition or get a role, you see it here.
start-no-next-day = No contact days ahead
start-no-people = Nobody takes part yet
start-no-people-help = When people of your unit are enrolled in a training, they appear here.
start-no-results = There are no results yet. They come when the answering of the first edition is closed.
start-nobody-lags = Everything is up to date.
start-nobody-now = Nobody of your unit takes part now.
start-none-under-way = No edition is under way
start-none-under-way-help = Add an edition to a training, and how it stands appears here.
start-not-open = Not open
start-nothing-changes = The people of your unit have no development projects yet.
start-nothing-odd = No refused sign-ins and no misused session tokens in { $days } days.
start-nothing-waits = Nothing waits for you.
start-of = { $count } / { $all }
start-open-edition = Open the edition
start-open-trail = Open the audit trail
start-over = over { $count }
start-overall = All together { $mean }, { $n } answered.
start-own-answers = { $done } / { $all } goals answered
start-own-change = See or change your answers
start-own-complete = You have assessed every goal
start-own-group = My group
start-own-group-none = You are not in a group yet. Groups are agreed on a contact day.
start-own-project-none = The group has no development project yet.
start-people-intro = Which people of the units take or have taken part in which edition.
start-person = Name
start-project = Development project
start-project-people = From the unit
start-projects-by-stage = { $count ->
    [one] One development project
   *[other] { $count } development projects by stage
 }
start-published = Result published
start-results = See results by edition
start-see-groups = See the groups
start-see-invited = See the invited
start-see-programmes = See the trainings
start-something-odd = { $count ->
    [one] One event out of the ordinary in { $days } days. Check it.
   *[other] { $count } events out of the ordinary in { $days } days. Check them.
 }
start-stage = Stage
start-status = Status
start-step-ahead = to do
start-step-done = done
start-step-go = Go there
start-taken = Participants / places
start-times = { $from }–{ $to }
start-title = Welcome, { $name }
start-under-way = Where do the editions stand?
start-unit = Unit
start-what-changes = What is changing in my unit?
start-what-waits = What waits for you?
start-when = { $date }, { $from }–{ $to }
start-who-lags = Who is behind?
start-who-takes-part = Who of my unit takes part now?
