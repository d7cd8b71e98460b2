//! What stands around every page: skip link, mark, navigation, language, colours, account, status, and the dialog in
//! which an ended session asks for the password.

mod again;

use crate::paths;
use crate::session::{session, t};
use crate::tr;
use crate::ui::icon;
use again::SignInAgain;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use shared::Lang;
use shared::policy::Permission;

/// The frame of every page.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let session = session();
    let menu_open = RwSignal::new(false);
    let location = use_location();
    // A chosen link closes the menu.
    Effect::new(move |_| {
        location.pathname.track();
        menu_open.set(false);
    });
    let signed_in = Memo::new(move |_| session.me.with(Option::is_some));
    view! {
        <a class="ds-skip-link" href="#main" rel="external">{tr!("common-skip")}</a>
        <header class="top">
            <a class="mark" href=paths::START><span class="mark-path" aria-hidden="true">{icon("route")}</span>"Polku"</a>
            <span class="tenant">{move || session.me.with(|me| me.as_ref().map(|me| me.tenant_name.clone()))}</span>
            <div class="tools">
                <LangChoice />
                <SchemeChoice />
                {move || signed_in.get().then(|| view! { <AccountMenu /> })}
                {move || signed_in.get().then(|| view! {
                    <button class="ds-button menu-button" data-variant="tertiary" type="button" aria-controls="rail" aria-expanded=move || menu_open.get().to_string()
                        on:click=move |_| menu_open.update(|open| *open = !*open)>{icon("menu")}<span>{tr!("common-menu")}</span></button>
                })}
            </div>
        </header>
        <div class="frame" class:signed-in=move || signed_in.get()>
            {move || signed_in.get().then(|| view! { <Rail open=menu_open /> })}
            <div class="body">
                {move || (!session.online.get()).then(|| view! {
                    <div class="ds-alert offline" data-color="warning" role="status">{icon("wifi-off")} " " {tr!("common-offline")} " " {tr!("common-offline-help")}</div>
                })}
                <main id="main" tabindex="-1">{children()}</main>
                <footer class="foot">
                    <a class="ds-link" href=paths::ACCESSIBILITY>{tr!("common-accessibility")}</a>
                    <a class="ds-link" href=paths::PRIVACY>{tr!("common-privacy")}</a>
                    <a class="ds-link" href="/docs/" rel="external">{tr!("common-api")}</a>
                </footer>
            </div>
        </div>
        <div class="toast" role="status">{move || session.toast.get().map(|text| view! { <p>{icon("circle-check")} {text}</p> })}</div>
        <SignInAgain />
    }
}

/// One area: its words, address, icon, and what one must be allowed for it.
struct Area(&'static str, &'static str, &'static str, Option<Permission>);

const AREAS: &[Area] = &[
    Area("common-start", paths::START, "home", None),
    Area("common-programmes", paths::PROGRAMMES, "graduation-cap", Some(Permission::ViewTraining)),
    Area("common-unit-people", paths::UNIT_PEOPLE, "users", Some(Permission::ViewUnitEnrolments)),
    Area("common-organisations", paths::ORGANISATIONS, "building-2", Some(Permission::ManageDirectory)),
    Area("common-units", paths::UNITS, "git-branch", Some(Permission::ManageDirectory)),
    Area("common-accounts", paths::ACCOUNTS, "user", Some(Permission::ViewAccounts)),
    Area("common-audit", paths::AUDIT, "history", Some(Permission::ViewAudit)),
    Area("common-accessibility-feedback", paths::ACCESSIBILITY_FEEDBACK, "accessibility", Some(Permission::ManageAccessibilityFeedback)),
];

/// The areas that the account's roles open.
#[component]
fn Rail(open: RwSignal<bool>) -> impl IntoView {
    let session = session();
    let location = use_location();
    let current = move |href: &str| {
        let here = location.pathname.get();
        let inside =
            if href == "/" { here == "/" } else { here.starts_with(href) || (href == paths::PROGRAMMES && here.starts_with("/editions")) };
        inside.then_some("page")
    };
    let links = move || {
        let open_to = |area: &&Area| area.3.is_none_or(|permission| session.may_somewhere(permission));
        let link = |area: &'static Area| view! { <li><a href=area.1 aria-current=move || current(area.1)>{icon(area.2)} <span>{tr!(area.0)}</span></a></li> };
        AREAS.iter().filter(open_to).map(link).collect_view()
    };
    view! { <nav id="rail" class="rail" class:open=move || open.get() aria-label=tr!("common-areas")><ul>{links}</ul></nav> }
}

#[component]
fn LangChoice() -> impl IntoView {
    let session = session();
    let names = [(Lang::Fi, "Suomi"), (Lang::Sv, "Svenska"), (Lang::En, "English")];
    view! {
        <label class="choice"><span class="sr-only">{tr!("common-language")}</span>
            <select class="ds-input" on:change:target=move |event| if let Ok(lang) = event.target().value().parse() { session.choose_lang(lang) }>
                {names.into_iter().map(|(lang, name)| view! { <option value=lang.as_str() lang=lang.as_str() selected=move || session.lang.get() == lang>{name}</option> }).collect_view()}
            </select>
        </label>
    }
}

#[component]
fn SchemeChoice() -> impl IntoView {
    let session = session();
    let next = move || match session.scheme.get().as_str() {
        "auto" => "light",
        "light" => "dark",
        _ => "auto",
    };
    let (icon_name, words) = (
        move || match session.scheme.get().as_str() {
            "light" => "sun",
            "dark" => "moon",
            _ => "monitor",
        },
        move || t(&format!("common-scheme-{}", session.scheme.get())),
    );
    view! {
        <button class="ds-button icon-button" data-variant="tertiary" type="button" aria-label=words title=words on:click=move |_| session.choose_scheme(next())>
            {move || icon(icon_name())}
        </button>
    }
}

#[component]
fn AccountMenu() -> impl IntoView {
    let session = session();
    let name = move || session.me.with(|me| me.as_ref().map(|me| me.account.name.clone()).unwrap_or_default());
    let sign_out = move |_| leptos::task::spawn_local(async move { session.sign_out().await });
    view! {
        <a class="ds-button account-link" data-variant="tertiary" href=paths::ACCOUNT title=name>{icon("user")} <span class="wide">{name}</span><span class="sr-only narrow">{tr!("common-own-account")}</span></a>
        <button class="ds-button icon-button" data-variant="tertiary" type="button" aria-label=tr!("common-sign-out") title=tr!("common-sign-out") on:click=sign_out>{icon("log-out")}</button>
    }
}
