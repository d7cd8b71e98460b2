
## Names

training-programmes = Training programmes
training-programme = Training programme
training-edition = Edition
training-editions = Editions
training-edition-name = { $season } { $year }
training-goals = Goals
training-results = Results
training-to-results = See the results
training-remove = Remove

## Codes

training-season-pilot = pilot
training-season-spring = spring
training-season-summer = summer
training-season-autumn = autumn
training-season-winter = winter
training-status-planned = Planned
training-status-running = Running
training-status-closed = Closed
training-part-service-design = Service design
training-part-other = Other part
training-kind-opening = Opening
training-kind-theory = Theory
training-kind-practice = Practice
training-kind-group-work = Group work
training-kind-reflection = Reflection
training-kind-project-gate = Project gate
training-kind-break = Break

## Programmes

training-add-programme = Add a training programme
training-edit-programme = Edit the programme
training-programme-saved = The training programme was saved.
training-field-programme-name = Name of the programme
training-field-description = Description
training-goals-hint = Participants assess each goal for their own part. A goal that has been asked cannot be removed.
training-goal-number = Goal { $number }
training-add-goal = Add a goal
training-steps = Words for the steps of the assessment
training-step = Step { $step }
training-usual-step-1 = not at all
training-usual-step-2 = to some extent
training-usual-step-3 = well
training-usual-step-4 = fully
training-no-goals = No goals yet
training-no-goals-help = This is what the training aims at. Participants assess at the end how the goals came true.
training-no-programmes = No training programmes yet
training-no-programmes-help = A training programme holds the goals. Its editions say when and who.

## Editions

training-add-edition = Add an edition
training-edit-edition = Edit the edition
training-copy-edition = Copy the edition
training-copy-help = The contact days are copied with their agendas and moved so that the first falls on the day you give. People, groups and answers stay behind.
training-edition-added = The edition was added.
training-edition-saved = The edition was saved.
training-edition-copied = The edition was copied. You are now in the new edition.
training-field-number = Number of the edition
training-field-number-hint = Which run of the programme this is; the first is 1.
training-field-season = Season
training-field-year = Year
training-field-places = Places
training-field-status = Status
training-field-first-day = First contact day
training-no-editions = No editions yet
training-no-editions-help = An edition is one run of the programme, with its contact days and participants.
training-no-days-set = no days yet
training-col-edition = Edition
training-col-status = Status
training-col-days = Contact days
training-col-taken = Participants / places
training-taken = { $count } / { $places }
training-history = Change history
training-print = Print
training-fact-number = Edition { $number }.
training-fact-people = Participants { $count } / { $places }.
training-fact-groups = { $count ->
    [one] 1 small group.
   *[other] { $count } small groups.
    }
training-fact-days = { $count ->
    [one] 1 contact day.
   *[other] { $count } contact days.
    }
training-fact-leaders = Facilitators: { $names }.

## Contact days

training-timeline = Course of the edition
training-views = Views of the edition
training-view-overview = Overview
training-view-groups = Groups and projects
training-days = Contact days
training-day-number = Contact day { $number }
training-day-held = held
training-day-next = next
training-day-today = today
training-day-ahead = ahead
training-today = today { $day }
training-between = Between-days work { $from }–{ $to }
training-no-days = No contact days yet
training-no-days-help = This shows the contact days, and the work between them, in time.
training-add-day = Add a contact day
training-edit-day = Edit the day
training-day-form = Details of the contact day
training-remove-day = Remove the day
training-day-removed = The contact day was removed.
training-day-restored = The contact day was brought back.
training-day-saved = The contact day was saved.
training-field-title = Title
training-field-part = Part of the training
training-field-date = Date
training-field-start = Starts
training-field-end = Ends
training-field-place = Place
training-field-address = Address
training-field-meeting = Link to join remotely
training-field-meeting-hint = The address starts with https://
training-field-minutes = Length in minutes
training-join-meeting = Join remotely
training-facilitators = Facilitators
training-agenda = Agenda of the day
training-agenda-item = Item { $number }
training-add-agenda-item = Add an agenda item
training-no-agenda = The day has no agenda yet.
training-minutes = { $count } min
training-col-time = Time
training-col-what = What
training-col-kind = Way of working
training-col-minutes = Length

## Goal self-assessment

training-assessment = Goal self-assessment
training-assessment-not-open = Answering has not been opened
training-assessment-open = Answering is open
training-assessment-done = The result has been published
training-answered = Answered { $answered } / { $enrolled }
training-answer = Assess how the goals came true
training-no-goals-to-ask = Write goals for the programme, then answering can be opened.
training-open-assessment = Open answering
training-open-assessment-text = Participants of { $edition } can answer as soon as answering is open. Goals cannot be added or removed while it is open.
training-close-assessment = Close answering and publish
training-close-and-publish = Close and publish
training-close-assessment-text = Answering for { $edition } is closed and the result published. The single answers are deleted. This is final: answering cannot be opened again.
training-assessment-opened = Answering was opened.
training-assessment-published = Answering was closed and the result published.
training-mean = The mean of all goals is { $mean } on a scale of 1–4, n { $n }.
training-mean-hidden = The mean is hidden so that nobody's answer can be worked out.

## People

training-participants = Participants
training-no-people = No participants yet
training-no-people-help = This shows the people enrolled in the edition and their groups.
training-enrol = Enrol a participant
training-enrol-help = Write a name and an e-mail address. A new person gets an invitation; you can also copy its link.
training-field-name = Name
training-field-email = E-mail address
training-enrolled = The participant was enrolled.
training-enrolled-name = { $name } now takes part in the edition.
training-remove-enrolment = Remove from the edition
training-remove-enrolment-named = Remove from the edition: { $name }
training-enrolment-removed = The participant was removed from the edition.
training-enrolment-restored = The participant was brought back to the edition.
training-group-of = Group of { $name }
training-group-chosen = The group was changed.
training-group-chosen-back = The participant is back in the earlier group.
training-no-group = no group
training-col-name = Name
training-col-email = E-mail
training-col-unit = Unit
training-col-group = Group
training-col-actions = Actions

## Groups and projects

training-groups = Small groups
training-no-groups = No small groups yet
training-no-groups-help = A small group works on a development project together and chooses its own name.
training-add-group = Add a small group
training-group-form = Name of the small group
training-rename-group = Rename
training-rename-group-named = Rename: { $name }
training-remove-group = Remove the group
training-remove-group-named = Remove the group: { $name }
training-group-removed = The small group was removed.
training-group-restored = The small group was brought back.
training-group-saved = The name of the small group was saved.
training-field-group-name = Name of the group
training-field-lang = Language of the name
training-member-count = { $count ->
    [one] 1 member
   *[other] { $count } members
    }
training-projects = Development projects
training-no-projects = No development projects yet
training-no-projects-help = This shows the groups' development projects and their stages.
training-col-project = Project
training-col-stage = Stage

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
