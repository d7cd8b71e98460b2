//! The first steps in an empty installation: what is there, and what comes next.

use crate::paths;
use crate::session::{Session, session};
use crate::tr;
use crate::ui::icon;
use leptos::prelude::*;
use shared::client::Called;
use shared::identity::{AccountFilter, UnitFilter};
use shared::page::Paging;

/// A step: the keys of what and why, the page where it is done, whether it has been.
type Step = (&'static str, &'static str, &'static str, bool);

async fn read(session: Session) -> Called<Vec<Step>> {
    let limit = Some(2);
    let few = Paging { cursor: None, limit };
    let organisations = session.send(few.clone(), |client, few| async move { client.list_organisations(&few).await }).await?.items.len();
    let of_units = UnitFilter { limit, ..UnitFilter::default() };
    let units = session.send(of_units, |client, filter| async move { client.list_units(&filter).await }).await?.items.len();
    let of_accounts = AccountFilter { limit, ..AccountFilter::default() };
    let accounts = session.send(of_accounts, |client, filter| async move { client.list_accounts(&filter).await }).await?.items.len();
    let programmes = session.send(few, |client, few| async move { client.list_programmes(&few).await }).await?.items.len();
    Ok(vec![
        ("start-first-organisation", "start-first-organisation-help", paths::ORGANISATIONS, organisations > 0),
        ("start-first-unit", "start-first-unit-help", paths::UNITS, units > 0),
        ("start-first-people", "start-first-people-help", paths::ACCOUNTS, accounts > 1),
        ("start-first-programme", "start-first-programme-help", paths::PROGRAMMES, programmes > 0),
    ])
}

/// The steps; nothing once all have been taken.
#[component]
pub fn FirstSteps() -> impl IntoView {
    let session = session();
    let steps = LocalResource::new(move || read(session));
    // It is only a help: what fails here fails on the pages themselves, which say so.
    move || steps.get().and_then(Result::ok).filter(|steps| steps.iter().any(|step| !step.3)).map(show)
}

fn show(steps: Vec<Step>) -> impl IntoView {
    let next = steps.iter().position(|step| !step.3);
    let lines = steps
        .into_iter()
        .enumerate()
        .map(|(index, (what, why, href, done))| {
            let (color, picture, state) =
                if done { ("success", "circle-check", "start-step-done") } else { ("neutral", "circle-dashed", "start-step-ahead") };
            let variant = if Some(index) == next { "primary" } else { "secondary" };
            let way = (!done).then(|| view! { <a class="ds-button" data-variant=variant data-size="sm" href=href>{tr!("start-step-go")} <span class="sr-only">{tr!(what)}</span></a> });
            view! {
                <li>
                    <div>
                        <strong>{tr!(what)}</strong> <span class="status" data-color=color>{icon(picture)} {tr!(state)}</span>
                        <br /> <span class="small">{tr!(why)}</span>
                    </div>
                    {way}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="block">
            <h2 class="ds-heading" data-size="sm">{tr!("start-first-steps")}</h2>
            <ol class="lags">{lines}</ol>
        </section>
    }
}
