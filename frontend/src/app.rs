//! The root: the session, the shell around every page, and which address shows which page.

use crate::account::Account;
use crate::admin::{
    account::AccountAdmin, accounts::Accounts, audit::Audit, feedback::Feedback, index::Admin, organisations::Organisations, units::Units,
};
use crate::public::{accessibility::Accessibility, forgot::Forgot, link::Link, privacy::Privacy, problem::NotFound, sign_in::SignIn};
use crate::session::{Session, session};
use crate::shell::Shell;
use crate::start::{Start, people::UnitPeople};
use crate::training::{assessment::SelfAssessment, edition::Edition, programme::Programme, programmes::Programmes, results::Results};
use crate::ui::{load::skeleton, problem};
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    Session::provide();
    view! {
        <Router>
            <Shell>
                <Routes fallback=|| view! { <NotFound /> }>
                    <Route path=path!("/") view=|| guarded(|| view! { <Start /> }.into_any()) />
                    <Route path=path!("/sign-in") view=|| guarded(|| view! { <Start /> }.into_any()) />
                    <Route path=path!("/forgot") view=Forgot />
                    <Route path=path!("/link/:purpose") view=Link />
                    <Route path=path!("/privacy") view=Privacy />
                    <Route path=path!("/tietosuoja") view=Privacy />
                    <Route path=path!("/accessibility") view=Accessibility />
                    <Route path=path!("/saavutettavuus") view=Accessibility />
                    <Route path=path!("/programmes") view=|| guarded(|| view! { <Programmes /> }.into_any()) />
                    <Route path=path!("/programmes/:id") view=|| guarded(|| view! { <Programme /> }.into_any()) />
                    <Route path=path!("/programmes/:id/results") view=|| guarded(|| view! { <Results /> }.into_any()) />
                    <Route path=path!("/editions/:id") view=|| guarded(|| view! { <Edition /> }.into_any()) />
                    <Route path=path!("/editions/:id/self-assessment") view=|| guarded(|| view! { <SelfAssessment /> }.into_any()) />
                    <Route path=path!("/unit-people") view=|| guarded(|| view! { <UnitPeople /> }.into_any()) />
                    <Route path=path!("/admin") view=|| guarded(|| view! { <Admin /> }.into_any()) />
                    <Route path=path!("/admin/organisations") view=|| guarded(|| view! { <Organisations /> }.into_any()) />
                    <Route path=path!("/admin/units") view=|| guarded(|| view! { <Units /> }.into_any()) />
                    <Route path=path!("/admin/accounts") view=|| guarded(|| view! { <Accounts /> }.into_any()) />
                    <Route path=path!("/admin/accounts/:id") view=|| guarded(|| view! { <AccountAdmin /> }.into_any()) />
                    <Route path=path!("/admin/audit") view=|| guarded(|| view! { <Audit /> }.into_any()) />
                    <Route path=path!("/admin/accessibility") view=|| guarded(|| view! { <Feedback /> }.into_any()) />
                    <Route path=path!("/account") view=|| guarded(|| view! { <Account /> }.into_any()) />
                </Routes>
            </Shell>
        </Router>
    }
}

/// A page for those who are signed in; others sign in where they are and then see it.
fn guarded(page: fn() -> AnyView) -> impl IntoView {
    let session = session();
    let signed_in = Memo::new(move |_| session.ready.get().then(|| session.me.with(Option::is_some)));
    move || match (signed_in.get(), session.unreached.get()) {
        (None, _) => skeleton(),
        (Some(true), _) => page(),
        (Some(false), None) => view! { <SignIn /> }.into_any(),
        (Some(false), Some(error)) => problem::unreached(error, move || leptos::task::spawn_local(session.resume())),
    }
}
