//! The root: the session, the shell around every page, and which address shows which page.

use crate::chunk::{Coming, later, prefetch};
use crate::pages::{self, admin, answering, edition, own, projects, public, start, training};
use crate::public::{problem::NotFound, sign_in::SignIn};
use crate::session::{Back, Session, session};
use crate::shell::Shell;
use crate::ui::{load::skeleton, problem};
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

/// The whole page.
#[component]
pub fn App(back: Back) -> impl IntoView {
    let session = Session::provide(back);
    let signed_in = Memo::new(move |_| session.me.with(Option::is_some));
    Effect::new(move |_| {
        if signed_in.get() {
            prefetch(session, pages::ALL);
        }
    });
    view! {
        <Router>
            <Shell>
                <Routes fallback=|| view! { <NotFound /> }>
                    <Route path=path!("/") view=|| guarded(start::start) />
                    <Route path=path!("/sign-in") view=|| guarded(start::start) />
                    <Route path=path!("/forgot") view=|| later(public::forgot) />
                    <Route path=path!("/link/:purpose") view=|| later(public::link) />
                    <Route path=path!("/privacy") view=|| later(public::privacy) />
                    <Route path=path!("/tietosuoja") view=|| later(public::privacy) />
                    <Route path=path!("/accessibility") view=|| later(public::accessibility) />
                    <Route path=path!("/saavutettavuus") view=|| later(public::accessibility) />
                    <Route path=path!("/programmes") view=|| guarded(training::programmes) />
                    <Route path=path!("/programmes/:id") view=|| guarded(training::programme) />
                    <Route path=path!("/programmes/:id/results") view=|| guarded(training::results) />
                    <Route path=path!("/editions/:id") view=|| guarded(edition::edition) />
                    <Route path=path!("/editions/:id/self-assessment") view=|| guarded(answering::self_assessment) />
                    <Route path=path!("/projects") view=|| guarded(projects::board) />
                    <Route path=path!("/projects/list") view=|| guarded(projects::list) />
                    <Route path=path!("/projects/new") view=|| guarded(projects::new) />
                    <Route path=path!("/projects/:id") view=|| guarded(projects::project) />
                    <Route path=path!("/unit-people") view=|| guarded(training::unit_people) />
                    <Route path=path!("/admin") view=|| guarded(admin::index) />
                    <Route path=path!("/admin/organisations") view=|| guarded(admin::organisations) />
                    <Route path=path!("/admin/units") view=|| guarded(admin::units) />
                    <Route path=path!("/admin/accounts") view=|| guarded(admin::accounts) />
                    <Route path=path!("/admin/accounts/:id") view=|| guarded(admin::account) />
                    <Route path=path!("/admin/roles") view=|| guarded(admin::roles) />
                    <Route path=path!("/admin/clients") view=|| guarded(admin::clients) />
                    <Route path=path!("/admin/clients/:id") view=|| guarded(admin::client) />
                    <Route path=path!("/admin/sign-in") view=|| guarded(admin::sign_in) />
                    <Route path=path!("/admin/audit") view=|| guarded(admin::audit) />
                    <Route path=path!("/admin/accessibility") view=|| guarded(admin::feedback) />
                    <Route path=path!("/account") view=|| guarded(own::account) />
                </Routes>
            </Shell>
        </Router>
    }
}

/// A page for those who are signed in; others sign in where they are and then see it. Its code is asked for only then.
/// Where a second factor is required and missing, setting it up stands in place of every page.
fn guarded(page: fn() -> Coming) -> impl IntoView {
    let session = session();
    let signed_in = Memo::new(move |_| session.ready.get().then(|| session.me.with(Option::is_some)));
    let must_set_up = Memo::new(move |_| session.must_set_up.get());
    move || match (signed_in.get(), session.unreached.get()) {
        (Some(_), _) if must_set_up.get() => later(own::set_up_first)(),
        (None, _) => skeleton(),
        (Some(true), _) => later(page)(),
        (Some(false), None) => view! { <SignIn /> }.into_any(),
        (Some(false), Some(error)) => problem::unreached(error, move || leptos::task::spawn_local(session.resume(Back::default()))),
    }
}
