//! What can be done to the edition as a whole: change, copy, print, read its history.

use super::Ctx;
use super::draft::{EditionDraft, EditionFields};
use crate::paths;
use crate::session::session;
use crate::tr;
use crate::ui::{Dialog, Draft, Editing, Form, FormState, TextField, edit, icon};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::policy::{Permission, Target};
use shared::problem::Fault;
use shared::training::{Edition, EditionChanges, EditionCopy, NewEdition};

/// The buttons beside the heading, with their dialogs.
#[component]
pub fn Actions(ctx: Ctx) -> impl IntoView {
    let (editing, copying) = (RwSignal::new(false), RwSignal::new(false));
    let (runs, manages) = (ctx.can(Permission::RunEdition), ctx.can_manage());
    let edit = move || {
        runs.get().then(|| {
            view! { <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| editing.set(true)>{icon("pencil")} {tr!("training-edit-edition")}</button> }
        })
    };
    let copy = move || {
        manages.get().then(|| {
            view! { <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| copying.set(true)>{icon("copy")} {tr!("training-copy-edition")}</button> }
        })
    };
    let history = move || {
        session().may(Permission::ViewAudit, &Target::Tenant).then(|| {
            view! { <a class="ds-button" data-variant="tertiary" href=paths::audit_of(ctx.id.0)>{icon("history")} {tr!("training-history")}</a> }
        })
    };
    let print = move |_| {
        let _ = window().print();
    };
    view! {
        {edit}
        {copy}
        <button class="ds-button" data-variant="tertiary" type="button" on:click=print>{icon("printer")} {tr!("training-print")}</button>
        {history}
        <Dialog open=editing title_key="training-edit-edition"><EditForm ctx open=editing /></Dialog>
        <Dialog open=copying title_key="training-copy-edition"><CopyForm ctx open=copying /></Dialog>
    }
}

#[component]
fn EditForm(ctx: Ctx, open: RwSignal<bool>) -> impl IntoView {
    let (session, form) = (ctx.session, FormState::default());
    let old = untrack(|| ctx.of(|whole| whole.edition.clone()))?;
    let draft = EditionDraft::new(old.programme_id, old.number, old.year, old.places);
    let id = ctx.id;
    let write = move |new: NewEdition, old: Option<&Edition>| {
        let version = old.map_or(0, |old| old.version);
        let NewEdition { number, season, year, places, status, .. } = new;
        let (number, season, year, places, status) = (Some(number), Some(season), Some(year), Some(places), Some(status));
        let changes = EditionChanges { number, season, year, places, status };
        session.send(changes, move |client, changes| async move { client.update_edition(id, version, &changes).await })
    };
    let read = move |_: &Edition| session.call(move |client| async move { client.get_edition(id).await });
    let Editing { save, conflict } = edit(form, draft, Some(old), write, read, move |_| {
        open.set(false);
        session.say("training-edition-saved");
        ctx.whole.refetch();
    });
    Some(view! {
        <Form form submit="common-save" on_submit=save><EditionFields form draft /></Form>
        {conflict}
    })
}

#[component]
fn CopyForm(ctx: Ctx, open: RwSignal<bool>) -> impl IntoView {
    let (session, id, form) = (ctx.session, ctx.id, FormState::default());
    let old = untrack(|| ctx.of(|whole| whole.edition.clone()))?;
    let draft = EditionDraft::new(old.programme_id, 1, 1, old.places);
    draft.show(&Edition { number: old.number + 1, year: old.year + 1, ..old });
    let first_day = RwSignal::new(String::new());
    let go = use_navigate();
    let save = Callback::new(move |()| {
        let Ok(first_day_on) = first_day.get_untracked().parse::<Date>() else {
            return form.refuse(vec![Fault::new("/first_day_on", "required", None)]);
        };
        let NewEdition { number, season, year, .. } = draft.value();
        let copy = EditionCopy { number, season, year, first_day_on };
        if form.check(&copy) {
            let go = go.clone();
            form.send(session.send(copy, move |client, copy| async move { client.copy_edition(id, &copy).await }), move |made| {
                open.set(false);
                session.say("training-edition-copied");
                go(&paths::edition(made.id), Default::default());
            });
        }
    });
    Some(view! {
        <p class="ds-paragraph">{tr!("training-copy-help")}</p>
        <Form form submit="training-copy-edition" on_submit=save>
            <EditionFields form draft short=true />
            <TextField form pointer="/first_day_on" label="training-field-first-day" kind="date" value=first_day />
        </Form>
    })
}
