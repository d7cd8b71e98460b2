//! What stands around every page: skip link, mark, navigation, language, colours, account, status, the question before
//! something typed is lost, and the dialogs in which a session that ends, or needs a fresh proof, asks for it.

mod again;
mod confirm;
mod idle;
mod rail;
mod status;
pub mod steps;
mod tools;

use crate::paths;
use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::icon;
use crate::ui::leave::{Leave, LeaveGuard};
use again::SignInAgain;
use confirm::ConfirmSelf;
use idle::StaySignedIn;
use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use rail::Rail;
use shared::format;
use status::Status;
use tools::Tools;

/// The frame of every page.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let session = session();
    let leave = Leave::provide();
    let menu_open = RwSignal::new(false);
    let location = use_location();
    // A chosen link closes the menu.
    Effect::new(move |_| {
        location.pathname.track();
        menu_open.set(false);
    });
    let signed_in = Memo::new(move |_| session.me.with(Option::is_some));
    let menu = move || {
        signed_in.get().then(|| {
            view! {
                <button class="ds-button menu-button" data-variant="tertiary" type="button" aria-controls="rail" aria-expanded=move || menu_open.get().to_string()
                    on:click=move |_| menu_open.update(|open| *open = !*open)>{icon("menu")}<span>{tr!("common-menu")}</span></button>
            }
        })
    };
    let offline = move || {
        (!session.online.get()).then(|| {
            view! {
                <div class="ds-alert offline" data-color="warning" role="status"><p class="ds-paragraph"><strong>{tr!("common-offline")}</strong> " " {tr!("common-offline-help")}</p></div>
            }
        })
    };
    view! {
        <a class="ds-skip-link" href="#main" rel="external">{tr!("common-skip")}</a>
        <header class="top" class:signed-in=move || signed_in.get() class:open=move || menu_open.get()>
            <a class="mark" href=paths::START><span class="mark-path" aria-hidden="true">{icon("route")}</span>"Polku"</a>
            <span class="tenant">{move || session.me.with(|me| me.as_ref().map(|me| me.tenant_name.clone()))}</span>
            {menu}
            <Tools signed_in />
        </header>
        <div class="frame" class:signed-in=move || signed_in.get()>
            {move || signed_in.get().then(|| view! { <Rail open=menu_open /> })}
            <div class="body">
                {offline}
                <main id="main" tabindex="-1">{children()}</main>
                <footer class="foot">
                    <a class="ds-link" href=paths::ACCESSIBILITY>{tr!("common-accessibility")}</a>
                    <a class="ds-link" href=paths::PRIVACY>{tr!("common-privacy")}</a>
                    <a class="ds-link" href="/docs/" rel="external">{tr!("common-api")}</a>
                </footer>
                <Printed />
            </div>
        </div>
        <Status />
        <LeaveGuard leave />
        <SignInAgain />
        <ConfirmSelf />
        <StaySignedIn />
    }
}

/// Only on paper: when it was printed, and from where.
#[component]
fn Printed() -> impl IntoView {
    let at = RwSignal::new(jiff::Timestamp::now());
    let prints = window_event_listener(ev::beforeprint, move |_| at.set(jiff::Timestamp::now()));
    on_cleanup(move || prints.remove());
    let location = use_location();
    let words = move || {
        location.pathname.track();
        let address = window().location().href().unwrap_or_default();
        tv("common-printed", &[("at", &format::date_time(at.get(), session().lang.get())), ("address", &address)])
    };
    let of = move || session().me.with(|me| me.as_ref().map(|me| me.tenant_name.clone())).unwrap_or_else(|| t("common-polku"));
    view! { <p class="print-only small">{of} " · " {words}</p> }
}
