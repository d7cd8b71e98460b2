//! What is still loading, what failed to load, and what has nothing in it.

use crate::session::t;
use crate::tr;
use crate::ui::icon;
use leptos::prelude::*;
use shared::client::{CallError, Called};

/// A part of a page that is drawn anew when what it reads changes. One type for all.
pub type Dynamic = Box<dyn FnMut() -> AnyView + Send>;

/// The view of what a resource gives, with a skeleton before and a way out of failure.
pub fn load<T: Clone + 'static>(resource: LocalResource<Called<T>>, show: impl Fn(T) -> AnyView + Send + 'static) -> Dynamic {
    Box::new(move || match resource.get() {
        None => skeleton(),
        Some(Ok(value)) => show(value),
        Some(Err(error)) => failure(&error, Some(Callback::new(move |()| resource.refetch()))).into_any(),
    })
}

fn skeleton() -> AnyView {
    view! { <div class="skeleton" role="status"><span class="sr-only">{tr!("common-loading")}</span></div> }.into_any()
}

/// What went wrong, in words that say what to do.
pub fn failure_text(error: &CallError) -> (String, String, Option<String>) {
    match error {
        CallError::Problem(problem) => {
            let lang = crate::session::session().lang.get();
            let key = format!("problem-{}", problem.code.as_str().replace('_', "-"));
            (lang.text(&key), lang.text(&format!("{key}-help")), Some(problem.trace_id.clone()))
        }
        CallError::Network(_) => (t("common-offline"), t("common-offline-help"), None),
        CallError::Unreadable(_) => (t("common-server-down"), t("common-server-down-help"), None),
    }
}

/// A failure with what to do about it.
pub fn failure(error: &CallError, retry: Option<Callback<()>>) -> impl IntoView + use<> {
    let error = error.clone();
    let parts = Memo::new(move |_| failure_text(&error));
    let button = retry.map(|retry| {
        view! { <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| retry.run(())>{icon("refresh-cw")}{tr!("common-retry")}</button> }
    });
    view! {
        <div class="ds-alert" data-color="danger" role="alert">
            <h2 class="ds-heading" data-size="xs">{move || parts.get().0}</h2>
            <p class="ds-paragraph">{move || parts.get().1}</p>
            {move || parts.get().2.map(|id| view! { <p class="ds-paragraph small">{tr!("common-trace")} " " <code>{id}</code></p> })}
            {button}
        </div>
    }
}

/// An empty list: what belongs here, and one action.
pub fn empty(title: &'static str, text: &'static str, action: Option<AnyView>) -> impl IntoView + use<> {
    view! {
        <div class="empty">
            <p class="empty-title">{tr!(title)}</p>
            <p class="ds-paragraph">{tr!(text)}</p>
            {action}
        </div>
    }
}
