//! An ended session asks for a new sign-in in a dialog, and what was being saved is then saved.

use super::steps::SignInSteps;
use crate::session::session;
use crate::tr;
use crate::ui::Dialog;
use leptos::prelude::*;

/// The dialog; there only while a call waits for it.
#[component]
pub fn SignInAgain() -> impl IntoView {
    let session = session();
    let done = Callback::new(move |()| {
        session.signing_in.answer(true);
    });
    // Closed without an answer: the page is left for the sign-in.
    session.signing_in.on_dismissed(move || session.me.set(None));
    let email = move || session.me.with_untracked(|me| me.as_ref().map(|me| me.account.email.clone()).unwrap_or_default());
    view! {
        <Dialog open=session.signing_in.open title_key="common-session-ended">
            <p class="ds-paragraph">{tr!("common-session-ended-help")}</p>
            <SignInSteps email=Some(email()) done />
        </Dialog>
    }
}
