//! The goal self-assessment: one goal at a time, saved as it goes.

mod desk;
mod sheet;

use crate::paths;
use crate::session::{session, t};
use crate::tr;
use crate::ui::{Crumb, Page, icon, load, problem};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::EditionId;
use shared::client::{Called, Client};
use shared::training::{AssessmentStatus, Edition, Programme};
use sheet::Sheet;

#[derive(Clone)]
struct Matter {
    edition: Edition,
    programme: Programme,
    own: shared::training::SelfAssessment,
}

async fn read(client: Client, id: EditionId) -> Called<Matter> {
    let edition = client.get_edition(id).await?;
    let programme = client.get_programme(edition.programme_id).await?;
    let own = client.get_self_assessment(id).await?;
    Ok(Matter { edition, programme, own })
}

/// One's own answers in an edition.
#[component]
pub fn SelfAssessment() -> impl IntoView {
    let session = session();
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse().ok()).unwrap_or(EditionId(uuid::Uuid::nil())));
    let matter = LocalResource::new(move || {
        let id = id.get();
        session.call(move |client| read(client, id))
    });
    let title = RwSignal::new("assessment-title");
    let name = Signal::derive(move || match matter.get() {
        Some(Ok(matter)) => matter.edition.full_name(&matter.programme.name, session.lang.get()),
        _ => t("assessment-edition"),
    });
    problem::about(matter, move || {
        let crumbs = vec![Crumb::text(name, paths::edition(id.get_untracked()))];
        view! {
            <div class="self-page">
                <Page title=Signal::derive(move || t(title.get())) crumbs>
                    {load(matter, move |matter| {
                        title.set("assessment-title");
                        view! { <Sheet matter title /> }.into_any()
                    })}
                </Page>
            </div>
        }
        .into_any()
    })
}

/// Why nothing can be answered now, and where to go instead.
fn closed(status: AssessmentStatus, answered: bool, edition: &Edition) -> AnyView {
    let results = paths::results(edition.programme_id);
    let back = paths::edition(edition.id);
    let (heading, text) = match (status, answered) {
        (AssessmentStatus::Published, true) => ("assessment-published", "assessment-published-answered"),
        (AssessmentStatus::Published, false) => ("assessment-published", "assessment-published-unanswered"),
        _ => ("assessment-not-open", "assessment-not-open-help"),
    };
    view! {
        <div class="empty">
            <h2 class="ds-heading empty-title" data-size="xs">{tr!(heading)}</h2>
            <p class="ds-paragraph">{tr!(text)}</p>
            <div class="actions">
                <a class="ds-button" href=results>{icon("chart-line")}{tr!("assessment-see-results")}</a>
                <a class="ds-button" data-variant="secondary" href=back>{tr!("assessment-to-edition")}</a>
            </div>
        </div>
    }
    .into_any()
}
