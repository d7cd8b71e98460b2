//! The start page: what one's roles make one ask first, answered with figures.

mod first;
mod next;
mod overview;
mod part;
pub mod people;
mod running;
mod unit;
mod waiting;
mod watch;
mod works;

use crate::paths;
use crate::session::{Session, session, tv};
use crate::tr;
use crate::ui::{Page, empty, load};
use first::FirstSteps;
use leptos::prelude::*;
use overview::Overview;
use part::TakingPart;
use running::Running;
use shared::EditionId;
use shared::format;
use shared::policy::{Permission, Scope, Target};
use shared::training::{EditionFilter, EditionStatus, EditionSummary};
use unit::UnitNews;
use waiting::Waiting;
use watch::Watch;

/// The start page.
#[component]
pub fn Start() -> impl IntoView {
    let session = session();
    let first_name = Memo::new(move |_| {
        session.me.with(|me| me.as_ref().and_then(|me| me.account.name.split(' ').next().map(str::to_owned)).unwrap_or_default())
    });
    let title = Signal::derive(move || tv("start-title", &[("name", &first_name.get())]));
    let filter = |cursor, limit| EditionFilter { cursor, limit, ..EditionFilter::default() };
    let editions = LocalResource::new(move || {
        session.all(move |client, paging| async move { client.list_editions(&filter(paging.cursor, paging.limit)).await })
    });
    view! { <Page title>{move || due(session)} {load(editions, move |editions| Blocks::new(session, editions).view())}</Page> }
}

/// From which day the account needs a second factor that it has not.
fn due(session: Session) -> Option<AnyView> {
    let day = session.me.with(|me| me.as_ref().and_then(|me| me.second_factor_due_on))?;
    let text = tv("identity-factor-due", &[("day", &format::date(day, session.lang.get()))]);
    let notice = view! {
        <div class="ds-alert" data-color="warning">
            <p class="ds-paragraph">{text} " " <a class="ds-link" href=paths::ACCOUNT>{tr!("identity-factor-set-up")}</a></p>
        </div>
    };
    Some(notice.into_any())
}

/// Which parts the page has for this account.
struct Blocks {
    /// Editions that one takes part in: those under way, or else the last one.
    own: Vec<EditionSummary>,
    /// Editions under way that one runs oneself.
    run: Vec<EditionSummary>,
    /// Editions under way that one keeps, when one keeps whole programmes.
    kept: Option<Vec<EditionSummary>>,
    all: Vec<EditionSummary>,
    /// One has people of units to look after.
    leads_units: bool,
    audits: bool,
    administers: bool,
}

impl Blocks {
    fn new(session: Session, all: Vec<EditionSummary>) -> Self {
        let enrolled: Vec<EditionId> =
            session.me.with_untracked(|me| me.iter().flat_map(|me| &me.enrolments).map(|own| own.edition_id).collect());
        let under_way = |row: &&EditionSummary| row.edition.status != EditionStatus::Closed;
        let own: Vec<_> = all.iter().filter(|row| enrolled.contains(&row.edition.id)).collect();
        let mut now: Vec<EditionSummary> = own.iter().copied().filter(under_way).cloned().collect();
        if now.is_empty() {
            now.extend(own.first().copied().cloned());
        }
        let runs = session.scopes_of(Permission::RunEdition);
        let run = all.iter().filter(under_way).filter(|row| runs.contains(&Scope::Edition(row.edition.id))).cloned().collect();
        let keeps = |row: &&EditionSummary| session.may_now(Permission::ManageEditions, &Target::Programme(row.edition.programme_id));
        let kept = session.may_somewhere(Permission::ManageEditions).then(|| all.iter().filter(under_way).filter(keeps).cloned().collect());
        let leads_units = session.scopes_of(Permission::ViewUnitEnrolments).iter().any(|scope| *scope != Scope::Tenant);
        let audits = session.may_somewhere(Permission::ViewAudit);
        let administers = session.may_somewhere(Permission::ManageAccounts);
        Self { own: now, run, kept, all, leads_units, audits, administers }
    }

    fn view(self) -> AnyView {
        let Self { own, run, kept, all, leads_units, audits, administers } = self;
        if own.is_empty() && run.is_empty() && kept.is_none() && !leads_units && !audits && !administers {
            let action =
                view! { <a class="ds-button" data-variant="secondary" href=paths::PROGRAMMES>{tr!("start-see-programmes")}</a> }.into_any();
            return empty("start-no-editions", "start-no-editions-help", Some(action));
        }
        let every = StoredValue::new(all);
        view! {
            {administers.then(|| view! { <FirstSteps /> <Waiting /> })}
            {own.into_iter().map(|row| view! { <TakingPart row /> }).collect_view()}
            {run.into_iter().map(|row| view! { <Running row every /> }).collect_view()}
            {leads_units.then(|| view! { <UnitNews every /> })}
            {kept.map(|rows| view! { <Overview rows every /> })}
            {audits.then(|| view! { <Watch /> })}
        }
        .into_any()
    }
}
