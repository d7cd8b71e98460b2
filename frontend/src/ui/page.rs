//! A page: its title in the window, its heading, which gets the focus, and where it lies.

use super::load::skeleton;
use crate::session::t;
use crate::tr;
use leptos::html::H1;
use leptos::prelude::*;
use std::time::Duration;

/// After so long a page is drawn whether its heading has been painted or not.
const UNSEEN: Duration = Duration::from_millis(200);

/// A step on the way to the page.
#[derive(Clone)]
pub struct Crumb {
    pub text: Signal<String>,
    pub href: Signal<String>,
}

impl Crumb {
    /// A step whose name is a key of the catalogue.
    pub fn key(key: &'static str, href: &str) -> Self {
        Self { text: Signal::derive(move || t(key)), href: Signal::stored(href.to_owned()) }
    }

    /// A step whose name is a text.
    pub fn text(text: Signal<String>, href: impl Into<Signal<String>>) -> Self {
        Self { text, href: href.into() }
    }
}

/// A page under one heading.
#[component]
pub fn Page(
    /// The heading, also the window's title.
    #[prop(into)]
    title: Signal<String>,
    #[prop(optional)] crumbs: Vec<Crumb>,
    /// Buttons beside the heading.
    #[prop(optional)]
    actions: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<H1>::new();
    let section = crumbs.first().map(|crumb| crumb.text);
    Effect::new(move |_| {
        let parts: Vec<String> =
            [Some(title.get()), section.map(|section| section.get()), Some("Polku".to_owned())].into_iter().flatten().collect();
        document().set_title(&parts.join(" – "));
    });
    // A new page starts at its heading: screen readers hear it, keyboards go on from it.
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            let _ = heading.focus();
        }
    });
    let trail = (!crumbs.is_empty()).then(|| {
        let steps = crumbs
            .into_iter()
            .map(|crumb| view! { <li><a class="ds-link" href=move || crumb.href.get()>{move || crumb.text.get()}</a></li> })
            .collect_view();
        view! { <nav class="crumbs" aria-label=tr!("common-crumbs")><ol>{steps}</ol></nav> }
    });
    view! {
        {trail}
        <div class="page-head">
            <h1 class="ds-heading" tabindex="-1" node_ref=heading>{move || title.get()}</h1>
            <div class="actions">{actions}</div>
        </div>
        {after_heading(children)}
    }
}

/// What stands under the heading is made when that has been painted: however much it is, a click is answered at once.
fn after_heading(children: Children) -> impl IntoView {
    let (due, mut children) = (RwSignal::new(false), Some(children));
    // Once: what has been drawn is not taken away by the second timer.
    let draw = move || {
        if due.try_get_untracked() == Some(false) {
            due.set(true);
        }
    };
    request_animation_frame(move || set_timeout(draw, Duration::ZERO));
    // A window that nobody sees paints nothing.
    set_timeout(draw, UNSEEN);
    move || match due.get() {
        false => Some(skeleton()),
        true => children.take().map(|children| children()),
    }
}
