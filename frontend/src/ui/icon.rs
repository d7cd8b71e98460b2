//! Icons: references into one picture file. Always beside words, so hidden from screen readers.

use leptos::prelude::*;

fn sprite() -> String {
    let meta = document().query_selector("meta[name=polku-icons]").ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// The icon of a name in the sprite.
pub fn icon(name: &str) -> impl IntoView + use<> {
    let href = format!("{}#{name}", sprite());
    view! { <svg class="icon" aria-hidden="true" focusable="false"><use href=href></use></svg> }
}
