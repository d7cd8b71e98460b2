//! Feedback about accessibility, with the day by which the law wants an answer.

use super::kit;
use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::load::empty;
use crate::ui::{FormState, Page, icon, load};
use jiff::Timestamp;
use leptos::prelude::*;
use shared::accessibility::AccessibilityFeedback;
use shared::page::Paging;
use shared::{AccessibilityFeedbackId, format};

/// `/admin/accessibility`
#[component]
pub fn Feedback() -> impl IntoView {
    let session = session();
    let act = FormState::default();
    let count = RwSignal::new(1);
    let list = LocalResource::new(move || {
        let count = count.get();
        kit::pages(session, count, |client, cursor| async move {
            client.list_accessibility_feedback(&Paging { cursor, limit: kit::LIMIT }).await
        })
    });
    kit::reread_when_stale(act, move || list.refetch());
    let answered = Callback::new(move |(id, version): (AccessibilityFeedbackId, i64)| {
        let call = async move { session.call(move |client| async move { client.answer_accessibility_feedback(id, version).await }).await };
        act.send(call, move |_| {
            kit::say(session, "accessibility-marked");
            list.refetch();
        });
    });
    view! {
        <Page title=Signal::derive(move || t("accessibility-feedback-title"))>
            <p class="ds-paragraph">{tr!("accessibility-feedback-intro")}</p>
            <Summary form=act />
            {load(list, move |page| {
                if page.items.is_empty() {
                    return empty("accessibility-feedback-empty", "accessibility-feedback-empty-help", None).into_any();
                }
                let rest = kit::more(page.next_cursor.as_ref(), count);
                let cards = page.items.into_iter().map(|item| card(item, answered)).collect_view();
                view! { <ul class="card-list">{cards}</ul> {rest} }.into_any()
            })}
        </Page>
    }
}

fn card(item: AccessibilityFeedback, answered: Callback<(AccessibilityFeedbackId, i64)>) -> impl IntoView {
    let session = session();
    let AccessibilityFeedback { id, version, message, email, lang, created_at, answer_due_on: due, answered_at } = item;
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
            <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| answered.run((id, version))
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
