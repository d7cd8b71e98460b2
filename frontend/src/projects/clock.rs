//! The clock of a project: the three stages that have a time of their own as one bar in true proportion, with today's mark
//! and the same in words.

use super::days;
use super::extend::Extend;
use super::page::Ctx;
use super::time::{left_words, shares};
use crate::session::{Session, session, t, tv, word};
use crate::ui::icon;
use jiff::Timestamp;
use leptos::prelude::*;
use shared::EditionId;
use shared::client::Called;
use shared::format;
use shared::projects::clock::{due_on, left};
use shared::projects::{ClockTerms, Project, ProjectStage, StagePeriod};

/// The stages that have a time of their own.
const TIMED: [ProjectStage; 3] = [ProjectStage::Idea, ProjectStage::Trial, ProjectStage::Spread];
/// Days between the ticks of a long stage.
const TICK: u32 = 30;

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Done,
    Now,
    Ahead,
}

/// One stage of the bar.
#[derive(Clone, Debug, PartialEq)]
struct Segment {
    stage: ProjectStage,
    state: State,
    /// How long it is planned to take.
    days: f64,
    /// What has gone of it and by how much it ran over, as shares of the segment.
    gone: f64,
    over: f64,
    started_at: Option<Timestamp>,
    due_at: Option<Timestamp>,
    /// When it ended, or now.
    until: Timestamp,
}

#[allow(clippy::cast_precision_loss)]
fn days_between(from: Timestamp, to: Timestamp) -> f64 {
    to.duration_since(from).as_secs().max(0) as f64 / 86_400.0
}

#[allow(clippy::cast_precision_loss)]
fn planned(terms: &ClockTerms, stage: ProjectStage) -> f64 {
    match stage {
        ProjectStage::Idea => terms.idea_hours as f64 / 24.0,
        ProjectStage::Trial => terms.trial_days as f64,
        _ => terms.spread_days as f64,
    }
}

/// The segments as they stand: of a stage that a project was in more than once, the last time counts.
fn segments(stages: &[StagePeriod], terms: &ClockTerms, now: Timestamp) -> Vec<Segment> {
    let one = |stage: &ProjectStage| {
        let usual = planned(terms, *stage);
        let Some(period) = stages.iter().rfind(|period| period.stage == *stage) else {
            return Segment {
                stage: *stage,
                state: State::Ahead,
                days: usual,
                gone: 0.0,
                over: 0.0,
                started_at: None,
                due_at: None,
                until: now,
            };
        };
        let until = period.ended_at.unwrap_or(now);
        let days = period.due_at.map_or(usual, |due| days_between(period.started_at, due));
        let (gone, over) = period.due_at.map_or((1.0, 0.0), |due| shares(period.started_at, due, until));
        let state = if period.ended_at.is_some() { State::Done } else { State::Now };
        Segment { stage: *stage, state, days, gone, over, started_at: Some(period.started_at), due_at: period.due_at, until }
    };
    TIMED.iter().map(one).collect()
}

/// The common terms until those of the project's programme are known.
async fn terms(session: Session, edition: Option<EditionId>) -> Called<ClockTerms> {
    let Some(id) = edition else { return Ok(ClockTerms::default()) };
    let programme = session.call(move |client| async move { client.get_edition(id).await }).await?.programme_id;
    session.call(move |client| async move { client.get_clock_terms(programme).await }).await
}

/// The block.
#[component]
pub fn Clock(ctx: Ctx) -> impl IntoView {
    let edition = ctx.project.part(|project| project.edition_id);
    let terms = LocalResource::new(move || terms(ctx.session, edition.get().flatten()));
    let seen = ctx.project.part(|project| (project.stage, project.stages.clone(), project.clock.clone(), project.waiting_reason));
    let heading = move || ctx.project.of(|project| words(project, ctx.now.get())).unwrap_or_default();
    let sub = move || ctx.project.of(ends).unwrap_or_default();
    let bar = move || {
        let (_, stages, _, _) = seen.get()?;
        let terms = terms.get().and_then(Result::ok).unwrap_or_default();
        Some(draw(&segments(&stages, &terms, ctx.now.get()), ctx.now.get()))
    };
    let over = move || ctx.project.of(|project| project.clock.due_at.is_some_and(|due| due < ctx.now.get())).unwrap_or_default();
    view! {
        <section class="clock" id="clock" aria-label=move || t("projects-clock") class:over=over>
            <div class="clock-head">
                <h2 class="clock-words">{move || over().then(|| icon("triangle-alert"))} {heading}</h2>
                <p class="small">{sub}</p>
                <Extend ctx />
            </div>
            {bar}
        </section>
    }
}

/// `90 päivää jäljellä`, or how it stands with a stage that has no time of its own. Reactive.
fn words(project: &Project, now: Timestamp) -> String {
    match (project.clock.due_at, project.waiting_reason) {
        (Some(due), _) => left_words(left(project.stage, due, now), false),
        (None, Some(reason)) => tv("projects-waits-for", &[("reason", &word("projects-waiting", reason.as_str()))]),
        (None, None) => word("projects-stage", project.stage.as_str()),
    }
}

/// When the stage ends, or since when it is so. Reactive.
fn ends(project: &Project) -> String {
    let lang = session().lang.get();
    let stage = word("projects-stage", project.stage.as_str());
    match project.clock.due_at {
        Some(due) if project.stage == ProjectStage::Idea => {
            tv("projects-ends-at", &[("stage", &stage), ("at", &format::date_time(due, lang))])
        }
        Some(due) => {
            let day = due_on(due);
            tv("projects-ends-on", &[("stage", &stage), ("day", &format!("{} {}", format::weekday(day, lang), format::date(day, lang)))])
        }
        None => tv("projects-since", &[("day", &format::date(format::day_of(project.clock.started_at), lang))]),
    }
}

fn draw(segments: &[Segment], now: Timestamp) -> AnyView {
    let bars = segments.iter().map(|segment| bar(segment, now)).collect_view();
    let labels = segments.iter().map(label).collect_view();
    let note = segments.iter().find_map(planned_days).map(|(from, to)| days::words(from, to));
    view! { <div class="clock-bar" aria-hidden="true">{bars}</div> <ol class="clock-labels">{labels}</ol> {note} }.into_any()
}

/// One stage of the bar. Reactive by language.
fn bar(segment: &Segment, now: Timestamp) -> AnyView {
    let percent = |share: f64| format!("{:.2}%", share * 100.0);
    let state = match segment.state {
        State::Done => "done",
        State::Now => "now",
        State::Ahead => "ahead",
    };
    // A segment that ran over is drawn longer by what it ran over.
    let whole = segment.days / (1.0 - segment.over).max(0.05);
    let free = planned_days(segment).map(|(from, to)| days::marks(from, to, segment.days / whole));
    let ticks = (segment.state != State::Done).then(|| ticks(segment.days, whole));
    let today = (segment.state == State::Now).then(|| {
        let lang = session().lang.get();
        let day = format::day_of(now);
        let begun = segment.started_at.map(format::day_of).unwrap_or(day);
        let number = begun.until(day).map_or(0, |span| span.get_days());
        let words = match segment.stage {
            ProjectStage::Idea => tv("projects-today", &[("day", &format::weekday_date(day, lang))]),
            _ => tv("projects-today-number", &[("day", &format::weekday_date(day, lang)), ("number", &number.to_string())]),
        };
        let at = segment.gone + segment.over;
        let class = if at > 0.6 { "clock-today late" } else { "clock-today" };
        view! { <span class=class style:inset-inline-start=percent(at)><span>{words}</span></span> }
    });
    view! {
        <span class="clock-segment" data-state=state data-stage=segment.stage.as_str() style:flex-grow=format!("{whole:.3}")>
            <span class="clock-gone" style:inline-size=percent(segment.gone)></span>
            <span class="clock-over" style:inline-size=percent(segment.over)></span>
            {free} {ticks} {today}
        </span>
    }
    .into_any()
}

/// The first and the last day of a stage that is under way and counts days.
fn planned_days(segment: &Segment) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let counts_days = segment.state == State::Now && segment.stage != ProjectStage::Idea;
    let (from, to) = segment.started_at.zip(segment.due_at).filter(|_| counts_days)?;
    Some((format::day_of(from), due_on(to)))
}

/// A tick every so many days.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn ticks(days: f64, whole: f64) -> AnyView {
    let last = days.max(0.0) as u32 / TICK;
    let at = |number: u32| format!("{:.2}%", f64::from(number * TICK) / whole * 100.0);
    (1..=last).map(|number| view! { <span class="clock-tick" style:inset-inline-start=at(number)></span> }).collect_view().into_any()
}

/// The same in words. Reactive by language.
fn label(segment: &Segment) -> AnyView {
    let lang = session().lang.get();
    let name = word("projects-stage", segment.stage.as_str());
    let days = |days: f64| format!("{:.0}", days.max(0.0));
    let hours = segment.stage == ProjectStage::Idea;
    let words = match segment.started_at {
        None if hours => tv("projects-plan-hours", &[("count", &days(segment.days * 24.0))]),
        None => tv("projects-plan-days", &[("count", &days(segment.days))]),
        Some(started) => {
            let last = match segment.state {
                State::Done => format::day_of(segment.until),
                _ => segment.due_at.map_or(format::day_of(segment.until), due_on),
            };
            let range = format!("{}\u{2013}{}", format::short_date(format::day_of(started), lang), format::short_date(last, lang));
            if hours {
                let gone = days_between(started, segment.until) * 24.0;
                tv("projects-gone-hours", &[("gone", &days(gone.floor())), ("all", &days(segment.days * 24.0)), ("range", &range)])
            } else {
                let gone = format::day_of(started).until(format::day_of(segment.until)).map_or(0, |span| span.get_days());
                tv("projects-gone-days", &[("gone", &gone.to_string()), ("all", &days(segment.days.floor())), ("range", &range)])
            }
        }
    };
    let state = match segment.state {
        State::Done => "done",
        State::Now => "now",
        State::Ahead => "ahead",
    };
    view! { <li data-state=state data-stage=segment.stage.as_str() style:flex-grow=format!("{:.3}", segment.days)><strong>{name}</strong> <span class="small">{words}</span></li> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn period(number: i64, stage: ProjectStage, started: &str, due: &str, ended: Option<&str>) -> StagePeriod {
        let (started_at, due_at, ended_at) = (at(started), Some(at(due)), ended.map(at));
        StagePeriod { number, stage, started_at, due_at, ended_at, reason: None, moved_by: None, extensions: Vec::new() }
    }

    #[test]
    fn the_bar_keeps_true_proportion_and_knows_where_today_is() {
        let stages = [
            period(1, ProjectStage::Idea, "2019-02-05T11:00:00Z", "2019-02-06T11:00:00Z", Some("2019-02-06T05:00:00Z")),
            period(2, ProjectStage::Trial, "2019-02-06T05:00:00Z", "2019-02-27T22:00:00Z", None),
        ];
        let found = segments(&stages, &ClockTerms::default(), at("2019-02-17T01:30:00Z"));
        assert_eq!(found.iter().map(|segment| segment.state).collect::<Vec<_>>(), [State::Done, State::Now, State::Ahead]);
        assert_eq!(found[0].gone, 0.75);
        assert!((found[1].gone - 0.5).abs() < 0.01, "{}", found[1].gone);
        assert_eq!((found[0].days, found[2].days), (1.0, 105.0));
        assert_eq!(found[2].gone, 0.0);
    }

    #[test]
    fn a_stage_entered_twice_counts_as_it_is_now() {
        let stages = [
            period(1, ProjectStage::Trial, "2019-01-01T00:00:00Z", "2019-01-22T00:00:00Z", Some("2019-01-10T00:00:00Z")),
            period(2, ProjectStage::Idea, "2019-01-10T00:00:00Z", "2019-01-11T00:00:00Z", Some("2019-01-11T00:00:00Z")),
            period(3, ProjectStage::Trial, "2019-01-11T00:00:00Z", "2019-02-01T00:00:00Z", None),
        ];
        let found = segments(&stages, &ClockTerms::default(), at("2019-02-22T00:00:00Z"));
        assert_eq!(found[1].state, State::Now);
        assert_eq!((found[1].gone, found[1].over), (0.5, 0.5));
    }
}
