## Stages

projects-stage-idea = Idea
projects-stage-trial = Trial
projects-stage-spread = Spreading
projects-stage-in-use = In use
projects-stage-waiting = Waiting
projects-stage-continued = Continues elsewhere
projects-stage-stopped = Ended
projects-waiting-expired = time ran out
projects-waiting-obstacle = an obstacle
projects-waiting-decision = a decision
projects-waiting-resources = no time now
projects-kind-member = member
projects-kind-guest = guest

## Board and list

projects-title = Development projects
projects-project = Development project
projects-board = Board
projects-list = List
projects-views = View
projects-board-named = Projects by stage
projects-filters = Filter projects
projects-all = All
projects-edition = Edition
projects-unit = Unit
projects-theme = Theme
projects-stage = Stage
projects-overdue = Overdue
projects-overdue-count = Overdue { $count }
projects-overdue-off = Show all
projects-clear-filters = Clear the filter
projects-no-match = No project found
projects-no-match-help = Filter: { $filter }. Clear it to see every project.
projects-none = No development projects yet
projects-none-help = A project begins with a need: somebody says what does not work. For example: "It is hard to fetch care supplies."
projects-new = New idea
projects-more = Show { $count } more
projects-full = Full
projects-column-count = { $count ->
    [one] one project
   *[other] { $count } projects
    }
projects-column-count-of = { $count } projects, at most { $limit }
projects-column-about-idea = usually 24 hours
projects-column-about-trial = usually 21 days
projects-column-about-spread = usually 105 days
projects-column-about-in-use = the new way of working
projects-column-about-waiting = the reason is noted
projects-column-about-continued = in another project
projects-column-about-stopped = the lesson is published
projects-column-empty-trial = No trials now.
projects-column-empty-spread = Nothing is spreading now.
projects-column-empty-in-use = What becomes the habit comes here.
projects-column-empty-waiting = Nothing waits.
projects-column-empty-continued = Nothing continues elsewhere.
projects-column-empty-stopped = An ended trial is a result. Write what you learnt.
projects-col-title = Project
projects-col-time = Time left
projects-col-group = Group
projects-col-age = Age
projects-col-assigned = Answers
projects-limits = Column limits
projects-limits-help = How many projects a stage may hold at once. Blank means that there is no limit.
projects-limits-saved = The limits were saved.

## Time

projects-left-hours = { $count } h left
projects-left-days = { $count ->
    [0] Last day
    [one] 1 day left
   *[other] { $count } days left
    }
projects-left-days-short = { $count ->
    [0] last day
   *[other] { $count } d left
    }
projects-over-hours = { $count ->
    [0] Just overdue
    [one] Overdue by an hour
   *[other] Overdue by { $count } hours
    }
projects-over-hours-short = { $count ->
    [0] Just overdue
   *[other] Overdue { $count } h
    }
projects-over-days = { $count ->
    [one] Overdue since yesterday
   *[other] Overdue by { $count } days
    }
projects-over-days-short = Overdue { $count } d
projects-extended = { $left }, extended
projects-age = age { $age }
projects-age-hours = { $count } h
projects-age-days = { $count } d
projects-waited = waited { $age }
projects-units = In use: { $used } / { $asked } units
projects-lines-done = { $done } / { $all } done
projects-comments = { $count ->
    [one] one comment
   *[other] { $count } comments
    }
projects-assigned-to = Answers: { $names }
projects-clock = The project's time
projects-ends-at = { $stage } ends { $at }
projects-ends-on = { $stage } ends { $day }
projects-since = since { $day }
projects-waits-for = Waiting: { $reason }
projects-today = today { $day }
projects-today-number = today { $day }, day { $number }
projects-plan-hours = { $count } hours
projects-plan-days = { $count } days
projects-gone-hours = { $gone } / { $all } h · { $range }
projects-gone-days = { $gone } / { $all } days · { $range }
projects-free-days = Weekends and holidays count.
projects-holidays = Holidays: { $names }.
projects-extend = Extend the time
projects-extend-days = How many days more
projects-extend-reason = Why more time is needed
projects-extend-late = The project has meanwhile moved to another stage, which has its own time. Check whether it needs more.
projects-extended-said = The time was extended.

## Moving

projects-move = Move to another stage
projects-move-named = Move to another stage: { $title }
projects-move-do = Move
projects-move-to = { $title } moves to the stage { $stage }.
projects-move-lacks = { $title } cannot move to the stage { $stage } yet. It needs:
projects-move-closed = The stage { $stage } is not open to { $title }.
projects-move-not-yours = You cannot move { $title }. Ask its group or the facilitator to do it.
projects-moved = { $title }: { $stage }
projects-move-undone = The move was undone.
projects-moved-meanwhile = Somebody moved it meanwhile. { $title } is now in the stage { $stage }.
projects-moved-meanwhile-by = { $name } moved it meanwhile. { $title } is now in the stage { $stage }.
projects-question-late = Somebody has meanwhile moved the project to the stage { $stage }. What you wrote is kept. Move it if that is still right.
projects-column-full = The stage is full. You can move it anyway.
projects-reason = Why now
projects-waiting-reason = What it waits for
projects-learnt = What you learnt
projects-learnt-hint = This is published, so that others learn from it.
projects-follow-up = In which project it continues
projects-follow-up-new = Write a new idea to continue it
projects-choose = Choose
projects-asks-waiting = say why
projects-asks-continued = choose the project
projects-asks-stopped = write what was learnt
projects-needs-need = needs a need written down
projects-needs-idea = needs an idea written down
projects-needs-sponsor = needs the manager
projects-needs-unit = needs a unit
projects-needs-trial-result = needs the trial's result
projects-needs-adoption = needs one unit that uses it
projects-open-project = Open the project
projects-lacks-need = Write the need
projects-lacks-idea = Write the idea
projects-lacks-unit = Choose the unit that needs this
projects-lacks-sponsor = Get the manager on board
projects-lacks-trial-result = Record the trial's result
projects-lacks-adoption = One unit takes it into use
projects-lacks-reason = Say why
projects-lacks-learnt = Write what was learnt
projects-lacks-follow-up = Choose the project that follows
projects-who-you = You can do it on this page.
projects-who-group = Those who work on the project do it.
projects-who-unit-first = Choose the unit first. Its manager can then join.
projects-who-sponsor = The manager of { $unit } opens this page and joins. Send them the link.
projects-who-trial = Record the result when the trial is done.
projects-who-adoption = The unit itself says when it uses it.
projects-before = Before the stage { $stage }

## Keys

projects-keys = Keys
projects-keys-on = Use the keys on the board
projects-key-card = previous and next card
projects-key-column = the next column
projects-key-open = open the project
projects-key-menu = open the menu of moves
projects-key-digit = choose a column from the menu
projects-key-hold = pick up the card, move it by arrows, drop it
projects-key-cancel = cancel
projects-key-new = new idea
projects-key-help = these keys
projects-key-card-short = card
projects-key-column-short = column
projects-key-menu-short = move
projects-held = { $title } is picked up. Stage { $stage }. Move by arrows, drop with the space bar, cancel with Escape.
projects-put-back = { $title } stays where it was.
projects-over-own = { $stage }: its own column.
projects-over-open = { $stage }.
projects-over-full = { $stage }: full.
projects-over-closed = { $stage }: not open from this stage.

## Project page

projects-edit = Edit
projects-edit-named = Edit: { $part }
projects-saved = The changes were saved.
projects-not-said = not said
projects-print = Print
projects-trail = Audit trail
projects-remove = Remove the idea
projects-remove-text = The idea { $title } will be removed. This cannot be undone.
projects-removed = The idea was removed.
projects-need = Need
projects-need-hint = Who needs what, and why?
projects-need-blank = The need is not written down yet.
projects-evidence = How we know
projects-evidence-number = Finding { $number }
projects-evidence-add = Add a finding
projects-evidence-remove = Remove finding { $number }
projects-url = Link
projects-url-hint = The address begins with https://
projects-idea = Idea
projects-idea-hint = What will you try?
projects-idea-blank = The idea is not written down yet.
projects-process = How the work goes
projects-process-from = Now
projects-process-to = The new way
projects-process-hint = One step a line.
projects-process-blank = Write the steps now and the new way, and you see what falls away.
projects-steps = { $count ->
    [one] one step
   *[other] { $count } steps
    }
projects-steps-saved = { $count ->
    [0] There are as many steps.
    [one] One step falls away.
   *[other] { $count } steps fall away.
    }
projects-steps-added = { $count ->
    [one] One step more.
   *[other] { $count } steps more.
    }
projects-basics = Basics
projects-field-title = Title
projects-field-lang = The language you write in
projects-field-group = Group
projects-no-group = no group
projects-no-unit = not chosen yet
projects-theme-hint = For example: services given at home
projects-customers = For whom
projects-labels = Labels
projects-labels-hint = Part them by commas.
projects-checklist = Tasks
projects-checklist-blank = No tasks yet.
projects-line-new = New task
projects-line-add = Add the task
projects-line-remove = Remove the task: { $text }
projects-line-done = Done:
projects-line-open = To do:
projects-people = People
projects-people-blank = The project has nobody yet.
projects-of-group = of the group
projects-answers = answers for the next step
projects-assign-named = To answer for the next step: { $name }
projects-unassign-named = No longer answers: { $name }
projects-person = Who
projects-person-kind = How they take part
projects-person-add = Add a person
projects-person-remove-named = Remove from the project: { $name }
projects-sponsor-heading = Manager
projects-sponsor = I join as the manager
projects-unsponsor = I no longer join
projects-sponsor-is = Manager on board: { $name }
projects-sponsor-missing = Manager not on board yet
projects-sponsor-since = { $name } has been on board since { $day }.
projects-sponsor-none = No manager is on board.
projects-sponsored = You are now on board as the manager.
projects-unsponsored = You are no longer on board as the manager.
projects-copy-link = Copy the link
projects-link-copied = The link was copied
projects-history = History
projects-history-began = { $day } began: { $stage }
projects-history-moved = { $day } { $stage }, moved by { $name }
projects-history-expired = { $day } { $stage }, when the time ran out
projects-history-extended = { $day } extended by { $days } d, granted by { $name }:
projects-system = the system
projects-lineage = Where from and where to
projects-continues = Continues
projects-continued-in = Continues in

## New idea

projects-new-help = Write the title, the need and the idea. The rest can be filled in on the project's page.
projects-make = Write down the idea
projects-made = The idea is written down. The page shows the next steps.
