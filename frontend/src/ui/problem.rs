//! Pages for what cannot be shown: what it is, and what to do.

use crate::paths;
use crate::session::session;
use crate::tr;
use crate::ui::load::{Dynamic, failure_text};
use crate::ui::{Page, icon};
use leptos::prelude::*;
use shared::client::{CallError, Called};
use shared::policy::Permission;
use shared::problem::ProblemCode;

fn problem(title: Signal<String>, help: Signal<String>, picture: &'static str, way: AnyView) -> AnyView {
    view! {
        <Page title>
            <div class="problem">
                <span class="problem-mark">{icon(picture)}</span>
                <p class="ds-paragraph">{move || help.get()}</p>
                <div class="actions">{way}</div>
            </div>
        </Page>
    }
    .into_any()
}

fn to_start() -> AnyView {
    view! { <a class="ds-button" href=paths::START>{icon("home")}{tr!("common-to-start")}</a> }.into_any()
}

/// There is no page at this address, or no thing behind it.
pub fn not_found() -> AnyView {
    problem(tr!("problem-not-found"), tr!("problem-not-found-help"), "compass", to_start())
}

/// The account may not see this page.
pub fn forbidden() -> AnyView {
    problem(tr!("problem-forbidden"), tr!("problem-forbidden-help"), "lock", to_start())
}

/// The server does not answer, and without it there is no page.
pub fn unreached(error: CallError, retry: impl Fn() + 'static) -> AnyView {
    let picture = if matches!(error, CallError::Network(_)) { "wifi-off" } else { "server-off" };
    let text = Memo::new(move |_| failure_text(&error, session().lang.get()));
    let button =
        view! { <button class="ds-button" type="button" on:click=move |_| retry()>{icon("refresh-cw")}{tr!("common-retry")}</button> };
    problem(Signal::derive(move || text.get().0), Signal::derive(move || text.get().1), picture, button.into_any())
}

/// A page for those who may do this somewhere; others are told what to do.
pub fn only(permission: Permission, page: fn() -> AnyView) -> impl IntoView {
    let session = session();
    let allowed = Memo::new(move |_| session.may_somewhere(permission));
    move || if allowed.get() { page() } else { forbidden() }
}

/// A page about one thing: the page, or, when the thing turns out not to be there or not for this account, that.
pub fn about<T: Clone + 'static>(thing: LocalResource<Called<T>>, page: impl Fn() -> AnyView + Send + 'static) -> Dynamic {
    let code = move || thing.with(|outcome| outcome.as_ref().and_then(|outcome| outcome.as_ref().err().and_then(CallError::code)));
    unless_lacking(Memo::new(move |_| code()), page)
}

/// The page, unless `code` says that its thing is not there or not for this account.
pub fn unless_lacking(code: Memo<Option<ProblemCode>>, page: impl Fn() -> AnyView + Send + 'static) -> Dynamic {
    let lacks = Memo::new(move |_| code.get().filter(|code| matches!(code, ProblemCode::NotFound | ProblemCode::Forbidden)));
    Box::new(move || match lacks.get() {
        Some(ProblemCode::Forbidden) => forbidden(),
        Some(_) => not_found(),
        None => page(),
    })
}
