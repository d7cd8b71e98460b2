//! What can be done to the edition as a whole: change, copy, print, read its history.

use super::Ctx;
use super::fields::{EditionDraft, EditionFields, differs, number, say, theirs};
use crate::paths;
use crate::session::session;
use crate::tr;
use crate::training::words::{season_words, status_words};
use crate::ui::{Conflict, Dialog, Form, FormState, TextField, icon};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::policy::{Permission, Target};
use shared::problem::Fault;
use shared::training::{Edition, EditionChanges, EditionCopy, EditionStatus, NewEdition, Season};

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

fn draft_of(edition: Option<&Edition>) -> EditionDraft {
    match edition {
        Some(own) => EditionDraft::new(own.number, own.season, own.year, own.places, own.status),
        None => EditionDraft::new(1, Season::Spring, 2027, 20, EditionStatus::Planned),
    }
}

#[component]
fn EditForm(ctx: Ctx, open: RwSignal<bool>) -> impl IntoView {
    let (session, id, form) = (ctx.session, ctx.id, FormState::default());
    let edition = untrack(|| ctx.of(|whole| whole.edition.clone()));
    let draft = draft_of(edition.as_ref());
    let programme_id = edition.as_ref().map(|edition| edition.programme_id);
    let version = RwSignal::new(edition.map(|edition| edition.version).unwrap_or_default());
    let save = Callback::new(move |()| {
        let Some(programme_id) = programme_id else { return };
        let (number, year, places) = (number(draft.number), number(draft.year), number(draft.places));
        let new = NewEdition { programme_id, number, season: draft.season(), year, places, status: draft.status() };
        if !form.check(&new) {
            return;
        }
        let changes = EditionChanges {
            number: Some(new.number),
            season: Some(new.season),
            year: Some(new.year),
            places: Some(new.places),
            status: Some(new.status),
        };
        let version = version.get_untracked();
        let call = async move {
            session
                .call(|client| {
                    let changes = changes.clone();
                    async move { client.update_edition(id, version, &changes).await }
                })
                .await
        };
        form.send(call, move |_| {
            open.set(false);
            say(session, "training-edition-saved");
            ctx.whole.refetch();
        });
    });
    let other = theirs(form, session, move |client| async move { client.get_edition(id).await });
    let rows = Signal::derive(move || {
        let Some(own) = other.get() else { return Vec::new() };
        let lang = session.lang.get();
        [
            differs("training-field-number", draft.number.get(), own.number.to_string()),
            differs("training-field-season", season_words(draft.season(), lang), season_words(own.season, lang)),
            differs("training-field-year", draft.year.get(), own.year.to_string()),
            differs("training-field-places", draft.places.get(), own.places.to_string()),
            differs("training-field-status", status_words(draft.status(), lang), status_words(own.status, lang)),
        ]
        .into_iter()
        .flatten()
        .collect()
    });
    let keep = Callback::new(move |()| {
        if let Some(own) = other.get_untracked() {
            version.set(own.version);
            save.run(());
        }
    });
    let take = Callback::new(move |()| {
        if let Some(own) = other.get_untracked() {
            version.set(own.version);
            draft.number.set(own.number.to_string());
            draft.season.set(own.season.to_string());
            draft.year.set(own.year.to_string());
            draft.places.set(own.places.to_string());
            draft.status.set(own.status.to_string());
        }
    });
    view! {
        <Form form submit="training-save" on_submit=save><EditionFields form draft /></Form>
        <Conflict form differences=rows keep_mine=keep take_theirs=take />
    }
}

#[component]
fn CopyForm(ctx: Ctx, open: RwSignal<bool>) -> impl IntoView {
    let (session, id, form) = (ctx.session, ctx.id, FormState::default());
    let edition = untrack(|| ctx.of(|whole| whole.edition.clone()));
    let draft = draft_of(edition.as_ref());
    if let Some(own) = &edition {
        draft.number.set((own.number + 1).to_string());
        draft.year.set((own.year + 1).to_string());
    }
    let first_day = RwSignal::new(String::new());
    let go = use_navigate();
    let save = Callback::new(move |()| {
        let Ok(first_day_on) = first_day.get_untracked().parse::<Date>() else {
            return form.faults.set(vec![Fault::new("/first_day_on", "required", None)]);
        };
        let copy = EditionCopy { number: number(draft.number), season: draft.season(), year: number(draft.year), first_day_on };
        if !form.check(&copy) {
            return;
        }
        let call = async move {
            session
                .call(|client| {
                    let copy = copy.clone();
                    async move { client.copy_edition(id, &copy).await }
                })
                .await
        };
        let go = go.clone();
        form.send(call, move |made| {
            open.set(false);
            say(session, "training-edition-copied");
            go(&paths::edition(made.id), Default::default());
        });
    });
    view! {
        <p class="ds-paragraph">{tr!("training-copy-help")}</p>
        <Form form submit="training-copy-edition" on_submit=save>
            <EditionFields form draft short=true />
            <TextField form pointer="/first_day_on" label="training-field-first-day" kind="date" value=first_day />
        </Form>
    }
}
