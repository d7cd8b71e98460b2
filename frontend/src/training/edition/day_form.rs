//! A contact day as it is written: a new one, or one that is changed.

use super::Ctx;
use super::agenda_form::{Row, agenda};
use super::leaders::{leaders, names};
use crate::session::{session, t, word};
use crate::ui::field::{choices, chosen, filled};
use crate::ui::local::{LocalDraft, LocalField, whole_text};
use crate::ui::{Draft, Editing, Field, Form, FormState, Select, TextField, edit};
use jiff::Timestamp;
use jiff::civil::Date;
use leptos::prelude::*;
use shared::format;
use shared::problem::Fault;
use shared::training::{AgendaItem, ContactDay, ContactDayChanges, DayFacilitator, DayPart, NewContactDay};

const PART: &str = "training-part";

#[derive(Clone, Copy)]
struct DayDraft {
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

impl DayDraft {
    fn new() -> Self {
        let part = RwSignal::new(DayPart::ServiceDesign.to_string());
        let (start, end) = (RwSignal::new("09:00".to_owned()), RwSignal::new("15:30".to_owned()));
        let text = RwSignal::<String>::default;
        let (leaders, rows, title) = (RwSignal::default(), RwSignal::default(), LocalDraft::default());
        Self { part, title, date: text(), start, end, place: text(), address: text(), meeting: text(), leaders, rows }
    }

    fn items(self) -> Vec<AgendaItem> {
        self.rows.get().into_iter().map(Row::value).collect()
    }
}

impl Draft for DayDraft {
    type Thing = ContactDay;
    type New = NewContactDay;

    fn written(self) -> Result<NewContactDay, Vec<Fault>> {
        let date = self.date.get_untracked();
        let (starts, ends) = (instant(&date, &self.start.get_untracked()), instant(&date, &self.end.get_untracked()));
        let required = |pointer: &str| Err(vec![Fault::new(pointer, "required", None)]);
        if date.parse::<Date>().is_err() {
            return required("/date");
        }
        let (starts_at, ends_at) = match (starts, ends) {
            (Some(starts), Some(ends)) => (starts, ends),
            (None, _) => return required("/starts_at"),
            _ => return required("/ends_at"),
        };
        Ok(NewContactDay {
            part: chosen(self.part, DayPart::Other),
            title: self.title.value(),
            starts_at,
            ends_at,
            place: filled(self.place),
            address: filled(self.address),
            meeting_url: filled(self.meeting),
            facilitator_ids: self.leaders.get_untracked().iter().map(|leader| leader.account_id).collect(),
            agenda: untrack(|| self.items()),
        })
    }

    fn fields(self, day: &ContactDay) -> Vec<Field> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (title, leaders, items) = (day.title.clone(), day.facilitators.clone(), day.agenda.clone());
        vec![
            Field::code("training-field-part", self.part, day.part.as_str(), |code| word(PART, code)),
            Field::new("training-field-title", whole_text(&self.title.value()), whole_text(&title), move || self.title.set(&title)),
            Field::text("training-field-date", self.date, format::day_of(day.starts_at).to_string()),
            Field::text("training-field-start", self.start, clock(day.starts_at)),
            Field::text("training-field-end", self.end, clock(day.ends_at)),
            Field::text("training-field-place", self.place, text(&day.place)),
            Field::text("training-field-address", self.address, text(&day.address)),
            Field::text("training-field-meeting", self.meeting, text(&day.meeting_url)),
            Field::new("training-facilitators", names(&self.leaders.get()), names(&leaders), move || self.leaders.set(leaders.clone())),
            Field::new("training-agenda", agenda_words(&self.items()), agenda_words(&items), move || {
                self.rows.set(items.iter().map(Row::new).collect());
            }),
        ]
    }
}

fn agenda_words(items: &[AgendaItem]) -> String {
    items.iter().map(|item| format!("{} {}", whole_text(&item.title), item.minutes)).collect::<Vec<_>>().join("; ")
}

/// `09:05` as a time field has it.
fn clock(at: Timestamp) -> String {
    let at = at.to_zoned(format::zone());
    format!("{:02}:{:02}", at.hour(), at.minute())
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

/// The form. `chosen` is the day to change; none makes a new one.
#[component]
pub fn DayForm(ctx: Ctx, open: RwSignal<bool>, chosen: RwSignal<Option<ContactDay>>) -> impl IntoView {
    let (session, edition) = (session(), ctx.id);
    let (form, draft) = (FormState::default(), DayDraft::new());
    let write = move |new: NewContactDay, old: Option<&ContactDay>| match old {
        None => session.send(new, move |client, new| async move { client.create_contact_day(edition, &new).await }),
        Some(&ContactDay { id, version, .. }) => {
            session.send(changes(new), move |client, changes| async move { client.update_contact_day(id, version, &changes).await })
        }
    };
    let read = move |&ContactDay { id, .. }: &ContactDay| session.call(move |client| async move { client.get_contact_day(id).await });
    let Editing { save, conflict } = edit(form, draft, chosen.get_untracked(), write, read, move |_| {
        open.set(false);
        session.say("training-day-saved");
        ctx.days.refetch();
    });
    let parts = choices(PART, DayPart::ALL.iter().map(|part| part.as_str()));
    view! {
        <Form form submit="common-save" on_submit=save>
            <LocalField form pointer="/title" label=Signal::derive(|| t("training-field-title")) draft=draft.title />
            <Select form pointer="/part" label="training-field-part" value=draft.part options=parts />
            <div class="cols cols-3">
                <TextField form pointer="/date" label="training-field-date" kind="date" value=draft.date />
                <TextField form pointer="/starts_at" label="training-field-start" kind="time" value=draft.start />
                <TextField form pointer="/ends_at" label="training-field-end" kind="time" value=draft.end />
            </div>
            <TextField form pointer="/place" label="training-field-place" value=draft.place optional=true />
            <TextField form pointer="/address" label="training-field-address" value=draft.address optional=true />
            <TextField form pointer="/meeting_url" label="training-field-meeting" hint="training-field-meeting-hint" kind="url" value=draft.meeting optional=true />
            {leaders(ctx, draft.leaders)}
            {agenda(form, draft.rows)}
        </Form>
        {conflict}
    }
}
