//! The contact days: when, where, who leads, and what is done at which time.

use super::Ctx;
use super::day_form::DayForm;
use super::fields::say;
use super::timeline::with_states;
use crate::session::{local, session, t, tv};
use crate::tr;
use crate::training::words::{kind_words, part_words};
use crate::ui::form::Summary;
use crate::ui::{Confirm, Dialog, FormState, icon, load};
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use shared::format;
use shared::policy::Permission;
use shared::training::{AgendaItem, ContactDay, DayState};

/// Every day with its agenda; the next one lies open.
#[component]
pub fn Days(ctx: Ctx) -> impl IntoView {
    let (open, removing) = (RwSignal::new(false), RwSignal::new(false));
    let chosen = RwSignal::new(None::<ContactDay>);
    let form = FormState::default();
    let session = ctx.session;
    Effect::new(move |_| {
        if form.stale.get() {
            form.stale.set(false);
            say(session, "training-changed-meanwhile");
            ctx.days.refetch();
        }
    });
    let remove = Callback::new(move |()| {
        let Some(day) = chosen.get_untracked() else { return };
        let call = async move { session.call(move |client| async move { client.delete_contact_day(day.id, day.version).await }).await };
        form.send(call, move |()| {
            say(session, "training-day-removed");
            ctx.days.refetch();
        });
    });
    let question = Signal::derive(move || {
        chosen.with(|day| day.as_ref().map(|day| tv("training-remove-day-text", &[("day", &local(&day.title))])).unwrap_or_default())
    });
    let runs = ctx.can(Permission::RunEdition);
    let add = move || {
        runs.get().then(|| {
            view! {
                <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| { chosen.set(None); open.set(true); }>
                    {icon("plus")} {tr!("training-add-day")}
                </button>
            }
        })
    };
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{tr!("training-days")}</h2>
            <Summary form />
            {load(ctx.days, move |days| {
                let days = with_states(&days).into_iter().map(|(number, day, state)| one(ctx, number, day, state, chosen, open, removing)).collect_view();
                days.into_any()
            })}
            <div class="actions">{add}</div>
            <Dialog open title_key="training-day-form"><DayForm ctx open chosen /></Dialog>
            <Confirm open=removing title_key="training-remove-day" text=question yes="training-remove-day" on_yes=remove />
        </section>
    }
}

fn one(
    ctx: Ctx,
    number: usize,
    day: ContactDay,
    state: DayState,
    chosen: RwSignal<Option<ContactDay>>,
    open: RwSignal<bool>,
    removing: RwSignal<bool>,
) -> impl IntoView {
    let (start, end, part) = (day.starts_at, day.ends_at, day.part);
    let stored = StoredValue::new(day.clone());
    let title = day.title.clone();
    let heading = move || format!("{} \u{2013} {}", tv("training-day-number", &[("number", &number.to_string())]), local(&title));
    let when = move || {
        let lang = session().lang.get();
        format!(
            "{} {}, {}\u{2013}{}",
            format::weekday(format::day_of(start), lang),
            format::date(format::day_of(start), lang),
            format::time(start, lang),
            format::time(end, lang)
        )
    };
    let leaders = day.facilitators.iter().map(|leader| leader.name.clone()).collect::<Vec<_>>().join(", ");
    let runs = ctx.can(Permission::RunEdition);
    let buttons = move || {
        runs.get().then(|| {
            let choose = move |shown: RwSignal<bool>| {
                chosen.set(Some(stored.get_value()));
                shown.set(true);
            };
            view! {
                <div class="actions">
                    <button class="ds-button" data-variant="secondary" data-size="sm" type="button" on:click=move |_| choose(open)>{icon("pencil")} {tr!("training-edit-day")}</button>
                    <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" on:click=move |_| choose(removing)>{icon("trash-2")} {tr!("training-remove-day")}</button>
                </div>
            }
        })
    };
    view! {
        <details class="ds-details" id=format!("day-{}", day.id) open=state == DayState::Next>
            <summary>{heading} " " <span class="small">{when}</span></summary>
            <div>
                <dl class="facts">
                    <div><dt>{tr!("training-field-part")}</dt><dd>{move || part_words(part, session().lang.get())}</dd></div>
                    {day.place.map(|place| view! { <div><dt>{tr!("training-field-place")}</dt><dd>{place}</dd></div> })}
                    {day.address.map(|address| view! { <div><dt>{tr!("training-field-address")}</dt><dd>{address}</dd></div> })}
                    {day.meeting_url.map(|url| view! {
                        <div><dt>{tr!("training-field-meeting")}</dt><dd><a class="ds-link" rel="external noreferrer" href=url>{tr!("training-join-meeting")}</a></dd></div>
                    })}
                    {(!leaders.is_empty()).then(|| view! { <div><dt>{tr!("training-facilitators")}</dt><dd>{leaders}</dd></div> })}
                </dl>
                {agenda(start, &day.agenda)}
                {buttons}
            </div>
        </details>
    }
}

/// The agenda with running clock times.
fn agenda(start: Timestamp, items: &[AgendaItem]) -> impl IntoView + use<> {
    if items.is_empty() {
        return view! { <p class="ds-paragraph small">{tr!("training-no-agenda")}</p> }.into_any();
    }
    let rows = clock(start, items)
        .into_iter()
        .zip(items.iter().cloned())
        .map(|((from, to), item)| {
            let times = move || {
                let lang = session().lang.get();
                format!("{}\u{2013}{}", format::time(from, lang), format::time(to, lang))
            };
            let (title, kind, minutes) = (item.title, item.kind, item.minutes);
            view! {
                <tr>
                    <td class="num">{times}</td>
                    <th scope="row">{move || local(&title)}</th>
                    <td>{move || kind_words(kind, session().lang.get())}</td>
                    <td class="num">{move || tv("training-minutes", &[("count", &minutes.to_string())])}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=tr!("training-agenda")>
            <table class="ds-table agenda">
                <caption class="sr-only">{tr!("training-agenda")}</caption>
                <thead><tr>
                    <th scope="col">{tr!("training-col-time")}</th><th scope="col">{tr!("training-col-what")}</th>
                    <th scope="col">{tr!("training-col-kind")}</th><th scope="col">{move || t("training-col-minutes")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
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
