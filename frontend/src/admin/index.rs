//! The address of the administration as a whole.

use crate::paths;
use crate::session::session;
use crate::ui::problem;
use leptos::prelude::*;
use leptos_router::components::Redirect;

/// `/admin`: leads to the first of its pages that the account may open.
#[component]
pub fn Admin() -> impl IntoView {
    let session = session();
    let first =
        Memo::new(move |_| paths::ADMINISTRATION.iter().find(|(permission, _)| session.may_somewhere(*permission)).map(|(_, path)| *path));
    move || match first.get() {
        Some(path) => view! { <Redirect path /> }.into_any(),
        None => problem::forbidden(),
    }
}
