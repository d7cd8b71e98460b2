//! The programmes with their editions.

use crate::paths;
use crate::session::{Session, local, session, t, tv};
use crate::tr;
use crate::training::edition::fields::all;
use crate::training::programme::form::ProgrammeForm;
use crate::training::programme::read_editions;
use crate::training::words::{edition_name, span_words, status_view};
use crate::ui::load::empty;
use crate::ui::{Dialog, Page, icon, load};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::client::Called;
use shared::policy::{Permission, Target};
use shared::training::{EditionSummary, Programme};

type Listed = Vec<(Programme, Vec<EditionSummary>)>;

async fn read(session: Session) -> Called<Listed> {
    let programmes = all(session, |client, paging| async move { client.list_programmes(&paging).await }).await?;
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
                    return empty("training-no-programmes", "training-no-programmes-help", None).into_any();
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
pub fn editions_table(editions: Vec<EditionSummary>) -> impl IntoView {
    if editions.is_empty() {
        return empty("training-no-editions", "training-no-editions-help", None).into_any();
    }
    let rows = editions
        .into_iter()
        .map(|row| {
            let (edition, first, last) = (row.edition, row.first_day_on, row.last_day_on);
            let (season, year, enrolled, places) = (edition.season, edition.year, row.enrolled_count, edition.places);
            view! {
                <tr>
                    <th scope="row"><a class="ds-link" href=paths::edition(edition.id)>{move || edition_name(season, year, session().lang.get())}</a></th>
                    <td>{status_view(edition.status)}</td>
                    <td>{move || span_words(first, last, session().lang.get())}</td>
                    <td class="num">{move || tv("training-taken", &[("count", &enrolled.to_string()), ("places", &places.to_string())])}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=tr!("training-editions")>
            <table class="ds-table">
                <caption class="sr-only">{tr!("training-editions")}</caption>
                <thead><tr>
                    <th scope="col">{tr!("training-col-edition")}</th><th scope="col">{tr!("training-col-status")}</th>
                    <th scope="col">{tr!("training-col-days")}</th><th scope="col" class="num">{tr!("training-col-taken")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
