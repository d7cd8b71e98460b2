//! One programme: its goals, its editions, and the way to its results.

pub mod form;

use crate::paths;
use crate::session::{Calling, Session, local, session, t, word};
use crate::tr;
use crate::training::edition::draft::{EditionDraft, EditionFields};
use crate::training::programmes::editions_table;
use crate::ui::{Crumb, Dialog, Form, FormState, Page, empty, icon, load, problem};
use crate::words::in_lang;
use form::ProgrammeForm;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use shared::client::Called;
use shared::policy::{Permission, Target};
use shared::training::{EditionFilter, EditionSummary, Goal, Programme as Taught};
use shared::{Lang, ProgrammeId, format};

/// The editions of a programme, the newest first; of all programmes without one.
pub fn read_editions(session: Session, programme_id: Option<ProgrammeId>) -> Calling<'static, Vec<EditionSummary>> {
    let filter = move |cursor, limit| EditionFilter { programme_id, status: None, cursor, limit };
    session.all(move |client, paging| async move { client.list_editions(&filter(paging.cursor, paging.limit)).await })
}

/// The page of one programme.
#[component]
pub fn Programme() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<ProgrammeId>().ok()));
    move || match id.get() {
        Some(id) => view! { <ProgrammePage id /> }.into_any(),
        None => problem::not_found(),
    }
}

#[component]
fn ProgrammePage(id: ProgrammeId) -> impl IntoView {
    let session = session();
    let programme = LocalResource::new(move || session.call(move |client| async move { client.get_programme(id).await }));
    problem::about(programme, move || view! { <Known id programme /> }.into_any())
}

#[component]
fn Known(id: ProgrammeId, programme: LocalResource<Called<Taught>>) -> impl IntoView {
    let session = session();
    let editions = LocalResource::new(move || read_editions(session, Some(id)));
    let (editing, adding) = (RwSignal::new(false), RwSignal::new(false));
    let title = Signal::derive(move || {
        programme.map(|known| known.as_ref().ok().map(|known| local(&known.name))).flatten().unwrap_or_else(|| t("training-programme"))
    });
    let may = move |permission| session.may(permission, &Target::Programme(id));
    let edit = move || {
        may(Permission::ManageProgrammes).then(|| {
            view! { <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| editing.set(true)>{icon("pencil")} {tr!("training-edit-programme")}</button> }
        })
    };
    let add = move || {
        may(Permission::ManageEditions).then(|| {
            view! { <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| adding.set(true)>{icon("plus")} {tr!("training-add-edition")}</button> }
        })
    };
    let actions = view! { <a class="ds-button" data-variant="secondary" href=paths::results(id)>{icon("chart-column")} {tr!("training-results")}</a> {edit} }.into_any();
    let saved = Callback::new(move |_| {
        editing.set(false);
        programme.refetch();
    });
    view! {
        <Page title crumbs=vec![Crumb::key("training-programmes", paths::PROGRAMMES)] actions=actions>
            {load(programme, |known| about(known).into_any())}
            <section class="section">
                <h2 class="ds-heading" data-size="sm">{tr!("training-editions")}</h2>
                {load(editions, |list| editions_table(list).into_any())}
                <div class="actions">{add}</div>
            </section>
            <Dialog open=editing title_key="training-edit-programme">
                {move || untrack(|| programme.get()).and_then(Result::ok).map(|known| view! { <ProgrammeForm programme=Some(known) on_saved=saved /> })}
            </Dialog>
            <Dialog open=adding title_key="training-add-edition"><NewEditionForm id open=adding editions /></Dialog>
        </Page>
    }
}

fn about(known: Taught) -> impl IntoView {
    let description = known.description.clone();
    let shown = (!description.fi.is_empty()).then(|| view! { <p class="ds-paragraph">{move || local(&description)}</p> });
    let incomplete: Vec<Lang> = Lang::ALL
        .iter()
        .copied()
        .filter(|lang| known.name.missing().contains(lang) || known.goals.iter().any(|goal| goal.text.missing().contains(lang)))
        .collect();
    let manages = {
        let target = Target::Programme(known.id);
        move || session().may(Permission::ManageProgrammes, &target)
    };
    let missing = move || {
        let names = incomplete.iter().map(|lang| word("common-lang", lang.as_str())).collect::<Vec<_>>().join(", ");
        (manages() && !names.is_empty())
            .then(|| view! { <p class="ds-paragraph"><span class="status" data-color="warning">{icon("languages")} {format!("{}: {names}", t("common-missing-translation"))}</span></p> })
    };
    view! {
        {shown}
        {missing}
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{tr!("training-goals")}</h2>
            {goals(known.goals)}
        </section>
    }
}

fn goals(goals: Vec<Goal>) -> impl IntoView {
    if goals.is_empty() {
        return empty("training-no-goals", "training-no-goals-help", None);
    }
    let lines = goals.into_iter().map(|goal| view! { <li>{in_lang(&goal.text)}</li> }).collect_view();
    view! { <ol>{lines}</ol> }.into_any()
}

#[component]
fn NewEditionForm(id: ProgrammeId, open: RwSignal<bool>, editions: LocalResource<Called<Vec<EditionSummary>>>) -> impl IntoView {
    let (session, form) = (session(), FormState::default());
    let known = untrack(|| editions.get()).and_then(Result::ok).unwrap_or_default();
    let newest = known.into_iter().map(|row| row.edition).max_by_key(|edition| edition.number);
    let year = i64::from(format::day_of(jiff::Timestamp::now()).year());
    let (next, places) = newest.map_or((1, 20), |edition| (edition.number + 1, edition.places));
    let draft = EditionDraft::new(id, next, year, places);
    let go = use_navigate();
    let save = Callback::new(move |()| {
        let new = draft.value();
        if form.check(&new) {
            let go = go.clone();
            form.send(session.send(new, |client, new| async move { client.create_edition(&new).await }), move |made| {
                open.set(false);
                session.say("training-edition-added");
                go(&paths::edition(made.id), Default::default());
            });
        }
    });
    view! { <Form form submit="training-add-edition" on_submit=save><EditionFields form draft /></Form> }
}
