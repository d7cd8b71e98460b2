//! A contact day as it is written: a new one, or one that is changed.

use super::Ctx;
use super::agenda_form::{Row, agenda};
use super::fields::{LocalDraft, LocalField, all, differs, filled, say, theirs, whole_text};
use crate::session::{Session, session, t};
use crate::tr;
use crate::training::words::part_words;
use crate::ui::{Conflict, Form, FormState, Select, TextField};
use jiff::Timestamp;
use jiff::civil::Date;
use leptos::prelude::*;
use shared::identity::AccountFilter;
use shared::policy::{Permission, Target};
use shared::problem::Fault;
use shared::training::{AgendaItem, ContactDay, ContactDayChanges, DayFacilitator, DayPart, NewContactDay};
use shared::{LocalText, format};

#[derive(Clone, Copy)]
struct Draft {
    part: RwSignal<String>,
    title: LocalDraft,
    date: RwSignal<String>,
    start: RwSignal<String>,
    end: RwSignal<String>,
    place: RwSignal<String>,
    address: RwSignal<String>,
    meeting: RwSignal<String>,
    leaders: RwSignal<Vec<DayFacilitator>>,
    rows: RwSignal<Vec<Row>>,
}

impl Draft {
    fn new() -> Self {
        let part = RwSignal::new(DayPart::ServiceDesign.to_string());
        let (start, end) = (RwSignal::new("09:00".to_owned()), RwSignal::new("15:30".to_owned()));
        let text = RwSignal::<String>::default;
        let (leaders, rows) = (RwSignal::default(), RwSignal::default());
        let title = LocalDraft::new(&LocalText::default());
        Self { part, title, date: text(), start, end, place: text(), address: text(), meeting: text(), leaders, rows }
    }

    fn set(self, day: &ContactDay) {
        self.part.set(day.part.to_string());
        self.title.set(&day.title);
        self.date.set(format::day_of(day.starts_at).to_string());
        self.start.set(clock(day.starts_at));
        self.end.set(clock(day.ends_at));
        self.place.set(day.place.clone().unwrap_or_default());
        self.address.set(day.address.clone().unwrap_or_default());
        self.meeting.set(day.meeting_url.clone().unwrap_or_default());
        self.leaders.set(day.facilitators.clone());
        self.rows.set(day.agenda.iter().map(Row::new).collect());
    }

    /// What is written; without a readable date or time, the faults.
    fn value(self) -> Result<NewContactDay, Vec<Fault>> {
        let date = self.date.get_untracked();
        let (starts, ends) = (instant(&date, &self.start.get_untracked()), instant(&date, &self.end.get_untracked()));
        let required = |pointer: &str| Fault::new(pointer, "required", None);
        if date.parse::<Date>().is_err() {
            return Err(vec![required("/date")]);
        }
        let (starts_at, ends_at) = match (starts, ends) {
            (Some(starts), Some(ends)) => (starts, ends),
            (None, _) => return Err(vec![required("/starts_at")]),
            _ => return Err(vec![required("/ends_at")]),
        };
        Ok(NewContactDay {
            part: self.part.get_untracked().parse().unwrap_or(DayPart::Other),
            title: self.title.value(),
            starts_at,
            ends_at,
            place: filled(self.place),
            address: filled(self.address),
            meeting_url: filled(self.meeting),
            facilitator_ids: self.leaders.get_untracked().iter().map(|leader| leader.account_id).collect(),
            agenda: self.rows.get_untracked().into_iter().map(Row::value).collect(),
        })
    }
}

/// `09:05` as a time field has it.
fn clock(at: Timestamp) -> String {
    at.to_zoned(format::zone()).strftime("%H:%M").to_string()
}

fn instant(date: &str, time: &str) -> Option<Timestamp> {
    let (hour, rest) = time.split_once(':')?;
    let minute = rest.split(':').next()?;
    format::instant(date.parse().ok()?, hour.parse().ok()?, minute.parse().ok()?)
}

fn changes(new: NewContactDay) -> ContactDayChanges {
    ContactDayChanges {
        part: Some(new.part),
        title: Some(new.title.into()),
        starts_at: Some(new.starts_at),
        ends_at: Some(new.ends_at),
        place: Some(new.place),
        address: Some(new.address),
        meeting_url: Some(new.meeting_url),
        facilitator_ids: Some(new.facilitator_ids),
        agenda: Some(new.agenda),
    }
}

fn when(at: Timestamp) -> String {
    format::date_time(at, session().lang.get())
}

/// The form. `chosen` is the day to change; none makes a new one.
#[component]
pub fn DayForm(ctx: Ctx, open: RwSignal<bool>, chosen: RwSignal<Option<ContactDay>>) -> impl IntoView {
    let session = ctx.session;
    let (form, draft) = (FormState::default(), Draft::new());
    let known = chosen.get_untracked().map(|day| (day.id, RwSignal::new(day.version)));
    if let Some(day) = chosen.get_untracked() {
        draft.set(&day);
    }
    let edition = ctx.id;
    let save = Callback::new(move |()| {
        let new = match draft.value() {
            Ok(new) => new,
            Err(faults) => return form.faults.set(faults),
        };
        if !form.check(&new) {
            return;
        }
        let call = async move {
            match known {
                None => {
                    session
                        .call(|client| {
                            let new = new.clone();
                            async move { client.create_contact_day(edition, &new).await }
                        })
                        .await
                }
                Some((id, version)) => {
                    let (version, changes) = (version.get_untracked(), changes(new));
                    session
                        .call(|client| {
                            let changes = changes.clone();
                            async move { client.update_contact_day(id, version, &changes).await }
                        })
                        .await
                }
            }
        };
        form.send(call, move |_| {
            open.set(false);
            say(session, "training-day-saved");
            ctx.days.refetch();
        });
    });
    let conflict = known.map(|(id, version)| {
        let other = theirs(form, session, move |client| async move { client.get_contact_day(id).await });
        let rows = Signal::derive(move || {
            let (Some(day), Ok(mine)) = (other.get(), draft.value()) else { return Vec::new() };
            let text = |text: Option<String>| text.unwrap_or_default();
            let parts = |items: &[AgendaItem]| items.iter().map(|item| format!("{} {}", whole_text(&item.title), item.minutes)).collect::<Vec<_>>().join("; ");
            [
                differs("training-field-title", whole_text(&mine.title), whole_text(&day.title)),
                differs("training-field-start", when(mine.starts_at), when(day.starts_at)),
                differs("training-field-end", when(mine.ends_at), when(day.ends_at)),
                differs("training-field-place", text(mine.place), text(day.place)),
                differs("training-field-address", text(mine.address), text(day.address)),
                differs("training-field-meeting", text(mine.meeting_url), text(day.meeting_url)),
                differs("training-agenda", parts(&mine.agenda), parts(&day.agenda)),
            ]
            .into_iter()
            .flatten()
            .collect()
        });
        let take = move |mine: bool| {
            let Some(day) = other.get_untracked() else { return };
            version.set(day.version);
            if mine { save.run(()) } else { draft.set(&day) }
        };
        view! { <Conflict form differences=rows keep_mine=Callback::new(move |()| take(true)) take_theirs=Callback::new(move |()| take(false)) /> }
    });
    let part_options = Signal::derive(|| {
        let lang = crate::session::session().lang.get();
        DayPart::ALL.iter().map(|part| (part.to_string(), part_words(*part, lang))).collect::<Vec<_>>()
    });
    view! {
        <Form form submit="training-save" on_submit=save>
            <LocalField form pointer="/title" label=Signal::derive(|| t("training-field-title")) draft=draft.title />
            <Select form pointer="/part" label="training-field-part" value=draft.part options=part_options />
            <TextField form pointer="/date" label="training-field-date" kind="date" value=draft.date />
            <TextField form pointer="/starts_at" label="training-field-start" kind="time" value=draft.start />
            <TextField form pointer="/ends_at" label="training-field-end" kind="time" value=draft.end />
            <TextField form pointer="/place" label="training-field-place" value=draft.place optional=true />
            <TextField form pointer="/address" label="training-field-address" value=draft.address optional=true />
            <TextField form pointer="/meeting_url" label="training-field-meeting" hint="training-field-meeting-hint" kind="url" value=draft.meeting optional=true />
            {leaders(ctx, session, draft.leaders)}
            {agenda(form, draft.rows)}
        </Form>
        {conflict}
    }
}

/// Who can be chosen to lead: those who lead some day already, oneself, and every account for those who may see them.
fn leaders(ctx: Ctx, session: Session, chosen: RwSignal<Vec<DayFacilitator>>) -> impl IntoView {
    let accounts = LocalResource::new(move || async move {
        let seen = session.me.with_untracked(|me| {
            me.as_ref().is_some_and(|me| shared::policy::allows(&me.abilities, Permission::ViewAccounts, &Target::Tenant))
        });
        if !seen {
            return Ok(Vec::new());
        }
        let filter = |cursor, limit| AccountFilter { q: None, status: None, cursor, limit };
        all(session, move |client, paging| async move { client.list_accounts(&filter(paging.cursor, paging.limit)).await }).await
    });
    let people = Memo::new(move |_| {
        let mut people: Vec<DayFacilitator> =
            ctx.days.map(|days| days.iter().flatten().flat_map(|day| day.facilitators.clone()).collect()).unwrap_or_default();
        people.extend(chosen.get_untracked());
        people.extend(session.me.get().map(|me| DayFacilitator { account_id: me.account.id, name: me.account.name }));
        let accounts = accounts.map(|accounts| {
            accounts
                .iter()
                .flatten()
                .map(|account| DayFacilitator { account_id: account.id, name: account.name.clone() })
                .collect::<Vec<_>>()
        });
        people.extend(accounts.unwrap_or_default());
        people.sort_by_key(|person| (person.name.to_lowercase(), person.account_id));
        people.dedup_by_key(|person| person.account_id);
        people
    });
    let boxes = move || {
        let one = move |person: DayFacilitator| {
            let id = person.account_id;
            let name = person.name.clone();
            let checked = move || chosen.with(|chosen| chosen.iter().any(|leader| leader.account_id == id));
            let toggle = move |on: bool| {
                let person = person.clone();
                chosen.update(|chosen| {
                    chosen.retain(|leader| leader.account_id != id);
                    if on {
                        chosen.push(person);
                    }
                });
            };
            view! {
                <label class="ds-label"><input class="ds-input" type="checkbox" prop:checked=checked on:change:target=move |event| toggle(event.target().checked()) /> " " {name}</label>
            }
        };
        people.get().into_iter().map(one).collect_view()
    };
    view! { <fieldset class="ds-fieldset"><legend class="ds-label" data-weight="medium">{tr!("training-facilitators")}</legend>{boxes}</fieldset> }
}
