//! What is still loading, what failed to load, and what has nothing in it.

use crate::session::{session, t};
use crate::tr;
use crate::ui::icon;
use leptos::prelude::*;
use shared::Lang;
use shared::client::{CallError, Called};
use shared::problem::ProblemCode;

/// A part of a page that is drawn anew when what it reads changes. One type for all.
pub type Dynamic = Box<dyn FnMut() -> AnyView + Send>;

/// The view of what a resource gives, with a skeleton before and a way out of failure.
pub fn load<T: Clone + 'static>(resource: LocalResource<Called<T>>, show: impl Fn(T) -> AnyView + Send + 'static) -> Dynamic {
    Box::new(move || match resource.get() {
        None => skeleton(),
        Some(Ok(value)) => show(value),
        Some(Err(error)) => failure(&error, Some(Callback::new(move |()| resource.refetch()))),
    })
}

/// What stands where something is still loading: grey at once, words when it takes long.
pub fn skeleton() -> AnyView {
    view! { <div class="skeleton" role="status"><span>{tr!("common-loading")}</span></div> }.into_any()
}

/// What went wrong, in words that say what to do: title, help, and the reference of what the server knows of it.
pub fn failure_text(error: &CallError, lang: Lang) -> (String, String, Option<String>) {
    let texts = |key: &str| (lang.text(key), lang.text(&format!("{key}-help")));
    let ((title, help), reference) = match error {
        CallError::Problem(problem) => {
            (texts(&format!("problem-{}", problem.code.as_str().replace('_', "-"))), Some(problem.trace_id.clone()))
        }
        CallError::Network(_) => (texts("common-offline"), None),
        CallError::Unreadable(_) => (texts("common-server-down"), None),
    };
    (title, help, reference)
}

/// A failure with what to do about it.
pub fn failure(error: &CallError, retry: Option<Callback<()>>) -> AnyView {
    // A missing network is not a fault of the page, and what is refused stays refused however often it is asked.
    let color = if matches!(error, CallError::Network(_)) { "warning" } else { "danger" };
    let retry = retry.filter(|_| !matches!(error.code(), Some(ProblemCode::NotFound | ProblemCode::Forbidden)));
    let fetched = color == "warning" && retry.is_some();
    let error = error.clone();
    // The head of the page says already that the network is gone.
    let parts = Memo::new(move |_| match fetched {
        true => (t("common-fetch-failed"), t("common-fetch-failed-help"), None),
        false => failure_text(&error, session().lang.get()),
    });
    let button = retry.map(|retry| {
        view! { <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| retry.run(())>{icon("refresh-cw")}{tr!("common-retry")}</button> }
    });
    view! {
        <div class="ds-alert" data-color=color role="alert">
            <h2 class="ds-heading" data-size="xs">{move || parts.get().0}</h2>
            <p class="ds-paragraph">{move || parts.get().1}</p>
            {move || parts.get().2.map(|id| view! { <p class="ds-paragraph small">{tr!("common-trace")} " " <code>{id}</code></p> })}
            {button}
        </div>
    }
    .into_any()
}

/// An empty list: what belongs here, and one action.
pub fn empty(title: &'static str, text: &'static str, action: Option<AnyView>) -> AnyView {
    view! {
        <div class="empty">
            <svg class="empty-path" viewBox="0 0 140 36" width="140" height="36" aria-hidden="true" focusable="false">
                <path class="done" d="M8 26C34 26 38 8 68 10" />
                <path class="ahead" d="M68 10c24 2 32 14 48 12" />
                <circle class="node" cx="8" cy="26" r="7" />
                <circle class="goal" cx="126" cy="20" r="8" />
            </svg>
            <p class="empty-title">{tr!(title)}</p>
            <p class="ds-paragraph">{tr!(text)}</p>
            {action}
        </div>
    }
    .into_any()
}
