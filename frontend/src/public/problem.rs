//! The page for an address that is none.

use crate::ui::problem::not_found;
use leptos::prelude::*;

/// There is no page at this address.
#[component]
pub fn NotFound() -> impl IntoView {
    not_found()
}
