//! The navigation: the areas that the account's roles open.

use crate::paths;
use crate::session::session;
use crate::tr;
use crate::ui::icon;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use shared::policy::Permission;

/// One area: its words, address, icon, and what one must be allowed for it.
struct Area(&'static str, &'static str, &'static str, Option<Permission>);

const AREAS: &[Area] = &[
    Area("common-start", paths::START, "home", None),
    Area("common-programmes", paths::PROGRAMMES, "graduation-cap", Some(Permission::ViewTraining)),
    Area("common-projects", paths::PROJECTS, "lightbulb", Some(Permission::ViewProjects)),
    Area("common-unit-people", paths::UNIT_PEOPLE, "users", Some(Permission::ViewUnitEnrolments)),
];

/// Words and icon of the administration's pages, in the order of [`paths::ADMINISTRATION`].
const ADMINISTRATION: [(&str, &str); 8] = [
    ("common-organisations", "building-2"),
    ("common-units", "git-branch"),
    ("common-accounts", "user"),
    ("common-roles", "user"),
    ("common-clients", "key-round"),
    ("common-sign-in-policy", "lock"),
    ("common-audit", "history"),
    ("common-accessibility-feedback", "accessibility"),
];

/// The areas.
#[component]
pub fn Rail(open: RwSignal<bool>) -> impl IntoView {
    let session = session();
    let location = use_location();
    let current = move |href: &str| {
        let here = location.pathname.get();
        let inside =
            if href == "/" { here == "/" } else { here.starts_with(href) || (href == paths::PROGRAMMES && here.starts_with("/editions")) };
        inside.then_some("page")
    };
    let link = move |words: &'static str, href: &'static str, picture: &'static str| {
        view! { <li><a href=href aria-current=move || current(href)>{icon(picture)} <span>{tr!(words)}</span></a></li> }
    };
    let areas = move || {
        let open_to = |area: &&Area| area.3.is_none_or(|permission| session.may_somewhere(permission));
        AREAS.iter().filter(open_to).map(|area| link(area.0, area.1, area.2)).collect_view()
    };
    let administration = move || {
        // Whoever reads accounts gives roles there.
        let twice = |href: &str| href == paths::ROLES && session.may_somewhere(Permission::ViewAccounts);
        let open_to = |permission: Permission, href: &str| session.may_somewhere(permission) && !twice(href);
        let pages = paths::ADMINISTRATION.iter().zip(ADMINISTRATION).filter(|((permission, href), _)| open_to(*permission, href));
        let links: Vec<_> = pages.map(|((_, href), (words, picture))| link(words, href, picture)).collect();
        (!links.is_empty()).then(|| {
            view! { <p class="rail-group" id="rail-administration">{tr!("common-administration")}</p><ul aria-labelledby="rail-administration">{links}</ul> }
        })
    };
    view! {
        <nav id="rail" class="rail" class:open=move || open.get() aria-label=tr!("common-areas")>
            <ul>{areas}</ul>
            {administration}
        </nav>
    }
}
