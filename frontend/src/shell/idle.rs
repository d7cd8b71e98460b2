//! The session of one who holds a role ends when it lies unused: two minutes before, a dialog offers to go on.

use crate::session::session;
use crate::tr;
use crate::ui::Dialog;
use leptos::prelude::*;
use shared::identity::IDLE_MINUTES;
use std::time::Duration;

/// Minutes before the end at which the dialog comes.
const WARNING: i64 = 2;
const LOOK: Duration = Duration::from_secs(10);

/// The dialog; there only between the warning and the end.
#[component]
pub fn StaySignedIn() -> impl IntoView {
    let session = session();
    let open = RwSignal::new(false);
    let look = move || {
        let holds_role = session.me.with_untracked(|me| me.as_ref().is_some_and(|me| !me.grants.is_empty()));
        #[allow(clippy::cast_possible_truncation)]
        let minutes = session.idle_minutes() as i64;
        let ending = holds_role && (IDLE_MINUTES - WARNING..IDLE_MINUTES).contains(&minutes);
        if open.get_untracked() != ending {
            open.set(ending);
        }
    };
    if let Ok(handle) = set_interval_with_handle(look, LOOK) {
        on_cleanup(move || handle.clear());
    }
    let stay = move |_| {
        open.set(false);
        leptos::task::spawn_local(async move {
            if session.client().refresh().await.is_ok() {
                session.reached(true);
            }
        });
    };
    view! {
        <Dialog open title_key="common-idle">
            <p class="ds-paragraph">{tr!("common-idle-help")}</p>
            <div class="actions"><button class="ds-button" type="button" on:click=stay>{tr!("common-idle-stay")}</button></div>
        </Dialog>
    }
}
