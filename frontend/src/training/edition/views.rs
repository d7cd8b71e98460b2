//! The views of an edition's page, one at a time, each with an address of its own; on paper all of them.

use super::{Ctx, assessment, days, groups, people, timeline};
use crate::beside::{Comments, Thread};
use crate::paths;
use crate::session::t;
use crate::tr;
use crate::ui::load;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::policy::Permission;
use shared::subjects::SubjectKind;

/// The code of a view in the address; the first is also what is shown without one.
const OVERVIEW: &str = "overview";
const PEOPLE: &str = "people";
const GROUPS: &str = "groups";

/// The choice of a view, and the view.
#[component]
pub fn Views(ctx: Ctx) -> impl IntoView {
    let query = use_query_map();
    let sees = ctx.can(Permission::ViewRoster);
    let shown = Memo::new(move |_| match query.with(|query| query.get("view")).as_deref() {
        Some(PEOPLE) if sees.get() => PEOPLE,
        Some(GROUPS) => GROUPS,
        _ => OVERVIEW,
    });
    let enrolled = move || ctx.of(|whole| whole.progress.enrolled_count.to_string());
    let grouped = move || ctx.people.map(|people| people.as_ref().ok().map(|people| people.groups.len().to_string())).flatten();
    let tab = move |code: &'static str, key: &'static str, count: Option<String>| {
        let href = if code == OVERVIEW { paths::edition(ctx.id) } else { paths::edition_view(ctx.id, code) };
        let current = move || (shown.get() == code).then_some("page");
        view! { <li><a href=href data-noscroll="" aria-current=current>{tr!(key)} {count.map(|count| view! { " " <span class="small">{count}</span> })}</a></li> }
    };
    let hidden = move |code: &'static str| move || shown.get() != code;
    view! {
        <nav class="tabs" aria-label=tr!("training-views")>
            <ul>
                {tab(OVERVIEW, "training-view-overview", None)}
                {move || sees.get().then(|| tab(PEOPLE, "training-participants", enrolled()))}
                {move || tab(GROUPS, "training-view-groups", grouped())}
            </ul>
        </nav>
        <div class="view" hidden=hidden(OVERVIEW)>
            <section class="section">
                <h2 class="ds-heading" data-size="sm">{move || t("training-timeline")}</h2>
                {load(ctx.days, move |days| timeline::timeline(&days))}
            </section>
            <assessment::Assessment ctx />
            <days::Days ctx />
            <Thread kind=SubjectKind::Edition id=ctx.id.0 />
            <Comments kind=SubjectKind::Edition id=ctx.id.0 />
        </div>
        <div class="view" hidden=hidden(PEOPLE)><people::Roster ctx /></div>
        <div class="view" hidden=hidden(GROUPS)><groups::Groups ctx /><groups::Projects ctx /></div>
    }
}
