//! The programmes with their editions.

use crate::paths;
use crate::session::{Session, local, session, t, tv};
use crate::tr;
use crate::training::programme::form::ProgrammeForm;
use crate::training::programme::read_editions;
use crate::ui::table::{Column, figures_in, words_in};
use crate::ui::{Dialog, Page, empty, icon, load, table};
use crate::words::{edition_words, span_words, status_view};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::client::Called;
use shared::policy::{Permission, Target};
use shared::training::{EditionSummary, Programme};

type Listed = Vec<(Programme, Vec<EditionSummary>)>;

const COLUMNS: &[Column] =
    &[words_in("training-col-edition"), words_in("training-col-status"), words_in("training-col-days"), figures_in("training-col-taken")];

async fn read(session: Session) -> Called<Listed> {
    let programmes = session.all(|client, paging| async move { client.list_programmes(&paging).await }).await?;
    let editions = read_editions(session, None).await?;
    let own = |programme: &Programme| editions.iter().filter(|row| row.edition.programme_id == programme.id).cloned().collect();
    Ok(programmes
        .into_iter()
        .map(|programme| {
            let rows = own(&programme);
            (programme, rows)
        })
        .collect())
}

/// Every programme of the organisation.
#[component]
pub fn Programmes() -> impl IntoView {
    let session = session();
    let listed = LocalResource::new(move || read(session));
    let adding = RwSignal::new(false);
    let go = use_navigate();
    let saved = Callback::new(move |made: Programme| {
        adding.set(false);
        go(&paths::programme(made.id), Default::default());
    });
    let actions = (move || {
        session.may(Permission::ManageProgrammes, &Target::Tenant).then(|| {
            view! { <button class="ds-button" type="button" on:click=move |_| adding.set(true)>{icon("plus")} {tr!("training-add-programme")}</button> }
        })
    })
    .into_any();
    view! {
        <Page title=Signal::derive(|| t("training-programmes")) actions=actions>
            {load(listed, |listed| {
                if listed.is_empty() {
                    return empty("training-no-programmes", "training-no-programmes-help", None);
                }
                listed.into_iter().map(one).collect_view().into_any()
            })}
            <Dialog open=adding title_key="training-add-programme"><ProgrammeForm programme=None on_saved=saved /></Dialog>
        </Page>
    }
}

fn one((programme, editions): (Programme, Vec<EditionSummary>)) -> impl IntoView {
    let (name, href, results) = (programme.name.clone(), paths::programme(programme.id), paths::results(programme.id));
    let description = programme.description.clone();
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm"><a class="ds-link" href=href>{move || local(&name)}</a></h2>
            {(!description.fi.is_empty()).then(|| view! { <p class="ds-paragraph">{move || local(&description)}</p> })}
            {editions_table(editions)}
            <p class="ds-paragraph"><a class="ds-link" href=results>{icon("chart-column")} {tr!("training-to-results")}</a></p>
        </section>
    }
}

/// Editions as rows.
pub fn editions_table(editions: Vec<EditionSummary>) -> AnyView {
    if editions.is_empty() {
        return empty("training-no-editions", "training-no-editions-help", None);
    }
    let row = |row: EditionSummary| {
        let EditionSummary { edition, enrolled_count, first_day_on, last_day_on, .. } = row;
        let taken = move || tv("training-taken", &[("count", &enrolled_count.to_string()), ("places", &edition.places.to_string())]);
        vec![
            view! { <a class="ds-link" href=paths::edition(edition.id)>{move || edition_words(edition.season, edition.year)}</a> }
                .into_any(),
            status_view(edition.status),
            (move || span_words(first_day_on, last_day_on)).into_any(),
            taken.into_any(),
        ]
    };
    table("training-editions", COLUMNS, editions.into_iter().map(row).collect())
}
