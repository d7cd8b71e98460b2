//! The start page: what one's roles make one ask first.

mod edition;
pub mod people;

use crate::paths;
use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::{Page, icon, load, load::empty};
use edition::EditionCard;
use leptos::prelude::*;
use shared::EditionId;
use shared::policy::{Permission, Scope};
use shared::training::{EditionFilter, EditionStatus};

/// The start page.
#[component]
pub fn Start() -> impl IntoView {
    let session = session();
    let first_name = Memo::new(move |_| {
        session.me.with(|me| me.as_ref().and_then(|me| me.account.name.split(' ').next().map(str::to_owned)).unwrap_or_default())
    });
    let title = Signal::derive(move || tv("start-title", &[("name", &first_name.get())]));
    view! {
        <Page title>
            <MyEditions />
            <Administration />
        </Page>
    }
}

/// The editions that one takes part in or runs, those under way first.
#[component]
fn MyEditions() -> impl IntoView {
    let session = session();
    let own = move || -> Vec<EditionId> {
        session.me.with(|me| {
            let Some(me) = me else { return Vec::new() };
            let granted = me.grants.iter().filter_map(|grant| match grant.scope {
                Scope::Edition(id) => Some(id),
                _ => None,
            });
            me.enrolments.iter().map(|own| own.edition_id).chain(granted).collect()
        })
    };
    let all = Memo::new(move |_| session.may_somewhere(Permission::ManageEditions));
    let editions = LocalResource::new(move || {
        let filter = EditionFilter { limit: Some(200), ..EditionFilter::default() };
        async move {
            session
                .call(move |client| {
                    let filter = filter.clone();
                    async move { client.list_editions(&filter).await }
                })
                .await
        }
    });
    load(editions, move |page| {
        let mine = own();
        let running = |status| matches!(status, EditionStatus::Running);
        let mut shown: Vec<_> =
            page.items.into_iter().filter(|row| mine.contains(&row.edition.id) || (all.get() && running(row.edition.status))).collect();
        // What is over stands here only when nothing else does.
        if shown.iter().any(|row| row.edition.status != EditionStatus::Closed) {
            shown.retain(|row| row.edition.status != EditionStatus::Closed);
        }
        shown.sort_by_key(|row| !running(row.edition.status));
        shown.truncate(4);
        if shown.is_empty() {
            let action =
                view! { <a class="ds-button" data-variant="secondary" href=paths::PROGRAMMES>{tr!("start-see-programmes")}</a> }.into_any();
            return empty("start-no-editions", "start-no-editions-help", Some(action)).into_any();
        }
        shown.into_iter().map(|row| view! { <EditionCard row /> }).collect_view().into_any()
    })
}

/// Ways to what one administers.
#[component]
fn Administration() -> impl IntoView {
    let session = session();
    let ways: &[(&str, &str, &str, Permission)] = &[
        ("start-accounts", paths::ACCOUNTS, "user", Permission::ViewAccounts),
        ("start-units", paths::UNITS, "git-branch", Permission::ManageDirectory),
        ("start-unit-people", paths::UNIT_PEOPLE, "users", Permission::ViewUnitEnrolments),
        ("start-feedback", paths::ACCESSIBILITY_FEEDBACK, "accessibility", Permission::ManageAccessibilityFeedback),
        ("start-audit", paths::AUDIT, "history", Permission::ViewAudit),
    ];
    let open = move || ways.iter().filter(|way| session.may_somewhere(way.3)).collect::<Vec<_>>();
    move || {
        let links = open()
            .into_iter()
            .map(|(key, href, picture, _)| view! { <li><a class="ds-link" href=*href>{icon(picture)} " " {move || t(key)}</a></li> })
            .collect_view();
        (!open().is_empty()).then(|| view! { <section class="section"><h2 class="ds-heading" data-size="sm">{tr!("start-administration")}</h2><ul class="plain">{links}</ul></section> })
    }
}
