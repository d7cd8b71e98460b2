//! Feedback about accessibility, with the day by which the law wants an answer.

use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::table::more;
use crate::ui::{Act, Confirm, Page, empty, icon, load, problem};
use jiff::Timestamp;
use leptos::prelude::*;
use shared::accessibility::AccessibilityFeedback;
use shared::format;
use shared::policy::Permission;

/// `/admin/accessibility`
#[component]
pub fn Feedback() -> impl IntoView {
    problem::only(Permission::ManageAccessibilityFeedback, || view! { <FeedbackList /> }.into_any())
}

#[component]
fn FeedbackList() -> impl IntoView {
    let session = session();
    let open = RwSignal::new(false);
    let chosen = RwSignal::new(None::<AccessibilityFeedback>);
    let count = RwSignal::new(1);
    let list = LocalResource::new(move || {
        session.pages(count.get(), |client, paging| async move { client.list_accessibility_feedback(&paging).await })
    });
    let act = Act::new(move || list.refetch());
    let ask = Callback::new(move |item: AccessibilityFeedback| {
        chosen.set(Some(item));
        open.set(true);
    });
    let answered = Callback::new(move |()| {
        let Some(AccessibilityFeedback { id, version, .. }) = chosen.get_untracked() else { return };
        act.run(session.call(move |client| async move { client.answer_accessibility_feedback(id, version).await }), "accessibility-marked");
    });
    let question = Signal::derive(move || {
        let at = chosen.with(|item| item.as_ref().map(|item| format::date_time(item.created_at, session.lang.get()))).unwrap_or_default();
        tv("accessibility-mark-text", &[("at", &at)])
    });
    view! {
        <Page title=Signal::derive(move || t("accessibility-feedback-title"))>
            <p class="ds-paragraph">{tr!("accessibility-feedback-intro")}</p>
            <Summary form=act.form />
            {load(list, move |page| {
                if page.items.is_empty() {
                    return empty("accessibility-feedback-empty", "accessibility-feedback-empty-help", None);
                }
                let rest = more(page.next_cursor.as_ref(), count);
                let cards = page.items.into_iter().map(|item| card(item, ask)).collect_view();
                view! { <ul class="card-list">{cards}</ul> {rest} }.into_any()
            })}
            <Confirm open title_key="accessibility-mark" text=question yes="accessibility-mark" on_yes=answered />
        </Page>
    }
}

fn card(item: AccessibilityFeedback, ask: Callback<AccessibilityFeedback>) -> impl IntoView {
    let session = session();
    let own = item.clone();
    let AccessibilityFeedback { message, email, lang, created_at, answer_due_on: due, answered_at, .. } = item;
    let sent = move || {
        let lang = session.lang.get();
        tv("accessibility-sent", &[("at", &format::date_time(created_at, lang))])
    };
    let overdue = answered_at.is_none() && format::day_of(Timestamp::now()) > due;
    let state = move || {
        let lang = session.lang.get();
        let day = format::date(due, lang);
        match answered_at {
            Some(at) => {
                let at = format::date(format::day_of(at), lang);
                view! { <span class="status" data-color="success">{icon("circle-check")} " " {tv("accessibility-answered-on", &[("day", &at)])}</span> }.into_any()
            }
            None if overdue => {
                view! { <span class="status" data-color="danger">{icon("triangle-alert")} " " {tv("accessibility-overdue", &[("day", &day)])}</span> }.into_any()
            }
            None => view! { <span class="status" data-color="info">{icon("clock")} " " {tv("accessibility-due", &[("day", &day)])}</span> }.into_any(),
        }
    };
    let reply = match email {
        Some(email) => {
            let href = format!("mailto:{email}");
            view! { <a class="ds-link" href=href rel="external">{email}</a> }.into_any()
        }
        None => view! { <span>{tr!("accessibility-no-email")}</span> }.into_any(),
    };
    let button = answered_at.is_none().then(|| {
        view! {
            <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| ask.run(own.clone())
                aria-label=move || tv("accessibility-mark-named", &[("at", &format::date_time(created_at, session.lang.get()))])>
                {icon("check")}{tr!("accessibility-mark")}
            </button>
        }
    });
    view! {
        <li>
            <p>{state}</p>
            <p class="ds-paragraph" lang=lang.as_str()>{message}</p>
            <p class="small">{sent} " · " {tr!("accessibility-answer-to")} " " {reply}</p>
            {button.map(|button| view! { <div class="actions">{button}</div> })}
        </li>
    }
}
