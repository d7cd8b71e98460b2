//! The contact days: when, where, who leads, and what is done at which time.

use super::Ctx;
use super::day_form::DayForm;
use super::leaders::names;
use super::timeline::with_states;
use crate::session::{Undo, local, session, tv, word};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::table::{Column, figures_in, words_in};
use crate::ui::{Act, Dialog, icon, load, table};
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use shared::format;
use shared::policy::Permission;
use shared::training::{AgendaItem, ContactDay, DayState, NewContactDay};

const COLUMNS: &[Column] =
    &[words_in("training-col-time"), words_in("training-col-what"), words_in("training-col-kind"), figures_in("training-col-minutes")];

/// What the buttons of a day do.
#[derive(Clone, Copy)]
struct Acts {
    edit: Callback<ContactDay>,
    remove: Callback<ContactDay>,
}

/// Every day with its agenda; the next one lies open.
#[component]
pub fn Days(ctx: Ctx) -> impl IntoView {
    let (session, edition) = (ctx.session, ctx.id);
    let open = RwSignal::new(false);
    let chosen = RwSignal::new(None::<ContactDay>);
    let act = Act::new(move || ctx.days.refetch());
    let edit = move |day: Option<ContactDay>| {
        chosen.set(day);
        open.set(true);
    };
    let remove = Callback::new(move |day: ContactDay| {
        let (id, version) = (day.id, day.version);
        let call = session.call(move |client| async move { client.delete_contact_day(id, version).await });
        act.run_undoable(call, "training-day-removed", move |()| {
            let again = as_new(day);
            Undo::new("training-day-restored", move || {
                session.send(again.clone(), move |client, again| async move { client.create_contact_day(edition, &again).await })
            })
        });
    });
    let acts = Acts { edit: Callback::new(move |day| edit(Some(day))), remove };
    let runs = ctx.can(Permission::RunEdition);
    let add = move || {
        runs.get().then(|| {
            view! { <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| edit(None)>{icon("plus")} {tr!("training-add-day")}</button> }
        })
    };
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{tr!("training-days")}</h2>
            <Summary form=act.form />
            {load(ctx.days, move |days| {
                let days = with_states(&days).into_iter().map(|(number, day, state)| one(number, day, state, runs, acts)).collect_view();
                days.into_any()
            })}
            <div class="actions">{add}</div>
            <Dialog open title_key="training-day-form"><DayForm ctx open chosen /></Dialog>
        </section>
    }
}

fn as_new(day: ContactDay) -> NewContactDay {
    let ContactDay { part, title, starts_at, ends_at, place, address, meeting_url, facilitators, agenda, .. } = day;
    let facilitator_ids = facilitators.iter().map(|leader| leader.account_id).collect();
    NewContactDay { part, title, starts_at, ends_at, place, address, meeting_url, facilitator_ids, agenda }
}

fn one(number: usize, day: ContactDay, state: DayState, runs: Memo<bool>, acts: Acts) -> impl IntoView {
    let (start, end, part) = (day.starts_at, day.ends_at, day.part);
    let stored = StoredValue::new(day.clone());
    let title = day.title.clone();
    let heading = move || format!("{} \u{2013} {}", tv("training-day-number", &[("number", &number.to_string())]), local(&title));
    let when = move || {
        let lang = session().lang.get();
        let (day, from, to) = (format::day_of(start), format::time(start, lang), format::time(end, lang));
        format!("{} {}, {from}\u{2013}{to}", format::weekday(day, lang), format::date(day, lang))
    };
    let leaders = names(&day.facilitators);
    let fact = |key: &'static str, value: AnyView| view! { <div><dt>{tr!(key)}</dt><dd>{value}</dd></div> };
    let join = |url: String| view! { <a class="ds-link" rel="external noreferrer" href=url>{tr!("training-join-meeting")}</a> }.into_any();
    let buttons = move || {
        runs.get().then(|| {
            view! {
                <div class="actions">
                    <button class="ds-button" data-variant="secondary" data-size="sm" type="button" on:click=move |_| acts.edit.run(stored.get_value())>{icon("pencil")} {tr!("training-edit-day")}</button>
                    <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" on:click=move |_| acts.remove.run(stored.get_value())>{icon("trash-2")} {tr!("training-remove-day")}</button>
                </div>
            }
        })
    };
    view! {
        <details class="ds-details" id=format!("day-{}", day.id) open=state == DayState::Next>
            <summary>{heading} " " <span class="small">{when}</span></summary>
            <div>
                <dl class="facts">
                    {fact("training-field-part", (move || word("training-part", part.as_str())).into_any())}
                    {day.place.map(|place| fact("training-field-place", place.into_any()))}
                    {day.address.map(|address| fact("training-field-address", address.into_any()))}
                    {day.meeting_url.map(|url| fact("training-field-meeting", join(url)))}
                    {(!leaders.is_empty()).then(|| fact("training-facilitators", leaders.into_any()))}
                </dl>
                {agenda(start, &day.agenda)}
                {buttons}
            </div>
        </details>
    }
}

/// The agenda with running clock times.
fn agenda(start: Timestamp, items: &[AgendaItem]) -> AnyView {
    if items.is_empty() {
        return view! { <p class="ds-paragraph small">{tr!("training-no-agenda")}</p> }.into_any();
    }
    let row = |((from, to), item): ((Timestamp, Timestamp), AgendaItem)| {
        let times = move || {
            let lang = session().lang.get();
            format!("{}\u{2013}{}", format::time(from, lang), format::time(to, lang))
        };
        let AgendaItem { title, kind, minutes } = item;
        vec![
            times.into_any(),
            (move || local(&title)).into_any(),
            (move || word("training-kind", kind.as_str())).into_any(),
            (move || tv("training-minutes", &[("count", &minutes.to_string())])).into_any(),
        ]
    };
    let rows = clock(start, items).into_iter().zip(items.iter().cloned()).map(row).collect();
    view! { <div class="agenda">{table("training-agenda", COLUMNS, rows)}</div> }.into_any()
}

/// When each part begins and ends.
fn clock(start: Timestamp, items: &[AgendaItem]) -> Vec<(Timestamp, Timestamp)> {
    let mut at = start;
    items
        .iter()
        .map(|item| {
            let from = at;
            at = at.checked_add(SignedDuration::from_mins(item.minutes)).unwrap_or(at);
            (from, at)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::clock;
    use jiff::{SignedDuration, Timestamp};
    use shared::LocalText;
    use shared::training::{AgendaItem, AgendaKind};

    #[test]
    fn each_part_begins_when_the_one_before_it_ends() {
        let item = |minutes| AgendaItem { kind: AgendaKind::Theory, title: LocalText::fi("a"), minutes };
        let start = Timestamp::UNIX_EPOCH;
        let after = |minutes| start + SignedDuration::from_mins(minutes);
        assert_eq!(clock(start, &[item(45), item(15)]), vec![(start, after(45)), (after(45), after(60))]);
    }
}
